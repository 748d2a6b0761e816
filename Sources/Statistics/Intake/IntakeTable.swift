import Formats

/// One table of a file that somebody handed in: a CSV file, or a sheet of a workbook.
@_spi(Intake) public struct IntakeTable: Sendable {
    /// The text that ranges and places of its rows are of.
    public var source: SourceFile { table.source }
    let table: CSVTable
    /// Nil for a CSV file.
    let sheet: Workbook.Sheet?

    /// The tables of a file, told apart by its content: a workbook's sheets that hold anything, or one CSV table. None, with
    /// errors, where it cannot be read.
    public static func read(path: String, raw: [UInt8], into diagnostics: inout [Diagnostic]) -> [IntakeTable] {
        if Workbook.matches(raw) {
            guard let book = Workbook(path: path, raw: raw, into: &diagnostics) else { return [] }
            return book.sheets.filter { !$0.rows.isEmpty }.map {
                IntakeTable(table: $0.table(path: path), sheet: $0)
            }
        }
        guard let source = SourceFile.decode(path: path, raw: raw, into: &diagnostics) else { return [] }
        var found: [Diagnostic] = []
        let table = CSVTable(source, into: &found)
        diagnostics += found.map(\.withoutExcerpt)
        return found.hasErrors ? [] : [IntakeTable(table: table, sheet: nil)]
    }

    /// Diagnostics as their writer sees the place: of a sheet, by its cells.
    public func located(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        guard let sheet else { return diagnostics }
        return diagnostics.map { sheet.located($0, in: table) }
    }

    /// Where a range is, without what stands there.
    func place(of range: Range<Int>) -> Diagnostic.Location {
        let location = source.location(range, confidential: true)
        guard let sheet else { return location }
        let shown = Diagnostic(.error, "", at: location, .init("", ""), fix: .init("", ""))
        return sheet.located(shown, in: table).location
    }

    func error(
        _ id: String, at range: Range<Int>, _ zh: String, _ en: String, fix: Diagnostic.Text,
        notes: [Diagnostic.Note] = []
    ) -> Diagnostic {
        source.error(id, at: range, zh, en, fix: fix, notes: notes, confidential: true)
    }
}
