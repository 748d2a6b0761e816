/// Rewrites what people type for what Markdown knows, before libcmark reads it. Lines stay lines, so that every place in the
/// rewritten text is on the same line of the file.
///
/// Only what is certain is rewritten; docs/markdown.md lists every decision. Task boxes, footnotes and bare addresses are
/// GitHub's (GFM spec 0.29, §5.3 and §6.9; cmark-gfm's footnotes).
struct TypedMarkdown {
    /// A footnote's definition: its name and text.
    struct Footnote {
        let name: [UInt8]
        let text: [UInt8]
        /// Its line in the file, counted from 1.
        let line: Int
    }

    /// The text as libcmark shall read it; nil where it is what was typed.
    private(set) var bytes: [UInt8]?
    /// In the order in which they are first referred to.
    private(set) var footnotes: [Footnote] = []
    private(set) var notes: [Note] = []

    /// Nothing rewritten.
    init() {}

    /// What was read as something else than it was typed, or could not be.
    struct Note {
        enum Kind {
            case listSign, brokenLine, fullWidthLink, missingFootnote, unusedFootnote, openFence
        }

        let kind: Kind
        /// Counted from 1.
        let line: Int
    }

    /// Where a reference to a footnote stood: its number, between two characters that no text holds.
    static let footnoteMark: [UInt8] = [0xF0, 0x90, 0x8E, 0x9E]
}

extension TypedMarkdown {
    init(_ text: MarkdownText) {
        let body = text.source.bytes
        guard body.withUnsafeBufferPointer({ TypedMarkdown.mayChange($0, text) }) else { return }
        var lines = text.lines.map { Array(body[$0]) }
        var block = TypedBlock()
        var definitions: [[UInt8]: Footnote] = [:]
        let isCode = lines.map { block.isCode($0) }
        if block.isOpen, let line = isCode.lastIndex(of: false).map({ $0 + 2 }) ?? (lines.isEmpty ? nil : 1) {
            notes.append(Note(kind: .openFence, line: line))
        }
        for index in lines.indices where !isCode[index] {
            if let footnote = TypedLineRewrite.footnote(lines[index], line: index + 1) {
                // The first definition holds, as with link references.
                definitions[footnote.name] = definitions[footnote.name] ?? footnote
                lines[index] = []
                continue
            }
            var rewrite = TypedLineRewrite(lines[index])
            rewrite.boxes()
            if rewrite.listSign() { notes.append(Note(kind: .listSign, line: index + 1)) }
            if rewrite.inlines() { notes.append(Note(kind: .fullWidthLink, line: index + 1)) }
            lines[index] = rewrite.bytes
        }
        keepLines(&lines, isCode)
        refer(&lines, isCode, definitions)
        bytes = Array(lines.joined(separator: [10])) + [10]
    }

    /// Whether any line could change: most texts have none of the signs, and are not copied.
    private static func mayChange(_ bytes: UnsafeBufferPointer<UInt8>, _ text: MarkdownText) -> Bool {
        if text.names("://") || text.names("[^") || text.names("[ ]") || text.names("[x]") || text.names("[X]")
            || text.names("】") || text.names("]（") || text.names("www.") || text.names("____") || text.names("```")
            || text.names("~~~")
        {
            return true
        }
        return text.lines.contains { range in
            let line = TypedLine(bytes, range.lowerBound + TypedLine.quoteEnd(bytes[range])..<range.upperBound)
            return line.isNumberedLikeWord || line.isLabel || line.isSalutation || line.typedListSign != nil
        }
    }

    /// Lines that people number or label by hand stay lines, also below a heading that is no more than numbered and in a
    /// quotation: the line before ends in a hard break.
    private mutating func keepLines(_ lines: inout [[UInt8]], _ isCode: [Bool]) {
        for index in lines.indices.dropFirst() where !isCode[index] && !isCode[index - 1] {
            let (line, last) = (lines[index], lines[index - 1])
            let (start, end) = (TypedLine.quoteEnd(line), TypedLine.quoteEnd(last))
            // A quotation that begins here is a block of its own.
            if start > 0, end == 0 { continue }
            let isJoined = line.withUnsafeBufferPointer { bytes in
                let line = TypedLine(bytes, start..<bytes.count)
                return last.withUnsafeBufferPointer { TypedLine($0, end..<$0.count).isBrokenBefore(line) }
            }
            guard isJoined, TypedLineRewrite.itemEnd(Array(line.dropFirst(start))) == nil else { continue }
            lines[index - 1] += [32, 32]
            notes.append(Note(kind: .brokenLine, line: index + 1))
        }
    }

    /// Puts numbers in the place of references, in the order in which they are read.
    private mutating func refer(_ lines: inout [[UInt8]], _ isCode: [Bool], _ definitions: [[UInt8]: Footnote]) {
        var numbers: [[UInt8]: Int] = [:]
        for index in lines.indices where !isCode[index] {
            var isMissing = false
            lines[index] = TypedLineRewrite.replacingReferences(lines[index]) { name in
                guard let footnote = definitions[name] else {
                    isMissing = true
                    return nil
                }
                if numbers[name] == nil {
                    footnotes.append(footnote)
                    numbers[name] = footnotes.count
                }
                return numbers[name]
            }
            if isMissing { notes.append(Note(kind: .missingFootnote, line: index + 1)) }
        }
        for footnote in definitions.values.sorted(by: { $0.line < $1.line }) where numbers[footnote.name] == nil {
            notes.append(Note(kind: .unusedFootnote, line: footnote.line))
        }
    }
}

