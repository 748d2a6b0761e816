import Formats
import Privacy

/// One day's report of a dataset, read and checked. Internal: person counts in it have no way out of this target.
struct ReportTable: Sendable {
    struct Row: Sendable {
        let range: Range<Int>
        /// The text of each declared column, normalised.
        let texts: [String]
        /// The numbers of those columns that hold any.
        let values: [Double?]
        /// Cells whose text is not the one that was written.
        var repairs: [Repair] = []
        /// Where the cell of each declared column is.
        var cells: [Range<Int>] = []
    }

    /// A cell that was read as another text than it holds: full-width digits, a unit, another spelling of a class.
    struct Repair: Sendable {
        let range: Range<Int>
        let column: Int
        let text: String
    }

    let rows: [Row]
}

/// Reads a day's CSV file by its dataset's declaration.
///
/// Every diagnostic is confidential: it gives the position, the column and the rule, and neither the line nor a value,
/// because a report of persons may have been saved in another dataset's place.
struct ReportReader {
    let definition: DatasetDefinition
    let units: UnitsOfDay
    let table: CSVTable
    private(set) var diagnostics: [Diagnostic] = []
    private var errorCount: Int { diagnostics.count { $0.severity == .error } }

    init(_ source: SourceFile, definition: DatasetDefinition, classes: ClassList, day: Day) {
        var found: [Diagnostic] = []
        let table = CSVTable(source, into: &found)
        self.init(table, definition: definition, units: UnitsOfDay(classes, on: day))
        diagnostics = found.map(\.withoutExcerpt)
    }

    init(_ table: CSVTable, definition: DatasetDefinition, units: UnitsOfDay) {
        self.table = table
        self.definition = definition
        self.units = units
    }

    mutating func read() -> ReportTable {
        guard let header = table.rows.first, let places = columns(of: header) else {
            if table.rows.isEmpty, !diagnostics.hasErrors { noRows() }
            return ReportTable(rows: [])
        }
        var rows: [ReportTable.Row] = []
        var firstLines: [String: Range<Int>] = [:]
        for cells in table.rows.dropFirst() where errorCount < errorLimit && !isSkipped(cells) {
            checkLength(cells, header.count)
            let row = row(cells, places)
            check(row, against: &firstLines)
            rows.append(row)
        }
        if rows.isEmpty { noRows() }
        diagnostics += rollWarnings(rows) + tooMany(rows)
        return ReportTable(rows: rows)
    }
}

/// After so many errors, a table is not a report with mistakes but something else; nothing is published then anyway.
/// Warnings do not count: rows behind them are data.
private let errorLimit = 50

extension ReportReader {
    /// Totals, signatures and rows of blanks below the data are not data.
    private mutating func isSkipped(_ cells: [CSVTable.Cell]) -> Bool {
        let table = table
        let words = cells.lazy.map { table.text($0).filter { !$0.isWhitespace } }.filter { !$0.isEmpty }.prefix(2)
        guard words.isEmpty || isNoData(Array(words)) else { return false }
        warning(
            "csv.skipped-row", rowRange(cells), "这一行是空行、合计或签名，已跳过。", "A blank, total or signature row; it was skipped.",
            .init("删去这一行，可免去此提示。", "Delete the row to silence this."),
            table.source.removingLine(at: cells[0].range.lowerBound))
        return true
    }

    /// Whether a row's first words say that it is a total, a signature or a remark.
    private func isNoData(_ words: [String]) -> Bool {
        let first = ["填表", "填报", "制表", "审核", "备注", "负责人", "注：", "注:", "全校", "说明", "截至"]
        let any: [StaticString] = ["合计", "总计", "小计", "签名", "签字"]
        let whole = ["总数", "总和", "共计", "汇总", "平均", "平均数", "平均值", "计", "总", "total", "sum", "average"]
        if whole.contains(words[0].lowercased()) { return true }
        return first.contains(where: words[0].hasPrefix) || isNumberOfClasses(words[0])
            || words.contains { word in any.contains(where: word.holds) }
    }

    /// 共12个班 or 共12班, with anything behind it.
    private func isNumberOfClasses(_ word: String) -> Bool {
        guard word.hasPrefix("共") else { return false }
        let digits = word.dropFirst().prefix { $0.isASCII && $0.isNumber }
        let rest = word[digits.endIndex...]
        return !digits.isEmpty && (rest.hasPrefix("个班") || rest.hasPrefix("班"))
    }

