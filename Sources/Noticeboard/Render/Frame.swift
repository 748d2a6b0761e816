import Formats

extension SiteRenderer {
    /// The record of what stands around every page of a section.
    func frame(section: String) -> Record {
        let configuration = site.configuration
        return [
            "site": .record([
                "name": .text(configuration.name), "name_en": .text(configuration.nameInEnglish),
                "title": .text(configuration.title), "language": .text(configuration.language),
                "icp": .optional(configuration.icp), "footer": .optional(configuration.footer),
            ]),
            "navigation": .list(
                SiteRenderer.navigation.map { label, target in
                    .record([
                        "label": .text(label), "href": .address(target), "is_current": .flag(target == section),
                    ])
                }),
            "home_page": .address("index.html"), "style": .address("assets/site.css?v=\(styleVersion)"),
            "feed_page": .address("feed.xml"), "feeds_page": .address("feeds.html"),
            "privacy_page": .address("privacy.html"),
            "changes_page": .address("changes.html"),
            "contacts_page": .address("contacts.html"),
        ]
    }

    /// What the frame shows of the page itself.
    func frame(of page: PageRecord, route: String) -> Value {
        .record([
            "title": page.title, "description": page.description, "language": page.language,
            "canonical": .text(site.configuration.address + percentEncoded(route)),
            "as_of": .optional(page.asOf?.chinese), "is_home": .flag(route == "index.html"),
        ])
    }

    private static let navigation = [
        ("今日", "index.html"), ("通知", "notices/index.html"), ("每日情况", "figures/index.html"),
        ("要求与知识", "guide.html"), ("组织与职责", "organisation.html"), ("值班", "duty.html"), ("联系电话", "contacts.html"),
    ]
}

/// A route as it stands in an address.
public func percentEncoded(_ route: String) -> String {
    var bytes: [UInt8] = []
    appendHref(route, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}
