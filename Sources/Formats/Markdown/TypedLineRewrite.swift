/// One line of a text, as it is rewritten for libcmark.
struct TypedLineRewrite {
    private(set) var bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// `- [ ]` and `- [x]` become signs that every form of a notice can show.
    mutating func boxes() {
        guard let start = TypedLineRewrite.itemEnd(bytes), start + 4 <= bytes.count, bytes[start] == UInt8(ascii: "["),
            bytes[start + 2] == UInt8(ascii: "]"), bytes[start + 3] == 32
        else { return }
        switch bytes[start + 1] {
        case 32: bytes.replaceSubrange(start..<start + 3, with: "☐".utf8)
        case UInt8(ascii: "x"), UInt8(ascii: "X"): bytes.replaceSubrange(start..<start + 3, with: "☑".utf8)
        default: break
        }
    }

    /// `1．`, `1）`, `1)内容`, `●`, `·`, `*内容`: a list as it is typed elsewhere. Returns whether it was one.
    mutating func listSign() -> Bool {
        let found = bytes.withUnsafeBufferPointer { TypedLine($0, 0..<$0.count).typedListSign }
        guard let found else { return false }
        bytes.replaceSubrange(found.range, with: found.sign.utf8)
        return true
    }

    /// Whether it is no more than a rule of such signs (CommonMark 0.30, §4.1).
    private var isRule: Bool { bytes.allSatisfy { $0 == UInt8(ascii: "_") || $0 == 32 || $0 == 9 || $0 == 13 } }

    /// Links in full-width brackets, blanks to be filled in, and addresses that stand alone. Returns whether there were such brackets.
    mutating func inlines() -> Bool {
        var result: [UInt8] = []
        var isChanged = false
        var hasBrackets = false
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "`"):
                let end = TypedLineRewrite.codeEnd(bytes, index)
                result += bytes[index..<end]
                index = end
            case UInt8(ascii: "\\"):
                result += bytes[index..<min(index + 2, bytes.count)]
                index += 2
            case UInt8(ascii: "_"):
                let run = bytes[index...].prefix { $0 == UInt8(ascii: "_") }.count
                // A blank to be filled in: more than any emphasis has.
                let isBlank = run > 3 && !isRule
                result +=
                    isBlank
                    ? Array(repeatElement(Array("\\_".utf8), count: run).joined()) : bytes[index..<index + run] + []
                isChanged = isChanged || isBlank
                index += run
            case UInt8(ascii: "["), 0xE3:
                guard let link = TypedLineRewrite.link(bytes, index) else { fallthrough }
                (isChanged, hasBrackets) = (isChanged || link.isTyped, hasBrackets || link.isTyped)
                result += link.bytes
                index = link.end
            default:
                if let end = TypedLineRewrite.addressEnd(bytes, index) {
                    result += TypedLineRewrite.link(to: bytes[index..<end])
                    isChanged = true
                    index = end
                } else {
                    result.append(bytes[index])
                    index += 1
                }
            }
        }
        if isChanged { bytes = result }
        return hasBrackets
    }

    /// `[^name]: text` at a line's start; nil for any other line.
    static func footnote(_ line: [UInt8], line number: Int) -> TypedMarkdown.Footnote? {
        let start = line.prefix { $0 == 32 }.count
        guard start < 4, line.dropFirst(start).starts(with: "[^".utf8),
            let end = line[start...].firstIndex(of: UInt8(ascii: "]")), end > start + 2, end + 1 < line.count
        else { return nil }
        let colon = line[(end + 1)...]
        let width = colon.first == UInt8(ascii: ":") ? 1 : colon.starts(with: "：".utf8) ? 3 : 0
        let name = Array(line[start + 2..<end])
        guard width > 0, !name.contains(32) else { return nil }
        return .init(name: name, text: Array(colon.dropFirst(width).drop { $0 == 32 }), line: number)
    }

    /// The line with the number of each footnote between two marks; `number` gives nil where a reference leads nowhere.
    static func replacingReferences(_ line: [UInt8], _ number: (_ name: [UInt8]) -> Int?) -> [UInt8] {
        guard line.firstRange(of: Array("[^".utf8)) != nil else { return line }
        var result: [UInt8] = []
        var index = 0
        while index < line.count {
            if line[index] == UInt8(ascii: "`") {
                let end = codeEnd(line, index)
                result += line[index..<end]
                index = end
            } else if line[index...].starts(with: "[^".utf8),
                let end = line[index...].firstIndex(of: UInt8(ascii: "]")), end > index + 2,
                case let name = Array(line[index + 2..<end]), !name.contains(32)
            {
                if let number = number(name) {
                    result += TypedMarkdown.footnoteMark + "\(number)".utf8 + TypedMarkdown.footnoteMark
                } else {
                    result += [UInt8(ascii: "\\")] + line[index...end]
                }
                index = end + 1
            } else {
                result.append(line[index])
                index += 1
            }
        }
        return result
    }
}

extension TypedLineRewrite {
    /// Where an item's text begins, behind its sign.
    static func itemEnd(_ line: [UInt8]) -> Int? {
        var index = line.prefix { $0 == 32 || $0 == 9 }.count
        let digits = line[index...].prefix { $0 &- 48 < 10 }.count
        if digits > 0 {
            guard digits < 10, index + digits < line.count,
                line[index + digits] == UInt8(ascii: ".") || line[index + digits] == UInt8(ascii: ")")
            else { return nil }
            index += digits + 1
        } else {
            guard index < line.count, "-*+".utf8.contains(line[index]) else { return nil }
            index += 1
        }
        guard index < line.count, line[index] == 32 else { return nil }
        return index + line[index...].prefix { $0 == 32 }.count
    }

