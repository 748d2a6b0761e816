import Formats

@testable import Statistics

/// A small school whose days are given as counts.
struct SampleSchool {
    /// Classes by grade, with their rolls.
    var grades: [(name: String, rolls: [Int])] = [
        ("一年级", [40, 41, 42]), ("二年级", [43, 40, 44]), ("三年级", [45, 46, 41]),
    ]
    var safeguards = Safeguards()
    var ledger = Ledger.empty
    var diagnostics: [Diagnostic] = []
    /// Lines of units.csv; made from `grades` where empty.
    var units = ""
    /// Reports by day.
    private var reports: [Day: String] = [:]

    static let causes = ["fever", "respiratory", "gastro", "other", "isolated", "leave"]

    static let definition = load(
        """
        - id: attendance
          name: 学生出勤
          kind: persons
          team: emergency
          columns:
            - {id: grade, label: 年级, type: grade}
            - {id: class, label: 班级, type: class}
            - {id: enrolled, label: 应到, type: persons}
            - {id: present, label: 实到, type: persons}
            - {id: fever, label: 发热, type: persons}
            - {id: respiratory, label: 呼吸道, type: persons}
            - {id: gastro, label: 胃肠道, type: persons}
            - {id: other, label: 其他, type: persons}
            - {id: isolated, label: 隔离, type: persons}
            - {id: leave, label: 请假, type: persons}
          rules:
            - present <= enrolled
            - enrolled - present = fever + respiratory + gastro + other + isolated + leave
          publish:
            id: absent
            label: 缺勤
            done: 出勤
            count: enrolled - present
            of: enrolled
            by: class
            causes: [fever, respiratory, gastro, other, isolated]
        """)[0]

    static func load(_ text: String) -> [DatasetDefinition] {
        var diagnostics: [Diagnostic] = []
        let definitions = DatasetDefinition.load(SourceFile(path: "datasets.yml", text: text), into: &diagnostics)
        precondition(diagnostics == [], "\(diagnostics)")
        return definitions
    }

    init(approved: Bool = false) { safeguards.illnessApprovedBy = approved ? "校长" : nil }

    static func name(_ grade: Int, _ index: Int) -> String { "\(grade + 1)-\(index + 1)" }

    static func day(_ day: Int) -> Day { Day(year: 2026, month: 11, day: day)! }

    var classes: ClassList {
        var lines = grades.enumerated().flatMap { grade, entry in
            entry.rolls.enumerated().map { "\(entry.name),\(SampleSchool.name(grade, $0)),\($1),2026-09-01,," }
        }.joined(separator: "\n")
        if !units.isEmpty { lines = units }
        var ignored: [Diagnostic] = []
        let text = "grade,class,enrolled,from,until,aliases\n" + lines
        let list = ClassList.load(SourceFile(path: "content/statistics/units.csv", text: text), into: &ignored)
        precondition(ignored == [], "\(ignored)")
        return list
    }

    /// Reports a day: for each class the absent by cause (`SampleSchool.causes`), zero where none are given; a class of nil
    /// has not reported.
    mutating func report(_ day: Int, _ counts: [String: [Int]?]) {
        let date = SampleSchool.day(day)
        var lines = ["年级,班级,应到,实到,发热,呼吸道,胃肠道,其他,隔离,请假"]
        let classes = classes
        for (grade, members) in UnitsOfDay(classes, on: date).grades {
            for unit in members {
                guard let given = counts[unit.name, default: []] else { continue }
                let causes = given + Array(repeating: 0, count: SampleSchool.causes.count - given.count)
                let present = unit.roll - causes.reduce(0, +)
                lines.append(
                    "\(grade.name),\(unit.name),\(unit.roll),\(present),"
                        + causes.map(String.init).joined(separator: ","))
            }
        }
        reports[date] = lines.joined(separator: "\n")
    }

    /// A day of absences on leave, class after class.
    mutating func report(_ day: Int, leave: [Int]) {
        let names = UnitsOfDay(classes, on: SampleSchool.day(day)).classNames
        report(day, Dictionary(uniqueKeysWithValues: zip(names, leave).map { ($0, [0, 0, 0, 0, 0, $1]) }))
    }

    static func files(of ledger: Ledger) -> [SourceFile] {
        ledger.years.map { SourceFile(path: $0.path, bytes: $0.bytes) }
    }

    var personReports: [PersonReport] {
        var found: [Diagnostic] = []
        return reports.keys.sorted().map { day in
            PersonReport.read(
                SourceFile(path: "content/statistics/attendance/\(day).csv", text: reports[day]!),
                SampleSchool.definition,
                classes: classes, day: day, into: &found)
        }
    }

    /// Releases what is due in the evening of a day.
    @discardableResult
    mutating func build(_ day: Int, hour: Int = 18) -> [ProtectedDay] {
        var found: [Diagnostic] = []
        let now = LocalTime(SampleSchool.day(day), secondOfDay: hour * 3600)
        let release = Release(
            [(SampleSchool.definition, personReports)], classes: classes, safeguards: safeguards, ledger: ledger,
            now: now,
            build: "2026-11-\(day)T\(hour):00:00+08:00", into: &found)
        diagnostics += found
        // Through its file, as every build reads it.
        var damage: [Diagnostic] = []
        ledger = Ledger.load(SampleSchool.files(of: release.ledger), into: &damage)
        precondition(damage == [], "\(damage)")
        return release.releases["attendance"]?.days ?? []
    }
}

extension ProtectedDay {
    /// The statement of a line, by its unit's or cause's name; the school's for none.
    func mark(_ name: String = "") -> String {
        let lines = [total] + causes + groups.flatMap { [$0.line] + $0.parts }
        guard let line = lines.first(where: { $0.name == name }) else { return "no line" }
        return line.statement?.mark ?? (line.isMissing ? "missing" : "unstated")
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
