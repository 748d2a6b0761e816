import Formats

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
        /// When a day is published although not everybody has reported, in seconds of the day; nil for its end.
        let closes: Int?
        let count: Expression
        /// The column that says how many a unit has.
        let roll: Int?
        /// Whether somebody can be counted without any of the causes.
        let hasRest: Bool
    }

    /// Reads `publish`. What could not protect anybody is an error.
    static func publication(
        _ reader: inout FieldReader, columns: [Column], rules: [Rule]
    ) -> Publication? {
        guard var form = reader.fields("publish", "公布") else { return nil }
        defer { reader.take(&form) }
        let id = form.id("id")
        let label = form.text("label", "名称", required: true)
        let done = form.text("done", "已完成")
        let finest = form.choice(["by", "细到"], Publication.Finest.allCases.map { ([$0.rawValue], $0) }) ?? .school
        let closes = time("closes", "封存", of: &form)
        let roll = form.reference("of", "总数").flatMap { column($0, columns, &form) }
        let causes = form.references(["causes", "原因"]).compactMap { column($0, columns, &form) }
        guard let given = form.reference("count", "人数", required: true), let id, let label,
            let count = Expression(given.name[...], at: given.range, columns: columns, &form)
        else { return nil }
        let parts = rules.first { $0.isEquation && $0.left == count }?.right.terms.map(\.column)
        let isPartition = parts.map { Set($0).isSuperset(of: causes) && Set($0).count == $0.count } ?? false
        if !causes.isEmpty, causes.count < 3 || !isPartition { form.report(badCauses(form.source, given.range)) }
        if let problem = unitProblem(columns, finest) { form.report(badUnits(form.source, given.range, problem)) }
        return Publication(
            id: id, label: label, done: done, finest: finest, causes: causes, closes: closes.flatMap(secondOfDay),
            count: count, roll: roll, hasRest: (parts?.count ?? 0) > causes.count)
    }

    private static func column(_ reference: Reference, _ columns: [Column], _ form: inout FieldReader) -> Int? {
        if let index = columns.firstIndex(where: { $0.id == reference.name }) { return index }
        form.report(unknownColumn(form.source, reference, columns))
        return nil
    }

    private static func secondOfDay(_ time: String) -> Int? {
        let parts = time.split(separator: ":").compactMap { Int($0) }
        return parts.count == 2 ? parts[0] * 3600 + parts[1] * 60 : nil
    }

    /// A unit must have one row, and the lines must be of units that the report has.
    private static func unitProblem(_ columns: [Column], _ finest: Publication.Finest) -> (zh: String, en: String)? {
        let kinds = columns.map(\.kind)
        let hasUnits = kinds.contains(.class) || kinds.contains(.grade)
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

private func badCauses(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
    source.error(
        "dataset.causes", at: range, "原因要有三项以上，并且要有一条规则说明人数等于各项原因之和，否则保护不了任何人。",
        "There must be at least three causes, and a rule that makes the count their sum; nobody would be protected otherwise.",
        fix: .init(
            "在rules里写上“enrolled - present = 各项原因之和”，或删去causes。",
            "Add the rule “enrolled - present = the sum of the causes”, or delete causes."))
}

private func badUnits(_ source: SourceFile, _ range: Range<Int>, _ problem: (zh: String, en: String)) -> Diagnostic {
    source.error(
        "dataset.publish", at: range, "这样的数据集不能公布：\(problem.zh)。",
        "Such a dataset cannot be published: \(problem.en).",
        fix: .init("改columns，或写by: school。", "Change the columns, or write by: school."))
}
