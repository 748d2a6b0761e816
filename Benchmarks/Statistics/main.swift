import Formats
import Foundation
import Statistics

// Times the protection of a simulated school's reports: reading them, releasing all days at once into an empty ledger,
// one more day into a full one, and verifying the whole ledger again. Prints milliseconds, the median of five runs.
//
// usage: statistics-benchmark SITE (made by Benchmarks/simulate_school.py)

let folder = CommandLine.arguments.count > 1 ? CommandLine.arguments[1] : "."

func source(_ path: String) throws -> SourceFile {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/content/\(path)"))
    return SourceFile(path: "content/\(path)", bytes: Array(data))
}

func median(_ body: () throws -> Void) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<5 {
        let start = DispatchTime.now().uptimeNanoseconds
        try body()
        times.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6)
    }
    return times.sorted()[2]
}

var found: [Diagnostic] = []
let classes = ClassList.load(try source("statistics/units.csv"), into: &found)
let definition = DatasetDefinition.load(try source("statistics/datasets.yml"), into: &found)[0]
let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/content/statistics/attendance").sorted()
let files = try names.map { try source("statistics/attendance/\($0)") }
let safeguards = {
    var safeguards = Safeguards()
    safeguards.illnessApprovedBy = "校长"
    return safeguards
}()
let end = LocalTime(Day(year: 2027, month: 1, day: 1)!)

func read(_ files: [SourceFile]) -> [PersonReport] {
    var diagnostics: [Diagnostic] = []
    return files.map { file in
        guard case .day(let day) = DateReading(String(file.path.suffix(14).dropLast(4))) else { fatalError(file.path) }
        return PersonReport.read(file, definition, classes: classes, day: day, into: &diagnostics)
    }
}

func release(_ reports: [PersonReport], _ ledger: Ledger) -> Release {
    var diagnostics: [Diagnostic] = []
    return Release(
        [(definition, reports)], classes: classes, safeguards: safeguards, ledger: ledger, now: end,
        build: "2027-01-01T00:00:00+08:00", into: &diagnostics)
}

let reports = read(files)
let full = release(reports, .empty)
let almost = release(Array(reports.dropLast()), .empty)
let everything = Day(year: 1, month: 1, day: 1)!...Day(year: 9999, month: 1, day: 1)!
print("days \(reports.count), ledger \(full.ledger.bytes.count) bytes")
print("read \(median { _ = read(files) })")
print("protect \(median { _ = release(reports, .empty) })")
print("new-day \(median { _ = release(Array(reports.suffix(1)), almost.ledger) })")
print("unchanged \(median { _ = release(reports, full.ledger) })")
let audit = median {
    var diagnostics: [Diagnostic] = []
    _ = LedgerAudit(
        full.ledger, [(definition, reports)], classes: classes, safeguards: safeguards, days: everything,
        into: &diagnostics)
}
print("audit \(audit)")
