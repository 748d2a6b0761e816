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
        let indices = Dictionary(notices.enumerated().map { ($1.id, $0) }) { first, _ in first }
        var replacedBy: [Int: Int] = [:]
        for (index, notice) in notices.enumerated() where notice.status == .final && notice.publishAt <= now {
            for old in notice.supersedes {
                if let target = indices[old.name], target != index { replacedBy[target] = index }
            }
        }
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
        nextChange = notices.flatMap { notice -> [Moment] in
            guard notice.status == .final || notice.status == .withdrawn else { return [] }
            return [notice.publishAt, notice.expiresAt].compactMap { $0 }
        }.filter { $0 > now }.min()
    }
}
