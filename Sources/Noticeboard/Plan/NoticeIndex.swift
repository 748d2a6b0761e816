import Formats

/// What pages ask of all notices, answered once: who is public, by id, by year, in which languages.
struct NoticeIndex: Sendable {
    /// Indices of the notices that have a page, the newest first.
    let published: [Int]
    /// Years that have a public notice, the newest first.
    let years: [Int]
    private let byID: [Fingerprint: Int]
    private let byOriginal: [Fingerprint: [(index: Int, id: Fingerprint)]]

    init(_ site: Site, _ states: [NoticeState]) {
        let facts = site.facts
        published = states.indices.filter { states[$0].isPublic }
        var days: Set<Int32> = []
        var last = Int32.max
        for index in published where facts[index].date != last {
            last = facts[index].date
            days.insert(last)
        }
        years = Set(days.map { Day(daysSince1970: Int($0)).year }).sorted(by: >)
        // Nobody asks for ids where no notice names another.
        let isNamed = published.contains { facts[$0].has(.translation) || facts[$0].has(.supersedes) }
        byID = isNamed ? Dictionary(published.map { (facts[$0].id, $0) }) { first, _ in first } : [:]
        let translations = published.filter { facts[$0].has(.translation) }
        byOriginal = Dictionary(grouping: translations.map { ($0, facts[$0].id) }) {
            Fingerprint(site.notices[$0.0].translationOf?.name ?? "")
        }
    }

    /// Whether there are too many codes for one page.
    var hasCodeGroups: Bool { published.count > 400 }

    /// Whether any notice says the same as another in another language.
    var hasTranslations: Bool { !byOriginal.isEmpty }

    /// The public notice of an id, by the id's fingerprint.
    func notice(_ id: Fingerprint) -> Int? { byID[id] }

    /// Public notices that say the same in another language.
    func translations(of notice: Notice) -> [Int] {
        if byOriginal.isEmpty { return [] }
        let original = notice.translationOf.map { Fingerprint($0.name) }
        let others = (byOriginal[original ?? notice.facts.id] ?? []).filter { $0.id != notice.facts.id }.map(\.index)
        return (original.flatMap { byID[$0] }.map { [$0] } ?? []) + others
    }
}