    private mutating func row(_ cells: [CSVTable.Cell], _ places: [Int]) -> ReportTable.Row {
        var texts: [String] = []
        var values: [Double?] = []
        var repairs: [ReportTable.Repair] = []
        var ranges: [Range<Int>] = []
        for (index, (column, place)) in zip(definition.columns, places).enumerated() {
            // What is missing at a row's end is missing there.
            let end = rowRange(cells).upperBound
            let range = place < cells.count ? cells[place].range : end..<end
            var text = place < cells.count ? table.text(cells[place]) : ""
            if column.kind == .grade, text.isEmpty { text = gradeOfClass(cells, places) ?? "" }
            let (normal, value) = read(text, column, range)
            ranges.append(range)
            texts.append(normal)
            values.append(value)
            if normal != text { repairs.append(.init(range: range, column: index, text: text)) }
        }
        return ReportTable.Row(range: rowRange(cells), texts: texts, values: values, repairs: repairs, cells: ranges)
    }

    /// The grade of the row's class: a grade is often written once for all of its classes.
    private func gradeOfClass(_ cells: [CSVTable.Cell], _ places: [Int]) -> String? {
        guard let column = definition.columns.firstIndex(where: { $0.kind == .class }), places[column] < cells.count
        else { return nil }
        return units.className(for: table.text(cells[places[column]])).flatMap(units.grade(ofClass:))
    }

    private mutating func noRows() {
        error(
            "csv.no-rows", table.source.line(at: 0), "表里一行数据也没有。空表不是零。",
            "The table has no rows. An empty table is not zero.",
            .init("填上数据；这一天没有上报，就删去这个文件。", "Fill it in; delete the file if nothing was reported."))
    }

    private mutating func checkLength(_ cells: [CSVTable.Cell], _ count: Int) {
        guard cells.count > count, cells[count...].contains(where: { !table.text($0).isEmpty }) else { return }
        error(
            "csv.extra-cells", cells[count].range, "这一行比表头多了格；数字里的逗号也会多出一格。",
            "The row has more cells than the header; a comma inside a number makes one.",
            .init("删去多出的内容，数字里不写逗号。", "Remove what is too much; write numbers without commas."))
    }

    func rowRange(_ cells: [CSVTable.Cell]) -> Range<Int> {
        cells[0].range.lowerBound..<max(cells[0].range.lowerBound, cells[cells.count - 1].range.upperBound)
    }

    private mutating func read(
        _ text: String, _ column: DatasetDefinition.Column, _ range: Range<Int>
    ) -> (String, Double?) {
        // A workbook that was written by a program keeps no value beside its formulas; a CSV file may hold them as text.
        if text.utf8.first == UInt8(ascii: "="), column.kind != .text || text.contains("(") || text.utf8.count == 1 {
            formula(column, range)
            return ("", nil)
        }
        switch column.kind {
        case .text:
            if text.isEmpty, isFirstKey(column) { blankKey(column, range) }
            if definition.kind == .operational, let word = ThingWords.wordOfPersons(in: text) {
                namesPersons(column, range, word)
            }
            return (text, nil)
        case .time: return (time(text, column, range), nil)
        case .class: return (units.className(for: text) ?? unknownUnit(text, range, units.classNames), nil)
        case .grade: return (units.gradeName(for: text) ?? unknownUnit(text, range, units.gradeNames), nil)
        case .count, .persons: return count(text, column, range)
        case .number: return number(text, column, range)
        }
    }

    /// Whether a column says what its rows are of: of several such columns, the first.
    private func isFirstKey(_ column: DatasetDefinition.Column) -> Bool {
        definition.columns.first(where: \.isKey)?.id == column.id
    }

    private mutating func namesPersons(_ column: DatasetDefinition.Column, _ range: Range<Int>, _ word: String) {
        error(
            "csv.persons", range, "“\(column.label)”这一格像是在写人或病情（“\(word)”），这样的报表会照原样公布。",
            "This cell of “\(column.label)” seems to be of persons or illness (“\(word)”); such a report is published as it stands.",
            .init(
                "改成东西或场所的名称；数人的，另设 kind: persons 的数据集。",
                "Name the thing or the place; count persons in a dataset of kind persons."))
    }

    private mutating func blankKey(_ column: DatasetDefinition.Column, _ range: Range<Int>) {
        error(
            "csv.blank-key", range, "“\(column.label)”空着，看不出这一行是哪一项。",
            "“\(column.label)” is blank, so nobody knows what the row is of.",
            .init("填上“\(column.label)”；这一行没有用，就删去整行。", "Fill it in; delete the row if it is of nothing."))
    }

    private mutating func formula(_ column: DatasetDefinition.Column, _ range: Range<Int>) {
        error(
            "csv.formula-without-value", range, "“\(column.label)”是公式，文件里没有保存算出来的数。",
            "“\(column.label)” is a formula whose value is not in the file.",
            .init(
                "用Excel或WPS打开这个文件，保存一次再导入；或把这一格复制，选择性粘贴为“数值”。",
                "Open the file in Excel or WPS and save it once; or paste the cell as a value."))
    }

