/// A sentence as words of the lexicon, the longest first, so that a thing (流感疫苗) hides the illness in its name.
struct Reading {
    struct Word {
        let kinds: WordKinds
        let range: Range<Int>
    }

    let sentence: Sentence
    let words: [Word]
    /// What the sentence says of health that is neither denied nor a thing: illnesses, absences, treatments.
    let health: [Word]
    /// What tells of health where somebody in particular is meant: medicines, disabilities, a room for patients.
    let personal: [Word]
    /// All kinds of all words.
    let kinds: WordKinds

    init(_ sentence: Sentence) {
        self.sentence = sentence
        var words: [Word] = []
        var index = 0
        // Titles of books (《小明生病了》) are nobody's.
        var isInTitle = false
        while index < sentence.characters.count {
            switch sentence.characters[index] {
            case "《": isInTitle = true
            case "》": isInTitle = false
            default: break
            }
            if !isInTitle, let found = Lexicon.vocabulary.word(in: sentence.characters, at: index) {
                words.append(Word(kinds: found.kinds, range: index..<index + found.length))
                index += found.length
            } else {
                index += 1
            }
        }
        self.words = words
        kinds = words.reduce(into: []) { $0.formUnion($1.kinds) }
        personal = words.filter { !$0.kinds.isDisjoint(with: .personal) }
        health =
            words.indices.filter { Reading.isHad(words, $0, sentence) }.map { words[$0] }
            + Reading.temperatures(sentence)
    }

    func has(_ kinds: WordKinds) -> Bool { !self.kinds.isDisjoint(with: kinds) }

    func first(_ kinds: WordKinds) -> Word? { words.first { !$0.kinds.isDisjoint(with: kinds) } }

    func all(_ kinds: WordKinds) -> [Word] { words.filter { !$0.kinds.isDisjoint(with: kinds) } }

    /// Whether a rule, an example, a play, or news of other places is told: nobody of ours is ill.
    var isGeneral: Bool { isRule || isSupposed || isElsewhere }

    var isRule: Bool { has(WordKinds.duty.union(.habits).union(.asks)) || isRequest(before: sentence.characters.count) }

    /// Whether a rule stands before what is said of health; a request behind it (请家长留意) does not make it one.
    var isRuleOfHealth: Bool { isNorm(.duty) || isNorm(.habits) || has(.asks) || isRequest(before: healthEnd) }

    /// Whether one of some words stands before what is said of health.
    func isNorm(_ kinds: WordKinds) -> Bool { all(kinds).contains { $0.range.lowerBound < healthEnd } }

    private var healthEnd: Int {
        (health.first ?? personal.first)?.range.upperBound ?? sentence.characters.count
    }

    /// 请留在家里: a request, not a leave (请假, 请病假).
    private func isRequest(before end: Int) -> Bool {
        sentence.indices.prefix(end).contains { index in
            sentence.characters[index] == "请"
                && (index == 0 || sentence.character(index - 1).isEndOrOne(of: ",，、:;)"))
                && !(sentence.character(index + 1).isOne(of: "假病事了长"))
        }
    }

    var isSupposed: Bool { isExample || has(.drills) }

    /// An example or a tale; not a drill, in which somebody may fall ill in earnest.
    var isExample: Bool { has(.supposed) || sentence.character(0) == "如" }

    var isElsewhere: Bool { (has(.elsewhere) || isOfArea) && !has(.own) && unit == nil }

    /// 青禾县上周报告: news of an area.
    private var isOfArea: Bool {
        sentence.indices.contains { index in
            sentence.characters[index].isOne(of: "县市省州") && sentence.isHan(index - 1)
                && sentence.character(index + 1).isOne(of: "上本报共累近今全发新卫疾内境,")
        }
    }

    /// The first place of one of some words.
    func firstPlace(of words: WordList) -> Int? { words.firstPlace(in: sentence.characters) }

