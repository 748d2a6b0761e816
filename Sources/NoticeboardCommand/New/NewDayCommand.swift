import ArgumentParser
import Formats
import Noticeboard
@_spi(Intake) import Statistics

struct NewDayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "day", abstract: "Makes a blank form of a daily report, to be filled in and imported.")

    @Argument(help: "The dataset's id or name.")
    var dataset: String

    @Option(help: "The day, such as 2026-11-23. Default: today.")
    var day: Day?

    @Option(
        name: [.customShort("o"), .customLong("output")], help: "The folder for the form. Default: the current one.")
    var output = "."

    @OptionGroup var options: CommonOptions

    func run() throws {
        let (site, today) = try options.loaded(.real)
        let datasets = site.datasets.map(\.definition)
        try known(dataset, among: datasets.flatMap { [$0.id, $0.name] }, "数据集", "dataset")
        let definition = datasets.first { $0.id == dataset || $0.name == dataset }!
        let day = day ?? today
        let tree = try options.tree(.real).tree
        let last = try tree.files(under: definition.folder).last { $0.path < definition.path(of: day) }.map {
            SourceFile(path: $0.path, bytes: try tree.bytes(of: $0))
        }
        let writer = NewFileWriter(disk: .real, folder: output, format: options.format)
        try writer.write([
            (
                "\(definition.name.replacing("/", with: "-"))\(day).csv",
                BlankForm.csv(definition, classes: site.classes, day: day, last: last)
            )
        ])
    }
}
