import Formats

/// Puts the rows of several tables, and of the file that stands, together into one day's file.
struct DayMerge {
    private let definition: DatasetDefinition
    private let units: UnitsOfDay
    private(set) var diagnostics: [Diagnostic] = []
    private var file: IntakeFile
    private var rows: [Row] = []
    /// Where the row of each key is.
    private var indices: [String: Int] = [:]
    /// The texts of the rows that stood, by what they are of.
    private var old: [String: [String]] = [:]

    private struct Row {
        let key: String
        let texts: [String]
        /// Where it was reported; nil for one that stood already.
        let origin: (input: IntakeTable, range: Range<Int>)?
    }

    init(_ definition: DatasetDefinition, _ units: UnitsOfDay, _ day: Day) {
        self.definition = definition
        self.units = units
        file = IntakeFile(dataset: definition, day: day)
    }

    /// Takes the rows that stand. What was reported with mistakes is not merged with anything.
    mutating func take(old source: SourceFile, keepsRows: Bool) {
        var reader = ReportReader(CSVTable(source, into: &diagnostics), definition: definition, units: units)
        let table = reader.read()
        file.isCorrection = true
        if keepsRows { diagnostics += reader.diagnostics.filter { $0.severity == .error } }
        for row in table.rows {
            old[key(row.texts)] = row.texts
            if keepsRows { append(Row(key: key(row.texts), texts: row.texts, origin: nil)) }
        }
    }

    private mutating func append(_ row: Row) {
        indices[row.key] = rows.count
        rows.append(row)
    }

    mutating func take(_ part: Intake.Part) {
        for row in part.rows {
            let new = Row(key: key(row.texts), texts: row.texts, origin: (part.input, row.range))
            file.repairs += row.repairs.map { repair($0, row, part.input) }
            guard let index = indices[new.key] else {
                append(new)
                continue
            }
            if let first = rows[index].origin {
                // Twice in one table: that was told when it was read.
                let isSameTable =
                    first.input.source.path == part.input.source.path
                    && first.input.sheet?.name == part.input.sheet?.name
                if rows[index].texts != new.texts, !isSameTable {
                    diagnostics.append(conflict(part.input, row.range, first.input.place(of: first.range)))
                }
            } else {
                rows[index] = new
            }
        }
    }
}

extension DayMerge {
    /// The day's file, with all that is new in it.
    var result: IntakeFile {
        var file = file
        let ordered = rows.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(
            \.element)
        let lines = [definition.columns.map(\.label)] + ordered.map(\.texts)
        file.bytes = lines.flatMap { Array(($0.map(csvCell).joined(separator: ",") + "\n").utf8) }
        file.changes = ordered.flatMap(changes) + lost(ordered)
        file.isUnchanged = file.isCorrection && file.changes.isEmpty
        let asked = units.asked(by: definition)
        file.expected = asked?.count
        file.units = definition.unitColumn.map { column in rows.map { $0.texts[column] } } ?? []
        let reported = Set(file.units)
        file.missing = (asked ?? []).filter { !reported.contains($0) }
        return file
    }

    /// What a row is of: its class or grade, and its other texts.
    private func key(_ texts: [String]) -> String {
        definition.columns.indices.filter { definition.columns[$0].isKey }.map { texts[$0] }.joined(separator: "\u{1F}")
    }

    /// The place of a row's unit in the school's order.
    private func rank(_ row: Row) -> Int {
        for (column, text) in zip(definition.columns, row.texts) {
            if column.kind == .class { return units.classNames.firstIndex(of: text) ?? .max }
        }
        for (column, text) in zip(definition.columns, row.texts) {
            if column.kind == .grade { return units.gradeNames.firstIndex(of: text) ?? .max }
        }
        return 0
    }

    private func name(_ texts: [String]) -> String {
        let names = definition.columns.indices.filter { definition.columns[$0].isKey }.map { texts[$0] }
        // A class says its grade.
        let classes = definition.columns.firstIndex { $0.kind == .class }
        return classes.map { texts[$0] } ?? names.joined(separator: " ")
    }

    private func changes(_ row: Row) -> [IntakeFile.Change] {
        guard let before = old[row.key] else {
            let new = IntakeFile.Change(place: name(row.texts), label: nil, before: nil, after: "新报", isNew: true)
            return file.isCorrection ? [new] : []
        }
        let changed = definition.columns.indices.filter { before[$0] != row.texts[$0] }
        if definition.kind == .persons, !changed.isEmpty {
            // Of persons it is said what was changed, and not to which number.
            let labels = changed.map { definition.columns[$0].label }.joined(separator: "、")
            return [.init(place: name(row.texts), label: nil, before: nil, after: "已改：\(labels)（人数不显示）")]
        }
        return changed.map { index in
            .init(
                place: name(row.texts), label: definition.columns[index].label, before: before[index],
                after: row.texts[index])
        }
    }

    private func lost(_ rows: [Row]) -> [IntakeFile.Change] {
        let keys = Set(rows.map(\.key))
        let order = units.classNames + units.gradeNames
        let names = old.filter { !keys.contains($0.key) }.map { name($0.value) }.sorted {
            (order.firstIndex(of: $0) ?? .max, $0) < (order.firstIndex(of: $1) ?? .max, $1)
        }
        return names.map { .init(place: $0, label: nil, before: nil, after: "已删去") }
    }

    private func repair(_ repair: ReportTable.Repair, _ row: ReportTable.Row, _ input: IntakeTable) -> IntakeFile.Change
    {
        let column = definition.columns[repair.column]
        let place = input.place(of: repair.range)
        return .init(
            place: "\(place)", label: column.label, before: shown(repair.text, column),
            after: shown(row.texts[repair.column], column))
    }

    /// A cell's text; digits of a report of persons are dots.
    private func shown(_ text: String, _ column: DatasetDefinition.Column) -> String {
        guard definition.kind == .persons, !column.isKey || column.kind == .text else { return text }
        return text.replacing(/[０-９．]+/, with: "全角●").replacing(/[0-9一二两三四五六七八九十百零〇.]+/, with: "●")
    }
}

extension DatasetDefinition.Column {
    /// Whether it says what a row is of.
    var isKey: Bool { [.class, .grade, .text, .time].contains(kind) }
}

private func conflict(_ input: IntakeTable, _ range: Range<Int>, _ first: Diagnostic.Location) -> Diagnostic {
    let found = input.error(
        "import.conflict", at: range, "同一天同一项在两处报得不一样。",
        "The same item of the same day is reported differently in two places.",
        fix: .init("留下对的一处。", "Keep the one that is right."),
        notes: [.init(first, .init("另一处在这里。", "The other one is here."))])
    return input.located([found])[0]
}
