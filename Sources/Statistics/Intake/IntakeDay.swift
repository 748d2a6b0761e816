import Formats

/// Which day a table, or each of its rows, is of.
struct IntakeDay {
    /// The column of dates, if there is one.
    let column: Int?
    /// Where there is no such column: what the title, the sheet's name or the file's name says.
    let day: Day?
    private(set) var diagnostics: [Diagnostic] = []

    /// What the table's titles, its sheet's and its file's name say, whether or not it has a column of dates.
    private let named: Set<Day>

    /// Whether a column's name announces the day of its rows: 日期, 填报日期, 上报日期（年月日）, date; not a day of something else.
    private static func namesDay(_ name: String) -> Bool {
        let name = DatasetDefinition.Column.folded(name).prefix { $0 != "(" && $0 != "[" }
        if ["日期", "date", "day", "年月日", "时间", "上报时间", "填报时间", "统计时间", "报告时间"].contains(String(name)) { return true }
        let others = ["生产", "到期", "有效", "出生", "采购", "购", "失效", "截止", "过期", "入学", "开始", "结束"]
        return (name.hasSuffix("日期") || name.hasSuffix("date")) && !others.contains(where: name.contains)
    }

    /// `given` is what the caller says; it holds for all tables.
    ///
    /// - Parameter declared: The places of columns that the dataset has: a time of its own is no day.
    init(_ input: IntakeTable, header: Int, given: Day?, declared: Set<Int>) {
        let table = input.table
        column = table.rows[header].indices.first {
            !declared.contains($0) && IntakeDay.namesDay(table.text(table.rows[header][$0]))
        }
        let titles = table.rows[..<header].joined().map { (table.text($0), $0.range) }
        let inTitles = titles.flatMap { IntakeDay.days(in: $0.0) }
        let inNames = IntakeDay.days(in: input.sheet?.name ?? "") + IntakeDay.days(in: input.source.path.fileName)
        let all = inTitles + inNames
        named = Set(all)
        if given != nil || column != nil {
            day = given
            return
        }
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
        // From one day to another: a week's report is of no day. A whole day with another number beside it is one.
        let isRange = runs.indices.dropLast().contains { index in
            let (run, next) = (runs[index], runs[index + 1])
            guard ["至", "到", "~", "—", "–", "-"].contains(where: run.separator.contains),
                index >= 2 || run.digits.count == 8
            else { return false }
            let endsDay = run.digits.count == 8 || isDay(runs, endingAt: index)
            let isDash = run.separator == "-"
            return endsDay && (!isDash || next.digits.count == 4 || next.digits.count == 8 || index + 2 < runs.count)
        }
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

    /// Whether a run is the day of a whole date: 2026-11-23.
    private static func isDay(_ runs: [DigitRun], endingAt index: Int) -> Bool {
        index >= 2 && runs[index - 2].digits.count == 4 && runs[index - 2].joins("年./-")
            && runs[index - 1].joins("月./-")
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
    mutating func rows(
        _ input: IntakeTable, below header: Int, given: Day?, today: Day
    ) -> [(day: Day, rows: [[CSVTable.Cell]])] {
        let rows = Array(input.table.rows[(header + 1)...])
        guard let column else { return day.map { [($0, rows)] } ?? [] }
        var result: [(day: Day, rows: [[CSVTable.Cell]])] = []
        var current = given
        var read: [Day] = []
        for cells in rows {
            let text = column < cells.count ? input.table.text(cells[column]) : ""
            if !text.isEmpty, let day = self.read(text, cells[column].range, input) {
                current = day
                read.append(day)
            }
            guard let day = current else { continue }
            if let given, day != given { continue }
            if let index = result.firstIndex(where: { $0.day == day }) {
                result[index].rows.append(cells)
            } else {
                result.append((day, [cells]))
            }
        }
        let place = input.table.rows[header][column].range
        if diagnostics.hasErrors { return result }
        if result.isEmpty {
            diagnostics.append(
                given.map { otherDay(input, place, $0, Set(read).sorted()) } ?? noDay(input, place))
        } else if let given {
            let others = Set(read).subtracting([given])
            if !others.isEmpty { diagnostics.append(daysLeft(input, place, given, others.sorted())) }
        } else {
            doubt(input, place, result.map(\.day), today)
        }
        return result
    }

    /// Days that were written by mistake: another one than the file's name says, or today's with the year before.
    private mutating func doubt(_ input: IntakeTable, _ place: Range<Int>, _ days: [Day], _ today: Day) {
        if !named.isEmpty, named.isDisjoint(with: days) {
            diagnostics.append(severalDays(input, place, (Array(named) + days).sorted()))
            return
        }
        for day in days where !named.contains(day) && day.year != today.year {
            guard let meant = Day(year: today.year, month: day.month, day: day.day),
                abs(meant.daysSince1970 - today.daysSince1970) <= 31, abs(day.daysSince1970 - today.daysSince1970) > 31
            else { continue }
            diagnostics.append(otherYear(input, place, day, today))
        }
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

private func otherDay(_ input: IntakeTable, _ range: Range<Int>, _ given: Day, _ days: [Day]) -> Diagnostic {
    let all = days.prefix(5).map(\.description).joined(separator: "、")
    return input.error(
        "import.other-day", at: range, "指定的是\(given)，表里的日期却是\(all)。",
        "\(given) was asked for, and the table is of \(days.prefix(5).map(\.description).joined(separator: ", ")).",
        fix: .init("核对哪一个对：改表里的日期，或改--day。", "See which is right: mend the table's date, or --day."))
}

private func daysLeft(_ input: IntakeTable, _ range: Range<Int>, _ given: Day, _ days: [Day]) -> Diagnostic {
    let all = days.prefix(5).map(\.description)
    return input.source.warning(
        "import.days-left", at: range, "只导入了\(given)；表里还有\(days.count)天没有导入：\(all.joined(separator: "、"))。",
        "Only \(given) was imported; the table has \(days.count) more days: \(all.joined(separator: ", ")).",
        fix: .init("要全部导入，就不写--day。", "Leave --day out to import them all."), confidential: true)
}

private func otherYear(_ input: IntakeTable, _ range: Range<Int>, _ day: Day, _ today: Day) -> Diagnostic {
    input.error(
        "import.other-year", at: range, "表里的日期是\(day)，今天是\(today)：年份是不是写错了？",
        "The table is of \(day), and today is \(today): is the year right?",
        fix: .init(
            "改正年份；确实是那一天的，加上--day \(day)。", "Mend the year; if it is of that day indeed, add --day \(day)."))
}

private func severalDays(_ input: IntakeTable, _ range: Range<Int>, _ days: [Day]) -> Diagnostic {
    let all = days.map(\.description).joined(separator: "、")
    return input.error(
        "import.several-days", at: range, "表里、标题、工作表名或文件名里写了不同的日期：\(all)。",
        "The table, its title, the sheet and the file name different days: \(days.map(\.description).joined(separator: ", ")).",
        fix: .init("改成一致，或用--day指出是哪一天。", "Make them agree, or say which with --day."))
}

private func noDay(_ input: IntakeTable, _ range: Range<Int>) -> Diagnostic {
    input.error(
        "import.no-day", at: range, "看不出这份报表是哪一天的。", "Nothing says which day this report is of.",
        fix: .init(
            "在文件名或标题里写上完整日期，例如“出勤2026-11-23.xlsx”；或加上--day 2026-11-23。",
            "Put the whole date into the file's name or title, such as 2026-11-23; or add --day 2026-11-23."))
}
