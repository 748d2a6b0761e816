import Formats
import Privacy

extension DatasetDefinition {
    /// What a dataset of persons publishes: the steps of one count, by a template that no day can change.
    public struct Publication: Sendable {
        /// The smallest units that have a line of their own.
        public enum Finest: String, Sendable, CaseIterable {
            case school, grade, `class`
        }

        /// The count's name in downloads and in the ledger, such as `absent`.
        public let id: String
        public let label: String
        /// What the rest of the roll is called where the count says how many are still missing: 已建档.
        public let done: String?
        public let finest: Finest
        /// Causes that are shown for the whole school, by column; only with somebody's approval.
        public let causes: [Int]
        /// Whether the count itself is one of ill persons: then it needs approval as well.
        let isIllness: Bool
        /// When a day is published although not everybody has reported, in seconds of the day; nil for its end.
        public let closes: Int?
        let count: Expression
        /// The column that says how many a class or grade has: the class list's number, given again.
        let roll: Int?
        /// How many could be counted at all, where a report is not by class or grade. It is part of the declaration, because a
        /// number out of the reports would be a raw count.
        let persons: Int?

        /// Whether the count is one out of all persons of a unit.
        public var isOfRoll: Bool { roll != nil || persons != nil }
        /// Whether somebody can be counted without any of the causes.
        let hasRest: Bool
    }

    /// Reads `publish`. What could not protect anybody is an error.
    static func publication(
        _ reader: inout FieldReader, called name: String, columns: [Column], rules: [Rule], due: String
    ) -> Publication? {
        guard var form = reader.fields("publish", "公布") else { return nil }
        defer { reader.take(&form) }
        let id = form.id("id")
        let label = form.text("label", "名称", required: true)
        let done = form.text("done", "已完成")
        let finest = form.choice(["by", "细到"], Publication.Finest.allCases.map { ([$0.rawValue], $0) }) ?? .school
        let closes = time("closes", "封存", of: &form, called: "封存时间")
        if let closing = closes.flatMap(secondOfDay), let due = secondOfDay(due), closing < due,
            let given = form.reference("closes", "封存")
        {
            form.report(
                closesEarly(form.source, given.range).fixed(
                    by: form.source.replacing(given.range, with: "\"\(clock(due))\"")))
        }
        let (roll, persons) = self.roll(&form, columns)
        let references = form.references(["causes", "原因"])
        let causes = references.compactMap { column($0, columns, &form) }
        guard let given = form.reference("count", "人数", required: true), let id, let label,
            let count = Expression(given.name[...], at: given.range, columns: columns, &form)
        else { return nil }
        let parts = rules.first { $0.isEquation && $0.left == count }?.right.terms.map(\.column)
        let publication = Publication(
            id: id, label: label, done: done, finest: finest, causes: causes,
            isIllness: count.terms.contains { columns[$0.column].namesIllness } || ThingWords.namesIllness(label)
                || ThingWords.namesIllness(name), closes: closes.flatMap(secondOfDay),
            count: count, roll: roll, persons: persons, hasRest: (parts?.count ?? 0) > causes.count)
        if causes.count == references.count { check(causes: references, of: publication, parts, given, &form) }
        check(publication, columns, rules, given, &form)
        return publication
    }

    /// Causes must be three at least, and parts of the count.
    private static func check(
        causes: [Reference], of publication: Publication, _ parts: [Int]?, _ count: Reference, _ form: inout FieldReader
    ) {
        guard let first = causes.first else { return }
        if Set(publication.causes).count < max(3, causes.count) { form.report(fewCauses(form.source, first.range)) }
        let isPartition = parts.map { Set($0).isSuperset(of: publication.causes) && Set($0).count == $0.count } ?? false
        if !isPartition { form.report(noSum(form.source, first.range, count.name, causes.map(\.name))) }
        if publication.id == "rest" || causes.contains(where: { $0.name == publication.id }) {
            form.report(takenID(form.source, count.range, publication.id))
        }
    }

