import Formats

/// Which day a table, or each of its rows, is of.
struct IntakeDay {
    /// The column of dates, if there is one.
    let column: Int?
    /// Where there is no such column: what the title, the sheet's name or the file's name says.
    let day: Day?
    private(set) var diagnostics: [Diagnostic] = []

    private static let columnNames: Set<String> = ["日期", "date", "上报日期", "填报日期", "报告日期", "统计日期", "时间"]

    /// `given` is what the caller says; it holds for all tables.
    init(_ input: IntakeTable, header: Int, given: Day?) {
        let table = input.table
        column = table.rows[header].firstIndex {
            IntakeDay.columnNames.contains(DatasetDefinition.Column.folded(table.text($0)))
        }
        if given != nil || column != nil {
            day = given
            return
        }
        let titles = table.rows[..<header].joined().map { (table.text($0), $0.range) }
        let inTitles = titles.flatMap { IntakeDay.days(in: $0.0) }
        let inNames = IntakeDay.days(in: input.sheet?.name ?? "") + IntakeDay.days(in: input.source.path.fileName)
        let all = inTitles + inNames
        day = all.first
        let place = titles.first?.1 ?? table.rows[header][0].range
        if Set(all).count > 1 {
            diagnostics.append(severalDays(input, place, Set(all).sorted()))
        } else if all.isEmpty {
            diagnostics.append(noDay(input, place))
        }
    }

    /// The days that a text names: 2026-11-23, 2026年11月23日, 20261123.
    private static func days(in text: String) -> [Day] {
        let runs = digitRuns(text.halfWidth)
        // From one day to another: a week's report is of no day.
        let isRange =
            runs.dropLast().contains { run in ["至", "到", "~", "—", "–"].contains(where: run.separator.contains) }
            || runs.count > 3 && runs[2].separator.contains("-")
        if isRange { return [] }
        return runs.indices.compactMap { index in
            let first = runs[index].digits
            if first.count == 8 { return Day(first.prefix(4), first.dropFirst(4).prefix(2), first.suffix(2)) }
            guard first.count == 4, index + 2 < runs.count, runs[index].joins("年./-"), runs[index + 1].joins("月./-")
            else {
                return nil
            }
            return Day(first, runs[index + 1].digits, runs[index + 2].digits)
        }
    }

    /// Runs of digits, each with what stands between it and the next one.
    private static func digitRuns(_ text: String) -> [DigitRun] {
        var runs: [DigitRun] = []
        var isInside = false
        for character in text {
            if character.isASCII, character.isNumber {
                if !isInside { runs.append(DigitRun()) }
                runs[runs.count - 1].digits.append(character)
                isInside = true
            } else {
                if !runs.isEmpty, character != " " { runs[runs.count - 1].separator.append(character) }
                isInside = false
            }
        }
        return runs
    }

    private struct DigitRun {
        var digits = ""
        var separator = ""

        func joins(_ signs: String) -> Bool { separator.count == 1 && signs.contains(separator) }
    }
}

extension Day {
    fileprivate init?(_ year: some StringProtocol, _ month: some StringProtocol, _ day: some StringProtocol) {
        guard let year = Int(year), let month = Int(month), let day = Int(day), year >= 2000 else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

extension IntakeDay {
    /// The rows of each day, in the order of their first rows. A blank date is the one above it.
    mutating func rows(_ input: IntakeTable, below header: Int, given: Day?) -> [(day: Day, rows: [[CSVTable.Cell]])] {
        let rows = Array(input.table.rows[(header + 1)...])
        guard let column else { return day.map { [($0, rows)] } ?? [] }
        var result: [(day: Day, rows: [[CSVTable.Cell]])] = []
        var current = given
        for cells in rows {
            let text = column < cells.count ? input.table.text(cells[column]) : ""
            if !text.isEmpty, let read = read(text, cells[column].range, input) { current = read }
            guard let day = current else { continue }
            if let given, day != given { continue }
            if let index = result.firstIndex(where: { $0.day == day }) {
                result[index].rows.append(cells)
            } else {
                result.append((day, [cells]))
            }
        }
        if result.isEmpty, !diagnostics.hasErrors {
            diagnostics.append(noDay(input, input.table.rows[header][column].range))
        }
        return result
    }

    /// A cell's day; a workbook keeps days as numbers, whether or not they are shown as days.
    private mutating func read(_ text: String, _ range: Range<Int>, _ input: IntakeTable) -> Day? {
        let reading = DateReading(text)
        switch reading {
        case .day(let day): return day
        case .moment(let local, _): return local.day
        case .serialNumber(let day) where input.sheet != nil: return day
        default:
            // A signature below the table is no date.
            if !text.contains(where: \.isNumber) { return nil }
            diagnostics.append(reading.diagnostic(input.source, range, name: "日期", confidential: true))
            return nil
        }
    }
}

extension String {
    /// What stands behind the last slash.
    var fileName: String { String(self[(lastIndex(of: "/").map { index(after: $0) } ?? startIndex)...]) }
}

private func severalDays(_ input: IntakeTable, _ range: Range<Int>, _ days: [Day]) -> Diagnostic {
    let all = days.map(\.description).joined(separator: "、")
    return input.error(
        "import.several-days", at: range, "标题、工作表名或文件名里写了不同的日期：\(all)。",
        "The title, the sheet and the file name different days: \(days.map(\.description).joined(separator: ", ")).",
        fix: .init("改成一致，或用--day指出是哪一天。", "Make them agree, or say which with --day."))
}

private func noDay(_ input: IntakeTable, _ range: Range<Int>) -> Diagnostic {
    input.error(
        "import.no-day", at: range, "看不出这份报表是哪一天的。", "Nothing says which day this report is of.",
        fix: .init(
            "在文件名或标题里写上完整日期，例如“出勤2026-11-23.xlsx”；或加上--day 2026-11-23。",
            "Put the whole date into the file's name or title, such as 2026-11-23; or add --day 2026-11-23."))
}
