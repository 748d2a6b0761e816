import Formats
import Testing

@testable import Statistics

@Suite struct RuleTests {
    private let columns = ["a", "b", "c"].map {
        DatasetDefinition.Column(id: $0, label: $0.uppercased(), kind: .persons, unit: "", names: [$0], range: 0...99)
    }

    private func rule(_ text: String) -> Rule? {
        var reader = FieldReader(SourceFile(path: "datasets.yml", text: text), nil)
        return Rule(Reference(name: text, range: 0..<1), columns: columns, &reader)
    }

    @Test(arguments: [
        ("a <= b", [1.0, 2, 0], true), ("a <= b", [2, 2, 0], true), ("a <= b", [3, 2, 0], false),
        ("a - b = c", [5, 3, 2], true), ("a - b = c", [5, 3, 1], false), ("a = b + c", [5, 3, 2], true),
        ("a-b<=c", [5, 3, 2], true),
    ])
    func holds(_ text: String, _ values: [Double], _ expected: Bool) {
        #expect(rule(text)?.holds(values) == expected)
    }

    @Test func missingValueDecidesNothing() {
        #expect(rule("a <= b")?.holds([1, nil, 0]) == nil)
    }

    @Test(arguments: ["a <= d", "a", "a = b = c"])
    func isRefused(_ text: String) {
        #expect(rule(text) == nil)
    }

    @Test func wordsNameTheParts() {
        #expect(rule("a - b = c")?.words(columns) == "A−B ＝ C")
    }
}