    private static func check(
        _ publication: Publication, _ columns: [Column], _ rules: [Rule], _ count: Reference,
        _ form: inout FieldReader
    ) {
        if publication.isIllness, publication.finest != .school {
            form.report(illnessOfUnits(form.source, count.range))
        }
        if let problem = unitProblem(columns, publication.finest) {
            form.report(badUnits(form.source, count.range, problem).fixed(by: bySchool(form.source, count.range)))
        } else if let problem = repeatProblem(publication.count, columns, rules) {
            form.report(badUnits(form.source, count.range, problem))
        }
    }

    /// `of`: a column where a report is by class or grade, else a whole number.
    private static func roll(_ form: inout FieldReader, _ columns: [Column]) -> (column: Int?, persons: Int?) {
        guard let given = form.reference("of", "总数") else { return (nil, nil) }
        if columns.contains(where: \.namesUnit) { return (column(given, columns, &form), nil) }
        if let persons = Int(given.name.halfWidth), (1...99_999).contains(persons) { return (nil, persons) }
        form.report(notANumber(form.source, given.range))
        return (nil, nil)
    }

    /// What is counted twice would split the steps of one count: a column named twice, columns of one label, or a part beside
    /// its whole (due − done + not_done where due = done + not_done).
    private static func repeatProblem(_ count: Expression, _ columns: [Column], _ rules: [Rule]) -> (
        zh: String, en: String
    )? {
        let taken = count.terms.map(\.column)
        if Set(taken).count < taken.count { return ("count里同一列写了两次", "count names a column twice") }
        let labels = taken.map { columns[$0].label.halfWidth.trimmed }
        if Set(labels).count < labels.count { return ("count里有几列名称相同，数的是同一样", "count adds up columns of one label") }
        let isDouble = rules.contains { rule in
            rule.isEquation && count.eliminations(by: rule).contains { $0.values.contains { abs($0) > 1 } }
        }
        return isDouble ? ("按rules来看，count把同一批人数了两次", "by the rules, count takes the same persons twice") : nil
    }

    /// The column of an id; nil, with an error, where there is none.
    static func column(_ reference: Reference, _ columns: [Column], _ form: inout FieldReader) -> Int? {
        if let index = columns.firstIndex(where: { $0.id == reference.name }) { return index }
        form.report(unknownColumn(form.source, reference, columns))
        return nil
    }

    /// A unit must have one row, and the lines must be of units that the report has.
    private static func unitProblem(_ columns: [Column], _ finest: Publication.Finest) -> (zh: String, en: String)? {
        let kinds = columns.map(\.kind)
        let hasUnits = columns.contains(where: \.namesUnit)
        if hasUnits, kinds.contains(.text) || kinds.contains(.time) {
            return ("一个班级或年级只能有一行，不能再有文字列或时间列", "a class or grade must have one row: no columns of text or times")
        }
        switch finest {
        case .school: return nil
        case .grade: return hasUnits ? nil : ("没有年级列或班级列", "there is no column of grades or classes")
        case .class: return kinds.contains(.class) ? nil : ("没有班级列", "there is no column of classes")
        }
    }
}

/// A second of the day as 08:30.
private func clock(_ second: Int) -> String { LocalTime(Day(daysSince1970: 0), secondOfDay: second).clock }

private func fewCauses(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
    source.error(
        "dataset.causes", at: range, "原因少于三项时，从总数就能推出其中一项。",
        "With fewer than three causes, the total tells one of them.",
        fix: .init("写三项以上，或删去causes。", "Name three or more, or delete causes.")
    ).fixed(
        by: source.text(source.line(at: range.lowerBound)).contains("causes:")
            ? source.removingLine(at: range.lowerBound) : nil)
}

private func noSum(_ source: SourceFile, _ range: Range<Int>, _ count: String, _ causes: [String]) -> Diagnostic {
    let rule = "\(count) = \(causes.joined(separator: " + "))"
    return source.error(
        "dataset.causes", at: range, "没有规则说明人数等于各项原因之和。", "No rule says that the count is the sum of its causes.",
        fix: .init(
            "在rules里加一行“- \(rule)”；还有别的原因列，也加在后面。",
            "Add the line “- \(rule)” to rules, with any other causes behind it.")
    ).fixed(by: adding(rule, source, range))
}

