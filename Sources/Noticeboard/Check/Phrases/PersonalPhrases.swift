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
        let found = bytes.withUnsafeBufferPointer { find(in: $0, cuts: nil) }
        guard isProse, let joined = JoinedText(bytes) else { return found }
        let places = joined.cuts.map(\.place)
        let more = joined.bytes.withUnsafeBufferPointer { find(in: $0, cuts: places) }.map(joined.original)
        return found
            + more.filter { new in !found.contains { $0.kind == new.kind && $0.sentence.overlaps(new.sentence) } }
    }

    /// - Parameter cuts: Where a text was joined; sentences without such a place are known already.
    private static func find(in bytes: UnsafeBufferPointer<UInt8>, cuts: [Int]?) -> [Found] {
        var found: [Found] = []
        var start = 0
        var signs: Lexicon.Signs = []
        var nextCut = 0
        func isNew(_ end: Int) -> Bool {
            guard let cuts else { return true }
            let first = nextCut
            while nextCut < cuts.count, cuts[nextCut] < end { nextCut += 1 }
            return nextCut > first
        }
        func close(_ end: Int) {
            let isTelling =
                !signs.isDisjoint(with: [.address, .birth, .dormitory, .name])
                || signs.isSuperset(of: [.illness, .person])
            if isNew(end), isTelling {
                found += PhraseRules(Sentence(bytes, start..<end), signs).found.map {
                    Found(kind: $0.kind, sentence: start..<end, place: $0.place)
                }
            }
            (start, signs) = (end, [])
        }
        var index = 0
        let table = Lexicon.table
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                index += 1
                if byte == 10 { close(index) }
                continue
            }
            guard byte & 0xF0 == 0xE0, index + 2 < bytes.count else { index += 1; continue }
            let value = UInt32(byte & 15) << 12 | UInt32(bytes[index + 1] & 63) << 6 | UInt32(bytes[index + 2] & 63)
            if value >= 0x4E00, value < 0xA000 {
                let bits = table[Int(value - 0x4E00)]
                if bits != 0 {
                    signs.formUnion(Lexicon.Signs(rawValue: UInt8(truncatingIfNeeded: bits)))
                    if bits > 0xFF { signs.formUnion(self.signs(bytes, index, Lexicon.longWords[Int(bits >> 8) - 1])) }
                }
            }
            index += 3
            // 。！？；
            if value == 0x3002 || value == 0xFF01 || value == 0xFF1F || value == 0xFF1B { close(index) }
        }
        close(bytes.count)
        return found
    }

    private static func signs(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ words: [Lexicon.LongWord]
    ) -> Lexicon.Signs {
        var signs: Lexicon.Signs = []
        for word in words where index + word.bytes.count <= bytes.count {
            if word.bytes.indices.allSatisfy({ bytes[index + $0] == word.bytes[$0] }) { signs.insert(word.sign) }
        }
        return signs
    }
}
