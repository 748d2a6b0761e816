/// A GFM pipe table (GFM spec 0.29, §4.10), its cells parsed as inlines.
///
/// `cells` is a tree of its own: first the paragraph that stood above the table without a blank line, if any, then a
/// heading per cell (a heading's content is inlines on one line, which is just what a cell's is).
struct PipeTable {
    enum Alignment: String {
        case none = "", left, center, right
    }

    let alignments: [Alignment]
    let rowCount: Int
    let lead: MarkdownNode?
    let cells: [MarkdownNode]
    /// Whether a `---` line below the last row, read as a heading's underline, is a thematic break after the table.
    let endsInBreak: Bool
    /// What stands right below the last row without a sign of a cell: a paragraph, and its first line.
    let tail: MarkdownNode?
    /// Lines with more cells than the header, whose last ones are in no column.
    let longRows: [Range<Int>]
    /// Where the tail begins; nil where there is none.
    let tailLine: Range<Int>?
    fileprivate let trees: [MarkdownTree]

    /// Row 0 is the header.
    func row(_ index: Int) -> ArraySlice<MarkdownNode> {
        cells[index * alignments.count..<(index + 1) * alignments.count]
    }
}

/// Finds tables among the paragraphs of a tree, by their source lines: the tree alone does not suffice, because it has
/// already undone escapes and merged lines.
struct TableFinder {
    let text: MarkdownText
    let chinese: Bool
    /// Whether a line without a pipe ends a table of several columns; GFM makes it a row.
    let siteRules: Bool
    /// The text's link reference definitions, which stand below the cells of every table so that they resolve there.
    private let definitions: [UInt8]

    init(text: MarkdownText, chinese: Bool, siteRules: Bool) {
        self.text = text
        self.chinese = chinese
        self.siteRules = siteRules
        definitions = TableFinder.definitions(in: text)
    }

    func tables(in tree: MarkdownTree) -> [MarkdownNode: PipeTable] {
        var tables: [MarkdownNode: PipeTable] = [:]
        visitBlocks(tree.root) { node in
            if node.kind == .paragraph || node.kind == .heading, let table = table(at: node) { tables[node] = table }
        }
        return tables
    }

    /// A delimiter row such as `- | -` has been read as a list. Returns `bytes` with its first `-` as a `:`, which keeps
    /// it in the paragraph (the row itself is later read from the source), or nil where there is none.
    func patchDelimitersReadAsLists(in tree: MarkdownTree, bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var lines: [Int] = []
        visitBlocks(tree.root) { node in
            guard node.kind == .list, !node.isOrderedList, let paragraph = node.previous, paragraph.kind == .paragraph,
                node.startLine == paragraph.endLine + 1, node.startLine <= text.lines.count
            else { return }
            let above = contentLines(of: paragraph).last.map(cells(of:))?.count
            let line = text.lines[node.startLine - 1]
            let row = stripped(line, ancestors: ancestors(of: node))
            if let delimiter = delimiters(row), delimiter.count == above { lines.append(node.startLine) }
        }
        if lines.isEmpty { return nil }
        var patched = Array(bytes)
        let ranges = SourceFile(path: "", bytes: patched).lines()
        for line in lines {
            if let dash = patched[ranges[line - 1]].firstIndex(of: UInt8(ascii: "-")) {
                patched[dash] = UInt8(ascii: ":")
            }
        }
        return patched
    }
}

extension TableFinder {
    /// Lines that begin a definition, `[label]: …`, with the lines that may go on with it.
    private static func definitions(in text: MarkdownText) -> [UInt8] {
        var result: [UInt8] = []
        var isInside = false
        for range in text.lines {
            let line = text.source.bytes[range]
            let start = line.drop { $0 == 32 || $0 == 9 || $0 == UInt8(ascii: ">") }
            if start.first == UInt8(ascii: "["), start.firstRange(of: Array("]:".utf8)) != nil {
                if !isInside { result.append(10) }
                isInside = true
            } else if start.isEmpty || start.first == UInt8(ascii: "|") {
                isInside = false
            }
            if isInside { result += start + [10] }
        }
        return result
    }

