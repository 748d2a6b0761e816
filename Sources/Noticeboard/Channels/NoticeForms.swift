import Formats

/// Makes the forms that a notice takes in its channels.
struct NoticeForms: Sendable {
    let site: Site
    /// Where bodies are read that were kept.
    let tree: SourceTree
    /// The site's own language: what leaves the site has no other.
    let wording: Wording

    /// What every form says of a notice.
    func facts(of index: Int) -> NoticeFactsInWords {
        let notice = site.notices[index]
        return NoticeFactsInWords(
            title: notice.title, kind: notice.kind, number: notice.number, issuer: notice.issuer,
            date: notice.date.chinese, audience: notice.audience.joined(separator: "、"), summary: notice.summary,
            validity: wording.validity(of: notice, in: site.configuration.zone),
            event: notice.event.map {
                EventInWords(when: wording.when($0, in: site.configuration.zone), place: $0.place)
            },
            address: address(of: notice.route), code: notice.code,
            contact: (site.organisation.contacts.first(where: \.isUrgent) ?? site.organisation.contacts.first).map {
                (name: $0.name, phone: $0.phone)
            })
    }

    func text(of index: Int) -> ChannelText {
        let notice = site.notices[index]
        return ChannelText(
            facts: facts(of: index), settings: site.configuration.channels, sms: notice.sms,
            screenText: notice.screenText)
    }

    /// The body's HTML in pieces, with absolute addresses.
    func body(of index: Int) throws -> [HTMLPiece] {
        let notice = site.notices[index]
        var html: [UInt8] = []
        try LinkTargets.markup(NoticeBody.html(of: notice, tree: tree), of: notice, tree: tree).write(
            to: &html, root: site.configuration.address)
        return HTMLPiece.pieces(of: html)
    }

    func article(of index: Int) throws -> WeChatArticle {
        let notice = site.notices[index]
        return WeChatArticle(
            facts(of: index), body: try body(of: index),
            files: notice.attachments.map { (title: $0.title, address: address(of: $0.file.name)) },
            corrections: notice.corrections.map { "更正（\($0.day.chinese)）：\($0.text)" })
    }

    /// The address of a route for the world.
    func address(of route: String) -> String { site.configuration.address + percentEncoded(route) }
}
