import Formats
import Statistics

/// All days of an operational dataset for programs: the columns that were declared, each row with its day.
struct DatasetDownload {
    private let definition: DatasetDefinition
    private let reports: [OperationalReport]

    init(_ dataset: Dataset) {
        definition = dataset.definition
        reports = dataset.reports
    }

    func bytes(_ format: DownloadFormat) -> [UInt8] {
        switch format {
        case .csv: Array(csv.utf8)
        case .json: Array(json.utf8)
        }
    }

    private var csv: String {
        let head = ["date"] + definition.columns.map(\.label)
        let rows = reports.flatMap { report in
            report.rows.map { row in ["\(report.day)"] + zip(row.texts, row.values).map(cell) }
        }
        return "\u{FEFF}" + ([head.map(safeCell)] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    /// A number may begin with its sign.
    private func cell(_ text: String, _ value: Double?) -> String { value == nil ? safeCell(text) : csvCell(text) }

    private var json: String {
        let days = reports.map { report in
            jsonObject([
                ("date", jsonString("\(report.day)")),
                ("missing", "[\(report.missing.map(jsonString).joined(separator: ","))]"),
                ("rows", "[\n\(report.rows.map(object).joined(separator: ",\n"))]"),
            ])
        }
        let columns = definition.columns.map { column in
            jsonObject([
                ("id", jsonString(column.id)), ("label", jsonString(column.label)), ("unit", jsonString(column.unit)),
            ])
        }
        return jsonObject([
            ("dataset", jsonString(definition.id)), ("name", jsonString(definition.name)),
            ("columns", "[\(columns.joined(separator: ","))]"), ("days", "[\n\(days.joined(separator: ",\n"))]"),
        ]) + "\n"
    }

    /// A number where the column holds numbers, else the text as it was reported.
    private func object(_ row: OperationalReport.Row) -> String {
        jsonObject(
            zip(definition.columns, zip(row.texts, row.values)).map { column, cell in
                (column.id, cell.1.map(plain) ?? jsonString(cell.0))
            })
    }
}

/// A cell that no spreadsheet takes for a formula (OWASP, CSV injection).
func safeCell(_ text: String) -> String {
    csvCell(beginsLikeFormula(text) ? "'" + text : text)
}

/// By scalars: a combining mark would make another character of the sign before it.
func beginsLikeFormula(_ text: String) -> Bool {
    text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
}
