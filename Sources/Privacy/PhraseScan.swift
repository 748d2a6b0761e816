import Formats

/// Goes through a text character by character, and through those sentences again whose characters may tell something.
struct PhraseScan {
    let bytes: UnsafeBufferPointer<UInt8>
    let threshold: Int
    private(set) var found: [PersonalPhrases.Found] = []

    static func found(
        in bytes: UnsafeBufferPointer<UInt8>, _ ranges: [Range<Int>], _ threshold: Int
    ) -> [PersonalPhrases.Found] {
        var scan = PhraseScan(bytes: bytes, threshold: threshold)
        Lexicon.table.withUnsafeBufferPointer { table in
            for range in ranges { scan.scan(range, table) }
        }
        return scan.found
    }

    /// What the characters of some bytes are signs of.
    static func signs(of range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Lexicon.Signs {
        var index = range.lowerBound
        var signs: UInt16 = 0
        let scan = PhraseScan(bytes: bytes, threshold: 0)
        while index + 2 < range.upperBound {
            guard (0xE4...0xE9).contains(bytes[index]) else {
                if bytes[index] &- 48 < 10 { signs |= digit(bytes, index) }
                index += 1
                continue
            }
            let value = Int(bytes[index] & 15) << 12 | Int(bytes[index + 1] & 63) << 6 | Int(bytes[index + 2] & 63)
            index += 3
            guard value >= 0x4E00 else { continue }
            let bits = Lexicon.table[value - 0x4E00]
            signs |= UInt16(truncatingIfNeeded: bits)
            if bits > 0xFFFF { signs |= scan.longWord(behind: index, Int(bits & ~Lexicon.isReadAsAnother) >> 16) }
        }
        return Lexicon.Signs(rawValue: signs)
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

    private mutating func scan(_ range: Range<Int>, _ table: UnsafeBufferPointer<UInt32>) {
        let bytes = bytes
        var (start, index) = (range.lowerBound, range.lowerBound)
        var signs: UInt16 = 0
        // Names and illnesses may stand in Latin letters.
        var letters = 0
        while index < range.upperBound {
            let byte = bytes[index]
            guard byte >= 0xE3, byte < 0xF0, index + 2 < bytes.count else {
                index += 1
                letters += (byte | 32) &- 97 < 26 ? 1 : 0
                if byte &- 48 < 10 { signs |= PhraseScan.digit(bytes, index - 1) }
                if byte == 10 { close(start..<index, &signs, &letters, next: &start) }
                continue
            }
            let value = Int(byte & 15) << 12 | Int(bytes[index + 1] & 63) << 6 | Int(bytes[index + 2] & 63)
            index += 3
            if value >= 0x4E00, value < 0xA000 {
                let bits = table[value - 0x4E00]
                signs |= UInt16(truncatingIfNeeded: bits)
                if bits > 0xFFFF { signs |= longWord(behind: index, Int(bits & ~Lexicon.isReadAsAnother) >> 16) }
            } else if PhraseScan.endsSentence(value) {
                close(start..<index, &signs, &letters, next: &start)
            }
        }
        close(start..<range.upperBound, &signs, &letters, next: &start)
    }

    /// A digit counts somebody, and 37 to 39 may be somebody's fever.
    @inline(__always)
    private static func digit(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt16 {
        let isFever =
            bytes[index] == UInt8(ascii: "3") && index + 2 < bytes.count && bytes[index + 1] &- 55 < 3
            && (bytes[index + 2] == UInt8(ascii: ".") || bytes[index + 2] > 0xDF)
        return Lexicon.Signs.count.rawValue | (isFever ? Lexicon.Signs.illness.rawValue : 0)
    }

    /// What the long words are a sign of whose first character ends here.
    private func longWord(behind index: Int, _ number: Int) -> UInt16 {
        guard number > 0 else { return 0 }
        let next = bytes.word(at: index)
        var signs: UInt16 = 0
        Lexicon.longWords.withUnsafeBufferPointer { words in
            for place in Lexicon.longWordPlaces[number - 1] where next & words[place].mask == words[place].rest {
                signs |= words[place].sign
            }
        }
        return signs
    }

    private mutating func close(_ sentence: Range<Int>, _ bits: inout UInt16, _ letters: inout Int, next: inout Int) {
        let signs = Lexicon.Signs(rawValue: bits)
        let count = letters
        let isLatin = letters >= 8 && !signs.isDisjoint(with: [.person, .illness])
        (bits, letters, next) = (0, 0, sentence.upperBound)
        if count >= 12, isEnglish(sentence), let place = EnglishSentence(bytes, sentence).place {
            found.append(.init(kind: .person, answer: .question, sentence: sentence, place: place))
        } else if signs.isCandidate || isLatin {
            found += PhraseScan.found(
                Sentence(bytes, sentence), isLatin ? signs.union(.illness) : signs, sentence, threshold)
        }
    }

    /// Whether there are blanks between words.
    private func isEnglish(_ sentence: Range<Int>) -> Bool {
        var blanks = 0
        for index in sentence.dropFirst() where bytes[index] == 32 && (bytes[index - 1] | 32) &- 97 < 26 { blanks += 1 }
        return blanks > 1
    }

    /// What one sentence tells: what is certain, else a count, else what is to be asked.
    static func found(
        _ sentence: Sentence, _ signs: Lexicon.Signs, _ range: Range<Int>, _ threshold: Int
    ) -> [PersonalPhrases.Found] {
        let certain = PhraseRules(sentence, signs).found
        if !certain.isEmpty { return certain.map { .init(kind: $0.kind, sentence: range, place: $0.place) } }
        guard signs.mayTell else { return [] }
        let reading = Reading(sentence)
        if let number = Numbers(reading).place {
            return [.init(kind: .number, sentence: range, place: sentence.place(number))]
        }
        if signs.contains(.count), let count = Statements(reading: reading, threshold: threshold).first {
            return [
                .init(
                    kind: .count, answer: count.answer == .refused ? .refused : .question, sentence: range,
                    place: sentence.place(count.place), value: count.value, number: count.digits.map(sentence.bytes))
            ]
        }
        return Doubts(reading).place.map {
            [.init(kind: .person, answer: .question, sentence: range, place: sentence.place($0))]
        } ?? []
    }
}

extension Lexicon.Signs {
    /// Whether more than an address or a room may be told: of health, a number of a person, a birthday.
    fileprivate var mayTell: Bool {
        !isDisjoint(with: [.illness, .state, .birth]) || isSuperset(of: [.name, .count])
    }

    /// Whether a sentence is worth a look.
    var isCandidate: Bool {
        !isDisjoint(with: [.address, .birth, .dormitory, .name])
            || !isDisjoint(with: [.illness, .state]) && !isDisjoint(with: [.person, .count, .surname])
    }
}
