import Formats

/// Whether a row agrees with the class list: its class in its grade, as many persons as there are, and no more counted
/// than that.
extension ReportReader {
    func rollProblem(_ row: ReportTable.Row) -> Diagnostic? {
        func text(_ kind: DatasetDefinition.Column.Kind) -> String? {
            definition.columns.firstIndex { $0.kind == kind }.map { row.texts[$0] }
        }
        let (grade, name) = (text(.grade), text(.class))
        if let grade, let name, let right = units.grade(ofClass: name), right != grade,
            units.roll(ofGrade: grade) != nil
        {
            return table.source.error(
                "csv.other-grade", at: row.range, "这个班不在这个年级，应为“\(right)”。",
                "The class is not in this grade; it is in “\(right)”.",
                fix: .init("改正年级，或改units.csv。", "Correct the grade, or units.csv."), confidential: true
            ).fixed(
                by: definition.columns.firstIndex { $0.kind == .grade }.map {
                    table.source.replacing(row.cells[$0], with: right)
                })
        }
        guard let publication = definition.publication, let count = publication.count.value(row.values) else {
            return nil
        }
        let roll = name.map(units.roll(ofClass:)) ?? grade.map(units.roll(ofGrade:)) ?? publication.persons
        // A unit that is unknown has its own error.
        if roll == nil, name != nil || grade != nil { return nil }
        if count < 0 || count > roll.map(Double.init) ?? count {
            return table.source.error(
                "csv.over-roll", at: row.range, "算出的“\(publication.label)”人数小于零，或超过名册人数。",
                "The count of “\(publication.label)” is below zero or above the roll.",
                fix: .init("核对这一行和units.csv。", "Check this row and units.csv."), confidential: true)
        }
        return nil
    }

    /// An error where more persons are counted than there are.
    func tooMany(_ rows: [ReportTable.Row]) -> [Diagnostic] {
        guard let publication = definition.publication, let persons = publication.persons else { return [] }
        let total = rows.reduce(0) { $0 + (publication.count.value($1.values) ?? 0) }
        if total <= Double(persons) { return [] }
        return [
            table.source.error(
                "csv.over-roll", at: table.source.line(at: 0), "“\(publication.label)”的合计超过datasets.yml里of所写的总人数。",
                "“\(publication.label)” adds up to more than `of` in datasets.yml.",
                fix: .init("核对这个文件和of。", "Check this file and of."), confidential: true)
        ]
    }

    /// A warning for every row whose roll is not the class list's; one error where most are: then the column is no roll.
    func rollWarnings(_ rows: [ReportTable.Row]) -> [Diagnostic] {
        guard let column = definition.publication?.roll, let unit = definition.unitColumn,
            definition.isByUnit
        else { return [] }
        let differing = rows.filter { row in
            let roll = units.roll(ofClass: row.texts[unit]) ?? units.roll(ofGrade: row.texts[unit])
            return roll.map { row.values[column] != nil && row.values[column] != Double($0) } ?? false
        }
        let label = definition.columns[column].label
        if differing.count > 2, differing.count * 2 > rows.count {
            return [
                table.source.error(
                    "csv.not-roll", at: differing[0].cells[column], "“\(label)”大多与units.csv的人数不同：它不是全班或全年级的人数。",
                    "“\(definition.columns[column].id)” mostly differs from units.csv: it is not everybody in the unit.",
                    fix: .init(
                        "datasets.yml里的of只能是全班或全年级人数的列；不是就删去of。",
                        "In datasets.yml, of must be the column of everybody in the unit; delete it otherwise."),
                    confidential: true)
            ]
        }
        return differing.map { row in
            table.source.warning(
                "csv.roll", at: row.cells[column], "“\(label)”与units.csv的人数不同，公布时以units.csv为准。",
                "“\(definition.columns[column].id)” differs from units.csv, which is what counts for publication.",
                fix: .init(
                    "名册变了，就在units.csv里给旧行写上止日，另加一行新人数。",
                    "If the roll changed, end the old row of units.csv and add one with the new number."),
                confidential: true)
        }
    }
}
