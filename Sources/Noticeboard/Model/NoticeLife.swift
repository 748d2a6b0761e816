import Formats

/// What a notice is at a moment: it follows from its status, its dates and the notices that replace it.
public enum NoticeState: Sendable, Hashable {
    case draft
    /// It lacks a review, or was changed after one.
    case unreviewed
    case scheduled
    case published
    /// Replaced by a later notice, by its index in the site.
    case superseded(by: Int)
    case expired
    case withdrawn
    case removed

    /// Whether no other notice has taken its place.
    var isOriginal: Bool { if case .superseded = self { false } else { true } }

    /// Whether the notice has a page: a published address never dies, except by removal.
    public var isPublic: Bool {
        switch self {
        case .published, .superseded, .expired, .withdrawn: true
        case .draft, .unreviewed, .scheduled, .removed: false
        }
    }
}

/// The states of all notices at one moment.
struct NoticeLife: Sendable {
    let states: [NoticeState]
    /// The next moment at which a state changes by itself.
    let nextChange: Moment?

    /// - Parameter showsAll: Whether drafts, and notices whose time has not come, are taken for published: their writer looks
    ///   at the site, not the public.
    init(_ site: Site, at now: Moment, showsAll: Bool = false) {
        let replacedBy = NoticeLife.replacements(site, at: now)
        var next = Int.max
        let own = site.facts.indices.map { index in
            let facts = site.facts[index]
            let status = facts.status
            if status == .final || status == .withdrawn {
                if facts.publishAt > now.seconds { next = min(next, facts.publishAt) }
                if facts.expiresAt > now.seconds { next = min(next, facts.expiresAt) }
            }
            let state = NoticeLife.state(facts, at: now, replacedBy: replacedBy.isEmpty ? nil : replacedBy[index])
            return showsAll && [.draft, .unreviewed, .scheduled].contains(state) ? .published : state
        }
        states = NoticeLife.following(own, site)
        nextChange = next == .max ? nil : Moment(seconds: next)
    }

    /// A translation holds no longer than its original, and is no more public: what was taken back is taken back in all languages.
    private static func following(_ states: [NoticeState], _ site: Site) -> [NoticeState] {
        let translations = states.indices.filter { site.facts[$0].has(.translation) && states[$0] == .published }
        if translations.isEmpty { return states }
        let indices = site.indicesByID
        var result = states
        for index in translations {
            let name = site.notices[index].translationOf?.name ?? ""
            if let original = indices[Fingerprint(name)], original != index, !site.facts[original].has(.translation) {
                result[index] = states[original]
            }
        }
        return result
    }

    static func state(_ facts: NoticeFacts, at now: Moment, replacedBy newer: Int?) -> NoticeState {
        switch facts.status {
        case .draft: .draft
        case .removed: .removed
        case _ where facts.has(.unreviewed): .unreviewed
        case _ where facts.publishAt > now.seconds: .scheduled
        case .withdrawn: .withdrawn
        case .final: newer.map { .superseded(by: $0) } ?? (facts.expiresAt <= now.seconds ? .expired : .published)
        }
    }

    /// Which notice replaces which; both by index.
    private static func replacements(_ site: Site, at now: Moment) -> [Int: Int] {
        let newer = site.facts.indices.filter {
            let facts = site.facts[$0]
            return facts.has(.supersedes) && facts.status == .final && !facts.has(.unreviewed)
                && facts.publishAt <= now.seconds
        }
        if newer.isEmpty { return [:] }
        let indices = site.indicesByID
        var replacedBy: [Int: Int] = [:]
        for index in newer {
            for old in site.notices[index].supersedes {
                if let target = indices[Fingerprint(old.name)], target != index { replacedBy[target] = index }
            }
        }
        return replacedBy
    }
}

extension Site {
    /// All notices, public or not, by the fingerprints of their ids.
    fileprivate var indicesByID: [Fingerprint: Int] {
        Dictionary(facts.enumerated().map { ($1.id, $0) }) { first, _ in first }
    }
}
