/// Reads a Mustache template (spec 1.4: comments, delimiters, interpolation, inverted, partials, sections; and the
/// inheritance module).
struct TemplateParser {
    private let source: SourceFile
    private let bytes: [UInt8]
    private var position = 0
    private var open: [UInt8] = Array("{{".utf8)
    private var close: [UInt8] = Array("}}".utf8)
    private var diagnostics: [Diagnostic] = []
    private var depth = 0

    static func parse(_ source: SourceFile, into diagnostics: inout [Diagnostic]) -> [TemplateNode] {
        parse(source, source.bytes[...], into: &diagnostics)
    }

    /// Parses a part of a file.
    static func parse(
        _ source: SourceFile, _ part: ArraySlice<UInt8>, into diagnostics: inout [Diagnostic]
    ) -> [TemplateNode] {
        var parser = TemplateParser(source, part)
        let nodes = parser.nodes(until: nil)
        diagnostics += parser.diagnostics
        return nodes
    }

    private init(_ source: SourceFile, _ part: ArraySlice<UInt8>) {
        self.source = source
        bytes = Array(source.bytes[..<part.endIndex])
        position = part.startIndex
    }
}

private struct Tag {
    let sigil: UInt8?
    let name: TagName
    /// From the first delimiter to behind the last one.
    let range: Range<Int>
}

extension TemplateParser {
    /// Parses up to the closing tag of `section`, or the end of the file.
    private mutating func nodes(until section: Tag?) -> [TemplateNode] {
        var nodes: [TemplateNode] = []
        depth += 1
        defer { depth -= 1 }
        if depth > 100 {
            if let section { notClosed(section) }
            position = bytes.count
            return []
        }
        while true {
            let start = position
            guard let tag = nextTag() else {
                append(start..<bytes.count, to: &nodes)
                position = bytes.count
                if let section { notClosed(section) }
                return nodes
            }
            let line = standaloneLine(tag)
            if tag.sigil == UInt8(ascii: "<") {
                let parent = parent(for: tag)
                let blanks = if case .parent(_, let indent, isStandalone: true, _) = parent { indent.count } else { 0 }
                append(start..<tag.range.lowerBound - blanks, to: &nodes)
                nodes.append(parent)
                continue
            }
            append(start..<(line?.lowerBound ?? tag.range.lowerBound), to: &nodes)
            if let line { position = line.upperBound }
            if tag.sigil == UInt8(ascii: "/") {
                if section?.name.text != tag.name.text { wrongClose(tag, of: section) }
                if section != nil { return nodes }
                continue
            }
            if let node = node(for: tag, line: line) { nodes.append(node) }
        }
    }

    private mutating func node(for tag: Tag, line: Range<Int>?) -> TemplateNode? {
        let isStandalone = line != nil
        switch tag.sigil {
        case nil: return .variable(tag.name, isEscaped: true)
        case UInt8(ascii: "{"), UInt8(ascii: "&"): return .variable(tag.name, isEscaped: false)
        case UInt8(ascii: "#"), UInt8(ascii: "^"):
            let content = nodes(until: tag)
            return .section(
                tag.name, isInverted: tag.sigil == UInt8(ascii: "^"), isStandalone: isStandalone, content)
        case UInt8(ascii: ">"):
            let indent = line.map { Array(bytes[$0.lowerBound..<tag.range.lowerBound]) } ?? []
            return .partial(tag.name, indent: indent, isStandalone: isStandalone)
        case UInt8(ascii: "$"): return .block(block(for: tag, isStandalone: isStandalone))
        default: return nil
        }
    }

    private mutating func block(for tag: Tag, isStandalone: Bool) -> TemplateBlock {
        let indent = blanksBefore(tag.range.lowerBound) ?? []
        return TemplateBlock(name: tag.name, indent: indent, isStandalone: isStandalone, content: nodes(until: tag))
    }

    /// Between `{{<name}}` and `{{/name}}` only blocks count; a newline right behind a block's opening tag is not part
    /// of it, and the line end behind `{{/name}}` goes when the opening tag began its line.
    private mutating func parent(for tag: Tag) -> TemplateNode {
        let indent = blanksBefore(tag.range.lowerBound)
        var blocks: [TemplateBlock] = []
        while let inner = nextTag() {
            if inner.sigil == UInt8(ascii: "/") {
                if inner.name.text != tag.name.text { wrongClose(inner, of: tag) }
                let lineEnd = lineEnd(after: inner.range.upperBound)
                if let lineEnd, indent != nil { position = lineEnd }
                let isStandalone = indent != nil && lineEnd != nil
                return .parent(tag.name, indent: isStandalone ? indent! : [], isStandalone: isStandalone, blocks)
            }
            guard inner.sigil == UInt8(ascii: "$") else {
                if inner.sigil == UInt8(ascii: "#") || inner.sigil == UInt8(ascii: "^") { _ = nodes(until: inner) }
                continue
            }
            let next = lineEnd(after: inner.range.upperBound)
            if let next, next > inner.range.upperBound { position = next }
            blocks.append(block(for: inner, isStandalone: next.map { $0 > inner.range.upperBound } ?? false))
        }
        notClosed(tag)
        return .parent(tag.name, indent: [], isStandalone: false, blocks)
    }

