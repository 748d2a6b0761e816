/// Raw counts of a day, for a shape. They never leave this target.
struct Counts: Hashable, Sendable {
    /// Counts of the shape's parts; empty where its groups are leaves.
    var parts: [Int]
    /// Counts of the shape's groups.
    var groups: [Int]
    /// Counts of the shape's causes in the whole school.
    var causes: [Int]
    var total: Int

    /// Sums parts up to groups where there are any.
    init(parts: [Int], groups: [Int] = [], causes: [Int] = [], total: Int? = nil, _ shape: Shape) {
        self.parts = parts
        self.groups = shape.groups.enumerated().map { index, group in
            group.parts.isEmpty || parts.isEmpty ? groups[index] : parts[group.parts].reduce(0, +)
        }
        self.causes = causes
        self.total = total ?? self.groups.reduce(0, +)
    }
}

/// What is said of a day, or is supposed to be: a statement for every cell that has one.
struct Statements: Hashable, Sendable {
    var total: Statement?
    var groups: [Statement?]
    var parts: [Statement?]
    var causes: [Statement?]

    /// Nothing but the total.
    init(total: Statement?, _ shape: Shape) {
        self.total = total
        groups = Array(repeating: nil, count: shape.groups.count)
        parts = Array(repeating: nil, count: shape.parts.count)
        causes = Array(repeating: nil, count: shape.causes.count)
    }

    /// What the template says of some counts at a level.
    init(_ counts: Counts, _ shape: Shape, _ level: Level) {
        self.init(total: nil, shape)
        if level == .nothing { return }
        let k = shape.k
        total = Statement(counts.total, width: k, top: shape.top)
        if level == .totalOnly { return }
        causes = counts.causes.map { Statement($0, width: k, top: shape.causeTop) }
        for (index, group) in shape.groups.enumerated() where group.isListed {
            groups[index] = Statement(counts.groups[index], width: k, top: group.top)
            if level == .full, group.listsParts {
                for part in group.parts where shape.isListed(part: part) {
                    parts[part] = Statement(counts.parts[part], width: k, top: shape.top(ofPart: part))
                }
            }
        }
    }
}

extension Shape {
    var causeTop: Int { roll / (2 * k) * k }

    func top(ofPart part: Int) -> Int { parts[part].roll / (2 * k) * k }
}
