import Testing

@testable import Formats

/// The short way through plain front matter never answers differently from libyaml.
@Suite struct PlainYAMLTests {
    private static let pieces = [
        "title", "标题", "a_b", "A", "1", "：", ": ", ":", " ", "  ", "\n", "\n", "\n", "\"", "'", "[", "]", ", ", ",",
        "{", "}", "#", " #", "- ", "---",
        "关于", "，", "。", "\\", "\t", "\r", "2026-11-23", "T08:30:00+08:00", "true", "~", "null", "&a", "*a", "!x", "|",
        ">", "%", "@", "`", "?",
        "\u{85}", "\u{2028}", "\u{FEFF}", "\u{E000}", "\u{1F600}", "\u{7F}", "é", "·", "“", "…", "x", "yes", "0o7",
        "1e3", "https://a.b/c",
    ]

    @Test func agreesWithLibyamlOnRandomText() {
        var random = SeededRandom(seed: 4)
        var taken = 0
        for _ in 0..<60_000 {
            var text = ""
            if Bool.random(using: &random) {
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    text += ["title", "标题", "date", "a_b"].randomElement(using: &random)! + ": "
                    for _ in 0..<Int.random(in: 1...4, using: &random) {
                        text += Self.pieces.randomElement(using: &random)!
                    }
                    text += "\n"
                }
            } else {
                for _ in 0..<Int.random(in: 1...12, using: &random) {
                    text += Self.pieces.randomElement(using: &random)!
                }
            }
            if compare(text) { taken += 1 }
        }
        #expect(taken > 1_000, "the short way is taken")
    }

    @Test func agreesWithLibyamlOnBytesOfOneLine() {
        var taken = 0
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                let value = String(decoding: [first, second], as: UTF8.self)
                for text in ["k: \(value)\n", "k: a\(value)", "k: [\(value)]\n", "k: \"\(value)\"\n", "\(value): a\n"]
                where compare(text) { taken += 1 }
            }
        }
        #expect(taken > 10_000)
    }

    /// Whether the short way was taken; it must give what libyaml gives, without a diagnostic.
    private func compare(_ text: String) -> Bool {
        let source = SourceFile(path: "a.md", text: text)
        guard let plain = PlainYAML.parse(source, in: 0..<source.bytes.count) else { return false }
        var diagnostics: [Diagnostic] = []
        let node = YAML.parseAll(source, into: &diagnostics)
        #expect(diagnostics.isEmpty, "\(text.debugDescription)")
        #expect(node.map { "\($0)" } == "\(plain)", "\(text.debugDescription)")
        return true
    }
}
