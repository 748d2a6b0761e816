import Formats

/// A text without what may stand between the characters of a Chinese word and is not read: marks of Markdown, blanks, characters
/// that are not seen, and the line ends within a paragraph.
struct JoinedText {
    private(set) var bytes: [UInt8] = []
    /// Where something was taken out, in order: behind `place` of the joined text, the original one is `shift` bytes ahead.
    private(set) var cuts: [(place: Int, shift: Int)] = []

    /// Nil where nothing is to be joined.
    init?(_ text: [UInt8]) {
        let front = JoinedText.frontEnd(text)
        text.withUnsafeBufferPointer { join($0, front) }
        if cuts.isEmpty { return nil }
    }

    /// What was found in the joined text, in places of the original one.
    func original(_ found: PersonalPhrases.Found) -> PersonalPhrases.Found {
        func place(_ index: Int) -> Int { index + (cuts.last { $0.place <= index }?.shift ?? 0) }
        let end = place(max(found.sentence.lowerBound, found.sentence.upperBound - 1)) + 1
        return .init(kind: found.kind, sentence: place(found.sentence.lowerBound)..<end, place: place(found.place))
    }
}

extension JoinedText {
    /// Copies whole runs; few texts have more than a handful of cuts.
    private mutating func join(_ text: UnsafeBufferPointer<UInt8>, _ front: Int) {
        var start = 0
        var index = 0
        while let next = text.firstIndex(from: index, JoinedText.mayBeGap) {
            index = next
            let gap = JoinedText.gap(text, index, joinsLines: index >= front)
            guard gap > 0 else { index += 1; continue }
            let end = index + gap
            if index >= 3, JoinedText.isHan(text, index - 3), JoinedText.isHan(text, end) {
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
        index + 2 < text.count && (0xE4...0xE9).contains(text[index])
    }

    /// The bytes with which something begins that is not read; see `gap`.
    @inline(__always)
    private static func mayBeGap(_ bytes: ByteVector) -> ByteVector.Mask {
        bytes.below(33) .| bytes.equal(to: UInt8(ascii: "*")) .| bytes.equal(to: UInt8(ascii: "\\"))
            .| bytes.equal(to: UInt8(ascii: "_")) .| bytes.equal(to: UInt8(ascii: "`")) .| bytes.equal(to: 0xC2)
            .| bytes.equal(to: 0xE2, except: 1)
    }

    /// How many bytes of what is not read stand at a place.
    private static func gap(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, joinsLines: Bool) -> Int {
        var index = start
        var lines = 0
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: " "), UInt8(ascii: "\\"), 9, 13:
                index += 1
            case 10 where joinsLines && lines == 0:
                lines += 1
                index += 1
            // U+3000, U+200B and U+200C, U+00A0.
            case 0xE3 where index + 2 < text.count && text[index + 1] == 0x80 && text[index + 2] == 0x80: index += 3
            case 0xE2
            where index + 2 < text.count && text[index + 1] == 0x80 && (0x8B...0x8C).contains(text[index + 2]):
                index += 3
            case 0xC2 where index + 1 < text.count && text[index + 1] == 0xA0: index += 2
            default: return index - start
            }
        }
        return index - start
    }
}
