extension HTMLRenderer {
    mutating func putEscaped(_ literal: UnsafeBufferPointer<UInt8>) {
        guard options.chinese, EmphasisMarks.mayStand(in: literal) else {
            return appendEscaped(literal, to: &document.html)
        }
        EmphasisMarks.strip(literal).withUnsafeBufferPointer { appendEscaped($0, to: &document.html) }
    }

    mutating func renderInlines(of parent: MarkdownNode) {
        inlineDepth += 1
        defer { inlineDepth -= 1 }
        if options.siteRules, inlineDepth > 50 { return refuseDepth() }
        let outer = struck
        struck = options.siteRules ? strikes(in: parent) : 0
        isStruck = false
        for node in parent.children { renderInline(node) }
        struck = outer
    }

    /// How many runs of two tildes are pairs among the texts of a node: GFM §6.5. One tilde is a range in Chinese: 3~5天.
    private func strikes(in parent: MarkdownNode) -> Int {
        var count = 0
        for node in parent.children where node.kind == .text && node.literal.holds("~~") {
            count += TypedMarkdown.strikes(node.literal).count
        }
        // An escaped one cannot be told from another in the tree.
        if count > 0, text.source.bytes[block.range].firstRange(of: Array("\\~".utf8)) != nil { return 0 }
        return count / 2 * 2
    }

    /// A text with the signs that TypedMarkdown left in it, and with what was struck out.
    private mutating func putTyped(_ literal: UnsafeBufferPointer<UInt8>, of node: MarkdownNode) {
        var start = 0
        for place in TypedMarkdown.strikes(literal) where struck > 0 {
            putWithFootnotes(UnsafeBufferPointer(rebasing: literal[start..<place]))
            put(isStruck ? "</del>" : "<del>")
            isStruck.toggle()
            struck -= 1
            start = place + 2
        }
        putWithFootnotes(UnsafeBufferPointer(rebasing: literal[start...]))
    }

    private mutating func putWithFootnotes(_ literal: UnsafeBufferPointer<UInt8>) {
        var rest = literal[...]
        let mark = TypedMarkdown.footnoteMark
        while let open = rest.firstRange(of: mark), let close = rest[open.upperBound...].firstRange(of: mark) {
            putEscaped(UnsafeBufferPointer(rebasing: rest[..<open.lowerBound]))
            let number = String(decoding: rest[open.upperBound..<close.lowerBound], as: UTF8.self)
            put("<sup><a href=\"#fn-\(number)\">\(number)</a></sup>")
            rest = rest[close.upperBound...]
        }
        putEscaped(UnsafeBufferPointer(rebasing: rest))
    }

    private mutating func renderInline(_ node: MarkdownNode) {
        switch node.kind {
        case .text: renderText(node)
        case .softBreak: renderSoftBreak(node)
        case .lineBreak: renderLineBreak(node)
        case .code:
            put("<code>")
            putEscaped(node.literal)
            put("</code>")
            lastText = nil
        case .htmlInline:
            if options.siteRules {
                refuseHTML(node.literal)
            } else {
                document.html += EmphasisMarks.strip(node.literal)
            }
        case .emphasis:
            put("<em>")
            renderInlines(of: node)
            put("</em>")
        case .strong:
            put("<strong>")
            renderInlines(of: node)
            put("</strong>")
        case .link: renderLink(node)
        case .image: renderImage(node)
        default: renderInlines(of: node)
        }
    }

    private mutating func renderText(_ node: MarkdownNode) {
        var literal = node.literal
        if options.siteRules, node.previous.map({ $0.kind == .softBreak || $0.kind == .lineBreak }) ?? isFirst(node) {
            literal = withoutIndent(literal)
        }
        if options.siteRules { warnAboutStars(literal) }
        if let ending, ending.node == node {
            return ending.text.withUnsafeBufferPointer { appendEscaped($0, to: &document.html) }
        }
        if options.siteRules, struck > 0 || EmphasisMarks.mayStand(in: literal) || literal.holds("~~") {
            putTyped(literal, of: node)
        } else {
            putEscaped(literal)
        }
        if !literal.isEmpty { lastText = literal }
    }

    /// A run of stars that opens or closes nothing is shown as stars.
    private mutating func warnAboutStars(_ literal: UnsafeBufferPointer<UInt8>) {
        guard literal.holds("**"), text.source.bytes[block.range].firstRange(of: Array("\\*".utf8)) == nil else {
            return
        }
        let stars = Array("**".utf8)
        let line = text.range(fromLine: block.line, to: block.line)
        let place = text.source.bytes[line].firstRange(of: stars) ?? line
        diagnostics.append(
            text.source.warning(
                "markdown.literal-stars", at: place, "这里的“**”没有成为粗体，会照原样显示。",
                "These stars make nothing bold; they are shown as stars.",
                fix: .init("“**”成对写，里侧不留空格：**每天**。", "Write them in pairs with no space inside: **every day**.")
            ).fixed(by: text.source.replacing(line, with: mendedStars(text.source.text(line)))))
    }

    /// Stars without blanks at their inner sides; those that have no other ones are left out.
    private func mendedStars(_ line: String) -> String {
        let mended = line.replacing(/\*\*[ \u{3000}]*([^*]+?)[ \u{3000}]*\*\*/) { "**\($0.1)**" }
        return mended == line ? line.replacing("**", with: "") : mended
    }

