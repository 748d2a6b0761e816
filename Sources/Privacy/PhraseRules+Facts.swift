/// Persons' facts.
extension PhraseRules {
    /// 姓名:王小明.
    var filledName: Int? {
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
    var address: Int? {
        sentence.places(of: Lexicon.addresses).first { range in
            let end = min(range.upperBound + 30, sentence.characters.count)
            return (range.upperBound..<end).contains { index in
                let sign = sentence.character(index)
                if sentence.isNumeral(index - 1) {
                    return "号组栋幢室弄巷单排".unicodeScalars.contains { $0 == sign } && !isCall(index)
                }
                // A village or an estate by its name.
                let isNamed = index >= range.upperBound + 2 && sentence.isHan(index - 1) && !isCommonPlace(index)
                // 石桥村方向: where a bus goes.
                let isWay = sentence.word(Lexicon.ways, at: index + 1) != nil
                return isNamed && !isWay && (sign == "村" || sentence.holds(["小", "区"], at: index))
            }
        }?.lowerBound
    }

    /// 120号码, 1号校车.
    private func isCall(_ index: Int) -> Bool {
        sentence.character(index + 1).isOne(of: "码校车线")
    }

    /// 本村, 外村, 农村, 各小区: nobody's own.
    private func isCommonPlace(_ index: Int) -> Bool {
        sentence.character(index - 1).isEndOrOne(of: "本外农乡山各该同一个的")
    }

    /// 2015年3月8日出生, 出生日期:2015-03-08; not a date before which somebody must have been born.
    var birth: Int? {
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
        if sentence.isNumeral(index), sentence.isNumeral(index + 1), sentence.character(index + 2) == "年",
            !sentence.isNumeral(index - 1)
        {
            return true
        }
        return isWholeYear(index)
    }

    private func isWholeYear(_ index: Int) -> Bool {
        sentence.digits(from: index) >= 4 && !sentence.isDigit(index - 1)
            && [["1", "9"], ["2", "0"]].contains { sentence.holds($0, at: index) }
    }

    /// Whether a month stands behind a year.
    private func isWholeMonth(_ year: Int) -> Bool {
        sentence.digits(from: year) >= 6
            || sentence.character(year + 2) == "年" && sentence.isNumeral(year + 3)
            || sentence.character(year + 4).isOne(of: "年-./")
                && sentence.isNumeral(year + 5)
    }

    /// 二〇一三年.
    private func isChineseYear(_ index: Int) -> Bool {
        sentence.character(index + 4) == "年"
            && (index..<index + 4).allSatisfy {
                sentence.character($0).isOne(of: "〇零一二三四五六七八九")
            }
    }

    private func isLimit(behind year: Int) -> Bool {
        (year..<min(year + 16, sentence.characters.count)).contains { isLimitSign($0) }
    }

    private func isLimitSign(_ index: Int) -> Bool {
        sentence.character(index).isOne(of: "前后至到间")
    }

    /// 3号宿舍楼205室, 宿舍305, 412寝室; not how many there are.
    var room: Int? {
        sentence.places(of: Lexicon.dormitories).first { range in
            if sentence.character(range.lowerBound) == "号" { return isBed(range.lowerBound) }
            if (3...4).contains(digitsBefore(range.lowerBound)) { return true }
            let end = min(range.upperBound + 10, sentence.characters.count)
            guard let number = (range.upperBound..<end).first(where: { sentence.digits(from: $0) >= 3 }),
                sentence.digits(from: number) <= 4,
                (buildingEnd(range.upperBound, before: number)..<number).allSatisfy({ isBuilding($0) })
            else { return false }
            let next = sentence.character(number + sentence.digits(from: number))
            // 201—212室: a floor.
            if next.isOne(of: "-–—~～至到"),
                sentence.digits(from: number + sentence.digits(from: number) + 1) >= 3
            {
                return false
            }
            return next.isNone(of: "人间名次个张元平年月日%:.毫克mM")
        }?.lowerBound
    }

    /// Behind a building's name: 明德楼.
    private func buildingEnd(_ start: Int, before number: Int) -> Int {
        (start..<number).last { sentence.character($0) == "楼" } ?? start
    }

    /// What may stand between a dormitory and its room: a building's number, a floor.
    private func isBuilding(_ index: Int) -> Bool {
        sentence.isNumeral(index)
            || sentence.character(index).isOne(of: "楼号栋幢座层区东西南北男女生ABCDabcd-#:第|")
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
