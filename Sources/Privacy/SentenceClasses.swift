/// The classes that a sentence names.
extension Sentence {
    /// 三(2)班4: a number right behind a class, and none of days, hours or shares.
    var countBehindClass: Counts.Count? {
        classes.lazy.compactMap { place -> Counts.Count? in
            let start = character(place.upperBound) == ":" ? place.upperBound + 1 : place.upperBound
            let digits = digits(from: start)
            guard (1...3).contains(digits), character(start + digits).isEndOrOne(of: ",，、;。|)人例名") else { return nil }
            return Counts.Count(self, digits: start..<start + digits)
        }.first
    }

    /// The end of each class that is named: 三(2)班, 五年级3班, 初一4班.
    var classes: [Range<Int>] {
        indices.filter { character($0) == "班" }.compactMap { end in
            var start = end - 1
            let isBracketed = character(start) == ")"
            if isBracketed { start -= 1 }
            let last = start
            let isDigits = isDigit(last)
            // 303班: the grade and the class.
            let digits = isBracketed || !isDigits ? 0 : digitsBefore(end)
            if digits == 3 || digits == 4 { return end - digits..<end + 1 }
            while last - start < 2, isDigits ? isDigit(start) : isNumeral(start) { start -= 1 }
            guard start < last else { return nil }
            if isBracketed { return character(start) == "(" ? start..<end + 1 : nil }
            let before = character(start)
            // 3.2班, 3-2班, 5年3班.
            let isPaired = isDigits && (before == "." || before == "-" || before == "年") && isDigit(start - 1)
            // 三年二班, 七三班.
            let isOfYear = !isDigits && before == "年" && isNumeral(start - 1)
            let isTwoNumerals = !isDigits && last - start == 2 && !isTen(last) && !isTen(last - 1)
            if isTwoNumerals, !isNumeral(start), before != "第" { return start + 1..<end + 1 }
            return before == "级" || isOfYear || isPaired || isGradeNumeral(start) ? start..<end + 1 : nil
        }
    }

    /// A number in Chinese before one in digits: 三2班; the second sign of 初一4班.
    private func isGradeNumeral(_ index: Int) -> Bool {
        isNumeral(index) && !isDigit(index) && isDigit(index + 1)
    }
}
