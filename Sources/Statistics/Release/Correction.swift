/// What happens when a report changes after its day was published.
enum Correction {
    /// Everything that was said still holds; nothing is published.
    case none
    /// Something no longer holds; the day's figures are taken back, without a number.
    case withdrawal
    /// They are taken back, and new ones are published in their place.
    case replacement(ProtectedDay)

    init(of old: ProtectedDay, by table: DayTable) {
        // Units that reported late have no part in what was said.
        let table = table.restricted(to: old.reported)
        if old.isWithdrawn || old.holds(table) {
            self = .none
        } else if let new = old.replacement(by: table) {
            self = .replacement(new)
        } else {
            self = .withdrawal
        }
    }
}

extension ProtectedDay {
    /// Names of the smallest units that had reported; empty where the report names none.
    fileprivate var reported: Set<String> {
        Set(groups.flatMap { [$0.line] + $0.parts }.filter { !$0.isMissing }.map(\.name))
    }

    /// Whether a unit that had not reported does now.
    func isLate(_ table: DayTable) -> Bool { !reported.isEmpty && !table.report.reported.allSatisfy(reported.contains) }

    /// Whether every count that can still be told lies where it was said to lie.
    fileprivate func holds(_ table: DayTable) -> Bool {
        let present = Set(table.report.reported)
        func holds(_ line: Line, _ units: [Line], _ count: Int?) -> Bool {
            let isKnown = units.allSatisfy { $0.isMissing || present.contains($0.name) }
            guard isKnown, let statement = line.statement, let count else { return true }
            return statement.allows(count)
        }
        // By the units of the day's own publication: a class list that changed since changes no published day.
        func units(_ group: Group) -> [Line] { table.hasClasses ? group.parts : [group.line] }
        func sum(_ units: [Line]) -> Int { units.reduce(0) { $0 + (table.sums[$1.name] ?? 0) } }
        let all = groups.flatMap(units)
        return holds(total, all, table.total) && causes.allSatisfy { holds($0, all, table.count(cause: $0.name)) }
            && groups.allSatisfy { group in
                holds(group.line, units(group), sum(units(group)))
                    && group.parts.allSatisfy { holds($0, [$0], table.sums[$0.name]) }
            }
    }

    /// New figures for the same units at the same level, if a reader of both can conclude no more than from either.
    ///
    /// It is so where every changed statement moved by the same whole number of steps as what lies below it, and by two
    /// at least, so that each count moved by k or more: then any table that agrees with the old figures agrees with the
    /// new ones when it is moved by as much, and both ends of every count remain.
    fileprivate func replacement(by table: DayTable) -> ProtectedDay? {
        let (shape, counts) = table.shapeAndCounts
        guard shape == self.shape, level != .nothing, Protection(shape).level(of: counts) == level else { return nil }
        let (old, new) = (statements(shape), Statements(counts, shape, level))
        guard let move = Move(from: old, to: new), move.isCoherent(shape) else { return nil }
        return table.day(shape, new, level)
    }
}

/// By how much each statement moved.
private struct Move {
    let total: Int
    let groups: [Int?]
    let parts: [Int?]
    let causes: [Int?]

    /// Nil where one appeared, went, is open at its end, or moved by a single step.
    init?(from old: Statements, to new: Statements) {
        func moves(_ old: [Statement?], _ new: [Statement?]) -> [Int?]? {
            var moves: [Int?] = []
            for (old, new) in zip(old, new) {
                switch (old, new) {
                case (nil, nil): moves.append(nil)
                case (let old?, let new?):
                    let move = new.low - old.low
                    if move == 0, old == new { moves.append(0); continue }
                    guard let high = old.high, new.high != nil, abs(move) >= 2 * (high - old.low + 1) else {
                        return nil
                    }
                    moves.append(move)
                default: return nil
                }
            }
            return moves
        }
        guard let total = moves([old.total], [new.total])?[0], let groups = moves(old.groups, new.groups),
            let parts = moves(old.parts, new.parts), let causes = moves(old.causes, new.causes)
        else { return nil }
        (self.total, self.groups, self.parts, self.causes) = (total, groups, parts, causes)
    }

    /// Whether every whole moved by as much as its stated members together.
    func isCoherent(_ shape: Shape) -> Bool {
        func agrees(_ whole: Int, _ members: [Int?]) -> Bool {
            let stated = members.compactMap { $0 }
            return stated.isEmpty || stated.reduce(0, +) == whole
        }
        return agrees(total, groups) && agrees(total, causes)
            && shape.groups.enumerated().allSatisfy { index, group in
                groups[index].map { agrees($0, Array(parts[group.parts])) } ?? true
            }
    }
}
