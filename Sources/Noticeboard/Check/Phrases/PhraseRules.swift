/// What one sentence tells of a person.
struct PhraseRules {
    private let sentence: Sentence
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
        if signs.isSuperset(of: [.illness, .person]), !illnesses.isEmpty, !isSupposed {
            add(.namedCase, namedCase)
            if found.isEmpty { add(.caseOfClass, caseOfClass) }
        }
        if signs.contains(.name) { add(.name, filledName) }
        if signs.contains(.address) { add(.address, address) }
        if signs.contains(.birth) { add(.birth, birth) }
        if signs.contains(.dormitory) { add(.dormitory, room) }
        return found
    }
}

/// Illness.
extension PhraseRules {
    /// Illnesses that somebody has: neither denied, nor spoken of in general.
    private var illnesses: [Range<Int>] {
        sentence.places(of: Lexicon.illnesses).filter { range in
            let before = (max(0, range.lowerBound - 6)..<range.lowerBound).reversed().prefix { !isBreak($0) }
            let isDenied = before.contains { sentence.word(Lexicon.negations, at: $0) != nil }
            return !isDenied && sentence.word(Lexicon.topics, at: range.upperBound) == nil
        }
    }

    private func isBreak(_ index: Int) -> Bool {
        sentence.character(index).map { ",，、:;()".unicodeScalars.contains($0) } ?? true
    }

    private var isSupposed: Bool {
        sentence.character(0) == "如" || !sentence.places(of: Lexicon.suppositions).isEmpty
    }

    /// The end of each class that is named: 三(2)班, 五年级3班, 初一4班.
    private var classes: [Range<Int>] {
        sentence.indices.filter { sentence.character($0) == "班" }.compactMap { end in
            var start = end - 1
            let isBracketed = sentence.character(start) == ")"
            if isBracketed { start -= 1 }
            let last = start
            let isDigits = sentence.isDigit(last)
            // 303班: the grade and the class.
            if !isBracketed, isDigits, sentence.isDigit(last - 1), sentence.isDigit(last - 2),
                !sentence.isDigit(last - 3)
            {
                return last - 2..<end + 1
            }
            while last - start < 2, isDigits ? sentence.isDigit(start) : sentence.isNumeral(start) { start -= 1 }
            guard start < last else { return nil }
            if isBracketed { return sentence.character(start) == "(" ? start..<end + 1 : nil }
            let before = sentence.character(start)
            // 3.2班, 3-2班, 5年3班.
            let isPaired = isDigits && (before == "." || before == "-" || before == "年") && sentence.isDigit(start - 1)
            return before == "级" || isPaired || isGradeNumeral(start) ? start..<end + 1 : nil
        }
    }

    /// A number in Chinese before one in digits: 三2班; the second sign of 初一4班.
    private func isGradeNumeral(_ index: Int) -> Bool {
        sentence.isNumeral(index) && !sentence.isDigit(index) && sentence.isDigit(index + 1)
    }

