/// What one sentence tells of a person.
struct PhraseRules {
    let sentence: Sentence
    private let signs: Lexicon.Signs

    init(_ sentence: Sentence, _ signs: Lexicon.Signs) {
        self.sentence = sentence
        self.signs = signs
    }

    /// Each kind once, with its place in the text.
    var found: [(kind: PersonalPhrases.Kind, place: Int)] {
        var found: [(kind: PersonalPhrases.Kind, place: Int)] = []
        func add(_ kind: PersonalPhrases.Kind, _ index: Int?) {
            if let index { found.append((kind, sentence.place(index))) }
        }
        if signs.contains(.illness), !signs.isDisjoint(with: [.person, .surname]), !illnesses.isEmpty, !isSupposed {
            add(.namedCase, namedCase)
            if found.isEmpty { add(.caseOfClass, caseOfClass) }
        }
        if signs.contains(.name), !isExample { add(.name, filledName) }
        if signs.contains(.address) { add(.address, address) }
        if signs.contains(.birth) { add(.birth, birth) }
        if signs.contains(.dormitory) { add(.dormitory, room) }
        return found
    }
}

/// Illness.
extension PhraseRules {
    /// Illnesses that somebody has: neither denied, nor spoken of in general.
    var illnesses: [Range<Int>] {
        let things = sentence.places(of: Lexicon.things)
        return sentence.places(of: Lexicon.illnesses).filter { range in
            if things.contains(where: { $0.lowerBound <= range.lowerBound && $0.upperBound >= range.upperBound })
                || isInTitle(range)
            {
                return false
            }
            let before = (max(0, range.lowerBound - 6)..<range.lowerBound).reversed().prefix { !isBreak($0) }
            let isDenied =
                before.contains { sentence.word(Lexicon.negations, at: $0) != nil }
                || before.prefix(2).contains { sentence.word(Lexicon.nearNegations, at: $0) != nil }
            return !isDenied && sentence.word(Lexicon.topics, at: range.upperBound) == nil
        }
    }

    /// 填写样例:姓名:张三.
    private var isExample: Bool {
        Lexicon.examples.firstPlace(in: sentence.characters) != nil
    }

    /// 《小明生病了》: a book's.
    private func isInTitle(_ range: Range<Int>) -> Bool {
        let before = sentence.characters[..<range.lowerBound].last { $0.isOne(of: "《》") }
        return before == "《" && sentence.characters[range.upperBound...].contains("》")
    }

    private func isBreak(_ index: Int) -> Bool {
        sentence.character(index).isEndOrOne(of: ",，、:;()")
    }

    private var isSupposed: Bool {
        sentence.character(0) == "如" || !sentence.places(of: Lexicon.suppositions).isEmpty
    }

    /// A class, an illness, and somebody.
    private var caseOfClass: Int? {
        guard let place = sentence.classes.first ?? (counted ? smallClass : nil) else { return nil }
        if isOutbreak, !isZero { return place.lowerBound }
        let isStaff = sentence.holds(Array("班主任".unicodeScalars), at: place.upperBound)
        let isOrder = !sentence.places(of: Lexicon.orders).isEmpty
        let isSomebody = counted || !isStaff && !isOrder && isClauseOfCase(place)
        return isSomebody && !isZero ? place.lowerBound : nil
    }

    /// 发现手足口病, 发生聚集性呕吐: nobody is counted, and everybody knows.
    private var isOutbreak: Bool {
        let isBefore = sentence.places(of: Lexicon.outbreaks).contains { word in
            illnesses.contains { (word.upperBound...word.upperBound + 6).contains($0.lowerBound) }
        }
        let isCounted = illnesses.contains {
            sentence.isDigit($0.upperBound) && sentence.character($0.upperBound) != "0"
        }
        return isBefore || isCounted || !sentence.places(of: Lexicon.clusters).isEmpty
    }

    /// A class of a kindergarten.
    private var smallClass: Range<Int>? {
        sentence.places(of: Lexicon.smallClasses).first
    }

    /// Whether the clause around a class speaks of somebody or of an illness itself.
    private func isClauseOfCase(_ place: Range<Int>) -> Bool {
        let start = sentence.indices[..<place.lowerBound].last(where: isComma) ?? 0
        let end = sentence.indices[place.upperBound...].first(where: isComma) ?? sentence.characters.count
        func isInside(_ range: Range<Int>) -> Bool { range.lowerBound >= start && range.upperBound <= end }
        let isOfPerson = sentence.places(of: Lexicon.persons).contains(where: isInside)
        return illnesses.contains(where: isInside) ? !sentence.places(of: Lexicon.persons).isEmpty : isOfPerson
    }

    private func isComma(_ index: Int) -> Bool { [",", "，", "、"].contains(sentence.character(index)) }

    /// 一名, 3例, 有2人.
    private var counted: Bool {
        sentence.indices.contains { index in
            if sentence.character(index) == "俩" { return true }
            let isCounter = sentence.character(index + 1).isOne(of: "名个位例人")
            if sentence.character(index) == "0", !sentence.isDigit(index - 1) { return false }
            return sentence.isNumeral(index) && (isCounter || sentence.word(Lexicon.persons, at: index + 1) != nil)
        }
    }

    /// 0人, and nobody else: a nil report.
    private var isZero: Bool {
        !counted
            && sentence.indices.contains { index in
                sentence.character(index) == "0" && !sentence.isDigit(index - 1) && sentence.character(index - 1) != "."
                    && sentence.character(index + 1).isOne(of: "名个位例人")
            }
    }
}
