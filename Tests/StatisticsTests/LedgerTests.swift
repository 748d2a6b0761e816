import Formats
import Foundation
import Testing

@testable import Statistics

@Suite struct LedgerTests {
    private let ledger: Ledger = {
        var school = SampleSchool(approved: true)
        for day in 16...20 { school.report(day, leave: [0, 4, 5, 9, 10, 2, 0, 0, day % 3]) }
        school.build(20)
        school.report(18, leave: [0, 4, 15, 9, 10, 2, 0, 0, 0])
        school.build(21)
        return school.ledger
    }()

    private var lines: [String] {
        String(decoding: ledger.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func load(_ lines: [String], end: String = "\n") -> (ledger: Ledger, ids: [String]) {
        var diagnostics: [Diagnostic] = []
        let text = lines.map { $0 + end }.joined()
        let source = SourceFile(path: "content/statistics/ledger/2026.txt", text: text)
        return (Ledger.load([source], into: &diagnostics), diagnostics.map(\.id))
    }

    @Test func comesBackAsItWas() {
        let (read, ids) = load(lines)
        #expect(
            ids == [] && read.bytes == ledger.bytes
                && read.releases["attendance"]?.days == ledger.releases["attendance"]?.days)
        #expect(read.releases["attendance"]?.days.count == 5)
        #expect(!read.hasNews && read.head == ledger.head)
    }

    /// A copy through a mail program or git on Windows is no damage.
    @Test func lineEndsDoNotMatter() {
        let (read, ids) = load(lines, end: "\r\n")
        #expect(ids == [] && read.head == ledger.head)
    }

    /// Whatever happens to any line, it is noticed.
    @Test func everyChangeOfALineIsNoticed() {
        for index in lines.indices {
            for (character, other) in [("0", "1"), (".", "0"), ("\t", " "), ("1", "2")] {
                var changed = lines
                changed[index] = changed[index].replacing(character, with: other)
                if changed[index] != lines[index] { #expect(load(changed).ids == ["ledger.damaged"], "\(index + 1)") }
            }
            var shorter = lines
            shorter.remove(at: index)
            if index < lines.count - 1 { #expect(load(shorter).ids == ["ledger.damaged"], "without line \(index + 1)") }
            var moved = lines
            moved.swapAt(index, index == 0 ? 1 : index - 1)
            #expect(load(moved).ids.first == "ledger.damaged", "line \(index + 1) moved")
        }
    }

    /// A file that was cut off within its last line.
    @Test func cutOffLineIsNoticed() {
        let bytes = ledger.bytes
        for count in bytes.count - 20..<bytes.count {
            var diagnostics: [Diagnostic] = []
            let source = SourceFile(path: "content/statistics/ledger/2026.txt", bytes: Array(bytes[..<count]))
            _ = Ledger.load([source], into: &diagnostics)
            #expect(diagnostics.map(\.id) == ["ledger.damaged"], "\(count)")
        }
    }

    /// The end can be cut off without a trace in the file itself; the head that the site remembers tells.
    @Test func shortLedgerDoesNotHoldTheHead() throws {
        let head = try #require(ledger.head)
        for count in 1..<lines.count {
            let (shorter, ids) = load(Array(lines.prefix(count)))
            #expect(ids == [] && !shorter.contains(head))
        }
        #expect(load(lines).ledger.contains(head))
    }

    @Test func secondPublicationOfADayIsAContradiction() {
        var doubled = ledger
        doubled.publish(ledger.releases["attendance"]!.days[0], build: "2026-11-22T00:00:00+08:00")
        let text = String(decoding: doubled.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(load(text).ids == ["ledger.contradiction"])
    }

    @Test func noChecksumLooksLikeATelephoneNumber() {
        for line in lines { #expect(line.split(separator: "\t").last?.allSatisfy(\.isLetter) ?? false) }
    }

    @Test func auditProvesEveryPublication() {
        var diagnostics: [Diagnostic] = []
        let audit = LedgerAudit(
            ledger, [], classes: .empty, safeguards: Safeguards(),
            days: SampleSchool.day(1)...SampleSchool.day(30), into: &diagnostics)
        #expect(diagnostics == [] && audit.publications >= 5 && audit.protectedCounts > 300 && audit.tables > 20)
    }

    /// A ledger that says too much is found out.
    @Test func auditFindsAnUnsafePublication() {
        let day = ledger.releases["attendance"]!.days[0]
        let total = ProtectedDay.Line(
            name: "", statement: Statement(low: 3, high: 3), roll: day.total.roll, isMissing: false)
        var unsafe = Ledger.empty
        unsafe.publish(
            ProtectedDay(
                day: day.day, dataset: day.dataset, measure: day.measure, level: day.level, k: day.k,
                finest: day.finest,
                total: total, causes: day.causes, hasRest: day.hasRest, groups: day.groups),
            build: "2026-11-16T18:00:00+08:00")
        var found: [Diagnostic] = []
        let read = Ledger.load(SampleSchool.files(of: unsafe), into: &found)
        #expect(found == [] && read.releases["attendance"]?.days.first?.total == total)
        _ = LedgerAudit(
            read, [], classes: .empty, safeguards: Safeguards(), days: SampleSchool.day(1)...SampleSchool.day(30),
            into: &found)
        #expect(found.map(\.id) == ["audit.unproved"])
    }

    /// Every word that a cell can have, and rolls that do not follow from the units, come back.
    @Test func oddDaysComeBack() {
        typealias Line = ProtectedDay.Line
        func line(_ name: String, _ low: Int?, _ high: Int?, _ roll: Int?, missing: Bool = false) -> Line {
            Line(name: name, statement: low.map { Statement(low: $0, high: high) }, roll: roll, isMissing: missing)
        }
        let groups = [
            ProtectedDay.Group(
                line: line("一 年级", 40, nil, 99),
                parts: [line("甲*2", 0, 4, 20), line("乙", nil, nil, nil, missing: true)]),
            ProtectedDay.Group(line: line("二年级", nil, nil, nil, missing: true), parts: []),
            ProtectedDay.Group(line: line("三年级", 7, 12, 30), parts: []),
        ]
        var ledger = Ledger.empty
        let days = (1...3).map { number in
            ProtectedDay(
                day: SampleSchool.day(number), dataset: "a", measure: "m", level: number == 2 ? .nothing : .full, k: 5,
                finest: .class, total: line("", 10, 14, number == 3 ? nil : 150),
                causes: number == 1 ? [] : [line("c", 0, 4, 150)], hasRest: number == 2,
                groups: number == 3 ? [] : groups)
        }
        for day in days { ledger.publish(day, build: "2026-11-\(day.day.day)T08:00:00+08:00") }
        var found: [Diagnostic] = []
        let read = Ledger.load(SampleSchool.files(of: ledger), into: &found)
        #expect(found == [] && read.releases["a"]?.days == days)
    }

    /// What is published in another year begins another file, which names the end of the one before.
    @Test func eachYearHasItsFile() throws {
        var ledger = ledger
        let day = try #require(ledger.releases["attendance"]?.days.first)
        ledger.withdraw(day, build: "2028-02-01T08:00:00+08:00")
        // A clock that is slow does not reopen what is closed.
        ledger.publish(day, build: "2026-12-01T08:00:00+08:00")
        var files = SampleSchool.files(of: ledger)
        #expect(files.map(\.path) == [2026, 2028].map { "content/statistics/ledger/\($0).txt" })
        #expect(files[0].bytes == self.ledger.bytes)
        var found: [Diagnostic] = []
        #expect(Ledger.load(files, into: &found).head == ledger.head && found == [])
        files.removeFirst()
        _ = Ledger.load(files, into: &found)
        #expect(found.map(\.id) == ["ledger.damaged"])
    }
}

/// The ledger of earlier versions of the program: as one of them wrote it, with a day that was taken back.
@Suite struct FormerLedgerTests {
    private let rows: SourceFile = {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Former/ledger.csv")
        return SourceFile(path: "content/statistics/ledger.csv", bytes: Array(try! Data(contentsOf: url)))
    }()
    private let build = "2027-01-04T08:00:00+08:00"

    private func load(_ files: [SourceFile], _ rows: SourceFile?) -> (ledger: Ledger, ids: [String]) {
        var found: [Diagnostic] = []
        let ledger = Ledger.load(files, rows: rows, into: &found)
        return (ledger, found.map(\.id))
    }

    private var next: ProtectedDay {
        let day = load([], rows).ledger.releases["attendance"]!.days[1]
        return ProtectedDay(
            day: Day(year: 2027, month: 1, day: 4)!, dataset: day.dataset, measure: day.measure, level: day.level,
            k: day.k, finest: day.finest, total: day.total, causes: day.causes, hasRest: day.hasRest, groups: day.groups
        )
    }

    @Test func isRead() throws {
        let (ledger, ids) = load([], rows)
        #expect(ids == [] && !ledger.hasNews && ledger.news == nil)
        let head = try #require(ledger.head)
        #expect(head == Ledger.Head(form: .rows, count: 117, check: "jfhlbjkghokeodlk") && ledger.contains(head))
        let days = try #require(ledger.releases["attendance"]?.days)
        #expect(days.count == 2 && days[0].isWithdrawn && days[1].mark() != "no line")
    }

    /// Once something is published, all of it stands in the yearly file, and whatever site was published before is known.
    @Test func isCarriedOver() throws {
        var (ledger, _) = load([], rows)
        let before = ledger.releases
        ledger.publish(next, build: build)
        let files = SampleSchool.files(of: ledger)
        #expect(files.count == 1 && ledger.news?.path == "content/statistics/ledger/2027.txt")
        #expect(files[0].bytes.count * 3 < rows.bytes.count)
        // With the former file, as after a build that was cut off, and without it.
        for left in [rows, nil] {
            let (read, ids) = load(files, left)
            #expect(ids == [] && read.head == ledger.head && !read.hasNews)
            for (dataset, release) in before {
                #expect(Array((read.releases[dataset]?.days ?? []).prefix(release.days.count)) == release.days)
            }
            for (index, line) in String(decoding: rows.bytes, as: UTF8.self).split(separator: "\n").enumerated()
                .dropFirst()
            {
                let check = String(line.split(separator: ",").last!)
                #expect(read.contains(.init(form: .rows, count: index, check: check)), "row \(index)")
                #expect(!read.contains(.init(form: .rows, count: index, check: "x")))
            }
        }
    }

    @Test func anotherOneBesideTheYearsIsAnError() {
        var (ledger, _) = load([], rows)
        ledger.publish(next, build: build)
        let shorter = SourceFile(
            path: rows.path,
            text: rows.text(0..<rows.bytes.count).split(separator: "\n").prefix(20).map { $0 + "\n" }.joined())
        #expect(load(SampleSchool.files(of: ledger), shorter).ids == [], "an old copy says nothing else")
        var other = Ledger.empty
        other.publish(next, build: build)
        #expect(load(SampleSchool.files(of: other), rows).ids == ["ledger.second"])
    }

    @Test func everyChangeOfARowIsNoticed() {
        let lines = rows.text(0..<rows.bytes.count).split(separator: "\n").map(String.init)
        for index in lines.indices {
            for (text, other) in [("<5", "5-9"), ("unstated", "<5"), ("2026", "2027")] {
                var changed = lines
                changed[index] = changed[index].replacing(text, with: other)
                if changed == lines { continue }
                let source = SourceFile(path: rows.path, text: changed.map { $0 + "\n" }.joined())
                #expect(load([], source).ids == ["ledger.damaged"], "row \(index)")
            }
        }
    }
}
