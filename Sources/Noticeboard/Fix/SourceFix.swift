import Formats

/// Mends what can be mended without knowing what was meant: full-width signs where plain ones belong, other spellings of dates,
/// and what Word and WPS leave in a text. What it mends is what diagnostics would tell; what it is not sure of it leaves alone.
public struct SourceFix: Sendable {
    /// Whether headings that were typed as numbered text (一、（一）1.) become headings.
    let headings: Bool

    public init(headings: Bool) { self.headings = headings }

    /// The mended text, or nil where nothing is to be mended. Line ends become line feeds where anything is.
    public func mended(_ source: SourceFile) -> String? {
        let lines = source.lines().map { source.text($0) }
        let new: [String]
        switch source.path.split(separator: ".").last {
        case "md": new = text(lines, front: frontLines(source, lines))
        case "yml": new = lines.map(FieldFix.yamlLine)
        case "csv" where source.path.hasPrefix("content/duty/"): new = lines.map(\.plainDigits)
        default: return nil
        }
        return new == lines ? nil : new.joined(separator: "\n") + "\n"
    }

    /// How many lines belong to the front matter, its fences included.
    private func frontLines(_ source: SourceFile, _ lines: [String]) -> Int {
        let end = FrontMatter.end(of: source)
        return end == 0 ? 0 : source.lineNumber(at: end)
    }

    private func text(_ lines: [String], front: Int) -> [String] {
        let fields = lines.prefix(front).map { FieldFix.line($0, isNested: false) }
        var body = BodyFix(headings: headings)
        for line in lines.dropFirst(front) { body.take(line) }
        return fields + TabTables.mended(body.result)
    }
}

/// One line of front matter or of a YAML file.
enum FieldFix {
    private static let days: Set = [
        "date", "成文日期", "日期", "publish_at", "发布", "expires_at", "失效", "updated", "更新", "due", "截止", "start", "开始",
        "end", "结束", "since", "起",
    ]

    static func line(_ line: String, isNested: Bool) -> String {
        guard let (start, key, value) = parts(line, isNested: isNested) else { return line }
        let plain = days.contains(key) ? day(value) : value
        return "\(start)\(key):\(plain.isEmpty ? "" : " ")\(plain)"
    }

    /// A line of a YAML file: only keys of letters, because an item of a list may be a sentence with a colon in it.
    static func yamlLine(_ line: String) -> String {
        line.prefixMatch(of: /[ -]*[A-Za-z_]+[:：]/) == nil ? line : self.line(line, isNested: true)
    }

    /// What stands before a key, the key, and its value; nil where a line is no field.
    private static func parts(_ line: String, isNested: Bool) -> (start: String, key: String, value: String)? {
        let start = line.prefix { $0 == " " || $0 == "-" || $0 == "\u{3000}" }
        if !isNested, !start.isEmpty { return nil }
        let key = line.dropFirst(start.count).prefix { $0.isLetter || $0 == "_" || $0.isNumber }
        guard !key.isEmpty, key.count <= 16 else { return nil }
        let rest = line.dropFirst(start.count + key.count).drop { $0 == " " || $0 == "\u{3000}" }
        guard rest.first == "：" || rest.first == ":" else { return nil }
        let value = rest.dropFirst()
        // `http://…` is no field, and a plain one stays as it is.
        let isPlain = value.first == " " && !days.contains(String(key))
        if rest.first == ":", value.isEmpty || value.first == "/" || isPlain { return nil }
        let blanks = String(start).replacing("\u{3000}", with: " ")
        return (start: blanks, key: String(key), value: value.trimmed)
    }

    /// A day, or a day and a time, in the way that every program understands.
    private static func day(_ text: String) -> String {
        switch DateReading(text) {
        case .day(let day): return day.description
        case .moment(let local, offset: .none): return "\(local.day) \(local.clock)"
        default: return text
        }
    }
}

/// The lines of a Markdown text, one after the other.
struct BodyFix {
    let headings: Bool
    private var lines: [String] = []
    private var fence: Substring?
    /// Whether the line before became an item only here: what follows it was a line of its own, and would join it.
    private var wasTypedItem = false
    /// Whether the line before was parted from the one above it.
    private var isParagraph = false
    /// How far in the list begins that a line may belong to.
    private var list: Int?

