/// What may tell of one person, by signs that are not certain: a person is to look at it.
struct Doubts {
    let reading: Reading
    private var sentence: Sentence { reading.sentence }

    init(_ reading: Reading) { self.reading = reading }

    /// The place of the first one; nil where the sentence is of nobody in particular.
    var place: Int? {
        let names = Names(reading)
        let isOfHealth = !reading.health.isEmpty || !reading.personal.isEmpty
        guard
            isOfHealth || reading.firstPlace(of: Lexicon.patients) ?? reading.firstPlace(of: Lexicon.birthdays) != nil,
            !reading.isExample, !reading.isElsewhere
        else { return nil }
        if let place = patient(names) ?? birthday(names) { return place }
        guard isOfHealth else { return nil }
        if let place = name(names) { return place }
        if reading.has(.drills) || reading.isRuleOfHealth { return nil }
        if let place = post ?? (reading.health.isEmpty ? nil : group ?? relation) { return place }
        return reading.has(.duty) ? nil : single ?? happened ?? ofClass
    }
}

/// By a name.
extension Doubts {
    private func name(_ names: Names) -> Int? {
        if reading.has(.asks) { return nil }
        if let certain = names.certain { return certain }
        // A rule names nobody, and a drill whoever plays.
        return reading.isNorm(.duty) || reading.has(.drills) ? nil : names.possible
    }
}

extension Doubts {
    /// 过生日的同学:徐若曦(5月12日).
    private func birthday(_ names: Names) -> Int? {
        reading.firstPlace(of: Lexicon.birthdays) == nil ? nil : names.certain ?? names.possible
    }

    /// 患者汤圆圆: whoever is named as a patient.
    private func patient(_ names: Names) -> Int? {
        sentence.places(of: Lexicon.patients).first { names.isName(at: $0.upperBound) }?.lowerBound
    }
}

/// By what is told of somebody.
extension Doubts {
    /// 听说, 没来, 接回: something that happened to one person.
    private var happened: Int? {
        guard let event = reading.first(.events) else { return nil }
        return reading.health.isEmpty ? nil : event.range.lowerBound
    }

    /// 昨天晕倒的女生.
    private var described: Int? {
        guard reading.has(.days) else { return nil }
        return reading.health.first { health in
            sentence.character(health.range.upperBound) == "的"
                && reading.words.contains {
                    $0.range.lowerBound == health.range.upperBound + 1 && !$0.kinds.isDisjoint(with: .general)
                }
        }?.range.lowerBound
    }
}

/// By what somebody is to others.
extension Doubts {
    private var relation: Int? { reading.first(.relations).map(\.range.lowerBound) }

    /// A post whose holder is ill: it stands right before the illness, without a deed of the post between them (校医负责发热登记).
    private var post: Int? {
        reading.all(.posts).first { post in
            reading.ill.contains { health in
                let range = post.range.upperBound..<max(post.range.upperBound, health.range.lowerBound)
                if health.range.upperBound <= post.range.lowerBound {
                    // 患白血病的班长.
                    return health.range.upperBound + 1 == post.range.lowerBound
                        && sentence.character(health.range.upperBound) == "的"
                }
                return range.count <= 14 && !isBroken(range) && !reading.hasDeed(range)
            } && !isOfPost(post)
        }.map(\.range.lowerBound)
    }

    /// 班主任报告, 校医室: what is behind the word shows that no person is meant, or that the person acts.
    private func isOfPost(_ post: Reading.Word) -> Bool {
        sentence.character(post.range.upperBound).isOne(of: "、和及与或")
            || Lexicon.objects.isBefore(post.range.lowerBound, in: sentence.characters)
    }

    private func isBroken(_ range: Range<Int>) -> Bool {
        reading.text(range).contains { $0.isOne(of: ":;|#") }
    }

    /// A small group with somebody in it.
    private var group: Int? {
        guard let group = reading.first(.groups), somebody != nil else { return nil }
        return group.range.lowerBound
    }

    /// 有人, 一名, 两名队员, 全部: somebody of a group.
    private var somebody: Int? {
        if let count = Counts(sentence).all.first(where: { $0.value > 0 }) { return count.range.lowerBound }
        return reading.firstPlace(of: Lexicon.somebody)
            ?? reading.first(.single)?.range.lowerBound
    }

    /// 全校唯一的糖尿病学生, 该生, 一名住校生.
    private var single: Int? {
        reading.first(.single).map(\.range.lowerBound) ?? ofAge ?? described ?? seat
    }

    /// 男，9岁; 10岁男生.
    private var ofAge: Int? {
        sentence.indices.first { index in
            sentence.character(index) == "岁" && sentence.isNumeral(index - 1)
                && (max(0, index - 8)..<min(index + 8, sentence.characters.count)).contains {
                    sentence.character($0).isOne(of: "男女")
                }
        }
    }

    /// 高三7班1号: a number within a class.
    private var seat: Int? {
        sentence.indices.first { index in
            guard sentence.character(index) == "班",
                sentence.isNumeral(index - 1) || sentence.character(index - 1) == ")"
            else { return false }
            let digits = sentence.digits(from: index + 1)
            return (1...2).contains(digits) && sentence.character(index + 1 + digits) == "号"
        }
    }

    /// A class or a named class (向日葵班) with an illness or an absence of somebody.
    private var ofClass: Int? {
        guard !reading.health.isEmpty, let place = sentence.classes.first ?? namedClass, somebody != nil else {
            return nil
        }
        return place.lowerBound
    }

    /// 向日葵班: two or three characters before 班 that are no other word.
    private var namedClass: Range<Int>? {
        sentence.indices.first { index in
            guard sentence.character(index) == "班", index >= 2, sentence.isHan(index - 1), sentence.isHan(index - 2),
                !reading.words.contains(where: { $0.range.contains(index) || $0.range.contains(index - 1) })
            else { return false }
            return !Lexicon.noClasses.isBefore(index, in: sentence.characters)
        }.map { $0 - 2..<$0 + 1 }
    }
}
