import Foundation
import Statistics
import Testing

@testable import Noticeboard

/// The ledger as the commands keep it.
@Suite struct LedgerFileTests {
    private static let ledger = "content/statistics/ledger/2026.txt"
    private static let report = "content/statistics/attendance/2026-11-20.csv"

    private func school() throws -> TemporaryFolder {
        let work = try TemporaryFolder()
        try FileManager.default.copyItem(
            at: Program.checkout.appending(path: "content"), to: work.url.appending(path: "content"))
        return work
    }

    private func run(_ command: String, _ arguments: String..., in folder: URL) throws -> Program.Result {
        switch arguments.count {
        case 0: try Program.run(command, "--now", GoldenTests.now, in: folder)
        default: try Program.run(command, arguments[0], arguments[1], "--now", GoldenTests.now, in: folder)
        }
    }

    @Test func sampleSchoolPassesItsAudit() throws {
        let work = try school()
        let result = try run("audit", in: work.url)
        #expect(result.status == 0 && result.errors == "" && result.output.contains("70 days agree"))
        let part = try run("audit", "--from", "2026-11-20", in: work.url)
        #expect(part.status == 0 && part.output.contains("7 days agree"))
    }

    @Test func auditFindsACorrectedReport() throws {
        let work = try school()
        let file = work.url.appending(path: LedgerFileTests.report)
        let text = try String(contentsOf: file, encoding: .utf8)
        let lines = text.split(separator: "\n").map(String.init)
        let cells = lines[1].split(separator: ",").map(String.init)
        let row = cells.prefix(3) + ["0", cells[2], "0", "0", "0", "0", "0"]
        try ([lines[0], row.joined(separator: ",")] + lines.dropFirst(2)).joined(separator: "\n")
            .write(to: file, atomically: true, encoding: .utf8)
        let result = try run("audit", in: work.url)
        #expect(result.status == 1 && result.errors.contains("[audit.differs]"))
    }

    /// Published from an empty ledger: the ledger is written; elsewhere it is not, and that is told.
    @Test func onlyTheOwnOutputIsRemembered() throws {
        let work = try school()
        let ledger = work.url.appending(path: LedgerFileTests.ledger)
        try FileManager.default.removeItem(at: ledger)
        let preview = try run("build", "-o", "elsewhere", in: work.url)
        #expect(preview.status == 0 && preview.errors.contains("[ledger.not-remembered]"))
        #expect(!FileManager.default.fileExists(atPath: ledger.path))
        #expect(try run("build", in: work.url).status == 0)
        #expect(FileManager.default.fileExists(atPath: ledger.path))
    }

    /// Without the ledger of the published site nothing goes on, whatever the command and the output.
    @Test func lostLedgerStopsEverything() throws {
        let work = try school()
        #expect(try run("build", in: work.url).status == 0)
        let published = try snapshot(work.url.appending(path: "public"))
        let ledger = work.url.appending(path: LedgerFileTests.ledger)
        let text = try String(contentsOf: ledger, encoding: .utf8)
        try text.split(separator: "\n").dropLast(3).joined(separator: "\n").appending("\n")
            .write(to: ledger, atomically: true, encoding: .utf8)
        for result in [
            try run("build", in: work.url), try run("build", "-o", "elsewhere", in: work.url),
            try run("check", in: work.url), try run("audit", in: work.url),
        ] {
            #expect(result.status == 1 && result.errors.contains("[ledger.lost]"))
        }
        #expect(try snapshot(work.url.appending(path: "public")) == published)
    }

    /// Seven days make a mean, with the weekend between them and nothing in its place.
    @Test func meanSkipsTheWeekend() throws {
        let site = Sample.build(Sample.tree).renderer.site
        let dataset = try #require(site.datasets.first { $0.definition.id == "attendance" })
        let summary = try #require(ReleaseSummary(dataset))
        let days = dataset.release.days
        #expect(days.map(\.day.day) == [9, 10, 11, 12, 13, 16, 17, 18, 19, 20])
        let week = days[1...7].compactMap { $0.total.statement }
        let low = week.reduce(0) { $0 + $1.low }
        let high = week.reduce(0) { $0 + ($1.high ?? 0) }
        func tenths(_ sum: Int) -> String { String(format: "%.1f", (Double(sum) / 7 * 10).rounded() / 10) }
        #expect(summary.average(upTo: days[7]) == "\(tenths(low))–\(tenths(high))人")
        #expect(summary.average(upTo: days[5]) == nil, "six days are too few")
    }
}
