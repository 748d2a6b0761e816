/// Signs that look like Markdown to someone who writes in Word, and are none: each is shown as typed, so the writer is
/// warned and told what to type.
struct MarkdownLint {
    let text: MarkdownText

    func diagnostics() -> [Diagnostic] {
        var found: [Diagnostic] = []
        let namesPages = text.names(".md") || text.names(".html")
        text.source.bytes.withUnsafeBufferPointer { bytes in
            var isInFence = false
            var isBelowText = false
            for range in text.lines {
                let line = TypedLine(bytes, range)
                if line.starts(with: "```") || line.starts(with: "~~~") { isInFence.toggle() }
                if !isInFence, !line.isIndentedCode,
                    let rule = MarkdownLint.rule(for: line, isBelowText: isBelowText, namesPages: namesPages)
                {
                    found.append(text.source.warning(rule.id, at: range, rule.zh, rule.en, fix: rule.fix))
                }
                isBelowText = !line.isBlank
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
    }

    /// What is wrong with a line. Its first sign decides which rules can hold at all.
    private static func rule(for line: TypedLine, isBelowText: Bool, namesPages: Bool) -> Rule? {
        guard let first = line.first else { return nil }
        switch first {
        case "#", "＃": if line.isHeadingWithoutSpace { return headingSpace }
        case "-", "0"..."9": if line.isItemWithoutSpace { return listSpace }
        case "｜": return fullWidthTable
        default: break
        }
        if namesPages, line.hasFullWidthLink { return fullWidthLink }
        return isBelowText && line.isNumberedLikeWord ? joinedLines : nil
    }

    private static let headingSpace = Rule(
        id: "markdown.heading-space", zh: "“#”后面缺空格，或用了全角“＃”，不会成为标题。", en: "A heading needs plain # signs and a space.",
        fix: .init("写成“## 标题”。", "Write “## Heading”."))
    private static let listSpace = Rule(
        id: "markdown.list-space", zh: "列表符号后面缺空格，不会成为列表。", en: "A list item needs a space behind its sign.",
        fix: .init("写成“1. 内容”或“- 内容”。", "Write “1. text” or “- text”."))
    private static let fullWidthTable = Rule(
        id: "markdown.full-width-table", zh: "表格要用半角竖线“|”，不能用全角“｜”。", en: "Tables need plain | signs.",
        fix: .init("把“｜”改为“|”。", "Change “｜” to “|”."))
    private static let fullWidthLink = Rule(
        id: "markdown.full-width-link", zh: "链接要用半角括号：[文字](地址)。",
        en: "A link needs plain brackets: [text](address).",
        fix: .init("把“（）【】”改为“()[]”，中间不留空格。", "Change the brackets to () and [], with no space between."))
    private static let joinedLines = Rule(
        id: "markdown.joined-lines", zh: "这一行会和上一行连成一段。", en: "This line joins the one above into one paragraph.",
        fix: .init("要另起一段，就在两行之间空一行。", "For a paragraph of its own, leave a blank line between."))
}
