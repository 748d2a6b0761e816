import Formats

/// A notice as its writer gave it. What it is at a given moment is its `NoticeState`.
///
/// It is kept as the record that its file was turned into, and a field is read when it is asked for: there are many
/// notices, and most builds show few of them. It is an object because it is passed around so often; nothing in it changes.
public final class Notice: Sendable {
    public enum Status: Int, Sendable {
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
        /// Of what the notice said then; see `NoticeReviews`.
        public var seal: String?
        /// Codes of sentences that were looked at one by one.
        public var ticked: [String] = []
    }

    /// What planning asks of every notice.
    public let facts: NoticeFacts
    public let record: PackedRecord<NoticeField>
    /// The body's HTML, where its file was read in this build. Of a notice that was kept it is made when its page is.
    let body: [UInt8]?
    /// The place of its file in the site's tree.
    public let file: Int
    /// The source file, below the site.
    public let path: String

    init(facts: NoticeFacts, record: PackedRecord<NoticeField>, body: [UInt8]?, file: Int, path: String) {
        (self.facts, self.record, self.body, self.file, self.path) = (facts, record, body, file, path)
    }

    /// Whether it was kept by an earlier build.
    public var isKept: Bool { body == nil }
}

/// The fields of a notice's record, in their order.
public enum NoticeField: Int, CaseIterable, Sendable {
    case id, title, kind, number, audience, issuer, channels, summary, sms, screenText, reviews, origin
    case supersedes, withdrawalReason, corrections, attachments, replySlip, event, disease, language, translationOf
    case places, links, anchors, warnings, bodySize, searchSeal
    /// The last one, because it is long and seldom read: the seal of a record does not cover it.
    case searchText
}

extension Notice {
    /// A field's text for a template; absent where there is none.
    func value(_ field: NoticeField) -> Value {
        let slice = record.slice(field)
        return slice.range.isEmpty ? .absent : .bytes(slice)
    }

    /// Where its page is: `content/notices/2026/a.md` is shown at `notices/2026/a.html`.
    public var route: String { Route.ofSource(path) }
    /// By which a genuine notice is known.
    var code: String { NoticeCode(value: facts.code).words }
    public var id: String { record.text(.id) }
    public var title: String { record.text(.title) }
    public var kind: String { record.text(.kind) }
    public var number: String? { record.optionalText(.number) }
    public var audience: [String] { record.list(.audience) }
    public var issuer: String { record.text(.issuer) }
    public var date: Day { Day(daysSince1970: Int(facts.date)) }
    public var publishAt: Moment { Moment(seconds: facts.publishAt) }
    public var expiresAt: Moment? { facts.expiresAt == .max ? nil : Moment(seconds: facts.expiresAt) }
    /// The last day on which it holds, where the expiry was given as a day.
    public var lastDay: Day? { facts.lastDay == .max ? nil : Day(daysSince1970: Int(facts.lastDay)) }
    public var status: Status { facts.status }
    public var urgency: Urgency { facts.urgency }
    public var channels: [String] { record.list(.channels) }
    public var summary: String { record.text(.summary) }
    public var sms: String? { record.optionalText(.sms) }
    public var screenText: String? { record.optionalText(.screenText) }
    public var reviews: [Review] { record.list(.reviews) }
    public var origin: Source? { record.optional(.origin) }
    public var withdrawalReason: String? { record.optionalText(.withdrawalReason) }
    public var corrections: [Correction] { facts.has(.corrections) ? record.list(.corrections) : [] }
    public var attachments: [Attachment] { facts.has(.attachments) ? record.list(.attachments) : [] }
    public var replySlip: ReplySlip? { record.optional(.replySlip) }
    public var event: Event? { facts.has(.event) ? record.optional(.event) : nil }
    public var disease: String? { record.optionalText(.disease) }
    public var language: String { record.text(.language) }

    /// Ids of the notices that it replaces.
    var supersedes: [Reference] { facts.has(.supersedes) ? record.list(.supersedes) : [] }
    /// The id of the notice that says the same in the original language.
    var translationOf: Reference? { facts.has(.translation) ? record.optional(.translationOf) : nil }

    /// The addresses in the body that are still open.
    var links: [Document.Link] { facts.has(.links) ? record.list(.links) : [] }
    var anchors: [String] { record.list(.anchors) }
    /// Of the body's HTML, in bytes.
    var bodySize: Int { record.optional(.bodySize) ?? 0 }
    /// Its body as it is searched; see `SearchText`. Nil where what was kept of it is damaged.
    var searchText: [UInt16]? {
        let (text, seal) = (record.raw(.searchText), record.raw(.searchSeal))
        guard seal.count == 8, seal.loadUnaligned(as: Fingerprint.self) == Fingerprint(text) else { return nil }
        return [UInt16](raw: text)
    }
    /// By which it is told that a record was kept as it was, but for the text that is searched, which has a seal of its own.
    public static func seal(of record: PackedRecord<NoticeField>) -> Fingerprint {
        let (whole, text) = (record.slice.bytes, record.raw(.searchText))
        return Fingerprint(UnsafeRawBufferPointer(rebasing: whole[..<(whole.count - text.count)]))
    }
    /// What was found when its file was read.
    var warnings: [Diagnostic] { facts.has(.warnings) ? record.list(.warnings) : [] }
    /// Names that are judged together with other files, with their places in its file.
    var places: Places { record.optional(.places) ?? Places() }

    struct Places {
        var id = 0..<0
        var kind = Reference(name: "", range: 0..<0)
        var team = Reference(name: "", range: 0..<0)
        var category = Reference(name: "", range: 0..<0)
    }
}
