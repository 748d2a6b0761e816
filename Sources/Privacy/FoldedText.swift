import Formats

/// A text as it is read: without what may stand between the characters of a Chinese word and is not seen (marks of Markdown, blanks,
/// invisible characters, stars and the like, the line ends within a paragraph), and with radicals as the characters that they look like.
struct FoldedText {
    private(set) var bytes: [UInt8] = []
    /// Where something was taken out or changed, in order: behind `place` of the folded text, the original one is `shift` bytes ahead.
    private(set) var cuts: [(place: Int, shift: Int)] = []

    /// Nil where nothing is to be folded.
    init?(_ text: [UInt8]) {
        let front = FoldedText.frontEnd(text)
        text.withUnsafeBufferPointer { fold($0, front) }
        if cuts.isEmpty { return nil }
    }

    /// What was found in the folded text, in places of the original one.
    func original(_ found: PersonalPhrases.Found) -> PersonalPhrases.Found {
        func place(_ index: Int) -> Int { index + (cuts.last { $0.place <= index }?.shift ?? 0) }
        let end = place(max(found.sentence.lowerBound, found.sentence.upperBound - 1)) + 1
        var found = found
        found.sentence = place(found.sentence.lowerBound)..<end
        found.place = place(found.place)
        found.number =
            place(found.number.lowerBound)..<place(max(found.number.lowerBound, found.number.upperBound - 1)) + 1
        return found
    }
}

extension FoldedText {
    /// Copies whole runs; few texts have more than a handful of cuts.
    private mutating func fold(_ text: UnsafeBufferPointer<UInt8>, _ front: Int) {
        var start = 0
        var index = 0
        while let next = text.firstIndex(from: index, FoldedText.mayBeGap) {
            index = next
            if let read = FoldedText.lookAlike(text, index) {
                bytes.append(contentsOf: text[start..<index])
                bytes.append(contentsOf: String(read).utf8)
                index += 3
                start = index
                cuts.append((bytes.count - 3, index - bytes.count))
                continue
            }
            if let (read, width) = FoldedText.entity(text, index) {
                bytes.append(contentsOf: text[start..<index])
                bytes.append(contentsOf: String(read).utf8)
                index += width
                start = index
                cuts.append((bytes.count - UTF8.width(read), index - bytes.count))
                continue
            }
            let gap = FoldedText.gap(text, index, joinsLines: index >= front)
            guard gap > 0 else { index += 1; continue }
            let end = index + gap
            if index >= 3, FoldedText.isHan(text, index - 3), FoldedText.isHan(text, end) {
                bytes.append(contentsOf: text[start..<index])
                cuts.append((bytes.count, end - bytes.count))
                start = end
            }
            index = end
        }
        if !cuts.isEmpty { bytes.append(contentsOf: text[min(start, text.count)...]) }
    }

    /// Where the front matter ends: its lines are fields of their own.
    private static func frontEnd(_ text: [UInt8]) -> Int {
        guard text.starts(with: "---".utf8) else { return 0 }
        return FrontMatter.end(of: SourceFile(path: "", bytes: text))
    }

    private static func isHan(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        index + 2 < text.count && ((0xE4...0xE9).contains(text[index]) || lookAlike(text, index) != nil)
    }

    /// What a radical (U+2E80–2FDF) is read as.
    private static func lookAlike(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Unicode.Scalar? {
        guard text[index] == 0xE2, index + 2 < text.count, 0xBA...0xBF ~= text[index + 1] else { return nil }
        return text.scalar(at: index).flatMap { Lexicon.lookAlikes[$0] }
    }

    /// A character that is written as a number (CommonMark 0.30, §2.5): &#28909; or &#x70ED;.
    private static func entity(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> (read: Unicode.Scalar, width: Int)?
    {
        guard text[index] == UInt8(ascii: "&"), index + 3 < text.count, text[index + 1] == UInt8(ascii: "#") else {
            return nil
        }
        let isHex = text[index + 2] | 32 == UInt8(ascii: "x")
        let start = index + (isHex ? 3 : 2)
        let end = text[start...].prefix(8).firstIndex(of: UInt8(ascii: ";"))
        guard let end, end > start,
            let value = UInt32(String(decoding: text[start..<end], as: UTF8.self), radix: isHex ? 16 : 10),
            let scalar = Unicode.Scalar(value)
        else { return nil }
        return (scalar, end + 1 - index)
    }

    /// The bytes with which something begins that is not read, or read as something else; see `gap`.
    @inline(__always)
    private static func mayBeGap(_ bytes: ByteVector) -> ByteVector.Mask {
        bytes.below(33) .| bytes.equal(to: UInt8(ascii: "&")) .| bytes.equal(to: UInt8(ascii: "."))
            .| bytes.equal(to: UInt8(ascii: "~"))
            .| bytes.equal(to: UInt8(ascii: "-")) .| bytes.equal(to: UInt8(ascii: "*"))
            .| bytes.equal(to: UInt8(ascii: "\\"))
            .| bytes.equal(to: UInt8(ascii: "_")) .| bytes.equal(to: UInt8(ascii: "`")) .| bytes.equal(to: 0xC2)
            .| bytes.equal(to: 0xE2, except: 1) .| bytes.equal(to: 0xEF)
    }

    /// How many bytes of what is not read stand at a place.
    private static func gap(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, joinsLines: Bool) -> Int {
        var index = start
        var lines = 0
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "~"), UInt8(ascii: "-"),
                UInt8(ascii: "`"), UInt8(ascii: " "), UInt8(ascii: "\\"), 9, 13:
                index += 1
            case 10 where joinsLines && lines == 0:
                lines += 1
                index += 1
            default:
                let width = unseen(text, index)
                if width == 0 { return index - start }
                index += width
            }
        }
        return index - start
    }

    /// How many bytes an invisible character takes: U+3000, U+00A0 and the soft hyphen, U+200B to U+200F, the word joiner and
    /// other signs of U+2060, the byte order mark.
    private static func unseen(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        guard index + 1 < text.count else { return 0 }
        switch (text[index], text[index + 1], index + 2 < text.count ? text[index + 2] : 0) {
        case (0xC2, 0xA0, _), (0xC2, 0xAD, _): return 2
        // ★ ■ ♥ and their like.
        case (0xE2, 0x96...0x99, _): return 3
        case (0xE3, 0x80, 0x80), (0xE2, 0x80, 0x8B...0x8F), (0xE2, 0x81, 0xA0...0xA4), (0xEF, 0xBB, 0xBF): return 3
        default: return 0
        }
    }
}
