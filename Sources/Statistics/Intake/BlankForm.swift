import Formats

/// A day's form to be filled in: the dataset's columns, a row for each class or grade, and every count blank.
@_spi(Intake) public enum BlankForm {
    /// The form as CSV with a byte-order mark, which Excel and WPS need to read it as UTF-8.
    ///
    /// - Parameter last: The dataset's last report: what it names is named again where there is no list of units.
    public static func csv(
        _ definition: DatasetDefinition, classes: ClassList, day: Day, last: SourceFile?
    ) -> [UInt8] {
        let units = UnitsOfDay(classes, on: day)
        let kinds = definition.columns.map(\.kind)
        let known = last.map { names(in: $0, definition, units) } ?? []
        let rows: [[String]] =
            if !known.isEmpty, !kinds.contains(.class) {
                known
            } else if kinds.contains(.class) {
                units.grades.flatMap { grade, parts in parts.map { row(definition, grade: grade.name, class: $0.name) }
                }
            } else if kinds.contains(.grade) {
                units.gradeNames.map { row(definition, grade: $0, class: "") }
            } else {
                [definition.columns.map { _ in "" }]
            }
        let lines = [definition.columns.map(\.label)] + rows
        return [0xEF, 0xBB, 0xBF] + lines.flatMap { Array(($0.map(csvCell).joined(separator: ",") + "\r\n").utf8) }
    }

    /// The rows of a report with every number left out.
    private static func names(in source: SourceFile, _ definition: DatasetDefinition, _ units: UnitsOfDay) -> [[String]]
    {
        var ignored: [Diagnostic] = []
        var reader = ReportReader(CSVTable(source, into: &ignored), definition: definition, units: units)
        return reader.read().rows.map { row in
            zip(definition.columns, row.texts).map { $0.isKey ? $1 : "" }
        }
    }

    private static func row(_ definition: DatasetDefinition, grade: String, class name: String) -> [String] {
        definition.columns.map { $0.kind == .class ? name : $0.kind == .grade ? grade : "" }
    }
}
