import Formats

/// A relation that every row must satisfy: sums of columns on both sides of `<=` or `=`.
struct Rule: Sendable {
    let text: String
    let left: [Term]
    let right: [Term]
    let isEquation: Bool

    struct Term: Sendable {
        let column: Int
        let sign: Double
    }

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
        func terms(_ side: Substring) -> [Term]? {
            var sign = 1.0
            var terms: [Term] = []
            for word in side.replacing("+", with: " + ").replacing("-", with: " - ").split(separator: " ") {
                if word == "+" || word == "-" {
                    sign = word == "+" ? 1 : -1
                } else if let column = columns.firstIndex(where: { $0.id == word }) {
                    terms.append(Term(column: column, sign: sign))
                } else {
                    reader.report(
                        unknownColumn(reader.source, Reference(name: String(word), range: reference.range), columns))
                    return nil
                }
            }
            return terms
        }
        guard let left = terms(sides[0]), let right = terms(sides[1]) else { return nil }
        self.left = left
        self.right = right
    }

    /// The columns on either side, by their labels.
    func words(_ columns: [DatasetDefinition.Column]) -> String {
        func side(_ terms: [Term]) -> String {
            terms.enumerated().map { index, term in
                (index == 0 ? "" : term.sign < 0 ? "−" : "＋") + columns[term.column].label
            }.joined()
        }
        return "\(side(left)) \(isEquation ? "＝" : "≤") \(side(right))"
    }

    /// Nil while a value is missing: that is reported elsewhere.
    func holds(_ values: [Double?]) -> Bool? {
        func sum(_ terms: [Term]) -> Double? {
            var total = 0.0
            for term in terms {
                guard let value = values[term.column] else { return nil }
                total += term.sign * value
            }
            return total
        }
        guard let left = sum(left), let right = sum(right) else { return nil }
        return isEquation ? left == right : left <= right
    }
}