    private func append(_ range: Range<Int>, to nodes: inout [TemplateNode]) {
        if !range.isEmpty { nodes.append(.text(Array(bytes[range]))) }
    }
}

extension TemplateParser {
    /// The next tag that is not a comment or a change of delimiters left in place; moves behind it. Nil at the end.
    private mutating func nextTag() -> Tag? {
        guard let start = find(open, from: position) else { return nil }
        var cursor = start + open.count
        let sigil = cursor < bytes.count ? bytes[cursor] : 0
        let hasSigil = "{&#^/>$<!=".utf8.contains(sigil)
        if hasSigil { cursor += 1 }
        var closing = close
        if sigil == UInt8(ascii: "{") { closing = [UInt8(ascii: "}")] + close }
        if sigil == UInt8(ascii: "=") { closing = [UInt8(ascii: "=")] + close }
        guard let end = find(closing, from: cursor) else {
            diagnostics.append(
                source.error(
                    "template.open-tag", at: start..<start + open.count, "标签没有写完。", "This tag is never closed.",
                    fix: .init("补上结尾的“}}”。", "Close it with “}}”.")
                ).fixed(
                    by: source.replacing(
                        source.line(at: start).upperBound..<source.line(at: start).upperBound, with: "}}")))
            position = bytes.count
            return nil
        }
        var (from, to) = (cursor, end)
        while from < to, isBlank(bytes[from]) { from += 1 }
        while to > from, isBlank(bytes[to - 1]) { to -= 1 }
        position = end + closing.count
        if sigil == UInt8(ascii: "=") { changeDelimiters(from..<to) }
        let name = TagName(text: source.text(from..<to), template: source, range: from..<to)
        return Tag(sigil: hasSigil ? sigil : nil, name: name, range: start..<position)
    }

    private mutating func changeDelimiters(_ range: Range<Int>) {
        let parts = bytes[range].split(whereSeparator: isBlank)
        guard parts.count == 2 else {
            diagnostics.append(
                source.error(
                    "template.delimiters", at: range, "分隔符要写成“{{=<% %>=}}”的样子。",
                    "Delimiters are changed as in “{{=<% %>=}}”.",
                    fix: .init("写两个分隔符，中间空一格。", "Give two delimiters with a space between.")))
            return
        }
        open = Array(parts[0])
        close = Array(parts[1])
    }

    /// The whole line, with its end, when a tag that writes nothing itself has it to itself.
    private func standaloneLine(_ tag: Tag) -> Range<Int>? {
        guard let sigil = tag.sigil, "#^/>$!=".utf8.contains(sigil), let blanks = blanksBefore(tag.range.lowerBound),
            let end = lineEnd(after: tag.range.upperBound)
        else { return nil }
        return tag.range.lowerBound - blanks.count..<end
    }

    /// The blanks between the line's start and `offset`; nil when something else stands there.
    private func blanksBefore(_ offset: Int) -> [UInt8]? {
        var start = offset
        while start > 0, bytes[start - 1] == 32 || bytes[start - 1] == 9 { start -= 1 }
        return start == 0 || bytes[start - 1] == 10 ? Array(bytes[start..<offset]) : nil
    }

    /// The start of the next line; nil when something else than blanks stands before it.
    private func lineEnd(after offset: Int) -> Int? {
        var end = offset
        while end < bytes.count, bytes[end] == 32 || bytes[end] == 9 { end += 1 }
        if end == bytes.count { return end }
        if bytes[end] == 10 { return end + 1 }
        return bytes[end] == 13 && end + 1 < bytes.count && bytes[end + 1] == 10 ? end + 2 : nil
    }

    private func find(_ pattern: [UInt8], from start: Int) -> Int? {
        guard start <= bytes.count else { return nil }
        return bytes[start...].firstRange(of: pattern)?.lowerBound
    }

    private mutating func notClosed(_ tag: Tag) {
        diagnostics.append(
            source.error(
                "template.not-closed", at: tag.range, "“\(tag.name.text)”没有结束标签。",
                "“\(tag.name.text)” is never closed.",
                fix: .init("补上“{{/\(tag.name.text)}}”。", "Add “{{/\(tag.name.text)}}”.")
            ).fixed(by: source.replacing(source.bytes.count..<source.bytes.count, with: "{{/\(tag.name.text)}}")))
    }

    private mutating func wrongClose(_ tag: Tag, of section: Tag?) {
        let expected = section.map { "{{/\($0.name.text)}}" }
        diagnostics.append(
            source.error(
                "template.wrong-close", at: tag.range, "这个结束标签没有对应的开始标签。", "This closing tag matches no opening tag.",
                fix: expected.map { .init("应为“\($0)”。", "Expected “\($0)”.") }
                    ?? .init("删去它。", "Remove it.")
            ).fixed(by: source.replacing(tag.range, with: expected ?? "")))
    }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
