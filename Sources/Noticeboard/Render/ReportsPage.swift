import Formats
import Statistics

extension SiteRenderer {
    /// The daily zero report: who had to report by when, who did, and who is missing. It never says what was reported.
    func reportsPage() -> PageRecord {
        let days = Array(reportedDays.suffix(5).reversed())
        let newest = days.first
        return PageRecord(
            title: wording.text(.zeroReport), section: "figures/index.html", asOf: newest,
            record: [
                "date": .optional(newest?.chineseWithWeekday), "days": .list(days.map { .text($0.chineseShort) }),
                "is_silent_today": .flag(isSchoolDay && newest != plan.local.day),
                "today": .text(plan.local.day.chineseWithWeekday),
                "datasets": .list(site.datasets.map { .record(reportRecord($0, days)) }),
                "figures_page": .address("figures/index.html"),
            ])
    }

    private var isSchoolDay: Bool { (1...5).contains(plan.local.day.weekday) }

    private var reportedDays: [Day] {
        Set(site.datasets.flatMap { $0.reports.map(\.day) + $0.attendance.map(\.day) }).sorted()
    }

    private func reportRecord(_ dataset: Dataset, _ days: [Day]) -> Record {
        let definition = dataset.definition
        return [
            "name": .text(definition.name), "due": .text(definition.due),
            "team": .text(site.team(definition.team.name)?.name ?? ""),
            "missing": .list(days.first.map { missing(dataset, on: $0) }?.map(Value.text) ?? []),
            "states": .list(days.map { .record(["text": .text(state(dataset, on: $0))]) }),
        ]
    }

    private func missing(_ dataset: Dataset, on day: Day) -> [String] {
        dataset.attendance.first { $0.day == day }?.missing ?? []
    }

    /// 齐, 22/24 or 未报: a missing report is not a zero.
    private func state(_ dataset: Dataset, on day: Day) -> String {
        guard let report = dataset.attendance.first(where: { $0.day == day }) else { return "未报" }
        guard let expected = report.expected else { return "已报" }
        let count = expected.count - report.missing.count
        return count == expected.count ? "齐" : "\(count)/\(expected.count)"
    }
}
