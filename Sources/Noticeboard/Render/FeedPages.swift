import Formats

extension SiteRenderer {
    /// A feed of the newest notices, the site's, a team's or a category's, as Atom (RFC 4287).
    func atomFeed(_ subject: FeedSubject) -> PageRecord {
        let entries = feedEntries(subject)
        let newest = entries.map(\.updated).max() ?? Moment(seconds: 0)
        let updated = Moment(seconds: newest.seconds + entries.count { $0.notice.status == .withdrawn })
        let record: Record = [
            "id": .address(feedID(subject)), "title": .text(feedTitle(subject)),
            "self": .address(site.feedBase(subject) + ".xml"),
            "home": .address(feedHome(subject)), "updated": .text(site.configuration.zone.rfc3339(updated)),
            "entries": .list(
                entries.map { entry in
                    .record([
                        "title": .text(entry.title), "href": .address(entry.notice.route),
                        "published": .text(site.configuration.zone.rfc3339(entry.notice.publishAt)),
                        "updated": .text(site.configuration.zone.rfc3339(entry.updated)),
                        "summary": .text(entry.summary), "issuer": .text(entry.notice.issuer),
                        "category": .text(entry.notice.places.category.name), "language": .text(entry.notice.language),
                    ])
                }),
        ]
        return PageRecord(title: feedTitle(subject), record: record)
    }

    /// The same as JSON Feed 1.1.
    func jsonFeed(_ subject: FeedSubject) -> String {
        let base = site.configuration.address
        return jsonObject([
            ("version", jsonString("https://jsonfeed.org/version/1.1")), ("title", jsonString(feedTitle(subject))),
            ("home_page_url", jsonString(base + percentEncoded(feedHome(subject)))),
            ("feed_url", jsonString(base + percentEncoded(site.feedBase(subject)) + ".json")),
            ("language", jsonString(site.configuration.language)),
            ("authors", "[\(jsonObject([("name", jsonString(site.configuration.name))]))]"),
            ("items", "[\n\(feedEntries(subject).map(item).joined(separator: ",\n"))]"),
        ]) + "\n"
    }

    /// A notice in a list for programs; its address is its id for good.
    private func item(_ entry: FeedEntry) -> String {
        let zone = site.configuration.zone
        let url = jsonString(site.configuration.address + percentEncoded(entry.notice.route))
        return jsonObject([
            ("id", url), ("url", url), ("title", jsonString(entry.title)), ("summary", jsonString(entry.summary)),
            ("content_text", jsonString(entry.summary)),
            ("date_published", jsonString(zone.rfc3339(entry.notice.publishAt))),
            ("date_modified", jsonString(zone.rfc3339(entry.updated))),
            ("authors", "[\(jsonObject([("name", jsonString(entry.notice.issuer))]))]"),
            ("tags", "[\(jsonString(entry.notice.places.category.name))]"),
            ("language", jsonString(entry.notice.language)),
        ])
    }

    /// The newest notices and figures; the address never changes.
    func latestJSON() -> String {
        let figures = site.datasets.compactMap { dataset -> String? in
            let sentence =
                dataset.definition.kind == .operational
                ? DatasetSummary(dataset).sentence : ReleaseSummary(dataset)?.sentence
            guard let sentence else { return nil }
            let base = site.configuration.address + "figures/\(dataset.definition.id)"
            return jsonObject([
                ("name", jsonString(dataset.definition.name)), ("sentence", jsonString(sentence)),
                ("url", jsonString(base + ".html")), ("csv", jsonString(base + ".csv")),
                ("json", jsonString(base + ".json")),
            ])
        }
        let entries = feedEntries(.site)
        let days = [entries.map(\.updated).max().map { site.configuration.zone.local($0).day }, newestReportDay]
        return jsonObject([
            ("school", jsonString(site.configuration.name)), ("url", jsonString(site.configuration.address)),
            ("as_of", days.compactMap(\.self).max().map { jsonString("\($0)") } ?? "null"),
            ("on_duty", "[\n\(site.duty.shifts(from: plan.local).map(shift).joined(separator: ",\n"))]"),
            ("notices", "[\n\(entries.map(item).joined(separator: ",\n"))]"),
            ("figures", "[\n\(figures.joined(separator: ",\n"))]"),
        ]) + "\n"
    }

    private func shift(_ shift: DutyRoster.Shift) -> String {
        let zone = site.configuration.zone
        let midnight = zone.moment(LocalTime(shift.day)).seconds
        let hours = shift.hours ?? 0..<86_400
        return jsonObject([
            ("name", jsonString(shift.name)), ("leader", jsonString(shift.leader)),
            ("on_duty", jsonString(shift.onDuty)), ("phone", jsonString(shift.phone)),
            ("from", jsonString(zone.rfc3339(Moment(seconds: midnight + hours.lowerBound)))),
            ("until", jsonString(zone.rfc3339(Moment(seconds: midnight + hours.upperBound)))),
        ])
    }

    func sitemapPage() -> PageRecord {
        let routes = plan.outputs.filter { $0.route.hasSuffix(".html") && $0.content.isForFamilies }.map(\.route)
        return PageRecord(
            title: "", record: ["pages": .list(routes.map { .record(["href": .address($0)]) })])
    }

}

/// A notice as feeds show it.
private struct FeedEntry {
    let notice: Notice
    let title: String
    let summary: String
    /// When a feed reader should show it as new: its publication, or its last correction.
    let updated: Moment
}

extension SiteRenderer {
    private func feedEntries(_ subject: FeedSubject) -> [FeedEntry] {
        site.notices(in: subject, among: plan.index.published).map { index in
            let notice = site.notices[index]
            let isWithdrawn = plan.states[index] == .withdrawn
            return FeedEntry(
                notice: notice,
                title: stateLabel(plan.states[index], wording).map { "（\($0)）\(notice.title)" } ?? notice.title,
                summary: isWithdrawn ? notice.withdrawalReason ?? "" : notice.summary, updated: updateTime(of: notice))
        }
    }

    func updateTime(of notice: Notice) -> Moment {
        let corrections = notice.corrections.map { site.configuration.zone.moment(LocalTime($0.day)) }
        let last = ([notice.publishAt] + corrections).max() ?? notice.publishAt
        // Nobody says when it was taken back; a reader only has to see that it changed.
        return notice.status == .withdrawn ? Moment(seconds: last.seconds + 1) : last
    }

    func feedTitle(_ subject: FeedSubject) -> String {
        let whole = site.configuration.name + site.configuration.title
        return if case .site = subject { whole } else { "\(whole)：\(feedName(subject))" }
    }

    /// Whose notices a feed lists, where the school is known.
    func feedName(_ subject: FeedSubject) -> String {
        switch subject {
        case .site: "全部通知"
        case .team(let index): site.teams[index].name
        case .category(let index): "\(site.configuration.categories[index].name)类"
        }
    }

    private func feedHome(_ subject: FeedSubject) -> String {
        if case .site = subject { "index.html" } else { site.feedBase(subject) + ".html" }
    }

    /// The site's feed has had the site's address for its id from the beginning; the others have their own.
    private func feedID(_ subject: FeedSubject) -> String {
        if case .site = subject { "" } else { site.feedBase(subject) + ".xml" }
    }
}
