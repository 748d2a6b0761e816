import Formats
import Foundation
import Testing

@testable import Noticeboard
@testable import NoticeboardCommand

@Suite struct MemoryTests {
    private static let program = Fingerprint("this program")

    private static func file(_ memory: Memory) -> [UInt8] {
        let content = memory.bytes
        return withUnsafeBytes(of: Fingerprint(content).value.littleEndian) { Array($0) } + content
    }

    private static var sample: Memory {
        var memory = Memory()
        memory.program = program
        (memory.boot, memory.output, memory.zone, memory.next) = ("boot", "/site/public", "Asia/Shanghai", "tomorrow")
        memory.places = [.init(path: "/site/public", stamp: FileStamp())]
        var paths = NameList()
        for path in ["content/a.md", "content/b.md"] { paths.append(path) }
        memory.inventory = Inventory(paths: paths, stamps: [FileStamp(), FileStamp()])
        memory.fingerprints = [1, 2]
        memory.notices = [nil, .init(facts: NoticeFacts(), start: 0, count: 9, seal: 3)]
        var routes = NameList()
        routes.append("a.html")
        memory.outputs = KeptOutputs(routes: routes, ends: [2], words: [4, 5])
        memory.files = 1
        memory.told = [Diagnostic(.warning, "x", in: "content/a.md", "字", "words", fix: .init("改", "fix"))]
        return memory
    }

    private func read(_ bytes: [UInt8], as program: Fingerprint = program) -> Memory? {
        bytes.withUnsafeBytes { Memory($0, program: program) }
    }

    @Test func whatIsRememberedComesBack() throws {
        let memory = try #require(read(MemoryTests.file(MemoryTests.sample)))
        #expect(memory.files == 1 && !memory.isHead)
        #expect(
            (memory.boot, memory.output, memory.zone, memory.next) == (
                "boot", "/site/public", "Asia/Shanghai", "tomorrow"
            ))
        #expect(memory.fingerprints == [1, 2] && memory.outputs.routes[0] == "a.html" && memory.notices[0] == nil)
        #expect(memory.inventory.paths[1] == "content/b.md" && memory.notices[1]?.count == 9)
        #expect(memory.told == MemoryTests.sample.told && memory.outputs.words == [4, 5])
    }

    /// Every way to cut it off, and every bit that can turn over.
    @Test func damageIsSeen() {
        let bytes = MemoryTests.file(MemoryTests.sample)
        for length in 0..<bytes.count { #expect(read(Array(bytes[..<length])) == nil, "cut off at \(length)") }
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= 1 << UInt8(index % 8)
            #expect(read(damaged) == nil, "bit of byte \(index)")
        }
    }

    @Test func otherProgramsMemoryIsNotUsed() {
        let memory = read(MemoryTests.file(MemoryTests.sample), as: Fingerprint("another program"))
        #expect(memory?.inventory.count == 0 && memory?.program != Fingerprint("another program"))
    }

    /// After an update nothing is told of damage.
    @Test func otherFormIsNoDamage() {
        var content = ByteWriter()
        content.put("noticeboard memory 0")
        content.put(MemoryTests.program.value)
        let bytes = withUnsafeBytes(of: Fingerprint(content.bytes).value.littleEndian) { Array($0) } + content.bytes
        let memory = read(bytes)
        #expect(memory != nil && memory?.program != MemoryTests.program)
    }

    /// The same site in the same folder: the second build reads no source and writes no page.
    @Test func secondBuildDoesNothing() throws {
        let work = try TemporaryFolder()
        let site = work.url.appending(path: "site")
        try FileManager.default.copyItem(at: Program.checkout.appending(path: "Tests/Golden/base/site"), to: site)
        func build(_ arguments: String...) throws -> (summary: String, times: [String: Date]) {
            let result = try Program.run("build", "--now", arguments.first ?? GoldenTests.now, in: site)
            #expect(result.status == 0, "\(result.errors)")
            let published = site.appending(path: "public")
            let times = try FileManager.default.subpathsOfDirectory(atPath: published.path).reduce(
                into: [String: Date]()
            ) {
                let attributes = try FileManager.default.attributesOfItem(atPath: published.appending(path: $1).path)
                $0[$1] = attributes[.modificationDate] as? Date
            }
            return (result.output, times)
        }
        let first = try build()
        _ = try build()
        let second = try build()
        #expect(second.summary.contains(" 0 written, 0 deleted"))
        #expect(second.times == first.times, "modification times stay")
        let memory = site.appending(path: ".noticeboard")
        let permissions = try FileManager.default.attributesOfItem(atPath: memory.path)[.posixPermissions] as? Int
        #expect(permissions == 0o700)
        // Where all else has rested, a build behind a change has nothing to remember anew.
        Thread.sleep(forTimeInterval: 2.5)
        _ = try build()
        let notice = site.appending(path: "content/notices/2026/second.md")
        try (Data(contentsOf: notice) + Data("\n再请注意。\n".utf8)).write(to: notice)
        #expect(try build().summary.contains(" 0 written") == false)
        let index = memory.appending(path: "index").path
        func written() throws -> Date? {
            try FileManager.default.attributesOfItem(atPath: index)[.modificationDate] as? Date
        }
        let remembered = try written()
        #expect(try build().summary.contains(" 0 written, 0 deleted"))
        #expect(try written() == remembered)
        try FileManager.default.removeItem(at: site.appending(path: "public/contacts.html"))
        #expect(try build().summary.contains(" 1 written, 0 deleted"), "a lost page comes back")
        #expect(try build("2026-11-24T08:30:00+08:00").summary.contains(" 0 written") == false, "time passes")
    }

    @Test func damagedMemoryIsToldAndBuiltAnew() throws {
        let work = try TemporaryFolder()
        let site = work.url.appending(path: "site")
        try FileManager.default.copyItem(at: Program.checkout.appending(path: "Tests/Golden/base/site"), to: site)
        #expect(try Program.run("build", "--now", GoldenTests.now, in: site).status == 0)
        let before = try snapshot(site.appending(path: "public"))
        try Data("nonsense".utf8).write(to: site.appending(path: ".noticeboard/index"))
        let result = try Program.run("build", "--now", GoldenTests.now, in: site)
        #expect(result.status == 0 && result.errors.contains("memory.damaged"))
        #expect(try snapshot(site.appending(path: "public")) == before)
        #expect(try Program.run("build", "--now", GoldenTests.now, in: site).errors == "")
    }
}
