/// A CSV file's rows (RFC 4180), every cell with its place.
public struct CSVTable: Sendable {
    /// One cell: its bytes in the file, quotes excluded.
    public struct Cell: Sendable {
        public let range: Range<Int>
        fileprivate var hasDoubledQuotes = false

        init(range: Range<Int>) { self.range = range }

        fileprivate init(range: Range<Int>, hasDoubledQuotes: Bool) {
            self.range = range
            self.hasDoubledQuotes = hasDoubledQuotes
        }
    }

    public let source: SourceFile
    /// Rows that hold anything at all, the header first; rows may differ in length.
    public let rows: [[Cell]]

    /// A cell's text, trimmed of blanks (NBSP and U+3000 included), doubled quotes undone.
    public func text(_ cell: Cell) -> String {
        let text = source.text(cell.range)
        return (cell.hasDoubledQuotes ? text.replacing("\"\"", with: "\"") : text).trimmed
    }

    /// A table whose cells are known; also some rows and columns of another one.
    public init(_ source: SourceFile, rows: [[Cell]]) {
        self.source = source
        self.rows = rows
    }

    /// Reads a file. The delimiter is a comma, or the tab, semicolon or full-width sign that the first line uses
    /// instead; a quote that is never closed is an error at its place, and only the rows before it are returned.
    public init(_ source: SourceFile, into diagnostics: inout [Diagnostic]) {
        self.source = source
        let delimiter = Delimiter.found(in: source)
        if delimiter != .comma { diagnostics.append(delimiter.warning(source)) }
        var reader = CSVReader(source: source, delimiter: Array(delimiter.rawValue.utf8))
        rows = reader.rows()
        if let open = reader.openQuote {
            diagnostics.append(
                source.error(
                    "csv.open-quote", at: open..<open + 1, "引号没有写完。", "This quote is never closed.",
                    fix: .init("补上结尾的引号，或删去这个引号。", "Close the quote, or remove it.")
                ).fixed(by: source.replacing(open..<open + 1, with: "")))
        }
    }
}

/// A file of lines with more of them at its end; one that is not there begins with its header.
public func csvFile(_ bytes: [UInt8]?, header: String, adding lines: [String]) -> [UInt8] {
    var text = bytes.map { String(decoding: $0, as: UTF8.self) } ?? header
    if !text.hasSuffix("\n") { text += "\n" }
    return Array((text + lines.map { "\($0)\n" }.joined()).utf8)
}

/// A cell as it is written (RFC 4180 §2.6): quoted where it holds a delimiter, a quote or a line end.
public func csvCell(_ text: String) -> String {
    // By bytes: a combining mark makes another character of any sign before it.
    guard text.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13 })
    else { return text }
    let doubled = text.utf8.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
    return "\"\(String(decoding: doubled, as: UTF8.self))\""
}

private enum Delimiter: String, CaseIterable {
    case comma = ","
    case tab = "\t"
    case semicolon = ";"
    case fullWidthSemicolon = "；"
    case fullWidthComma = "，"

    /// The sign that the first line uses most; a comma when none occurs.
    static func found(in source: SourceFile) -> Delimiter {
        let header = source.text(source.line(at: 0))
        var best = (Delimiter.comma, 0)
        for delimiter in allCases {
            let count = header.count { String($0) == delimiter.rawValue }
            if count > best.1 { best = (delimiter, count) }
        }
        return best.0
    }

    func warning(_ source: SourceFile) -> Diagnostic {
        let name = self == .tab ? "Tab" : rawValue
        return source.warning(
            "csv.delimiter", at: 0..<1, "各列以“\(name)”分隔，已按此读取。",
            "The columns are separated by “\(name)”; read as such.",
            fix: .init("另存为以逗号分隔的CSV，可免去此提示。", "Save it as comma-separated CSV to silence this."))
    }
}

private struct CSVReader {
    let source: SourceFile
    let delimiter: [UInt8]
    var position = 0
    var openQuote: Int?

    mutating func rows() -> [[CSVTable.Cell]] {
        var rows: [[CSVTable.Cell]] = []
        while position < source.bytes.count, openQuote == nil {
            let row = self.row()
            let isBlank = row.allSatisfy { $0.range.isEmpty }
            if !isBlank, openQuote == nil { rows.append(row) }
        }
        return rows
    }

    private mutating func row() -> [CSVTable.Cell] {
        var cells: [CSVTable.Cell] = []
        while true {
            cells.append(cell())
            if openQuote != nil { return cells }
            if atDelimiter {
                position += delimiter.count
            } else {
                skipLineEnd()
                return cells
            }
        }
    }

    private mutating func cell() -> CSVTable.Cell {
        position < source.bytes.count && source.bytes[position] == UInt8(ascii: "\"") ? quoted() : plain()
    }

    private mutating func plain() -> CSVTable.Cell {
        let start = position
        while position < source.bytes.count, !atLineEnd, !atDelimiter { position += 1 }
        return CSVTable.Cell(range: start..<position, hasDoubledQuotes: false)
    }

    private mutating func quoted() -> CSVTable.Cell {
        let quote = UInt8(ascii: "\"")
        let start = position + 1
        var hasDoubledQuotes = false
        position = start
        while position < source.bytes.count {
            if source.bytes[position] == quote {
                guard position + 1 < source.bytes.count, source.bytes[position + 1] == quote else { break }
                hasDoubledQuotes = true
                position += 1
            }
            position += 1
        }
        let cell = CSVTable.Cell(range: start..<position, hasDoubledQuotes: hasDoubledQuotes)
        if position == source.bytes.count { openQuote = start - 1 }
        // Whatever stands between the closing quote and the delimiter is not data (RFC 4180 §2.7).
        while position < source.bytes.count, !atLineEnd, !atDelimiter { position += 1 }
        return cell
    }

    private var atLineEnd: Bool { source.bytes[position] == 10 || source.bytes[position] == 13 }

    private var atDelimiter: Bool {
        guard position + delimiter.count <= source.bytes.count, source.bytes[position] == delimiter[0] else {
            return false
        }
        return delimiter.count == 1 || source.bytes[position..<position + delimiter.count].elementsEqual(delimiter)
    }

    private mutating func skipLineEnd() {
        guard position < source.bytes.count else { return }
        let isPair =
            source.bytes[position] == 13 && position + 1 < source.bytes.count && source.bytes[position + 1] == 10
        position += isPair ? 2 : 1
    }
}
