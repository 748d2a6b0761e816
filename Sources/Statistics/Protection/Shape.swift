/// How much of the template a day's figures are published under, from the most to the least.
public enum Level: String, Sendable {
    case full
    /// Without the lines of classes.
    case withoutParts = "no-classes"
    /// The school's total alone.
    case totalOnly = "school"
    case nothing
}

/// Everything about a day's figures that is known without a single count: who could be counted, and which lines the
/// template has. Two days with the same units, rolls and reports have the same shape, whatever was counted.
///
/// The cells are a school, its groups (grades), their parts (classes) and, on the school's level only, causes. Only
/// units that reported are in it.
struct Shape: Hashable, Sendable {
    struct Unit: Hashable, Sendable {
        let name: String
        let roll: Int
    }

    struct Group: Hashable, Sendable {
        let name: String
        let roll: Int
        /// Where the group's last, open step begins.
        let top: Int
        /// Its parts, as indices into `parts`.
        let parts: Range<Int>
        fileprivate(set) var isListed: Bool
        fileprivate(set) var listsParts: Bool
    }

    /// What a shape is made from.
    struct Source {
        /// Groups in the school's order, each with its parts; a group without any is a leaf.
        var groups: [(unit: Unit, parts: [Unit])] = []
        /// Groups that stand for some of their parts only, because others have not reported.
        var incomplete: Set<String> = []
        /// Persons who could be counted; nil for those of all groups, `unknownRoll` where nobody knows (visitors).
        var roll: Int?
        var causes: [String] = []
        /// Whether a person can be counted without any of the causes.
        var hasRest = true
        var listsGroups = true
        var listsParts = true
    }

    /// More than any school holds.
    static let unknownRoll = 1_000_000_000

    /// The width of a step, and the least count that may be told from zero.
    let k: Int
    let roll: Int
    /// Where the school's last, open step begins.
    let top: Int
    private(set) var groups: [Group]
    let parts: [Unit]
    let causes: [String]
    let hasRest: Bool
}

extension Shape {
    /// Lists what the template lists: groups and parts of at least `2k` persons, and none where fewer than three would
    /// stand below one total.
    init(_ source: Source, width k: Int) {
        self.k = k
        var groups: [Group] = []
        var parts: [Unit] = []
        for (unit, members) in source.groups {
            let range = parts.count..<parts.count + members.count
            parts += members
            let top = Shape.top(roll: unit.roll, members.map(\.roll), k)
            groups.append(
                Group(name: unit.name, roll: unit.roll, top: top, parts: range, isListed: false, listsParts: false))
        }
        roll = source.roll ?? groups.reduce(0) { $0 + $1.roll }
        top = Shape.top(roll: roll, groups.map(\.roll), k)
        self.groups = groups
        self.parts = parts
        // Where one or two units reported, the school's causes are theirs.
        let isSchool = max(groups.count, parts.count) >= 3
        causes = isSchool ? source.causes : []
        hasRest = isSchool && source.hasRest
        if source.listsGroups { listGroups(source.incomplete) }
        if source.listsParts { listParts() }
    }

    /// Whether anything at all can be said of the school's total.
    var isPublishable: Bool { roll >= 2 * k && top >= k }

    func isListed(part: Int) -> Bool { parts[part].roll >= 2 * k }

    var listsAnyParts: Bool { groups.contains(where: \.listsParts) }

    /// The last step begins at half of the roll, or earlier where one member is larger than all others together: “or
    /// more” would otherwise say something of that member.
    private static func top(roll: Int, _ members: [Int], _ k: Int) -> Int {
        let largest = members.max() ?? 0
        let others = largest < roll ? roll - largest : roll
        return min(roll / 2, others) / k * k
    }

    /// A group of which one or two parts reported is not listed: it would be them.
    private mutating func listGroups(_ incomplete: Set<String>) {
        let listed = groups.indices.filter { index in
            let group = groups[index]
            return group.roll >= 2 * k && group.top >= k && !(incomplete.contains(group.name) && group.parts.count < 3)
        }
        if listed.count >= 3 { for index in listed { groups[index].isListed = true } }
    }

    /// Where classes are withheld although the template has them, it must never be clear of which grade. So no grade
    /// lists its classes unless another one could be the reason just as early.
    private mutating func listParts() {
        for index in groups.indices where groups[index].isListed {
            groups[index].listsParts = groups[index].parts.count { isListed(part: $0) } >= 3
        }
        while true {
            let first = groups.indices.filter { groups[$0].listsParts }.compactMap { index in
                Culprits(self).earliestStep(of: index).map { (index, $0.low) }
            }
            let lowest = first.filter { $0.1 == first.map(\.1).min() }
            guard lowest.count == 1 else { return }
            groups[lowest[0].0].listsParts = false
        }
    }
}
