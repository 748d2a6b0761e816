import Formats

extension DutyRoster {
    /// Reads a file of `duty/`: 日期, 班次, 带班领导, 值班人员, 电话. A shift that another line gives too is an error.
    static func load(_ source: SourceFile, into roster: inout DutyRoster, _ diagnostics: inout [Diagnostic]) {
        var found: [Diagnostic] = []
        let table = CSVTable(source, into: &found)
        defer { diagnostics += found.map(\.withoutExcerpt) }
        let names = table.rows.first?.map { table.text($0) } ?? []
        let places = columns.map { wanted in names.firstIndex { wanted.contains($0) } }
        guard !places.contains(nil), table.rows.count > 1 else {
            found.append(badTable(source, isEmpty: !places.contains(nil)))
            return
        }
        for cells in table.rows.dropFirst() {
            let row = Row(table: table, cells: cells, places: places.map { $0! })
            if let shift = row.shift(columnCount: names.count, &found) {
                if !roster.keys.insert("\(shift.day) \(folded(shift.name))").inserted {
                    found.append(repeated(source, cells[0].range))
                } else {
                    roster.shifts.append(shift)
                }
            }
        }
    }

    private static let columns = [
        ["日期", "date"], ["班次", "shift"], ["带班领导", "leader"], ["值班人员", "on_duty"], ["电话", "phone"],
    ]
}

private struct Row {
    let table: CSVTable
    let cells: [CSVTable.Cell]
    let places: [Int]

    /// A cell's text on one line, whatever line ends it holds.
    func text(_ column: Int) -> String {
        places[column] < cells.count ? table.text(cells[places[column]]).withoutControls : ""
    }

    func range(_ column: Int) -> Range<Int> {
        places[column] < cells.count ? cells[places[column]].range : cells[0].range
    }

    func shift(columnCount: Int, _ diagnostics: inout [Diagnostic]) -> DutyRoster.Shift? {
        guard case .day(let day) = DateReading(text(0)) else {
            diagnostics.append(DateReading(text(0)).diagnostic(table.source, range(0), name: "日期"))
            return nil
        }
        if cells.count > columnCount, cells[columnCount...].contains(where: { !table.text($0).isEmpty }) {
            diagnostics.append(extraCells(table.source, cells[columnCount].range))
            return nil
        }
        for (column, label) in [(1, "班次"), (2, "带班领导"), (3, "值班人员")] where text(column).isEmpty {
            diagnostics.append(blank(table.source, range(column), label))
        }
        guard let phone = PhoneNumber.normalised(text(4)) else {
            diagnostics.append(PhoneNumber.mistake(table.source, range(4)))
            return nil
        }
        let hours = hours(text(1))
        if hours == nil, text(1).contains(where: \.isNumber) {
            diagnostics.append(unclear(table.source, range(1)))
        }
        return DutyRoster.Shift(
            day: day, name: text(1), leader: text(2), onDuty: text(3), phone: phone, hours: hours)
    }
}

/// The hours in a shift's name, however they are written: `17:30–次日07:30`, 晚10点—早6点, 17时30分至次日7时半,
/// 5:30PM-7:30AM. Two times; one that lies not after the first belongs to the next day.
private func hours(_ name: String) -> Range<Int>? {
    let pattern =
        /(早上|早|凌晨|上午|中午|下午|傍晚|晚上|晚)?\s*([0-9]{1,2})(?:[:点时.]([0-9]{2}|半)?分?|(?=\s*[AaPp][Mm]))\s*([AaPp][Mm])?/
    let times = name.halfWidth.matches(of: pattern).compactMap { match -> Int? in
        guard var hour = Int(match.2) else { return nil }
        let minute = match.3.map { $0 == "半" ? 30 : Int($0) ?? 60 } ?? 0
        let isLate = ["下午", "傍晚", "晚上", "晚"].contains(match.1 ?? "") || match.4?.lowercased() == "pm"
        if isLate, hour < 12 { hour += 12 }
        if match.4?.lowercased() == "am", hour == 12 { hour = 0 }
        return hour < 48 && minute < 60 ? hour * 3600 + minute * 60 : nil
    }
    guard times.count == 2, times[0] < 86_400, times[1] <= times[0] + 86_400 else { return nil }
    return times[0]..<(times[1] > times[0] ? times[1] : times[1] + 86_400)
}

/// A shift's name without the differences that typing makes.
private func folded(_ name: String) -> String {
    name.halfWidth.replacing("–", with: "-").replacing("—", with: "-").filter { !$0.isWhitespace }
}

private func unclear(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
    source.warning(
        "duty.hours", at: range, "看不懂这一班的起止时间，按全天显示，“现在值班”会不准。",
        "The hours of this shift are not understood; it is taken for the whole day.",
        fix: .init("写成“夜班 17:30–次日07:30”的样子。", "Write them like 夜班 17:30–次日07:30."), confidential: true)
}

private func badTable(_ source: SourceFile, isEmpty: Bool) -> Diagnostic {
    let fix = Diagnostic.Text(
        "第一行写：日期,班次,带班领导,值班人员,电话，下面每班一行。", "Begin with 日期,班次,带班领导,值班人员,电话 and give a line for each shift.")
    return isEmpty
        ? source.error("csv.no-rows", at: source.line(at: 0), "表里一行数据也没有。", "The table has no rows.", fix: fix)
        : source.error(
            "duty.header", at: source.line(at: 0), "值班表的表头不对。", "The roster's header is wrong.", fix: fix,
            confidential: true
        ).fixed(
            by: source.text(source.line(at: 0)).count { ",，\t".contains($0) } == 4
                ? source.replacing(source.line(at: 0), with: "日期,班次,带班领导,值班人员,电话") : nil)
}

private func repeated(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
    source.error(
        "duty.repeated", at: range, "同一天同一班次写了两行（或写在两个文件里）。",
        "The same shift of the same day stands twice, here or in another file.",
        fix: .init("删去其中一行；副本文件要删掉。", "Remove one of the rows; delete copies of the file.")
    ).fixed(by: source.removingLine(at: range.lowerBound))
}

private func extraCells(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
    source.error(
        "csv.extra-cells", at: range, "这一行比表头多了格。", "The row has more cells than the header.",
        fix: .init("一格里有逗号时，用顿号代替，或给这一格加英文双引号。", "Quote a cell that holds a comma."))
}

private func blank(_ source: SourceFile, _ range: Range<Int>, _ label: String) -> Diagnostic {
    source.error(
        "duty.blank", at: range, "“\(label)”空着。", "“\(label)” is blank.", fix: .init("填上岗位。", "Fill in the post."))
}
