/// Signs that look like Markdown to someone who writes in Word, and are none: each is shown as typed, so the writer is
/// warned and told what to type.
struct MarkdownLint {
    let text: MarkdownText

    func diagnostics() -> [Diagnostic] {
        var found: [Diagnostic] = []
        let hasLines = text.names("__")
        text.source.bytes.withUnsafeBufferPointer { bytes in
            var isInFence = false
            for range in text.lines {
                let line = TypedLine(bytes, range)
                if line.starts(with: "```") || line.starts(with: "~~~") { isInFence.toggle() }
                if !isInFence, !line.isIndentedCode, let rule = MarkdownLint.rule(for: line) {
                    found.append(
                        text.source.warning(rule.id, at: range, rule.zh, rule.en, fix: rule.fix)
                            .fixed(by: text.source.replacing(range, with: rule.mend(text.source.text(range)))))
                }
                if hasLines, !isInFence,
                    let place = UnderscoreMarks.uncertain(in: UnsafeBufferPointer(rebasing: bytes[range]))
                {
                    let start = range.lowerBound + place
                    found.append(MarkdownLint.literalLines(text.source, start..<start + 2))
                }
            }
        }
        return found
    }
}

extension MarkdownLint {
    private struct Rule: Sendable {
        let id: String
        let zh: String
        let en: String
        let fix: Diagnostic.Text
        /// The line as it should have been typed.
        let mend: @Sendable (_ line: String) -> String
    }

    /// What is wrong with a line. Its first sign decides which rules can hold at all.
    private static func rule(for line: TypedLine) -> Rule? {
        guard let first = line.first else { return nil }
        switch first {
        case "#", "＃": if line.isHeadingWithoutSpace { return headingSpace }
        case "-", "0"..."9": if line.isItemWithoutSpace { return listSpace }
        case "｜": return fullWidthTable
        default: break
        }
        return nil
    }

    /// Stars in the place of the two lines that belong together.
    private static func bold(_ source: SourceFile, _ range: Range<Int>) -> Edit? {
        let line = range.lowerBound..<source.line(at: range.lowerBound).upperBound
        let mended = source.text(line).replacing(/__(.+?)__/, maxReplacements: 1) { "**\($0.1)**" }
        return source.replacing(line, with: mended)
    }

    private static func literalLines(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
        source.warning(
            "markdown.literal-lines", at: range, "这里的“__”没有成为粗体，会照原样显示。",
            "These lines make nothing bold; they are shown as lines.",
            fix: .init(
                "要加粗就写成**每天**；是留空填写就不用处理。", "For bold write **every day**; if it is a blank to fill in, nothing.")
        ).fixed(by: bold(source, range))
    }

    private static let headingSpace = Rule(
        id: "markdown.heading-space", zh: "“#”后面缺空格，或用了全角“＃”，不会成为标题。", en: "A heading needs plain # signs and a space.",
        fix: .init("写成“## 标题”。", "Write “## Heading”."),
        mend: { line in
            let line = line.trimmed
            let signs = line.prefix { $0 == "#" || $0 == "＃" }
            return "\(String(repeating: "#", count: max(2, signs.count))) \(line.dropFirst(signs.count))"
        })
    private static let listSpace = Rule(
        id: "markdown.list-space", zh: "列表符号后面缺空格，不会成为列表。", en: "A list item needs a space behind its sign.",
        fix: .init("写成“1. 内容”或“- 内容”。", "Write “1. text” or “- text”."),
        mend: { $0.replacing(/^(\s*(?:-|[0-9]{1,2}\.))/) { "\($0.1) " } })
    private static let fullWidthTable = Rule(
        id: "markdown.full-width-table", zh: "表格要用半角竖线“|”，不能用全角“｜”。", en: "Tables need plain | signs.",
        fix: .init("把“｜”改为“|”。", "Change “｜” to “|”."), mend: { $0.replacing("｜", with: "|") })
}
