import ArgumentParser
import Formats
import Noticeboard
@_spi(Intake) import Statistics

struct NewDayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "day", abstract: "Makes a blank form of a daily report, to be filled in and imported.")

    @Argument(help: "The dataset's id or name.")
    var dataset: String

    @Option(help: "The day. Default: today.")
    var day: String?

    @Option(
        name: [.customShort("o"), .customLong("output")], help: "The folder for the form. Default: the current one.")
    var output = "."

    @OptionGroup var options: CommonOptions

    func validate() throws {
        if let day, givenDay == nil { throw ValidationError("“\(day)” is no day: write it like 2026-11-23.") }
    }

    private var givenDay: Day? {
        if let day, case .day(let day) = DateReading(day) { day } else { nil }
    }

    func run() throws {
        let (site, today) = try options.loaded(.real)
        let datasets = site.datasets.map(\.definition)
        try known(dataset, among: datasets.flatMap { [$0.id, $0.name] }, "数据集", "dataset")
        let definition = datasets.first { $0.id == dataset || $0.name == dataset }!
        let day = givenDay ?? today
        let writer = NewFileWriter(disk: .real, folder: output, format: options.format)
        try writer.write([
            ("\(definition.name)\(day).csv", BlankForm.csv(definition, classes: site.classes, day: day))
        ])
    }
}
