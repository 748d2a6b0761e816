/// Bold by `__…__` beside Chinese, where CommonMark (§6.2, rule 6) asks for a blank or a punctuation mark outside of it. It is
/// bold where that is certain: where one of its ends stands at the line's edge, at a blank or beside a sign. Two lines between
/// Chinese characters may as well be a blank to be filled in: 第__周，共__人.
enum UnderscoreMarks {
    /// The text with markers on both sides of such lines; nil where none needs them.
    static func insert(into bytes: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var isChanged = false
        for (index, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
            if index > 0 { result.append(10) }
            let places = line.withUnsafeBufferPointer { marked($0) }
            if places.isEmpty {
                result += line
                continue
            }
            isChanged = true
            var start = line.startIndex
            for place in places {
                let run = line.startIndex + place
                result += line[start..<run] + EmphasisMarks.marker + line[run..<run + 2] + EmphasisMarks.marker
                start = run + 2
            }
            result += line[start...]
        }
        return isChanged ? result : nil
    }

    /// Pairs that are shown as they were typed although they could be bold: where they begin.
    static func uncertain(in line: UnsafeBufferPointer<UInt8>) -> Int? {
        let pairs = pairs(in: line)
        return pairs.first { !isCertain($0, line) && isBesideHan($0, line) }?.open
    }

    private static func marked(_ line: UnsafeBufferPointer<UInt8>) -> [Int] {
        pairs(in: line).filter { isCertain($0, line) && isBesideHan($0, line) }.flatMap { [$0.open, $0.close] }
    }

    private typealias Pair = (open: Int, close: Int)

    /// Runs of just two, outside of code and not escaped, two by two; none where one is left over.
    private static func pairs(in line: UnsafeBufferPointer<UInt8>) -> [Pair] {
        var runs: [Int] = []
        var index = 0
        while index < line.count {
            switch line[index] {
            case UInt8(ascii: "`"): return []
            case UInt8(ascii: "\\"): index += 2
            case UInt8(ascii: "_"):
                var end = index
                while end < line.count, line[end] == UInt8(ascii: "_") { end += 1 }
                if end - index == 2 { runs.append(index) }
                index = end
            default: index += 1
            }
        }
        guard runs.count.isMultiple(of: 2) else { return [] }
        return stride(from: 0, to: runs.count, by: 2).map { (runs[$0], runs[$0 + 1]) }
    }

    private static func outside(_ pair: Pair, _ line: UnsafeBufferPointer<UInt8>) -> [Unicode.Scalar?] {
        [
            UnsafeBufferPointer(rebasing: line[..<pair.open]).lastScalar,
            UnsafeBufferPointer(rebasing: line[(pair.close + 2)...]).firstScalar,
        ]
    }

    private static func inside(_ pair: Pair, _ line: UnsafeBufferPointer<UInt8>) -> [Unicode.Scalar?] {
        let text = UnsafeBufferPointer(rebasing: line[(pair.open + 2)..<pair.close])
        return [text.firstScalar, text.lastScalar]
    }

    private static func isCertain(_ pair: Pair, _ line: UnsafeBufferPointer<UInt8>) -> Bool {
        let inside = inside(pair, line)
        guard inside.allSatisfy({ $0.map { !$0.properties.isWhitespace } ?? false }) else { return false }
        let isEdge = outside(pair, line).contains { $0.map { $0.properties.isWhitespace || isPunctuation($0) } ?? true }
        return isEdge || inside.contains { isPunctuation($0) }
    }

    private static func isBesideHan(_ pair: Pair, _ line: UnsafeBufferPointer<UInt8>) -> Bool {
        outside(pair, line).contains { isHan($0) }
    }
}
