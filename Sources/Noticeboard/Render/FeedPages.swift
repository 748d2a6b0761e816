import Formats

extension SiteRenderer {
    /// The Atom feed (RFC 4287) of the latest twenty notices.
    func feedPage() -> PageRecord {
        let indices = Array(plan.index.published.prefix(20))
        let updated = indices.map { updateTime(of: site.notices[$0]) }.max() ?? Moment(seconds: 0)
        let record: Record = [
            "address": .text(site.configuration.address), "self": .address("feed.xml"),
            "updated": .text(site.configuration.zone.rfc3339(updated)),
            "entries": .list(
                indices.map { index in
                    let notice = site.notices[index]
                    let isWithdrawn = plan.states[index] == .withdrawn
                    return .record([
                        "title": .text(isWithdrawn ? "（已撤回）\(notice.title)" : notice.title),
                        "href": .address(notice.route),
                        "published": .text(site.configuration.zone.rfc3339(notice.publishAt)),
                        "updated": .text(site.configuration.zone.rfc3339(updateTime(of: notice))),
                        "summary": .text(isWithdrawn ? notice.withdrawalReason ?? "" : notice.summary),
                        "issuer": .text(notice.issuer),
                        "category": .text(notice.places.category.name), "language": .text(notice.language),
                    ])
                }),
        ]
        return PageRecord(title: site.configuration.title, record: record)
    }

    func sitemapPage() -> PageRecord {
        let routes = plan.outputs.map(\.route).filter { $0.hasSuffix(".html") && $0 != "404.html" }
        return PageRecord(
            title: "", record: ["pages": .list(routes.map { .record(["href": .address($0)]) })])
    }

    /// When a feed reader should show an entry as new: its publication, or its last correction.
    private func updateTime(of notice: Notice) -> Moment {
        let corrections = notice.corrections.map { site.configuration.zone.moment(LocalTime($0.day)) }
        return ([notice.publishAt] + corrections).max() ?? notice.publishAt
    }
}
