import Formats

/// Turns what teachers hand in into the day files of `content/statistics/`. Raw counts pass through it: only the command that
/// writes those files imports this interface.
@_spi(Intake) public struct Intake: Sendable {
    let definitions: [DatasetDefinition]
    let classes: ClassList
    let today: Day
    public private(set) var diagnostics: [Diagnostic] = []
    /// What is taken over of each table, with blanks in the place of what is not; to be looked through for personal values.
    public private(set) var personal: [IntakeTable] = []
    /// What was read so far, by dataset and day, in the order of files.
    private(set) var parts: [Part] = []

    /// The rows of one table for one day.
    struct Part: Sendable {
        let input: IntakeTable
        let definition: DatasetDefinition
        let day: Day
        let rows: [ReportTable.Row]
    }

    public init(_ definitions: [DatasetDefinition], classes: ClassList, today: Day) {
        self.definitions = definitions
        self.classes = classes
        self.today = today
    }

    /// Reads the tables of one file. `dataset` and `day` are what the caller says of them; else the header, titles and names
    /// tell.
    public mutating func add(_ tables: [IntakeTable], path: String, dataset: DatasetDefinition?, day: Day?) {
        let found = tables.map { input in
            IntakeHeader.found(
                in: input.table, among: dataset.map { [$0] } ?? definitions, fileName: path.fileName)
        }
        let isAnyFound = found.contains { $0 != nil }
        for (input, header) in zip(tables, found) {
            guard let header else {
                report(
                    isAnyFound
                        ? skippedSheet(input)
                        : dataset.map { otherHeader(input, $0) } ?? noDataset(input, definitions), of: input)
                continue
            }
            add(input, header, given: day)
        }
        if tables.isEmpty, !diagnostics.contains(where: { $0.location.path == path && $0.severity == .error }) {
            diagnostics.append(emptyFile(path))
        }
    }

    public mutating func report(_ found: [Diagnostic]) { diagnostics += found }
}

extension Intake {
    private mutating func add(_ input: IntakeTable, _ header: IntakeHeader, given: Day?) {
        let table = input.table
        if table.rows.count > rowLimit { return report(tooLong(input), of: input) }
        if let merged = mergedHeader(input, header.row) { return report(merged, of: input) }
        if header.row > 0 { report(titles(input, table.rows[0]), of: input) }
        let declared = Set(
            header.definition.places(in: table.rows[header.row].map { table.text($0) }).compactMap(\.self))
        var days = IntakeDay(input, header: header.row, given: given, declared: declared)
        let groups = days.rows(input, below: header.row, given: given, today: today)
        report(days.diagnostics, of: input)
        let names = table.rows[header.row].map { table.text($0) }
        let dropped = dropped(names, header, table, dates: days.column)
        personal += [input.blanked(dropped, below: header.row)]
        report(ignoredColumns(input, header, dropped.filter { $0 != days.column && !names[$0].isEmpty }), of: input)
        func kept(_ cells: [CSVTable.Cell]) -> [CSVTable.Cell] {
            cells.enumerated().filter { !dropped.contains($0.offset) }.map(\.element)
        }
        for (day, rows) in groups {
            if day > today { report(future(input, rows[0][0].range), of: input) }
            let units = UnitsOfDay(classes, on: day)
            if header.definition.isByUnit, units.classNames.isEmpty {
                report(beforeClasses(input, rows[0][0].range, day), of: input)
                continue
            }
            let rows = [kept(table.rows[header.row])] + rows.map(kept).filter { !$0.isEmpty }
            var reader = ReportReader(
                CSVTable(table.source, rows: rows), definition: header.definition, units: units)
            let report = reader.read()
            self.report(reader.diagnostics, of: input)
            parts.append(Part(input: input, definition: header.definition, day: day, rows: report.rows))
        }
        if groups.isEmpty, !days.diagnostics.hasErrors { report(noRows(input, header.row), of: input) }
    }

    private mutating func report(_ found: Diagnostic, of input: IntakeTable) { report([found], of: input) }

    private mutating func report(_ found: [Diagnostic], of input: IntakeTable) { diagnostics += input.located(found) }

    /// Columns that many forms have and no dataset wants, and wholly blank ones; dates have been read.
    private func dropped(_ names: [String], _ header: IntakeHeader, _ table: CSVTable, dates: Int?) -> Set<Int> {
        let places = Set(header.definition.places(in: names).compactMap(\.self))
        func isBlank(_ column: Int) -> Bool {
            table.rows[header.row...].allSatisfy { column >= $0.count || table.text($0[column]).isEmpty }
        }
        return Set(
            names.indices.filter { index in
                let name = DatasetDefinition.Column.folded(names[index])
                let isNeedless = needlessColumns.contains(name) || name.hasSuffix("率") || name.hasSuffix("率(%)")
                return !places.contains(index) && (index == dates || isNeedless || isBlank(index))
            })
    }

