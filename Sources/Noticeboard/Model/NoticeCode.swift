import Crypto
import Formats

/// A short code of what a notice says, by which families tell a genuine notice from a forwarded forgery: `7K3M-9QXF`.
///
/// It is the first 40 bits of the SHA-256 (FIPS 180-4) of the notice's text, in the 32 signs of Crockford's base 32. Forty
/// bits do not withstand whoever computes for it; so the page that checks a code shows the genuine notice beside it.
struct NoticeCode: Sendable, Equatable {
    let value: UInt64

    /// - Parameter text: What the notice says, as `NoticeCode.text` puts it together.
    init(of text: [UInt8]) { value = SHA256.hash(data: text).prefix(5).reduce(0) { $0 << 8 | UInt64($1) } }

    init(value: UInt64) { self.value = value }

    /// Everything that any form of the notice says: its fields, date, validity and urgency on lines of their own, an empty
    /// line, and the body as it was written, with plain line ends and without blanks at lines' ends. Of attachments and pictures
    /// it covers the names.
    static func text(_ record: RecordWriter<NoticeField>, _ facts: NoticeFacts, body: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(body.count + 300)
        for field in NoticeCode.fields {
            record.append(field, to: &text)
            text.append(10)
        }
        text += "\(Day(daysSince1970: Int(facts.date)))\n".utf8
        text += (facts.expiresAt == .max ? "\n" : "\(facts.expiresAt)\n").utf8
        text += "\(facts.urgencyCode)\n\n".utf8
        text.reserveCapacity(text.count + body.count)
        var start = body.startIndex
        while start < body.endIndex {
            let next = body.withUnsafeBufferPointer { $0.firstIndex(of: 10, from: start - body.startIndex) }
            let stop = next.map { $0 + body.startIndex } ?? body.endIndex
            var end = stop
            while end > start, isBlank(body[end - 1]) { end -= 1 }
            text += body[start..<end]
            text.append(10)
            start = stop + 1
        }
        while let last = text.last, isBlank(last) { text.removeLast() }
        return text
    }

    private static let fields: [NoticeField] = [
        .title, .kind, .number, .audience, .issuer, .summary, .sms, .screenText, .origin, .corrections, .attachments,
        .replySlip, .event,
    ]

    /// As it is read and typed.
    var words: String {
        String(unsafeUninitializedCapacity: 9) { buffer in
            for place in 0..<8 {
                buffer[place < 4 ? place : place + 1] = NoticeCode.signs[Int(value >> UInt64(35 - 5 * place) & 31)]
            }
            buffer[4] = UInt8(ascii: "-")
            return 9
        }
    }

    /// The first sign, by which lists of codes are divided.
    var group: Int { Int(value >> 35) }

    /// The 32 signs: digits and letters without I, L, O and U.
    static let signs = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 || byte == 10 }
