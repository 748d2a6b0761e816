import Formats

extension SiteRenderer {
    /// The record of what stands around every page of a section, in a language.
    func frame(section: String, _ parts: LanguageParts) -> Record {
        let configuration = site.configuration
        let language = parts.wording.language
        return [
            "site": .record([
                "name": .text(configuration.school.text(in: language)), "full_name": .text(configuration.name),
                "name_en": .text(configuration.nameInEnglish), "title": .text(configuration.heading.text(in: language)),
                "language": .text(configuration.language), "icp": .optional(configuration.icp),
                "footer": .optional(configuration.footer),
            ]),
            "navigation": .list(
                navigation(parts).map { phrase, target in
                    .record([
                        "label": .text(parts.wording.text(phrase)), "href": .address(target),
                        "is_current": .flag(target == section),
                    ])
                }),
            "languages": .list(
                alternates("index.html", parts).map { .link(languageName($0.language), $0.route, in: $0.language) }),
            "foot": .list(foot(parts).map { phrase, target in .link(parts.wording.text(phrase), target) }),
            "offset": .text("\(site.configuration.zone.minutesEast(on: plan.local.day))"),
            "home_page": .address(route("index.html", parts)),
            "style": .address("assets/site.css?v=\(versions["site.css"] ?? "")"),
            "script": .address("assets/site.js?v=\(versions["site.js"] ?? "")"),
            "styles": .record(
                Record(
                    SiteTemplates.formStyles.map { field, name in
                        (field, .address("assets/\(name)?v=\(versions[name] ?? "")"))
                    })),
            "worker": site.configuration.isKeptOffline ? .address(Worker.route) : .absent,
            "feed_page": .address("feed.xml"), "contacts_page": .address(route("contacts.html", parts)),
        ]
    }

    /// What the frame shows of the page itself.
    func frame(of page: PageRecord, route: String, _ parts: LanguageParts) -> Value {
        .record([
            "title": page.title, "description": page.description, "language": .text(parts.wording.language),
            "canonical": .text(site.configuration.address + percentEncoded(route)),
            "alternates": .list(
                page.alternates.map { other in
                    .record([
                        "label": .text(languageName(other.language)), "language": .text(other.language),
                        "href": .address(other.route),
                        "address": .text(site.configuration.address + percentEncoded(other.route)),
                    ])
                }),
            "as_of": .optional(page.asOf.map { parts.wording.date($0) }), "is_home": .flag(route == "index.html"),
        ])
    }

    private func navigation(_ parts: LanguageParts) -> [(Phrase, String)] {
        if parts.isMain {
            return [
                (.today, "index.html"), (.notices, "notices/index.html"), (.figures, "figures/index.html"),
                (.guide, "guide.html"), (.organisation, "organisation.html"), (.duty, "duty.html"),
                (.contacts, "contacts.html"), (.search, "search.html"),
            ]
        }
        return [
            (.today, route("index.html", parts)), (.notices, route("notices.html", parts)),
            (.guide, route("guide.html", parts)), (.contacts, route("contacts.html", parts)),
            (.search, route("search.html", parts)),
        ]
    }

    private func foot(_ parts: LanguageParts) -> [(Phrase, String)] {
        let own: [(Phrase, String)] =
            parts.isMain
            ? [
                (.changes, "changes.html"), (.verify, "verify.html"), (.privacy, "privacy.html"),
                (.feeds, "feeds.html"),
            ]
            : [(.verify, "verify.html"), (.privacy, "privacy.html")]
        return [(.contacts, route("contacts.html", parts))] + own
    }
}

/// A route as it stands in an address.
public func percentEncoded(_ route: String) -> String {
    var bytes: [UInt8] = []
    appendRoute(route, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}
