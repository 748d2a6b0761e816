/// Decides how much of a day is published: the first level of the template that provably protects.
///
/// The decision may be known to everybody, so it must not tell anything either. It goes from coarse to fine. What may be
/// shown beside a total is settled by the total's step alone; where some days with that total fail the audit, and fall
/// back, every small count can still be at either end on another day that falls back alike.
struct Protection {
    let shape: Shape
    private let culprits: Culprits

    init(_ shape: Shape) {
        self.shape = shape
        culprits = Culprits(shape)
    }

    func level(of counts: Counts) -> Level {
        if !shape.isPublishable { return .nothing }
        let full = Statements(counts, shape, .full)
        guard let total = full.total, let bounds = Bounds(full, shape) else { return .nothing }
        let isSafe = bounds.areSafe(shape)
        switch rule(total) {
        case .neverFails: return isSafe ? .full : .nothing
        case .culpritsFit: return isSafe ? .full : fallback(Statements(counts, shape, .withoutParts))
        case .needsRoom: return isSafe && room(bounds, total) > 2 * (shape.k - 1) ? .full : .totalOnly
        case .alone: return .totalOnly
        }
    }
}

extension Protection {
    /// Statements to impose on a day so that it is published at a level with what is said of it: its own where it is the
    /// full template, and on a day that fell back everything that can have been the reason.
    func reasons(for level: Level, _ statements: Statements) -> [Statements] {
        guard let total = statements.total, level != .full else { return [statements] }
        if level == .withoutParts { return culprits.fitting(statements) }
        switch rule(total) {
        case .neverFails, .alone: return [statements]
        case .culpritsFit: return Array(culprits.fitting(total, otherGroupsQuiet: true)) + culprits.fitting(total)
        case .needsRoom: return culprits.crowdedSchools(total)
        }
    }
}

extension Protection {
    /// What holds for all days with one total.
    private enum Rule {
        /// The full template protects them all.
        case neverFails
        /// Some fail; that one did is harmless news.
        case culpritsFit
        /// Some fail because their groups crowd the school; days that come near are withheld as well, so that an empty
        /// group is possible among those that are.
        case needsRoom
        /// Some fail, and it would be telling; nothing is shown beside such a total, whatever the day.
        case alone
    }

    private func rule(_ total: Statement) -> Rule {
        if !culprits.mayExist(total) { return .neverFails }
        let alone = Statements(total: total, shape)
        if covers(culprits.fitting(total), alone) { return .culpritsFit }
        return covers(culprits.crowdedSchools(total), alone) ? .needsRoom : .alone
    }

    /// The level of a day that fails under the full template; `statements` are those without parts.
    private func fallback(_ statements: Statements) -> Level {
        guard let total = statements.total, shape.listsAnyParts, Bounds(statements, shape)?.areSafe(shape) ?? false,
            mayShowGroups(beside: total), covers(culprits.fitting(statements), statements)
        else { return .totalOnly }
        return .withoutParts
    }

    /// Whether a failed day with this total may ever show groups: days that may not must have culprits enough among
    /// themselves, that is crosses, and crowds in one group only.
    private func mayShowGroups(beside total: Statement) -> Bool {
        covers(culprits.fitting(total, otherGroupsQuiet: true), Statements(total: total, shape))
    }

    /// Whether, over all these patterns, everything that `statements` leave open remains possible.
    private func covers(_ patterns: some Sequence<Statements>, _ statements: Statements) -> Bool {
        guard let bounds = Bounds(statements, shape) else { return false }
        let needed = Reach.needed(bounds, shape)
        var reach = Reach()
        for pattern in patterns {
            guard let bounds = Bounds(pattern, shape) else { continue }
            reach.formUnion(Reach.possible(bounds, shape))
            if reach.covers(needed) { return true }
        }
        return false
    }

    /// How far groups could still grow within their statements before the total could not be as low as it may be.
    private func room(_ bounds: Bounds, _ total: Statement) -> Int { bounds.upGroups[...].sum.high - total.low }
}
