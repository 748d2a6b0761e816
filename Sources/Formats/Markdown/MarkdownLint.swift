/// Signs that look like Markdown to someone who writes in Word, and are none: each is shown as typed, so the writer is
/// warned and told what to type.
struct MarkdownLint {
    let text: MarkdownText

    func diagnostics() -> [Diagnostic] {
        var found: [Diagnostic] = []
        var isInFence = false
        var previous = ""
        for range in text.lines {
            let line = text.source.text(range)
            let start = line.trimmed
            if start.hasPrefix("```") || start.hasPrefix("~~~") { isInFence.toggle() }
            if !isInFence, !line.hasPrefix("    ") {
                if let rule = MarkdownLint.rules.first(where: { $0.matches(start, previous) }) {
                    found.append(warning(rule, range))
                }
            }
            previous = start
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
        let matches: @Sendable (_ line: String, _ previous: String) -> Bool
    }

    private static let rules: [Rule] = [
        Rule(
            id: "markdown.heading-space", zh: "“#”后面缺空格，或用了全角“＃”，不会成为标题。",
            en: "A heading needs plain # signs and a space.",
            fix: .init("写成“## 标题”。", "Write “## Heading”.")
        ) { line, _ in line.contains(/^(#{1,6}[^#\s]|＃)/) },
        Rule(
            id: "markdown.list-space", zh: "列表符号后面缺空格，不会成为列表。", en: "A list item needs a space behind its sign.",
            fix: .init("写成“1. 内容”或“- 内容”。", "Write “1. text” or “- text”.")
        ) { line, _ in line.contains(/^([0-9]{1,2}\.[^0-9\s.]|-[^-\s0-9|:])/) },
        Rule(
            id: "markdown.full-width-table", zh: "表格要用半角竖线“|”，不能用全角“｜”。", en: "Tables need plain | signs.",
            fix: .init("把“｜”改为“|”。", "Change “｜” to “|”.")
        ) { line, _ in line.contains("｜") && line.hasPrefix("｜") },
        Rule(
            id: "markdown.full-width-link", zh: "链接要用半角括号：[文字](地址)。",
            en: "A link needs plain brackets: [text](address).",
            fix: .init("把“（）【】”改为“()[]”，中间不留空格。", "Change the brackets to () and [], with no space between.")
        ) { line, _ in line.contains(/\][（ ]\(?[^）)]*\.(md|html)/) || line.contains(/【[^】]*】[（(][^）)]*\.(md|html)/) },
        Rule(
            id: "markdown.joined-lines", zh: "这一行会和上一行连成一段。", en: "This line joins the one above into one paragraph.",
            fix: .init("要另起一段，就在两行之间空一行。", "For a paragraph of its own, leave a blank line between.")
        ) { line, previous in
            !previous.isEmpty && line.contains(/^(（[0-9一二三四五六七八九十]{1,3}）|[0-9]{1,2}、|[一二三四五六七八九十]{1,3}、|[①-⑳])/)
        },
    ]

    private func warning(_ rule: Rule, _ range: Range<Int>) -> Diagnostic {
        text.source.warning(rule.id, at: range, rule.zh, rule.en, fix: rule.fix)
    }
}
