import Formats

/// One day's raw report as a shape and its counts. It never leaves this target.
struct DayTable {
    let definition: DatasetDefinition
    let publication: DatasetDefinition.Publication
    let report: PersonReport
    let classes: ClassList
    let safeguards: Safeguards
    let hasClasses: Bool
    /// Grades that were asked to report, each with its classes; none where a report is by anything else.
    let expected: [(unit: Shape.Unit, parts: [Shape.Unit])]
    /// The count of every unit with a row, by name.
    let sums: [String: Int]
    /// The same by grade.
    private let groupSums: [String: Int]

    init(
        definition: DatasetDefinition, publication: DatasetDefinition.Publication, report: PersonReport,
        classes: ClassList, safeguards: Safeguards
    ) {
        self.definition = definition
        self.publication = publication
        self.report = report
        self.classes = classes
        self.safeguards = safeguards
        hasClasses = definition.columns.contains { $0.kind == .class }
        expected = definition.isByUnit ? UnitsOfDay(classes, on: report.day).grades : []
        var sums: [String: Int] = [:]
        if let column = definition.unitColumn {
            for row in report.table.rows {
                sums[row.texts[column], default: 0] += Int(publication.count.value(row.values) ?? 0)
            }
        }
        self.sums = sums
        groupSums =
            hasClasses
            ? Dictionary(
                uniqueKeysWithValues: expected.map { unit, parts in
                    (unit.name, parts.reduce(0) { $0 + (sums[$1.name] ?? 0) })
                }) : sums
    }

    /// The whole report's count.
    var total: Int { report.table.rows.reduce(0) { $0 + Int(publication.count.value($1.values) ?? 0) } }

    /// Whether persons are missing from a report whose units nobody lists: what the count is taken from (应到 of 应到 − 实到) must add up to
    /// the declared roll.
    var isIncomplete: Bool {
        guard let persons = publication.persons, publication.count.terms.count > 1,
            let base = publication.count.terms.first(where: { $0.sign > 0 })
        else { return false }
        return report.table.rows.reduce(0) { $0 + ($1.values[base.column] ?? 0) } != Double(persons)
    }

    /// Whether units of three grades have reported, or all where a school has fewer: a total of less is one class's or one grade's
    /// secret. Decided by who reported, never by what.
    var isBroad: Bool {
        if !definition.isByUnit { return true }
        let reported = Set(report.reported)
        func isIn(_ grade: (unit: Shape.Unit, parts: [Shape.Unit])) -> Bool {
            hasClasses ? grade.parts.contains { reported.contains($0.name) } : reported.contains(grade.unit.name)
        }
        if expected.count >= 3 { return expected.count(where: isIn) >= 3 }
        return expected.allSatisfy { unit, parts in
            hasClasses ? parts.allSatisfy { reported.contains($0.name) } : reported.contains(unit.name)
        }
    }

    /// A cause's count in the whole report.
    func count(cause: String) -> Int? { definition.columns.firstIndex { $0.id == cause }.map(total) }

    /// The same day with some units' rows only; all of them where the report names no units.
    func restricted(to units: Set<String>) -> DayTable {
        guard !units.isEmpty, let column = definition.unitColumn, !report.reported.allSatisfy(units.contains) else {
            return self
        }
        return DayTable(
            definition: definition, publication: publication,
            report: report.restricted { units.contains($0.texts[column]) }, classes: classes, safeguards: safeguards)
    }
}

extension DayTable {
    /// The shape of what was reported, and its counts.
    var shapeAndCounts: (shape: Shape, counts: Counts) {
        let reported = Set(report.reported)
        var source = Shape.Source()
        var groups: [Int] = []
        var parts: [Int] = []
        for (unit, members) in expected {
            let present = hasClasses ? members.filter { reported.contains($0.name) } : members
            if hasClasses ? present.isEmpty : !reported.contains(unit.name) { continue }
            let roll = hasClasses ? present.reduce(0) { $0 + $1.roll } : unit.roll
            if present.count < members.count { source.incomplete.insert(unit.name) }
            source.groups.append((Shape.Unit(name: unit.name, roll: roll), present))
            if hasClasses { parts += present.map { sums[$0.name] ?? 0 } }
            groups.append(groupSums[unit.name] ?? 0)
        }
        if !definition.isByUnit { source.roll = publication.persons ?? Shape.unknownRoll }
        source.causes = causes.map { definition.columns[$0].id }
        source.hasRest = publication.hasRest && !causes.isEmpty
        source.listsGroups = publication.finest != .school
        source.listsParts = publication.finest == .class
        let shape = Shape(source, width: safeguards.k)
        let reasons = shape.causes.isEmpty ? [] : causes.map(total)
        return (shape, Counts(parts: parts, groups: groups, causes: reasons, total: total, shape))
    }

    /// The day as it is published at a level.
    func day(_ shape: Shape, _ statements: Statements, _ level: Level) -> ProtectedDay {
        let groups = Dictionary(uniqueKeysWithValues: shape.groups.enumerated().map { ($0.element.name, $0.offset) })
        let lines = expected.map { unit, members -> ProtectedDay.Group in
            guard let index = groups[unit.name] else {
                return .init(line: missing(unit), parts: members.map(missing))
            }
            let group = shape.groups[index]
            var parts = group.parts.makeIterator()
            var next = parts.next()
            return ProtectedDay.Group(
                line: line(unit.name, statements.groups[index], group.roll),
                parts: members.map { member in
                    // Both are in the school's order; what is not in the shape has not reported.
                    guard let part = next, shape.parts[part].name == member.name else { return missing(member) }
                    next = parts.next()
                    return line(member.name, statements.parts[part], member.roll)
                })
        }
        return ProtectedDay(
            day: report.day, dataset: definition.id, measure: publication.id, level: level, k: shape.k,
            finest: publication.finest, total: line("", statements.total, shape.roll),
            causes: zip(shape.causes, statements.causes).map { line($0, $1, shape.roll) },
            hasRest: shape.hasRest, groups: lines)
    }
}

extension DayTable {
    private var causes: [Int] { safeguards.illnessApprovedBy == nil ? [] : publication.causes }

    private func total(_ column: Int) -> Int { report.table.rows.reduce(0) { $0 + Int($1.values[column] ?? 0) } }

    private func missing(_ unit: Shape.Unit) -> ProtectedDay.Line {
        ProtectedDay.Line(name: unit.name, statement: nil, roll: unit.roll, isMissing: true)
    }

    private func line(_ name: String, _ statement: Statement?, _ roll: Int) -> ProtectedDay.Line {
        ProtectedDay.Line(
            name: name, statement: statement, roll: roll == Shape.unknownRoll ? nil : roll, isMissing: false)
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
