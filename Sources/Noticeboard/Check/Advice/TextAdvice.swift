import Formats

/// How easily a text is read: sentences that are too long, and tables whose columns have no names.
struct TextAdvice {
    private let source: SourceFile

    /// Longer sentences, in Chinese characters, are lost on a telephone: four lines of it.
    private static let longest = 80

    init(_ source: SourceFile) { self.source = source }

    var diagnostics: [Diagnostic] { longSentences + blankHeaders + skippedLevels + plainSigns }

    private var body: [Range<Int>] { source.lines(in: FrontMatter.body(of: source)) }

    /// Sentences of a paragraph; rows of tables are none.
    private var longSentences: [Diagnostic] {
        let long = body.filter { $0.count > TextAdvice.longest && source.bytes[$0.lowerBound] != UInt8(ascii: "|") }
        return long.compactMap { line in
            let sentences = source.text(line).split { "。！？；".contains($0) }
            let lengths = sentences.map { $0.unicodeScalars.count { (0x4E00...0x9FFF).contains($0.value) } }
            guard let longest = lengths.max(), longest > TextAdvice.longest else { return nil }
            return source.warning(
                "advice.long-sentence", at: line, "这里有一句\(longest)个字，不好读。",
                "A sentence here has \(longest) characters.",
                fix: .init("拆成两三句，或改成一条一条的列表。", "Break it into two or three, or make a list of it."))
        }
    }

    /// Plain commas, colons and brackets between Chinese characters: they stand too narrow, and lines break before them.
    private var plainSigns: [Diagnostic] {
        var isCode = false
        return body.compactMap { line in
            let text = source.text(line)
            if text.hasPrefix("```") || text.hasPrefix("~~~") { isCode.toggle() }
            guard !isCode, !text.contains("`"), !text.contains("]("), !text.contains("://"),
                let match = text.firstMatch(of: /[\u{4E00}-\u{9FFF}]([,:;?!])[\u{4E00}-\u{9FFF}]/)
            else { return nil }
            let start = line.lowerBound + text[..<match.1.startIndex].utf8.count
            let wide = [",": "，", ":": "：", ";": "；", "?": "？", "!": "！"][String(match.1)] ?? ""
            return source.warning(
                "advice.plain-sign", at: start..<start + 1, "中文里用了半角标点。", "A plain sign between Chinese characters.",
                fix: .init(
                    "改用全角标点，例如“，：；”；或运行noticeboard check --fix。",
                    "Use full-width signs, or run noticeboard check --fix.")
            ).fixed(by: source.replacing(start..<start + 1, with: wide))
        }
    }

    /// Headings that skip a level: readers who jump from heading to heading miss what is not there.
    private var skippedLevels: [Diagnostic] {
        // The page's title is the first level.
        var last = 1
        var isCode = false
        return body.compactMap { line in
            let text = source.text(line)
            if text.hasPrefix("```") || text.hasPrefix("~~~") { isCode.toggle() }
            guard !isCode, let match = text.prefixMatch(of: /(#{2,6})\s/) else { return nil }
            let level = match.1.count
            defer { last = level }
            guard level > last + 1 else { return nil }
            let right = String(repeating: "#", count: last + 1)
            return source.warning(
                "advice.heading-order", at: line, "标题从第\(last)级直接跳到第\(level)级。",
                "The heading skips from level \(last) to \(level).",
                fix: .init("写成“\(right) …”。", "Write “\(right) …”.")
            ).fixed(by: source.replacing(line.lowerBound..<line.lowerBound + level, with: right))
        }
    }

    /// Screen readers say a column's name with each cell.
    private var blankHeaders: [Diagnostic] {
        let lines = body
        return lines.indices.dropFirst().compactMap { index in
            let rule = source.text(lines[index]).trimmed
            let header = source.text(lines[index - 1]).trimmed
            let isRule = rule.contains("---") && rule.allSatisfy { "|-: ".contains($0) }
            guard isRule, header.hasPrefix("|"), header.hasSuffix("|") else { return nil }
            let cells = header.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
            guard cells.contains(where: { $0.allSatisfy(\.isWhitespace) }) else { return nil }
            return source.warning(
                "advice.table-header", at: lines[index - 1], "表头有空格子，读屏软件说不出那一列是什么。",
                "A header cell is blank; screen readers cannot name its column.",
                fix: .init("给每一列写上列名。", "Name every column."))
        }
    }
}
