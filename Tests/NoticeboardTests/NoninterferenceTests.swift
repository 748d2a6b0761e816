import Formats
import Testing

@testable import Noticeboard
@testable import Statistics

/// The guarantee as a reader meets it: a school whose raw data are replaced by any table that a reader could think of
/// publishes the very same bytes, on every page and in every download, and says the very same things in its log.
@Suite struct NoninterferenceTests {
    @Test(arguments: 0..<10)
    func otherTablesGiveTheSameSite(_ batch: Int) throws {
        var tried = 0
        var levels: Set<Level> = []
        for seed in 0..<20 {
            var random = SplitMix(state: UInt64(batch * 1000 + seed))
            let school = RandomSchool(&random)
            let first = school.build(school.reports)
            #expect(first.diagnostics.filter { $0.severity == .error } == [], "seed \(batch)/\(seed)")
            guard let other = school.replaced(first.renderer.site, &random) else { continue }
            tried += 1
            levels.formUnion(first.renderer.site.datasets.flatMap { $0.release.days.map(\.level) })
            #expect(other != school.reports, "the data are others")
            let second = school.build(other)
            #expect(first.diagnostics == second.diagnostics, "seed \(batch)/\(seed)")
            #expect(first.renderer.site.ledger.bytes == second.renderer.site.ledger.bytes, "seed \(batch)/\(seed)")
            #expect(Set(first.pages.keys) == Set(second.pages.keys))
            for (route, bytes) in first.pages {
                #expect(second.pages[route] == bytes, "seed \(batch)/\(seed): \(route)")
            }
        }
        #expect(tried > 10 && levels.contains(.full))
    }

    /// The test itself: a school that differs in a published step does differ.
    @Test func anotherStepIsSeen() {
        var random = SplitMix(state: 4)
        let school = RandomSchool(&random)
        var other = school.reports
        let path = "content/statistics/attendance/2026-11-19.csv"
        let lines = other[path]!.split(separator: "\n").map(String.init)
        let everybody = lines[1].split(separator: ",").map(String.init)
        let row = everybody.prefix(3) + ["0", everybody[2], "0", "0", "0", "0", "0"]
        other[path] = ([lines[0], row.joined(separator: ",")] + lines.dropFirst(2)).joined(separator: "\n")
        #expect(school.build(school.reports).pages != school.build(other).pages)
    }
}

/// A deterministic source of random numbers (Steele, Lea, Flood, “Fast splittable pseudorandom number generators”, 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// A school of random size, illness and approval, with three days of reports by class, grade and department.
private struct RandomSchool {
    private let units: [(grade: String, classes: [(name: String, roll: Int)])]
    private let isApproved: Bool
    /// Texts of the reports, by path.
    private(set) var reports: [String: String] = [:]

    private static let days = [18, 19, 20]

    init(_ random: inout SplitMix) {
        units = (0..<Int.random(in: 1...7, using: &random)).map { grade in
            let count = Int.random(in: 1...5, using: &random)
            return (
                "\(grade + 1)年级",
                (0..<count).map { index in
                    let isSmall = Int.random(in: 0..<8, using: &random) == 0
                    return ("\(grade + 1)-\(index + 1)", Int.random(in: isSmall ? 3...12 : 30...50, using: &random))
                }
            )
        }
        isApproved = Bool.random(using: &random)
        for day in RandomSchool.days {
            let rate = [0.0, 0.01, 0.03, 0.08, 0.5][Int.random(in: 0..<5, using: &random)]
            var attendance = ["年级,班级,应到,实到,发热,呼吸道,胃肠道,其他,隔离,请假"]
            var records = ["年级,应建,已建"]
            for (grade, classes) in units {
                for (name, roll) in classes where Int.random(in: 0..<20, using: &random) > 0 {
                    var causes = Array(repeating: 0, count: 6)
                    for _ in 0..<roll where Double.random(in: 0..<1, using: &random) < rate {
                        causes[[0, 0, 1, 2, 3, 4, 5, 5, 5].randomElement(using: &random)!] += 1
                    }
                    attendance.append(RandomSchool.row(grade, name, roll, causes))
                }
                let due = classes.reduce(0) { $0 + $1.roll }
                let missing = (0..<due).count { _ in Double.random(in: 0..<1, using: &random) < rate }
                records.append("\(grade),\(due),\(due - missing)")
            }
            var staff = ["部门,应到,实到"]
            for unit in 0..<5 {
                let count = Int.random(in: 2...12, using: &random)
                staff.append(
                    "\(unit)处,\(count),\(count - (0..<count).count { _ in Double.random(in: 0..<1, using: &random) < rate })"
                )
            }
            let date = "2026-11-\(day)"
            if attendance.count > 1 {
                reports["content/statistics/attendance/\(date).csv"] = attendance.joined(separator: "\n")
            }
            reports["content/statistics/records/\(date).csv"] = records.joined(separator: "\n")
            reports["content/statistics/staff/\(date).csv"] = staff.joined(separator: "\n")
        }
    }

