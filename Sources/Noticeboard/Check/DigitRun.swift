import Formats

/// Digits that may read as one number: full-width ones too, with single spaces, hyphens or dots between groups.
struct DigitRun {
    /// A group of digits without anything between them, as ASCII; `hasX` when an X follows, as it may end an identity
    /// number.
    struct Group {
        let digits: [UInt8]
        let range: Range<Int>
        let hasX: Bool
        /// Whether it can only be what stands behind a decimal point: 1104.17371247083. A list's number is shorter: 1.138…
        let isFraction: Bool
    }

    let groups: [Group]

    /// Every number that neighbouring groups, five at most, may form, of the lengths that identify a person.
    var numbers: [(digits: [UInt8], range: Range<Int>)] {
        var numbers: [(digits: [UInt8], range: Range<Int>)] = []
        for first in groups.indices {
            var digits: [UInt8] = []
            for last in first..<min(first + 5, groups.count) {
                if groups[last].isFraction { break }
                digits += groups[last].digits
                if digits.count > 18 { break }
                let range = groups[first].range.lowerBound..<groups[last].range.upperBound
                if digits.count == 17, groups[last].hasX { numbers.append((digits + [UInt8(ascii: "X")], range)) }
                if digits.count >= 11 { numbers.append((digits, range)) }
            }
        }
        return numbers
    }

    /// What remains to be looked through of a page: all but the ranges that are known, each widened to both sides as far as a
    /// run of digits could reach into it.
    static func unknown(of text: PageText) -> [Range<Int>] {
        text.bytes.withUnsafeBufferPointer { bytes in
            var ranges: [Range<Int>] = []
            var start = 0
            for known in text.known + [bytes.count..<bytes.count] {
                if known.lowerBound > start {
                    var (low, high) = (start, known.lowerBound)
                    while low > 0, !endsRuns(bytes[low - 1]) { low -= 1 }
                    while high < bytes.count, !endsRuns(bytes[high]) { high += 1 }
                    ranges.append(low..<high)
                }
                start = known.upperBound
            }
            return ranges
        }
    }

    /// Whether no run goes across a byte: it is ASCII, and neither a digit nor a sign that may stand within a number.
    private static func endsRuns(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x20, 0x28, 0x29, 0x2D, 0x2E, 0x58, 0x78, 0x80...: false
        default: true
        }
    }

    static func all(in bytes: UnsafeBufferPointer<UInt8>) -> [DigitRun] {
        var runs: [DigitRun] = []
        var next = 0
        for index in stride(from: 0, to: bytes.count, by: 16) {
            let vector = bytes.vector(at: index)
            // EF begins a full-width digit, but a Chinese comma as well.
            for place in ByteVector.Places(vector.digits .| vector.equal(to: 0xEF)) {
                let start = index + place
                guard start >= next, digit(bytes, start) != nil else { continue }
                // Most runs are years, days and times: far too short to be put together.
                let (length, last) = measure(bytes, from: start)
                next = last
                guard length >= 11 else { continue }
                let (groups, end) = read(bytes, from: start)
                runs.append(DigitRun(groups: groups))
                next = max(end, start + 1)
            }
        }
        return runs
    }

    /// How many digits a run has, and where it ends.
    private static func measure(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> (digits: Int, end: Int) {
        var (count, index) = (0, start)
        while true {
            while index < bytes.count, bytes[index] &- 48 < 10 {
                count += 1
                index += 1
            }
            if index < bytes.count, bytes[index] == 0xEF, let (_, width) = digit(bytes, index) {
                count += 1
                index += width
                continue
            }
            let next = behindSeparators(bytes, index)
            guard next > index, digit(bytes, next) != nil else { return (count, index) }
            index = next
        }
    }

    private static func read(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> ([Group], Int) {
        var groups: [Group] = []
        var index = start
        while true {
            let begin = index
            var digits: [UInt8] = []
            while let (value, width) = digit(bytes, index) {
                digits.append(value)
                index += width
            }
            if digits.isEmpty { return (groups, begin) }
            let isFraction = isFraction(bytes, digits, begin, groups)
            groups.append(
                Group(digits: digits, range: begin..<index, hasX: isX(bytes, index), isFraction: isFraction))
            let next = behindSeparators(bytes, index)
            guard next > index, digit(bytes, next) != nil else { return (groups, index) }
            index = next
        }
    }

    /// A point right behind 0, or behind three digits and more that begin the run, and right before eleven and more.
    private static func isFraction(
        _ bytes: UnsafeBufferPointer<UInt8>, _ digits: [UInt8], _ begin: Int, _ groups: [Group]
    ) -> Bool {
        guard digits.count >= 11, groups.count == 1, groups[0].range.upperBound == begin - 1,
            bytes[begin - 1] == UInt8(ascii: ".")
        else { return false }
        return groups[0].digits == [48] || groups[0].digits.count >= 3
    }

    /// The digit at an offset, ASCII or full-width, and how many bytes it takes.
    private static func digit(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> (value: UInt8, width: Int)? {
        guard index < bytes.count else { return nil }
        if bytes[index] &- 48 < 10 { return (bytes[index], 1) }
        guard bytes[index] == 0xEF, index + 2 < bytes.count, bytes[index + 1] == 0xBC else { return nil }
        let value = bytes[index + 2]
        return (0x90...0x99).contains(value) ? (value - 0x90 + 48, 3) : nil
    }

    private static func isX(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        guard index < bytes.count else { return false }
        if bytes[index] == UInt8(ascii: "X") || bytes[index] == UInt8(ascii: "x") { return true }
        return index + 2 < bytes.count && bytes[index] == 0xEF
            && (bytes[index + 1] == 0xBC && bytes[index + 2] == 0xB8
                || bytes[index + 1] == 0xBD && bytes[index + 2] == 0x98)
    }

    /// Behind up to three signs that people put between the groups of a number: blanks, dashes, dots, brackets, and
    /// characters that are not seen at all.
    private static func behindSeparators(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var index = start
        for _ in 0..<3 {
            guard index < bytes.count, mayBeSeparator(bytes[index]) else { return index }
            if bytes[index] < 0x80 {
                index += 1
                continue
            }
            let rest = UnsafeBufferPointer(rebasing: bytes[index...])
            guard let sign = rest.firstScalar, isSeparator(sign) else { return index }
            index += UTF8.width(sign)
        }
        return index
    }

    /// Whether a separator can begin with a byte; letters and most Han characters cannot.
    private static func mayBeSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x28, 0x29, 0x2D, 0x2E, 0xC2, 0xE2, 0xE3, 0xEF: true
        default: false
        }
    }

    /// Those beyond ASCII.
    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\u{A0}", "\u{3000}", "\u{2002}", "\u{2003}", "\u{2009}", "–", "—", "－", "‐", "‑",
            "·", "（", "）", "\u{202F}", "\u{205F}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}", "\u{AD}",
            "\u{200E}", "\u{200F}":
            true
        default:
            (0x2000...0x200A).contains(scalar.value) || (0x2061...0x2064).contains(scalar.value)
                || (0xFE00...0xFE0F).contains(scalar.value)
        }
    }
}
