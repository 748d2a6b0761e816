/// Writes libcmark's tree as HTML: byte for byte what CommonMark shows when the site's rules are off.
///
/// This file holds the blocks; inlines and links have files of their own.
struct HTMLRenderer {
    let text: MarkdownText
    let options: MarkdownOptions
    let tables: [MarkdownNode: PipeTable]
    var document = Document()
    var diagnostics: [Diagnostic] = []
    var ids = HeadingIDs()
    private var lead = LeadText()
    /// The block whose inlines are being written: its lines, and how far its addresses have been found.
    var block = BlockPosition()
    /// The text written last, to decide about spaces at line ends; valid while the tree is.
    var lastText: UnsafeBufferPointer<UInt8>?
    private var currentHeading = ""
    var inlineDepth = 0
    /// Runs of tildes that are still to be paired in the node being written, and whether one is open.
    var struck = 0
    var isStruck = false
    private var depth = 0
    /// What is to be added to the lines of the tree that is being rendered: not 0 within a tree of its own.
    private var lineOffset = 0
    private var tableCount = 0
    /// A heading's last text node, and what remains of it without its `{#id}`.
    var ending: (node: MarkdownNode, text: [UInt8])?

    init(text: MarkdownText, options: MarkdownOptions, tables: [MarkdownNode: PipeTable]) {
        self.text = text
        self.options = options
        self.tables = tables
    }

    mutating func render(_ tree: MarkdownTree) {
        withExtendedLifetime(tree) { renderBlocks(of: tree.root) }
        document.anchors = ids.used
        document.lead = lead.text
    }

    /// Footnotes as a list at the end, each with the place that its references lead to.
    mutating func render(footnotes: [TypedMarkdown.Footnote]) {
        if footnotes.isEmpty { return }
        newLine()
        put("<hr />\n<ol class=\"footnotes\">\n")
        for (index, footnote) in footnotes.enumerated() {
            put("<li id=\"fn-\(index + 1)\">")
            let marked = EmphasisMarks.insert(into: footnote.text[...]) ?? footnote.text
            let tree = MarkdownTree(marked[...])
            block.range = text.range(fromLine: footnote.line, to: footnote.line)
            (block.line, block.cursor, lastText) = (footnote.line, block.range.lowerBound, nil)
            withExtendedLifetime(tree) {
                for node in tree.root.children where node.kind == .paragraph { renderInlines(of: node) }
            }
            put("</li>\n")
        }
        put("</ol>\n")
    }

    mutating func put(_ string: StaticString) {
        document.html.append(contentsOf: UnsafeBufferPointer(start: string.utf8Start, count: string.utf8CodeUnitCount))
    }

    mutating func put(_ string: String) { document.html += string.utf8 }

    /// A heading's tag, whose name ends with the level.
    private mutating func putHeading(_ before: StaticString, _ level: Int, _ after: StaticString) {
        put(before)
        document.html.append(UInt8(48 + level))
        put(after)
    }

    /// libcmark starts each block on a new line, unless nothing has been written yet.
    mutating func newLine() {
        if let last = document.html.last, last != 10 { document.html.append(10) }
    }
}

/// Where in the source the inlines of a block are.
struct BlockPosition {
    var range: Range<Int> = 0..<0
    var line = 1
    /// Addresses are found in order; the next search starts here.
    var cursor = 0
}

/// Deeper nesting than this is refused when the site's rules are on.
private let depthLimit = 50

extension HTMLRenderer {
    private mutating func renderBlocks(of parent: MarkdownNode) {
        depth += 1
        defer { depth -= 1 }
        if options.siteRules, depth > depthLimit { return refuseDepth() }
        for node in parent.children { renderBlock(node) }
    }

