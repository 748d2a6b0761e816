import Formats

/// What pages ask of all notices, answered once: who is public, by id, by year, in which languages.
struct NoticeIndex: Sendable {
    /// Indices of the notices that have a page, the newest first.
    let published: [Int]
    /// Years that have a public notice, the newest first, with the places of these in `published`.
    let byYear: [(year: Int, places: Range<Int>)]
    private let byID: [Fingerprint: Int]
    private let byOriginal: [Fingerprint: [(index: Int, id: Fingerprint)]]

    init(_ site: Site, _ states: [NoticeState]) {
        let facts = site.facts
        published = states.indices.filter { states[$0].isPublic }
        byYear = NoticeIndex.years(published.map { facts[$0].date })
        // Nobody asks for ids where no notice names another.
        let isNamed = published.contains { facts[$0].has(.translation) || facts[$0].has(.supersedes) }
        byID = isNamed ? Dictionary(published.map { (facts[$0].id, $0) }) { first, _ in first } : [:]
        let translations = published.filter { facts[$0].has(.translation) }
        byOriginal = Dictionary(grouping: translations.map { ($0, facts[$0].id) }) {
            Fingerprint(site.notices[$0.0].translationOf?.name ?? "")
        }
    }

    /// Years that have a public notice, the newest first.
    var years: [Int] { byYear.map(\.year) }

    /// The years of days that are given in their order, the newest first.
    private static func years(_ days: [Int32]) -> [(year: Int, places: Range<Int>)] {
        var years: [(year: Int, places: Range<Int>)] = []
        for (place, day) in days.enumerated() {
            let isSameDay = place > 0 && days[place - 1] == day
            let year = isSameDay ? years[years.count - 1].year : Day(daysSince1970: Int(day)).year
            if year == years.last?.year {
                years[years.count - 1].places = years[years.count - 1].places.lowerBound..<place + 1
            } else {
                years.append((year, place..<place + 1))
            }
        }
        return years
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
