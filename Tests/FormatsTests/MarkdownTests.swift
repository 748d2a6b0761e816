import Testing

@testable import Formats

@Suite struct MarkdownTests {
    /// Emphasis beside Chinese punctuation, and line ends between Han characters.
    @Test(arguments: [
        ("**注意：**请上报", "<p><strong>注意：</strong>请上报</p>\n"),
        ("请看**“通知”**全文", "<p>请看<strong>“通知”</strong>全文</p>\n"),
        ("甲**（一）**乙**（二）**丙", "<p>甲<strong>（一）</strong>乙<strong>（二）</strong>丙</p>\n"),
        ("*注意。*请", "<p><em>注意。</em>请</p>\n"),
        ("\\*\\*注意：\\*\\*请", "<p>**注意：**请</p>\n"),
        ("`**注意：**请`", "<p><code>**注意：**请</code></p>\n"),
        ("2 * 3（个）* 4", "<p>2 * 3（个）* 4</p>\n"),
        ("**note:** text", "<p><strong>note:</strong> text</p>\n"),
        ("第一行\n第二行", "<p>第一行第二行</p>\n"),
        ("第一行，\n第二行", "<p>第一行，第二行</p>\n"),
        ("first\nsecond", "<p>first\nsecond</p>\n"),
        ("第一行\nline", "<p>第一行\nline</p>\n"),
        ("한국\n어", "<p>한국\n어</p>\n"),
        ("**粗**\n`码`", "<p><strong>粗</strong><code>码</code></p>\n"),
        ("甲\r\n乙", "<p>甲乙</p>\n"),
    ])
    func chinese(_ markdown: String, _ html: String) {
        #expect(render(markdown, MarkdownOptions(siteRules: false)).html == html)
    }

    /// Tables that the specification's eight examples do not show.
    @Test(arguments: [
        ("a | b\n- | -\n1 | 2", "<td>1</td>\n<td>2</td>"),
        ("| a |\n| - |\n| b |\n---\n", "<td>b</td>\n</tr>\n</tbody>\n</table>\n<hr />"),
        ("> | a |\n> | - |\n> | b |", "<blockquote>\n<table>"),
        ("- | a |\n  | - |\n  | b |", "<li>\n<table>"),
        ("前文\n| a |\n| - |\n| b |", "<p>前文</p>\n<table>"),
        ("[r]: /x\n| a |\n| - |\n| [r] |", "<td><a href=\"/x\">r</a></td>"),
        ("| a |\n| - |\n| [r] |\n\n[r]: /x", "<td><a href=\"/x\">r</a></td>"),
        ("| a |\n| - |\n| # b |", "<td># b</td>"),
        ("| a |\n| - |\n| b # |", "<td>b #</td>"),
        ("| a |\n| - |\n| \\\\| |", "<td>\\</td>"),
        ("| a |\n| :-: |\n| **注：**请 |", "<td align=\"center\"><strong>注：</strong>请</td>"),
    ])
    func tables(_ markdown: String, _ part: String) {
        let html = render(markdown, MarkdownOptions(siteRules: false)).html
        #expect(html.contains(part), "\(html)")
    }

    @Test(arguments: ["a | b\n- - | -\n", "```\na | b\n- | -\n```", "| a | b |\n| - |\n", "a\n-"])
    func isNoTable(_ markdown: String) {
        #expect(!render(markdown, MarkdownOptions(siteRules: false)).html.contains("<table>"))
    }

    @Test(arguments: [
        ("## 工作要求", "工作要求"), ("## Two Words", "two-words"), ("## 一、职责（试行）", "一职责试行"),
        ("## 训练 {#training}", "training"), ("## **粗** 体", "粗-体"), ("## ！", "section"), ("## Ａ１", "a1"),
    ])
    func headingID(_ markdown: String, _ id: String) {
        #expect(render(markdown, MarkdownOptions()).document.headings.map(\.id) == [id])
    }

    @Test func repeatedHeadingsGetNumbers() {
        let document = render("## 甲\n\n## 甲\n\n## 甲-2\n", MarkdownOptions()).document
        #expect(document.headings.map(\.id) == ["甲", "甲-2", "甲-2-2"])
    }