    /// The end of a code span that begins at an offset; the end of its backticks where nothing closes it in this line.
    private static func codeEnd(_ line: [UInt8], _ start: Int) -> Int {
        let ticks = line[start...].prefix { $0 == UInt8(ascii: "`") }.count
        var index = start + ticks
        while index < line.count {
            let run = line[index...].prefix { $0 == UInt8(ascii: "`") }.count
            if run == ticks { return index + run }
            index += max(run, 1)
        }
        return start + ticks
    }

    /// A link at an offset: as it is where it is plain, with plain brackets where they are full-width and what stands in the
    /// second ones is an address.
    private static func link(_ line: [UInt8], _ start: Int) -> (bytes: [UInt8], end: Int, isTyped: Bool)? {
        let opening = line[start...].starts(with: "【".utf8) ? 3 : line[start] == UInt8(ascii: "[") ? 1 : 0
        guard opening > 0 else { return nil }
        let closing = opening == 3 ? Array("】".utf8) : [UInt8(ascii: "]")]
        guard let end = line[(start + opening)...].firstRange(of: closing),
            !line[(start + opening)..<end.lowerBound].contains(UInt8(ascii: "["))
        else { return nil }
        let text = line[(start + opening)..<end.lowerBound]
        let isWide = line[end.upperBound...].starts(with: "（".utf8)
        let bracket = isWide ? 3 : line[end.upperBound...].first == UInt8(ascii: "(") ? 1 : 0
        guard bracket > 0 else {
            // A reference, or words in brackets: an address within is one of its text.
            return opening == 1 && line[end.upperBound...].first == UInt8(ascii: ":")
                ? (Array(line[start...]), line.count, false) : nil
        }
        let inside = line[(end.upperBound + bracket)...]
        let wide = inside.firstRange(of: Array("）".utf8))
        let plain = inside.firstIndex(of: UInt8(ascii: ")")).map { $0..<$0 + 1 }
        guard let close = [wide, plain].compactMap(\.self).min(by: { $0.lowerBound < $1.lowerBound }) else {
            return nil
        }
        let address = line[(end.upperBound + bracket)..<close.lowerBound]
        let isTyped = opening == 3 || bracket == 3 || close.count == 3
        if !isTyped { return (Array(line[start..<close.upperBound]), close.upperBound, false) }
        guard isAddress(address) else { return nil }
        return (
            [UInt8(ascii: "[")] + text + "](".utf8 + address.filter { $0 != 32 } + [UInt8(ascii: ")")],
            close.upperBound, true
        )
    }

    /// Whether a text can only be where a link leads: another site, a page, a file.
    private static func isAddress(_ bytes: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self).trimmed.lowercased()
        if text.isEmpty || text.contains(" ") { return false }
        let path = text.split(separator: "#", maxSplits: 1)[0]
        return ["http://", "https://", "tel:", "mailto:", "../", "#"].contains(where: text.hasPrefix) || namesFile(path)
    }

    /// Whether a text ends as the name of a page or of a file to be downloaded does.
    static func namesFile(_ text: some StringProtocol) -> Bool {
        [
            ".md", ".html", ".pdf", ".docx", ".doc", ".xlsx", ".xls", ".csv", ".png", ".jpg", ".jpeg", ".zip", ".pptx",
            ".wps", ".txt",
        ]
        .contains { text.lowercased().hasSuffix($0) }
    }

    /// The end of an address that begins at an offset and that nothing marks as one; nil where none does. Chinese
    /// characters and signs are none of its own, and neither is a sign that ends a sentence (GFM §6.9).
    private static func addressEnd(_ line: [UInt8], _ start: Int) -> Int? {
        let lead = line[start]
        guard lead == UInt8(ascii: "h") || lead == UInt8(ascii: "w") || lead == UInt8(ascii: "H") else { return nil }
        let rest = String(decoding: line[start..<min(start + 8, line.count)], as: UTF8.self).lowercased()
        guard rest.hasPrefix("http://") || rest.hasPrefix("https://") || rest.hasPrefix("www.") else { return nil }
        if start > 0 {
            let before = line[start - 1]
            // Within a word, brackets of a link, an attribute, or marked as an address already.
            let isWord = before &- 48 < 10 || before | 32 >= 97 && before | 32 <= 122
            if isWord || "<\"'=/.@[".utf8.contains(before) { return nil }
            if before == UInt8(ascii: "("), start > 1, line[start - 2] == UInt8(ascii: "]") { return nil }
        }
        var end = start
        while end < line.count, line[end] > 32, line[end] < 0x7F, !"<>`\"[]|\\".utf8.contains(line[end]) { end += 1 }
        while end > start, let last = line[start..<end].last {
            if "?!.,:;*_~'".utf8.contains(last) {
                end -= 1
            } else if last == UInt8(ascii: ")"),
                line[start..<end].count(where: { $0 == last })
                    > line[start..<end].count(where: { $0 == UInt8(ascii: "(") })
            {
                end -= 1
            } else {
                break
            }
        }
        let host = line[start..<end].drop { $0 != UInt8(ascii: "/") }
        let isWhole =
            rest.hasPrefix("www.") ? end - start > 6 : host.dropFirst(2).contains { $0 &- 48 < 10 || $0 | 32 >= 97 }
        return isWhole ? end : nil
    }

    /// The address as a link; one without its scheme is shown as it was typed (GFM §6.9).
    private static func link(to address: ArraySlice<UInt8>) -> [UInt8] {
        guard address.first.map({ $0 | 32 }) == UInt8(ascii: "w") else {
            return [UInt8(ascii: "<")] + address + [UInt8(ascii: ">")]
        }
        return [UInt8(ascii: "[")] + address + "](<http://".utf8 + address + ">)".utf8
    }
}
