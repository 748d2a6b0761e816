import Formats

/// What planning asks of every notice: plain numbers, which are kept side by side and read at once.
public struct NoticeFacts: Sendable, BitwiseCopyable {
    /// What a notice has, beyond what every one has.
    enum Feature: UInt16 {
        case links = 1, attachments = 2, corrections = 4, event = 8, supersedes = 16, translation = 32, warnings = 64
        /// It lacks reviews, and is not published.
        case unreviewed = 128
        case images = 256
        /// Somebody gave the moment at which it appears.
        case timed = 512
    }

    /// Of the whole source.
    public var content = Fingerprint()
    /// Of everything but the body: whatever lists and other pages show of it.
    var face = Fingerprint()
    /// Of the names that refer to something: equal names have equal ones.
    var id = Fingerprint()
    var team = Fingerprint()
    var category = Fingerprint()
    var kind = Fingerprint()
    /// Of what it says; see `NoticeCode`.
    var code: UInt64 = 0
    var publishAt = 0
    /// `Int.max` where it holds for good.
    var expiresAt = Int.max
    /// Of its body as it is searched, in units.
    var searchLength: Int32 = 0
    /// Days since 1970.
    var date: Int32 = 0
    /// `Int32.max` where no day was given.
    var lastDay = Int32.max
    var features: UInt16 = 0
    var statusCode: UInt8 = 0
    var urgencyCode: UInt8 = 0

    var status: Notice.Status { Notice.Status(rawValue: Int(statusCode)) ?? .draft }
    var urgency: Notice.Urgency { Notice.Urgency(rawValue: Int(urgencyCode)) ?? .normal }

    func has(_ feature: Feature) -> Bool { features & feature.rawValue != 0 }

    mutating func set(_ feature: Feature, if isThere: Bool) {
        if isThere { features |= feature.rawValue }
    }
}
