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

    /// Whether a line is running text, which the next one would join: no heading, row, rule or quotation.
    var isRunningText: Bool {
        guard let first else { return false }
        return !["#", "|", ">", "=", "`", "~"].contains(first) && !starts(with: "---") && !starts(with: "***")
    }

    /// `组长：`, `职责：` at the start, as forms and plans list who does what: two to six Chinese characters and a colon.
    var isLabel: Bool {
        var index = range.lowerBound
        for count in 0...6 {
            guard let (scalar, next) = scalar(index) else { return false }
            if scalar == "：" { return count >= 2 }
            guard (0x4E00...0x9FFF).contains(scalar.value) else { return false }
            index = next
        }
        return false
    }

    /// A sign that begins an item elsewhere, where it stands, and what Markdown has for it: `1．`, `1）`, `1)内容`, `●`, `·`,
    /// `*内容` with no other star behind it.
    var typedListSign: (range: Range<Int>, sign: String)? {
        guard let first, !isIndentedCode, let (_, next) = scalar(range.lowerBound) else { return nil }
        if ["●", "·", "•", "▪", "◆", "■", "○", "◇", "▲", "★", "※"].contains(first) {
            // A masked name or a multiplication has a dot within it; a line that begins with one has an item.
            guard let (following, _) = scalar(next), following != first else { return nil }
            return (range.lowerBound..<blanksEnd(next), "- ")
        }
        if first == "*" {
            guard let (following, _) = scalar(next), isWord(following), !holdsStar(from: next) else { return nil }
            return (range.lowerBound..<next, "* ")
        }
        let digits = bytes[range].prefix { $0 &- 48 < 10 }.count
        guard (1...2).contains(digits), let (sign, end) = scalar(range.lowerBound + digits) else { return nil }
        let number = String(decoding: bytes[range.lowerBound..<range.lowerBound + digits], as: UTF8.self)
        guard let following = scalar(end)?.0, !isDigit(following) else { return nil }
        switch sign {
        case "．": return (range.lowerBound..<blanksEnd(end), "\(number). ")
        case "）": return (range.lowerBound..<blanksEnd(end), "\(number)) ")
        case ")" where following != " " && isWord(following): return (range.lowerBound..<end, "\(number)) ")
        default: return nil
        }
    }

    private func blanksEnd(_ start: Int) -> Int {
        var index = start
        while index < range.upperBound, let width = TypedLine.blank(bytes, index) { index += width }
        return index
    }

    private func isWord(_ scalar: Unicode.Scalar) -> Bool {
        (0x4E00...0x9FFF).contains(scalar.value) || isDigit(scalar) || scalar.properties.isAlphabetic
            || "“《（".unicodeScalars.contains(scalar)
    }

    private func holdsStar(from start: Int) -> Bool { bytes[start..<range.upperBound].contains(UInt8(ascii: "*")) }

    /// `（一）`, `1、`, `一、`, `①`, `⑴`, `㈠`, `(1)`, `【1】`, `第一，`, `一是`, `□`, `√`, `➢` at the start, as Word numbers
    /// and marks paragraphs.
    var isNumberedLikeWord: Bool {
        guard let first, let next = scalar(range.lowerBound)?.1 else { return false }
        if (0x2460...0x2487).contains(first.value) || (0x3220...0x3229).contains(first.value) { return true }
        if ["□", "☐", "☑", "√", "✓", "➢"].contains(first) { return true }
        for (open, close) in TypedLine.brackets where first == open {
            return counts(from: next, to: close, limit: 3) { isDigit($0) || isHanNumber($0) }
        }
        if first == "第" {
            return ["，", "、", "：", "条"].contains { counts(from: next, to: $0, limit: 3, isHanNumber) }
        }
        if isHanNumber(first), counts(from: range.lowerBound, to: "是", limit: 1, isHanNumber) { return true }
        if isDigit(first) { return counts(from: range.lowerBound, to: "、", limit: 2, isDigit) && !isEnumeration }
        return isHanNumber(first) && counts(from: range.lowerBound, to: "、", limit: 3, isHanNumber) && !isEnumeration
    }

    private static let brackets: [(Unicode.Scalar, Unicode.Scalar)] = [("（", "）"), ("(", ")"), ("【", "】")]

    /// Whether the next line is one of its own and would become part of this one.
    func isBrokenBefore(_ next: TypedLine) -> Bool {
        guard isRunningText else { return false }
        return next.isNumberedLikeWord || next.isLabel || next.isRunningText && (isTypedHeading || isSalutation)
    }

    /// `各位家长：`, `尊敬的家长：`, and the `此致` of a letter, alone on a line.
    var isSalutation: Bool {
        guard let first, ["各", "尊", "全", "亲", "此"].contains(first), range.count <= 60 else { return false }
        let text = String(decoding: bytes[range], as: UTF8.self).trimmed
        return text == "此致" || text.last == "：" && ["各", "尊敬", "全体", "亲爱"].contains(where: text.hasPrefix)
    }

    /// `一、组织领导`, `（一）组织领导`: numbered as GB/T 9704 §7.3.3 numbers headings, short, and no sentence.
    private var isTypedHeading: Bool {
        guard let first, first == "（" || isHanNumber(first), isNumberedLikeWord, range.count <= 120 else {
            return false
        }
        let text = String(decoding: bytes[range], as: UTF8.self).trimmed
        return !text.contains { "。；！？：".contains($0) } && !"，、,;:.".contains(text.last ?? ",")
            && text.firstMatch(of: /^（[一二三四五六七八九十]{1,3}）(?:班|年级|组|号|级|中队|楼)/) == nil
    }

    /// How many bytes mark a line as one of a quotation (CommonMark 0.30, §5.1).
    static func quoteEnd(_ line: some Collection<UInt8>) -> Int {
        var (count, end) = (0, 0)
        for byte in line {
            count += 1
            if byte == UInt8(ascii: ">") { end = count } else if byte != 32 || count - end > 3 { break }
        }
        return end
    }
}

extension TypedLine {
    /// `1、2号楼`, `一、二年级`: another number behind the sign, so the line lists numbers and has none itself.
    private var isEnumeration: Bool {
        var index = range.lowerBound
        while let (scalar, next) = scalar(index) {
            index = next
            if scalar == "、" { break }
        }
        return scalar(index).map { isDigit($0.0) || isHanNumber($0.0) } ?? false
    }

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