    private func isFirst(_ node: MarkdownNode) -> Bool { node.parent?.kind == .paragraph }

    /// Indents of U+3000 pasted from Word are taken off, with a warning.
    private mutating func withoutIndent(_ literal: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var start = 0
        while start + 3 <= literal.count, literal[start] == 0xE3, literal[start + 1] == 0x80, literal[start + 2] == 0x80
        {
            start += 3
        }
        if start == 0 { return literal }
        let line = text.range(fromLine: block.line, to: block.line)
        let place = text.source.bytes[line].firstRange(of: [0xE3, 0x80, 0x80]) ?? line
        diagnostics.append(
            text.source.warning(
                "markdown.pasted-indent", at: place.lowerBound..<place.lowerBound + start, "段首有全角空格缩进，已去掉（网页自动排版）。",
                "The paragraph is indented with full-width spaces; they were removed.",
                fix: .init("删去段首的全角空格。", "Delete the spaces at the start of the paragraph.")
            ).fixed(by: text.source.replacing(place.lowerBound..<place.lowerBound + start, with: "")))
        return UnsafeBufferPointer(rebasing: literal[start...])
    }

    private mutating func renderSoftBreak(_ node: MarkdownNode) {
        block.line += 1
        if options.chinese, lastScalar?.isIdeographic ?? false, firstScalar(after: node)?.isIdeographic ?? false {
            return
        }
        put("\n")
    }

    private mutating func renderLineBreak(_ node: MarkdownNode) {
        let isBroken = options.siteRules && breaksWord(node)
        block.line += 1
        if isBroken { return }
        put("<br />\n")
    }

    /// A hard break after a long line, between two Han letters, comes from text that was wrapped by another program.
    private mutating func breaksWord(_ node: MarkdownNode) -> Bool {
        guard let before = lastScalar, let after = firstScalar(after: node), before.isIdeographic, after.isIdeographic,
            before.properties.isAlphabetic, after.properties.isAlphabetic
        else { return false }
        let line = text.range(fromLine: block.line, to: block.line)
        guard text.source.text(line).trimmed.count >= 20 else { return false }
        diagnostics.append(
            text.source.warning(
                "markdown.broken-line", at: line.upperBound..<line.upperBound, "一句话在行尾被硬换行断开，已接上。",
                "A sentence is cut by a hard line break; the lines were joined.",
                fix: .init("删去行尾的两个空格或“\\”，把两行并成一行。", "Delete the two spaces or “\\” at the line's end.")
            ).fixed(by: joined(line)))
        return true
    }

    /// A line put together with the next one.
    private func joined(_ line: Range<Int>) -> Edit {
        var end = line.upperBound
        while end > line.lowerBound,
            text.source.bytes[end - 1] == 32 || text.source.bytes[end - 1] == UInt8(ascii: "\\")
        { end -= 1 }
        var next = line.upperBound
        while next < text.source.bytes.count, [10, 13, 32, 9].contains(text.source.bytes[next]) { next += 1 }
        return text.source.replacing(end..<next, with: "")
    }

    private func firstScalar(after node: MarkdownNode) -> Unicode.Scalar? {
        var next = node.next
        while let child = next?.firstChild { next = child }
        guard let next, next.kind == .text || next.kind == .code else { return nil }
        if EmphasisMarks.mayStand(in: next.literal) {
            return EmphasisMarks.strip(next.literal).withUnsafeBufferPointer { $0.firstScalar }
        }
        return next.literal.firstScalar
    }

    /// The last character written as text.
    private var lastScalar: Unicode.Scalar? {
        guard let lastText else { return nil }
        if EmphasisMarks.mayStand(in: lastText) {
            return EmphasisMarks.strip(lastText).withUnsafeBufferPointer { $0.lastScalar }
        }
        return lastText.lastScalar
    }

    /// The words of a node, as a reader sees them.
    ///
    /// - Parameter withImages: Whether the descriptions of pictures belong to them.
    func plainText(of node: MarkdownNode, withImages: Bool = true) -> String {
        var bytes: [UInt8] = []
        collectText(of: node, into: &bytes, depth: 0, withImages)
        let text = String(decoding: bytes, as: UTF8.self)
        // Without a line through it, what was struck out would read as if it held.
        return options.siteRules && text.holds("~~") ? text.replacing(/~~[^~]+~~/, with: "") : text
    }

    private func collectText(of node: MarkdownNode, into bytes: inout [UInt8], depth: Int, _ withImages: Bool) {
        if options.siteRules, depth > 100 || node.kind == .image && !withImages { return }
        switch node.kind {
        case .text, .code:
            let literal = node.literal
            if EmphasisMarks.mayStand(in: literal) {
                bytes += TypedMarkdown.withoutFootnotes(EmphasisMarks.strip(literal))
            } else {
                bytes += literal
            }
        case .softBreak, .lineBreak:
            let before = String(decoding: bytes.suffix(4), as: UTF8.self).unicodeScalars.last
            let joins =
                options.chinese && (before?.isIdeographic ?? false)
                && (firstScalar(after: node)?.isIdeographic ?? false)
            if !joins { bytes.append(32) }
        default:
            for child in node.children { collectText(of: child, into: &bytes, depth: depth + 1, withImages) }
            if node.kind == .paragraph, node.next != nil { bytes.append(32) }
        }
    }
}
