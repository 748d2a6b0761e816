import Foundation
import Testing

@testable import Statistics

/// Every possible table of small schools, with k lowered to 2 so that all of them can be counted.
@Suite struct ProtectionTests {
    /// A school's shape, and how its causes are spread.
    struct School: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// Rolls of parts by group; a group with none is a leaf with the roll given.
        let groups: [(roll: Int, parts: [Int])]
        let causes: Int
        var hasRest = true
        var listsParts = true
        var k = 2

        var shape: Shape {
            var source = Shape.Source()
            source.groups = groups.enumerated().map { index, group in
                let parts = group.parts.enumerated().map { Shape.Unit(name: "\(index)-\($0.offset)", roll: $0.element) }
                return (Shape.Unit(name: "\(index)", roll: group.roll), parts)
            }
            source.causes = (0..<causes).map { "cause\($0)" }
            source.hasRest = hasRest
            source.listsParts = listsParts
            return Shape(source, width: k)
        }
    }

    static let schools = [
        School(testDescription: "three leaves, two causes", groups: [(4, []), (5, []), (4, [])], causes: 2),
        School(testDescription: "no rest", groups: [(4, []), (4, []), (4, [])], causes: 3, hasRest: false),
        School(
            testDescription: "unlisted parts", groups: [(5, [3, 2]), (4, []), (4, [])], causes: 1),
        School(
            testDescription: "two groups with three parts", groups: [(12, [4, 4, 4]), (12, [4, 4, 4]), (4, [])],
            causes: 0),
        School(
            testDescription: "one group with parts", groups: [(12, [4, 4, 4]), (4, []), (4, []), (4, [])], causes: 0),
        School(testDescription: "five grades", groups: [(4, []), (5, []), (4, []), (4, []), (4, [])], causes: 0),
        School(testDescription: "six grades", groups: Array(repeating: (4, []), count: 6), causes: 0),
        School(
            testDescription: "a tiny unlisted grade", groups: [(4, []), (2, []), (4, []), (5, []), (4, [])], causes: 0),
        School(testDescription: "a class larger than the rest", groups: [(7, [5, 2]), (4, []), (4, [])], causes: 0),
        School(testDescription: "two grades", groups: [(5, []), (4, [])], causes: 2),
        School(testDescription: "larger grades", groups: [(9, []), (8, []), (10, [])], causes: 1),
        School(testDescription: "four larger grades", groups: [(9, []), (8, []), (10, []), (8, [])], causes: 0),
    ]

    /// Every complete table: for each leaf, how many by cause and by none.
    private func tables(_ shape: Shape, _ body: ([[Int]]) -> Void) {
        let columns = max(1, shape.causes.count + (shape.hasRest ? 1 : 0))
        let rows = shape.leaves.map { leaf in
            spreads(atMost: leaf.part.map { shape.parts[$0].roll } ?? shape.groups[leaf.group].roll, columns)
        }
        var table: [[Int]] = []
        func fill() {
            if table.count == rows.count { return body(table) }
            for row in rows[table.count] {
                table.append(row)
                fill()
                table.removeLast()
            }
        }
        fill()
    }

    private func spreads(atMost count: Int, _ columns: Int) -> [[Int]] {
        if columns == 0 { return [[]] }
        return (0...count).flatMap { first in spreads(atMost: count - first, columns - 1).map { [first] + $0 } }
    }

    private func counts(_ table: [[Int]], _ shape: Shape) -> Counts {
        let sums = table.map { $0.reduce(0, +) }
        var parts: [Int] = []
        var groups = shape.groups.map { _ in 0 }
        for (leaf, sum) in zip(shape.leaves, sums) {
            if leaf.part != nil { parts.append(sum) }
            groups[leaf.group] += sum
        }
        let causes = shape.causes.indices.map { cause in table.reduce(0) { $0 + $1[cause] } }
        return Counts(parts: parts, groups: groups, causes: causes, shape)
    }

    /// All counts of a table, in the order of `Reach`.
    private func values(_ table: [[Int]], _ shape: Shape) -> [Int] {
        let counts = counts(table, shape)
        var values = [counts.total] + counts.causes + counts.groups + counts.parts
        if shape.causes.isEmpty { return values }
        func add(_ rows: [Int], roll: Int) {
            if roll == shape.roll { return }
            for cause in shape.causes.indices { values.append(rows.reduce(0) { $0 + table[$1][cause] }) }
            if shape.hasRest {
                values.append(rows.reduce(0) { $0 + table[$1].dropLast().reduce(0, +) })
            }
        }
        for (index, group) in shape.groups.enumerated() {
            let rows = shape.leaves.indices.filter { shape.leaves[$0].group == index }
            add(rows, roll: group.roll)
            for part in group.parts {
                add(rows.filter { shape.leaves[$0].part == part }, roll: shape.parts[part].roll)
            }
        }
        return values
    }

    private func rolls(_ shape: Shape) -> [Int] {
        let whole = Array(repeating: shape.roll, count: 1 + shape.causes.count)
        var rolls = whole + shape.groups.map(\.roll) + shape.parts.map(\.roll)
        let measures = shape.causes.isEmpty ? 0 : shape.causes.count + (shape.hasRest ? 1 : 0)
        for group in shape.groups {
            for roll in [group.roll] + group.parts.map({ shape.parts[$0].roll }) where roll < shape.roll {
                rolls += Array(repeating: roll, count: measures)
            }
        }
        return rolls
    }

    /// For each statement set of the full template: which ends every count really has among all tables that agree.
    @Test(arguments: schools)
    func intervalsAreExact(_ school: School) {
        let shape = school.shape
        let most = rolls(shape).map { min(shape.k - 1, $0) }
        var seen: [Statements: [Reach.Ends]] = [:]
        tables(shape) { table in
            let statements = Statements(counts(table, shape), shape, .full)
            let values = values(table, shape)
            seen[statements, default: values.map { _ in [] }].withUnsafeMutableBufferPointer { ends in
                for (index, value) in values.enumerated() {
                    if value == 0 { ends[index].insert(.zero) }
                    if value == most[index] { ends[index].insert(.most) }
                }
            }
        }
        #expect(seen.count > 1)
        for (statements, ends) in seen {
            let bounds = Bounds(statements, shape)
            #expect(bounds != nil)
            if let bounds { #expect(Reach.possible(bounds, shape).ends.map(\.rawValue) == ends.map(\.rawValue)) }
        }
    }

    /// The guarantee over the whole decision: of all tables that lead to the same publication, the same level included,
    /// every count below k is somewhere zero and somewhere k−1.
    @Test(arguments: schools)
    func decisionTellsNothing(_ school: School) {
        let shape = school.shape
        let protection = Protection(shape)
        let most = rolls(shape).map { min(shape.k - 1, $0) }
        var levels: [Statements: Level] = [:]
        var seen: [Statements: (ends: [Reach.Ends], small: [Bool], level: Level)] = [:]
        tables(shape) { table in
            let counts = counts(table, shape)
            let full = Statements(counts, shape, .full)
            let level = levels[full] ?? protection.level(of: counts)
            levels[full] = level
            var published = Statements(counts, shape, level)
            // The level is published too: mark it where no statement shows it.
            if level != .full {
                published.causes.append(Statement(low: -1, high: level == .totalOnly ? 1 : level == .nothing ? 2 : 3))
            }
            let values = values(table, shape)
            var entry = seen[published] ?? (values.map { _ in [] }, values.map { _ in false }, level)
            seen[published] = nil
            for (index, value) in values.enumerated() {
                if value == 0 { entry.ends[index].insert(.zero) }
                if value == most[index] { entry.ends[index].insert(.most) }
                if value < shape.k { entry.small[index] = true }
            }
            seen[published] = entry
        }
        for (statements, entry) in seen {
            for index in entry.ends.indices where entry.small[index] {
                #expect(entry.ends[index] == .both, "count \(index) under \(entry.level): \(statements)")
            }
        }
        #expect(levels.values.contains(.full))
        if ProcessInfo.processInfo.environment["SHOW_LEVELS"] != nil {
            let days = Dictionary(grouping: levels.values) { $0 }.mapValues(\.count)
            print(
                "\(school.testDescription): statement sets \(days.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key) \($0.value)" })"
            )
        }
    }
}

