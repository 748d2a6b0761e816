import Formats

/// What the coordination team is told of a day: who has not reported, and which thresholds are passed. For the school's own
/// eyes: it is written to a folder that is never published.
@_spi(Intake) public struct InternalReport: Sendable {
    private let day: Day
    private var missing: [String] = []
    private var unreported: [String] = []
    private var alerts: [String] = []

    /// How many days a report reaches back at most.
    private static let reach = 31

    /// Looks at all datasets of a day; `existing` reads a file of the site. Reports with errors are the build's business.
    public init(
        _ day: Day, _ definitions: [DatasetDefinition], classes: ClassList,
        existing: (_ path: String) throws -> SourceFile?
    ) rethrows {
        self.day = day
        for definition in definitions {
            func report(_ day: Day) throws -> PersonReport? {
                let path = definition.path(of: day)
                var ignored: [Diagnostic] = []
                return try existing(path).map {
                    PersonReport.read($0, definition, classes: classes, day: day, into: &ignored)
                }
            }
            guard let today = try report(day) else {
                // A dataset that somebody reported within the week is expected every day.
                if try (1...7).contains(where: { try report(day.adding(-$0)) != nil }) {
                    unreported.append(definition.name)
                }
                continue
            }
            let units = ReportAttendance(today, definition, classes: classes).missing
            if !units.isEmpty { missing.append("\(definition.name)：\(units.joined(separator: "、"))") }
            guard !definition.alerts.isEmpty else { continue }
            let span = definition.alerts.map(\.days).max() ?? 1
            let days = try (0..<min(span, InternalReport.reach)).reversed().map { try report(day.adding(-$0)) }
            alerts += definition.alerts.flatMap { passed($0, days.suffix($0.days), definition, classes) }
        }
    }

    /// As Markdown, in Chinese.
    public var text: String {
        func list(_ items: [String], none: String) -> String {
            (items.isEmpty ? [none] : items.map { "- \($0)" }).joined(separator: "\n")
        }
        return """
            # \(day.chineseWithWeekday) 内部日报

            只供校内，不得公开、转发。未报不是0。

            ## 还没有报的班级或年级

            \(list(missing, none: "已报的报表里没有缺的。"))

            ## 还没有报表的项目

            \(list(unreported, none: "没有。"))

            ## 达到预警线

            \(list(alerts, none: "没有。"))

            """
    }

    /// How many thresholds are passed.
    public var alertCount: Int { alerts.count }
}

extension InternalReport {
    /// A line for every unit that passes a threshold, over consecutive days, the last of which is the report's.
    private func passed(
        _ alert: Alert, _ days: ArraySlice<PersonReport?>, _ definition: DatasetDefinition, _ classes: ClassList
    ) -> [String] {
        let units = UnitsOfDay(classes, on: day)
        func name(_ row: ReportTable.Row) -> String? {
            if alert.scope == .school { return "全校" }
            guard let column = definition.unitColumn else { return nil }
            let unit = row.texts[column]
            return alert.scope == .grade ? units.grade(ofClass: unit) ?? unit : unit
        }
        let tables = days.map { report in
            Dictionary(grouping: report?.table.rows ?? []) { name($0) ?? "" }
        }
        guard let today = tables.last else { return [] }
        let order = units.grades.flatMap { [$0.unit.name] + $0.parts.map(\.name) }
        let named = today.keys.filter { !$0.isEmpty }.sorted {
            (order.firstIndex(of: $0) ?? .max, $0) < (order.firstIndex(of: $1) ?? .max, $1)
        }
        return named.compactMap { unit in
            let counts = tables.map { rows in rows[unit]?.reduce(0.0) { $0 + (alert.count.value($1.values) ?? 0) } }
            switch alert.measure {
            case .cases(let least, let days):
                return newCases(counts) >= Double(least)
                    ? "\(definition.name)：\(unit)“\(alert.name)”\(days == 1 ? "一天" : "\(days)天")内达到\(least)例。" : nil
            case .share(let percent, let column):
                let roll = today[unit]!.reduce(0.0) { $0 + ($1.values[column] ?? 0) }
                return roll > 0 && (counts.last!! * 100) >= roll * Double(percent)
                    ? "\(definition.name)：\(unit)“\(alert.name)”达到\(percent)%。" : nil
            }
        }
    }

    /// How many fell ill at least, where only is known how many are ill each day: the first day's, and every rise since.
    private func newCases(_ counts: [Double?]) -> Double {
        var (total, last) = (0.0, 0.0)
        for count in counts.compactMap(\.self) {
            total += max(0, count - last)
            last = count
        }
        return total
    }
}

extension Alert {
    fileprivate var days: Int { if case .cases(_, let days) = measure { days } else { 1 } }
}
