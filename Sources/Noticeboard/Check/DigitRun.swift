/// Digits that may read as one number: full-width ones too, with single spaces, hyphens or dots between groups.
struct DigitRun {
    /// A group of digits without anything between them, as ASCII.
    struct Group {
        let digits: [UInt8]
        let range: Range<Int>
    }

    let groups: [Group]

    /// Every number that neighbouring groups may form, of the lengths that identify a person.
    var numbers: [(digits: [UInt8], range: Range<Int>)] {
        var numbers: [(digits: [UInt8], range: Range<Int>)] = []
        for first in groups.indices {
            var digits: [UInt8] = []
            for last in first..<groups.count {
                digits += groups[last].digits
                if digits.count > 18 { break }
                if digits.count >= 11 {
                    numbers.append((digits, groups[first].range.lowerBound..<groups[last].range.upperBound))
                }
            }
        }
        return numbers
    }

    static func all(in bytes: [UInt8]) -> [DigitRun] { bytes.withUnsafeBufferPointer { all(in: $0) } }

    private static func all(in bytes: UnsafeBufferPointer<UInt8>) -> [DigitRun] {
        var runs: [DigitRun] = []
        var index = 0
        while index < bytes.count {
            // Full-width digits begin with EF BC; all else that is no ASCII digit is passed over.
            let byte = bytes[index]
            guard byte &- 48 < 10 || byte == 0xEF, digit(bytes, index) != nil else {
                index += 1
                continue
            }
            let (groups, end) = read(bytes, from: index)
            if groups.reduce(0, { $0 + $1.digits.count }) >= 11 { runs.append(DigitRun(groups: groups)) }
            index = max(end, index + 1)
        }
        return runs
    }

    private static func read(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> ([Group], Int) {
        var groups: [Group] = []
        var index = start
        while true {
            let begin = index
            var digits: [UInt8] = []
            while let (value, width) = digit(bytes, index), value != UInt8(ascii: "X") || !digits.isEmpty {
                digits.append(value)
                index += width
                if value == UInt8(ascii: "X") { break }
            }
            if digits.isEmpty { return (groups, begin) }
            groups.append(Group(digits: digits, range: begin..<index))
            guard index + 1 < bytes.count, " -.".utf8.contains(bytes[index]), digit(bytes, index + 1) != nil else {
                return (groups, index)
            }
            index += 1
        }
    }

    /// The digit at an offset, ASCII or full-width, or the X that may end an identity number; and how many bytes it takes.
    private static func digit(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> (value: UInt8, width: Int)? {
        guard index < bytes.count else { return nil }
        switch bytes[index] {
        case 48...57: return (bytes[index], 1)
        case UInt8(ascii: "X"), UInt8(ascii: "x"): return (UInt8(ascii: "X"), 1)
        case 0xEF where index + 2 < bytes.count && bytes[index + 1] == 0xBC:
            let value = bytes[index + 2]
            if (0x90...0x99).contains(value) { return (value - 0x90 + 48, 3) }
            return value == 0xB8 ? (UInt8(ascii: "X"), 3) : nil
        default: return nil
        }
    }
}
