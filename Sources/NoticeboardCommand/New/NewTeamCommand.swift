import ArgumentParser
import Formats
import Noticeboard

struct NewTeamCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "team", abstract: "Makes a team's page.")

    @Argument(help: "Its id, which becomes part of its address: small letters, digits and hyphens.")
    var id: String

    @Option(help: "Its name, such as 宣传组.")
    var name: String

    @OptionGroup var options: CommonOptions

    func run() throws {
        try plainName(id)
        let (site, today) = try options.loaded(.real)
        if site.team(id) != nil {
            throw Refusal(zh: "已经有编号为“\(id)”的组。", en: "There is a team “\(id)” already.")
        }
        try written(name)
        let order = (site.teams.map(\.order).max() ?? 0) + 1
        let unit = site.organisation.offices.first?.id ?? "safety"
        let text = NewFiles.carried(on: today).team(id: id, name: name, order: order, unit: unit)
        try options.writer.write("content/teams/\(padded(order, 2))-\(id).md", text)
    }
}