    init(headings: Bool) { self.headings = headings }

    var result: [String] { headings ? HeadingFix.headings(in: lines) : lines }

    mutating func take(_ line: String) {
        let start = line.drop { $0 == " " || $0 == "-" }.prefix(3)
        if start == "```" || start == "~~~" {
            fence = fence == nil ? start : fence == start ? nil : fence
            lines.append(line)
        } else if let indented = indented(line), fence == nil {
            lines.append(indented)
        } else if fence != nil || BodyFix.isCode(line) {
            lines.append(line)
        } else if let quoted = quoted(line) {
            lines.append(quoted)
        } else {
            takeText(line)
        }
    }

    private mutating func takeText(_ line: String) {
        let new = BodyFix.mended(line)
        let isBelowItem = wasTypedItem && !new.trimmed.isEmpty && !BodyFix.isItem(new) && !new.hasPrefix(" ")
        let isParted = isBelowItem || BodyFix.beginsParagraph(line, new) || beginsList(line, new) || isRule(new)
        let parts = isParted && lines.last.map(BodyFix.isText) ?? false
        if parts { lines.append("") }
        isParagraph = parts
        wasTypedItem = BodyFix.isItem(new) && new != line
        if BodyFix.isItem(new) {
            if list == nil { list = line.prefix { $0 == " " || $0 == "\t" }.count }
        } else if !new.trimmed.isEmpty {
            list = nil
        }
        append(new)
    }

    /// A line further in than the list above it: it belongs to its item, and stays as far in.
    private func indented(_ line: String) -> String? {
        guard let list else { return nil }
        let blanks = line.prefix { $0 == " " || $0 == "\t" }
        let text = line.dropFirst(blanks.count)
        return blanks.count > list && !text.isEmpty ? blanks.dropFirst(list) + BodyFix.mended(String(text)) : nil
    }

    /// Whether a line became an item that cannot follow the text above: only the number 1 can (CommonMark 0.30, §5.3).
    private func beginsList(_ line: String, _ new: String) -> Bool {
        new != line && BodyFix.isItem(new) && !["-", "1.", "1)"].contains(where: new.hasPrefix)
            && !(lines.last.map(BodyFix.isItem) ?? true)
    }

    /// A line of dashes below what became a paragraph only here, and would become a heading.
    private func isRule(_ line: String) -> Bool {
        isParagraph && !line.isEmpty && line.trimmed.allSatisfy { $0 == "-" || $0 == "=" }
    }

    /// A line that four blanks make code: none that holds Chinese, which was indented as a paragraph.
    private static func isCode(_ line: String) -> Bool {
        line.hasPrefix("    ") && !line.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }

    /// A line that goes on with a quotation without its sign: once its number is a list's, it would leave the quotation.
    private func quoted(_ line: String) -> String? {
        guard let last = lines.last, last.hasPrefix(">"), !line.trimmed.isEmpty, !line.hasPrefix(">"),
            !line.hasPrefix("#"), !line.hasPrefix("|")
        else { return nil }
        return "> \(BodyFix.mended(line))"
    }

