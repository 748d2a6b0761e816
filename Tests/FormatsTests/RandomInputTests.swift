import Testing

@testable import Formats

/// Small random texts made of the signs that matter: nothing may trap or hang, and what comes out is well-formed.
@Suite struct RandomInputTests {
    private static let pieces = [
        "#", "## ", "{#", "}", "*", "**", "_", "`", "```\n", "~~~\n", "[", "]", "(", ")", "![", "](", "a.md", "#x", "|",
        "| - |\n", "---",
        "- ", "1. ", "> ", "    ", "\n", "\n\n", "\r\n", "\\", "&#49;", "<b>", "<!--", "：", "，", "注意", "请", "a", "1",
        " ", "\t", "\u{3000}",
        "\u{1039F}", "\u{300}", "👩‍👧", "[r]: x\n", "\"", "'", "&", "<", ">",
    ]

    private func text(_ random: inout SeededRandom, length: Int) -> String {
        (0..<length).map { _ in RandomInputTests.pieces.randomElement(using: &random)! }.joined()
    }

    @Test(arguments: 0..<40)
    func markdown(_ seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        for _ in 0..<60 {
            let source = SourceFile(path: "a.md", text: text(&random, length: Int.random(in: 1...60, using: &random)))
            var diagnostics: [Diagnostic] = []
            let document = Markdown.render(source, into: &diagnostics)
            let html = String(decoding: document.html, as: UTF8.self)
            #expect(
                html.utf8.count { $0 == 60 } == html.utf8.count { $0 == 62 },
                "\(source.text(0..<source.bytes.count).debugDescription)")
            #expect(!html.contains("\u{1039F}"))
            for link in document.links { #expect(link.offset <= document.html.count) }
            for diagnostic in diagnostics { #expect(DiagnosticFormat.text.render(diagnostic).contains("\n")) }
        }
    }

    /// What the fuzzer found (Tests/Fuzz/findings): each trapped, or had no end.
    @Test func findings() {
        var diagnostics: [Diagnostic] = []
        _ = FrontMatter.split(SourceFile(path: "a.md", text: "---\na: x\n y # z\n---\n"), into: &diagnostics)
        #expect(diagnostics.map(\.id) == ["yaml.comment"])
        for text in [
            String(repeating: "{{<t}}{{/t}}{{>t}}{{x}}", count: 9),
            "{{<t}}{{$b}}{{$b}}{{$b}}x{{/b}}{{/b}}{{/b}}{{/t}}{{$b}}{{/b}}",
            String(repeating: "{{>t}}{{x}}", count: 9),
        ] {
            var found: [Diagnostic] = []
            let templates = TemplateSet(["t": SourceFile(path: "t", text: text)], into: &found)
            let schema = TemplateSchema(["t": SourceFile(path: "t.yml", text: "y: {is: text, says: Y.}")], into: &found)
            var output: [UInt8] = []
            let renderer = TemplateRenderer(templates)
            found += templates.check(layout: "t", page: "t", schema: schema)
            renderer.render("t", [[:]], page: "p", root: "", to: &output, into: &found)
            #expect(found.contains { $0.id == "template.recursion" }, "\(text)")
        }
        var zone = Array("TZif2".utf8) + [UInt8](repeating: 0xFF, count: 100)
        #expect(TimeZone(name: "a", tzif: zone) == nil)
        zone[44...] = zone[..<56]
        #expect(TimeZone(name: "a", tzif: zone) == nil)
    }

    @Test(arguments: 0..<10)
    func yamlCSVAndTemplates(_ seed: Int) {
        var random = SeededRandom(seed: UInt64(1000 + seed))
        for _ in 0..<20 {
            let words = [
                "a: ", "- ", "[", "{", "}", "]", "：", "\"", "'", "\n", "  ", "\t", "#", "&x", "*x", "|", "---\n", "中",
                ",", "；", "{{", "}}", "{{#a}}", "{{/a}}", "{{$b}}", "{{/b}}", "{{<t}}", "{{/t}}", "{{>t}}",
                "{{=<% %>=}}",
            ]
            let text = (0..<Int.random(in: 1...40, using: &random)).map { _ in words.randomElement(using: &random)! }
                .joined()
            let source = SourceFile(path: "a", text: text)
            var diagnostics: [Diagnostic] = []
            _ = YAML.parse(source, into: &diagnostics)
            _ = FrontMatter.split(source, into: &diagnostics)
            let table = CSVTable(source, into: &diagnostics)
            for row in table.rows { for cell in row { _ = table.text(cell) } }
            let templates = TemplateSet(["t": source], into: &diagnostics)
            var output: [UInt8] = []
            TemplateRenderer(templates).render(
                "t", [["a": .text("x")]], page: "p", root: "", to: &output, into: &diagnostics)
            for diagnostic in diagnostics { #expect(!DiagnosticFormat.json.render(diagnostic).contains("\n")) }
        }
    }
}

/// SplitMix64: the same numbers on every machine.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
