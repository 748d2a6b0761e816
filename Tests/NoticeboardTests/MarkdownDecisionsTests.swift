import Foundation
import Testing

/// Every row of docs/markdown.md on a page of its own, as the program publishes and tells it.
@Suite struct MarkdownDecisionsTests {
    private struct Row {
        let typed: String
        let becomes: String
        let told: [String]

        init?(_ line: Substring) {
            guard line.hasPrefix("| `") else { return nil }
            let cells = line.replacing("\\|", with: "\u{1}").split(separator: "|").map {
                Row.code($0.trimmingCharacters(in: .whitespaces)).replacing("\u{1}", with: "|")
            }
            guard cells.count >= 2 else { return nil }
            (typed, becomes) = (cells[0], cells[1])
            told = line.matches(of: /`(markdown\.[a-z-]+)`/).map { String($0.1) }
        }

        /// What stands between the signs of a code span, with the line ends and tabs that it names.
        private static func code(_ cell: String) -> String {
            let signs = cell.hasPrefix("`` ") ? 3 : 1
            guard cell.hasPrefix("`") else { return "" }
            return String(cell.dropFirst(signs).dropLast(signs)).replacing("⏎", with: "\n").replacing("⇥", with: "\t")
        }
    }

    @Test func everyRowIsTrue() throws {
        let page = try String(contentsOf: Program.checkout.appending(path: "docs/markdown.md"), encoding: .utf8)
        let rows = page.split(separator: "\n").compactMap(Row.init)
        #expect(rows.count > 50)
        let work = try TemporaryFolder()
        let site = work.url.appending(path: "site")
        try FileManager.default.copyItem(at: GoldenTests.folder.appending(path: "base/site"), to: site)
        for (number, row) in rows.enumerated() {
            let fields = "---\ntitle: 第\(number)行\nsummary: 一行。\nupdated: 2026-11-01\n---\n"
            try Data("\(fields)\(row.typed)\n".utf8).write(to: site.appending(path: "content/pages/row-\(number).md"))
        }
        let result = try Program.run("build", "--now", GoldenTests.now, "--format", "json", in: site)
        try #require(result.status == 0, "\(result.errors)")
        for (number, row) in rows.enumerated() {
            let html = try String(contentsOf: site.appending(path: "public/pages/row-\(number).html"), encoding: .utf8)
            #expect(MarkdownDecisionsTests.text(of: html) == row.becomes, "\(row.typed)")
            let told = Set(
                result.errors.split(separator: "\n").filter { $0.contains("/row-\(number).md\"") }
                    .compactMap { $0.firstMatch(of: /"id":"([a-z.-]+)"/).map { String($0.1) } })
            #expect(told == Set(row.told), "\(row.typed)")
        }
    }

    /// What a page shows of its text, without what every table and every outside link has.
    private static func text(of html: String) -> String {
        guard let start = html.firstRange(of: "<div class=\"prose\">")?.upperBound,
            let end = html[start...].firstRange(of: "</div>\n</article>")?.lowerBound
        else { return html }
        return html[start..<end].replacing(" rel=\"external noopener noreferrer\"", with: " …")
            .replacing(/<div class="table"[^>]*>\n<table>/, with: "<table>").replacing(
                "</table>\n</div>", with: "</table>"
            )
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
