import Formats
import Foundation
import Noticeboard
import Statistics

// Lets a school's ledger grow day by day through the code that a build uses: reading reports, releasing what is due, adding
// to the yearly file and writing it. Pages are not made, so that ten years take seconds.
//
// usage: grow-ledger SITE REPORTS
// REPORTS/DAY/DATASET/REPORTED-DAY.csv is what was handed in on a day; its build is at 18:00.

let (site, reports) = (CommandLine.arguments[1], CommandLine.arguments[2])

func names(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { !$0.hasPrefix(".") }.sorted()
}

func source(_ path: String, below folder: String) throws -> SourceFile {
    SourceFile(path: path, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)"))))
}

func day(_ text: String) -> Day {
    guard case .day(let day) = DateReading(text) else { fatalError(text) }
    return day
}

var found: [Diagnostic] = []
let classes = ClassList.load(try source(ClassList.file, below: site), into: &found)
let definitions = DatasetDefinition.load(try source(DatasetDefinition.file, below: site), into: &found)
var safeguards = Safeguards()
safeguards.illnessApprovedBy = "校长"

func handedIn(
    _ folder: String, _ definition: DatasetDefinition, into found: inout [Diagnostic]
) throws -> [PersonReport] {
    guard definition.kind == .persons else { return [] }
    return try names("\(reports)/\(folder)/\(definition.id)").map { name in
        let file = try source("\(folder)/\(definition.id)/\(name)", below: reports)
        return PersonReport.read(
            SourceFile(path: definition.folder + name, bytes: file.bytes), definition, classes: classes,
            day: day(String(name.dropLast(4))), into: &found)
    }
}

try FileManager.default.createDirectory(
    atPath: "\(site)/\(Ledger.folder)", withIntermediateDirectories: true)
let files = try names("\(site)/\(Ledger.folder)").map { try source(Ledger.folder + $0, below: site) }
var ledger = Ledger.load(files, into: &found)
for folder in names(reports) {
    let today = try definitions.map { (definition: $0, days: try handedIn(folder, $0, into: &found)) }
    ledger =
        Release(
            today, classes: classes, safeguards: safeguards, ledger: ledger,
            now: LocalTime(day(folder), secondOfDay: 18 * 3600), build: "\(folder)T18:00:00+08:00", into: &found
        ).ledger
    if let news = ledger.news {
        try Data(news.bytes).write(to: URL(fileURLWithPath: "\(site)/\(news.path)"))
    }
    let errors = found.filter { $0.severity == .error }
    if !errors.isEmpty { fatalError("\(folder): \(errors)") }
    found = []
}
