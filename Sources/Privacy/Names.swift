/// Names of persons in a sentence: Chinese ones of two to four characters, those of other peoples, nicknames, initials, and names
/// in Latin letters. Nothing is sure; together with an illness it is worth a question.
struct Names {
    let reading: Reading
    private var sentence: Sentence { reading.sentence }

    init(_ reading: Reading) { self.reading = reading }

    /// One that the sentence says itself to be a name (王小明同学), or that only a name can be (阿依古丽).
    var certain: Int? { beforeSomebody ?? pieces ?? beforeIllness }

    /// One by its form alone.
    var possible: Int? { series ?? parted ?? nickname ?? standing ?? initials ?? latin }
}

extension Names {
    /// 张同学, 阿依古丽同学: what stands before 同学 and is no other word.
    private var beforeSomebody: Int? {
        sentence.indices.first { index in
            guard sentence.word(Lexicon.addressed, at: index) != nil else { return false }
            let start = runStart(index)
            let length = index - start
            let isNamed = (2...3).contains(length) && isName(start, index, isStrict: false)
            guard (1...5).contains(length), isNamed || !isOrdinary(index), !isSpeaker(index) else { return false }
            // Others than Han have names of three characters or more.
            return isNamed || length > 2 || length == 1 && sentence.isSurname(start)
        }
    }

    /// How far back the characters reach that a name may have.
    private func runStart(_ end: Int) -> Int {
        // A surname begins a name of three characters or two; within it any character may stand but at its end.
        for length in [3, 2] where isName(end - length, end, isStrict: false) { return end - length }
        var start = end
        while start > 0, end - start < 5, sentence.isHan(start - 1),
            !Lexicon.rarelyInNames.contains(sentence.characters[start - 1]), !isWithinWord(start - 1)
        {
            start -= 1
        }
        return start
    }

    /// 高年级, 全体: no name, but a word for many.
    private func isOrdinary(_ end: Int) -> Bool {
        Lexicon.notNames.isBefore(end, in: sentence.characters)
    }

    /// Whether a name of two to four characters begins at a place.
    func isName(at start: Int) -> Bool { [3, 2, 4].contains { isName(start, start + $0) && isEnd(start + $0) } }

    /// 王老师提醒, 钟南山院士: somebody who speaks or acts is not ill.
    private func isSpeaker(_ end: Int) -> Bool {
        reading.words.contains {
            !$0.kinds.isDisjoint(with: WordKinds.acts.union(.titles)) && $0.range.lowerBound >= end
                && $0.range.lowerBound <= end + 3
        }
    }

    /// 曾梓涵癫痫发作: three characters right before an illness.
    private var beforeIllness: Int? {
        reading.health.first { health in
            let start = health.range.lowerBound - 3
            return isName(start, health.range.lowerBound)
                && (start == 0 || !sentence.isHan(start - 1) || isBehindWord(start))
        }.map { $0.range.lowerBound - 3 }
    }

    /// 古丽, 扎西, 买买提·艾力.
    private var pieces: Int? {
        if let piece = reading.first(.given) { return piece.range.lowerBound }
        return sentence.indices.first { index in
            sentence.characters[index].isOne(of: "·•・") && sentence.isHan(index - 1) && sentence.isHan(index + 1)
                && sentence.isHan(index - 2)
        }
    }

    /// 张思远、李雨桐: names one after the other.
    private var series: Int? {
        let ends = sentence.indices.filter { sentence.characters[$0].isOne(of: "、，,和与及") }
        return ends.lazy.compactMap { sign -> Int? in
            guard let start = [3, 2].map({ sign - $0 }).first(where: { isName($0, sign) }),
                start == 0 || !sentence.isHan(start - 1) || isLead(start - 1),
                [3, 2].contains(where: { isName(sign + 1, sign + 1 + $0) && isEnd(sign + 1 + $0) })
            else { return nil }
            return start
        }.first
    }

    /// 李、浩、然: a name in pieces.
    private var parted: Int? {
        sentence.indices.first { index in
            sentence.isSurname(index) && (index == 0 || !sentence.isHan(index - 1))
                && sentence.character(index + 1) == "、"
                && sentence.isHan(index + 2) && sentence.character(index + 3) == "、" && sentence.isHan(index + 4)
                && !sentence.isHan(index + 5)
        }
            ?? sentence.indices.first { index in
                sentence.isSurname(index) && index == 0 && sentence.character(1) == "、" && sentence.isHan(2)
                    && sentence.character(3) == "、" && sentence.isHan(4)
            }
    }

    /// 小宇, 老周, 阿强.
    private var nickname: Int? {
        sentence.indices.first { index in
            guard sentence.characters[index].isOne(of: "小老阿"), sentence.isHan(index + 1),
                !Lexicon.rarelyInNames.contains(sentence.characters[index + 1]), !isWithinWord(index),
                !isWithinWord(index + 1),
                index == 0 || !sentence.isHan(index - 1) || isLead(index - 1) || isBehindWord(index)
            else { return false }
            return sentence.word(Lexicon.noNicknames, at: index) == nil && !isSpeaker(index + 2)
        }
    }