    private static func row(_ grade: String, _ name: String, _ roll: Int, _ causes: [Int]) -> String {
        ([grade, name, "\(roll)", "\(roll - causes.reduce(0, +))"] + causes.map(String.init)).joined(separator: ",")
    }

    private static let datasets = """
        - id: attendance
          name: 学生出勤
          kind: persons
          team: isolation
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
          rules: ["enrolled - present = fever + respiratory + gastro + other + isolated + leave"]
          publish: {id: absent, label: 缺勤, done: 出勤, count: enrolled - present, of: enrolled, by: class, causes: [fever, respiratory, gastro, other, isolated]}
        - id: records
          name: 健康档案
          kind: persons
          team: isolation
          columns:
            - {id: grade, label: 年级, type: grade}
            - {id: due, label: 应建, type: persons}
            - {id: filed, label: 已建, type: persons}
          publish: {id: missing, label: 未建档, done: 已建档, count: due - filed, of: due, by: grade}
        - id: staff
          name: 教职工出勤
          kind: persons
          team: isolation
          columns:
            - {id: unit, label: 部门, type: text}
            - {id: enrolled, label: 应到, type: persons}
            - {id: present, label: 实到, type: persons}
          publish: {id: absent, label: 缺勤, count: enrolled - present, of: 60}
        """

    func build(_ reports: [String: String]) -> (
        pages: [String: [UInt8]], renderer: SiteRenderer, diagnostics: [Diagnostic]
    ) {
        let list = units.flatMap { grade, classes in classes.map { "\(grade),\($0.name),\($0.roll),2026-09-01,," } }
        var texts = reports
        texts["content/statistics/units.csv"] =
            (["grade,class,enrolled,from,until,aliases"] + list).joined(separator: "\n")
        texts["content/statistics/datasets.yml"] = RandomSchool.datasets
        texts["content/site.yml"] =
            "name: 校\naddress: https://x.example.cn/\ncategories: [{id: a, name: 类}]\n"
            + (isApproved ? "statistics: {illness_approved_by: 校长}\n" : "")
        texts["content/organisation.yml"] =
            "leading_group: {name: 领导小组, posts: [], duties: []}\noffices: []\ncontacts: []\n"
        texts["content/teams/isolation.md"] = "---\nid: isolation\nname: 隔离组\norder: 1\n---\n## 职责\n\n1. 隔离。\n"
        return Sample.build(
            SourceTree(texts.map { SourceTree.File(path: $0.key, bytes: Array($0.value.utf8)) }), jobs: 1)
    }

    /// The reports with every published day's counts replaced by a table that agrees with what was published of it, made
    /// for a random count at a random end; nil where nothing was published.
    func replaced(_ site: Site, _ random: inout SplitMix) -> [String: String]? {
        var result = reports
        for dataset in site.datasets {
            for day in dataset.release.days {
                let path = "content/statistics/\(day.dataset)/\(day.day).csv"
                if let witness = witness(day, &random) {
                    result[path] = text(reports[path]!, day.dataset, witness.table, witness.rows)
                }
            }
        }
        return result == reports ? nil : result
    }

    private func witness(_ day: ProtectedDay, _ random: inout SplitMix) -> (table: Witness, rows: [String])? {
        guard day.total.statement != nil else { return nil }
        let shape = day.shape
        let builder = WitnessBuilder(shape, day.statements(shape), day.level)
        var cells = shape.cells
        if !shape.causes.isEmpty {
            for unit in shape.cells where shape.roll(of: unit) < shape.roll {
                cells += shape.causes.indices.map { .cross(unit, $0) }
            }
        }
        for _ in 0..<10 {
            let cell = cells.randomElement(using: &random)!
            let value = Bool.random(using: &random) ? 0 : min(day.k - 1, shape.roll(of: cell))
            if let table = builder.witness(cell, value) {
                // Grades of a report by grade are the groups of the table, whatever it says of their classes.
                let isByClass = day.finest == .class
                let rows = shape.leaves.map { leaf in
                    isByClass ? leaf.part.map { shape.parts[$0].name } ?? "" : shape.groups[leaf.group].name
                }
                return (table, rows)
            }
        }
        return nil
    }

    private func text(_ report: String, _ dataset: String, _ table: Witness, _ rows: [String]) -> String {
        let lines = report.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
        return lines.enumerated().map { index, cells in
            if index == 0 { return cells.joined(separator: ",") }
            let name = dataset == "attendance" ? cells[1] : cells[0]
            let leaves = rows.indices.filter { rows[$0] == name }
            let count = leaves.reduce(0) { $0 + table.leaves[$1] }
            if dataset != "attendance" { return "\(cells[0]),\(cells[1]),\(Int(cells[1])! - count)" }
            var causes = Array(repeating: 0, count: 6)
            for leaf in leaves {
                // Without causes in the release, nobody can tell them: all are put on leave.
                if table.byCause[leaf].count == 1 {
                    causes[5] += table.byCause[leaf][0]
                } else {
                    for (cause, count) in table.byCause[leaf].enumerated() { causes[cause] += count }
                }
            }
            return RandomSchool.row(cells[0], name, Int(cells[2])!, causes)
        }.joined(separator: "\n")
    }
}
