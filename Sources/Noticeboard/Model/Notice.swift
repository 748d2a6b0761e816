import Formats

/// A notice as its writer gave it. What it is at a given moment is its `NoticeState`.
public struct Notice: Sendable {
    public enum Status: Sendable {
        case draft, final, withdrawn, removed
    }

    public enum Urgency: Int, Sendable, Comparable {
        case emergency, important, normal

        public static func < (a: Urgency, b: Urgency) -> Bool { a.rawValue < b.rawValue }
    }

    public struct Source: Sendable {
        public let name: String
        public let url: String?
        public let day: Day?
    }

    public struct Correction: Sendable {
        public let day: Day
        public let text: String
    }

    public struct Attachment: Sendable {
        /// Path below `content/`.
        public let file: Reference
        public let title: String
    }

    public struct Event: Sendable {
        public let start: TimeOfField
        public let end: TimeOfField?
        public let place: String
    }

    public struct ReplySlip: Sendable {
        public let due: Day?
        public let items: [String]
    }

    public struct Review: Sendable {
        public let stage: String
        public let by: String
        public let day: Day?
    }

    public let source: SourceFile
    public let id: String
    public let idRange: Range<Int>
    public let title: String
    public let kind: Reference
    public let number: String?
    public let audience: [String]
    public let team: Reference
    public let category: Reference
    public let issuer: String
    public let date: Day
    public let publishAt: Moment
    public let expiresAt: Moment?
    /// The last day on which it holds, where the expiry was given as a day.
    public let lastDay: Day?
    public let status: Status
    public let urgency: Urgency
    public let channels: [String]
    public let summary: String
    public let sms: String?
    public let screenText: String?
    public let reviews: [Review]
    public let origin: Source?
    public let supersedes: [Reference]
    public let withdrawalReason: String?
    public let corrections: [Correction]
    public let attachments: [Attachment]
    public let replySlip: ReplySlip?
    public let event: Event?
    public let disease: String?
    public let language: String
    public let translationOf: Reference?
    public let body: Document
}
