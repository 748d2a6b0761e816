import Formats

/// Tables that were pasted into a text, with tabs between their cells.
struct PastedTables {
    private let source: SourceFile
    private let lines: [Range<Int>]

    /// - Parameter body: Where the text stands, behind its fields.
    init(_ source: SourceFile, body: Range<Int>) {
        self.source = source
        // Most texts have no tab, and need not be cut into lines.
        lines = source.bytes[body].contains(9) ? source.lines(in: body) : []
    }

    /// Two lines and more with as many tabs between words each: a table that was pasted, and would become one paragraph.
    var diagnostics: [Diagnostic] {
        var found: [Diagnostic] = []
        var start = 0
        while start < lines.count {
            let cells = PastedTables.cells(text(lines[start]))
            var end = start + 1
            while cells > 1, end < lines.count, PastedTables.cells(text(lines[end])) == cells { end += 1 }
            if cells > 1, end - start > 1 { found.append(tabTable(lines[start..<end])) }
            start = max(end, start + 1)
        }
        return found
    }
}

extension PastedTables {
    private func text(_ line: Range<Int>) -> String { source.text(line).trimmed }

    private static func cells(_ line: String) -> Int {
        line.contains("|") ? 0 : line.split(separator: "\t", omittingEmptySubsequences: false).count
    }

    private func tabTable(_ rows: ArraySlice<Range<Int>>) -> Diagnostic {
        let cells = rows.map {
            text($0).split(separator: "\t", omittingEmptySubsequences: false).map { String($0).trimmed }
        }
        let range = rows.first!.lowerBound..<rows.last!.upperBound
        return source.warning(
            "markdown.tab-table", at: rows.first!, "这几行是粘贴来的表格（用制表符分列），会连成一段。",
            "These lines are a pasted table with tabs between its cells; they would become one paragraph.",
            fix: .init(
                "每格之间写“|”，表头下面加一行“|---|---|”；或运行noticeboard check --fix。",
                "Write | between the cells and a row |---|---| below the header, or run noticeboard check --fix.")
        ).fixed(by: source.replacing(range, with: TabTables.table(cells).joined(separator: "\n")))
    }
}
