import Formats

/// One day of an operational dataset: work done and things in stock, published exactly.
public struct OperationalReport: Sendable {
    public struct Row: Sendable {
        /// A text for each declared column.
        public let texts: [String]
        public let values: [Double?]
    }

    public let day: Day
    public let rows: [Row]
    /// Classes or grades that were asked to report; nil where a report is not by class or grade.
    public let expected: [String]?
    /// Those of them that have not: their numbers are in no sum.
    public let missing: [String]

    /// Who reported: `4/6`; nil where everybody did, or nobody in particular was asked.
    public var incomplete: String? {
        expected.flatMap { missing.isEmpty ? nil : "\($0.count - missing.count)/\($0.count)" }
    }

    /// Nil for a dataset of persons: such a report has no public form.
    public static func read(
        _ source: SourceFile, _ definition: DatasetDefinition, classes: ClassList, day: Day,
        into diagnostics: inout [Diagnostic]
    ) -> OperationalReport? {
        guard definition.kind == .operational else { return nil }
        var reader = ReportReader(source, definition: definition, classes: classes, day: day)
        let table = reader.read()
        diagnostics += reader.diagnostics
        let expected = UnitsOfDay(classes, on: day).asked(by: definition)
        let reported = Set(definition.unitColumn.map { column in table.rows.map { $0.texts[column] } } ?? [])
        return OperationalReport(
            day: day, rows: table.rows.map { Row(texts: $0.texts, values: $0.values) }, expected: expected,
            missing: (expected ?? []).filter { !reported.contains($0) })
    }
}

/// Which units reported on a day; what they reported is nobody's business here.
public struct ReportAttendance: Sendable {
    public let day: Day
    /// In the report's order.
    public let reported: [String]
    /// The classes or grades that were asked; nil where a report is not by class or grade.
    public let expected: [String]?

    public var missing: [String] { (expected ?? []).filter { !reported.contains($0) } }

    /// Of a report of things.
    public init(_ report: OperationalReport) {
        day = report.day
        expected = report.expected
        reported = (report.expected ?? []).filter { !report.missing.contains($0) }
    }

    public init(_ report: PersonReport, _ definition: DatasetDefinition, classes: ClassList) {
        day = report.day
        reported = report.reported
        expected = UnitsOfDay(classes, on: day).asked(by: definition)
    }
}

/// One day of a dataset of persons. All that can be learnt from it here is which classes or grades reported.
public struct PersonReport: Sendable {
    public let path: String
    public let day: Day
    /// Names of the units with a row, in the file's order.
    public let reported: [String]
    let table: ReportTable
    private let unitColumn: Int?

    public static func read(
        _ source: SourceFile, _ definition: DatasetDefinition, classes: ClassList, day: Day,
        into diagnostics: inout [Diagnostic]
    ) -> PersonReport {
        var reader = ReportReader(source, definition: definition, classes: classes, day: day)
        let table = reader.read()
        diagnostics += reader.diagnostics
        return PersonReport(path: source.path, day: day, unitColumn: definition.unitColumn, table: table)
    }

    private init(path: String, day: Day, unitColumn: Int?, table: ReportTable) {
        self.path = path
        self.day = day
        self.unitColumn = unitColumn
        self.table = table
        reported = unitColumn.map { column in table.rows.map { $0.texts[column] } } ?? []
    }

    /// The same report with some of its rows.
    func restricted(to isIncluded: (ReportTable.Row) -> Bool) -> PersonReport {
        PersonReport(
            path: path, day: day, unitColumn: unitColumn, table: ReportTable(rows: table.rows.filter(isIncluded)))
    }
}
