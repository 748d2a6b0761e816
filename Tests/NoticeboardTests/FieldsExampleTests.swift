import Foundation
import Testing

/// docs/fields.md is a whole site: its examples, put into files, build without a word.
@Suite struct FieldsExampleTests {
    @Test func examplesAreASite() throws {
        let page = try String(contentsOf: Program.checkout.appending(path: "docs/fields.md"), encoding: .utf8)
        let blocks = page.matches(of: /```(?:yaml|markdown|csv)\n([\s\S]*?)```/).map { String($0.1) }
        let names = [
            "site.yml", "organisation.yml", "teams/isolation.md", "pages/requirements.md", "notices/2026/drill.md",
            "duty/2026-11.csv", "statistics/units.csv", "statistics/datasets.yml",
            "statistics/disinfection/2026-11-20.csv",
        ]
        #expect(blocks.count == names.count)
        let work = try TemporaryFolder()
        func write(_ name: String, _ text: String) throws {
            let file = work.url.appending(path: "content/\(name)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        for (name, block) in zip(names, blocks) {
            // The notice shows every field at once; what refers to other files is left out, and so is the withdrawal.
            let kept = block.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
                !["withdrawn:", "supersedes:", "translation_of:"].contains(where: line.hasPrefix)
            }.joined(separator: "\n")
            try write(name, kept.replacingOccurrences(of: "team: logistics", with: "team: isolation"))
        }
        try write("files/form.pdf", "%PDF")
        let result = try Program.run("build", "--now", GoldenTests.now, in: work.url)
        #expect(result.status == 0)
        #expect(result.errors == "")
    }
}
