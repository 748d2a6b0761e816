import Formats

/// Values that identify a person, wherever they stand in the sources: an 18-digit ID number with a valid checksum
/// (GB 11643), or a mobile number that is not one of the published contacts. They stop the build and are never shown.
enum PersonalData {
    /// The diagnostics, with an error for every personal value; whatever else was said of its line is taken back,
    /// because it could show the value.
    static func redact(
        _ diagnostics: [Diagnostic], _ sources: [SourceFile], _ organisation: Organisation
    ) -> [Diagnostic] {
        let contacts = Set(organisation.contacts.map { $0.phone.filter(\.isNumber) })
        var found: [Diagnostic] = []
        for source in sources { found += errors(in: source, allowed: contacts) }
        if found.isEmpty { return diagnostics.ordered() }
        let lines = Set(found.map { "\($0.location.path):\($0.location.line)" })
        let files = Set(found.map(\.location.path))
        let kept = diagnostics.filter { diagnostic in
            !lines.contains("\(diagnostic.location.path):\(diagnostic.location.line)")
                && !diagnostic.notes.contains { files.contains($0.location.path) }
                && !(diagnostic.severity == .error && files.contains(diagnostic.location.path))
        }
        return (kept + found).ordered()
    }

    private static func errors(in source: SourceFile, allowed: Set<String>) -> [Diagnostic] {
        DigitRun.all(in: source.bytes).compactMap { run in
            let digits = run.digits
            if isIdentityNumber(digits) { return error(source, run.range, "身份证号码", "An identity number") }
            let local =
                digits.count == 13 && digits.starts(with: Array("86".utf8)) ? Array(digits.dropFirst(2)) : digits
            guard isMobile(local), !allowed.contains(String(decoding: local, as: UTF8.self)) else { return nil }
            return error(source, run.range, "手机号码", "A mobile number")
        }
    }

    private static func error(_ source: SourceFile, _ range: Range<Int>, _ zh: String, _ en: String) -> Diagnostic {
        source.error(
            "privacy.personal-value", at: range.lowerBound..<range.lowerBound + 1, "这里有\(zh)，不能公开。",
            "\(en) stands here; it must not be published.",
            fix: .init(
                "删去它；需要公布的电话写进organisation.yml的contacts。",
                "Delete it; a phone to be published belongs to the contacts in organisation.yml."),
            confidential: true)
    }

    private static func isMobile(_ digits: [UInt8]) -> Bool {
        digits.count == 11 && digits[0] == UInt8(ascii: "1") && digits[1] >= UInt8(ascii: "3")
            && digits[10] != UInt8(ascii: "X")
    }

    /// GB 11643-1999: ISO 7064 MOD 11-2 over 17 digits; the birth date in it must be a day.
    static func isIdentityNumber(_ digits: [UInt8]) -> Bool {
        guard digits.count == 18 else { return false }
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits, weights).reduce(0) { $0 + (Int($1.0) - 48) * $1.1 }
        guard digits[17] == Array("10X98765432".utf8)[sum % 11] else { return false }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1) - 48 } }
        return Day(year: number(6..<10), month: number(10..<12), day: number(12..<14)) != nil
    }
}

/// Digits that read as one number: full-width ones too, with single spaces, hyphens or dots between them.
struct DigitRun {
    let digits: [UInt8]
    let range: Range<Int>

    /// Runs of eleven digits and more; an X may stand in the eighteenth place.
    static func all(in bytes: [UInt8]) -> [DigitRun] {
        var runs: [DigitRun] = []
        var index = 0
        while index < bytes.count {
            guard digit(bytes, index) != nil else {
                index += 1
                continue
            }
            let run = read(bytes, from: index)
            if run.digits.count >= 11 { runs.append(run) }
            index = run.range.upperBound
        }
        return runs
    }

    private static func read(_ bytes: [UInt8], from start: Int) -> DigitRun {
        var digits: [UInt8] = []
        var (index, end) = (start, start)
        while let (value, width) = digit(bytes, index), value != UInt8(ascii: "X") || digits.count == 17 {
            digits.append(value)
            index += width
            end = index
            // One separator between digits is part of how numbers are written; two are not.
            if index < bytes.count, " -.".utf8.contains(bytes[index]), digit(bytes, index + 1) != nil { index += 1 }
        }
        return DigitRun(digits: digits, range: start..<max(end, start + 1))
    }

    /// The digit at an offset, ASCII or full-width, and how many bytes it takes.
    private static func digit(_ bytes: [UInt8], _ index: Int) -> (value: UInt8, width: Int)? {
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
