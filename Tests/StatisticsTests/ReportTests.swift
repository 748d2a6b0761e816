import Formats
import Testing

@testable import Statistics

@Suite struct ReportTests {
    private let definition: DatasetDefinition = {
        let text = """
            - id: rooms
              name: 消毒
              kind: operational
              team: logistics
              columns:
                - {id: area, label: 场所, type: text}
                - {id: done, label: 已消毒, type: count, unit: 间}
            """
        var diagnostics: [Diagnostic] = []
        return DatasetDefinition.load(SourceFile(path: "datasets.yml", text: text), into: &diagnostics)[0]
    }()

    private func read(_ rows: [String]) -> (report: OperationalReport?, diagnostics: [Diagnostic]) {
        let source = SourceFile(path: "rooms/2026-11-20.csv", text: (["场所,已消毒"] + rows).joined(separator: "\n"))
        var diagnostics: [Diagnostic] = []
        let day = Day(year: 2026, month: 11, day: 20)!
        let report = OperationalReport.read(source, definition, classes: .empty, day: day, into: &diagnostics)
        return (report, diagnostics)
    }

    /// However many warnings a table gives, every row behind them is data: none may be lost while the site is published.
    @Test func manyWarningsLoseNoRow() {
        let (report, diagnostics) = read((1...200).map { "房间\($0),３" })
        #expect(report?.rows.count == 200)
        #expect(diagnostics.count == 200 && !diagnostics.hasErrors)
    }

    @Test func manyErrorsEndTheReading() {
        let (_, diagnostics) = read((1...20_000).map { "房间\($0),若干" })
        #expect(diagnostics.hasErrors && diagnostics.count == 50)
    }
}
