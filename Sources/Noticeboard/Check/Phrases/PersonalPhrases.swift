import Formats

/// Phrases that tell of a person: an illness together with a class or a name, where somebody lives or sleeps, when somebody
/// was born. A school never publishes them; what is none but reads like one can be allowed (`PhraseAllowance`).
enum PersonalPhrases {
    enum Kind: String, Sendable {
        case caseOfClass = "case-of-class"
        case namedCase = "named-case"
        case name
        case address
        case birth = "birth-date"
        case dormitory

        /// What stands there, for the message.
        var words: (zh: String, en: String) {
            switch self {
            case .caseOfClass: ("某个班的病例", "a case of illness in one class")
            case .namedCase: ("某个人的病情", "somebody's illness")
            case .name: ("一个人的姓名", "somebody's name")
            case .address: ("一个人的住址", "where somebody lives")
            case .birth: ("一个人的出生日期", "somebody's date of birth")
            case .dormitory: ("宿舍房间号", "a dormitory room")
            }
        }
    }

    struct Found: Equatable {
        let kind: Kind
        /// The sentence, in the text's bytes.
        let sentence: Range<Int>
        /// Where the phrase is.
        let place: Int
    }

    /// The phrases of a text, in order. Most sentences are passed over by their characters alone.
    ///
    /// - Parameter isProse: Whether it is a text of paragraphs (Markdown), whose words may be broken by marks and line ends; the
    ///   cells of a table are not to be joined.
    static func find(in bytes: [UInt8], isProse: Bool = true) -> [Found] {
        let found = bytes.withUnsafeBufferPointer { PhraseScan.found(in: $0, [0..<$0.count]) }
        guard isProse, let joined = JoinedText(bytes) else { return found }
        // Sentences in which nothing was joined are known already.
        let more = joined.bytes.withUnsafeBufferPointer { bytes in
            PhraseScan.found(in: bytes, PhraseScan.sentences(of: bytes, at: joined.cuts.lazy.map(\.place)))
        }.map(joined.original)
        return found
            + more.filter { new in !found.contains { $0.kind == new.kind && $0.sentence.overlaps(new.sentence) } }
    }
}

/// Goes through a text character by character, and through those sentences again whose characters may tell something.
private struct PhraseScan {
    let bytes: UnsafeBufferPointer<UInt8>
    private(set) var found: [PersonalPhrases.Found] = []

    static func found(in bytes: UnsafeBufferPointer<UInt8>, _ ranges: [Range<Int>]) -> [PersonalPhrases.Found] {
        var scan = PhraseScan(bytes: bytes)
        Lexicon.table.withUnsafeBufferPointer { table in
            for range in ranges { scan.scan(range, table) }
        }
        return scan.found
    }

    /// The sentences in which some places lie, which are given in order.
    static func sentences(of bytes: UnsafeBufferPointer<UInt8>, at places: some Sequence<Int>) -> [Range<Int>] {
        var sentences: [Range<Int>] = []
        for place in places where place >= sentences.last?.upperBound ?? 0 {
            var (start, end) = (place, place)
            while start > 0, !endsSentence(bytes, start) { start -= 1 }
            repeat { end += 1 } while end < bytes.count && !endsSentence(bytes, end)
            sentences.append(start..<min(end, bytes.count))
        }
        return sentences
    }

    /// Whether a sentence ends before a place: behind a line end or a sign that ends sentences.
    private static func endsSentence(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
        if bytes[place - 1] == 10 { return true }
        guard place >= 3 else { return false }
        guard bytes[place - 3] & 0xF0 == 0xE0 else { return false }
        return endsSentence(
            Int(bytes[place - 3] & 15) << 12 | Int(bytes[place - 2] & 63) << 6 | Int(bytes[place - 1] & 63))
    }

    /// 。！？；
    private static func endsSentence(_ character: Int) -> Bool {
        character == 0x3002 || character == 0xFF01 || character == 0xFF1F || character == 0xFF1B
    }

    private mutating func scan(_ range: Range<Int>, _ table: UnsafeBufferPointer<UInt16>) {
        let bytes = bytes
        var (start, index) = (range.lowerBound, range.lowerBound)
        var signs: UInt16 = 0
        while index < range.upperBound {
            let byte = bytes[index]
            guard byte >= 0xE3, byte < 0xF0, index + 2 < bytes.count else {
                index += 1
                if byte == 10 { close(start..<index, &signs, next: &start) }
                continue
            }
            let value = Int(byte & 15) << 12 | Int(bytes[index + 1] & 63) << 6 | Int(bytes[index + 2] & 63)
            index += 3
            if value >= 0x4E00, value < 0xA000 {
                let bits = table[value - 0x4E00]
                signs |= bits & 0xFF
                if bits > 0xFF { signs |= longWord(behind: index, Int(bits >> 8)) }
            } else if PhraseScan.endsSentence(value) {
                close(start..<index, &signs, next: &start)
            }
        }
        close(start..<range.upperBound, &signs, next: &start)
    }

    /// What the long words are a sign of whose first character ends here.
    private func longWord(behind index: Int, _ number: Int) -> UInt16 {
        let next = bytes.word(at: index)
        var signs: UInt16 = 0
        Lexicon.longWords.withUnsafeBufferPointer { words in
            for place in Lexicon.longWordPlaces[number - 1] where next & words[place].mask == words[place].rest {
                signs |= words[place].sign
            }
        }
        return signs
    }

    private mutating func close(_ sentence: Range<Int>, _ bits: inout UInt16, next: inout Int) {
        let signs = Lexicon.Signs(rawValue: UInt8(bits))
        (bits, next) = (0, sentence.upperBound)
        guard
            !signs.isDisjoint(with: [.address, .birth, .dormitory, .name])
                || signs.isSuperset(of: [.illness, .person])
        else { return }
        found += PhraseRules(Sentence(bytes, sentence), signs).found.map {
            PersonalPhrases.Found(kind: $0.kind, sentence: sentence, place: $0.place)
        }
    }
}
