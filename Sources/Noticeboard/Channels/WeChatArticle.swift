import Formats

/// A notice as an article of a WeChat official account: what its editor keeps when it is pasted, and nothing else.
///
/// The editor throws away style sheets, ids, classes, scripts and links, and takes images only that were uploaded to it. So
/// every block carries its own style with its colour, links become numbered text with a list at the end, and images
/// become marks with a list of what is to be uploaded.
struct WeChatArticle: Sendable {
    /// The limits of the editor: characters of the title, of the digest and of the content, and bytes of the content.
    enum Limit {
        static let title = 64
        static let digest = 120
        static let characters = 20_000
        static let bytes = 1_000_000
    }

    struct Image: Sendable {
        let number: Int
        let words: String
        let address: String
    }

    let title: String
    let digest: String
    let html: [UInt8]
    let images: [Image]

    /// - Parameters:
    ///   - body: The body's HTML with absolute addresses.
    ///   - files: Attachments, by title and address.
    init(
        _ facts: NoticeFactsInWords, body: [HTMLPiece], files: [(title: String, address: String)], corrections: [String]
    ) {
        title = facts.title
        digest = facts.summary
        var writer = WeChatWriter()
        writer.open("section", .page)
        writer.block("h2", .headline, facts.title)
        writer.block("p", .meta, [facts.issuer, facts.number, facts.date].compactMap(\.self).joined(separator: "　"))
        if !facts.audience.isEmpty { writer.block("p", .text, "\(facts.audience)：") }
        if !facts.summary.isEmpty { writer.block("blockquote", .quote, facts.summary) }
        if let event = facts.event { writer.block("p", .text, event.words) }
        if let validity = facts.validity { writer.block("p", .meta, "有效期至\(validity)") }
        for piece in body { writer.write(piece) }
        for correction in corrections { writer.block("p", .text, correction) }
        for file in files { writer.block("p", .text, "附件：\(file.title) [\(writer.number(ofLink: file.address))]") }
        writer.block("p", .signature, "\(facts.issuer)")
        writer.block("p", .signature, facts.date)
        if let contact = facts.contact { writer.block("p", .text, "咨询电话：\(contact.name) \(contact.phone)") }
        writer.listLinks()
        writer.block("p", .meta, "全文和更正以网页为准：\(facts.address)（点“阅读原文”），核验码\(facts.code)")
        writer.close("section")
        html = writer.html
        images = writer.images
    }

    var checks: [ChannelCheck] {
        let text = HTMLPiece.pieces(of: html).reduce(0) { count, piece in
            if case .text(let text) = piece { count + text.count } else { count }
        }
        return [
            check("标题", title.count, Limit.title, "title"), check("摘要", digest.count, Limit.digest, "digest"),
            check("正文", text, Limit.characters - 1, "article"),
            size,
        ]
    }

    private var size: ChannelCheck {
        ChannelCheck(
            label: "大小", value: "\(html.count / 1024 + 1) KB，最多1 MB",
            problem: html.count >= Limit.bytes
                ? .init("微信公众号的正文超过1 MB。", "The WeChat article is larger than 1 MB.") : nil)
    }

    private func check(_ label: String, _ value: Int, _ limit: Int, _ name: String) -> ChannelCheck {
        ChannelCheck(
            label: label, value: "\(value)个字，最多\(limit)个",
            problem: value > limit
                ? .init(
                    "微信公众号的\(label)有\(value)个字，最多\(limit)个。",
                    "The WeChat \(name) has \(value) characters, at most \(limit).") : nil)
    }
}