    /// Cells of the header that were made one: none of the columns below them has a name of its own. Cells that were merged
    /// side by side are named before those that reach over two rows only because of them.
    private func mergedHeader(_ input: IntakeTable, _ row: Int) -> Diagnostic? {
        guard let merges = input.sheet?.merges else { return nil }
        let cells = input.table.rows[row]
        let line = input.source.lineNumber(at: cells[0].range.lowerBound) - 1
        let near = merges.filter {
            $0.rows.contains(line) || $0.rows.contains(line - 1) && $0.columns.count < cells.count
        }
        guard near.contains(where: { $0.rows.contains(line) }),
            let merge = near.first(where: { $0.columns.count > 1 }) ?? near.first
        else { return nil }
        let places = input.table.rows.first {
            input.source.lineNumber(at: $0[0].range.lowerBound) - 1 == merge.rows.lowerBound
        }
        let column = merge.columns.lowerBound
        let cell = places.flatMap { $0.indices.contains(column) ? $0[column].range : nil } ?? cells[0].range
        return input.error(
            "csv.merged-header", at: cell, "表头有合并单元格，每列只能有一个列名，占一行。",
            "The header has merged cells; each column needs one name, in one row.",
            fix: .init(
                "取消合并，表头只留一行；或用noticeboard new day生成的空表。",
                "Unmerge them and keep one row of names; or begin with the blank form of noticeboard new day."))
    }
}

private let needlessColumns: Set = [
    "序号", "编号", "no", "no.", "备注", "说明", "班主任", "填报人", "填表人", "上报人", "上报时间", "填报时间", "周次", "星期", "学校",
]

/// The largest report of a school has a few hundred rows.
private let rowLimit = 5000

private func tooLong(_ input: IntakeTable) -> Diagnostic {
    input.error(
        "workbook.unreadable", at: input.table.rows[rowLimit][0].range, "超过\(rowLimit)行，不像一份日报。",
        "More than \(rowLimit) rows; this is no daily report.", fix: .init("只留这一天的数据。", "Keep the day's rows only."))
}

private func noDataset(_ input: IntakeTable, _ definitions: [DatasetDefinition]) -> Diagnostic {
    let names = definitions.map { "\($0.name)（\($0.id)）" }.joined(separator: "、")
    let ids = definitions.map(\.id).joined(separator: ", ")
    return input.error(
        "import.no-dataset", at: input.table.rows.first?.first?.range ?? 0..<0,
        "看不出这是哪一种报表：前几行里没有哪个数据集的表头。", "This is no report that is known: the first rows hold no dataset's header.",
        fix: .init(
            "用--dataset指出，或改好表头。数据集有：\(names)。", "Name it with --dataset, or mend the header. Datasets: \(ids)."))
}

/// Where the caller says which dataset it is, what is wrong is the header.
private func otherHeader(_ input: IntakeTable, _ definition: DatasetDefinition) -> Diagnostic {
    let labels = definition.columns.map(\.label).joined(separator: ",")
    return input.error(
        "import.other-header", at: input.table.rows.first?.first?.range ?? 0..<0,
        "表头与“\(definition.name)”的各列对不上，前几行里找不到一半以上的列名。",
        "The first rows name less than half of the columns of “\(definition.name)”.",
        fix: .init(
            "表头改成：\(labels)；或者--dataset写错了，去掉它试试。",
            "Make the header: \(labels); or leave --dataset out, if it is wrong."))
}

private func skippedSheet(_ input: IntakeTable) -> Diagnostic {
    input.source.warning(
        "import.skipped-sheet", at: input.table.rows.first?.first?.range ?? 0..<0, "这张工作表不是报表，已跳过。",
        "This sheet is no report; it was skipped.",
        fix: .init("它是报表，就改好表头；不是，就不用处理。", "If it is one, mend its header; else nothing."), confidential: true)
}

private func emptyFile(_ path: String) -> Diagnostic {
    Diagnostic(
        .error, "csv.no-rows", in: path, "表里一行数据也没有。空表不是零。", "The table has no rows. An empty table is not zero.",
        fix: .init("填上数据再导入。", "Fill it in, and import it again."))
}

private func noRows(_ input: IntakeTable, _ row: Int) -> Diagnostic {
    input.error(
        "csv.no-rows", at: input.table.rows[row][0].range, "表头下面一行数据也没有。空表不是零。",
        "No rows stand below the header. An empty table is not zero.",
        fix: .init("填上数据再导入；没有上报就不用导入。", "Fill it in; do not import what was not reported."))
}

private func titles(_ input: IntakeTable, _ cells: [CSVTable.Cell]) -> Diagnostic {
    let range = cells.first { !$0.range.isEmpty }?.range ?? cells[0].range
    return input.source.warning(
        "import.title-rows", at: range, "表头上面的标题行已跳过。", "The title above the header was skipped.",
        fix: .init("不用处理。", "Nothing needs to be done."), confidential: true)
}

private func ignoredColumns(_ input: IntakeTable, _ header: IntakeHeader, _ columns: Set<Int>) -> [Diagnostic] {
    columns.sorted().map { column in
        let cell = input.table.rows[header.row][column]
        return input.source.warning(
            "import.ignored-column", at: cell.range, "这一列不需要，没有导入。", "This column is not needed and was left out.",
            fix: .init("不用处理。", "Nothing needs to be done."), confidential: true)
    }
}

private func beforeClasses(_ input: IntakeTable, _ range: Range<Int>, _ day: Day) -> Diagnostic {
    input.error(
        "import.before-classes", at: range, "\(day.chinese)在units.csv里还没有任何班级。",
        "No class of units.csv exists on \(day).",
        fix: .init("核对年份和日期；日期没错，就改units.csv里各班的起始日。", "Check the year and the day; else the first days in units.csv."))
}

private func future(_ input: IntakeTable, _ range: Range<Int>) -> Diagnostic {
    input.error(
        "dataset.future", at: range, "这一天还没有到。", "This day has not come yet.",
        fix: .init("核对日期。", "Check the date."))
}
