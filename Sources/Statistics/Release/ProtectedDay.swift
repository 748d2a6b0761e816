import Formats

/// What is published of one day of a dataset of persons: statements, and nothing that was ever counted.
public struct ProtectedDay: Hashable, Sendable {
    /// A unit or a measure, and what is said of it.
    public struct Line: Hashable, Sendable {
        /// A unit's name, or a measure's id; empty for the school.
        public let name: String
        /// Nil where nothing is said of it.
        public let statement: Statement?
        /// How many there could be; nil where nobody knows.
        public let roll: Int?
        /// Whether the unit had not reported when the day was closed: not a count, and not a zero.
        public let isMissing: Bool
    }

    public struct Group: Hashable, Sendable {
        public let line: Line
        public let parts: [Line]
    }

    public let day: Day
    public let dataset: String
    public let measure: String
    public let level: Level
    public let k: Int
    /// The lines that the template has at most.
    public let finest: DatasetDefinition.Publication.Finest
    public let total: Line
    public let causes: [Line]
    /// Whether some are counted under no listed cause.
    public let hasRest: Bool
    public let groups: [Group]
    /// Whether it was taken back because the report behind it was corrected; nothing is said of it then.
    public internal(set) var isWithdrawn = false
    /// Whether it replaces figures that were taken back.
    public internal(set) var isCorrected = false
    /// When its report was corrected last; its figures are those of before.
    public internal(set) var correctedOn: Day?
}

extension ProtectedDay {
    /// The units that were asked to report, and those of them that did: classes where lines go down to them, else grades.
    public var expected: [Line] {
        groups.flatMap { $0.parts.isEmpty || finest != .class ? [$0.line] : $0.parts }
    }

    /// Every line: the school, its causes, each group followed by its parts.
    var lines: [Line] { [total] + causes + groups.flatMap { [$0.line] + $0.parts } }

    /// Whether nearly all of them reported, so that the day may be set beside others.
    public var isComparable: Bool {
        let units = groups.flatMap { $0.parts.isEmpty ? [$0.line] : $0.parts }
        return total.statement != nil && units.count(where: \.isMissing) * 10 <= units.count
    }

    /// The persons who could be counted, in the units that reported.
    var shape: Shape {
        var source = Shape.Source()
        source.groups = groups.filter { !$0.line.isMissing }.map { group in
            let parts = group.parts.filter { !$0.isMissing }
            return (unit(group.line), parts.map(unit))
        }
        source.incomplete = Set(groups.filter { $0.parts.contains(where: \.isMissing) }.map(\.line.name))
        source.roll = total.roll ?? Shape.unknownRoll
        source.causes = causes.map(\.name)
        source.hasRest = hasRest
        source.listsGroups = finest != .school
        source.listsParts = finest == .class
        return Shape(source, width: k)
    }

    /// What was said, in the order of `shape`.
    func statements(_ shape: Shape) -> Statements {
        var statements = Statements(total: total.statement, shape)
        let reported = groups.filter { !$0.line.isMissing }
        statements.groups = reported.map(\.line.statement)
        statements.parts = reported.flatMap { $0.parts.filter { !$0.isMissing }.map(\.statement) }
        statements.causes = causes.map(\.statement)
        return statements
    }

    /// The same day with nothing said of it any more.
    var withdrawn: ProtectedDay {
        func silent(_ line: Line) -> Line {
            Line(name: line.name, statement: nil, roll: line.roll, isMissing: line.isMissing)
        }
        var day = ProtectedDay(
            day: day, dataset: dataset, measure: measure, level: level, k: k, finest: finest, total: silent(total),
            causes: causes.map(silent), hasRest: hasRest,
            groups: groups.map { Group(line: silent($0.line), parts: $0.parts.map(silent)) })
        day.isWithdrawn = true
        return day
    }

    private func unit(_ line: Line) -> Shape.Unit { Shape.Unit(name: line.name, roll: line.roll ?? Shape.unknownRoll) }
}

/// Everything that may be published of a dataset of persons, in the order of days.
public struct ProtectedRelease: Sendable {
    public private(set) var days: [ProtectedDay]

    init(days: [ProtectedDay]) { self.days = days }

    /// The same with the dates of corrections.
    public func noting(_ notes: CorrectionNotes) -> ProtectedRelease {
        var release = self
        for index in days.indices {
            release.days[index].correctedOn = notes.date(of: days[index].day, in: days[index].dataset)
        }
        return release
    }

    public static let empty = ProtectedRelease(days: [])
}
