import Formats
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

    private func load(_ lines: [String]) -> (ledger: Ledger, ids: [String]) {
        var diagnostics: [Diagnostic] = []
        let source = SourceFile(path: "ledger.csv", text: lines.joined(separator: "\n") + "\n")
        return (Ledger.load(source, into: &diagnostics), diagnostics.map(\.id))
    }

    @Test func comesBackAsItWas() {
        let (read, ids) = load(lines)
        #expect(
            ids == [] && read.bytes == ledger.bytes
                && read.releases["attendance"]?.days == ledger.releases["attendance"]?.days)
        #expect(read.releases["attendance"]?.days.count == 5)
        #expect(!read.hasNews && read.head == ledger.head)
    }

    /// Whatever happens to any line, it is noticed.
    @Test func everyChangeOfALineIsNoticed() {
        for index in 1..<lines.count {
            var changed = lines
            changed[index] = changed[index].replacing("<5", with: "5-9").replacing("unstated", with: "<5")
            if changed[index] != lines[index] { #expect(load(changed).ids == ["ledger.damaged"], "line \(index + 1)") }
            var shorter = lines
            shorter.remove(at: index)
            if index < lines.count - 1 { #expect(load(shorter).ids == ["ledger.damaged"], "without line \(index + 1)") }
            var moved = lines
            moved.swapAt(index, index == 1 ? 2 : index - 1)
            #expect(load(moved).ids.first == "ledger.damaged", "line \(index + 1) moved")
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
        for row in ledger.releases["attendance"]!.days[0].rows(build: "2026-11-22T00:00:00+08:00") {
            doubled.append(row)
        }
        let text = String(decoding: doubled.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(load(text).ids == ["ledger.contradiction"])
    }

    @Test func noRowLooksLikeATelephoneNumber() {
        for line in lines { #expect(line.split(separator: ",").last?.allSatisfy(\.isLetter) ?? false) }
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
        var unsafe = Ledger.empty
        for row in ledger.rows.prefix(while: { $0.day == ledger.rows[0].day }) {
            let isTotal = row.group.isEmpty && row.measure == "absent"
            unsafe.append(
                Ledger.Row(
                    day: row.day, dataset: row.dataset, group: row.group, part: row.part, measure: row.measure,
                    word: isTotal ? .says(Statement(low: 3, high: 3)) : row.word, roll: row.roll,
                    template: row.template,
                    k: row.k, build: row.build))
        }
        var diagnostics: [Diagnostic] = []
        _ = LedgerAudit(
            unsafe, [], classes: .empty, safeguards: Safeguards(), days: SampleSchool.day(1)...SampleSchool.day(30),
            into: &diagnostics)
        #expect(diagnostics.map(\.id) == ["audit.unproved"])
    }
}
