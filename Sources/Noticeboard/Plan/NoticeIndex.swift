/// What pages ask of all notices, answered once: who is public, by id, by year, in which languages.
struct NoticeIndex: Sendable {
    /// Indices of the notices that have a page, the newest first.
    let published: [Int]
    /// Years that have a public notice, the newest first.
    let years: [Int]
    private let byID: [String: Int]
    private let byOriginal: [String: [Int]]

    init(_ notices: [Notice], _ states: [NoticeState]) {
        published = states.indices.filter { states[$0].isPublic }
        years = Set(published.map { notices[$0].date.year }).sorted(by: >)
        byID = Dictionary(published.map { (notices[$0].id, $0) }) { first, _ in first }
        let translations = published.filter { notices[$0].translationOf != nil }
        byOriginal = Dictionary(grouping: translations) { notices[$0].translationOf?.name ?? "" }
    }

    /// The public notice of an id.
    func notice(_ id: String) -> Int? { byID[id] }

    /// Public notices that say the same in another language.
    func translations(of notice: Notice) -> [Int] {
        let original = notice.translationOf.flatMap { byID[$0.name] }
        return (original.map { [$0] } ?? []) + (byOriginal[notice.id] ?? [])
    }
}
