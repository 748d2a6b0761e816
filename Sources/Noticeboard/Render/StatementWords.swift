import Formats
import Statistics

/// How a statement about persons is said in words.
extension Statement {
    var words: String {
        guard let high else { return "\(low)人及以上" }
        return low == 0 ? "少于\(high + 1)人" : "\(low)–\(high)人"
    }

    var wordsInEnglish: String {
        guard let high else { return "\(low) or more" }
        return low == 0 ? "fewer than \(high + 1)" : "\(low)–\(high)"
    }

    /// As short as a chart needs it.
    var label: String {
        guard let high else { return "≥\(low)" }
        return low == 0 ? "<\(high + 1)" : "\(low)–\(high)"
    }
}

extension ProtectedDay.Line {
    /// The statement, or why there is none.
    var words: String { statement?.words ?? (isMissing ? "未报" : "不单列") }

    /// How many of the roll are not counted, in words: 97.1%–97.5%.
    var restRate: String? {
        guard let statement, let roll, roll > 0 else { return nil }
        let most = share(roll - statement.low, roll)
        guard let high = statement.high else { return "不超过\(most)" }
        let least = share(roll - min(high, roll), roll)
        return least == most ? most : "\(least)–\(most)"
    }

    /// How many of the roll are not counted, in persons: 126–130.
    var restCount: String? {
        guard let statement, let roll else { return nil }
        guard let high = statement.high else { return "不超过\(roll - statement.low)" }
        return high == statement.low ? "\(roll - high)" : "\(max(0, roll - high))–\(roll - statement.low)"
    }
}

/// A share as a percentage with one decimal, rounded to the nearest.
private func share(_ part: Int, _ whole: Int) -> String {
    let tenths = (part * 2000 + whole) / (whole * 2)
    return "\(tenths / 10).\(tenths % 10)%"
}
