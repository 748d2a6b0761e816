extension Workbook.Sheet {
    /// The sheet as a table, so that whatever reads CSV files reads sheets too. Each row is a line of the table's source, its
    /// cells separated by tabs; one that is made of several rows in one column is repeated in each, if it holds no number.
    public func table(path: String) -> CSVTable {
        var bytes: [UInt8] = []
        var rows: [[CSVTable.Cell]] = []
        // Every row has a cell in every column, so that what is missing has a place.
        let width = self.rows.map(\.count).max() ?? 0
        for own in filled.rows {
            // A row of nothing is a line, and no more.
            guard own.contains(where: { !$0.isEmpty }) else {
                bytes.append(UInt8(ascii: "\n"))
                continue
            }
            let row = own + [String](repeating: "", count: max(0, width - own.count))
            var cells: [CSVTable.Cell] = []
            for (index, text) in row.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: "\t")) }
                let start = bytes.count
                bytes += text.withoutControls.utf8
                cells.append(CSVTable.Cell(range: start..<bytes.count))
            }
            bytes.append(UInt8(ascii: "\n"))
            if cells.contains(where: { !$0.range.isEmpty }) { rows.append(cells) }
        }
        return CSVTable(SourceFile(path: path, bytes: bytes), rows: rows)
    }

    /// A diagnostic about `table(path:)` with the cell's column in the place of the line's, and a note that names the cell as
    /// Excel does.
    public func located(_ diagnostic: Diagnostic, in table: CSVTable) -> Diagnostic {
        guard diagnostic.location.line > 0 else { return diagnostic }
        // A workbook is no text that could be edited.
        var diagnostic = diagnostic.withoutExcerpt.fixed(by: nil)
        diagnostic.location = place(of: diagnostic.location, in: table)
        diagnostic.notes = diagnostic.notes.map { .init(place(of: $0.location, in: table), $0.message) }
        let cell = Workbook.Sheet.cellName(row: diagnostic.location.line - 1, column: diagnostic.location.column - 1)
        diagnostic.notes.insert(
            .init(
                diagnostic.location, .init("工作表“\(name)”的\(cell)单元格。", "Cell \(cell) of the sheet “\(name)”.")), at: 0)
        return diagnostic
    }

    /// The same for a place alone.
    public func place(of location: Diagnostic.Location, in table: CSVTable) -> Diagnostic.Location {
        guard location.path == table.source.path, location.line > 0 else { return location }
        let lines = table.source.lines()
        let line = lines.indices.contains(location.line - 1) ? table.source.text(lines[location.line - 1]) : ""
        var location = location
        location.column = line.prefix(max(0, location.column - 1)).count { $0 == "\t" } + 1
        location.length = 1
        location.excerpt = nil
        return location
    }

    /// `B3` for row 2, column 1.
    static func cellName(row: Int, column: Int) -> String {
        var letters = ""
        var rest = column + 1
        while rest > 0 {
            letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
            rest = (rest - 1) / 26
        }
        return "\(letters)\(row + 1)"
    }

    /// The sheet with merged cells of one column repeated. What is a number may be the sum of those rows: it stays alone.
    private var filled: Workbook.Sheet {
        var sheet = self
        for merge in merges where merge.columns.count == 1 {
            let (first, column) = (merge.rows.lowerBound, merge.columns.lowerBound)
            guard rows.indices.contains(first), rows[first].indices.contains(column) else { continue }
            let text = rows[first][column]
            if text.isEmpty || text.contains(where: \.isNumber) && Double(text.halfWidth) != nil { continue }
            for row in merge.rows.clamped(to: 0...max(0, rows.count - 1)).dropFirst() where row > first {
                while sheet.rows[row].count <= column { sheet.rows[row].append("") }
                sheet.rows[row][column] = text
            }
        }
        return sheet
    }
}
