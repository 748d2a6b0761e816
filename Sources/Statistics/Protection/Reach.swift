/// For every count that must be protected, whether zero is still possible, and whether k−1 is (or everybody, where they
/// are fewer): the two ends of the guarantee.
///
/// The counts are those of the school, its causes, every group and part, and every group and part by each cause and by
/// all causes together, always in the same order for one shape.
struct Reach: Sendable {
    private(set) var ends: [Ends] = []

    struct Ends: OptionSet, Sendable {
        let rawValue: UInt8
        static let zero = Ends(rawValue: 1)
        static let most = Ends(rawValue: 2)
        static let both: Ends = [.zero, .most]
    }

    /// What is possible within some bounds.
    static func possible(_ bounds: Bounds, _ shape: Shape) -> Reach {
        var reach = Reach()
        bounds.visit(shape) { low, high, roll in
            let most = min(shape.k - 1, roll)
            reach.ends.append(
                (low == 0 ? Ends.zero : []).union(low <= most && most <= high ? Ends.most : []))
        }
        return reach
    }

    /// What must be possible: everything but counts that are openly k or more.
    static func needed(_ bounds: Bounds, _ shape: Shape) -> Reach {
        var reach = Reach()
        var index = 0
        let openCells = 1 + shape.causes.count + shape.groups.count + shape.parts.count
        bounds.visit(shape) { low, _, _ in
            reach.ends.append(index < openCells && low >= shape.k ? [] : .both)
            index += 1
        }
        return reach
    }

    /// Whether everything that is needed is there.
    func covers(_ needed: Reach) -> Bool {
        zip(ends, needed.ends).allSatisfy { $0.isSuperset(of: $1) }
    }

    mutating func formUnion(_ other: Reach) {
        if ends.isEmpty { return ends = other.ends }
        for index in ends.indices { ends[index].formUnion(other.ends[index]) }
    }
}

extension Bounds {
    /// Whether G(k) holds: every count below k could be zero and could be k−1. Nobody in any unit is known to be counted
    /// under any cause, however many they may be.
    func areSafe(_ shape: Shape) -> Bool { Reach.possible(self, shape).covers(Reach.needed(self, shape)) }

    /// Calls `body` with the least and the greatest possible value of every count, and the persons in it.
    fileprivate func visit(_ shape: Shape, _ body: (_ low: Int, _ high: Int, _ roll: Int) -> Void) {
        body(total.low, total.high, shape.roll)
        for cause in causes { body(cause.low, cause.high, shape.roll) }
        for (index, group) in groups.enumerated() { body(group.low, group.high, shape.groups[index].roll) }
        for (index, part) in parts.enumerated() { body(part.low, part.high, shape.parts[index].roll) }
        if causes.isEmpty { return }
        let measures = self.measures(shape)
        for unit in units(shape) where unit.roll < shape.roll {
            for measure in measures {
                body(forced(unit.cell, measure), min(unit.cell.high, measure.high), unit.roll)
            }
        }
    }

    /// A unit or a measure: the least that it must hold by itself, the most that all its likes can hold, and its
    /// greatest possible count.
    fileprivate struct Cell {
        let least: Int
        let others: Int
        let high: Int
    }

    /// The least number of a unit's persons who are counted under a measure: how far one overflows what the other leaves.
    private func forced(_ unit: Cell, _ measure: Cell) -> Int {
        max(
            0, unit.least - measure.others, measure.least - unit.others,
            unit.least + measure.least - total.high, total.low - unit.others - measure.others)
    }

    private func units(_ shape: Shape) -> [(cell: Cell, roll: Int)] {
        let all = upGroups[...].sum
        var units: [(cell: Cell, roll: Int)] = []
        for (index, group) in shape.groups.enumerated() {
            let others = all.high - upGroups[index].high
            units.append(
                (Cell(least: upGroups[index].low, others: others, high: groups[index].high), group.roll))
            let members = upParts[group.parts].sum
            for part in group.parts {
                let siblings = members.high - upParts[part].high
                let least = max(upParts[part].low, upGroups[index].low - siblings)
                let most = min(siblings, upGroups[index].high - least)
                units.append(
                    (Cell(least: least, others: others + most, high: parts[part].high), shape.parts[part].roll))
            }
        }
        return units
    }

    /// The causes, and all of them together where a person can also be counted without any.
    private func measures(_ shape: Shape) -> [Cell] {
        let all = upCauses[...].sum
        var cells = causes.indices.map { index in
            Cell(
                least: upCauses[index].low, others: all.high - upCauses[index].high + upRest.high,
                high: causes[index].high)
        }
        if shape.hasRest { cells.append(Cell(least: all.low, others: upRest.high, high: total.high)) }
        return cells
    }
}