    private mutating func renderBlock(_ node: MarkdownNode) {
        if node.startLine > 0 {
            block.range = text.range(fromLine: node.startLine + lineOffset, to: node.endLine + lineOffset)
            block.line = node.startLine + lineOffset
            block.cursor = block.range.lowerBound
        }
        lastText = nil
        if let table = tables[node] { return render(table) }
        switch node.kind {
        case .blockQuote: wrap(node, "<blockquote>", "</blockquote>")
        case .list: renderList(node)
        case .item: renderItem(node)
        case .codeBlock: renderCode(node)
        case .htmlBlock: renderHTML(node)
        case .paragraph: renderParagraph(node)
        case .heading: renderHeading(node)
        case .thematicBreak:
            newLine()
            put("<hr />\n")
        default: renderBlocks(of: node)
        }
    }

    private mutating func wrap(_ node: MarkdownNode, _ open: StaticString, _ close: StaticString) {
        newLine()
        put(open)
        put("\n")
        renderBlocks(of: node)
        newLine()
        put(close)
        put("\n")
    }

    private mutating func renderList(_ node: MarkdownNode) {
        guard node.isOrderedList else { return wrap(node, "<ul>", "</ul>") }
        newLine()
        put(node.listStart == 1 ? "<ol>\n" : "<ol start=\"\(node.listStart)\">\n")
        let isTopLevel = node.parent?.kind == .document
        for (index, item) in node.children.enumerated() {
            renderItem(item, number: isTopLevel ? node.listStart + index : nil)
        }
        put("</ol>\n")
    }

    private mutating func renderItem(_ node: MarkdownNode, number: Int? = nil) {
        newLine()
        if options.siteRules, lead.isOpen { lead.take(item: plainText(of: node).trimmed) }
        put("<li")
        if options.siteRules, let number, !currentHeading.isEmpty {
            let id = ids.claim("\(currentHeading)-\(number)")
            put(" id=\"")
            appendEscaped(id, to: &document.html)
            put("\"")
            if options.outline {
                document.numberedItems.append(
                    .init(heading: currentHeading, number: number, id: id, text: plainText(of: node).trimmed))
            }
        }
        put(">")
        renderBlocks(of: node)
        put("</li>\n")
    }

    private mutating func renderParagraph(_ node: MarkdownNode) {
        let isTight = node.parent?.parent.map { $0.kind == .list && $0.isTight } ?? false
        if isTight { return renderInlines(of: node) }
        newLine()
        put("<p>")
        renderInlines(of: node)
        put("</p>\n")
        guard options.siteRules else { return }
        warnAboutPipes(node)
        if node.parent?.kind == .document { note(paragraph: node) }
    }

    /// Lines framed in pipes that are no table lack their second line.
    private mutating func warnAboutPipes(_ node: MarkdownNode) {
        guard text.source.bytes[block.range].first == UInt8(ascii: "|") else { return }
        let lines = (node.startLine...max(node.startLine, node.endLine)).map {
            text.source.text(text.range(fromLine: $0, to: $0)).trimmed
        }
        guard lines.count > 1, lines.allSatisfy({ $0.hasPrefix("|") }) else { return }
        diagnostics.append(
            text.source.warning(
                "markdown.no-delimiter-row", at: text.range(fromLine: node.startLine, to: node.startLine),
                "这几行像表格，但第二行不是“|---|---|”，不会成为表格。",
                "These lines look like a table, but the second one is no “|---|---|” row.",
                fix: .init(
                    "在表头下面加一行“|---|---|”，格数与表头相同。", "Add a row “|---|---|” below the header, with as many cells.")
            ).fixed(
                by: text.source.inserting(
                    "|" + String(repeating: "---|", count: max(1, lines[0].count { $0 == "|" } - 1)),
                    after: block.range.lowerBound)))
    }

    private mutating func note(paragraph node: MarkdownNode) {
        guard options.outline || lead.isOpen else { return }
        let words = plainText(of: node)
        if lead.isOpen {
            let own = plainText(of: node, withImages: false)
            lead.take(own)
        }
        if options.outline { document.paragraphs.append((currentHeading, words)) }
    }

