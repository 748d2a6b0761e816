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
        digitRuns(source.bytes).compactMap { range in
            let digits = source.bytes[range]
            if digits.count == 11, isMobile(digits) {
                return allowed.contains(source.text(range)) ? nil : error(source, range, "手机号码", "A mobile number")
            }
            return digits.count == 18 && isIdentityNumber(digits)
                ? error(source, range, "身份证号码", "An identity number") : nil
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

    private static func isMobile(_ digits: ArraySlice<UInt8>) -> Bool {
        digits.first == UInt8(ascii: "1") && digits[digits.startIndex + 1] >= UInt8(ascii: "3")
            && digits.last != UInt8(ascii: "X")
    }

    /// GB 11643-1999: ISO 7064 MOD 11-2 over 17 digits.
    static func isIdentityNumber(_ digits: ArraySlice<UInt8>) -> Bool {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits, weights).reduce(0) { $0 + (Int($1.0) - 48) * $1.1 }
        return digits.last == Array("10X98765432".utf8)[sum % 11] || digits.last == UInt8(ascii: "x") && sum % 11 == 2
    }

    /// Runs of digits, an X behind the seventeenth included.
    private static func digitRuns(_ bytes: [UInt8]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start: Int?
        for index in 0...bytes.count {
            let byte = index < bytes.count ? bytes[index] : 0
            if (48...57).contains(byte) {
                start = start ?? index
            } else if let first = start {
                let isX = (byte == UInt8(ascii: "X") || byte == UInt8(ascii: "x")) && index - first == 17
                if index - first >= 11 { runs.append(first..<(isX ? index + 1 : index)) }
                start = nil
            }
        }
        return runs
    }
}
