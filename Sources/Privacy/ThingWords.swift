/// Decides whether something counts things: everything that could count persons or illness is taken for persons'.
package enum ThingWords {
    /// What a dataset may count instead of persons, by its name in `datasets.yml`; nil where it is no thing that is known.
    package static func thing(_ name: String) -> String? {
        Lexicon.counted.first { $0.words.contains(name) }?.name
    }

    /// The names of things that may be counted.
    package static let things = Lexicon.counted.map(\.name)

    /// The thing that is usually counted in a unit.
    package static func thing(countedIn unit: String) -> String? {
        Lexicon.counted.first { $0.words.dropFirst().contains(unit) }?.name
    }

    /// Whether a text names an illness or what comes of one: 发热学生, not 疫苗 or 隔离间.
    package static func namesIllness(_ text: String) -> Bool {
        let reading = Reading(Sentence(text: text))
        return reading.has(.illness)
            && reading.words.contains { !$0.kinds.isDisjoint(with: .illness) && $0.kinds.isDisjoint(with: .things) }
    }

    /// The word of a person or an illness that a text holds, beside the things in it: 隔离间 holds none, 隔离 does.
    package static func wordOfPersons(in text: String) -> String? {
        let sentence = Sentence(text: text)
        let characters = sentence.characters
        var index = 0
        while index < characters.count {
            if let thing = thingEnd(sentence, index) {
                index = thing
            } else if let word = Lexicon.countedPersons.word(in: characters, at: index) ?? person(characters, at: index)
            {
                return String(String.UnicodeScalarView(word))
            } else {
                index += 1
            }
        }
        let small = Lexicon.countedThingIDs.reduce(text.lowercased()) { $0.replacing($1, with: "") }
        return Lexicon.countedIDs.first(where: small.contains)
    }
}

extension ThingWords {
    /// The end of a thing that begins at a place: a word of the lexicon, or persons with a place of theirs (学生食堂).
    private static func thingEnd(_ sentence: Sentence, _ index: Int) -> Int? {
        if let thing = Lexicon.countedThings.word(in: sentence.characters, at: index) { return index + thing.count }
        guard let found = Lexicon.vocabulary.word(in: sentence.characters, at: index) else { return nil }
        let end = index + found.length
        if !found.kinds.isDisjoint(with: .things) { return end }
        guard !found.kinds.isDisjoint(with: .general.union(.posts).union(.own)) else { return nil }
        return sentence.word(Lexicon.thingNouns, at: end).map { end + $0.count }
    }

    /// A word of an illness, of an absence, or for somebody.
    private static func person(_ characters: [Unicode.Scalar], at index: Int) -> [Unicode.Scalar]? {
        guard let found = Lexicon.vocabulary.word(in: characters, at: index),
            !found.kinds.isDisjoint(with: .health.union(.personal).union(.general).union(.relations).union(.single))
        else { return nil }
        return Array(characters[index..<index + found.length])
    }
}
