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
        if raw.isEmpty {
            diagnostics.append(unusable(path, "这个文件是空的。", "This file is empty.", "重新保存后再导入。", "Save it again."))
            return []
        }
        if raw.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            diagnostics.append(
                unusable(
                    path, "这是旧格式的Excel或WPS文件（.xls、.et），或加了密码。",
                    "This is a spreadsheet of the old format (.xls, .et), or one with a password.",
                    "打开后另存为“Excel工作簿（.xlsx）”，不要加密码。", "Save it as .xlsx, without a password."))
            return []
        }
        if path.lowercased().hasSuffix(".xlsx"), !Workbook.matches(raw) {
            diagnostics.append(
                unusable(
                    path, "这不是.xlsx文件，可能没有保存完，或只是改了扩展名。", "This is no .xlsx file; it may be cut off, or named so only.",
                    "用Excel或WPS打开，另存为.xlsx。", "Open it in Excel or WPS and save it as .xlsx."))
            return []
        }
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
        return found.hasErrors || table.rows.isEmpty ? [] : [IntakeTable(table: table, sheet: nil)]
    }

    /// Diagnostics as their writer sees the place: of a sheet, by its cells.
    public func located(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        guard let sheet else { return diagnostics }
        return diagnostics.map { sheet.located($0, in: table) }
    }

    /// The same table with blanks in the place of some columns; every character stays at its place.
    func blanked(_ columns: Set<Int>, below row: Int) -> IntakeTable {
        var bytes = source.bytes
        for cells in table.rows[row...] {
            for (column, cell) in cells.enumerated() where columns.contains(column) {
                let blanks = source.text(cell.range).unicodeScalars.flatMap {
                    UTF8.width($0) == 3 ? [0xE3, 0x80, 0x80] : [UInt8](repeating: 32, count: UTF8.width($0))
                }
                bytes.replaceSubrange(cell.range, with: blanks)
            }
        }
        return IntakeTable(table: CSVTable(SourceFile(path: source.path, bytes: bytes), rows: table.rows), sheet: sheet)
    }

    /// Where a range is, without what stands there.
    func place(of range: Range<Int>) -> Diagnostic.Location {
        let location = source.location(range, confidential: true)
        return sheet?.place(of: location, in: table) ?? location
    }

    func error(
        _ id: String, at range: Range<Int>, _ zh: String, _ en: String, fix: Diagnostic.Text,
        notes: [Diagnostic.Note] = []
    ) -> Diagnostic {
        source.error(id, at: range, zh, en, fix: fix, notes: notes, confidential: true)
    }
}

private func unusable(_ path: String, _ zh: String, _ en: String, _ fixZh: String, _ fixEn: String) -> Diagnostic {
    Diagnostic(.error, "workbook.unreadable", in: path, zh, en, fix: .init(fixZh, fixEn))
}