    /// A name alone: before an illness, a bracket or a reason, at the beginning or behind a sign.
    private var standing: Int? {
        sentence.indices.first { index in
            guard index == 0 || !sentence.isHan(index - 1) || isLead(index - 1) || isBehindWord(index) else {
                return false
            }
            return [3, 2, 4].contains { length in
                let end = index + length
                guard isName(index, end), !isSpeaker(end) else { return false }
                // Three characters at the beginning are a name by themselves.
                let isFirst = index == 0 || sentence.character(index - 1) == "班" || isBehindWord(index)
                let isSupported = length == 3 ? isFirst || isEnd(end) : isStrongEnd(end)
                return isSupported
            }
        }
    }

    private func isName(_ start: Int, _ end: Int, isStrict: Bool = true) -> Bool {
        guard start >= 0, end <= sentence.characters.count else { return false }
        let isLong = sentence.word(Lexicon.longSurnames, at: start) != nil
        guard isLong ? end - start >= 3 : end - start <= 3 && sentence.isSurname(start) else { return false }
        let given = start + (isLong ? 2 : 1)
        return given < end
            && (given..<end).allSatisfy {
                sentence.isHan($0)
                    && (!isStrict && $0 < end - 1 || !Lexicon.rarelyInNames.contains(sentence.characters[$0]))
            }
            && !reading.words.contains { word in
                word.range.count > 1 && word.range.overlaps(start..<end) && word.kinds.isDisjoint(with: .given)
            }
    }

    /// What may follow a name: nothing, a sign, an illness, or the beginning of what is told of it.
    private func isEnd(_ index: Int) -> Bool {
        guard let next = sentence.character(index) else { return true }
        return Names.ends.contains(next)
            || reading.health.contains { $0.range.lowerBound == index }
    }

    private static let ends = Characters("（(、:,，|因被已得患发染感住咳昨今确判起请休早晚又也的三两等未没在按重轻近从去说免做每手")
    private static let leads = Characters("班级对与和由是为生校我祝让给叫称的一二三四五六日天及号室人醒助送请坐迎贺")

    private func isStrongEnd(_ index: Int) -> Bool {
        sentence.character(index).isOne(of: "(因患")
            || sentence.holds([",", "因"], at: index)
            || reading.health.contains { $0.range.lowerBound == index }
    }

    /// Before a name: a word that leads to one.
    private func isLead(_ index: Int) -> Bool {
        sentence.character(index).map(Names.leads.contains) ?? true
    }

    private func isBehindWord(_ index: Int) -> Bool {
        reading.words.contains {
            $0.range.upperBound == index
                && !$0.kinds.isDisjoint(with: WordKinds.posts.union(.general).union(.relations).union(.days))
        }
    }

    private func isWithinWord(_ index: Int) -> Bool {
        reading.words.contains { $0.range.contains(index) && $0.kinds.isDisjoint(with: .given) }
    }
}

/// In Latin letters.
extension Names {
    /// WXM同学, 五1班W.X.M.
    private var initials: Int? {
        sentence.indices.first { index in
            guard isCapital(index), !(sentence.character(index - 1)?.isASCIILetter ?? false) else { return false }
            var end = index
            var letters = 0
            while isCapital(end) || sentence.character(end) == "." && letters > 0 {
                if isCapital(end) { letters += 1 }
                end += 1
            }
            guard (2...4).contains(letters),
                !(sentence.character(end).map { $0.isASCIILetter || sentence.isDigit(end) } ?? false),
                !reading.words.contains(where: { $0.range.contains(index) }),
                sentence.word(Lexicon.shortForms, at: index)?.count != letters
            else { return false }
            let isOfPerson = sentence.word(Lexicon.persons, at: end) != nil || end - index > letters
            let isInClass = sentence.character(index - 1).isOne(of: "班级生:、")
            return isOfPerson || isInClass || sentence.character(end).isOne(of: "(因今昨发确得患")
        }
    }

    private func isCapital(_ index: Int) -> Bool { sentence.character(index).map { ("A"..."Z").contains($0) } ?? false }

    /// Wang Xiaoming, wang xiao ming: blanks are gone when a sentence is read.
    private var latin: Int? {
        var index = 0
        while index < sentence.characters.count {
            guard sentence.characters[index].isASCIILetter else { index += 1; continue }
            var end = index
            while sentence.character(end)?.isASCIILetter ?? false,
                !reading.words.contains(where: { $0.range.lowerBound == end && end > index })
            {
                end += 1
            }
            guard end - index >= 5 else { index = end; continue }
            let letters = sentence.characters[index..<end]
            if Pinyin.beginsWithName(letters) || Pinyin.isTextWithName(letters) { return index }
            index = end
        }
        return nil
    }
}
