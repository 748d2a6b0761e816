import Formats

/// A telephone number as it can be dialled: digits, with hyphens, spaces or a leading plus between them.
enum PhoneNumber {
    /// The number in ASCII, or nil where the text is none (two numbers, words, an extension alone).
    static func normalised(_ text: String) -> String? {
        let plain = text.halfWidth.replacing("–", with: "-").replacing("—", with: "-").trimmed
        let digits = plain.filter(\.isNumber)
        let isDialled = plain.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "-" || $0 == " " || $0 == "+") }
        return isDialled && (3...15).contains(digits.count) ? plain.replacing(" ", with: "-") : nil
    }

    static func mistake(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
        source.error(
            "field.phone", at: range, "这里要写一个电话号码。", "A telephone number belongs here.",
            fix: .init(
                "只写数字和连字符，例如0000-5550101；两个号码分两条写。",
                "Write digits and hyphens, such as 0000-5550101; give two numbers as two entries."),
            confidential: true)
    }
}
