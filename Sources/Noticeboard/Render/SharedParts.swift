import Formats

/// Parts of pages that thousands of them show: made once for a language, for all threads.
struct SharedParts: Sendable {
    /// Of the urgent contacts the first three: more would hide the one to call.
    let urgentContacts: Value
    let contacts: Value
    /// Links to all categories', teams' and years' lists.
    let categories: Value
    let teams: Value
    let years: Value
    private let categoryLinks: [Fingerprint: Value]
    private let teamLinks: [Fingerprint: Value]

    init(_ plan: SitePlan, _ wording: Wording) {
        let (configuration, organisation) = (plan.site.configuration, plan.site.organisation)
        let language = wording.language
        func link(_ label: Translated, _ route: String) -> Value {
            let isOwn = label.isIn(language, main: configuration.language)
            return .link(
                label.text(in: language), route, in: isOwn ? nil : configuration.language,
                isElsewhere: language != configuration.language)
        }
        func contact(_ contact: Organisation.Contact) -> Value {
            contact.value(in: language, main: configuration.language)
        }
        contacts = .list(organisation.contacts.map(contact))
        urgentContacts = .list(organisation.contacts.filter(\.isUrgent).prefix(3).map(contact))
        let categories = configuration.categories.map {
            (Fingerprint($0.id), link($0.label, "notices/category/\($0.id).html"))
        }
        self.categories = .list(categories.map(\.1))
        categoryLinks = Dictionary(categories) { first, _ in first }
        teams = .list(plan.site.teams.map { link($0.label, "notices/team/\($0.id).html") })
        teamLinks = Dictionary(
            plan.site.teams.map { (Fingerprint($0.id), link($0.label, Route.ofSource($0.source.path))) }
        ) { first, _ in first }
        years = .list(
            plan.index.years.map { .link(wording.text(.aYear, ["year": "\($0)"]), "notices/\($0).html") })
    }

    /// The list of a notice's category.
    func category(of notice: Notice) -> Value { categoryLinks[notice.facts.category] ?? .absent }

    /// The page of a notice's team.
    func team(of notice: Notice) -> Value { teamLinks[notice.facts.team] ?? .absent }
}

extension Organisation.Contact {
    /// In a language, as far as it is translated.
    func value(in language: String, main: String) -> Value {
        let post = answeredBy.text(in: language)
        return .record([
            "id": .text(id), "name": .text(label.text(in: language)), "post": .optional(post.isEmpty ? nil : post),
            "phone": .text(phone), "hours": .text(answered.text(in: language)),
            "open": .optional(OpeningHours(hours)?.code), "purpose": .text(use.text(in: language)),
            "language": label.isIn(language, main: main) ? .absent : .text(main), "is_urgent": .flag(isUrgent),
        ])
    }
}

extension Value {
    /// A label and where it leads, with the label's language where it is not the page's.
    static func link(
        _ label: String, _ route: String, in language: String? = nil, isElsewhere: Bool = false
    ) -> Value {
        .record([
            "label": .text(label), "href": .address(route), "is_elsewhere": .flag(isElsewhere),
            "language": .optional(language),
        ])
    }
}
