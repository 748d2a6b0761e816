import Foundation
import Testing

@Suite struct DocumentationTests {
    /// Every id in the sources is explained in docs/diagnostics.md, and every explained id occurs in the sources.
    @Test func everyDiagnosticIsExplained() throws {
        let sources = try ["Formats", "Statistics", "Noticeboard", "NoticeboardCommand"].flatMap { target in
            try snapshot(Program.checkout.appending(path: "Sources/\(target)")).values.map {
                String(decoding: $0, as: UTF8.self)
            }
        }.joined()
        let page = try String(contentsOf: Program.checkout.appending(path: "docs/diagnostics.md"), encoding: .utf8)
        let explained = Set(page.matches(of: /\| `([a-z0-9.-]+)` \|/).map { String($0.1) })
        let families = Set(explained.map { $0.split(separator: ".")[0] })
        let used = Set(
            sources.matches(of: /"([a-z]+(?:-[a-z]+)*)\.([a-z0-9]+(?:-[a-z0-9]+)*)"/)
                .filter {
                    families.contains($0.1)
                        && !["html", "yml", "csv", "md", "xml", "css", "ics", "js", "json", "txt"].contains($0.2)
                }
                .map { "\($0.1).\($0.2)" })
        #expect(used == explained)
        #expect(explained.count > 80)
    }

    /// The README's example of an error is what the program prints.
    @Test(arguments: ["README.md", "README.zh-CN.md"])
    func exampleIsTrue(_ name: String) throws {
        let work = try TemporaryFolder()
        try FileManager.default.copyItem(
            at: Program.checkout.appending(path: "content"), to: work.url.appending(path: "content"))
        let notice = work.url.appending(path: "content/notices/2026/2026-11-18-home-study.md")
        let text = try String(contentsOf: notice, encoding: .utf8).replacingOccurrences(
            of: "\ncategory:", with: "\ncategry:")
        try text.write(to: notice, atomically: true, encoding: .utf8)
        let result = try Program.run("check", "--now", GoldenTests.now, in: work.url)
        let page = try String(contentsOf: Program.checkout.appending(path: name), encoding: .utf8)
        #expect(result.status == 1)
        #expect(page.contains(result.errors.trimmingCharacters(in: .newlines)))
    }
}
