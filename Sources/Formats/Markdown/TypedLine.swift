/// A line as its writer typed it, without the blanks at its ends. Looked at in bytes: every line of every text passes here.
struct TypedLine {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let range: Range<Int>
    /// Whether four blanks make it a line of code.
    let isIndentedCode: Bool

    /// The first character that is no blank.
    let first: Unicode.Scalar?

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) {
        var start = line.lowerBound
        while start < line.upperBound, let width = TypedLine.blank(bytes, start) { start += width }
        self.bytes = bytes
        range = min(start, line.upperBound)..<line.upperBound
        isIndentedCode = line.count >= 4 && bytes[line].prefix(4).allSatisfy { $0 == 32 }
        first = TypedLine.scalar(bytes, range.lowerBound, range.upperBound)?.0
    }

    var isBlank: Bool { range.isEmpty }

    func starts(with text: StaticString) -> Bool { holds(text, at: range.lowerBound) }

    /// `##标题`, `＃标题`.
    var isHeadingWithoutSpace: Bool {
        if first == "＃" { return true }
        let signs = bytes[range].prefix { $0 == UInt8(ascii: "#") }.count
        guard signs <= 6, let next = scalar(range.lowerBound + signs)?.0 else { return false }
        return next != " " && !next.properties.isWhitespace
    }

    /// `1.内容`, `-内容`; numbers such as `1.5` and `-3`, rules and tables are none.
    var isItemWithoutSpace: Bool {
        if first == "-" {
            guard let next = scalar(range.lowerBound + 1)?.0, next != " " else { return false }
            return !next.properties.isWhitespace && !isDigit(next) && !["-", "|", ":"].contains(next)
        }
        let digits = bytes[range].prefix { $0 &- 48 < 10 }.count
        guard (1...2).contains(digits), holds(".", at: range.lowerBound + digits),
            let next = scalar(range.lowerBound + digits + 1)?.0, next != " "
        else { return false }
        return !next.properties.isWhitespace && !isDigit(next) && next != "."
    }

    /// `[文字]（a.md）`, `[文字] (a.md)`, `【文字】（a.md）`.
    var hasFullWidthLink: Bool {
        for index in range {
            switch bytes[index] {
            case UInt8(ascii: "]"):
                guard holds("（", at: index + 1) || holds(" ", at: index + 1) else { continue }
            case 0xE3: guard holds("】（", at: index) || holds("】(", at: index) else { continue }
            default: continue
            }
            if namesPage(behind: index + 1) { return true }
        }
        return false
    }

    /// `（一）`, `1、`, `一、`, `①` at the start, as Word numbers paragraphs.
    var isNumberedLikeWord: Bool {
        guard let first, let next = scalar(range.lowerBound)?.1 else { return false }
        if (0x2460...0x2473).contains(first.value) { return true }
        if first == "（" { return counts(from: next, to: "）", limit: 3) { isDigit($0) || isHanNumber($0) } }
        if isDigit(first) { return counts(from: range.lowerBound, to: "、", limit: 2, isDigit) }
        return isHanNumber(first) && counts(from: range.lowerBound, to: "、", limit: 3, isHanNumber)
    }
}

extension TypedLine {
    /// Whether up to `limit` numerals stand from `start` on, and then `end`.
    private func counts(
        from start: Int, to end: Unicode.Scalar, limit: Int, _ isNumeral: (Unicode.Scalar) -> Bool
    ) -> Bool {
        var index = start
        for count in 0...limit {
            guard let (scalar, next) = scalar(index) else { return false }
            if scalar == end { return count > 0 }
            if !isNumeral(scalar) { return false }
            index = next
        }
        return false
    }

    /// Whether a page's name stands before the bracket that closes.
    private func namesPage(behind start: Int) -> Bool {
        var index = start
        if let opening = [" ", "（", "("].first(where: { holds($0, at: index) }) { index += opening.utf8CodeUnitCount }
        if holds("(", at: index) { index += 1 }
        while index < range.upperBound, bytes[index] != UInt8(ascii: ")"), !holds("）", at: index) {
            if holds(".md", at: index) || holds(".html", at: index) { return true }
            index += 1
        }
        return false
    }

    private func holds(_ text: StaticString, at index: Int) -> Bool {
        guard index >= range.lowerBound, index + text.utf8CodeUnitCount <= range.upperBound else { return false }
        for offset in 0..<text.utf8CodeUnitCount where bytes[index + offset] != text.utf8Start[offset] { return false }
        return true
    }

    /// The character at an offset, and where the next one begins.
    private func scalar(_ index: Int) -> (Unicode.Scalar, Int)? { TypedLine.scalar(bytes, index, range.upperBound) }

    private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ end: Int) -> (Unicode.Scalar, Int)?
    {
        guard index < end else { return nil }
        return UnsafeBufferPointer(rebasing: bytes[index..<end]).firstScalar.map { ($0, index + UTF8.width($0)) }
    }

    /// How wide the blank at an offset is: a space, a tab, NBSP, U+3000 or a byte-order mark.
    private static func blank(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        switch bytes[index] {
        case 32, 9: 1
        case 0xC2: index + 1 < bytes.count && bytes[index + 1] == 0xA0 ? 2 : nil
        case 0xE3: index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80 ? 3 : nil
        case 0xEF: index + 2 < bytes.count && bytes[index + 1] == 0xBB && bytes[index + 2] == 0xBF ? 3 : nil
        default: nil
        }
    }
}

private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

private func isHanNumber(_ scalar: Unicode.Scalar) -> Bool { "一二三四五六七八九十".unicodeScalars.contains(scalar) }
