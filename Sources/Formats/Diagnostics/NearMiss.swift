/// The names that a mistyped one most likely meant.
public enum NearMiss {
    /// Up to `limit` of `candidates` that are close to `name`, best first; ties keep the candidates' order.
    ///
    /// Closeness is the optimal string alignment distance (one insertion, deletion, replacement or swap of neighbours
    /// costs 1), at most a third of the longer name and at least 1; a candidate that contains the name is close too.
    public static func suggestions(for name: String, among candidates: [String], limit: Int = 3) -> [String] {
        let wanted = Array(name.lowercased().unicodeScalars)
        let ranked = candidates.enumerated().compactMap { index, candidate -> (Int, Int, String)? in
            let other = Array(candidate.lowercased().unicodeScalars)
            let distance = distance(wanted, other)
            if distance <= max(1, max(wanted.count, other.count) / 3) { return (distance, index, candidate) }
            let contains = wanted.count > 1 && candidate.lowercased().contains(name.lowercased())
            return contains ? (other.count, index, candidate) : nil
        }
        var names: [String] = []
        for (_, _, name) in ranked.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) where !names.contains(name) {
            names.append(name)
        }
        return Array(names.prefix(limit))
    }

    /// What to type: the nearest names, or all of them where none is near.
    public static func fix(for name: String, among candidates: [String]) -> Diagnostic.Text {
        if candidates.isEmpty { return .init("目前一个也没有，请先建立。", "There is none yet; create it first.") }
        let near = suggestions(for: name, among: candidates)
        if let first = near.first, near.count == 1 { return .init("改为“\(first)”。", "Write “\(first)”.") }
        if near.isEmpty {
            var seen: Set<String> = []
            let candidates = candidates.filter { seen.insert($0).inserted }
            let all = candidates.prefix(40).joined(separator: "、")
            return .init("可用的有：\(all)。", "Choose one of: \(candidates.prefix(40).joined(separator: ", ")).")
        }
        return .init(
            "改为“\(near.joined(separator: "”或“"))”。", "Write “\(near.joined(separator: "” or “"))”.")
    }
}

private func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var before = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 0..<a.count {
        var row = [i + 1] + [Int](repeating: 0, count: b.count)
        for j in 0..<b.count {
            row[j + 1] = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { row[j + 1] = min(row[j + 1], before[j - 1] + 1) }
        }
        (before, last) = (last, row)
    }
    return last[b.count]
}
