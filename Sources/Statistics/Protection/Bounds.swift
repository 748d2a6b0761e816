/// What a reader can conclude from statements: for every cell, listed or not, the least and the greatest count that some
/// complete table agrees with.
///
/// The cells form a tree (parts below groups below the school, causes below the school), so one pass up and one down give
/// exactly the possible counts of every cell, and every count between the two ends is possible (the constraints are those
/// of a network flow: Ahuja, Magnanti, Orlin, *Network Flows*, 1993, §9.6).
struct Bounds: Sendable {
    private(set) var total: Interval
    private(set) var groups: [Interval]
    private(set) var parts: [Interval]
    private(set) var causes: [Interval]
    /// Persons counted under no listed cause.
    private(set) var rest: Interval
    /// The same before the pass down: what cells allow by themselves and by what is below them.
    private(set) var upGroups: [Interval]
    private(set) var upParts: [Interval]
    private(set) var upCauses: [Interval]
    private(set) var upRest: Interval

    /// Nil where no table agrees with the statements.
    init?(_ statements: Statements, _ shape: Shape) {
        func interval(_ statement: Statement?, _ roll: Int) -> Interval {
            statement?.interval(roll: roll) ?? Interval(0, roll)
        }
        upParts = shape.parts.indices.map { interval(statements.parts[$0], shape.parts[$0].roll) }
        upGroups = shape.groups.indices.map { interval(statements.groups[$0], shape.groups[$0].roll) }
        upCauses = statements.causes.map { interval($0, shape.roll) }
        upRest = shape.hasRest ? Interval(0, shape.roll) : .zero
        total = interval(statements.total, shape.roll)
        (groups, parts, causes, rest) = (upGroups, upParts, upCauses, upRest)
        passUp(shape)
        if total.isEmpty || upGroups.contains(where: \.isEmpty) { return nil }
        passDown(shape)
    }
}

extension Bounds {
    private mutating func passUp(_ shape: Shape) {
        var units = Interval.zero
        for (index, group) in shape.groups.enumerated() {
            if !group.parts.isEmpty { upGroups[index] = upGroups[index].clamped(upParts[group.parts].sum) }
            units += upGroups[index]
        }
        if !shape.groups.isEmpty { total = total.clamped(units) }
        if !upCauses.isEmpty {
            var reasons = upRest
            for cause in upCauses { reasons += cause }
            total = total.clamped(reasons)
        }
    }

    private mutating func passDown(_ shape: Shape) {
        groups = narrowed(upGroups[...], to: total)
        for (index, group) in shape.groups.enumerated() where !group.parts.isEmpty {
            parts.replaceSubrange(group.parts, with: narrowed(upParts[group.parts], to: groups[index]))
        }
        if upCauses.isEmpty { return }
        let reasons = narrowed((upCauses + [upRest])[...], to: total)
        causes = Array(reasons.dropLast())
        rest = reasons[upCauses.count]
    }

    /// What is possible for each of some cells that add up to a whole.
    private func narrowed(_ cells: ArraySlice<Interval>, to whole: Interval) -> [Interval] {
        let sum = cells.sum
        return cells.map { cell in
            cell.clamped(Interval(whole.low - (sum.high - cell.high), whole.high - (sum.low - cell.low)))
        }
    }
}

extension ArraySlice<Interval> {
    var sum: Interval {
        var sum = Interval.zero
        for interval in self { sum += interval }
        return sum
    }
}