/// The rule as the first of the same dataset's rules.
private func adding(_ rule: String, _ source: SourceFile, _ range: Range<Int>) -> Edit? {
    let lines = source.lines()
    guard let own = lines.lastIndex(where: { $0.lowerBound <= range.lowerBound }) else { return nil }
    let start = lines[...own].lastIndex { source.text($0).hasPrefix("- ") } ?? 0
    let end = lines[(start + 1)...].firstIndex { source.text($0).hasPrefix("- ") } ?? lines.count
    guard let rules = lines[start..<end].first(where: { source.text($0).trimmed == "rules:" }) else { return nil }
    let indent = source.text(rules).prefix { $0 == " " }
    return source.inserting("\(indent)  - \(rule)", after: rules.lowerBound)
}

private func closesEarly(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
    source.error(
        "dataset.closes", at: range, "封存时间早于上报截止时间，还没到点就封存了。", "The day would be closed before its reports are due.",
        fix: .init("把closes改到due之后。", "Write a closes behind due."))
}

private func notANumber(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
    source.error(
        "dataset.of", at: range, "不按班级、年级上报时，of要写名册上的总人数，不能写列：列里的数是原始人数。",
        "Where a report is not by class or grade, of is the number on the roll, not a column, which holds raw counts.",
        fix: .init("例如 of: 87", "For example of: 87"))
}

private func otherID(_ source: SourceFile, _ count: Range<Int>, _ id: String) -> Edit? {
    let lines = source.lines()
    let isPublish = { (line: Range<Int>) in ["publish:", "公布:"].contains { source.text(line).contains($0) } }
    guard let start = lines.last(where: { $0.lowerBound <= count.lowerBound && isPublish($0) }) else { return nil }
    let behind = start.lowerBound..<source.bytes.count
    return source.replacing("id: \(id)", in: behind, with: "id: \(id)-all")
}

private func takenID(_ source: SourceFile, _ range: Range<Int>, _ id: String) -> Diagnostic {
    source.error(
        "dataset.publish-id", at: range, "publish的id“\(id)”已经是一项原因的id，台账里会分不清。",
        "The id “\(id)” of publish is a cause's already; the ledger could not tell them apart.",
        fix: .init("换一个id，例如absent。", "Choose another id, such as absent.")
    ).fixed(by: otherID(source, range, id))
}

/// `by: school` in the place of what stands below the same `publish`.
private func bySchool(_ source: SourceFile, _ count: Range<Int>) -> Edit? {
    let lines = source.lines()
    guard let own = lines.firstIndex(where: { $0.contains(count.lowerBound) || $0.upperBound == count.lowerBound })
    else { return nil }
    for index in max(0, own - 8)..<min(lines.count, own + 9) {
        let text = source.text(lines[index])
        if let match = text.firstMatch(of: /(?:by|细到): *(grade|class)/) {
            let start = lines[index].lowerBound + text[..<match.1.startIndex].utf8.count
            return source.replacing(start..<start + match.1.utf8.count, with: "school")
        }
    }
    return nil
}

private func illnessOfUnits(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
    source.error(
        "dataset.illness", at: range, "病情只能公布全校的数，不能分年级、分班。",
        "Illness may be published for the whole school only, not by grade or class.",
        fix: .init("写by: school，或改成不涉及病情的人数。", "Write by: school, or count something else.")
    ).fixed(by: bySchool(source, range))
}

private func badUnits(_ source: SourceFile, _ range: Range<Int>, _ problem: (zh: String, en: String)) -> Diagnostic {
    source.error(
        "dataset.publish", at: range, "这样的数据集不能公布：\(problem.zh)。",
        "Such a dataset cannot be published: \(problem.en).",
        fix: .init("改count或columns，或写by: school。", "Change count or the columns, or write by: school."))
}