    /// A time of day as 08:30, whichever way it is written.
    private mutating func time(_ text: String, _ column: DatasetDefinition.Column, _ range: Range<Int>) -> String {
        if text.isEmpty, !isFirstKey(column) { return text }
        if let time = TimeOfDay.read(text) { return time }
        error(
            "csv.not-a-time", range, "“\(column.label)”要写00:00到23:59之间的时间。",
            "“\(column.label)” must be a time of day.",
            .init("写成08:30的样子。", "Write it like 08:30."))
        return text
    }

    private mutating func unknownUnit(_ text: String, _ range: Range<Int>, _ known: [String]) -> String {
        if text.isEmpty {
            error(
                "csv.unknown-unit", range, "班级或年级空着。", "The class or grade is blank.",
                .init("填上班级或年级；是合计或签名，就删去这一行。", "Fill it in; delete the row if it is a total or a signature."))
            return text
        }
        let near = NearMiss.fix(for: text, among: known)
        error(
            "csv.unknown-unit", range, "没有这个班级或年级。", "There is no such class or grade.",
            .init(
                "\(near.zh)真有这个班，先在units.csv里加一行，不要改成别的班。",
                "\(near.en) If the class exists, add it to units.csv first; do not name another."),
            table.source.correcting(text, in: range, among: known))
        return text
    }

    private mutating func count(
        _ text: String, _ column: DatasetDefinition.Column, _ range: Range<Int>
    ) -> (String, Double?) {
        // Nearly every cell is as it should be.
        let isPlain = (1...9).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
        if isPlain, text.utf8.first != 48 || text.utf8.count == 1, let value = Int(text) {
            return (text, Double(value))
        }
        guard let digits = bare(text, column, range) else { return ("", nil) }
        guard let value = Int(digits) else {
            error(
                "csv.not-a-count", range, "“\(column.label)”要填整数。\(comma(digits).zh)",
                "“\(column.label)” must be a whole number.\(comma(digits).en)",
                .init("只写数字，例如0或12。", "Write digits only, such as 0 or 12."))
            return ("", nil)
        }
        if column.range.contains(Double(value)) { return ("\(value)", Double(value)) }
        outOfRange(column, range)
        return ("", nil)
    }

    /// A hint where a comma stands between digits and does not part thousands.
    private func comma(_ text: String) -> (zh: String, en: String) {
        text.contains(",") ? ("数字里的逗号看不懂。", " The comma in it is not understood.") : ("", "")
    }

    private mutating func outOfRange(_ column: DatasetDefinition.Column, _ range: Range<Int>) {
        func plain(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
        let (low, high) = (plain(column.range.lowerBound), plain(column.range.upperBound))
        error(
            "csv.range", range, "“\(column.label)”要在\(low)到\(high)之间。",
            "“\(column.label)” must be from \(low) to \(high).",
            .init(
                "核对这一格；本来就可能超出，就在datasets.yml里给这一列写least或most。",
                "Check the cell; where such numbers do occur, give the column least or most in datasets.yml."))
    }

    private mutating func number(
        _ text: String, _ column: DatasetDefinition.Column, _ range: Range<Int>
    ) -> (String, Double?) {
        guard let digits = bare(text, column, range) else { return ("", nil) }
        guard isDecimal(digits), let value = Double(digits) else {
            error(
                "csv.not-a-number", range, "“\(column.label)”要填数字。\(comma(digits).zh)",
                "“\(column.label)” must be a number.\(comma(digits).en)",
                .init("只写数字，例如2.5。", "Write digits only, such as 2.5."))
            return ("", nil)
        }
        // So small a number is one that a sum of fractions left over.
        if column.range.contains(value), value == 0 || abs(value) >= 1e-6 { return (digits, value) }
        outOfRange(column, range)
        return ("", nil)
    }

    /// Digits with a point among them and a minus before them, and nothing else that a program would read as a number.
    private func isDecimal(_ text: String) -> Bool {
        text.utf8.count <= 24 && text.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) != nil
    }

