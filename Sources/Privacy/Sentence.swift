import Formats

/// One sentence as characters, full-width digits and brackets folded, each with its place in the text's bytes.
struct Sentence {
    let characters: [Unicode.Scalar]
    private let places: [Int]
    private let widths: [UInt8]

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) { self.init(bytes, [range]) }

    /// Several pieces of a text as one, with commas between them: a heading and what stands below it.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ ranges: [Range<Int>]) {
        var characters: [Unicode.Scalar] = []
        var places: [Int] = []
        var widths: [UInt8] = []
        characters.reserveCapacity(ranges.reduce(0) { $0 + $1.count } / 2)
        places.reserveCapacity(characters.capacity)
        widths.reserveCapacity(characters.capacity)
        for range in ranges {
            if !characters.isEmpty {
                characters.append(",")
                places.append(range.lowerBound)
                widths.append(0)
            }
            Sentence.read(bytes, range, into: &characters, &places, &widths)
        }
        self.characters = characters
        self.places = places
        self.widths = widths
    }

    private static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, into characters: inout [Unicode.Scalar],
        _ places: inout [Int], _ widths: inout [UInt8]
    ) {
        var index = range.lowerBound
        while index < range.upperBound, let scalar = bytes.scalar(at: index) {
            // Two asterisks are bold; one may hide a part of a name: 赵*涵.
            let isBold =
                scalar == "*"
                && [index - 1, index + 1].contains { range.contains($0) && bytes[$0] == UInt8(ascii: "*") }
            if let read = Sentence.read(scalar), !isBold {
                characters.append(read)
                places.append(index)
                widths.append(UInt8(UTF8.width(scalar)))
            }
            index += UTF8.width(scalar)
        }
    }

    /// What a character is read as; nil for marks of Markdown and blanks, which stand between words and mean nothing here.
    @inline(__always)
    private static func read(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        if (0x4E00...0x9FFF).contains(scalar.value) {
            return Lexicon.table[Int(scalar.value) - 0x4E00] & Lexicon.isReadAsAnother == 0
                ? scalar : Lexicon.lookAlikes[scalar]
        }
        switch scalar {
        case "\u{AD}", "\u{200C}"..."\u{200F}", "\u{2060}"..."\u{2064}", "\u{FEFF}": return nil
        case "_", "`", " ", "\u{3000}", "\u{A0}", "\u{200B}", "\r", "“", "”", "\"": return nil
        // It parts the cells of a table, as a comma does.
        case "\t": return ","
        case "Ⅰ"..."Ⅸ": return Unicode.Scalar(scalar.value - 0x2160 + 49)
        case "①"..."⑨": return Unicode.Scalar(scalar.value - 0x2460 + 49)
        case "〔", "【", "[": return "("
        case "〕", "】", "]": return ")"
        default: return scalar.halfWidth
        }
    }

    /// A text of its own.
    init(text: String) {
        var text = text
        self = text.withUTF8 { Sentence($0, 0..<$0.count) }
    }

    /// Where some characters stand in the text, to the end of the last one.
    func bytes(_ range: Range<Int>) -> Range<Int> {
        place(range.lowerBound)..<place(range.upperBound - 1) + Int(widths[range.upperBound - 1])
    }

    /// The first character that stands at a byte or behind it.
    func index(ofByte byte: Int) -> Int { places.firstIndex { $0 >= byte } ?? places.count }

    /// The place of a character in the text.
    func place(_ index: Int) -> Int { places[min(index, places.count - 1)] }

    var indices: Range<Int> { characters.indices }

    func holds(_ word: [Unicode.Scalar], at index: Int) -> Bool { characters.holds(word, at: index) }

    /// Where each of some words begins, with its end, in order.
    func places(of words: WordList) -> [Range<Int>] {
        indices.compactMap { index in words.word(in: characters, at: index).map { index..<index + $0.count } }
    }

    /// The first of some words that begins at a place.
    func word(_ words: WordList, at index: Int) -> [Unicode.Scalar]? { words.word(in: characters, at: index) }

    func character(_ index: Int) -> Unicode.Scalar? { indices.contains(index) ? characters[index] : nil }

    func isDigit(_ index: Int) -> Bool { character(index).map { $0.value &- 48 < 10 } ?? false }

    /// A digit, or a number in Chinese characters.
    func isNumeral(_ index: Int) -> Bool {
        character(index).map(Sentence.numerals.contains) ?? false
    }

    private static let numerals = Characters("0123456789一二两三四五六七八九十")

    func isHan(_ index: Int) -> Bool { character(index).map { (0x4E00...0x9FFF).contains($0.value) } ?? false }

    func isSurname(_ index: Int) -> Bool { character(index).map(Lexicon.surnames.contains) ?? false }

    /// How many digits stand before a place.
    func digitsBefore(_ end: Int) -> Int { characters[..<end].reversed().prefix { ("0"..."9").contains($0) }.count }

    func isTen(_ index: Int) -> Bool { character(index) == "十" || character(index) == "两" }

    /// What digits are as a number.
    func value(_ digits: Range<Int>) -> Int { characters[digits].reduce(0) { $0 * 10 + Int($1.value) - 48 } }

    /// How many digits follow each other from a place on.
    func digits(from index: Int) -> Int {
        characters[min(index, characters.count)...].prefix { ("0"..."9").contains($0) }.count
    }
}