    private mutating func renderHeading(_ node: MarkdownNode) {
        newLine()
        guard options.siteRules else {
            putHeading("<h", node.headingLevel, ">")
            renderInlines(of: node)
            putHeading("</h", node.headingLevel, ">\n")
            return
        }
        var level = node.headingLevel
        if level == 1 {
            warnAboutTopHeading()
            level = 2
        }
        let explicit = explicitID(of: node)
        var words = plainText(of: node)
        if let explicit { words = String(words.dropLast(explicit.length)).trimmed }
        let id = ids.claim(explicit?.id ?? HeadingIDs.slug(words))
        putHeading("<h", level, " id=\"")
        appendEscaped(id, to: &document.html)
        put("\">")
        renderInlines(of: node)
        ending = nil
        putHeading("</h", level, ">\n")
        currentHeading = id
        document.headings.append(.init(level: level, id: id, text: words))
    }

    /// The `{#id}` that ends the heading's last text, which is then not written. Only a text of the heading itself is
    /// looked at: inside of a link, an image or emphasis the same signs are just text.
    private mutating func explicitID(of node: MarkdownNode) -> (id: String, length: Int)? {
        guard let last = node.lastChild, last.kind == .text, last.literal.last == UInt8(ascii: "}") else { return nil }
        let literal = String(decoding: last.literal, as: UTF8.self)
        guard let found = HeadingIDs.explicit(literal) else { return nil }
        ending = (last, Array(found.words.utf8))
        return (found.id, literal.count - found.words.count)
    }

    /// Chinese text that was indented by blanks or a tab, as many begin a paragraph, is no code.
    private mutating func renderIndented(_ node: MarkdownNode) -> Bool {
        guard options.siteRules, options.chinese, node.fenceInfo.isEmpty,
            block.range.lowerBound < block.range.upperBound,
            let first = text.source.bytes[block.range].first(where: { $0 != 32 && $0 != 9 && $0 != UInt8(ascii: ">") }),
            first != UInt8(ascii: "`"), first != UInt8(ascii: "~"),
            String(decoding: node.literal, as: UTF8.self).unicodeScalars.contains(where: { $0.isCommonHan })
        else { return false }
        diagnostics.append(
            text.source.warning(
                "markdown.indented-paragraph", at: text.range(fromLine: block.line, to: block.line),
                "段首空了四格以上，Markdown会当成代码；已按普通段落显示。",
                "Four blanks make a line code in Markdown; it is shown as a paragraph.",
                fix: .init("删去段首的空格（网页自动排版）。", "Delete the blanks at the start of the line.")
            ).fixed(by: withoutIndents()))
        let lines = node.literal.split(separator: 10, omittingEmptySubsequences: false).map { line in
            Array(line.drop { $0 == 32 || $0 == 9 })
        }
        let inner = MarkdownTree(Array(lines.joined(separator: [10]))[...])
        let offset = lineOffset
        lineOffset += block.line - 1
        withExtendedLifetime(inner) { renderBlocks(of: inner.root) }
        lineOffset = offset
        return true
    }

    /// All lines of the block without the blanks at their starts.
    private func withoutIndents() -> Edit {
        let lines = text.source.lines(in: block.range).map { text.source.text($0).trimmed }
        return text.source.replacing(
            text.source.line(at: block.range.lowerBound).lowerBound..<block.range.upperBound,
            with: lines.joined(separator: "\n"))
    }

    private mutating func renderCode(_ node: MarkdownNode) {
        if renderIndented(node) { return }
        newLine()
        let info = EmphasisMarks.strip(node.fenceInfo).prefix { $0 != 32 && $0 != 9 && $0 != 10 }
        if info.isEmpty {
            put("<pre><code>")
        } else {
            put("<pre><code class=\"language-")
            Array(info).withUnsafeBufferPointer { appendEscaped($0, to: &document.html) }
            put("\">")
        }
        putEscaped(node.literal)
        put("</code></pre>\n")
    }

