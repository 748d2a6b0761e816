/// Somebody's illness, by a name.
extension PhraseRules {
    var namedCase: Int? {
        masked ?? teacher ?? beforeName ?? behindName ?? standingName
            ?? sentence.classes.lazy.compactMap { range -> Int? in
                nameEnd(range.upperBound).map { _ in range.upperBound }
            }.first
    }

    /// 王老师确诊: a surname is enough where the school has few of them.
    private var teacher: Int? {
        sentence.indices.first { index in
            sentence.isSurname(index) && sentence.holds(["老", "师"], at: index + 1)
                && illnesses.contains { (index + 3...index + 6).contains($0.lowerBound) }
        }
    }

    /// 张某, 李某某, 王××, 刘*.
    private var masked: Int? {
        sentence.indices.first(where: isMasked)
    }

    func isMasked(_ index: Int) -> Bool {
        guard sentence.isSurname(index), let next = sentence.character(index + 1) else { return false }
        // An asterisk within a word begins an emphasis.
        return next.isOne(of: "某×X") || next == "*" && !isInWord(index)
    }

    /// A name of three characters that begins a clause, or stands in brackets alone: 唐书豪近期哮喘发作, 小杨(杨依诺)又吐了.
    private var standingName: Int? {
        sentence.indices.first { index in
            let before = sentence.character(index - 1)
            if before == "的" { return nameEnd(index, length: 3) != nil && sentence.character(index + 3) == ")" }
            guard before == nil || before!.isOne(of: ",，。:;(|.是"), nameEnd(index, length: 3) == index + 3,
                sentence.word(Lexicon.illnesses, at: index) == nil
            else { return false }
            let next = sentence.character(index + 3)
            if before == "(" { return next == ")" }
            return isNameEnd(index + 3) || next.isOne(of: "对近又有上下早晚现目")
        }
    }

    /// 学生王小明发热.
    private var beforeName: Int? {
        sentence.places(of: Lexicon.persons).lazy.map(\.upperBound).first { start in
            nameEnd(sentence.character(start) == ":" ? start + 1 : start) != nil
        }
    }

    /// 王小明同学, 王小明的家长.
    private var behindName: Int? {
        (sentence.places(of: Lexicon.persons) + sentence.places(of: Lexicon.relatives)).lazy.compactMap {
            range -> Int? in
            let end = sentence.character(range.lowerBound - 1) == "的" ? range.lowerBound - 1 : range.lowerBound
            return [3, 2].map { end - $0 }.first { start in
                start >= 0 && nameEnd(start, length: end - start) == end && (end - start == 3 || !isInWord(start))
            }
        }.first
    }

    /// The end of a name that begins at a place: a surname with one or two characters of a given name. In the field of a form
    /// any characters are a name.
    func nameEnd(_ start: Int, length: Int? = nil, isField: Bool = false) -> Int? {
        let given =
            sentence.word(Lexicon.longSurnames, at: start).map { start + $0.count }
            ?? (sentence.isSurname(start) ? start + 1 : nil)
        guard let given else { return nil }
        for end in [given + 2, given + 1] where length.map({ end - start == $0 }) ?? true {
            let isName = (given..<end).allSatisfy {
                sentence.isHan($0) && (isField || !Lexicon.notInNames.contains(sentence.characters[$0]))
            }
            if isName, length != nil || isNameEnd(end) { return end }
        }
        return nil
    }

    /// What may follow a name: an illness, a sign, or a word that begins a statement.
    private func isNameEnd(_ index: Int) -> Bool {
        guard let next = sentence.character(index) else { return true }
        return sentence.word(Lexicon.illnesses, at: index) != nil || sentence.word(Lexicon.persons, at: index) != nil
            || next.isOne(of: ",，、;:(。因于今昨的在自从等已为出被未有得|")
    }

    /// Whether the sign before belongs to the same word, as 安 in 平安.
    private func isInWord(_ index: Int) -> Bool { index > 0 && sentence.isHan(index - 1) && !isOpening(index - 1) }

    private func isOpening(_ index: Int) -> Bool {
        sentence.character(index).isEndOrOne(of: "班级对与和由是为生校我")
    }
}
