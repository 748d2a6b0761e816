import Formats

/// What is said of a notice in every channel: its facts, in the words that all of them share.
struct NoticeFactsInWords: Sendable {
    let title: String
    let kind: String
    let number: String?
    let issuer: String
    let date: String
    let audience: String
    let summary: String
    /// The last day, or the moment, up to which it holds.
    let validity: String?
    let event: EventInWords?
    /// Where its page is.
    let address: String
    /// By which families tell a genuine notice.
    let code: String
    /// Who to call: a name and a number.
    let contact: (name: String, phone: String)?
}

/// When and where something takes place.
struct EventInWords: Sendable {
    let when: String
    /// Empty where none was given.
    let place: String

    var words: String { place.isEmpty ? "时间：\(when)" : "时间：\(when)，地点：\(place)" }
}

/// A length that a channel limits, as it is and as it may be.
struct ChannelCheck: Sendable {
    let label: String
    let value: String
    /// What is wrong; nil where nothing is.
    let problem: Diagnostic.Text?
}

/// The length of a text message. One message holds 70 UTF-16 units; a longer text is sent in parts of 67, because each part
/// carries six bytes that say where it belongs (3GPP TS 23.040, §9.2.3.24.1; UCS-2 by TS 23.038).
struct MessageLength: Sendable, Equatable {
    let units: Int
    let parts: Int

    init(_ text: String) {
        units = text.utf16.count
        parts = units <= 70 ? 1 : (units + 66) / 67
    }
}

/// A notice as plain text, for WeChat groups, text messages and LED strips.
struct ChannelText: Sendable {
    let facts: NoticeFactsInWords
    let settings: ChannelSettings
    /// What the writer gave for a text message, and for screens.
    let sms: String?
    let screenText: String?

    /// Four to six short lines, ready to be pasted into a group.
    var group: String {
        var lines = ["【\(settings.signature)】\(facts.title)"]
        if !facts.summary.isEmpty { lines.append(facts.summary) }
        if let event = facts.event { lines.append(event.words) }
        lines.append("\(facts.issuer)，\(facts.date)\(facts.validity.map { "，有效期至\($0)" } ?? "")")
        lines.append("核验码\(facts.code)，全文：\(facts.address)")
        if let contact = facts.contact { lines.append("咨询：\(contact.name) \(contact.phone)") }
        return lines.joined(separator: "\n")
    }

    /// With the signature first, as operators want it.
    var message: String {
        if let sms { return "【\(settings.signature)】\(sms)\(check)" }
        let event = facts.event.map { "\($0.words)。" } ?? ""
        let call = facts.contact.map { "咨询\($0.phone)" } ?? ""
        return "【\(settings.signature)】\(facts.title)。\(event)\(call)\(check)"
    }

    /// The code, short: every sign counts in a text message.
    private var check: String { "核验\(facts.code.filter { $0 != "-" })" }

    /// One line for an LED strip.
    var strip: String { screenText ?? facts.title }
}

extension ChannelText {
    var messageCheck: ChannelCheck {
        let length = MessageLength(message)
        let isLong = length.parts > settings.messageParts
        return ChannelCheck(
            label: "短信", value: "\(length.units)个字，分\(length.parts)条发送",
            problem: isLong
                ? .init(
                    "短信连签名共\(length.units)个字，要分\(length.parts)条发送（最多\(settings.messageParts)条）。",
                    "The text message has \(length.units) characters with its signature and takes \(length.parts) messages, at most \(settings.messageParts)."
                ) : nil)
    }

    var stripCheck: ChannelCheck {
        let missing = GB2312.missing(from: strip)
        let signs = missing.map(String.init).joined(separator: " ")
        return ChannelCheck(
            label: "条屏", value: "\(strip.count)个字",
            problem: missing.isEmpty
                ? nil
                : .init("条屏显示不了这些字：\(signs)。", "The LED strip cannot show these characters: \(signs)."))
    }
}
