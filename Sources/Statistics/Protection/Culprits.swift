/// Ways in which a day can fail the audit of the full template, as statements to impose on it.
///
/// That a day fell back is itself a piece of news: some table that fails is the true one. It is harmless if the news fits
/// every count's both ends, so there must be enough innocent culprits, found from the shape and the published statements
/// alone. Three patterns fail whatever else is true:
/// - *cross*: a cause in the same step as the total, and a group of k or more: somebody in the group has the cause;
/// - *crowded group*: parts in their first steps that barely add up to their group's;
/// - *crowded school*: the same of groups and the school.
struct Culprits {
    let shape: Shape

    init(_ shape: Shape) { self.shape = shape }

    /// Whether any day with this total can fail; true where it is not certain.
    func mayExist(_ total: Statement) -> Bool {
        canCross(total) || canSchoolBeCrowded(total) || canGroupBeCrowded(total)
    }

    /// Patterns that fit a total: crosses and crowded groups. They are made as they are asked for, because a few of them
    /// are mostly enough.
    func fitting(_ total: Statement, otherGroupsQuiet: Bool = false) -> some Sequence<Statements> {
        let groups = shape.groups.indices
        return (groups.map { (group: $0, isCross: true) } + groups.map { (group: $0, isCross: false) }).lazy.flatMap {
            $0.isCross ? crosses(group: $0.group, total) : crowded(group: $0.group, total, otherGroupsQuiet)
        }
    }

    /// Patterns that fit what is said of the school, its causes and its groups: crowded groups.
    func fitting(_ statements: Statements) -> [Statements] {
        shape.groups.indices.compactMap { group in
            statements.groups[group].flatMap { crowded(group: group, at: $0, in: statements) }
        }
    }

    /// The lowest step in which a group's parts can be crowded; nil where their number never lets them.
    func earliestStep(of group: Int) -> Statement? { steps(of: group).first { crowding(group, $0) != nil } }
}

extension Culprits {
    private var k: Int { shape.k }

    private func crosses(group: Int, _ total: Statement) -> [Statements] {
        guard total.low >= k, total.high != nil, shape.groups[group].isListed else { return [] }
        return shape.causes.indices.map { cause in
            var statements = Statements(total: total, shape)
            statements.groups[group] = Statement(k, width: k, top: shape.groups[group].top)
            statements.causes[cause] = total
            return statements
        }
    }

    /// A crowded group in every step; `otherGroupsQuiet` keeps all others from being crowded too.
    private func crowded(group: Int, _ total: Statement, _ otherGroupsQuiet: Bool) -> [Statements] {
        var statements = Statements(total: total, shape)
        if otherGroupsQuiet {
            for other in shape.groups.indices where other != group && shape.groups[other].listsParts {
                statements.groups[other] = .first(width: k)
            }
        }
        return steps(of: group).compactMap { crowded(group: group, at: $0, in: statements) }
    }

    private func crowded(group: Int, at step: Statement, in statements: Statements) -> Statements? {
        guard let parts = crowding(group, step) else { return nil }
        var statements = statements
        statements.groups[group] = step
        for (part, statement) in parts { statements.parts[part] = statement }
        return statements
    }

    private func steps(of group: Int) -> [Statement] {
        let top = shape.groups[group].top
        return stride(from: k, to: top, by: k).map { Statement(low: $0, high: $0 + k - 1) }
    }

    /// Statements for a group's listed parts that leave so little room in a step of the group that a small part cannot be
    /// empty. All are in their first step but as many as needed to come near.
    private func crowding(_ group: Int, _ step: Statement) -> [(part: Int, statement: Statement)]? {
        guard shape.groups[group].listsParts else { return nil }
        let listed = shape.groups[group].parts.filter { shape.isListed(part: $0) }
        let unlisted = shape.groups[group].parts.filter { !shape.isListed(part: $0) }.map { shape.parts[$0].roll }
        var statements = listed.map { (part: $0, statement: Statement.first(width: k)) }
        var room = listed.count * (k - 1) + unlisted.reduce(0, +) - step.low
        for index in statements.indices where room < 0 {
            let steps = min((k - 1 - room) / k, shape.top(ofPart: listed[index]) / k - 1)
            if steps <= 0 { continue }
            statements[index].statement = Statement(low: steps * k, high: steps * k + k - 1)
            room += steps * k
        }
        let isForced = statements.contains { $0.statement.low == 0 } && room < k - 1
        let isUnlistedForced = unlisted.contains { (1..<k).contains($0 - room) }
        return room >= 0 && (isForced || isUnlistedForced) ? statements : nil
    }
}

extension Culprits {
    /// Nearly crowded schools with a total: all listed groups in their first steps but one, whichever it is, and just so
    /// much room that one of them can be empty.
    func crowdedSchools(_ total: Statement) -> [Statements] {
        let listed = shape.groups.indices.filter { shape.groups[$0].isListed }
        return listed.compactMap { raised in
            var statements = Statements(total: total, shape)
            for group in listed { statements.groups[group] = .first(width: k) }
            let missing = max(0, total.low + k - 1 - room(of: listed))
            let step = Statement((missing + k - 1) / k * k, width: k, top: shape.groups[raised].top)
            if step.high == nil { return nil }
            statements.groups[raised] = step
            return statements
        }
    }

    private func canCross(_ total: Statement) -> Bool {
        if shape.causes.isEmpty || total.low < k { return false }
        if shape.groups.contains(where: \.isListed) || !shape.hasRest { return true }
        let largest = (shape.groups.map(\.roll) + shape.parts.map(\.roll)).filter { $0 < shape.roll }.max() ?? 0
        return (total.high ?? shape.roll) > shape.roll - largest
    }

    private func canSchoolBeCrowded(_ total: Statement) -> Bool {
        let listed = shape.groups.indices.filter { shape.groups[$0].isListed }
        if listed.isEmpty { return false }
        let others = shape.groups.filter { !$0.isListed }.map(\.roll)
        return canBeCrowded(total, listed.map { shape.groups[$0].roll }, others)
    }

    private func canGroupBeCrowded(_ total: Statement) -> Bool {
        shape.groups.contains { group in
            let listed = group.parts.filter { group.listsParts && shape.isListed(part: $0) }
            let others = group.parts.filter { !shape.isListed(part: $0) }.map { shape.parts[$0].roll }
            return !listed.isEmpty
                && (k...max(k, total.high ?? shape.roll)).contains { step in
                    step % k == 0
                        && canBeCrowded(
                            Statement(step, width: k, top: group.top), listed.map { shape.parts[$0].roll }, others)
                }
        }
    }

    /// Whether members can add up so closely to a whole that an empty one is impossible: with closed steps by their number
    /// alone, with an open one wherever it is large enough.
    private func canBeCrowded(_ whole: Statement, _ listed: [Int], _ unlisted: [Int]) -> Bool {
        let room = listed.count * (k - 1) + unlisted.reduce(0, +) - whole.low
        let reserve = max(k - 1, unlisted.max() ?? 0)
        let closest = room >= 0 ? room : (room % k + k) % k
        return closest < reserve || room + (listed.min() ?? 0) - (k - 1) < reserve
    }

    /// What all groups can hold with the listed ones in their first steps.
    private func room(of listed: [Int]) -> Int {
        listed.count * (k - 1) + shape.groups.filter { !$0.isListed }.reduce(0) { $0 + $1.roll }
    }
}
