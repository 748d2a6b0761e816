import Formats

/// What pages ask of all notices, answered once: who is public, by id, by year, in which languages.
struct NoticeIndex: Sendable {
    /// Indices of the notices that have a page, the newest first.
    let published: [Int]
    /// Years that have a public notice, the newest first.
    let years: [Int]
    private let byID: [Fingerprint: Int]
    private let byOriginal: [Fingerprint: [Int]]

    init(_ notices: [Notice], _ states: [NoticeState]) {
        published = states.indices.filter { states[$0].isPublic }
        years = Set(published.map { notices[$0].date.year }).sorted(by: >)
        byID = Dictionary(published.map { (notices[$0].facts.id, $0) }) { first, _ in first }
        let translations = published.filter { notices[$0].facts.has(.translation) }
        byOriginal = Dictionary(grouping: translations) { Fingerprint(notices[$0].translationOf?.name ?? "") }
    }

    /// The public notice of an id, by the id's fingerprint.
    func notice(_ id: Fingerprint) -> Int? { byID[id] }

    /// Public notices that say the same in another language.
    func translations(of notice: Notice) -> [Int] {
        if byOriginal.isEmpty { return [] }
        let original = notice.translationOf.flatMap { byID[Fingerprint($0.name)] }
        return (original.map { [$0] } ?? []) + (byOriginal[notice.facts.id] ?? [])
    }
}
