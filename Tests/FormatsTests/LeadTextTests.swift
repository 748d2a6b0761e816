import Testing

@testable import Formats

/// What a text says of itself where nobody wrote a summary.
@Suite struct LeadTextTests {
    @Test(arguments: [
        ("各位家长：\n\n本周三停水。", "本周三停水。"),
        ("尊敬的各位家长：本周三停水。", "本周三停水。"),
        ("![校门](a.png)\n\n本周三停水。", "本周三停水。"),
        ("现将有关事项通知如下：\n\n1. 周三停水。\n2. 周四恢复。", "周三停水。"),
        ("当前位置：首页 > 通知\n\n本周三停水。", "本周三停水。"),
        ("发布时间：2026-11-16 浏览次数：12\n\n本周三停水。", "本周三停水。"),
        ("本周三停水。\n\n各位家长：", "本周三停水。"),
        ("各位家长：", "各位家长："),
        ("来源：学校开水房，每天三次。", "来源：学校开水房，每天三次。"),
    ])
    func lead(_ markdown: String, _ words: String) {
        var diagnostics: [Diagnostic] = []
        let source = SourceFile(path: "a.md", text: markdown)
        let document = Markdown.render(
            source, body: 0..<source.bytes.count, options: MarkdownOptions(), into: &diagnostics)
        #expect(document.lead == words)
    }
}
