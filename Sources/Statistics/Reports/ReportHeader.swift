import Formats

/// Headers that announce personal data.
private let personalHeaders: [StaticString] = ["姓名", "名字", "身份证", "证件号", "手机", "家长电话", "住址", "家庭地址", "出生", "学籍号", "学号"]

extension DatasetDefinition {
    /// Where each declared column stands in a header: under one of its names, whatever the width and case of letters; else
    /// without a unit in brackets or `人数` behind it.
    func places(in header: [String]) -> [Int?] {
        let names = header.map(Column.folded)
        let bare = names.map(Column.bare)
        return columns.map { column in
            let known = column.names.map(Column.folded)
            let exact = names.firstIndex(where: known.contains)
            if exact != nil { return exact }
            let short = known.map(Column.bare)
            return bare.firstIndex { !$0.isEmpty && short.contains($0) }
        }
    }
}

extension DatasetDefinition.Column {
    /// A header's name without the differences that typing makes.
    static func folded(_ name: String) -> String { name.halfWidth.filter { !$0.isWhitespace }.lowercased() }

    /// `应到人数(人)` → `应到`.
    fileprivate static func bare(_ name: String) -> String {
        let name = name.prefix { $0 != "(" && $0 != "[" }
        return name.hasSuffix("人数") && name.count > 2 ? String(name.dropLast(2)) : String(name)
    }
}

/// How a table's first line names its columns. It is never shown in a diagnostic: one that does not fit may be a row of
/// another, confidential table.
extension ReportReader {
    /// The cell index of each declared column; nil, with errors, where the header does not fit.
    mutating func columns(of header: [CSVTable.Cell]) -> [Int]? {
        let names = header.map { table.text($0).halfWidth.filter { !$0.isWhitespace } }
        let places = definition.places(in: names)
        reportPersonalColumns(header, names)
        if let blank = blankName(names, places), !looksLikeSecondHeader() {
            reportBlankName(header[blank.cell], blank.cell, blank.column)
            return nil
        }
        if places.contains(nil), names.contains("") || looksLikeSecondHeader() {
            headerError(
                "csv.merged-header", rowRange(header), "表头有合并单元格或占了两行，每列只能有一个列名。",
                "The header has merged cells or two rows; each column needs one name.",
                .init("表头改为一行：\(labels)", "Make the header one row: \(labels)"))
            return nil
        }
        // A table whose header fits hardly anywhere has none, or another delimiter: one message, not one a column.
        if places.count(where: { $0 == nil }) * 2 > places.count {
            headerError(
                "csv.no-header", rowRange(header), "第一行不是表头，或各列不是用逗号分开的。",
                "The first line is no header, or the columns are not separated by commas.",
                .init("第一行写：\(labels)", "Make the first line: \(labels)"),
                table.source.inserting(labels, before: header[0].range.lowerBound))
            return nil
        }
        reportMissingAndUnknown(header, names, places)
        return places.contains(nil) ? nil : places.map { $0! }
    }
}

extension ReportReader {
    private var labels: String { definition.columns.map(\.label).joined(separator: ",") }

    private mutating func reportPersonalColumns(_ header: [CSVTable.Cell], _ names: [String]) {
        for (cell, name) in zip(header, names) where isPersonal(name) {
            headerError(
                "csv.personal-column", cell.range, "有个人信息列，统计表里不能有姓名、证件号、手机号等。",
                "A column of personal data; statistics hold none.",
                .init("删去这一列，只报人数。", "Delete the column; report counts only."))
        }
    }

    /// The one cell without a name and the one column that no cell names.
    private func blankName(_ names: [String], _ places: [Int?]) -> (cell: Int, column: Int)? {
        let cells = names.indices.filter { names[$0].isEmpty }
        let columns = places.indices.filter { places[$0] == nil }
        guard cells.count == 1, columns.count == 1 else { return nil }
        return (cells[0], columns[0])
    }

    private mutating func reportBlankName(_ cell: CSVTable.Cell, _ index: Int, _ column: Int) {
        let label = definition.columns[column].label
        headerError(
            "csv.blank-name", cell.range, "表头第\(index + 1)列没有列名，又缺“\(label)”列。",
            "Column \(index + 1) has no name, and “\(label)” is missing.",
            .init(
                "这一列是“\(label)”，就在表头写上“\(label)”；不是，就补上“\(label)”列。",
                "Name it “\(label)” if it is that; else add the column."),
            table.source.replacing(cell.range, with: label))
    }

    private mutating func reportMissingAndUnknown(_ header: [CSVTable.Cell], _ names: [String], _ places: [Int?]) {
        for (column, place) in zip(definition.columns, places) where place == nil {
            headerError(
                "csv.missing-column", rowRange(header), "缺少“\(column.label)”列。",
                "The column “\(column.label)” is missing.",
                .init("补上这一列；表头为：\(labels)", "Add it; the header is: \(labels)"))
        }
        for (index, cell) in header.enumerated()
        where !places.contains(index) && !names[index].isEmpty && !isPersonal(names[index]) {
            if definition.columns.contains(where: { $0.names.contains(names[index]) }) {
                headerError(
                    "csv.repeated-column", cell.range, "“\(names[index])”写了两列。",
                    "The column “\(names[index])” stands here twice.",
                    .init("删去多的一列，或改成它自己的名称。", "Remove one of them, or give it its own name."))
                continue
            }
            headerError(
                "csv.unknown-column", cell.range, "第\(index + 1)列\(shown(names[index], "“", "”"))没有声明过。",
                "Column \(index + 1)\(shown(names[index], " “", "”")) is not declared.",
                NearMiss.fix(for: names[index], among: definition.columns.map(\.label)),
                table.source.correcting(names[index], in: cell.range, among: definition.columns.map(\.label)))
        }
    }

    /// A column's name, unless it could be somebody's: two to four Chinese characters of which none is a header's.
    private func shown(_ name: String, _ before: String, _ after: String) -> String {
        let isHan = name.unicodeScalars.allSatisfy { (0x4E00...0x9FFF).contains($0.value) }
        let isHeader = name.contains { "数率量日期时班级室区类项次称号注情况点否计表容果".contains($0) }
        let digits = name.count { $0.isASCII && $0.isNumber }
        let isCount = digits > 0 && name.contains { "人例名位".contains($0) }
        return name.count > 20 || digits > 4 || isCount || isHan && (2...4).contains(name.count) && !isHeader
            ? "" : "\(before)\(name)\(after)"
    }

    func isPersonal(_ name: String) -> Bool { personalHeaders.contains { name.holds($0) } }

    /// A second line of column names instead of data: no digit in it.
    private func looksLikeSecondHeader() -> Bool {
        guard table.rows.count > 1 else { return false }
        let texts = table.rows[1].map { table.text($0) }
        return !texts.contains { $0.contains(where: \.isNumber) } && texts.contains { !$0.isEmpty }
    }

    private mutating func headerError(
        _ id: String, _ range: Range<Int>, _ zh: String, _ en: String, _ fix: Diagnostic.Text, _ edit: Edit? = nil
    ) {
        report(table.source.error(id, at: range, zh, en, fix: fix, confidential: true).fixed(by: edit))
    }
}
