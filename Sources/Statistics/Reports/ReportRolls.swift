import Formats

/// Whether a row agrees with the class list: its class in its grade, as many persons as there are, and no more counted
/// than that.
extension ReportReader {
    func rollProblem(_ row: ReportTable.Row) -> Diagnostic? {
        func text(_ kind: DatasetDefinition.Column.Kind) -> String? {
            definition.columns.firstIndex { $0.kind == kind }.map { row.texts[$0] }
        }
        let (grade, name) = (text(.grade), text(.class))
        if let grade, let name, let right = classes.gradesByClass(on: day)[name], right != grade {
            return table.source.error(
                "csv.other-grade", at: row.range, "这个班不在这个年级，应为“\(right)”。",
                "The class is not in this grade; it is in “\(right)”.",
                fix: .init("改正年级，或改units.csv。", "Correct the grade, or units.csv."), confidential: true)
        }
        guard let publication = definition.publication, let count = publication.count.value(row.values) else { return nil }
        let roll = name.flatMap { classes.roll(ofClass: $0, on: day) } ?? grade.map { classes.roll(ofGrade: $0, on: day) }
        let given = publication.roll.flatMap { row.values[$0] }
        if count < 0 || count > roll.map(Double.init) ?? given ?? count {
            return table.source.error(
                "csv.over-roll", at: row.range, "算出的“\(publication.label)”人数小于零，或超过名册人数。",
                "The count of “\(publication.label)” is below zero or above the roll.",
                fix: .init("核对这一行和units.csv。", "Check this row and units.csv."), confidential: true)
        }
        guard let roll, let given, given != Double(roll), let column = publication.roll else { return nil }
        return table.source.warning(
            "csv.roll", at: row.range, "“\(definition.columns[column].label)”与units.csv的人数不同，公布时以units.csv为准。",
            "“\(definition.columns[column].id)” differs from units.csv, which is what counts for publication.",
            fix: .init(
                "名册变了，就在units.csv里给旧行写上止日，另加一行新人数。",
                "If the roll changed, end the old row of units.csv and add one with the new number."),
            confidential: true)
    }
}
