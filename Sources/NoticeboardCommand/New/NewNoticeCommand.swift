import ArgumentParser
import Formats
import Noticeboard

struct NewNoticeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notice", abstract: "Makes a draft of a notice; dates, number and the team's habits are filled in."
    )

    @Argument(help: "Its title.")
    var title: String

    @Option(help: "Its kind, such as 通知 or 提示. Default: the site's first.")
    var kind: String?

    @Option(help: "The responsible team's id. Default: the first team's.")
    var team: String?

    @Option(help: "The category's id. Default: that of the team's newest notice.")
    var category: String?

    @Option(help: "A disease, whose rules are put in: influenza, norovirus, hfmd, varicella or mumps.")
    var disease: String?

    @Option(help: "The file's name behind the date. Default: the disease, or the number.")
    var name: String?

    @OptionGroup var options: CommonOptions

    func run() throws {
        try written(title)
        let (site, today) = try options.loaded(.real)
        let files = NewFiles.carried(on: today)
        try known(kind, among: site.configuration.kinds, "文种", "kind")
        let team = try id(of: team, among: site.teams.map { ($0.id, $0.name) }, "责任组", "team")
        let categories = site.configuration.categories.map { ($0.id, $0.name) }
        let category = try id(of: category, among: categories, "类别", "category")
        let disease = try id(of: disease, among: files.diseases, "疾病", "disease")
        try plainName(name)
        let notice = NewNotice(
            title: title, kind: kind, team: team, category: category, disease: disease, name: name, in: site, files)
        try options.writer.write(notice.path, notice.text)
    }
}
