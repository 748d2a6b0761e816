import Formats

/// What a sentence tells only together with what stands above it: a heading and its text, a line with a colon and its list, the title
/// and the body, a table's header and its cells.
struct PhraseContext {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let threshold: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ threshold: Int) {
        (self.bytes, self.threshold) = (bytes, threshold)
    }

    /// What is new beside what sentences tell by themselves.
    func found(beside known: [PersonalPhrases.Found]) -> [PersonalPhrases.Found] {
        var found: [PersonalPhrases.Found] = []
        // The lines above that a line belongs to: title, headings by their level, and the line before a list.
        var leads: [Lead] = []
        var table = PipeLines()
        var before: Range<Int>?
        // Fields are read one by one; of those the title alone leads.
        var isFront = false
        for (number, line) in SourceLines(bytes).enumerated() {
            if bytes[line].elementsEqual("---".utf8), number == 0 || isFront { isFront.toggle(); continue }
            if isFront {
                if let lead = Lead(line, bytes), lead.level == 0 { leads.append(lead) }
                continue
            }
            if isItem(line), let start = before, !isItem(start), let lead = Lead(beforeList: start, bytes) {
                leads.removeAll { $0.level >= lead.level }
                leads.append(lead)
            }
            before = line
            if bytes[line.lowerBound] == UInt8(ascii: "|") || table.isOpen { table.add(line, bytes) }
            if !table.isOpen, let grid = table.take(bytes) {
                found += grid.found(below: leads.map(\.range), bytes, threshold)
            }
            if let lead = Lead(line, bytes) {
                leads.removeAll { $0.level >= lead.level }
                leads.append(lead)
            } else if !known.contains(where: { $0.sentence.overlaps(line) }) {
                found += below(leads, line)
            }
        }
        if let grid = table.close(bytes) { found += grid.found(below: leads.map(\.range), bytes, threshold) }
        return found.filter { new in !known.contains { $0.sentence.overlaps(new.sentence) } }
    }

    /// - or * or + before a blank.
    private func isItem(_ line: Range<Int>) -> Bool {
        line.count > 2 && bytes[line.lowerBound + 1] == 32 && [42, 43, 45].contains(bytes[line.lowerBound])
    }

    /// The sentence of a line that tells something together with the nearest lead that does.
    private func below(_ leads: [Lead], _ line: Range<Int>) -> [PersonalPhrases.Found] {
        guard leads.contains(where: \.isTelling) else { return [] }
        let signs = PhraseScan.signs(of: line, in: bytes)
        guard !signs.isDisjoint(with: [.illness, .state, .person, .count, .surname]) else { return [] }
        for lead in leads.reversed() where lead.isTelling {
            // Both must add something: whose it is, and what it is.
            let isWho = lead.isWho && !signs.isDisjoint(with: [.illness, .state, .count])
            let isWhat = lead.isWhat && !signs.isDisjoint(with: [.person, .count, .surname])
            guard isWho || isWhat else { continue }
            let sentence = Sentence(bytes, [lead.range, line])
            let reading = Reading(sentence)
            let below = sentence.index(ofByte: line.lowerBound)
            if let place = Joint(reading: reading, below: below).place {
                return [
                    .init(
                        kind: .person, answer: .question, sentence: line,
                        place: max(line.lowerBound, sentence.place(place)))
                ]
            }
        }
        return []
    }
}

/// A line that others belong to.
struct Lead {
    let range: Range<Int>
    /// 0 the title, 1 to 6 headings, 7 a line before a list.
    let level: Int
    /// Whether it names a class, a group or somebody.
    let isWho: Bool
    /// Whether it speaks of an illness, an absence or a missing vaccination.
    let isWhat: Bool
    var isTelling: Bool { isWho || isWhat }

    init?(_ line: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) {
        var start = line.lowerBound
        while start < line.upperBound, bytes[start] == UInt8(ascii: "#") { start += 1 }
        let marks = start - line.lowerBound
        let level: Int
        if (1...6).contains(marks) {
            level = marks
        } else if Lead.isTitle(line, bytes) {
            level = 0
        } else if Lead.endsWithColon(line, bytes) {
            level = 7
        } else {
            return nil
        }
        self.init(start..<line.upperBound, level, bytes)
    }

