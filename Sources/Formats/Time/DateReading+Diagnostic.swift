extension DateReading {
    /// What is wrong with a text that is not a usable date.
    public func diagnostic(
        _ source: SourceFile, _ range: Range<Int>, name: String, confidential: Bool = false
    ) -> Diagnostic {
        let (id, zh, en, fix): (String, String, String, Diagnostic.Text) =
            switch self {
            case .yearMissing:
                (
                    "date.year-missing", "“\(name)”缺年份。", "The year is missing in “\(name)”.",
                    .init("写成完整日期，例如2026-02-03。", "Write the whole date, such as 2026-02-03.")
                )
            case .noSuchDay:
                (
                    "date.no-such-day", "“\(name)”：没有这一天。", "“\(name)”: there is no such date.",
                    .init("核对月份和日期。", "Check the month and the day.")
                )
            case .serialNumber(let day):
                (
                    "date.serial-number", "“\(name)”像是Excel的日期序号：是不是\(day)？",
                    "“\(name)” looks like an Excel serial number: \(day)?",
                    .init(
                        "把这一列设为“日期”格式后重新另存，或写成\(day)。",
                        "Format the column as a date and save again, or write \(day).")
                )
            default:
                (
                    "date.not-a-date", "“\(name)”不是日期。", "“\(name)” is not a date.",
                    .init("写成2026-02-03的样子，可加时间：2026-02-03 08:30。", "Write it like 2026-02-03, or 2026-02-03 08:30.")
                )
            }
        let found = source.error(id, at: range, zh, en, fix: fix, confidential: confidential)
        if case .serialNumber(let day) = self { return found.fixed(by: source.replacing(range, with: "\(day)")) }
        return found
    }
}
