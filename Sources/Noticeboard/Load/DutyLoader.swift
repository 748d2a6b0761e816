import Formats

extension DutyRoster {
    /// Reads a file of `duty/`: 日期, 班次, 带班领导, 值班人员, 电话.
    static func load(_ source: SourceFile, into diagnostics: inout [Diagnostic]) -> [Shift] {
        let table = CSVTable(source, into: &diagnostics)
        guard let header = table.rows.first else { return [] }
        let names = header.map { table.text($0) }
        let columns = [["日期", "date"], ["班次", "shift"], ["带班领导", "leader"], ["值班人员", "on_duty"], ["电话", "phone"]]
        let places = columns.map { wanted in names.firstIndex { wanted.contains($0) } }
        guard places.allSatisfy({ $0 != nil }) else {
            diagnostics.append(
                source.error(
                    "duty.header", at: source.line(at: 0), "值班表的表头要有：日期,班次,带班领导,值班人员,电话。",
                    "The roster's header needs 日期,班次,带班领导,值班人员,电话.",
                    fix: .init("把第一行改成这五列。", "Make these five columns the first line.")))
            return []
        }
        var shifts: [Shift] = []
        var firstRows: [String: Range<Int>] = [:]
        for row in table.rows.dropFirst() {
            let texts = places.map { $0! < row.count ? table.text(row[$0!]) : "" }
            let range = row[0].range
            guard case .day(let day) = DateReading(texts[0]) else {
                diagnostics.append(DateReading(texts[0]).diagnostic(source, range, name: "日期"))
                continue
            }
            if let first = firstRows["\(day) \(texts[1])"] {
                diagnostics.append(repeated(source, range, first))
                continue
            }
            firstRows["\(day) \(texts[1])"] = range
            shifts.append(
                Shift(
                    day: day, name: texts[1], leader: texts[2], onDuty: texts[3], phone: texts[4],
                    hours: hours(texts[1])))
        }
        return shifts
    }
}

/// The hours in a shift's name: two clock times; one that lies not after the first belongs to the next day.
private func hours(_ name: String) -> Range<Int>? {
    let times = name.halfWidth.matches(of: /([0-9]{1,2}):([0-9]{2})/).compactMap { match -> Int? in
        guard let hour = Int(match.1), let minute = Int(match.2), hour < 24, minute < 60 else { return nil }
        return hour * 3600 + minute * 60
    }
    guard times.count == 2 else { return nil }
    return times[0]..<(times[1] > times[0] ? times[1] : times[1] + 86_400)
}

private func repeated(_ source: SourceFile, _ range: Range<Int>, _ first: Range<Int>) -> Diagnostic {
    source.error(
        "duty.repeated", at: range, "同一天同一班次写了两行。", "The same shift of the same day stands twice.",
        fix: .init("删去其中一行。", "Remove one of the rows."),
        notes: [.init(source.location(first), .init("第一次在这里。", "First given here."))])
}
