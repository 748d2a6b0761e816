/// A complete table of whole numbers that agrees with everything that was said of a day: what the true one could be.
///
/// It is computed from statements alone, so it may be shown to anybody.
public struct Witness: Hashable, Sendable {
    /// Counts of the smallest units: of parts, and of groups that have none.
    public internal(set) var leaves: [Int]
    /// The same by cause, and last by none of them; each row adds up to its unit's count.
    public internal(set) var byCause: [[Int]]
    public internal(set) var total: Int
}

/// Builds witnesses for one day: tables that agree with every statement, and would have been published alike.
struct WitnessBuilder {
    let shape: Shape
    let statements: Statements
    let level: Level
    private let protection: Protection
    private let reasons: [Statements]

    init(_ shape: Shape, _ statements: Statements, _ level: Level) {
        self.shape = shape
        self.statements = statements
        self.level = level
        protection = Protection(shape)
        reasons = protection.reasons(for: level, statements)
    }

    /// A table in which one cell holds `value`; nil where none agrees.
    func witness(_ cell: WitnessCell, _ value: Int) -> Witness? {
        if case .cross(let unit, let cause) = cell {
            for reason in reasons {
                if let witness = crossing(reason, unit, cause, value) { return witness }
            }
            return nil
        }
        return counts(cell, value).map { table($0) }
    }

    /// How many tables it takes to put every count below k at zero and at k−1 (or at its unit's roll); nil where some
    /// count cannot be both. Every table is built, and checked against all that was published, before it counts.
    func proof() -> Int? {
        guard let bounds = Bounds(statements, shape) else { return nil }
        let cells = shape.cells.filter { bounds.interval($0).low < shape.k }
        let most = cells.map { min(shape.k - 1, shape.roll(of: $0)) }
        var shown = Array(repeating: Reach.Ends(), count: cells.count)
        var tables = 0
        for (index, cell) in cells.enumerated() {
            for (end, value) in [(Reach.Ends.zero, 0), (.most, most[index])] where !shown[index].contains(end) {
                guard let counts = counts(cell, value) else { return nil }
                tables += 1
                for (other, cell) in cells.enumerated() {
                    let value = counts.value(cell)
                    if value == 0 { shown[other].insert(.zero) }
                    if value == most[other] { shown[other].insert(.most) }
                }
            }
        }
        return tables
    }
}

/// A count that a witness can hold.
enum WitnessCell: Hashable, Sendable {
    case total
    case cause(Int)
    case group(Int)
    case part(Int)
    /// One unit's persons with one cause; nil stands for none of the causes.
    indirect case cross(WitnessCell, Int?)

    var isOfSchool: Bool {
        switch self {
        case .total, .cause: true
        case .group, .part, .cross: false
        }
    }
}

extension Shape {
    /// Every count that has a line in some template, or could have.
    var cells: [WitnessCell] {
        [.total] + causes.indices.map { .cause($0) } + groups.indices.map { .group($0) }
            + parts.indices.map { .part($0) }
    }

    func roll(of cell: WitnessCell) -> Int {
        switch cell {
        case .total, .cause: roll
        case .group(let group): groups[group].roll
        case .part(let part): parts[part].roll
        case .cross(let unit, _): roll(of: unit)
        }
    }

    /// Where each leaf of the table lies: its group, and its part if it is one.
    var leaves: [(group: Int, part: Int?)] {
        groups.indices.flatMap { group -> [(group: Int, part: Int?)] in
            groups[group].parts.isEmpty ? [(group, nil)] : groups[group].parts.map { (group, $0) }
        }
    }
}

extension Bounds {
    func interval(_ cell: WitnessCell) -> Interval {
        switch cell {
        case .total: total
        case .cause(let cause): causes.isEmpty ? total : causes[cause]
        case .group(let group): groups[group]
        case .part(let part): parts[part]
        case .cross(let unit, _): Interval(0, interval(unit).high)
        }
    }
}

extension Counts {
    func value(_ cell: WitnessCell) -> Int {
        switch cell {
        case .total: total
        case .cause(let cause): causes[cause]
        case .group(let group): groups[group]
        case .part(let part): parts[part]
        case .cross: 0
        }
    }
}

extension WitnessBuilder {
    /// Counts with one of them given, checked against everything that was published.
    private func counts(_ cell: WitnessCell, _ value: Int) -> Counts? {
        for reason in reasons {
            let counts = margins(pinned(reason, cell, value), first: place(of: cell), isLarge: value > 0)
            if let counts, counts.value(cell) == value, agrees(counts) {
                return counts
            }
        }
        return nil
    }

    private func agrees(_ counts: Counts) -> Bool {
        Statements(counts, shape, level) == statements && (level == .full || protection.level(of: counts) == level)
    }

