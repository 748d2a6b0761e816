import Formats

/// The lists whose words make a sentence's reading (`Vocabulary`). The other lists in `Words/` are looked up at a place.
enum WordKind: String, CaseIterable, Sendable {
    case symptoms, diseases, mental, findings, treatments, abbreviations, medicines, disability, care, events
    case absent, isolated, screened, traced, unvaccinated, counselled, exempt, treated
    case vaccines, rooms, talks, work
    case general, relatives, posts, relations, groups, single, given, common, numbers
    case duty, habits, asks, supposed, suppositions, drills, played, elsewhere, none
    case own, days, activities, acts, titles

    var set: WordKinds { WordKinds(rawValue: 1 << UInt64(WordKind.allCases.firstIndex(of: self)!)) }
}

/// The lists that a word stands in.
struct WordKinds: OptionSet, Sendable {
    let rawValue: UInt64

    init(rawValue: UInt64) { self.rawValue = rawValue }
    init(_ kinds: WordKind...) { self = kinds.reduce(into: []) { $0.formUnion($1.set) } }

    /// Something that somebody can have.
    static let illness = WordKinds(.symptoms, .diseases, .mental, .findings, .treatments, .abbreviations)
    /// Something of the health of persons that nobody counts in public, beside illness.
    static let states = WordKinds(.absent, .isolated, .screened, .traced, .unvaccinated, .counselled, .exempt, .treated)
    static let health = illness.union(states)
    /// What tells of somebody's health only where somebody in particular is meant.
    static let personal = WordKinds(.medicines, .disability, .care)
    static let events = WordKind.events.set
    static let things = WordKinds(.vaccines, .rooms, .talks, .work)
    static let posts = WordKind.posts.set
    static let relations = WordKind.relations.set
    static let groups = WordKind.groups.set
    static let single = WordKind.single.set
    static let given = WordKind.given.set
    static let general = WordKinds(.general, .relatives)
    static let duty = WordKind.duty.set
    static let habits = WordKind.habits.set
    static let asks = WordKind.asks.set
    static let supposed = WordKinds(.supposed, .suppositions)
    static let drills = WordKinds(.drills, .played)
    static let common = WordKind.common.set
    static let elsewhere = WordKind.elsewhere.set
    static let none = WordKind.none.set
    static let own = WordKind.own.set
    static let days = WordKind.days.set
    static let activities = WordKind.activities.set
    static let acts = WordKind.acts.set
    static let titles = WordKind.titles.set
    static let numbers = WordKind.numbers.set
}

/// Lists of words as text: `name: word word …`, a line each; lines that begin with # are comments.
struct WordLists {
    private let byName: [String: [[Unicode.Scalar]]]
    /// The names, as they stand.
    private let order: [String]

    init(_ texts: [String]) {
        var byName: [String: [[Unicode.Scalar]]] = [:]
        var order: [String] = []
        for line in texts.joined(separator: "\n").split(separator: "\n") where !line.hasPrefix("#") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            if byName[String(line[..<colon])] == nil { order.append(String(line[..<colon])) }
            byName[String(line[..<colon]), default: []] += line[line.index(after: colon)...].split(separator: " ")
                .map { Array($0.unicodeScalars) }
        }
        (self.byName, self.order) = (byName, order)
    }

    /// The lists from one name to another, in the order of their file, with their words.
    func named(in first: String, to last: String) -> [(name: String, words: [String])] {
        guard let start = order.firstIndex(of: first), let end = order[start...].firstIndex(of: last) else { return [] }
        return order[start...end].map { name in (name, self[name].map { String(String.UnicodeScalarView($0)) }) }
    }

    subscript(_ name: String) -> [[Unicode.Scalar]] { byName[name] ?? [] }
}

/// Some words, found by their first character.
struct WordList: Sendable {
    /// By the lowest bits of their first characters.
    private let words: [[Unicode.Scalar]]
    private let starts: [UInt16]

