import Formats

/// Why a published day protects everybody, made from its statements alone: any reader could do the same.
public struct Proof: Sendable {
    /// A count, stated or not, and between which numbers a reader can place it.
    public struct Line: Sendable {
        /// The group, empty for the school.
        public let group: String
        /// The part, empty for the whole group.
        public let part: String
        /// A cause's id, empty for all.
        public let cause: String
        public let statement: Statement?
        /// What can be concluded.
        public let low: Int
        public let high: Int?
        /// The count in each of the two tables.
        public let witnesses: [Int]
    }

    public let lines: [Line]
    /// How many counts are below k, or could be, each of them by unit and cause included.
    public let protectedCounts: Int
    /// How many complete tables it takes to show every one of them at both ends.
    public let tables: Int
    /// The count that has the least room: the two tables put it at its ends.
    public let focus: Int
    /// Two complete tables that agree with everything said: smallest units in rows, causes and none of them in columns.
    public let witnesses: [Witness]
    /// Units of the tables' rows.
    public let rows: [(group: String, part: String)]
    public let causes: [String]
}

extension ProtectedDay {
    /// Proves the day; nil where nothing is said of it, or where the proof fails.
    public var proof: Proof? {
        guard total.statement != nil else { return nil }
        let shape = shape
        let statements = statements(shape)
        let builder = WitnessBuilder(shape, statements, level)
        guard let bounds = Bounds(statements, shape), bounds.areSafe(shape), let tables = builder.proof() else {
            return nil
        }
        let cells = shape.cells
        // Departments have no lines, and are not named.
        let open = cells.indices.filter { index in
            bounds.interval(cells[index]).low < k && (finest != .school || cells[index].isOfSchool)
        }
        let focus = open.min { bounds.interval(cells[$0]).width < bounds.interval(cells[$1]).width } ?? 0
        let ends =
            open.isEmpty
            ? [bounds.interval(cells[focus]).low, bounds.interval(cells[focus]).high]
            : [0, min(k - 1, shape.roll(of: cells[focus]))]
        let witnesses = ends.compactMap { builder.witness(cells[focus], $0) }
        guard witnesses.count == 2 else { return nil }
        return Proof(
            lines: cells.map { line($0, shape, statements, bounds, witnesses) },
            protectedCounts: Reach.needed(bounds, shape).ends.count { !$0.isEmpty }, tables: tables,
            focus: focus, witnesses: witnesses,
            rows: shape.leaves.map { (shape.groups[$0.group].name, $0.part.map { shape.parts[$0].name } ?? "") },
            causes: shape.causes)
    }

    private func line(
        _ cell: WitnessCell, _ shape: Shape, _ statements: Statements, _ bounds: Bounds, _ witnesses: [Witness]
    ) -> Proof.Line {
        let interval = bounds.interval(cell)
        let (group, part, cause, statement) = names(cell, shape, statements)
        return Proof.Line(
            group: group, part: part, cause: cause, statement: statement,
            low: interval.low, high: interval.high < Shape.unknownRoll ? interval.high : nil,
            witnesses: witnesses.map { $0.count(cell, shape) })
    }

    private func names(_ cell: WitnessCell, _ shape: Shape, _ statements: Statements) -> (
        group: String, part: String, cause: String, Statement?
    ) {
        switch cell {
        case .total, .cross: return ("", "", "", statements.total)
        case .cause(let cause): return ("", "", shape.causes[cause], statements.causes[cause])
        case .group(let group): return (shape.groups[group].name, "", "", statements.groups[group])
        case .part(let part):
            let group = shape.groups.first { $0.parts.contains(part) }
            return (group?.name ?? "", shape.parts[part].name, "", statements.parts[part])
        }
    }
}

extension Witness {
    /// A count in the table.
    fileprivate func count(_ cell: WitnessCell, _ shape: Shape) -> Int {
        switch cell {
        case .total, .cross: total
        case .cause(let cause): byCause.reduce(0) { $0 + $1[cause] }
        case .group(let group): zip(shape.leaves, leaves).reduce(0) { $0 + ($1.0.group == group ? $1.1 : 0) }
        case .part(let part): zip(shape.leaves, leaves).reduce(0) { $0 + ($1.0.part == part ? $1.1 : 0) }
        }
    }
}
