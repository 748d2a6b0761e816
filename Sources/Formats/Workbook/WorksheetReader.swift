/// Reads the cells of one sheet (ECMA-376 part 1, §18.3) as the texts that a person would type for them.
struct WorksheetReader {
    let name: String
    let texts: [String]
    let formats: NumberFormats
    let uses1904: Bool

    private var rows: [[String]] = []
    private var merges: [Workbook.Merge] = []
    private var cell: Cell?
    /// Where the next row and cell stand when they do not say it themselves.
    private var place = (row: 0, column: 0)
    private var isSane = true
    /// Of all texts, in bytes: many cells may share one that is long.
    private var size = 0

    private struct Cell {
        let row: Int
        let column: Int
        let type: String
        let style: Int
        var value = ""
        var isValue = false
        /// The formula; its value is `value`, unless the program that wrote the file did not work it out.
        var formula: String?
        var isFormula = false
        var inline = RichText()
    }

    init(name: String, texts: [String], formats: NumberFormats, uses1904: Bool) {
        self.name = name
        self.texts = texts
        self.formats = formats
        self.uses1904 = uses1904
    }

    /// Nil where the sheet is not well-formed, or places cells beyond all reason.
    mutating func read(_ bytes: [UInt8]) -> Workbook.Sheet? {
        var reader = self
        let isWellFormed = XMLReader.read(bytes) { reader.take($0) }
        guard isWellFormed, reader.isSane else { return nil }
        while reader.rows.last?.allSatisfy(\.isEmpty) == true { reader.rows.removeLast() }
        return Workbook.Sheet(name: name, rows: reader.rows, merges: reader.merges)
    }
}

extension WorksheetReader {
    /// A report has a few hundred rows and some columns; whoever names a cell far outside wants our memory.
    private static let rowLimit = 20_000
    private static let columnLimit = 500
    private static let sizeLimit = 8 << 20

    private mutating func take(_ event: XMLEvent) {
        cell?.inline.take(event)
        switch event {
        case .start("row", let attributes):
            // A row whose number is beyond all reason is nowhere, and so are its cells.
            place = (attributes["r"].map { WorksheetReader.row($0[...]) ?? -1 } ?? place.row, 0)
        case .end("row"): place = (max(0, place.row + 1), 0)
        case .start("c", let attributes): begin(attributes)
        case .start("v", _): cell?.isValue = true
        case .text(let text) where cell?.isValue == true: cell?.value += text
        case .start("f", _):
            cell?.formula = ""
            cell?.isFormula = true
        case .text(let text) where cell?.isFormula == true: cell?.formula? += text
        case .end("f"): cell?.isFormula = false
        case .end("v"): cell?.isValue = false
        case .end("c"): finish()
        case .start("mergeCell", let attributes):
            if let merge = attributes["ref"].flatMap(WorksheetReader.merge) { merges.append(merge) }
        default: break
        }
    }

    private mutating func begin(_ attributes: [String: String]) {
        if let reference = attributes["r"], let given = WorksheetReader.place(reference) { place = given }
        cell = Cell(
            row: place.row, column: place.column, type: attributes["t"] ?? "n",
            style: attributes["s"].flatMap { Int($0) } ?? 0)
        place.column += 1
    }

    private mutating func finish() {
        guard let cell else { return }
        self.cell = nil
        let text = text(cell)
        guard (0..<WorksheetReader.rowLimit).contains(cell.row), (0..<WorksheetReader.columnLimit).contains(cell.column)
        else {
            // Cells without a text are formatted ones, of which whole columns may be.
            if !text.isEmpty { isSane = false }
            return
        }
        if text.isEmpty { return }
        size += text.utf8.count
        guard size <= WorksheetReader.sizeLimit else { return isSane = false }
        while rows.count <= cell.row { rows.append([]) }
        while rows[cell.row].count <= cell.column { rows[cell.row].append("") }
        rows[cell.row][cell.column] = text
    }

    /// A formula without its value is shown as it is typed, `=SUM(B2:B4)`, so that it is not taken for a blank.
    private func text(_ cell: Cell) -> String {
        if let formula = cell.formula, cell.value.isEmpty, cell.type != "str" { return "=\(formula)" }
        return switch cell.type {
        case "s": Int(cell.value).flatMap { texts.indices.contains($0) ? texts[$0] : nil } ?? ""
        case "inlineStr": cell.inline.text
        case "b": cell.value == "0" ? "FALSE" : "TRUE"
        case "n": number(cell.value, formats.kind(ofStyle: cell.style))
        // Texts of formulas, errors such as #REF!, ISO 8601 dates.
        default: cell.value
        }
    }

    private func number(_ text: String, _ kind: NumberFormats.Kind) -> String {
        guard let value = Double(text), value.isFinite, abs(value) < 1e15 else { return text }
        switch kind {
        case .number: return WorksheetReader.plain(value)
        case .percent: return WorksheetReader.plain((value * 1e8).rounded() / 1e6) + "%"
        case .time where value < 1: return WorksheetReader.clock(value)
        case .day, .time:
            let day = WorksheetReader.day(value, uses1904: uses1904)
            let part = value - value.rounded(.down)
            return part < 1.0 / 172_800 ? "\(day)" : "\(day) \(WorksheetReader.clock(part))"
        }
    }

    /// A number without the digits that binary fractions add (0.1 + 0.2).
    private static func plain(_ value: Double) -> String {
        let rounded = abs(value) < 1e6 ? (value * 1e9).rounded() / 1e9 : value
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }

    private static func clock(_ part: Double) -> String {
        let minutes = min(Int((part * 1440).rounded()), 1439)
        return "\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
    }

    /// A serial number as a day (ECMA-376 part 1, §18.17.4): day 60 of the 1900 system, 1900-02-29, never was.
    private static func day(_ serial: Double, uses1904: Bool) -> Day {
        // 2958465 is 9999-12-31, the last day that a spreadsheet knows.
        let days = Int(min(max(serial, 0), 2_958_465).rounded(.down))
        if uses1904 { return Day(daysSince1970: days - 24_107) }
        return Day(daysSince1970: days - (days < 60 ? 25_568 : 25_569))
    }

    /// `C7` → row 6, column 2.
    private static func place(_ reference: String) -> (row: Int, column: Int)? {
        let letters = reference.prefix { $0.isASCII && $0.isLetter }
        guard (1...3).contains(letters.count), let row = row(reference.dropFirst(letters.count)) else { return nil }
        let column = letters.uppercased().utf8.reduce(0) { $0 * 26 + Int($1) - 64 }
        return (row, column - 1)
    }

    /// A row's number, from 0; a sheet has 1,048,576 of them.
    private static func row(_ text: Substring) -> Int? {
        guard let row = Int(text), (1...1_048_576).contains(row) else { return nil }
        return row - 1
    }

    private static func merge(_ range: String) -> Workbook.Merge? {
        let ends = range.split(separator: ":").map { place(String($0)) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], first.row <= last.row,
            first.column <= last.column
        else { return nil }
        return .init(rows: first.row...last.row, columns: first.column...last.column)
    }
}
