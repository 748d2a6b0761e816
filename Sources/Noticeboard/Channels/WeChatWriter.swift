import Formats

/// Writes the tags, attributes and style properties that WeChat's editor keeps.
struct WeChatWriter: Sendable {
    /// Every style that an article uses. Each sets its colour, because the editor's own differs by theme.
    enum Style: String {
        case page = "font-size:16px;line-height:1.75;color:#222222;letter-spacing:0.5px;"
        case headline =
            "margin:0 0 12px;font-size:20px;line-height:1.5;font-weight:bold;text-align:center;color:#1f4d3a;"
        case heading = "margin:24px 0 8px;font-size:18px;line-height:1.5;font-weight:bold;color:#1f4d3a;"
        case small = "margin:18px 0 6px;font-size:16px;line-height:1.5;font-weight:bold;color:#222222;"
        case text = "margin:0 0 14px;font-size:16px;line-height:1.75;color:#222222;"
        case meta = "margin:0 0 14px;font-size:14px;line-height:1.6;color:#666666;"
        case signature = "margin:0 0 4px;font-size:16px;line-height:1.75;text-align:right;color:#222222;"
        case quote =
            "margin:0 0 14px;padding:8px 12px;font-size:16px;line-height:1.75;border-left:3px solid #1f4d3a;color:#444444;"
        case list = "margin:0 0 14px;padding-left:24px;color:#222222;"
        case item = "margin:0 0 6px;font-size:16px;line-height:1.75;color:#222222;"
        case table = "width:100%;margin:0 0 14px;border-collapse:collapse;color:#222222;"
        case cell = "padding:6px 8px;font-size:15px;line-height:1.6;border:1px solid #cccccc;color:#222222;"
        case head =
            "padding:6px 8px;font-size:15px;line-height:1.6;font-weight:bold;border:1px solid #cccccc;background-color:#f2f2ee;color:#222222;"
        case code = "padding:0 4px;font-size:15px;background-color:#f2f2ee;color:#222222;"
        case strong = "font-weight:bold;color:#222222;"
        case struck = "text-decoration:line-through;color:#666666;"
        case emphasis = "font-style:italic;color:#222222;"
        case rule = "margin:18px 0;border-top:1px solid #cccccc;color:#cccccc;"
    }

    private(set) var html: [UInt8] = []
    private(set) var images: [WeChatArticle.Image] = []
    private var links: [String] = []
    /// For each open list its tag, empty for one within another, and the next number where the article has to write it
    /// itself.
    private var lists: [(tag: String, next: Int?)] = []
    /// Links that are open, and where they lead.
    private var open: [Int] = []

    /// A block of plain text.
    mutating func block(_ tag: String, _ style: Style, _ text: String) {
        self.open(tag, style)
        appendEscaped(text, to: &html)
        close(tag)
    }

    mutating func open(_ tag: String, _ style: Style) {
        html += "<\(tag) style=\"\(style.rawValue)\">".utf8
    }

    mutating func close(_ tag: String) { html += "</\(tag)>".utf8 }

    /// The number of an address in the list at the end.
    mutating func number(ofLink address: String) -> Int {
        if let index = links.firstIndex(of: address) { return index + 1 }
        links.append(address)
        return links.count
    }

    mutating func listLinks() {
        if links.isEmpty { return }
        block("p", .small, "文中链接")
        for (index, link) in links.enumerated() { block("p", .meta, "[\(index + 1)] \(link)") }
    }

    /// Writes a piece of a notice's body.
    mutating func write(_ piece: HTMLPiece) {
        switch piece {
        case .text(let text): appendEscaped(text, to: &html)
        case .open("a", _):
            let address = piece.attribute("href") ?? ""
            // A footnote stands below, with its number.
            open.append(address.hasPrefix("#fn-") ? 0 : number(ofLink: address))
        case .close("a"): if let number = open.popLast(), number > 0 { html += "[\(number)]".utf8 }
        case .open("sup", _): html += "[".utf8
        case .close("sup"): html += "]".utf8
        case .open("img", _): mark(piece)
        case .open("br", _): html += "<br>".utf8
        case .open("hr", _): html += "<hr style=\"\(Style.rule.rawValue)\">".utf8
        case .open("ol", _) where !lists.isEmpty: lists.append(("", Int(piece.attribute("start") ?? "1") ?? 1))
        case .open("ul", _) where !lists.isEmpty: lists.append(("", nil))
        case .open("li", _) where lists.last?.tag == "": openInnerItem()
        case .close("li") where lists.last?.tag == "": break
        case .open("p", _) where lists.last?.tag == "", .close("p") where lists.last?.tag == "": break
        case .open("ol", _): openList(start: Int(piece.attribute("start") ?? "1") ?? 1)
        case .close("ol"), .close("ul"): if let list = lists.popLast(), !list.tag.isEmpty { close(list.tag) }
        case .open("ul", _):
            lists.append(("ul", nil))
            open("ul", .list)
        case .open("li", _): openItem()
        case .close("li"): close(lists.last?.tag == "section" ? "section" : "li")
        case .open(let tag, _): if let (kept, style) = WeChatWriter.kept(tag) { self.open(kept, style) }
        case .close(let tag): if let (kept, _) = WeChatWriter.kept(tag) { close(kept) }
        }
    }
}

extension WeChatWriter {
    /// What a tag of a body becomes; nil where only its content is kept.
    private static func kept(_ tag: String) -> (tag: String, style: Style)? {
        switch tag {
        case "h2": ("h2", .heading)
        case "h3", "h4", "h5", "h6": ("h3", .small)
        case "p": ("p", .text)
        case "blockquote": ("blockquote", .quote)
        case "strong": ("strong", .strong)
        case "em": ("em", .emphasis)
        case "del": ("span", .struck)
        case "pre": ("section", .quote)
        case "code": ("span", .code)
        case "table": ("table", .table)
        case "tr": ("tr", .page)
        case "td": ("td", .cell)
        case "th": ("th", .head)
        default: nil
        }
    }

    /// The editor counts lists from 1; others are paragraphs with their numbers.
    private mutating func openList(start: Int) {
        lists.append(start == 1 ? ("ol", nil) : ("section", start))
        open(lists.last?.tag ?? "ol", .list)
    }

    private mutating func openItem() {
        guard let list = lists.last, let number = list.next else { return open("li", .item) }
        open("section", .item)
        html += "\(number). ".utf8
        lists[lists.count - 1].next = number + 1
    }

    /// A list within an item: the editor flattens or loses it, so its items are lines of the item around it.
    private mutating func openInnerItem() {
        html += "<br>".utf8
        for _ in 1..<lists.count { html += "\u{3000}".utf8 }
        let number = lists[lists.count - 1].next
        html += (number.map { "\($0). " } ?? "– ").utf8
        lists[lists.count - 1].next = number.map { $0 + 1 }
    }

    private mutating func mark(_ piece: HTMLPiece) {
        let image = WeChatArticle.Image(
            number: images.count + 1, words: piece.attribute("alt") ?? "", address: piece.attribute("src") ?? "")
        images.append(image)
        block("span", .strong, "（此处插入图\(image.number)：\(image.words)）")
    }
}