    /// The digits of a cell: full-width ones folded and a unit behind them taken off, each with a warning.
    /// A blank is an error, because a missing count is not zero.
    private mutating func bare(_ text: String, _ column: DatasetDefinition.Column, _ range: Range<Int>) -> String? {
        let folded = text.halfWidth.replacing("−", with: "-").trimmed
        guard !folded.isEmpty else {
            blank(column, range)
            return nil
        }
        if folded != text {
            warning(
                "csv.full-width", range, "用了全角数字或符号，已按半角读取。", "Full-width digits or signs; read as plain ones.",
                .init("改用半角数字。", "Type plain digits."), published(range, folded))
        }
        let units = ["人", "名", "个", "间", "班", "处", "场", "次", column.unit].filter { !$0.isEmpty }
        let unitless = units.first(where: folded.hasSuffix).map { String(folded.dropLast($0.count)).trimmed }
        if let plain = withoutThousands(unitless ?? folded) {
            warning(
                "csv.thousands", range, "数字里有千位分隔的逗号，已去掉。", "Commas part the thousands of a number; they were removed.",
                .init("只写数字，不写逗号。", "Write the digits without commas."), published(range, plain))
            return plain
        }
        let digits = folded.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
        let unit = folded.dropFirst(digits.count).trimmed
        if !digits.isEmpty, !unit.isEmpty,
            units.contains(unit)
        {
            warning(
                "csv.unit", range, "数字后面带了单位，已去掉。", "A unit follows the number; it was removed.",
                .init("只写数字。", "Write the number only."), withoutUnit(range, text, unit))
            return String(digits)
        }
        return folded
    }

    /// The plain number of a cell as its edit; none for a report of persons, whose numbers are never told.
    private func published(_ range: Range<Int>, _ text: String) -> Edit? {
        definition.kind == .operational ? table.source.replacing(range, with: text) : nil
    }

    /// A cell without its unit; where it was typed with plain digits, it tells nothing of them.
    private func withoutUnit(_ range: Range<Int>, _ text: String, _ unit: String) -> Edit? {
        guard text.hasSuffix(unit), range.count >= unit.utf8.count else { return nil }
        return table.source.replacing(range.upperBound - unit.utf8.count..<range.upperBound, with: "")
    }

    /// Only what is counted can be none: a measurement that was not taken is no zero.
    private mutating func blank(_ column: DatasetDefinition.Column, _ range: Range<Int>) {
        if column.kind == .number {
            error(
                "csv.blank-number", range, "“\(column.label)”空着。没有测不是零。",
                "“\(column.label)” is blank. What was not measured is not zero.",
                .init("填上测得的数；没有测，就删去整行。", "Write what was measured; remove the row if nothing was."))
        } else {
            error(
                "csv.blank-count", range, "“\(column.label)”空着。空白不是零；没有就填0。",
                "“\(column.label)” is blank. Blank is not zero; a nil report is 0.",
                .init("没有就填0，没有上报就删去整行。", "Write 0 for none; remove the row if nothing was reported."))
        }
    }

    /// `4,931` without its comma: groups of three behind a first one of up to three, which can be nothing else.
    private func withoutThousands(_ text: String) -> String? {
        guard text.wholeMatch(of: /-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?/) != nil else { return nil }
        return text.filter { $0 != "," }
    }

    private mutating func check(_ row: ReportTable.Row, against firstLines: inout [String: Range<Int>]) {
        let keys = definition.columns.indices.filter { definition.columns[$0].isKey }
        let key = keys.map { row.texts[$0] }.joined(separator: "\u{1F}")
        if !keys.isEmpty, let first = firstLines[key] {
            diagnostics.append(
                table.source.error(
                    "csv.repeated-row", at: row.range, "同一天同一项报了两次。", "The same item is reported twice for this day.",
                    fix: .init("删去其中一行。", "Remove one of the rows."),
                    notes: [
                        .init(
                            table.source.location(first, confidential: true),
                            .init("第一次在这里。", "First reported here."))
                    ],
                    confidential: true
                ).fixed(
                    // Where both say the same, it is of no matter which of them goes.
                    by: table.source.bytes[row.range] == table.source.bytes[first]
                        ? table.source.removingLine(at: row.range.lowerBound) : nil))
        }
        firstLines[key] = firstLines[key] ?? row.range
        // One broken rule often breaks the next one too; the first is the one to mend.
        if let rule = definition.rules.first(where: { $0.holds(row.values) == false }) {
            let words = rule.words(definition.columns)
            error(
                rule.isEquation ? "csv.sum" : "csv.limit", row.range, "这一行不符合“\(words)”。",
                "The row breaks “\(rule.text)”.",
                .init("核对这一行的各项。", "Check the items of this row."))
        } else if let problem = rollProblem(row) {
            diagnostics.append(problem)
        }
    }

    mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    private mutating func error(
        _ id: String, _ range: Range<Int>, _ zh: String, _ en: String, _ fix: Diagnostic.Text, _ edit: Edit? = nil
    ) {
        diagnostics.append(table.source.error(id, at: range, zh, en, fix: fix, confidential: true).fixed(by: edit))
    }

    private mutating func warning(
        _ id: String, _ range: Range<Int>, _ zh: String, _ en: String, _ fix: Diagnostic.Text, _ edit: Edit? = nil
    ) {
        diagnostics.append(table.source.warning(id, at: range, zh, en, fix: fix, confidential: true).fixed(by: edit))
    }
}