    private mutating func render(_ table: PipeTable) {
        newLine()
        if let lead = table.lead {
            put("<p>")
            renderInlines(of: lead)
            put("</p>\n")
        }
        if options.siteRules {
            // A table scrolls inside of its box; the box has a name of its own and can be reached by keyboard.
            tableCount += 1
            put("<div class=\"table\" role=\"region\" aria-label=\"表格\(tableCount)\" tabindex=\"0\">\n")
        }
        put("<table>\n<thead>\n")
        render(row: table.row(0), of: table, cell: "th")
        put("</thead>\n")
        if table.rowCount > 1 {
            put("<tbody>\n")
            for row in 1..<table.rowCount { render(row: table.row(row), of: table, cell: "td") }
            put("</tbody>\n")
        }
        put("</table>\n")
        if options.siteRules { put("</div>\n") }
        if table.endsInBreak { put("<hr />\n") }
        if options.siteRules { warnAboutRows(of: table) }
        if let tail = table.tail {
            put("<p>")
            lastText = nil
            renderInlines(of: tail)
            put("</p>\n")
        }
    }

    private mutating func warnAboutRows(of table: PipeTable) {
        for row in table.longRows {
            diagnostics.append(
                text.source.warning(
                    "markdown.extra-cells", at: row, "这一行比表头多了格，多出的内容不会显示。",
                    "The row has more cells than the header; what is too much is not shown.",
                    fix: .init(
                        "给表头补上列，或删去多出的格；格子里要写“|”，就写成“\\|”。",
                        "Add columns to the header, or remove the cells; write “\\|” for a | inside a cell.")
                ).fixed(by: withoutExtraCells(row, table.alignments.count)))
        }
        guard let line = table.tailLine else { return }
        diagnostics.append(
            text.source.warning(
                "markdown.line-below-table", at: line, "这一行紧接在表格下面，已作为表格后面的一段显示。",
                "This line stands right below a table; it is shown as a paragraph behind it.",
                fix: .init("在表格和这一行之间空一行。", "Leave a blank line between.")
            ).fixed(by: text.source.inserting("", before: line.lowerBound)))
    }

    /// A row with as many cells as the header.
    private func withoutExtraCells(_ row: Range<Int>, _ count: Int) -> Edit? {
        let line = text.source.text(row)
        let isFramed = line.hasPrefix("|")
        var pipes = 0
        guard
            let end = line.firstIndex(where: { character in
                if character == "|" { pipes += 1 }
                return character == "|" && pipes == count + (isFramed ? 1 : 0)
            })
        else { return nil }
        return text.source.replacing(row, with: line[..<end] + (isFramed ? "|" : ""))
    }

    private mutating func render(row: ArraySlice<MarkdownNode>, of table: PipeTable, cell tag: String) {
        put("<tr>\n")
        for (node, alignment) in zip(row, table.alignments) {
            put("<\(tag)")
            if options.siteRules, tag == "th" { put(" scope=\"col\"") }
            if alignment != .none {
                put(options.siteRules ? " class=\"\(alignment.rawValue)\"" : " align=\"\(alignment.rawValue)\"")
            }
            put(">")
            lastText = nil
            renderInlines(of: node)
            put("</\(tag)>\n")
        }
        put("</tr>\n")
    }
}

extension HTMLRenderer {
    private mutating func renderHTML(_ node: MarkdownNode) {
        newLine()
        if options.siteRules { return refuseHTML(node.literal) }
        document.html += EmphasisMarks.strip(node.literal)
        newLine()
    }

    private mutating func warnAboutTopHeading() {
        diagnostics.append(
            text.source.warning(
                "markdown.top-heading", at: text.range(fromLine: block.line, to: block.line),
                "正文里用了一级标题“#”，已按二级显示（一级是通知标题）。",
                "The body uses a level 1 heading; shown as level 2 (level 1 is the page's title).",
                fix: .init("把“#”改为“##”。", "Write “##” instead of “#”.")
            ).fixed(by: text.source.replacing("#", in: text.range(fromLine: block.line, to: block.line), with: "##")))
    }

    mutating func refuseDepth() {
        guard !diagnostics.contains(where: { $0.id == "markdown.too-deep" }) else { return }
        diagnostics.append(
            text.source.error(
                "markdown.too-deep", at: block.range, "引用、列表或强调嵌套超过\(depthLimit)层。",
                "Quotes, lists or emphasis are nested deeper than \(depthLimit) levels.",
                fix: .init("减少“>”、列表或“*”的层数。", "Use fewer levels.")))
    }
}
