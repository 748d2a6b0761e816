import Formats

/// When reports of published days were corrected: `content/statistics/corrections.csv`, a line for each with the dataset, the day, and the
/// day of the correction. `import --correct` writes it. It holds no figure, and is written whatever the size of a correction.
public struct CorrectionNotes: Sendable {
    public static let file = "content/statistics/corrections.csv"
    private static let header = "dataset,day,corrected"

    /// The last correction of each day, by dataset.
    private var dates: [String: [Day: Day]] = [:]

    public init() {}

    /// Reads the lines; one that is none is an error.
    public init(_ source: SourceFile, into diagnostics: inout [Diagnostic]) {
        let table = CSVTable(source, into: &diagnostics)
        for row in table.rows.dropFirst() {
            let texts = row.map(table.text)
            guard texts.count == 3, case .day(let day) = DateReading(texts[1]),
                case .day(let date) = DateReading(texts[2])
            else {
                diagnostics.append(noNote(source, row[0].range))
                continue
            }
            dates[texts[0], default: [:]][day] = date
        }
    }

    /// When a day's report was corrected last; nil where it was not.
    public func date(of day: Day, in dataset: String) -> Day? { dates[dataset]?[day] }

    /// The file with more lines.
    public static func adding(_ days: [(dataset: String, day: Day)], on date: Day, to bytes: [UInt8]?) -> [UInt8] {
        csvFile(bytes, header: header, adding: days.map { "\($0.dataset),\($0.day),\(date)" })
    }
}

private func noNote(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
    source.error(
        "statistics.correction-note", at: range, "这一行不是程序记录的更正（数据集、日期、更正日期）。",
        "This line is no note of a correction (dataset, day, day of correction).",
        fix: .init("删去这一行。", "Delete the line.")
    ).fixed(by: source.removingLine(at: range.lowerBound))
}