    init(_ words: [[Unicode.Scalar]]) {
        self.words = words.enumerated().sorted {
            ($0.element[0].value & 1023, $0.offset) < ($1.element[0].value & 1023, $1.offset)
        }.map(\.element)
        var starts = [UInt16](repeating: 0, count: 1025)
        for word in words { starts[Int(word[0].value & 1023) + 1] += 1 }
        for slot in starts.indices.dropFirst() { starts[slot] += starts[slot - 1] }
        self.starts = starts
    }

    /// The first word that begins at a place.
    func word(in characters: [Unicode.Scalar], at index: Int) -> [Unicode.Scalar]? {
        guard characters.indices.contains(index) else { return nil }
        let slot = Int(characters[index].value & 1023)
        for number in starts[slot]..<starts[slot + 1] where characters.holds(words[Int(number)], at: index) {
            return words[Int(number)]
        }
        return nil
    }

    /// The first place of a word.
    func firstPlace(in characters: [Unicode.Scalar]) -> Int? {
        characters.indices.first { word(in: characters, at: $0) != nil }
    }

    /// Whether a word ends before a place.
    func isBefore(_ end: Int, in characters: [Unicode.Scalar]) -> Bool {
        (1...3).contains { length in word(in: characters, at: end - length).map { $0.count == length } ?? false }
    }
}

/// The words of which readings are made, the longest first.
struct Vocabulary: Sendable {
    fileprivate struct Entry {
        let word: [Unicode.Scalar]
        let kinds: WordKinds
    }

    /// By first character, then from the longest on.
    private let entries: [Entry]
    /// Where the entries of a character begin, by `slot`.
    private let starts: [UInt16]

    init(_ lists: WordLists) {
        var kinds: [[Unicode.Scalar]: WordKinds] = [:]
        for kind in WordKind.allCases {
            for word in lists[kind.rawValue] { kinds[word.map(\.lowerCased), default: []].formUnion(kind.set) }
        }
        entries = kinds.filter { Vocabulary.slot($0.key[0]) != nil }.map { Entry(word: $0.key, kinds: $0.value) }
            .sorted { ($0.word[0].value, $1.word.count) < ($1.word[0].value, $0.word.count) }
        var starts = [UInt16](repeating: 0, count: 0x5200 + 129)
        for entry in entries { starts[Vocabulary.slot(entry.word[0])! + 1] += 1 }
        for slot in starts.indices.dropFirst() { starts[slot] += starts[slot - 1] }
        self.starts = starts
    }

    /// ASCII first, then the common Han characters: the order of their numbers.
    private static func slot(_ scalar: Unicode.Scalar) -> Int? {
        if scalar.value < 128 { return Int(scalar.value) }
        return scalar.isCommonHan ? Int(scalar.value) - 0x4E00 + 128 : nil
    }

    /// The longest word that begins at a place.
    func word(in characters: [Unicode.Scalar], at index: Int) -> (length: Int, kinds: WordKinds)? {
        guard let slot = Vocabulary.slot(characters[index].lowerCased) else { return nil }
        for number in Int(starts[slot])..<Int(starts[slot + 1]) where entries[number].isAt(index, characters) {
            return (entries[number].word.count, entries[number].kinds)
        }
        return nil
    }
}

extension Vocabulary.Entry {
    func isAt(_ index: Int, _ characters: [Unicode.Scalar]) -> Bool {
        guard index + word.count <= characters.count else { return false }
        for place in 1..<max(1, word.count) where characters[index + place].lowerCased != word[place] { return false }
        return true
    }
}

extension Unicode.Scalar {
    /// An ASCII letter without its case.
    var lowerCased: Unicode.Scalar { value &- 65 < 26 ? Unicode.Scalar(UInt8(value + 32)) : self }

    var isASCIILetter: Bool { (value | 32) &- 97 < 26 }
}

extension [Unicode.Scalar] {
    func holds(_ word: [Unicode.Scalar], at index: Int) -> Bool {
        index >= 0 && index + word.count <= count && word.indices.allSatisfy { self[index + $0] == word[$0] }
    }
}