    /// The same statements with one count given exactly.
    private func pinned(_ statements: Statements, _ cell: WitnessCell, _ value: Int) -> Statements {
        var statements = statements
        let exact = Statement(low: value, high: value)
        switch cell {
        case .total: statements.total = exact
        case .cause(let cause): statements.causes[cause] = exact
        case .group(let group): statements.groups[group] = exact
        case .part(let part): statements.parts[part] = exact
        case .cross: break
        }
        return statements
    }

    /// A cell's place among its likes.
    private func place(of cell: WitnessCell) -> Int {
        switch cell {
        case .total, .cross: 0
        case .cause(let cause): cause
        case .group(let group): group
        case .part(let part): part - (shape.groups.first { $0.parts.contains(part) }?.parts.lowerBound ?? part)
        }
    }

    /// Counts of all units and causes that agree with some statements: as few persons as possible, or as many, and
    /// those that are not bound to any cell in the cells from the `first` of their likes on. Tables that begin at
    /// different cells show different ones full and empty, so that few tables show all.
    private func margins(_ statements: Statements, first: Int = 0, isLarge: Bool = false) -> Counts? {
        guard let bounds = Bounds(statements, shape) else { return nil }
        let total = isLarge ? bounds.total.high : bounds.total.low
        let groups = split(total, among: bounds.upGroups[...], first)
        var parts: [Int] = []
        parts.reserveCapacity(shape.parts.count)
        for (index, group) in shape.groups.enumerated() {
            parts += split(groups[index], among: bounds.upParts[group.parts], first)
        }
        let causes = split(total, among: (bounds.upCauses + [bounds.upRest])[...], first).dropLast()
        return Counts(parts: parts, groups: groups, causes: Array(causes), total: total, shape)
    }

    /// Gives every cell its least, and what is left to those that can take it, from the `first` on.
    private func split(_ whole: Int, among cells: ArraySlice<Interval>, _ first: Int) -> [Int] {
        var counts = cells.map(\.low)
        var rest = whole - counts.reduce(0, +)
        for step in counts.indices where rest > 0 {
            let index = (step + first) % counts.count
            let more = min(rest, cells[cells.startIndex + index].width)
            counts[index] += more
            rest -= more
        }
        return counts
    }

    /// A table in which `value` of a unit's persons have a cause: the unit, the cause and the total are tried near the
    /// least that they can be.
    private func crossing(_ statements: Statements, _ unit: WitnessCell, _ cause: Int?, _ value: Int) -> Witness? {
        guard let bounds = Bounds(statements, shape) else { return nil }
        let column = cause.map { bounds.causes[$0] } ?? bounds.rest
        func near(_ interval: Interval) -> [Int] {
            let first = max(interval.low, min(value, interval.high))
            return Array(
                Set((interval.low...min(interval.high, interval.low + shape.k))).union([first, interval.high])
            ).sorted()
        }
        for total in near(bounds.total) {
            for whole in near(bounds.interval(unit)) {
                for column in near(column) where value <= min(whole, column) && value >= whole + column - total {
                    var exact = pinned(pinned(statements, .total, total), unit, whole)
                    if let cause { exact = pinned(exact, .cause(cause), column) }
                    guard let margins = margins(exact), agrees(margins) else { continue }
                    if cause == nil, margins.total - margins.causes.reduce(0, +) != column { continue }
                    return table(margins, unit, cause, value)
                }
            }
        }
        return nil
    }

    /// Spreads counts over causes, filling cells from the first on (the north-west corner rule); one cell may be given.
    private func table(_ margins: Counts, _ unit: WitnessCell? = nil, _ cause: Int? = nil, _ value: Int = 0) -> Witness
    {
        let leaves = shape.leaves
        var rows = leaves.map { leaf in leaf.part.map { margins.parts[$0] } ?? margins.groups[leaf.group] }
        var columns = margins.causes + [margins.total - margins.causes.reduce(0, +)]
        var byCause = rows.map { _ in columns.map { _ in 0 } }
        func fill(_ row: Int, _ column: Int, atMost limit: Int) -> Int {
            let count = min(rows[row], columns[column], limit)
            rows[row] -= count
            columns[column] -= count
            byCause[row][column] += count
            return count
        }
        if let unit {
            let column = cause ?? margins.causes.count
            let inside = leaves.indices.filter {
                unit == .group(leaves[$0].group) || unit == leaves[$0].part.map { .part($0) }
            }
            var left = value
            for row in inside { left -= fill(row, column, atMost: left) }
            for row in leaves.indices where !inside.contains(row) { _ = fill(row, column, atMost: .max) }
        }
        for row in rows.indices {
            for column in columns.indices { _ = fill(row, column, atMost: .max) }
        }
        return Witness(leaves: byCause.map { $0.reduce(0, +) }, byCause: byCause, total: margins.total)
    }
}