    /// A line that a list follows.
    init?(beforeList line: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) {
        if line.count > 120 { return nil }
        self.init(line, 7, bytes)
    }

    private init(_ range: Range<Int>, _ level: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
        (self.range, self.level) = (range, level)
        let signs = PhraseScan.signs(of: range, in: bytes)
        guard !signs.isDisjoint(with: [.illness, .state, .person, .count]) else {
            (isWho, isWhat) = (false, false)
            return
        }
        let reading = Reading(Sentence(bytes, range))
        let isGeneral = reading.isSupposed || reading.isElsewhere || reading.has(.asks)
        isWho =
            !isGeneral
            && (reading.unit ?? reading.looseClass != nil || reading.has(.groups.union(.single))
                || Names(reading).certain != nil)
        // A title speaks of illness in general: 关于…的通知.
        isWhat = !isGeneral && level > 0 && reading.has(.health)
    }

    private static func isTitle(_ line: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let text = bytes[line]
        return text.starts(with: "title:".utf8) || text.starts(with: "标题".utf8)
    }

    /// : or ：.
    private static func endsWithColon(_ line: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        line.count > 3
            && (bytes[line.upperBound - 1] == UInt8(ascii: ":")
                || bytes[line].suffix(3).elementsEqual([0xEF, 0xBC, 0x9A]))
    }
}

/// Two lines read together: one names a class, a group or somebody, the other an illness of somebody.
private struct Joint {
    let reading: Reading
    /// Where the lower line begins.
    let below: Int

    var place: Int? {
        if let name = nameAlone { return name }
        guard !reading.isGeneral else { return nil }
        let counts = Counts(reading.sentence).all.filter { $0.value > 0 }
        if reading.looseClass ?? reading.unit ?? -1 >= below, let count = countAlone { return count }
        if !reading.health.isEmpty, let count = reading.sentence.countBehindClass, count.range.lowerBound >= below {
            return count.range.lowerBound
        }
        let isIll = !reading.health.isEmpty || counts.contains(where: \.isCase)
        if isIll, let unit = reading.unit ?? reading.looseClass,
            let count = counts.first(where: { $0.range.lowerBound >= below }) ?? counts.first
        {
            return max(unit, count.range.lowerBound)
        }
        guard let health = reading.health.first else { return nil }
        let names = Names(reading)
        if let name = names.certain { return name }
        return names.possible.flatMap { ($0 < below) != (health.range.lowerBound < below) ? $0 : nil }
    }
}

extension Joint {
    /// - 何俊杰: a name and nothing else, below a line that speaks of health.
    private var nameAlone: Int? {
        guard reading.words.contains(where: { $0.range.upperBound <= below && !$0.kinds.isDisjoint(with: .health) }),
            !reading.isExample
        else { return nil }
        var start = below
        while let sign = reading.sentence.character(start), !reading.sentence.isHan(start), sign != "|" { start += 1 }
        return (2...4).contains(reading.sentence.characters.count - start) && Names(reading).isName(at: start)
            ? start : nil
    }

    /// 四(1)：三: a number behind a colon or a blank, and nothing else.
    private var countAlone: Int? {
        let last = reading.sentence.characters.count - 1
        guard last > below, reading.sentence.isNumeral(last) else { return nil }
        let start = reading.sentence.indices[below...].last { !reading.sentence.isNumeral($0) } ?? below
        return reading.sentence.characters[start].isOne(of: ":,)、班级") ? last : nil
    }
}

/// The lines of a text, without their ends.
struct SourceLines: Sequence, IteratorProtocol {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var start = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func next() -> Range<Int>? {
        while start < bytes.count {
            let end = bytes.firstIndex(of: 10, from: start) ?? bytes.count
            var line = start..<end
            start = end + 1
            while line.lowerBound < line.upperBound,
                bytes[line.upperBound - 1] == 13 || bytes[line.upperBound - 1] == 32
            {
                line = line.lowerBound..<line.upperBound - 1
            }
            while line.lowerBound < line.upperBound, bytes[line.lowerBound] == 32 {
                line = line.lowerBound + 1..<line.upperBound
            }
            if !line.isEmpty { return line }
        }
        return nil
    }
}
