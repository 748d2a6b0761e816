import Formats
import Statistics

extension SiteRenderer {
    /// Datasets of persons of which something is published.
    var releases: [Dataset] { site.datasets.filter { $0.definition.publication != nil } }

    var newestReleaseDay: Day? { releases.compactMap { $0.release.days.last?.day }.max() }

    /// What overviews show of a dataset of persons.
    func releaseRecord(_ dataset: Dataset) -> Record? {
        guard let summary = ReleaseSummary(dataset) else { return nil }
        return [
            "name": .text(dataset.definition.name), "href": .address("figures/\(dataset.definition.id).html"),
            "date": .optional(summary.latest?.day.chineseWithWeekday), "sentence": .text(summary.sentence),
            "freshness": freshness(dataset),
        ]
    }

    func personsPage(_ dataset: Dataset) -> PageRecord {
        guard let summary = ReleaseSummary(dataset), let record = releaseRecord(dataset) else {
            return PageRecord(title: dataset.definition.name, record: [:])
        }
        let definition = dataset.definition
        let latest = summary.latest
        let months = monthValues(dataset)
        let k = latest?.k ?? site.configuration.safeguards.k
        let own: Record = [
            "summary": .text(definition.summary), "due": .text(definition.due),
            "team": site.team(definition.team.name).map { .link($0.name, Route.ofSource($0.source.path)) } ?? .absent,
            "k": .text("\(k)"), "smallest": .text("\(2 * k)"), "measure": .text(summary.publication.label),
            "rate": .optional(summary.rate), "average": .optional(latest.flatMap(summary.average)),
            "months": .list(Array(months.prefix(3))), "older_months": .list(Array(months.dropFirst(3))),
            "has_older": .flag(months.count > 3),
            "csv": .address("figures/\(definition.id).csv"), "json": .address("figures/\(definition.id).json"),
            "figures_page": .address("figures/index.html"), "privacy_page": .address("privacy.html"),
            "reports_page": .address("figures/reports.html"),
        ]
        return PageRecord(
            title: definition.name, description: definition.summary, section: "figures/index.html", asOf: latest?.day,
            record: record.adding(own).adding(latestRecord(summary)).adding(trendRecord(summary)))
    }

    /// The newest day by grade and by cause.
    private func latestRecord(_ summary: ReleaseSummary) -> Record {
        let latest = summary.latest
        let causes = latest?.total.statement == nil ? [] : latest?.causes ?? []
        let groups = latest.map { groupValues($0, isOfRoll: summary.publication.isOfRoll) } ?? []
        return [
            "approver": causes.isEmpty ? .absent : .optional(site.configuration.safeguards.illnessApprovedBy),
            "causes": .list(
                causes.map { .record(["name": .text(summary.label(cause: $0.name)), "words": .text($0.words)]) }),
            "has_causes": .flag(!causes.isEmpty), "has_groups": .flag(!groups.isEmpty),
            "has_rolls": .flag(summary.publication.isOfRoll),
            "has_parts": .flag(latest.map { $0.groups.contains { !shownParts($0).isEmpty } } ?? false),
            "groups": .list(groups),
        ]
    }

    /// The last days as a chart and as rows.
    private func trendRecord(_ summary: ReleaseSummary) -> Record {
        let days = summary.lastDays
        let drawn = Array(days.suffix(StepChart.fitting(days)))
        let label = "\(summary.definition.name)近\(drawn.count)个上课日，说法见下表。"
        return [
            "chart": days.count > 1 ? .markup(StepChart(days: drawn, label: label).svg()) : .absent,
            "days": .list(days.reversed().map { dayValue($0.day, $0.published, summary) }),
        ]
    }
}

extension SiteRenderer {
    /// Groups with their parts, in the school's order, never by how many.
    private func groupValues(_ day: ProtectedDay, isOfRoll: Bool) -> [Value] {
        if !day.groups.contains(where: { $0.line.statement != nil }) { return [] }
        return day.groups.map { group in
            return .record([
                "name": .text(group.line.name), "words": .text(group.line.words),
                "roll": .text(isOfRoll ? group.line.roll.map { "\($0)" } ?? "" : "—"),
                "parts": .list(
                    shownParts(group).map { .record(["name": .text($0.name), "words": .text($0.words)]) }),
            ])
        }
    }

    /// Classes of a grade that lists none are not named one by one, except those that have not reported.
    private func shownParts(_ group: ProtectedDay.Group) -> [ProtectedDay.Line] {
        if group.line.isMissing { return [] }
        return group.parts.contains { $0.statement != nil } ? group.parts : group.parts.filter(\.isMissing)
    }

    private func dayValue(_ day: Day, _ published: ProtectedDay?, _ summary: ReleaseSummary) -> Value {
        let total = published?.total
        return .record([
            "heading": .text(day.chineseShort),
            "words": .text(
                published.map { $0.isWithdrawn ? "已撤回" : total?.statement?.words ?? "不公布" } ?? "未报"),
            "average": .text(published.flatMap(summary.average) ?? "—"),
            "reported": .text(published.map(completeness) ?? "—"),
            "is_corrected": .flag(published?.isCorrected ?? false),
            "corrected": .optional(published?.correctedOn.map { "\($0.month)月\($0.day)日" }),
            "proof": published.map { _ in .address(Route.proof(of: day)) } ?? .absent,
        ])
    }

    /// How many of the units asked had reported when the day was closed: 22/24.
    private func completeness(_ day: ProtectedDay) -> String {
        let asked = day.expected
        return asked.isEmpty ? "已报" : "\(asked.count { !$0.isMissing })/\(asked.count)"
    }

    /// A calendar for each month with a report, the newest first.
    private func monthValues(_ dataset: Dataset) -> [Value] {
        let days = Dictionary(dataset.release.days.map { ($0.day, $0) }) { $1 }
        let months = Set(days.keys.map { $0.adding(1 - $0.day) }).sorted(by: >)
        return months.map { first in
            var weeks: [Value] = []
            var monday = first.adding(first.weekday == 0 ? -6 : 1 - first.weekday)
            while monday <= first || (monday.month == first.month && monday.year == first.year) {
                weeks.append(
                    .record([
                        "days": .list(
                            (0..<7).map { calendarDay(monday.adding($0), in: first, days[monday.adding($0)]) })
                    ]))
                monday = monday.adding(7)
            }
            return .record(["title": .text("\(first.year)年\(first.month)月"), "weeks": .list(weeks)])
        }
    }

    private func calendarDay(_ day: Day, in month: Day, _ published: ProtectedDay?) -> Value {
        let isInside = day.month == month.month && day.year == month.year
        return .record([
            "number": .optional(isInside ? "\(day.day)" : nil),
            "reported": .optional(isInside ? published.map(completeness) : nil),
            "proof": isInside ? published.map { _ in .address(Route.proof(of: day)) } ?? .absent : .absent,
        ])
    }
}

extension Route {
    /// The page that proves a day's figures.
    static func proof(of day: Day) -> String { "figures/days/\(day).html" }
}