extension TypedMarkdown {
    /// Where runs of just two tildes begin in a text.
    static func strikes(_ literal: UnsafeBufferPointer<UInt8>) -> [Int] {
        var places: [Int] = []
        var index = 0
        while index < literal.count {
            var end = index
            while end < literal.count, literal[end] == UInt8(ascii: "~") { end += 1 }
            if end - index == 2 { places.append(index) }
            index = max(end, index + 1)
        }
        return places
    }

    /// A text without the numbers of footnotes.
    static func withoutFootnotes(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        while let open = bytes.firstRange(of: footnoteMark),
            let close = bytes[open.upperBound...].firstRange(of: footnoteMark)
        {
            bytes.removeSubrange(open.lowerBound..<close.upperBound)
        }
        return bytes
    }
}

/// Knows from line to line whether code stands there: between fences (CommonMark 0.30, §4.5).
private struct TypedBlock {
    private var fence: (sign: UInt8, count: Int, isIndented: Bool)?

    /// Whether a fence was opened and not closed; one that is far in may be a line of text.
    var isOpen: Bool { fence.map { !$0.isIndented } ?? false }

    mutating func isCode(_ line: [UInt8]) -> Bool {
        let text = line.drop { $0 == 32 }
        guard let sign = text.first, sign == UInt8(ascii: "`") || sign == UInt8(ascii: "~") else { return fence != nil }
        let run = text.prefix { $0 == sign }.count
        let rest = text.dropFirst(run)
        if let fence {
            if fence.sign == sign, run >= fence.count, rest.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) {
                self.fence = nil
            }
            return true
        }
        guard run > 2, sign == UInt8(ascii: "~") || !rest.contains(sign) else { return false }
        fence = (sign, run, line.count - text.count > 3)
        return true
    }
}

extension TypedMarkdown.Note {
    func diagnostic(in text: MarkdownText) -> Diagnostic {
        let (id, zh, en, fix): (String, String, String, Diagnostic.Text) =
            switch kind {
            case .listSign:
                (
                    "markdown.list-sign", "这一行的项目符号不是Markdown的写法，已按列表显示。",
                    "This sign is no Markdown; the line is shown as an item.",
                    .init("写成“1. 内容”或“- 内容”。", "Write “1. text” or “- text”.")
                )
            case .brokenLine:
                (
                    "markdown.joined-lines", "这一行紧接在上一行下面，已另起一行显示。",
                    "This line follows the one above at once; it is shown on a line of its own.",
                    .init("要另起一段，就在两行之间空一行。", "For a paragraph of its own, leave a blank line between.")
                )
            case .fullWidthLink:
                (
                    "markdown.full-width-link", "链接用了全角括号，已按链接显示。",
                    "The link is in full-width brackets; it is shown as a link.",
                    .init("写成[文字](地址)，中间不留空格。", "Write [text](address), with no space between.")
                )
            case .missingFootnote:
                (
                    "markdown.missing-footnote", "这里的脚注没有内容，照原样显示。", "This footnote has no text; it is shown as typed.",
                    .init("另起一行写“[^1]: 注释的内容”，编号与这里相同。", "Write its text on a line of its own: [^1]: the note.")
                )
            case .openFence:
                (
                    "markdown.open-fence", "从这一行起到文末都成了代码：开头的“```”后面没有第二个“```”。",
                    "From here to the end all is code: the fence is not closed.",
                    .init(
                        "不是代码，就删去这一行；是代码，就在它后面另起一行写“```”。", "Delete the line, or write ``` on a line behind the code.")
                )
            case .unusedFootnote:
                (
                    "markdown.unused-footnote", "正文里没有用到这条脚注，不显示。", "Nothing refers to this footnote; it is not shown.",
                    .init(
                        "在正文要加注的地方写上它的编号，例如[^1]；不要了就删去这一行。",
                        "Write its mark, such as [^1], where it belongs, or delete the line.")
                )
            }
        let range = text.range(fromLine: line, to: line)
        return text.source.warning(id, at: range, zh, en, fix: fix).fixed(by: edit(range, text.source))
    }

    /// The line as it should have been typed.
    private func edit(_ range: Range<Int>, _ source: SourceFile) -> Edit? {
        var rewrite = TypedLineRewrite(Array(source.bytes[range]))
        switch kind {
        case .brokenLine: return source.inserting("", before: range.lowerBound)
        case .unusedFootnote, .openFence: return source.removingLine(at: range.lowerBound)
        case .missingFootnote:
            return source.replacing(range, with: source.text(range).replacing(/\[\^[^\]\s]+\](?!:)/, with: ""))
        case .listSign: _ = rewrite.listSign()
        case .fullWidthLink: _ = rewrite.inlines()
        }
        return source.replacing(range, with: String(decoding: rewrite.bytes, as: UTF8.self))
    }
}
