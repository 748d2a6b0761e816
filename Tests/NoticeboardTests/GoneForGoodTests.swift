import Foundation
import Testing

@testable import NoticeboardCommand

/// What was taken back is gone, whatever happened to its file meanwhile; and nothing but plain files is read.
@Suite struct GoneForGoodTests {
    private static let now = ["--now", "2026-11-23T08:30:00+08:00"]
    private static let page = "public/notices/2026/second.html"

    /// The base site, published; what is done to the page of a notice; the notice removed, and published again.
    private func removed(_ touch: (URL) throws -> Void, then check: (_ status: Int32, _ page: URL) throws -> Void)
        throws
    {
        let folder = try TemporaryFolder()
        let site = folder.url.appending(path: "site")
        try FileManager.default.copyItem(at: Program.checkout.appending(path: "Tests/Golden/base/site"), to: site)
        #expect(try Program.run(["build"] + GoneForGoodTests.now, in: site).status == 0)
        let page = site.appending(path: GoneForGoodTests.page)
        #expect(FileManager.default.fileExists(atPath: page.path))
        try touch(page)
        let notice = site.appending(path: "content/notices/2026/second.md")
        let text = try String(contentsOf: notice, encoding: .utf8)
        try text.replacingOccurrences(of: "---\n标题", with: "---\n状态: 移除\n标题")
            .write(to: notice, atomically: true, encoding: .utf8)
        try check(Program.run(["build"] + GoneForGoodTests.now, in: site).status, page)
    }

    @Test func touchedPageGoesWithItsNotice() throws {
        try removed { page in
            let text = try String(contentsOf: page, encoding: .utf8)
            try (text + "\n").write(to: page, atomically: true, encoding: .utf8)
        } then: { status, page in
            #expect(status == 0 && !FileManager.default.fileExists(atPath: page.path))
        }
    }

    /// A link that somebody put in the page's place goes, and what it leads to stays.
    @Test func linkInItsPlaceGoes() throws {
        var other = URL(fileURLWithPath: "/")
        try removed { page in
            other = page.deletingLastPathComponent().appending(path: "../../../elsewhere.html").standardizedFileURL
            try FileManager.default.moveItem(at: page, to: other)
            try FileManager.default.createSymbolicLink(at: page, withDestinationURL: other)
        } then: { status, page in
            let isThere = (try? FileManager.default.destinationOfSymbolicLink(atPath: page.path)) != nil
            #expect(status == 0 && !isThere && FileManager.default.fileExists(atPath: other.path))
        }
    }

    /// A folder is nobody's page: publication says so and changes nothing.
    @Test func folderInItsPlaceIsTold() throws {
        try removed { page in
            try FileManager.default.removeItem(at: page)
            try FileManager.default.createDirectory(at: page, withIntermediateDirectories: false)
        } then: { status, _ in
            #expect(status == 2)
        }
    }

    @Test func onlyPlainFilesAreRead() throws {
        let folder = try TemporaryFolder()
        let (file, link, pipe) = ("\(folder.url.path)/a", "\(folder.url.path)/b", "\(folder.url.path)/c")
        try "甲".write(toFile: file, atomically: true, encoding: .utf8)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(try Disk.real.readSource(file)?.bytes == Array("甲".utf8))
        #expect(try Disk.real.readSource(link) == nil && Disk.real.readSource(pipe) == nil)
        #expect(throws: MachineFailure.self) { try Disk.real.read(pipe) }
    }

    /// Through a link our files would land elsewhere.
    @Test func privateFolderIsNoLink() throws {
        let folder = try TemporaryFolder()
        let (target, link) = ("\(folder.url.path)/target", "\(folder.url.path)/link")
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        #expect(throws: MachineFailure.self) { try Disk.real.makePrivateFolder(link) }
    }
}