    private static func isItem(_ line: String) -> Bool {
        line.hasPrefix("- ") || line.prefixMatch(of: /[0-9]{1,2}[.)]\s/) != nil
    }

    /// Whether a line that Word left begins a paragraph of its own: it was indented, or is numbered 一、 or （一）.
    private static func beginsParagraph(_ line: String, _ mended: String) -> Bool {
        let isBlock = mended.first.map { "-|>#".contains($0) } ?? true
        if isBlock || mended.prefixMatch(of: /[0-9]{1,2}\.\s/) != nil { return false }
        return line.hasPrefix("\u{3000}\u{3000}") || line.hasPrefix("    ") || line.hasPrefix("\t")
            || line.prefixMatch(of: /[一二三四五六七八九十]{1,3}、[^一二三四五六七八九十]|[（(][一二三四五六七八九十]{1,3}[）)]/) != nil
            // 组长：…, 职责：… are lines of their own.
            || line.prefixMatch(of: /[\u{4E00}-\u{9FFF}]{2,6}：/) != nil
    }

    /// Whether a line is running text, which the next one would join.
    private static func isText(_ line: String) -> Bool { !line.trimmed.isEmpty && !line.hasPrefix("#") }

    /// A sentence that was cut within itself by a hard line break is put together again.
    private mutating func append(_ line: String) {
        // A short line was broken on purpose.
        guard let last = lines.last, let start = BodyFix.withoutBreak(last), start.count >= 20,
            let end = start.unicodeScalars.last, let next = line.unicodeScalars.first, end.isHanLetter, next.isHanLetter
        else { return lines.append(line) }
        lines[lines.count - 1] = start + line
    }

    /// A line without the two blanks or the backslash that break it; nil where nothing does.
    private static func withoutBreak(_ line: String) -> String? {
        if line.hasSuffix("\\") { return String(line.dropLast()) }
        return line.hasSuffix("  ") ? line.trimmed : nil
    }

    /// Plain commas, colons and brackets between Chinese characters as Chinese ones; not within code, links and addresses.
    private static func wideSigns(_ line: String) -> String {
        if line.contains("`") || line.contains("](") || line.contains("://") { return line }
        let signs: [Character: String] = [",": "，", ":": "：", ";": "；", "?": "？", "!": "！"]
        var line = line.replacing(/([\u{4E00}-\u{9FFF}])([,:;?!])(?=[\u{4E00}-\u{9FFF}])/) { match in
            "\(match.1)\(signs[match.2.first!] ?? String(match.2))"
        }
        line = line.replacing(/([\u{4E00}-\u{9FFF}])\(([^()]*[\u{4E00}-\u{9FFF}][^()]*)\)/) { "\($0.1)（\($0.2)）" }
        return line
    }

    private static func mended(_ line: String) -> String {
        // What is quoted is mended as it would be outside.
        if line.hasPrefix("> ") { return "> \(mended(String(line.dropFirst(2))))" }
        var line = line
        if let first = line.first, first == "\u{3000}" || first == "\u{A0}" || line.hasPrefix("    ") || first == "\t" {
            line = String(line.drop { $0 == "\u{3000}" || $0 == "\u{A0}" || $0 == " " || $0 == "\t" })
        }
        // Digits within code and addresses are somebody's names.
        if !line.contains(where: { "`[<".contains($0) }), !line.contains("://") { line = line.plainDigits }
        // Word's bullets and numbers, which no browser would show as a list.
        line = line.replacing(/^[\t ]*[•●▪◆■·○◇▲★※][\t ]*/, with: "- ")
        line = line.replacing(/^\*(?=[^\s*][^*]*$)/, with: "- ")
        line = line.replacing(/^([0-9]{1,2})[、．](?=[^0-9])[\t ]*/) { "\($0.1). " }
        line = line.replacing(/^([0-9]{1,2})[）)](?=[^0-9 ])[\t ]*/) { "\($0.1)) " }
        line = BodyFix.wideSigns(line)
        if line.hasPrefix("＃") { line = String(line.prefix { $0 == "＃" }.map { _ in "#" } + line.drop { $0 == "＃" }) }
        if line.hasPrefix("｜") { line = line.replacing("｜", with: "|") }
        // #流感 #诺如 are tags; 1.开窗；2.洗手 is a sentence.
        if !line.contains(" #") { line = line.replacing(/^(#{1,6})(?=[^#\s])/) { "\($0.1) " } }
        if !line.contains(/[；;，。] *[0-9]{1,2}[.．]/) {
            line = line.replacing(/^([0-9]{1,2}\.)(?=[^0-9.\s])/) { "\($0.1) " }
        }
        line = line.replacing(/^-(?=[^\-0-9|:\s])/, with: "- ")
        // Quotes that Word made of those around an attribute.
        return line.replacing(/<[A-Za-z][^<>]*>/) { match in
            match.0.replacing("“", with: "\"").replacing("”", with: "\"")
        }
    }
}

/// Headings that were typed as numbered lines.
enum HeadingFix {
    static func headings(in lines: [String]) -> [String] {
        var result: [String] = []
        for index in lines.indices {
            guard let level = level(lines[index]), level < 4 || isAlone(lines, index) && !isListed(lines, index) else {
                result.append(lines[index])
                continue
            }
            // A heading stands between blank lines.
            if let last = result.last, !last.trimmed.isEmpty { result.append("") }
            result.append("\(String(repeating: "#", count: level)) \(lines[index].trimmed)")
            if !isBlank(lines, index + 1), !isBlock(lines[index + 1]) { result.append("") }
        }
        return result
    }

    private static func isAlone(_ lines: [String], _ index: Int) -> Bool {
        isBlank(lines, index - 1) && (isBlank(lines, index + 1) || isBlock(lines[index + 1]))
    }

    /// 一、 is the second level, （一） the third, 1. the fourth (GB/T 9704 §7.3.3), also right below other text. A line that
    /// ends or goes on like a sentence is none, and neither is one that counts: 一、二年级, （一）班.
    private static func level(_ line: String) -> Int? {
        let text = line.trimmed
        guard text.count <= 40, let last = text.last, !"。；，：！？、;:,.!?".contains(last),
            !text.contains(where: { "。；！？".contains($0) })
        else { return nil }
        let counts = /[（(][一二三四五六七八九十]{1,3}[）)](?:班|年级|组|号|级|中队|楼)/
        if text.prefixMatch(of: counts) != nil { return nil }
        if text.prefixMatch(of: /[一二三四五六七八九十]{1,3}、[^一二三四五六七八九十]/) != nil { return 2 }
        if text.prefixMatch(of: /[（(][一二三四五六七八九十]{1,3}[）)]/) != nil { return 3 }
        return text.prefixMatch(of: /[0-9]{1,2}[.．] ?[^0-9]/) != nil ? 4 : nil
    }

    /// Whether the paragraphs around are numbered as well: then they are a list.
    private static func isListed(_ lines: [String], _ index: Int) -> Bool {
        func isNumbered(_ line: String?) -> Bool { line?.prefixMatch(of: /[0-9]{1,2}[.．] ?[^0-9]/) != nil }
        let before = lines[..<index].last { !$0.trimmed.isEmpty }
        let next = lines[(index + 1)...].first { !$0.trimmed.isEmpty }
        return isNumbered(before) || isNumbered(next) || next == nil
    }

    /// A list or a table may follow a heading at once.
    private static func isBlock(_ line: String) -> Bool {
        line.hasPrefix("- ") || line.hasPrefix("|") || line.prefixMatch(of: /[0-9]{1,2}\.\s/) != nil
    }

    private static func isBlank(_ lines: [String], _ index: Int) -> Bool {
        !lines.indices.contains(index) || lines[index].trimmed.isEmpty
    }
}

extension String {
    /// Full-width digits and percent signs as plain ones; other signs stay, because Chinese text is written with them.
    fileprivate var plainDigits: String {
        guard unicodeScalars.contains(where: \.isWideDigit) else { return self }
        var view = UnicodeScalarView()
        view.append(contentsOf: unicodeScalars.map { $0.isWideDigit ? $0.halfWidth : $0 })
        return String(view)
    }
}

extension Unicode.Scalar {
    fileprivate var isWideDigit: Bool { (0xFF10...0xFF19).contains(value) || value == 0xFF05 }
    fileprivate var isHanLetter: Bool { (0x4E00...0x9FFF).contains(value) }
}

/// Tables whose cells are parted by tabs, as they are pasted, with pipes.
enum TabTables {
    static func mended(_ lines: [String]) -> [String] {
        var result: [String] = []
        var start = 0
        while start < lines.count {
            let count = cells(lines[start]).count
            var end = start + 1
            while count > 1, end < lines.count, cells(lines[end]).count == count { end += 1 }
            guard count > 1, end - start > 1 else {
                result.append(lines[start])
                start += 1
                continue
            }
            if let last = result.last, !last.trimmed.isEmpty { result.append("") }
            result += table(lines[start..<end].map(cells))
            if end < lines.count, !lines[end].trimmed.isEmpty { result.append("") }
            start = end
        }
        return result
    }

    /// Rows of as many cells each as the lines of a table; the first is its header.
    static func table(_ cells: [[String]]) -> [String] {
        let rows = cells.map { "| \($0.joined(separator: " | ")) |" }
        return [rows[0], "|\(String(repeating: "---|", count: cells[0].count))"] + rows.dropFirst()
    }

    /// None where a line is no row: it has pipes already, or is indented by its tabs.
    private static func cells(_ line: String) -> [String] {
        if line.contains("|") || line.hasPrefix("\t") || line.hasPrefix("#") { return [] }
        return line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0).trimmed }
    }
}