    private func table(at node: MarkdownNode) -> PipeTable? {
        var lines = contentLines(of: node)
        let isHeading = node.kind == .heading
        if isHeading, text.source.bytes[lines.first ?? 0..<0].first == UInt8(ascii: "#") { return nil }
        guard lines.count >= 2, let index = delimiterIndex(lines), let alignments = delimiters(lines[index]) else {
            return nil
        }
        let underline = isHeading ? lines.removeLast() : nil
        guard index < lines.count else { return nil }
        let endsInBreak =
            underline.map { $0.count >= 3 && text.source.bytes[$0].allSatisfy { $0 == UInt8(ascii: "-") } } ?? false
        if let underline, !endsInBreak { lines.append(underline) }
        let below = lines[(index + 1)...]
        let end =
            siteRules && alignments.count > 1 ? below.firstIndex { !hasPipe($0) } ?? below.endIndex : below.endIndex
        let rows = [lines[index - 1]] + below[..<end]
        return parsedTable(
            lead: lines[..<(index - 1)], rows: rows, tail: below[end...], alignments: alignments,
            endsInBreak: endsInBreak)
    }

    private func hasPipe(_ line: Range<Int>) -> Bool { text.source.bytes[line].contains(UInt8(ascii: "|")) }

    /// The first line that is a delimiter row for the line above it.
    private func delimiterIndex(_ lines: [Range<Int>]) -> Int? {
        (1..<lines.count).first { index in
            guard let row = delimiters(lines[index]) else { return false }
            return row.count == cells(of: lines[index - 1]).count
        }
    }

    private func parsedTable(
        lead: ArraySlice<Range<Int>>, rows: [Range<Int>], tail: ArraySlice<Range<Int>>,
        alignments: [PipeTable.Alignment], endsInBreak: Bool
    ) -> PipeTable? {
        var bytes: [UInt8] = []
        var longRows: [Range<Int>] = []
        for row in rows {
            let cells = cells(of: row)
            if cells.count > alignments.count { longRows.append(row) }
            for column in alignments.indices {
                bytes.append(UInt8(ascii: "#"))
                bytes.append(32)
                if column < cells.count { append(cells[column], to: &bytes) }
                bytes.append(32)
                bytes.append(UInt8(ascii: "#"))
                bytes.append(10)
            }
        }
        bytes += definitions
        let tree = parsed(bytes)
        let cells = Array(tree.root.children.prefix(rows.count * alignments.count))
        guard cells.count == rows.count * alignments.count, cells.allSatisfy({ $0.kind == .heading }) else {
            return nil
        }
        let (leadTree, tailTree) = (parsed(leadBytes(lead)), parsed(leadBytes(tail)))
        return PipeTable(
            alignments: alignments, rowCount: rows.count, lead: leadTree.root.firstChild, cells: cells,
            endsInBreak: endsInBreak, tail: tailTree.root.firstChild, longRows: longRows, tailLine: tail.first,
            trees: [tree, leadTree, tailTree])
    }

    /// The lines above a table. Indented, a line goes on with its paragraph, whatever sign it begins with.
    private func leadBytes(_ lines: ArraySlice<Range<Int>>) -> [UInt8] {
        Array(lines.map { text.source.bytes[$0] }.joined(separator: Array("\n    ".utf8)))
    }

    private func parsed(_ bytes: [UInt8]) -> MarkdownTree {
        MarkdownTree((chinese ? EmphasisMarks.insert(into: bytes[...]) ?? bytes : bytes)[...])
    }

    /// The lines that make up a paragraph, without their containers' markers and the blanks at both ends.
    /// Link reference definitions at its start, which libcmark counts to its lines, are left out.
    private func contentLines(of node: MarkdownNode) -> [Range<Int>] {
        guard node.startLine >= 1, node.endLine <= text.lines.count, node.startLine <= node.endLine else { return [] }
        let containers = ancestors(of: node)
        var lines = (node.startLine...node.endLine).map { number in
            let line = text.lines[number - 1]
            guard number == node.startLine else { return stripped(line, ancestors: containers) }
            return trimmed(min(line.lowerBound + node.startColumn - 1, line.upperBound)..<line.upperBound)
        }
        if let first = lines.first, text.source.bytes[first].first == UInt8(ascii: "[") {
            // No text begins with more definitions than this without a blank line; the search must stay bounded.
            let last = lines.indices.prefix(40).last { isOnlyDefinitions(lines[...$0]) }
            if let last { lines.removeFirst(last + 1) }
        }
        return lines
    }

