import Formats

/// One sentence as characters, full-width digits and brackets folded, each with its place in the text's bytes.
struct Sentence {
    let characters: [Unicode.Scalar]
    private let places: [Int]

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        var characters: [Unicode.Scalar] = []
        var places: [Int] = []
        characters.reserveCapacity(range.count / 2)
        places.reserveCapacity(range.count / 2)
        var index = range.lowerBound
        while index < range.upperBound, let scalar = bytes.scalar(at: index) {
            // Two asterisks are bold; one may hide a part of a name: 赵*涵.
            let isBold =
                scalar == "*"
                && [index - 1, index + 1].contains { range.contains($0) && bytes[$0] == UInt8(ascii: "*") }
            if let read = Sentence.read(scalar), !isBold {
                characters.append(read)
                places.append(index)
            }
            index += UTF8.width(scalar)
        }
        self.characters = characters
        self.places = places
    }

    /// What a character is read as; nil for marks of Markdown and blanks, which stand between words and mean nothing here.
    @inline(__always)
    private static func read(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        if (0x4E00...0x9FFF).contains(scalar.value) { return scalar }
        switch scalar {
        case "_", "`", " ", "\u{3000}", "\u{A0}", "\u{200B}", "\r", "“", "”", "\"": return nil
        // It parts the cells of a table, as a comma does.
        case "\t": return ","
        case "〔", "【", "[": return "("
        case "〕", "】", "]": return ")"
        default: return scalar.halfWidth
        }
    }

    /// The place of a character in the text.
    func place(_ index: Int) -> Int { places[min(index, places.count - 1)] }

    var indices: Range<Int> { characters.indices }

    func holds(_ word: [Unicode.Scalar], at index: Int) -> Bool {
        index >= 0 && index + word.count <= characters.count
            && word.indices.allSatisfy { characters[index + $0] == word[$0] }
    }

    /// Where each of some words begins, with its end, in order.
    func places(of words: WordList) -> [Range<Int>] {
        indices.compactMap { index in words.word(in: characters, at: index).map { index..<index + $0.count } }
    }

    /// The first of some words that begins at a place.
    func word(_ words: WordList, at index: Int) -> [Unicode.Scalar]? { words.word(in: characters, at: index) }

    func character(_ index: Int) -> Unicode.Scalar? { indices.contains(index) ? characters[index] : nil }

    func isDigit(_ index: Int) -> Bool { character(index).map { ("0"..."9").contains($0) } ?? false }

    /// A digit, or a number in Chinese characters.
    func isNumeral(_ index: Int) -> Bool {
        isDigit(index) || (character(index).map { "一二两三四五六七八九十".unicodeScalars.contains($0) } ?? false)
    }

    func isHan(_ index: Int) -> Bool { character(index).map { (0x4E00...0x9FFF).contains($0.value) } ?? false }

    func isSurname(_ index: Int) -> Bool { character(index).map(Lexicon.surnames.contains) ?? false }

    /// How many digits stand before a place.
    func digitsBefore(_ end: Int) -> Int { characters[..<end].reversed().prefix { ("0"..."9").contains($0) }.count }

    func isTen(_ index: Int) -> Bool { character(index) == "十" || character(index) == "两" }

    /// How many digits follow each other from a place on.
    func digits(from index: Int) -> Int {
        characters[min(index, characters.count)...].prefix { ("0"..."9").contains($0) }.count
    }
}
