extension HTMLRenderer {
    mutating func renderLink(_ node: MarkdownNode) {
        let url = EmphasisMarks.strip(node.url)
        put("<a href=\"")
        let kind = options.siteRules ? putAddress(url, of: node) : putPlain(url)
        put("\"")
        putTitle(node)
        if kind == .outside { put(" rel=\"external noopener noreferrer\"") }
        put(">")
        renderInlines(of: node)
        put("</a>")
    }

    mutating func renderImage(_ node: MarkdownNode) {
        let url = EmphasisMarks.strip(node.url)
        let words = plainText(of: node)
        if options.siteRules, words.trimmed.isEmpty { refuseImage(url) }
        put("<img src=\"")
        if options.siteRules { _ = putAddress(url, of: node) } else { _ = putPlain(url) }
        put("\" alt=\"")
        appendEscaped(words, to: &document.html)
        put("\"")
        putTitle(node)
        if options.siteRules { put(" loading=\"lazy\"") }
        put(" />")
    }

    /// Raw HTML is never passed through: it could break the page, and no reviewer reads it.
    mutating func refuseHTML(_ literal: UnsafeBufferPointer<UInt8>) {
        let bytes = EmphasisMarks.strip(literal)
        let firstLine = Array(bytes.prefix { $0 != 10 && $0 != 13 })
        diagnostics.append(
            text.source.error(
                "markdown.raw-html", at: find(firstLine), "正文里有HTML代码，不能使用。", "The body contains raw HTML.",
                fix: .init(
                    "改用Markdown写法；若是要显示“<”，写成“\\<”。", "Use Markdown instead; to show a “<”, write “\\<”.")
            ).fixed(by: escaped(firstLine)))
    }
}

private enum AddressKind {
    case inside, outside, refused
}

extension HTMLRenderer {
    private mutating func putPlain(_ url: [UInt8]) -> AddressKind {
        url.withUnsafeBufferPointer { appendHref($0, to: &document.html) }
        return .inside
    }

    private mutating func putTitle(_ node: MarkdownNode) {
        if node.title.isEmpty { return }
        let title = EmphasisMarks.strip(node.title)
        put(" title=\"")
        title.withUnsafeBufferPointer { appendEscaped($0, to: &document.html) }
        put("\"")
    }

    private mutating func putAddress(_ url: [UInt8], of node: MarkdownNode) -> AddressKind {
        let address = String(decoding: url, as: UTF8.self)
        switch kind(of: address) {
        case .outside:
            if node.kind == .image {
                refuseOutsideImage(find(url), address)
                return .refused
            }
            _ = putPlain(url)
            return .outside
        case .refused:
            let range = find(url)
            if isLocalFile(address) { refuseLocalFile(range, address, node) } else { refuseAddress(range, address) }
            return .refused
        case .inside:
            var parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            // 1#楼.csv: no place in a page, but a file's name.
            if parts.count > 1, !parts[0].hasSuffix(".md"), TypedLineRewrite.namesFile(parts[1]) {
                parts = [address[...]]
            }
            document.links.append(
                .init(
                    offset: document.html.count, path: percentDecoded(parts[0]),
                    fragment: parts.count > 1 ? percentDecoded(parts[1]) : nil, range: find(url),
                    isImage: node.kind == .image))
            return .inside
        }
    }

    /// Only a few schemes lead outside; whatever else looks like a scheme is refused, so no spelling of
    /// `javascript:` gets by.
    private func kind(of address: String) -> AddressKind {
        if address.hasPrefix("https://") { return .outside }
        let lowercased = address.lowercased()
        if ["http://", "https://", "mailto:", "tel:"].contains(where: lowercased.hasPrefix) { return .outside }
        let beforePath = address.prefix { $0 != "/" && $0 != "#" && $0 != "?" }
        let isNetworkPath = address.hasPrefix("//") || address.contains("\\")
        let hasControls = address.unicodeScalars.contains { $0.value < 32 }
        return beforePath.contains(":") || isNetworkPath || hasControls ? .refused : .inside
    }

    /// The place of an address, or of any piece of source, in the block being written; its line where it is not found
    /// (a reference whose definition stands elsewhere).
    private mutating func find(_ bytes: [UInt8]) -> Range<Int> {
        let end = max(block.range.upperBound, block.cursor)
        if !bytes.isEmpty, let found = text.source.bytes[block.cursor..<end].firstRange(of: bytes) {
            block.cursor = found.upperBound
            return found
        }
        return text.range(fromLine: block.line, to: block.line)
    }

    /// `C:\\图.png`, `file:///…`, `D:/…`: a place on the writer's own computer.
    private func isLocalFile(_ address: String) -> Bool {
        address.prefixMatch(of: /[A-Za-z]:[\\\/]/) != nil || address.lowercased().hasPrefix("file:")
    }

    private mutating func refuseLocalFile(_ range: Range<Int>, _ address: String, _ node: MarkdownNode) {
        let name = address.split { $0 == "/" || $0 == "\\" }.last.map { percentDecoded($0) } ?? "图.png"
        let up = String(repeating: "../", count: max(1, text.source.path.split(separator: "/").count - 2))
        diagnostics.append(
            text.source.error(
                "link.local-file", at: range, "这是你自己电脑上的文件，别人打不开。",
                "This file is on your own computer; nobody else can open it.",
                fix: .init(
                    "把文件放进content/files/，再写成“\(up)files/\(name)”。",
                    "Put the file into content/files/ and write “\(up)files/\(name)”.")
            ).fixed(
                by: text.source.text(range) == address ? text.source.replacing(range, with: "\(up)files/\(name)") : nil)
        )
    }

    /// The line with a backslash before what would begin a tag.
    private mutating func escaped(_ html: [UInt8]) -> Edit? {
        block.cursor = block.range.lowerBound
        let place = find(html)
        guard place.lowerBound < place.upperBound, text.source.bytes[place.lowerBound] == UInt8(ascii: "<") else {
            return nil
        }
        let line = text.source.line(at: place.lowerBound)
        return text.source.replacing(line, with: text.source.text(line).replacing(/<(?=[A-Za-z\/!?])/, with: "\\<"))
    }

    private mutating func refuseAddress(_ range: Range<Int>, _ address: String) {
        diagnostics.append(
            text.source.error(
                "link.unsafe", at: range, "这种链接地址不安全，不能使用。", "This kind of address is unsafe.",
                fix: .init(
                    "只可链接到本站文件，或以https://、http://、tel:、mailto:开头的地址。",
                    "Link to a file of the site, or to an https:, http:, tel: or mailto: address.")
            ).fixed(by: text.source.removingLink(to: address, in: range)))
    }

    private mutating func refuseOutsideImage(_ range: Range<Int>, _ address: String) {
        diagnostics.append(
            text.source.error(
                "image.outside", at: range, "图片在外站，本站不向外站取图。", "The image is on another site.",
                fix: .init(
                    "把图片存到content/files/，再用相对路径引用；不要图就删去。",
                    "Save it below content/files/ and refer to it there, or delete it.")
            ).fixed(by: text.source.removingLink(to: address, in: range)))
    }

    private mutating func refuseImage(_ url: [UInt8]) {
        let saved = block.cursor
        diagnostics.append(
            text.source.error(
                "image.no-description", at: find(url), "图片没有说明文字，看不见图的家长无法得知内容。",
                "The image has no alternative text.",
                fix: .init("写成![图片内容说明](地址)。", "Write ![what it shows](address).")))
        block.cursor = saved
    }

    private func percentDecoded(_ text: Substring) -> String {
        guard text.contains("%") else { return String(text) }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
