/// How many persons a sentence counts: 3人, 两名, 1例, 五位, 3个孩子.
struct Counts {
    struct Count {
        let value: Int
        /// From the number to its counter.
        let range: Range<Int>
        /// The number alone.
        var digits: Range<Int>
        /// 例: a case, which is an illness by itself.
        var isCase = false
    }

    let all: [Count]

    init(_ sentence: Sentence) {
        var all: [Count] = []
        var index = 0
        while index < sentence.characters.count {
            let (value, end) = Counts.number(sentence, index)
            guard let value else { index += 1; continue }
            if let counter = Counts.counterEnd(sentence, end), !Counts.isLimit(sentence, index, counter) {
                all.append(
                    Count(
                        value: value, range: index..<counter, digits: index..<end,
                        isCase: sentence.character(end) == "例"))
            }
            index = end
        }
        self.all = all
    }

    /// The number that begins at a place, in digits or Chinese, and its end.
    private static func number(_ sentence: Sentence, _ start: Int) -> (value: Int?, end: Int) {
        let digits = sentence.digits(from: start)
        if digits > 0 {
            guard !(sentence.character(start - 1).map { $0.isOne(of: "./-–—~～至到") || $0.isASCIILetter } ?? false),
                !(sentence.character(start - 1) == ":" && sentence.isDigit(start - 2))
            else { return (nil, start + digits) }
            let value =
                digits < 7
                ? sentence.value(start..<start + digits) : nil
            return (value, start + digits)
        }
        var end = start
        var value = 0
        while let sign = sentence.character(end), signs.contains(sign), let figure = figures[sign] {
            value =
                figure == 20
                ? 20 : figure == 10 ? max(value, 1) * 10 : (value % 10 == 0 ? value + figure : value * 10 + figure)
            end += 1
        }
        // 第一位, 初一, 三年级: no counts.
        let before = sentence.character(start - 1)
        let isWeekday = before == "周" && !sentence.character(start - 2).isOne(of: "本上这每下")
        if end == start || before == "第" || before == "初" || before == "高" || isWeekday || end - start > 3 {
            return (nil, max(end, start + 1))
        }
        return (value, end)
    }

    private static let signs = Characters("一二三四五六七八九十两俩仨零〇壹贰叁肆伍陆柒捌玖拾廿")
    private static let figures: [Unicode.Scalar: Int] = Dictionary(
        uniqueKeysWithValues: zip(
            "一二三四五六七八九十两俩仨零〇壹贰叁肆伍陆柒捌玖拾廿".unicodeScalars,
            [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2, 2, 3, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20]))

    /// Behind a number: 名, 例, 人 (not 人次), 位; 个 with a person behind it.
    private static func counterEnd(_ sentence: Sentence, _ end: Int) -> Int? {
        if sentence.character(end - 1).isOne(of: "俩仨") { return end }
        switch sentence.character(end) {
        case "名", "例", "位": return end + 1
        case "人":
            return sentence.character(end + 1).isOne(of: "次均工份天民") ? nil : end + 1
        case "个":
            let isPerson =
                sentence.character(end + 1) == "人" || sentence.word(Lexicon.persons, at: end + 1) != nil
                || sentence.character(end + 1).isEndOrOne(of: "娃,，。;、)得患发感出确住请没缺咳吐被")
            return isPerson ? end + 1 : nil
        default:
            return sentence.word(Lexicon.persons, at: end).map { end + $0.count }
        }
    }

    /// 3例以上, 5人及以上, 10人以内, 至少3人, 同班3例: limits, of a rule.
    private static func isLimit(_ sentence: Sentence, _ start: Int, _ end: Int) -> Bool {
        if sentence.character(start - 2) == "每" { return true }
        return sentence.word(Lexicon.limitsBehind, at: end) != nil
            || Lexicon.limitsBefore.isBefore(start, in: sentence.characters)
    }
}

extension Counts.Count {
    /// A number in digits that has no counter.
    init(_ sentence: Sentence, digits: Range<Int>) {
        self.init(value: sentence.value(digits), range: digits, digits: digits)
    }
}
