import Formats
import Testing

@testable import Statistics

@Suite struct ReportTests {
    private let definition: DatasetDefinition = {
        let text = """
            - id: rooms
              name: 消毒
              kind: operational
              counts: rooms
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

    @Test(arguments: [
        ("8:30", "08:30"), ("8：30", "08:30"), ("08:30:00", "08:30"), ("8点", "08:00"), ("8点30分", "08:30"),
        ("8时半", "08:30"), ("下午3点", "15:00"), ("下午15:00", "15:00"), ("23:59", "23:59"), ("0:00", "00:00"),
        ("24:00", nil), ("99:99", nil), ("8:60", nil), ("二十五点", nil), ("8", nil), ("", nil), ("-8:00", nil),
        ("8:3", nil), ("中午12:30", "12:30"), ("中午1点", "13:00"),
    ])
    func timesOfDay(_ text: String, _ time: String?) {
        #expect(TimeOfDay.read(text) == time)
    }

    /// What counts people is told, whatever stands around the word; rooms, beds and water are things.
    @Test(arguments: [
        ("隔离间", "间", false), ("病床", "张", false), ("学生宿舍", "间", false), ("学生用水", "吨", false), ("消毒液", "升", false),
        ("隔离间", "", false), ("发热", "间", true), ("病例", "间", true), ("发热", "人", true), ("治愈", "例", true),
        ("死亡", "例", true),
        ("缺勤", "人", true),
    ])
    func columnsOfPersonsAreSeen(_ label: String, _ unit: String, _ isTold: Bool) {
        let text = """
            - id: rooms
              name: 巡查
              kind: operational
              counts: rooms
              team: logistics
              columns:
                - {id: area, label: 场所, type: text}
                - {id: held, label: \(label), type: count, unit: \(unit)}
            """
        var diagnostics: [Diagnostic] = []
        _ = DatasetDefinition.load(SourceFile(path: "datasets.yml", text: text), into: &diagnostics)
        #expect(diagnostics.contains { $0.id == "dataset.persons" } == isTold, "\(diagnostics.map(\.id))")
    }

    @Test func theLedgersFolderIsNoDataset() {
        let text =
            "- {id: ledger, name: 台账, kind: operational, counts: rooms, team: a, columns: [{id: b, label: 乙, type: text}]}"
        var diagnostics: [Diagnostic] = []
        _ = DatasetDefinition.load(SourceFile(path: "datasets.yml", text: text), into: &diagnostics)
        #expect(diagnostics.contains { $0.id == "dataset.reserved" })
    }

    /// Rows that sum up others are no data, whatever they are called; a place whose name begins like one is data.
    @Test(arguments: [
        ("总数", true), ("共计", true), ("汇总", true), ("Total", true), ("平均", true), ("填报人：甲", true), ("合 计", true),
        ("总务处", false), ("计算机房", false), ("平均楼", false), ("教室", false),
    ])
    func totalsAreNoData(_ word: String, _ isSkipped: Bool) {
        let (report, diagnostics) = read(["操场,3", "\(word),4"])
        #expect(report?.rows.count == (isSkipped ? 1 : 2))
        #expect(diagnostics.map(\.id) == (isSkipped ? ["csv.skipped-row"] : []))
    }

    @Test(arguments: [("\"1,234间\"", 1234.0), ("\"1,234\"", 1234), ("12 间", 12)])
    func unitsAndThousands(_ cell: String, _ value: Double) {
        let (report, diagnostics) = read(["操场,\(cell)"])
        #expect(report?.rows.first?.values.last == value && !diagnostics.hasErrors)
    }
}
