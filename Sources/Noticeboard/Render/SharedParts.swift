import Formats

/// Parts of pages that thousands of them show: made once, for all threads.
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

    init(_ plan: SitePlan) {
        let contacts = plan.site.organisation.contacts
        self.contacts = .list(contacts.map(SharedParts.contact))
        urgentContacts = .list(contacts.filter(\.isUrgent).prefix(3).map(SharedParts.contact))
        let categories = plan.site.configuration.categories.map {
            (Fingerprint($0.id), Value.link($0.name, "notices/category/\($0.id).html"))
        }
        self.categories = .list(categories.map(\.1))
        categoryLinks = Dictionary(categories) { first, _ in first }
        teams = .list(plan.site.teams.map { .link($0.name, "notices/team/\($0.id).html") })
        teamLinks = Dictionary(
            plan.site.teams.map { (Fingerprint($0.id), .link($0.name, Route.ofSource($0.source.path))) }
        ) { first, _ in first }
        years = .list(plan.index.years.map { .link("\($0)年", "notices/\($0).html") })
    }

    /// The list of a notice's category.
    func category(of notice: Notice) -> Value { categoryLinks[notice.facts.category] ?? .absent }

    /// The page of a notice's team.
    func team(of notice: Notice) -> Value { teamLinks[notice.facts.team] ?? .absent }

    private static func contact(_ contact: Organisation.Contact) -> Value {
        .record([
            "id": .text(contact.id), "name": .text(contact.name), "post": .optional(contact.post),
            "phone": .text(contact.phone), "hours": .text(contact.hours), "purpose": .text(contact.purpose),
            "is_urgent": .flag(contact.isUrgent),
        ])
    }
}

extension Value {
    /// A label and where it leads.
    static func link(_ label: String, _ route: String) -> Value {
        .record(["label": .text(label), "href": .address(route)])
    }
}
