import Foundation
import Testing

/// Whole sites in, their whole output and all their diagnostics out, as files below Tests/Golden.
/// `UPDATE_GOLDENS=1` rewrites what is expected; the diff is the review.
@Suite struct GoldenTests {
    static let folder = Program.checkout.appending(path: "Tests/Golden")
    static let cases =
        (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "cases").path).sorted()) ?? []
    static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1"
    static let now = "2026-11-23T08:30:00+08:00"

    @Test func baseSiteGivesItsGolden() throws {
        let work = try TemporaryFolder()
        let site = try copyBase(to: work.url)
        let result = try Program.run("build", "--now", GoldenTests.now, in: site)
        #expect(result.status == 0)
        #expect(result.errors == "")
        let golden = GoldenTests.folder.appending(path: "base/public")
        let built = try snapshot(site.appending(path: "public"))
        if GoldenTests.isUpdating {
            try? FileManager.default.removeItem(at: golden)
            try FileManager.default.copyItem(at: site.appending(path: "public"), to: golden)
        }
        let expected = try snapshot(golden)
        #expect(Set(built.keys) == Set(expected.keys), "missing and orphan files")
        for (path, bytes) in expected { #expect(built[path] == bytes, "\(path) differs") }
    }

    /// Two runs with the same moment and other numbers of threads, from two folders, give the same bytes.
    @Test func sampleSchoolIsBuiltTheSameEverywhere() throws {
        var builds: [[String: Data]] = []
        for jobs in ["1", "2", "7"] {
            let work = try TemporaryFolder()
            try FileManager.default.copyItem(
                at: Program.checkout.appending(path: "content"), to: work.url.appending(path: "content"))
            let result = try Program.run("build", "--jobs", jobs, "--now", GoldenTests.now, in: work.url)
            #expect(result.status == 0)
            builds.append(try snapshot(work.url.appending(path: "public")))
        }
        #expect(builds[0].count > 70 && builds[0] == builds[1] && builds[1] == builds[2])
    }

    /// A mistake in one file, on top of a published site: exit status, every diagnostic, and what became of the site.
    @Test(arguments: cases)
    func mistake(_ name: String) throws {
        let work = try TemporaryFolder()
        let site = try copyBase(to: work.url)
        #expect(try Program.run("build", "--now", GoldenTests.now, in: site).status == 0)
        let published = try snapshot(site.appending(path: "public"))
        try overlay(GoldenTests.folder.appending(path: "cases/\(name)"), on: site)
        let sources = try snapshot(site.appending(path: "content"))
        let check = try Program.run("check", "--now", GoldenTests.now, in: site)
        let result = try Program.run("build", "--now", GoldenTests.now, in: site)
        try compare("exit \(result.status)\n\n\(result.errors)\n\(result.output)", with: name)
        let ledger = "statistics/ledger/2026.txt"
        let after = try snapshot(site.appending(path: "content"))
        #expect(
            after.filter { $0.key != ledger } == sources.filter { $0.key != ledger }, "sources are never touched")
        #expect(after[ledger]?.starts(with: sources[ledger] ?? Data()) ?? true, "the ledger only grows")
        if result.status != 0 {
            #expect(try snapshot(site.appending(path: "public")) == published, "the last good site stays")
        }
        let told = result.errors.trimmingCharacters(in: .newlines)
        #expect(check.status == result.status && check.errors.hasPrefix(told), "check says what build says")
    }

    @Test func everyCaseHasItsFiles() throws {
        #expect(GoldenTests.cases.count >= 50)
        let expected = try FileManager.default.contentsOfDirectory(
            atPath: GoldenTests.folder.appending(path: "expected").path)
        #expect(Set(expected) == Set(GoldenTests.cases.map { "\($0).txt" }), "orphan goldens")
    }

    private func compare(_ text: String, with name: String) throws {
        let file = GoldenTests.folder.appending(path: "expected/\(name).txt")
        if GoldenTests.isUpdating {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(text == (try? String(contentsOf: file, encoding: .utf8)), "\(name)")
    }

    /// A case's site, unbuilt.
    static func site(of name: String, in folder: URL) throws -> URL {
        let tests = GoldenTests()
        let site = try tests.copyBase(to: folder)
        try tests.overlay(GoldenTests.folder.appending(path: "cases/\(name)"), on: site)
        return site
    }

    private func copyBase(to folder: URL) throws -> URL {
        let site = folder.appending(path: "site")
        try FileManager.default.copyItem(at: GoldenTests.folder.appending(path: "base/site"), to: site)
        return site
    }

    private func overlay(_ files: URL, on site: URL) throws {
        for (path, bytes) in try snapshot(files) {
            let target = site.appending(path: path)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try bytes.write(to: target)
        }
    }
}
