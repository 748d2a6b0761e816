import Formats

/// A sum of columns: `enrolled - present`.
struct Expression: Hashable, Sendable {
    struct Term: Hashable, Sendable {
        let column: Int
        let sign: Double
    }

    let terms: [Term]

    /// Reads one; nil, with an error at the reference, where it names no column.
    init?(
        _ text: Substring, at range: Range<Int>, columns: [DatasetDefinition.Column], _ reader: inout FieldReader
    ) {
        var sign = 1.0
        var terms: [Term] = []
        for word in text.replacing("+", with: " + ").replacing("-", with: " - ").split(separator: " ") {
            if word == "+" || word == "-" {
                sign = word == "+" ? 1 : -1
            } else if let column = columns.firstIndex(where: { $0.id == word }) {
                terms.append(Term(column: column, sign: sign))
            } else {
                reader.report(unknownColumn(reader.source, Reference(name: String(word), range: range), columns))
                return nil
            }
        }
        self.terms = terms
    }

    /// Nil while a value is missing: that is reported elsewhere.
    func value(_ values: [Double?]) -> Double? {
        var total = 0.0
        for term in terms {
            guard let value = values[term.column] else { return nil }
            total += term.sign * value
        }
        return total
    }

    /// How often each column is taken.
    private var coefficients: [Int: Double] {
        terms.reduce(into: [:]) { $0[$1.column, default: 0] += $1.sign }
    }

    /// The sum written without each of its columns that an equation tells by the others.
    func eliminations(by rule: Rule) -> [[Int: Double]] {
        let equation = rule.left.coefficients.merging(rule.right.coefficients.mapValues { -$0 }, uniquingKeysWith: +)
        let own = coefficients
        return own.keys.compactMap { column in
            guard let known = equation[column], known != 0, let taken = own[column] else { return nil }
            return own.merging(equation.mapValues { -taken / known * $0 }, uniquingKeysWith: +)
        }
    }

    /// The columns by their labels.
    func words(_ columns: [DatasetDefinition.Column]) -> String {
        terms.enumerated().map { index, term in
            (index == 0 ? "" : term.sign < 0 ? "−" : "＋") + columns[term.column].label
        }.joined()
    }
}
