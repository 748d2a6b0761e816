import Foundation
import Noticeboard
import Testing

@testable import NoticeboardCommand

@Suite struct PublisherTests {
    private func pages(_ texts: [String: String]) -> [(route: String, bytes: [UInt8])] {
        texts.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) }
    }

    @discardableResult
    private func publish(
        _ texts: [String: String], to folder: URL, disk: Disk = .real, previous: PreviousSite? = nil
    ) throws -> Bool {
        let publisher = Publisher(disk: disk, output: folder.path, previous: previous)
        try publisher.recover()
        let pages = pages(texts)
        let draft = try Draft(publisher, routes: pages.map(\.route), isDry: false)
        defer { draft.discard() }
        let files = try pages.map { (route: $0.route, page: Draft.Page?.some(try draft.put($0.route, $0.bytes))) }
        return try draft.publish(draft.change(to: files, ledger: nil))
    }

    /// What is replaced is kept; mending a page that somebody changed replaces no site.
    @Test func theSiteBeforeIsKept() throws {
        let work = try TemporaryFolder()
        let output = work.url.appending(path: "public")
        let previous = PreviousSite(site: work.url.path, output: output.path, disk: .real)
        #expect(try publish(["a.html": "1", "b.html": "1"], to: output, previous: previous))
        #expect(try previous.manifest() == nil)
        #expect(try publish(["a.html": "2", "c.html": "1"], to: output, previous: previous))
        let kept = try #require(try previous.manifest())
        #expect((0..<kept.count).map(kept.route) == ["a.html", "b.html", Checksums.route])
        #expect(try previous.read("b.html", hash: kept.hash(1)) == Array("1".utf8))
        try "torn".write(to: output.appending(path: "a.html"), atomically: true, encoding: .utf8)
        #expect(try publish(["a.html": "2", "c.html": "1"], to: output, previous: previous))
        #expect(try previous.manifest() == kept && texts(output) == ["a.html": "2", "c.html": "1"])
    }

    private func texts(_ folder: URL) throws -> [String: String] {
        try snapshot(folder).filter { !$0.key.hasPrefix(".") && $0.key != Checksums.route }.mapValues {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test func freshFolderKeepsItsDotFiles() throws {
        let work = try TemporaryFolder()
        let output = work.url.appending(path: "public")
        try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
        try "*".write(to: output.appending(path: ".gitignore"), atomically: true, encoding: .utf8)
        try publish(["index.html": "1", "a/b.html": "2"], to: output)
        #expect(try texts(output) == ["index.html": "1", "a/b.html": "2"])
        #expect(FileManager.default.fileExists(atPath: output.appending(path: ".gitignore").path))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: work.url.path) == ["public"], "nothing left beside it")
    }

    @Test func onlyWhatChangedIsWrittenAndOnlyOursIsDeleted() throws {
        let work = try TemporaryFolder()
        let output = work.url.appending(path: "public")
        try publish(["index.html": "1", "old/page.html": "2", "same.html": "3"], to: output)
        try "theirs".write(to: output.appending(path: "robots.txt"), atomically: true, encoding: .utf8)
        let before = try attributes(output.appending(path: "same.html"))
        try publish(["index.html": "changed", "same.html": "3", "new/page.html": "4"], to: output)
        #expect(
            try texts(output) == [
                "index.html": "changed", "same.html": "3", "new/page.html": "4", "robots.txt": "theirs",
            ])
        #expect(try attributes(output.appending(path: "same.html")) == before)
        #expect(!FileManager.default.fileExists(atPath: output.appending(path: "old").path))
    }

    private func attributes(_ url: URL) throws -> [Int] {
        let values = try FileManager.default.attributesOfItem(atPath: url.path)
        return [
            values[.systemFileNumber] as? Int ?? 0,
            Int((values[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0),
        ]
    }

    @Test func foreignFolderIsRefused() throws {
        let work = try TemporaryFolder()
        try "mine".write(to: work.url.appending(path: "thesis.doc"), atomically: true, encoding: .utf8)
        #expect(throws: Refusal.self) { try publish(["index.html": "1"], to: work.url) }
        #expect(try texts(work.url) == ["thesis.doc": "mine"])
    }

    @Test func foreignFileInThePlaceOfAPageIsRefused() throws {
        let work = try TemporaryFolder()
        let output = work.url.appending(path: "public")
        try publish(["index.html": "1"], to: output)
        try "theirs".write(to: output.appending(path: "new.html"), atomically: true, encoding: .utf8)
        #expect(throws: Refusal.self) { try publish(["index.html": "2", "new.html": "3"], to: output) }
        #expect(try texts(output) == ["index.html": "1", "new.html": "theirs"])
    }

    /// Fails at the n-th file-system call, for every n, then lets the next build run: no torn or missing page in
    /// between, and the right site in the end.
    @Test func everyInterruptionIsCompletedByTheNextBuild() throws {
        let old = ["index.html": "old", "gone.html": "old", "a/same.html": "same"]
        let new = ["index.html": "new", "a/same.html": "same", "b/added.html": "new"]
        var points = 0
        for point in 1... {
            let work = try TemporaryFolder()
            let output = work.url.appending(path: "public")
            try publish(old, to: output)
            let counter = FaultyDisk(failAt: point)
            let failed = (try? publish(new, to: output, disk: counter.disk)) == nil
            let between = try texts(output)
            for (route, text) in between {
                #expect(text == old[route] || text == new[route], "torn \(route) at \(point)")
            }
            #expect(between["index.html"] != nil && between["a/same.html"] != nil, "missing page at \(point)")
            try publish(new, to: output)
            #expect(try texts(output) == new, "not converged after \(point)")
            let left = try FileManager.default.contentsOfDirectory(atPath: output.path).filter { $0.hasPrefix(".") }
            #expect(left == [".noticeboard-manifest"], "left behind after \(point)")
            points = point
            if !failed { break }
        }
        #expect(points > 10)
    }

    /// The same where only one call fails and the process goes on, as on a full disk: it must not tidy away what the journal
    /// still needs, which the next command then carries out without building anything.
    @Test func aFailureInTheMiddleIsCompletedFromTheJournal() throws {
        let old = ["index.html": "old", "gone.html": "old"]
        let new = ["index.html": "new", "a.html": "new", "b.html": "new"]
        var completed = 0
        for point in 1... {
            let work = try TemporaryFolder()
            let output = work.url.appending(path: "public")
            try publish(old, to: output)
            let failing = FaultyDisk(failAt: point, once: true)
            let failed = (try? publish(new, to: output, disk: failing.disk)) == nil
            let hadJournal = FileManager.default.fileExists(atPath: output.appending(path: Journal.name).path)
            try Publisher(disk: .real, output: output.path).recover()
            #expect(try texts(output) == (hadJournal || !failed ? new : old), "half a site after \(point)")
            completed += hadJournal ? 1 : 0
            if !failed { break }
        }
        #expect(completed > 3)
    }

    /// Links in the output folder never lead our writing or deleting elsewhere.
    @Test func linksLeadNowhere() throws {
        let work = try TemporaryFolder()
        let files = FileManager.default
        let output = work.url.appending(path: "public")
        let victim = work.url.appending(path: "victim")
        try files.createDirectory(at: victim, withIntermediateDirectories: true)
        try "theirs".write(to: victim.appending(path: "page.html"), atomically: true, encoding: .utf8)
        try publish(["index.html": "1", "pages/page.html": "2"], to: output)
        try files.removeItem(at: output.appending(path: "pages"))
        try files.createSymbolicLink(at: output.appending(path: "pages"), withDestinationURL: victim)
        #expect(throws: Refusal.self) { try publish(["index.html": "1", "pages/page.html": "3"], to: output) }
        try files.removeItem(at: output.appending(path: "pages"))
        try files.createSymbolicLink(at: output.appending(path: ".noticeboard-new"), withDestinationURL: victim)
        try publish(["index.html": "4", "pages/page.html": "3"], to: output)
        #expect(try texts(victim) == ["page.html": "theirs"])
        #expect(try texts(output) == ["index.html": "4", "pages/page.html": "3"])
    }

    /// What cannot be replaced is found before the first step, not in the middle.
    @Test func folderInThePlaceOfAPageIsRefusedWhole() throws {
        let work = try TemporaryFolder()
        let output = work.url.appending(path: "public")
        try publish(["a.html": "1", "index.html": "1"], to: output)
        try FileManager.default.removeItem(at: output.appending(path: "index.html"))
        try FileManager.default.createDirectory(
            at: output.appending(path: "index.html"), withIntermediateDirectories: true)
        #expect(throws: Refusal.self) { try publish(["a.html": "2", "index.html": "2"], to: output) }
        #expect(try texts(output) == ["a.html": "1"])
        try FileManager.default.removeItem(at: output.appending(path: "index.html"))
        try publish(["a.html": "2", "index.html": "2"], to: output)
        #expect(try texts(output) == ["a.html": "2", "index.html": "2"])
    }

    /// A journal in a folder that is not ours is not carried out.
    @Test func foreignJournalIsLeftAlone() throws {
        let work = try TemporaryFolder()
        try "mine".write(to: work.url.appending(path: "mine.txt"), atomically: true, encoding: .utf8)
        let journal = Journal(writes: [], deletes: ["mine.txt"])
        try Data(journal.bytes).write(to: work.url.appending(path: Journal.name))
        #expect(throws: Refusal.self) { try publish(["index.html": "1"], to: work.url) }
        #expect(try texts(work.url) == ["mine.txt": "mine"])
    }

    @Test(arguments: ["../../x.html", "/x.html", "a\nb.html", "a/../../b.html", "a\u{0}"])
    func routeThatLeadsOutIsRefused(_ route: String) throws {
        let work = try TemporaryFolder()
        #expect(throws: Refusal.self) { try publish([route: "1"], to: work.url.appending(path: "public")) }
    }

    @Test func outputInsideOfTheSourcesIsRefused() throws {
        let work = try TemporaryFolder()
        let site = work.url.path
        for folder in ["content", "templates"] {
            try FileManager.default.createDirectory(atPath: "\(site)/\(folder)/x", withIntermediateDirectories: true)
            for output in ["\(site)/\(folder)", "\(site)/\(folder)/x", site] {
                #expect(throws: Refusal.self) { try Publisher.into(output, site: site, disk: .real) }
            }
        }
        _ = try Publisher.into("\(site)/public", site: site, disk: .real)
    }

    @Test func secondBuildWaitsOutside() throws {
        let work = try TemporaryFolder()
        let publisher = Publisher(disk: .real, output: work.url.path)
        let lock = try publisher.lock()
        #expect(throws: MachineFailure.self) { try publisher.lock() }
        lock.release()
        try publisher.lock().release()
    }

    @Test(arguments: ["../x", "/x", "a/../../x", "", "a//b", "./a"])
    func manifestLeadsNowhereElse(_ path: String) {
        let hash = String(repeating: "0", count: 64)
        #expect(Manifest(Array("noticeboard-manifest 1\n\(hash)  \(path)\n".utf8)) == nil)
        #expect(Journal(Array("noticeboard-journal 1\nd \(path)\nend\n".utf8)) == nil)
    }

    @Test func journalWithoutItsEndIsNotCarriedOut() {
        #expect(Journal(Array("noticeboard-journal 1\nd index.html\n".utf8)) == nil)
    }
}

/// A disk that fails at the n-th call that changes something, and at every later one unless it fails `once`.
private final class FaultyDisk: @unchecked Sendable {
    private var left: Int
    private let once: Bool

    init(failAt point: Int, once: Bool = false) {
        left = point
        self.once = once
    }

    private func step() throws {
        left -= 1
        if left == 0 { throw MachineFailure(path: "injected", code: 5) }
        if left < 0, !once { throw MachineFailure(path: "the process is gone", code: 5) }
    }

    var disk: Disk {
        var disk = Disk.real
        let real = Disk.real
        disk.write = { [self] in
            try step(); try real.write($0, $1, $2)
        }
        disk.rename = { [self] in
            try step(); try real.rename($0, $1)
        }
        disk.removeFile = { [self] in
            try step(); try real.removeFile($0)
        }
        disk.makeFolder = { [self] in
            try step(); try real.makeFolder($0)
        }
        disk.exchange = { [self] in
            try step(); return try real.exchange($0, $1)
        }
        return disk
    }
}
