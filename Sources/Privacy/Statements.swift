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
    private let counts: [Counts.Count]
    private var sentence: Sentence { reading.sentence }

    init(reading: Reading, threshold: Int) {
        (self.reading, self.threshold) = (reading, threshold)
        counts = Counts(reading.sentence).all
    }

    var first: Found? {
        if reading.isSupposed || reading.isElsewhere { return nil }
        if let attendance { return attendance }
        guard !reading.ill.isEmpty || deniedOfPart || counts.contains(where: \.isCase), !isOfRule else { return nil }
        return counted ?? remaining ?? denied
    }
}

extension Statements {
    /// 应到1062人,实到1051人: who is missing is what remains. Nobody missing in the whole school is the school's own zero.
    private var attendance: Found? {
        guard let missing, let present, missing > 0 || reading.unit != nil else { return nil }
        let isRefused = missing > 0 && reading.unit != nil
        return Found(answer: isRefused ? .refused : .question, place: present, value: missing)
    }

    /// A number of persons that belongs to a word of health, with its counter or without.
    private var counted: Found? {
        let ofHealth = counts.lazy.filter { $0.isCase && reading.unit != nil || nearest(to: $0) != nil }
        return ofHealth.filter { !isOfActivity($0) }.compactMap(found).first
            ?? (bare ?? behindClass ?? ofPersons).flatMap(found)
    }

    private func found(_ count: Counts.Count) -> Found? {
        answer(count).map {
            Found(answer: $0, place: count.range.lowerBound, value: count.value, digits: count.digits)
        }
    }

    /// 我班共42人,实到36人,其余都是甲流.
    private var remaining: Found? {
        guard reading.unit != nil, !reading.health.isEmpty else { return nil }
        return present.map { Found(answer: .refused, place: $0, value: 0) }
    }

    /// 三（2）班无因病缺勤: a part of the school that has none.
    private var denied: Found? {
        guard counts.isEmpty, deniedOfPart else { return nil }
        return reading.unit.map { Found(answer: .question, place: $0, value: 0) }
    }
}

extension Statements {
    /// Whether a rule is told. Of a part of the school, of the school itself or of a day only what stands before it makes it one: a
    /// request behind (请家长注意) does not.
    private var isOfRule: Bool {
        let isSpecific = reading.unit != nil || reading.has(WordKinds.own.union(.days))
        return reading.isRuleOfHealth || !isSpecific && reading.has(.duty)
    }

    /// The word of health that a count belongs to, within its clause or the one beside it.
    private func nearest(to count: Counts.Count) -> Reading.Word? {
        reading.ill.first { health in
            let gap =
                health.range.upperBound <= count.range.lowerBound
                ? health.range.upperBound..<count.range.lowerBound
                : count.range.upperBound..<max(count.range.upperBound, health.range.lowerBound)
            return gap.count <= 16 && !reading.hasDeed(gap)
        }
    }

    /// 发热3, 水痘:2: a number right behind an illness, without a counter.
    private var bare: Counts.Count? {
        reading.ill.lazy.compactMap { health -> Counts.Count? in
            var start = health.range.upperBound
            while let next = sentence.character(start), next.isOne(of: ":|人数者共为数") { start += 1 }
            let digits = sentence.digits(from: start)
            guard (1...4).contains(digits), isAlone(start + digits),
                reading.unit != nil || reading.has(.days) || sentence.characters.count <= 12
            else {
                return nil
            }
            return Counts.Count(sentence, digits: start..<start + digits)
        }.first
    }

    /// 四年级请病假人数由昨天的9降到今天的6: numbers behind 人数.
    private var ofPersons: Counts.Count? {
        guard reading.unit != nil, let start = reading.firstPlace(of: Lexicon.headcounts) else { return nil }
        return sentence.indices[start...].first { sentence.isDigit($0) && !sentence.isDigit($0 - 1) }.flatMap { place in
            let digits = sentence.digits(from: place)
            let next = sentence.character(place + digits)
            guard digits < 5, !(next.isOne(of: "年月日时点:.%周号()")) else { return nil }
            return Counts.Count(sentence, digits: place..<place + digits)
        }
    }

    /// How many of those enrolled are not present.
    private var missing: Int? {
        guard let enrolled = reading.firstPlace(of: Lexicon.enrolled), let present,
            let all = counts.first(where: { $0.range.lowerBound > enrolled && $0.range.lowerBound < present }),
            let here = counts.first(where: { $0.range.lowerBound > present })
        else { return nil }
        return max(0, all.value - here.value)
    }

    /// Where it says how many are present.
    private var present: Int? {
        reading.firstPlace(of: Lexicon.present).flatMap { place in
            counts.contains { $0.range.lowerBound >= place } ? place : nil
        }
    }

    /// 甲流:三(2)班4、三(1)班2: a number right behind a class, in a sentence of an illness.
    private var behindClass: Counts.Count? {
        reading.ill.isEmpty ? nil : sentence.countBehindClass
    }

    /// Whether a number ends there, and is none of days, hours, degrees or parts.
    private func isAlone(_ end: Int) -> Bool {
        sentence.character(end).isEndOrOne(of: ",，、;。|)人例名")
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
