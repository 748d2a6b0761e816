import ArgumentParser
import Formats
import Noticeboard

struct NewSiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site",
        abstract: "Makes a school's whole site, which builds at once; check lists what is to be filled in.")

    @Argument(help: "The folder to make it in.")
    var folder: String

    @Option(help: "The school's name.")
    var school: String

    @OptionGroup var options: CommonOptions

    func run() throws {
        let disk = Disk.real
        if let entries = try disk.list(folder), !entries.allSatisfy({ $0.name.hasPrefix(".") }) {
            throw Refusal(
                zh: "“\(folder)”里已经有文件，没有写入。请换一个空文件夹。", en: "“\(folder)” is not empty; choose another folder.")
        }
        let name = school.trimmed
        try written(name)
        if name.contains(where: { $0.isNewline || "\"\\#:".contains($0) }) {
            throw Refusal(zh: "校名里不能有引号、冒号、井号。", en: "The school's name cannot hold quotes, colons or hashes.")
        }
        let today = TimeZone.shanghai.local(Clock.now(options.now, in: .shanghai)).day
        let files = NewFiles.carried(on: today).site(school: name).map { ($0.path, Array($0.text.utf8)) }
        try NewFileWriter(disk: disk, folder: folder, format: options.format).write(
            files + [(".gitignore", Array("/.noticeboard/\n/internal/\n/public/\n".utf8))])
        let next = "noticeboard check --format line \"\(folder)\""
        Terminal.error("接着运行：\(next) | next: \(next)")
    }
}
