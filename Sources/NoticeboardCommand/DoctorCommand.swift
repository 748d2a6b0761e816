import ArgumentParser
import Formats
import Glibc
import Noticeboard

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Looks at the machine and the site's folders: what is missing, full, wrongly set, or left behind.")

    @OptionGroup var options: SiteOptions

    @OptionGroup var destination: OutputChoice

    func run() throws {
        let site = Disk.real.resolved(options.folder) ?? options.folder
        try DoctorCommand.checkIsSite(site)
        let examination = Examination(
            site: site, output: destination.path(in: site), disk: .real,
            now: Clock.nanoseconds / 1_000_000_000)
        let found = examination.findings
        Terminal.output(
            found.map(options.format == .json ? \.json : \.line).joined(separator: "\n"))
        if found.contains(where: { $0.verdict == .failed }) { throw DoctorFound() }
    }
}

extension DoctorCommand {
    static func checkIsSite(_ folder: String) throws {
        if Disk.real.kind("\(folder)/content") == .folder { return }
        throw Refusal(zh: "“\(folder)”里没有content/，不是网站的文件夹。", en: "“\(folder)” holds no content/.")
    }
}

/// Something is wrong with the machine; it was said.
struct DoctorFound: Error {}

/// One thing that was looked at.
struct Finding {
    enum Verdict: String {
        case fine, noted, failed
    }

    let verdict: Verdict
    let id: String
    let zh: String
    let en: String

    var line: String {
        let mark =
            switch verdict {
            case .fine: "好 ok  ";
            case .noted: "注意 note";
            case .failed: "故障 FAIL"
            }
        return "\(mark)  \(zh) | \(en)"
    }

    var json: String {
        jsonObject([
            ("id", jsonString(id)), ("verdict", jsonString(verdict.rawValue)), ("zh", jsonString(zh)),
            ("en", jsonString(en)),
        ])
    }
}
