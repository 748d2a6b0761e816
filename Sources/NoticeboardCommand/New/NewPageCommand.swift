import ArgumentParser
import Formats
import Noticeboard

struct NewPageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "page", abstract: "Makes a standing page.")

    @Argument(help: "Its file's name, which becomes its address: small letters, digits and hyphens.")
    var name: String

    @Option(help: "Its title.")
    var title: String

    @OptionGroup var options: CommonOptions

    func run() throws {
        try plainName(name)
        try written(title)
        let (site, today) = try options.loaded(.real)
        let order = (site.pages.map(\.order).max() ?? 0) + 1
        try options.writer.write(
            "content/pages/\(name).md", NewFiles.carried(on: today).page(title: title, order: order))
    }
}
