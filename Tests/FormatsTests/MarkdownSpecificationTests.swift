import Testing

@testable import Formats

@Suite(.enabled(if: Specifications.folder != nil, "the specifications' data are absent: nothing proven"))
struct MarkdownSpecificationTests {
    @Test func commonMarkExamplesWithOurPassesOff() throws {
        let examples: [MarkdownExample] = try Specifications.load("commonmark-0.30.json")
        let passed = examples.count { example in
            let html = render(example.markdown, .commonMark)
            #expect(html == example.html, "example \(example.example)")
            return html == example.html
        }
        #expect(examples.count == 652)
        Specifications.report("CommonMark 0.30", passed: passed, of: examples.count)
    }

    @Test func pipeTableExamples() throws {
        let examples: [MarkdownExample] = try Specifications.load("gfm-tables.json")
        let options = MarkdownOptions(tables: true, chinese: true, siteRules: false)
        let passed = examples.count { example in
            let html = render(example.markdown, options)
            #expect(html == example.html, "example \(example.example)")
            return html == example.html
        }
        #expect(examples.count == 8)
        Specifications.report("GFM 4.10 tables", passed: passed, of: examples.count)
    }

    /// Everything that tables and the Chinese corrections change in the specification's own examples: `5*6*78` multiplies.
    @Test func passesChangeNoCommonMarkExample() throws {
        let examples: [MarkdownExample] = try Specifications.load("commonmark-0.30.json")
        let options = MarkdownOptions(tables: true, chinese: true, siteRules: false)
        let changed = examples.filter { render($0.markdown, options) != $0.html }.map(\.example)
        #expect(changed == [355])
    }

    private func render(_ markdown: String, _ options: MarkdownOptions) -> String {
        var diagnostics: [Diagnostic] = []
        let source = SourceFile(path: "example.md", text: markdown)
        let document = Markdown.render(source, options: options, into: &diagnostics)
        #expect(diagnostics == [])
        return String(decoding: document.html, as: UTF8.self)
    }
}