    /// A class, an illness, and somebody.
    private var caseOfClass: Int? {
        guard let place = classes.first ?? (counted ? smallClass : nil) else { return nil }
        if isOutbreak, !isZero { return place.lowerBound }
        let isStaff = sentence.holds(Array("班主任".unicodeScalars), at: place.upperBound)
        let isSomebody = counted || !isStaff && isClauseOfCase(place)
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
            let isCounter = sentence.character(index + 1).map { "名个位例人".unicodeScalars.contains($0) } ?? false
            return sentence.isNumeral(index) && (isCounter || sentence.word(Lexicon.persons, at: index + 1) != nil)
        }
    }

    /// 0人: a nil report.
    private var isZero: Bool {
        sentence.indices.contains { index in
            sentence.character(index) == "0" && !sentence.isDigit(index - 1) && sentence.character(index - 1) != "."
                && sentence.character(index + 1).map { "名个位例人".unicodeScalars.contains($0) } ?? false
        }
    }

    private var namedCase: Int? {
        masked ?? beforeName ?? behindName ?? standingName
            ?? classes.lazy.compactMap { range -> Int? in
                nameEnd(range.upperBound).map { _ in range.upperBound }
            }.first
    }

    /// 张某, 李某某, 王××, 刘*.
    private var masked: Int? {
        sentence.indices.first(where: isMasked)
    }

    private func isMasked(_ index: Int) -> Bool {
        guard sentence.isSurname(index), let next = sentence.character(index + 1) else { return false }
        // An asterisk within a word begins an emphasis.
        return "某×X".unicodeScalars.contains(next) || next == "*" && !isInWord(index)
    }

    /// A name of three characters that begins a clause, or stands in brackets alone: 唐书豪近期哮喘发作, 小杨(杨依诺)又吐了.
    private var standingName: Int? {
        sentence.indices.first { index in
            let before = sentence.character(index - 1)
            if before == "的" { return nameEnd(index, length: 3) != nil && sentence.character(index + 3) == ")" }
            guard before == nil || ",，。:;(|.是".unicodeScalars.contains(before!), nameEnd(index, length: 3) == index + 3,
                sentence.word(Lexicon.illnesses, at: index) == nil
            else { return false }
            let next = sentence.character(index + 3)
            if before == "(" { return next == ")" }
            return isNameEnd(index + 3) || next.map { "对近又有上下早晚现目".unicodeScalars.contains($0) } ?? false
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
    private func nameEnd(_ start: Int, length: Int? = nil, isField: Bool = false) -> Int? {
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
            || ",，、;:(。因于今昨的在自从等已为出被未有得|".unicodeScalars.contains(next)
    }

    /// Whether the sign before belongs to the same word, as 安 in 平安.
    private func isInWord(_ index: Int) -> Bool { index > 0 && sentence.isHan(index - 1) && !isOpening(index - 1) }

    private func isOpening(_ index: Int) -> Bool {
        sentence.character(index).map { "班级对与和由是为生校我".unicodeScalars.contains($0) } ?? true
    }
}

/// Persons' facts.
extension PhraseRules {
    /// 姓名:王小明.
    private var filledName: Int? {
        sentence.places(of: Lexicon.fields).first { range in
            var start = range.upperBound
            while [":", "为", "是", ")", "|"].contains(sentence.character(start)) { start += 1 }
            // Without a sign between them, two characters may be any word.
            if range.count == 1 {
                return isCell(range) && hasNameCell
            }
            return isMasked(start)
                || (start > range.upperBound ? [3, 2] : [3]).contains {
                    nameEnd(start, length: $0, isField: true) != nil
                }
        }?.lowerBound
    }

    private func isCell(_ range: Range<Int>) -> Bool {
        [range.lowerBound - 1, range.upperBound].allSatisfy { [",", "，", "|", "、"].contains(sentence.character($0)) }
    }

    /// A cell of a table, or a part between commas, that is a name alone.
    private var hasNameCell: Bool {
        sentence.indices.contains { index in
            guard [nil, ",", "，", "|", ":", "."].contains(sentence.character(index - 1)) else { return false }
            return [3, 2].contains { length in
                nameEnd(index, length: length) != nil && [",", "，", "|"].contains(sentence.character(index + length))
            }
        }
    }

    /// 家住青石村3组12号, 住址:文化路8号.
    private var address: Int? {
        sentence.places(of: Lexicon.addresses).first { range in
            let end = min(range.upperBound + 30, sentence.characters.count)
            return (range.upperBound..<end).contains { index in
                let sign = sentence.character(index)
                if sentence.isNumeral(index - 1) {
                    return "号组栋幢室弄巷单排".unicodeScalars.contains { $0 == sign } && !isCall(index)
                }
                // A village or an estate by its name.
                let isNamed = index >= range.upperBound + 2 && sentence.isHan(index - 1) && !isCommonPlace(index)
                return isNamed && (sign == "村" || sentence.holds(["小", "区"], at: index))
            }
        }?.lowerBound
    }

    /// 120号码.
    private func isCall(_ index: Int) -> Bool { sentence.character(index + 1) == "码" }

    /// 本村, 外村, 农村, 各小区: nobody's own.
    private func isCommonPlace(_ index: Int) -> Bool {
        sentence.character(index - 1).map { "本外农乡山各该同一个的".unicodeScalars.contains($0) } ?? true
    }

    /// 2015年3月8日出生, 出生日期:2015-03-08; not a date before which somebody must have been born.
    private var birth: Int? {
        sentence.places(of: Lexicon.births).first { range in
            let end = min(range.upperBound + 6, sentence.characters.count)
            if let year = (range.upperBound..<end).first(where: { isYear($0) || isChineseYear($0) }), isWholeMonth(year)
            {
                return !isLimit(behind: year)
            }
            // Behind a date, without 前 or 以后 between them.
            let start = max(0, range.lowerBound - 12)
            guard let year = (start..<range.lowerBound).last(where: { isYear($0) || isChineseYear($0) }),
                isWholeMonth(year), !isLimitSign(year - 1)
            else { return false }
            return !(year..<range.lowerBound).contains { isLimitSign($0) }
        }?.lowerBound
    }

    private func isYear(_ index: Int) -> Bool {
        sentence.digits(from: index) >= 4 && !sentence.isDigit(index - 1)
            && [["1", "9"], ["2", "0"]].contains { sentence.holds($0, at: index) }
    }

    /// Whether a month stands behind a year.
    private func isWholeMonth(_ year: Int) -> Bool {
        sentence.digits(from: year) >= 6
            || sentence.character(year + 4).map { "年-./".unicodeScalars.contains($0) } ?? false
                && sentence.isNumeral(year + 5)
    }

    /// 二〇一三年.
    private func isChineseYear(_ index: Int) -> Bool {
        sentence.character(index + 4) == "年"
            && (index..<index + 4).allSatisfy {
                sentence.character($0).map { "〇零一二三四五六七八九".unicodeScalars.contains($0) } ?? false
            }
    }

    private func isLimit(behind year: Int) -> Bool {
        (year..<min(year + 16, sentence.characters.count)).contains { isLimitSign($0) }
    }

    private func isLimitSign(_ index: Int) -> Bool {
        sentence.character(index).map { "前后至到间".unicodeScalars.contains($0) } ?? false
    }

    /// 3号宿舍楼205室, 宿舍305, 412寝室; not how many there are.
    private var room: Int? {
        sentence.places(of: Lexicon.dormitories).first { range in
            if sentence.character(range.lowerBound) == "号" { return isBed(range.lowerBound) }
            if (3...4).contains(digitsBefore(range.lowerBound)) { return true }
            let end = min(range.upperBound + 10, sentence.characters.count)
            guard let number = (range.upperBound..<end).first(where: { sentence.digits(from: $0) >= 3 }),
                sentence.digits(from: number) <= 4,
                (buildingEnd(range.upperBound, before: number)..<number).allSatisfy({ isBuilding($0) })
            else { return false }
            let next = sentence.character(number + sentence.digits(from: number))
            return next.map { !"人间名次个张元平年月日%:.毫克mM".unicodeScalars.contains($0) } ?? true
        }?.lowerBound
    }

    /// Behind a building's name: 明德楼.
    private func buildingEnd(_ start: Int, before number: Int) -> Int {
        (start..<number).last { sentence.character($0) == "楼" } ?? start
    }

    /// What may stand between a dormitory and its room: a building's number, a floor.
    private func isBuilding(_ index: Int) -> Bool {
        sentence.isNumeral(index)
            || sentence.character(index).map { "楼号栋幢座层区东西南北男女生ABCDabcd-#:第|".unicodeScalars.contains($0) } ?? false
    }

    /// 215室3号床.
    private func isBed(_ end: Int) -> Bool {
        (max(0, end - 6)..<end).contains { sentence.character($0) == "室" && (3...4).contains(digitsBefore($0)) }
    }

    private func digitsBefore(_ index: Int) -> Int {
        var end = index
        if ["号", "室", "房"].contains(sentence.character(end - 1)) { end -= 1 }
        var start = end
        while sentence.isDigit(start - 1) { start -= 1 }
        return end - start
    }
}
