import Formats
import Statistics

/// What an operational dataset says of a day, in numbers and in words.
struct DatasetSummary {
    /// Work that is done to less than this share is marked in charts.
    static let fair = 0.9

    let definition: DatasetDefinition
    let reports: [OperationalReport]

    init(_ dataset: Dataset) {
        definition = dataset.definition
        reports = dataset.reports
    }

    var latest: OperationalReport? { reports.last }

    /// The sum of a column over a day.
    func total(_ column: Int, _ report: OperationalReport) -> Double {
        report.rows.compactMap { $0.values[column] }.reduce(0, +)
    }

    /// The latest day in a sentence.
    var sentence: String {
        guard let latest else { return "还没有上报数据。" }
        let words =
            switch definition.show {
            case .completion(let done, let of, _): completion(done, of, latest)
            case .reserve(let balance, let use, let by, let least): reserve(balance, use, by, least, latest)
            case .total(let of, _): "\(label(of))\(plain(total(of, latest)))\(unit(of))\(before(of))。"
            case nil: "共\(latest.rows.count)项。"
            }
        return words + missing(latest)
    }

    /// Who is not in the sums: a part must not look like the whole.
    private func missing(_ report: OperationalReport) -> String {
        guard let share = report.incomplete else { return "" }
        let names = report.missing.count > 6 ? "\(report.missing.count)个单位" : report.missing.joined(separator: "、")
        return "只有\(share)上报，\(names)未报、没有计入。"
    }

    /// Sums by the values of a column, in the order of their first rows.
    func groups(by: Int, _ columns: [Int], in report: OperationalReport) -> [(name: String, sums: [Double])] {
        var groups: [(name: String, sums: [Double])] = []
        for row in report.rows {
            let values = columns.map { row.values[$0] ?? 0 }
            if let index = groups.firstIndex(where: { $0.name == row.texts[by] }) {
                for column in values.indices { groups[index].sums[column] += values[column] }
            } else {
                groups.append((row.texts[by], values))
            }
        }
        return groups
    }

    func chart() -> Markup? {
        guard let latest else { return nil }
        switch definition.show {
        case .completion(let done, let of, let by):
            let bars = groups(by: by, [done, of], in: latest).filter { $0.sums[1] > 0 }.map { group in
                BarChart.Bar(
                    label: group.name, value: group.sums[0], full: group.sums[1],
                    words: "\(plain(group.sums[0]))/\(plain(group.sums[1]))\(unit(of))",
                    isLow: group.sums[0] < group.sums[1] * DatasetSummary.fair)
            }
            return bars.isEmpty ? nil : BarChart(bars: bars, label: "\(definition.name)：\(sentence)").svg()
        case .reserve(let balance, let use, let by, let least): return reserveChart(balance, use, by, least, latest)
        case .total(let of, let by):
            let groups = groups(by: by, [of], in: latest)
            let highest = groups.map { $0.sums[0] }.max() ?? 0
            let bars = groups.map {
                BarChart.Bar(
                    label: $0.name, value: $0.sums[0], full: highest, words: plain($0.sums[0]) + unit(of), isLow: false)
            }
            return BarChart(bars: bars, label: "\(definition.name)：\(sentence)").svg()
        case nil: return nil
        }
    }

    /// How to read the chart, where it has more than bars.
    var chartNote: String? {
        guard case .reserve(_, _, _, let least) = definition.show else { return nil }
        return "竖线是\(least)天的警戒线，\(least * 3)天以上画满格。"
    }

    /// The last ten reported days: what was done, and what was due where that is known.
    func trend() -> Markup? {
        let days = reports.suffix(10)
        guard days.count > 1 else { return nil }
        let columns: [DayChart.Column]
        switch definition.show {
        case .completion(let done, let of, _):
            columns = days.map { column($0, total(done, $0), total(of, $0)) }
        case .total(let of, _): columns = days.map { column($0, total(of, $0), 0) }
        default: return nil
        }
        let note = days.contains { $0.incomplete != nil } ? "带*的日子没有报齐，" : ""
        let shown = columns.suffix(DayChart.fitting(columns))
        return DayChart(
            columns: Array(shown), label: "\(definition.name)近\(shown.count)次上报的变化，\(note)数字见下表。"
        ).svg()
    }

    private func column(_ report: OperationalReport, _ value: Double, _ full: Double) -> DayChart.Column {
        DayChart.Column(day: report.day, value: value, full: full, isPart: report.incomplete != nil)
    }

    func label(_ column: Int) -> String { definition.columns[column].label }
    func unit(_ column: Int) -> String { definition.columns[column].unit }
}

extension DatasetSummary {
    private func completion(_ done: Int, _ of: Int, _ report: OperationalReport) -> String {
        let (finished, due) = (total(done, report), total(of, report))
        if due == 0 { return "当天没有安排。" }
        let rest =
            finished >= due
            ? (report.incomplete == nil ? "全部\(label(done))" : "已报的全部\(label(done))")
            : "还差\(plain(due - finished))\(unit(of))"
        return
            "\(label(of))\(plain(due))\(unit(of))，\(label(done))\(plain(finished))\(unit(done))\(before(done))，\(rest)。"
    }

    /// What the report before said, beside the new number.
    private func before(_ column: Int) -> String {
        // Parts of two days are not to be compared.
        guard reports.count > 1, reports.suffix(2).allSatisfy({ $0.incomplete == nil }) else { return "" }
        let last = total(column, reports[reports.count - 2])
        return "（上次\(plain(last))\(unit(column))）"
    }

    private func reserve(_ balance: Int, _ use: Int, _ by: Int, _ least: Int, _ report: OperationalReport) -> String {
        let low = report.rows.filter { row in days(row, balance, use).map { $0 < Double(least) } ?? false }.map {
            $0.texts[by]
        }
        if low.isEmpty { return "\(report.rows.count)种物资都够用\(least)天以上。" }
        return "\(report.rows.count)种物资中，\(low.joined(separator: "、"))不足\(least)天用量。"
    }

    /// How many days a stock lasts; nil where nothing is used.
    func days(_ row: OperationalReport.Row, _ balance: Int, _ use: Int) -> Double? {
        guard let stock = row.values[balance], let daily = row.values[use], daily > 0 else { return nil }
        return (stock / daily).rounded(.down)
    }

    private func reserveChart(
        _ balance: Int, _ use: Int, _ by: Int, _ least: Int, _ report: OperationalReport
    ) -> Markup {
        let full = Double(least * 3)
        let bars = report.rows.map { row in
            let days = days(row, balance, use)
            let isLow = days.map { $0 < Double(least) } ?? false
            let words = days.map { "可用\(plain($0))天\(isLow ? "，不足\(least)天" : "")" } ?? "无消耗"
            return BarChart.Bar(label: row.texts[by], value: days ?? full, full: full, words: words, isLow: isLow)
        }
        return BarChart(bars: bars, label: "\(definition.name)：\(sentence)", mark: Double(least)).svg()
    }
}
