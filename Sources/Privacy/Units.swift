/// The parts of a school that a sentence names.
extension Reading {
    /// Where a unit below the school stands: a class, a grade, a team, a bus, a dormitory, the staff.
    var unit: Int? {
        sentence.classes.first?.lowerBound ?? grade ?? first(.groups)?.range.lowerBound
            ?? ours ?? staff
    }

    /// 五年级, 初二, 高一年级; not 各年级, 六个年级.
    var grade: Int? {
        sentence.indices.first { index in
            if sentence.holds(["年", "级"], at: index), sentence.isNumeral(index - 1) { return true }
            return sentence.characters[index].isOne(of: "初高") && sentence.isNumeral(index + 1)
                && (sentence.isDigit(index + 2) || !sentence.isNumeral(index + 2))
                && !(sentence.character(index + 2).isOne(of: "次步例名人位个"))
        }
    }

    /// 我班, 本班: the class of whoever writes.
    private var ours: Int? {
        firstPlace(of: Lexicon.ours)
    }

    private var staff: Int? {
        words.first { word in
            sentence.word(Lexicon.staff, at: word.range.lowerBound) != nil && word.kinds.isDisjoint(with: .things)
        }?.range.lowerBound
    }

    /// 四(1), 3班: a class as lists write it, below a line that says what is counted.
    var looseClass: Int? {
        sentence.indices.first { index in
            let isShort = sentence.isNumeral(index) && !sentence.isHan(index - 1)
            if isShort, sentence.character(index + 1) == "班" { return true }
            // 四1.
            if isShort, !sentence.isDigit(index), sentence.isDigit(index + 1), !sentence.isHan(index + 2) {
                return true
            }
            return sentence.isNumeral(index) && sentence.character(index + 1) == "(" && sentence.isNumeral(index + 2)
                && (sentence.character(index + 3) == ")"
                    || sentence.isNumeral(index + 3) && sentence.character(index + 4) == ")")
        }
    }
}
