/// Counts in words of our own persons who are ill, absent, isolated, screened, traced or not vaccinated: figures are published as
/// steps, and no sentence may tell them apart.
struct Statements {
    enum Answer: Equatable {
        case refused, question
    }

    struct Found {
        let answer: Answer
        let place: Int
        /// The count that is told, and where it stands.
        let value: Int
        var digits: Range<Int>?
    }

    let reading: Reading
    /// Counts below it are published of nobody.
    let threshold: Int
    private var sentence: Sentence { reading.sentence }

    var first: Found? {
        if let missing, let present, !reading.isSupposed, !reading.isElsewhere {
            if reading.unit != nil {
                return Found(answer: missing == 0 ? .question : .refused, place: present, value: missing)
            }
            if missing != 0 { return Found(answer: .question, place: present, value: missing) }
        }
        guard !health.isEmpty || reading.has(.none) || sentence.characters.contains("例"), !reading.isSupposed,
            !reading.isElsewhere, !isOfRule,
            !health.isEmpty || deniedOfPart || Counts(sentence).all.contains(where: \.isCase)
        else { return nil }
        let counts = Counts(sentence).all
        for count in counts {
            guard count.isCase && reading.unit != nil || nearest(to: count) != nil, !isOfActivity(count) else {
                continue
            }
            if let answer = answer(count) {
                return Found(answer: answer, place: count.range.lowerBound, value: count.value, digits: count.digits)
            }
        }
        if let bare = bare ?? behindClass ?? ofPersons, let answer = answer(bare) {
            return Found(answer: answer, place: bare.range.lowerBound, value: bare.value, digits: bare.digits)
        }
        if let present, reading.unit != nil, !reading.health.isEmpty {
            return Found(answer: .refused, place: present, value: 0)
        }
        if counts.isEmpty, deniedOfPart, let unit = reading.unit {
            return Found(answer: .question, place: unit, value: 0)
        }
        return nil
    }
}

extension Statements {
    /// Whether a rule is told. Of a part of the school, of the school itself or of a day only what stands before it makes it one: a
    /// request behind (请家长注意) does not.
    private var isOfRule: Bool {
        let isSpecific = reading.unit != nil || reading.has(WordKinds.own.union(.days))
        return reading.isRuleOfHealth || !isSpecific && reading.has(.duty)
    }

    /// What is counted: illnesses, absences, and who takes a medicine or has a disability.
    private var health: [Reading.Word] {
        reading.health + reading.personal.filter { !$0.kinds.isDisjoint(with: WordKinds(.medicines, .disability)) }
    }

    /// The word of health that a count belongs to, within its clause or the one beside it.
    private func nearest(to count: Counts.Count) -> Reading.Word? {
        health.first { health in
            let gap =
                health.range.upperBound <= count.range.lowerBound
                ? health.range.upperBound..<count.range.lowerBound
                : count.range.upperBound..<max(count.range.upperBound, health.range.lowerBound)
            return gap.count <= 16 && !hasDeed(gap)
        }
    }

    /// 发热3, 水痘:2: a number right behind an illness, without a counter.
    private var bare: Counts.Count? {
        health.lazy.compactMap { health -> Counts.Count? in
            var start = health.range.upperBound
            while let next = sentence.character(start), next.isOne(of: ":|人数者共为数") { start += 1 }
            let digits = sentence.digits(from: start)
            guard (1...4).contains(digits), isAlone(start + digits),
                reading.unit != nil || reading.has(.days) || sentence.characters.count <= 12
            else {
                return nil
            }
            let value = sentence.characters[start..<start + digits].reduce(0) { $0 * 10 + Int($1.value) - 48 }
            return Counts.Count(value: value, range: start..<start + digits, digits: start..<start + digits)
        }.first
    }

    /// 四年级请病假人数由昨天的9降到今天的6: numbers behind 人数.
    private var ofPersons: Counts.Count? {
        guard reading.unit != nil, let start = reading.firstPlace(of: Lexicon.headcounts) else { return nil }
        return sentence.indices[start...].first { sentence.isDigit($0) && !sentence.isDigit($0 - 1) }.flatMap { place in
            let digits = sentence.digits(from: place)
            let next = sentence.character(place + digits)
            guard digits < 5, !(next.isOne(of: "年月日时点:.%周号()")) else { return nil }
            let value = sentence.characters[place..<place + digits].reduce(0) { $0 * 10 + Int($1.value) - 48 }
            return Counts.Count(value: value, range: place..<place + digits, digits: place..<place + digits)
        }
    }

    /// 应到1062人,实到1051人: who is missing is what remains.
    private var missing: Int? {
        guard let enrolled = reading.firstPlace(of: Lexicon.enrolled), let present else { return nil }
        let counts = Counts(sentence).all
        guard let all = counts.first(where: { $0.range.lowerBound > enrolled && $0.range.lowerBound < present }),
            let here = counts.first(where: { $0.range.lowerBound > present })
        else { return nil }
        return max(0, all.value - here.value)
    }

    /// 共42人,实到36人,其余甲流请假: who is missing is what remains.
    private var present: Int? {
        reading.firstPlace(of: Lexicon.present).flatMap { place in
            Counts(sentence).all.contains { $0.range.lowerBound >= place } ? place : nil
        }
    }

    /// 甲流:三(2)班4、三(1)班2: a number right behind a class, in a sentence of an illness.
    private var behindClass: Counts.Count? {
        health.isEmpty ? nil : sentence.countBehindClass
    }

    /// Whether a number ends there, and is none of days, hours, degrees or parts.
    private func isAlone(_ end: Int) -> Bool {
        sentence.character(end).isEndOrOne(of: ",，、;。|)人例名")
    }

    private func hasDeed(_ gap: Range<Int>) -> Bool {
        reading.words.contains { !$0.kinds.isDisjoint(with: .acts) && gap.overlaps($0.range) }
    }

    /// 2名学生参加演练: who takes part, wins or helps may be counted.
    private func isOfActivity(_ count: Counts.Count) -> Bool {
        let near = max(0, count.range.lowerBound - 2)..<count.range.upperBound + 8
        return reading.words.contains { !$0.kinds.isDisjoint(with: .activities) && near.overlaps($0.range) }
    }

    private func answer(_ count: Counts.Count) -> Answer? {
        let isOfPart = reading.unit != nil
        if count.value == 0 { return isOfPart ? .question : nil }
        if isOfPart { return .refused }
        let isOwn = reading.has(.own) || reading.has(.days)
        if count.value < threshold { return isOwn ? .refused : .question }
        return .question
    }

    /// A part of the school that has none: 三（2）班无因病缺勤.
    private var deniedOfPart: Bool {
        reading.unit != nil && reading.health.isEmpty && reading.has(.none) && reading.has(.health)
            && !reading.isGeneral
    }
}
