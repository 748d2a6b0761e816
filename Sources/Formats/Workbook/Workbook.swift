/// A spreadsheet in the form of Excel and WPS (.xlsx, ECMA-376): the tables of its sheets that are not hidden, as texts.
public struct Workbook: Sendable {
    /// A range of cells that were made one; rows and columns count from 0, ends included.
    public struct Merge: Sendable, Equatable {
        public let rows: ClosedRange<Int>
        public let columns: ClosedRange<Int>
    }

    public struct Sheet: Sendable {
        public let name: String
        /// Cells by row and column, from 0; rows may differ in length, and blank ones are kept.
        public internal(set) var rows: [[String]]
        public let merges: [Merge]
    }

    public let sheets: [Sheet]
    /// Sheets that are not shown; whoever has the file can look into them.
    public let hiddenSheets: [Sheet]
    /// Whatever else is written in it: comments, text boxes, headers and footers of pages.
    public let notes: [String]

    /// Whether bytes look like a workbook: a ZIP archive.
    public static func matches(_ raw: [UInt8]) -> Bool { raw.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

    /// Reads a workbook. Nil, with an error, where it is none, is damaged, or is larger than any report.
    public init?(path: String, raw: [UInt8], into diagnostics: inout [Diagnostic]) {
        do throws(Archive.Problem) {
            guard let parts = try WorkbookParts(Archive(raw)) else { throw Archive.Problem.damaged }
            sheets = try parts.read(parts.visible)
            hiddenSheets = try parts.read(parts.hidden)
            notes = try parts.notes()
        } catch {
            diagnostics.append(Workbook.mistake(path, error))
            return nil
        }
    }
}

extension Workbook {
    fileprivate static func mistake(_ path: String, _ problem: Archive.Problem) -> Diagnostic {
        let (zh, en, fix): (String, String, Diagnostic.Text) =
            switch problem {
            case .noLibrary:
                (
                    "这台机器没有安装libzip，读不了.xlsx。", "libzip is not installed, so .xlsx cannot be read.",
                    .init("请IT安装：sudo apt-get install libzip4；或另存为CSV。", "Install libzip4, or save the file as CSV.")
                )
            case .damaged:
                (
                    "这个.xlsx文件打不开，可能没有保存完。", "This .xlsx file cannot be read; it may be cut off.",
                    .init(
                        "用Excel或WPS打开，另存为“Excel工作簿（.xlsx）”再导入。", "Open it in Excel or WPS and save it as .xlsx again.")
                )
            case .tooLarge:
                (
                    "这个.xlsx文件里的内容大得不像一份日报。", "What is in this .xlsx file is too large for a daily report.",
                    .init("只留下日报那一张表，另存后再导入。", "Keep the sheet of the report alone, and save it anew.")
                )
            }
        return Diagnostic(.error, "workbook.unreadable", in: path, zh, en, fix: fix)
    }
}

/// The documents inside of a workbook.
private struct WorkbookParts {
    /// A sheet's name, and the document that holds its cells.
    typealias Entry = (name: String, part: String)

    let archive: Archive
    private(set) var visible: [Entry] = []
    private(set) var hidden: [Entry] = []
    private var uses1904 = false
    private var formats = NumberFormats()
    private var texts: [String] = []

    /// Nil where a part that every workbook has is missing, or one is not well-formed.
    init?(_ archive: Archive) throws(Archive.Problem) {
        self.archive = archive
        guard let book = try archive.entry("xl/workbook.xml"),
            let relations = try archive.entry("xl/_rels/workbook.xml.rels"),
            let targets = WorkbookParts.targets(relations),
            readBook(book, targets)
        else { return nil }
        if let styles = try archive.entry("xl/styles.xml") {
            guard let read = NumberFormats(styles) else { return nil }
            formats = read
        }
        if let shared = try archive.entry("xl/sharedStrings.xml") {
            guard let read = SharedTexts.read(shared) else { return nil }
            texts = read
        }
    }

    func read(_ sheets: [Entry]) throws(Archive.Problem) -> [Workbook.Sheet] {
        var result: [Workbook.Sheet] = []
        for (name, part) in sheets {
            // A chart has a sheet without cells.
            guard let bytes = try archive.entry(part), part.contains("worksheets/") else { continue }
            var reader = WorksheetReader(name: name, texts: texts, formats: formats, uses1904: uses1904)
            guard let sheet = reader.read(bytes) else { throw .damaged }
            result.append(sheet)
        }
        return result
    }

    /// The texts of all documents but those that are read as sheets, and of what stands around the cells of these.
    func notes() throws(Archive.Problem) -> [String] {
        var notes: [String] = []
        for name in archive.names.sorted() where name.hasPrefix("xl/") && name.hasSuffix(".xml") {
            if ["xl/sharedStrings", "xl/styles", "xl/theme", "xl/workbook"].contains(where: name.hasPrefix) {
                continue
            }
            let isSheet = name.hasPrefix("xl/worksheets/")
            guard let bytes = try archive.entry(name) else { continue }
            var text = ""
            var isCell = false
            _ = XMLReader.read(bytes) { event in
                switch event {
                case .start("sheetData", _): isCell = isSheet
                case .end("sheetData"): isCell = false
                case .text(let piece) where !isCell: text += piece
                case .end("comment"), .end("p"), .end("si"): text += "\n"
                default: break
                }
            }
            if !text.trimmed.isEmpty { notes.append(text) }
        }
        return notes
    }

    /// Where each relation leads, below the archive's root.
    private static func targets(_ bytes: [UInt8]) -> [String: String]? {
        var targets: [String: String] = [:]
        let isWellFormed = XMLReader.read(bytes) { event in
            guard case .start("Relationship", let attributes) = event, let id = attributes["Id"],
                let target = attributes["Target"]
            else { return }
            targets[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/\(target)"
        }
        return isWellFormed ? targets : nil
    }

    private mutating func readBook(_ bytes: [UInt8], _ targets: [String: String]) -> Bool {
        var (visible, hidden): ([Entry], [Entry]) = ([], [])
        var uses1904 = false
        let isWellFormed = XMLReader.read(bytes) { event in
            guard case .start(let element, let attributes) = event else { return }
            if element == "workbookPr" { uses1904 = ["1", "true"].contains(attributes["date1904"]) }
            guard element == "sheet", let name = attributes["name"],
                let part = attributes["id"].flatMap({ targets[$0] })
            else { return }
            if attributes["state"] ?? "visible" == "visible" {
                visible.append((name, part))
            } else {
                hidden.append((name, part))
            }
        }
        (self.visible, self.hidden, self.uses1904) = (visible, hidden, uses1904)
        return isWellFormed && !visible.isEmpty
    }
}

/// The texts that cells share, by number.
private enum SharedTexts {
    static func read(_ bytes: [UInt8]) -> [String]? {
        var texts: [String] = []
        var text = RichText()
        let isWellFormed = XMLReader.read(bytes) { event in
            text.take(event)
            if case .start("si", _) = event { text = RichText() }
            if case .end("si") = event { texts.append(text.text) }
        }
        return isWellFormed ? texts : nil
    }
}

/// A text in pieces of different looks, without the reading aids (`rPh`) that may stand beside it.
struct RichText {
    private(set) var text = ""
    private var isText = false
    private var isAid = false

    mutating func take(_ event: XMLEvent) {
        switch event {
        case .start("rPh", _): isAid = true
        case .end("rPh"): isAid = false
        case .start("t", _): isText = !isAid
        case .end("t"): isText = false
        case .text(let piece) where isText: text += piece
        default: break
        }
    }
}
