import Formats

/// What a notice is at a moment: it follows from its status, its dates and the notices that replace it.
public enum NoticeState: Sendable, Equatable {
    case draft
    case scheduled
    case published
    /// Replaced by a later notice, by its index in the site.
    case superseded(by: Int)
    case expired
    case withdrawn
    case removed

    /// Whether the notice has a page: a published address never dies, except by removal.
    public var isPublic: Bool {
        switch self {
        case .published, .superseded, .expired, .withdrawn: true
        case .draft, .scheduled, .removed: false
        }
    }
}

/// The states of all notices at one moment.
struct NoticeLife: Sendable {
    let states: [NoticeState]
    /// The next moment at which a state changes by itself.
    let nextChange: Moment?

    init(_ notices: [Notice], at now: Moment) {
        let replacedBy = NoticeLife.replacements(notices, at: now)
        states = notices.enumerated().map { index, notice in
            switch notice.status {
            case .draft: .draft
            case .removed: .removed
            case _ where notice.publishAt > now: .scheduled
            case .withdrawn: .withdrawn
            case .final:
                if let newer = replacedBy[index] {
                    .superseded(by: newer)
                } else if let end = notice.expiresAt, end <= now {
                    .expired
                } else {
                    .published
                }
            }
        }
        var next = Int.max
        for notice in notices where notice.status == .final || notice.status == .withdrawn {
            if notice.facts.publishAt > now.seconds { next = min(next, notice.facts.publishAt) }
            if notice.facts.expiresAt > now.seconds { next = min(next, notice.facts.expiresAt) }
        }
        nextChange = next == .max ? nil : Moment(seconds: next)
    }

    /// Which notice replaces which; both by index.
    private static func replacements(_ notices: [Notice], at now: Moment) -> [Int: Int] {
        let newer = notices.indices.filter {
            notices[$0].facts.has(.supersedes) && notices[$0].status == .final && notices[$0].publishAt <= now
        }
        if newer.isEmpty { return [:] }
        let indices = Dictionary(notices.enumerated().map { ($1.facts.id, $0) }) { first, _ in first }
        var replacedBy: [Int: Int] = [:]
        for index in newer {
            for old in notices[index].supersedes {
                if let target = indices[Fingerprint(old.name)], target != index { replacedBy[target] = index }
            }
        }
        return replacedBy
    }
}
