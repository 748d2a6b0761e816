import Formats

/// A relation that every row must satisfy: sums of columns on both sides of `<=` or `=`.
struct Rule: Sendable {
    let text: String
    let left: Expression
    let right: Expression
    let isEquation: Bool

    /// Reads `enrolled - present = fever + other`.
    init?(_ reference: Reference, columns: [DatasetDefinition.Column], _ reader: inout FieldReader) {
        text = reference.name
        isEquation = !text.contains("<=")
        let sides = isEquation ? text.split(separator: "=") : text.replacing("<=", with: "=").split(separator: "=")
        guard sides.count == 2 else {
            reader.report(
                reader.source.error(
                    "dataset.rule", at: reference.range, "规则要写成“甲 + 乙 <= 丙”或“甲 - 乙 = 丙 + 丁”。",
                    "A rule reads “a + b <= c” or “a - b = c + d”.",
                    fix: .init("用列的id和 + - <= = 写成一行。", "Use the columns' ids with + - <= =.")))
            return nil
        }
        guard let left = Expression(sides[0], at: reference.range, columns: columns, &reader),
            let right = Expression(sides[1], at: reference.range, columns: columns, &reader)
        else { return nil }
        self.left = left
        self.right = right
    }

    /// The columns on either side, by their labels.
    func words(_ columns: [DatasetDefinition.Column]) -> String {
        "\(left.words(columns)) \(isEquation ? "＝" : "≤") \(right.words(columns))"
    }

    /// Nil while a value is missing: that is reported elsewhere.
    func holds(_ values: [Double?]) -> Bool? {
        guard let left = left.value(values), let right = right.value(values) else { return nil }
        return isEquation ? left == right : left <= right
    }
}