    @Test func explicitIDIsNotShown() {
        #expect(render("## 训练 {#t}", MarkdownOptions()).html == "<h2 id=\"t\">训练</h2>\n")
    }

    /// `{#id}` counts only in a heading's own last text; wherever else the signs stand, they are text.
    @Test(arguments: [
        "## ![a {#x}](a.png)", "## {#x[a](b.md)}", "## *a {#x*}", "## `a {#x}`", "## [a {#x}](b.md)", "## a {#x} {#y}",
        "## " + String(repeating: "*a **b ", count: 26) + "x {#x}" + String(repeating: "***", count: 26),
        "## a {#x\"y}",
        "## a {#aൎ\"ൎ>ൎ<b}\n\n1. b",
    ])
    func oddHeadingIDsStayInsideOfTheirTags(_ markdown: String) {
        let html = render(markdown, MarkdownOptions()).html
        #expect(html.utf8.count { $0 == 60 } == html.utf8.count { $0 == 62 })
        for match in html.matches(of: /id="([^"]*)"/) { #expect(!match.1.contains { "<>\"& ".contains($0) }) }
    }

    /// Lines above a table that would be blocks of their own were they not indented.
    @Test(arguments: ["~~~", "```", "<!--", "# b", "- b", "===", "> b", "1. b", "***"])
    func oddLinesAboveATable(_ line: String) {
        let html = render("前文\n    \(line)\n| a | b |\n|---|---|\n| 1 | 2 |", MarkdownOptions(siteRules: false)).html
        #expect(html.contains("<td>1</td>\n<td>2</td>"))
    }

    @Test func numberedItemsHaveAnchors() {
        let document = render("## 职责 {#duties}\n\n1. 甲\n2. 乙\n", MarkdownOptions()).document
        #expect(document.numberedItems.map(\.id) == ["duties-1", "duties-2"])
        #expect(document.anchors == ["duties", "duties-1", "duties-2"])
    }

    @Test(arguments: [
        "[x](javascript:alert(1))", "[x](JAVASCRIPT:alert(1))", "[x](&#106;avascript:alert(1))",
        "[x](java&#9;script:alert(1))",
        "[x](vbscript:x)", "[x](data:text/html,x)", "[x](file:///etc/passwd)", "<javascript:alert(1)>",
        "[x](//evil.example)",
        "[x](\\\\\\\\evil.example)", "[x][r]\n\n[r]: javascript:x", "![x](https://evil.example/a.png)",
        "| a |\n| - |\n| [x](javascript:x) |",
    ])
    func unsafeAddressIsRefused(_ markdown: String) {
        let (html, diagnostics, _) = render(markdown, MarkdownOptions())
        #expect(diagnostics.hasErrors)
        for match in html.matches(of: /(?:href|src)="([^"]*)"/) { #expect(match.1.isEmpty, "\(html)") }
    }

    @Test(arguments: [
        "<b>x</b>", "<!-- x -->", "<div>\nx\n</div>", "a <br> b", "| a |\n| - |\n| <b>x</b> |", "- <i>x</i>",
    ])
    func rawHTMLIsRefused(_ markdown: String) {
        let (html, diagnostics, _) = render(markdown, MarkdownOptions())
        #expect(diagnostics.contains { $0.id == "markdown.raw-html" })
        #expect(!html.contains("<b>") && !html.contains("<!--") && !html.contains("<div>\n") && !html.contains("<i>"))
    }

    @Test func deepNestingIsRefusedAndEnds() {
        let quotes = String(repeating: "> ", count: 5000) + "x"
        #expect(render(quotes, MarkdownOptions()).diagnostics.contains { $0.id == "markdown.too-deep" })
        let emphasis = String(repeating: "*a **b ", count: 3000)
        _ = render(emphasis, MarkdownOptions())
        let brackets = String(repeating: "[", count: 20_000)
        _ = render(brackets, MarkdownOptions())
    }

    private func render(_ markdown: String, _ options: MarkdownOptions) -> (
        html: String, diagnostics: [Diagnostic], document: Document
    ) {
        var diagnostics: [Diagnostic] = []
        let document = Markdown.render(SourceFile(path: "a.md", text: markdown), options: options, into: &diagnostics)
        return (String(decoding: document.html, as: UTF8.self), diagnostics, document)
    }
}