/// What a reader concludes from single statements.
@Suite struct BoundsTests {
    private var shape: Shape {
        var source = Shape.Source()
        source.groups = (1...3).map { (Shape.Unit(name: "\($0)", roll: 40), []) }
        return Shape(source, width: 5)
    }

    @Test func partsTellAnUnstatedTotal() throws {
        var statements = Statements(total: nil, shape)
        statements.groups = [Statement(low: 5, high: 9), Statement(low: 20, high: nil), Statement(low: 0, high: 4)]
        let bounds = try #require(Bounds(statements, shape))
        #expect(bounds.total == Interval(25, 53) && bounds.groups[2] == Interval(0, 4))
    }

    @Test func totalAndPartsTellAnUnstatedOne() throws {
        var statements = Statements(total: Statement(low: 15, high: 19), shape)
        statements.groups = [Statement(low: 5, high: 9), Statement(low: 0, high: 4), nil]
        let bounds = try #require(Bounds(statements, shape))
        #expect(bounds.groups[2] == Interval(2, 14))
        #expect(!bounds.areSafe(shape), "two or more of them are counted")
    }

    @Test func statementsThatContradictEachOtherHaveNoTable() {
        var statements = Statements(total: .first(width: 5), shape)
        statements.groups[0] = Statement(low: 10, high: 14)
        #expect(Bounds(statements, shape) == nil)
    }
}