    /// What somebody has: illnesses, absences, and the medicines and disabilities that tell of one.
    var ill: [Word] { health + personal.filter { !$0.kinds.isDisjoint(with: WordKinds(.medicines, .disability)) } }

    /// Whether somebody does something there (负责, 登记): what stands at its sides does not belong together.
    func hasDeed(_ range: Range<Int>) -> Bool { all(.acts).contains { range.overlaps($0.range) } }

    /// The characters between two places.
    func text(_ range: Range<Int>) -> ArraySlice<Unicode.Scalar> {
        sentence.characters[max(0, range.lowerBound)..<min(range.upperBound, sentence.characters.count)]
    }
}

extension Reading {
    /// 38.5度, 39℃: a fever that somebody has; not a limit (≥37.3℃, 38.5℃以上).
    private static func temperatures(_ sentence: Sentence) -> [Word] {
        sentence.indices.compactMap { index -> Word? in
            guard sentence.character(index) == "3" || sentence.character(index) == "4", !sentence.isDigit(index - 1),
                sentence.character(index - 1) != ".", sentence.digits(from: index) == 2,
                sentence.character(index + 1).isOne(of: "789012")
            else { return nil }
            var end = index + 2
            if sentence.character(end) == "." { end += 1 + sentence.digits(from: end + 1) }
            guard sentence.character(end) == "度" || sentence.character(end) == "℃", !isBound(sentence, index, end + 1)
            else { return nil }
            return Word(kinds: WordKind.symptoms.set, range: index..<end + 1)
        }
    }

    private static func isBound(_ sentence: Sentence, _ start: Int, _ end: Int) -> Bool {
        let before = sentence.characters[max(0, start - 3)..<start]
        let behind = sentence.characters[min(end, sentence.characters.count)..<min(end + 3, sentence.characters.count)]
        return before.contains { $0.isOne(of: "≥>≤<过达于到超约-—~至") }
            || behind.contains { $0.isOne(of: "上下者时及-—~至") }
    }

    /// Whether a word tells of health, and is neither denied (无发热) nor a part of a topic (流感防控).
    private static func isHad(_ words: [Word], _ number: Int, _ sentence: Sentence) -> Bool {
        let word = words[number]
        guard !word.kinds.isDisjoint(with: .health), word.kinds.isDisjoint(with: .things) else { return false }
        if word.kinds.isDisjoint(with: .states), let next = words[(number + 1)...].first,
            next.range.lowerBound == word.range.upperBound,
            !next.kinds.isDisjoint(with: .things)
        {
            return false
        }
        if isOfForm(words, number, sentence) { return false }
        if word.kinds.isDisjoint(with: .states), sentence.word(Lexicon.topics, at: word.range.upperBound) != nil {
            return false
        }
        // Whoever has not been vaccinated is counted by that.
        return !word.kinds.isDisjoint(with: WordKind.unvaccinated.set)
            || !isDenied(words[..<number], word.range.lowerBound, sentence)
    }

    /// 因病缺课追踪表, 请假单, 筛查安排: a form or a piece of work, also of several words of health in a row.
    private static func isOfForm(_ words: [Word], _ number: Int, _ sentence: Sentence) -> Bool {
        var number = number
        while number + 1 < words.count, words[number + 1].range.lowerBound == words[number].range.upperBound,
            !words[number + 1].kinds.isDisjoint(with: .health)
        {
            number += 1
        }
        return sentence.word(Lexicon.forms, at: words[number].range.upperBound) != nil
    }

    /// 无, 未发现 within a few characters before, in the same clause; 不, 防 right before.
    private static func isDenied(_ words: ArraySlice<Word>, _ start: Int, _ sentence: Sentence) -> Bool {
        var index = start - 1
        while index >= 0, start - index <= 8 {
            guard let character = sentence.character(index), !character.isOne(of: ",，:;(") else { break }
            if sentence.word(Lexicon.negations, at: index) != nil { return true }
            if start - index <= 1, sentence.word(Lexicon.nearNegations, at: index) != nil { return true }
            index -= 1
        }
        return false
    }
}
