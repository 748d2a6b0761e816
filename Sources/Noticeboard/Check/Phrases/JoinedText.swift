import Formats

/// A text without what may stand between the characters of a Chinese word and is not read: marks of Markdown, blanks, characters
/// that are not seen, and the line ends within a paragraph.
struct JoinedText {
    private(set) var bytes: [UInt8] = []
    /// For each byte its place in the text.
    private var places: [Int] = []

    /// Nil where nothing is to be joined.
    init?(_ text: [UInt8]) {
        let front = JoinedText.frontEnd(text)
        var isJoined = false
        var index = 0
        var isAfterHan = false
        while index < text.count {
            let gap = isAfterHan ? JoinedText.gap(text, index, joinsLines: index >= front) : 0
            if gap > 0, JoinedText.isHan(text, index + gap) {
                isJoined = true
                index += gap
            }
            isAfterHan = JoinedText.isHan(text, index)
            let width = isAfterHan ? 3 : 1
            for place in index..<min(index + width, text.count) {
                bytes.append(text[place])
                places.append(place)
            }
            index += width
        }
        if !isJoined { return nil }
    }

    /// What was found in the joined text, in places of the original one.
    func original(_ found: PersonalPhrases.Found) -> PersonalPhrases.Found {
        func place(_ index: Int) -> Int { index < places.count ? places[index] : (places.last ?? 0) + 1 }
        let sentence = place(found.sentence.lowerBound)..<place(found.sentence.upperBound)
        return .init(kind: found.kind, sentence: sentence, place: place(found.place))
    }

    /// Where the front matter ends: its lines are fields of their own.
    private static func frontEnd(_ text: [UInt8]) -> Int {
        guard text.starts(with: "---\n".utf8) || text.starts(with: "---\r\n".utf8) else { return 0 }
        return FrontMatter.end(of: SourceFile(path: "", bytes: text))
    }

    private static func isHan(_ text: [UInt8], _ index: Int) -> Bool {
        index + 2 < text.count && (0xE4...0xE9).contains(text[index])
    }

    /// How many bytes of what is not read stand at a place.
    private static func gap(_ text: [UInt8], _ start: Int, joinsLines: Bool) -> Int {
        var index = start
        var lines = 0
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: " "), UInt8(ascii: "\\"), 9, 13:
                index += 1
            case 10 where joinsLines && lines == 0:
                lines += 1
                index += 1
            case 0xE3 where text[index...].starts(with: [0xE3, 0x80, 0x80]): index += 3
            case 0xE2
            where text[index...].starts(with: [0xE2, 0x80, 0x8B]) || text[index...].starts(with: [0xE2, 0x80, 0x8C]):
                index += 3
            case 0xC2 where text[index...].starts(with: [0xC2, 0xA0]): index += 2
            default: return index - start
            }
        }
        return index - start
    }
}
