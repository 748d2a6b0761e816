import Formats

/// One day's raw report as a shape and its counts. It never leaves this target.
struct DayTable {
    let definition: DatasetDefinition
    let publication: DatasetDefinition.Publication
    var report: PersonReport
    let classes: ClassList
    let safeguards: Safeguards

    var hasClasses: Bool { definition.columns.contains { $0.kind == .class } }

    /// Whether it is known who has to report.
    var hasUnits: Bool { hasClasses || definition.columns.contains { $0.kind == .grade } }

    /// Units that were asked to report, each with its parts; those that are no classes or grades report what they are.
    var expected: [(unit: Shape.Unit, parts: [Shape.Unit])] {
        if !hasUnits { return departments }
        return classes.grades(on: report.day).map { grade in
            let members = classes.members(of: grade, on: report.day)
            return (Shape.Unit(name: grade, roll: members.reduce(0) { $0 + $1.roll }), members)
        }
    }

    /// The shape of what was reported, and its counts.
    var shapeAndCounts: (shape: Shape, counts: Counts) {
        let reported = Set(report.reported)
        var source = Shape.Source()
        var groups: [Int] = []
        var parts: [Int] = []
        let (sums, groupSums) = (self.sums, self.groupSums)
        for (unit, members) in expected {
            let present = hasClasses ? members.filter { reported.contains($0.name) } : members
            if hasClasses ? present.isEmpty : hasUnits && !reported.contains(unit.name) { continue }
            let roll = hasClasses ? present.reduce(0) { $0 + $1.roll } : unit.roll
            source.groups.append((Shape.Unit(name: unit.name, roll: roll), present))
            if hasClasses { parts += present.map { sums[$0.name] ?? 0 } }
            groups.append(groupSums[unit.name] ?? 0)
        }
        if !hasUnits, publication.roll == nil { source.roll = Shape.unknownRoll }
        source.causes = causes.map { definition.columns[$0].id }
        source.hasRest = publication.hasRest && !causes.isEmpty
        source.listsGroups = publication.finest != .school
        source.listsParts = publication.finest == .class
        let shape = Shape(source, width: safeguards.k)
        return (
            shape,
            Counts(
                parts: parts, groups: groups, causes: causes.map(total), total: total, shape)
        )
    }

    /// The day as it is published at a level.
    func day(_ shape: Shape, _ statements: Statements, _ level: Level) -> ProtectedDay {
        let groups = Dictionary(uniqueKeysWithValues: shape.groups.enumerated().map { ($0.element.name, $0.offset) })
        let lines = expected.map { unit, members -> ProtectedDay.Group in
            let index = groups[unit.name]
            let parts = index.map { shape.groups[$0].parts } ?? 0..<0
            let places = Dictionary(uniqueKeysWithValues: parts.map { (shape.parts[$0].name, $0) })
            return ProtectedDay.Group(
                line: line(unit.name, index.flatMap { statements.groups[$0] }, index.map { shape.groups[$0].roll } ?? unit.roll, index == nil),
                parts: members.map { member in
                    let place = places[member.name]
                    return line(member.name, place.flatMap { statements.parts[$0] }, member.roll, place == nil)
                })
        }
        return ProtectedDay(
            day: report.day, dataset: definition.id, measure: publication.id, level: level, k: shape.k,
            finest: publication.finest, total: line("", statements.total, shape.roll, false),
            causes: zip(shape.causes, statements.causes).map { line($0, $1, shape.roll, false) },
            hasRest: shape.hasRest, groups: lines)
    }

    /// The same day with some units' rows only; all of them where the report names no units.
    func restricted(to units: Set<String>) -> DayTable {
        guard !units.isEmpty, let column = definition.unitColumn else { return self }
        var table = self
        table.report = report.restricted { units.contains($0.texts[column]) }
        return table
    }

    func count(cause: String) -> Int? { definition.columns.firstIndex { $0.id == cause }.map(total) }
}

extension DayTable {
    private var causes: [Int] { safeguards.illnessApprovedBy == nil ? [] : publication.causes }

    /// The count of every unit with a row, by name.
    var sums: [String: Int] {
        guard let unit = definition.unitColumn else { return [:] }
        var sums: [String: Int] = [:]
        for row in report.table.rows {
            sums[row.texts[unit], default: 0] += Int(publication.count.value(row.values) ?? 0)
        }
        return sums
    }

    /// The same by grade.
    var groupSums: [String: Int] {
        if !hasClasses { return sums }
        let grades = classes.gradesByClass(on: report.day)
        var groups: [String: Int] = [:]
        for (name, count) in sums { groups[grades[name] ?? "", default: 0] += count }
        return groups
    }

    /// The whole report's count.
    var total: Int { report.table.rows.reduce(0) { $0 + Int(publication.count.value($1.values) ?? 0) } }

    private func total(_ column: Int) -> Int { report.table.rows.reduce(0) { $0 + Int($1.values[column] ?? 0) } }

    /// The rows of a report that names neither classes nor grades, where it says how many each has.
    private var departments: [(unit: Shape.Unit, parts: [Shape.Unit])] {
        guard let roll = publication.roll, let name = definition.unitColumn else { return [] }
        return report.table.rows.map { (Shape.Unit(name: $0.texts[name], roll: Int($0.values[roll] ?? 0)), []) }
    }

    private func line(_ name: String, _ statement: Statement?, _ roll: Int, _ isMissing: Bool) -> ProtectedDay.Line {
        ProtectedDay.Line(
            name: name, statement: statement, roll: roll == Shape.unknownRoll ? nil : roll, isMissing: isMissing)
    }
}

extension DatasetDefinition {
    /// The column that names a row's unit: its class, else its grade, else its first text.
    var unitColumn: Int? {
        for kind in [Column.Kind.class, .grade, .text, .time] {
            if let index = columns.firstIndex(where: { $0.kind == kind }) { return index }
        }
        return nil
    }
}