    private func isOnlyDefinitions(_ lines: ArraySlice<Range<Int>>) -> Bool {
        let bytes: [UInt8] = Array(lines.map { text.source.bytes[$0] }.joined(separator: [10])) + [10]
        return MarkdownTree(bytes[...]).root.firstChild == nil
    }

    private func ancestors(of node: MarkdownNode) -> [MarkdownNode.Kind] {
        sequence(first: node) { $0.parent }.map(\.kind).reversed()
    }

    private func stripped(_ line: Range<Int>, ancestors: [MarkdownNode.Kind]) -> Range<Int> {
        var line = trimmed(line)
        for kind in ancestors where kind == .blockQuote {
            if text.source.bytes[line].first == UInt8(ascii: ">") {
                line = trimmed(line.lowerBound + 1..<line.upperBound)
            }
        }
        return line
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isBlank(text.source.bytes[start]) { start += 1 }
        while end > start, isBlank(text.source.bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    /// The cells of a row, trimmed. A pipe at either end of the row only frames it.
    private func cells(of row: Range<Int>) -> [Range<Int>] {
        let row = trimmed(row)
        return text.source.bytes.withUnsafeBufferPointer { bytes in
            var cells: [Range<Int>] = []
            cells.reserveCapacity(8)
            var index = row.lowerBound
            if index < row.upperBound, bytes[index] == UInt8(ascii: "|") { index += 1 }
            var start = index
            while index < row.upperBound {
                if bytes[index] == UInt8(ascii: "|") {
                    cells.append(trimmed(start..<index))
                    start = index + 1
                }
                index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
            }
            if start < row.upperBound || cells.isEmpty { cells.append(trimmed(start..<row.upperBound)) }
            return cells
        }
    }

    /// A cell's text, with `\|` as `|`.
    private func append(_ cell: Range<Int>, to bytes: inout [UInt8]) {
        var rest = text.source.bytes[cell]
        let start = bytes.count
        while let sign = rest.firstIndex(of: UInt8(ascii: "\\")), sign + 1 < rest.endIndex {
            bytes += rest[..<sign]
            bytes += rest[sign + 1] == UInt8(ascii: "|") ? rest[sign + 1..<sign + 2] : rest[sign..<sign + 2]
            rest = rest[(sign + 2)...]
        }
        bytes += rest
        guard siteRules else { return }
        var inside = TypedLineRewrite(Array(bytes[start...]))
        _ = inside.inlines()
        bytes.replaceSubrange(start..., with: inside.bytes)
    }

    /// The alignments that a delimiter row gives, or nil where the line is none: `:?-+:?` cells, and a pipe or colon
    /// somewhere, since `---` alone is a heading's underline.
    private func delimiters(_ line: Range<Int>) -> [PipeTable.Alignment]? {
        let bytes = text.source.bytes[line]
        guard bytes.contains(UInt8(ascii: "-")), bytes.contains(UInt8(ascii: "|")) || bytes.contains(UInt8(ascii: ":")),
            bytes.allSatisfy({
                isBlank($0) || $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":")
            })
        else { return nil }
        var alignments: [PipeTable.Alignment] = []
        for range in cells(of: line) {
            let cell = bytes[range]
            let startsWithColon = cell.first == UInt8(ascii: ":")
            let endsWithColon = cell.count > 1 && cell.last == UInt8(ascii: ":")
            let dashes = cell.dropFirst(startsWithColon ? 1 : 0).dropLast(endsWithColon ? 1 : 0)
            guard !dashes.isEmpty, dashes.allSatisfy({ $0 == UInt8(ascii: "-") }) else { return nil }
            switch (startsWithColon, endsWithColon) {
            case (true, true): alignments.append(.center)
            case (true, false): alignments.append(.left)
            case (false, true): alignments.append(.right)
            default: alignments.append(.none)
            }
        }
        return alignments
    }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }

private func visitBlocks(_ node: MarkdownNode, _ visit: (MarkdownNode) -> Void) {
    // Without recursion: a text may nest thousands of quotes.
    var stack = [node]
    while let node = stack.popLast() {
        visit(node)
        switch node.kind {
        case .document, .blockQuote, .list, .item: stack += node.children
        default: break
        }
    }
}
