/// CommonMark 0.30 through libcmark, with pipe tables and two corrections for Chinese text.
public enum Markdown {
    /// Renders the Markdown in `body` of the file (default: all of it).
    public static func render(
        _ source: SourceFile, body: Range<Int>? = nil, options: MarkdownOptions = MarkdownOptions(),
        into diagnostics: inout [Diagnostic]
    ) -> Document {
        let text = MarkdownText(source: source, body: body ?? 0..<source.bytes.count)
        let typed = options.siteRules && options.chinese ? TypedMarkdown(text) : TypedMarkdown()
        let given = typed.bytes?[...] ?? text.bytes
        let marked = options.chinese ? EmphasisMarks.insert(into: given) : nil
        let bytes = marked?[...] ?? given
        var tree = MarkdownTree(bytes)
        var tables: [MarkdownNode: PipeTable] = [:]
        if options.tables, text.names("|") {
            let finder = TableFinder(text: text, chinese: options.chinese, siteRules: options.siteRules)
            if let patched = finder.patchDelimitersReadAsLists(in: tree, bytes: bytes) {
                tree = MarkdownTree(patched[...])
            }
            tables = finder.tables(in: tree)
        }
        var renderer = HTMLRenderer(text: text, options: options, tables: tables)
        renderer.document.html.reserveCapacity(bytes.count + bytes.count / 2 + 256)
        renderer.render(tree)
        renderer.render(footnotes: typed.footnotes)
        if options.siteRules, options.lint {
            diagnostics += MarkdownLint(text: text).diagnostics() + typed.notes.map { $0.diagnostic(in: text) }
        }
        diagnostics += renderer.diagnostics
        if text.names("&#"), renderer.document.html.withUnsafeBufferPointer(firstOverride) != nil {
            diagnostics.append(override(text))
        }
        return renderer.document
    }
}

extension Markdown {
    /// A character that turns the direction of text, written as a number.
    private static func override(_ text: MarkdownText) -> Diagnostic {
        let line = text.lines.first { text.source.text($0).contains("&#") } ?? text.body
        return text.source.error(
            "encoding.control-character", at: line, "这里有看不见的控制字符，写成了“&#…;”。",
            "A control character stands here, as “&#…;”.",
            fix: .init("删去这一处。", "Delete it."), confidential: true)
    }
}

/// The Markdown part of a file, by lines.
struct MarkdownText {
    let source: SourceFile
    let body: Range<Int>
    /// Ranges of the body's lines in the file, without line ends; libcmark's line n is `lines[n - 1]`.
    let lines: [Range<Int>]

    init(source: SourceFile, body: Range<Int>) {
        self.source = source
        self.body = body
        lines = source.lines(in: body)
    }

    var bytes: ArraySlice<UInt8> { source.bytes[body] }

    /// Whether a text stands anywhere in it.
    func names(_ text: StaticString) -> Bool { bytes.withUnsafeBufferPointer { $0.holds(text) } }

    /// The file's bytes from one line to another, both counted from 1 and included.
    func range(fromLine first: Int, to last: Int) -> Range<Int> {
        guard !lines.isEmpty else { return body.lowerBound..<body.lowerBound }
        let start = lines[min(max(first, 1), lines.count) - 1].lowerBound
        let end = lines[min(max(last, 1), lines.count) - 1].upperBound
        return start..<max(start, end)
    }
}
