import Formats
import Foundation
import Synchronization
import Testing

/// Every edit that a diagnostic carries, applied to the golden case that has it: the diagnostic is gone.
@Suite struct EditTests {
    private struct Told {
        let id: String
        let file: String
        let places: [String]
        let edits: [[String: Any]]

        init?(_ line: Substring) {
            guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                let id = object["id"] as? String, let file = object["file"] as? String
            else { return nil }
            (self.id, self.file) = (id, file)
            let all =
                object["places"] as? [[String: Int]] ?? [
                    ["line": object["line"] as? Int ?? 0, "column": object["column"] as? Int ?? 0]
                ]
            places = all.map { "\($0["line"] ?? 0):\($0["column"] ?? 0)" }
            edits = object["edits"] as? [[String: Any]] ?? []
        }
    }

    @Test func everyEditMendsItsGolden() throws {
        let mended = Mutex<Set<String>>([])
        let failed = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: GoldenTests.cases.count) { index in
            let name = GoldenTests.cases[index]
            do {
                let (good, bad) = try EditTests.look(name)
                mended.withLock { $0.formUnion(good) }
                failed.withLock { $0 += bad }
            } catch {
                failed.withLock { $0.append("\(name): \(error)") }
            }
        }
        let wrong = failed.withLock { $0 }.sorted()
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
        // docs/diagnostics.md says which have one, and of the others why not.
        let page = try String(
            contentsOf: Program.checkout.appending(path: "docs/diagnostics.md"), encoding: .utf8)
        let marked = Set(page.matches(of: /\| `([a-z0-9.-]+)` \| [EW] \|[^\n]*\| ✎ \|/).map { String($0.1) })
        let seen = mended.withLock { $0 }
        #expect(
            marked == seen,
            "only in docs: \(marked.subtracting(seen).sorted()), only mended: \(seen.subtracting(marked).sorted())")
    }

    /// Ids whose first edit in a case mends it, and what does not.
    private static func look(_ name: String) throws -> (good: Set<String>, bad: [String]) {
        let work = try TemporaryFolder()
        let site = try GoldenTests.site(of: name, in: work.url)
        var (good, bad): (Set<String>, [String]) = ([], [])
        let before = try told(site)
        for (number, diagnostic) in before.enumerated() {
            guard let edit = diagnostic.edits.first, !good.contains(diagnostic.id) else { continue }
            let copy = work.url.appending(path: "edit-\(number)")
            try FileManager.default.copyItem(at: site, to: copy)
            // A name with a personal value is not told, and neither can it be edited by it.
            guard try apply(edit, to: diagnostic.file, in: copy) else { continue }
            let after = try told(copy).filter { $0.id == diagnostic.id && $0.file == diagnostic.file }
            let count = before.filter { $0.id == diagnostic.id && $0.file == diagnostic.file }.flatMap(\.places).count
            let places = after.flatMap(\.places)
            if places.count < count || !places.contains(diagnostic.places[0]) {
                good.insert(diagnostic.id)
            } else {
                bad.append("\(name): \(diagnostic.id) at \(diagnostic.places[0]): \(edit)")
            }
        }
        return (good, bad)
    }

    private static func told(_ site: URL) throws -> [Told] {
        try Program.run("check", "--now", GoldenTests.now, "--format", "json", in: site).errors.split(separator: "\n")
            .compactMap { Told($0) }
    }

    private static func apply(_ edit: [String: Any], to file: String, in site: URL) throws -> Bool {
        let url = site.appending(path: file)
        guard FileManager.default.fileExists(atPath: url.path) else { return false }
        if edit["remove"] != nil {
            try FileManager.default.removeItem(at: url)
            return true
        }
        if let path = edit["rename"] as? String {
            let target = site.appending(path: path)
            if FileManager.default.fileExists(atPath: target.path) { return false }
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.moveItem(at: url, to: target)
            return true
        }
        func number(_ name: String) -> Int { edit[name] as? Int ?? 0 }
        var ignored: [Diagnostic] = []
        let raw = Array(try Data(contentsOf: url))
        // Also of a text that is refused for a sign that the edit removes.
        let source = SourceFile.decode(path: file, raw: raw, into: &ignored) ?? SourceFile(path: file, bytes: raw)
        let span = Edit.Span(
            line: number("line"), column: number("column"), endLine: number("end_line"),
            endColumn: number("end_column"))
        let bytes = try #require(source.applying(span, edit["text"] as? String ?? ""), "\(file) \(span)")
        try Data(bytes).write(to: url)
        return true
    }
}
