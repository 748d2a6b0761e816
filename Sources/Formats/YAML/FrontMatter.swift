/// A Markdown file's two parts: the YAML between the `---` lines, and the body below them.
public struct FrontMatter: Sendable {
    public let fields: YAMLNode?
    /// The bytes of the file that are Markdown.
    public let body: Range<Int>

    /// Splits a file. Without front matter `fields` is nil and the body is the whole file; one that is opened and
    /// never closed is an error at its first line.
    public static func split(_ source: SourceFile, into diagnostics: inout [Diagnostic]) -> FrontMatter {
        guard isFence(source, source.line(at: 0)) else { return FrontMatter(fields: nil, body: body(of: source)) }
        if let (fields, body) = parts(of: source) {
            let node = YAML.parse(source, in: fields, into: &diagnostics)
            diagnostics += swallowedText(node, source)
            return FrontMatter(fields: node, body: body)
        }
        diagnostics.append(
            source.error(
                "front-matter.not-closed", at: source.line(at: 0), "文首的“---”没有对应的结束行。",
                "The front matter opened here is never closed.",
                fix: .init("在最后一个字段的下一行写“---”。", "Write “---” on the line after the last field.")
            ).fixed(by: closing(source)))
        return FrontMatter(fields: nil, body: body(of: source))
    }

    /// The bytes of a file that are Markdown.
    public static func body(of source: SourceFile) -> Range<Int> {
        if let (_, body) = parts(of: source) { return body }
        let isOpen = isFence(source, source.line(at: 0))
        return (isOpen ? source.bytes.count : 0)..<source.bytes.count
    }

    /// Where the line that closes the front matter begins: further fields go before it. The file's start where there is none.
    public static func end(of source: SourceFile) -> Int { parts(of: source)?.fields.upperBound ?? 0 }

    /// What stands between the `---` lines and below them; nil where there are no two.
    private static func parts(of source: SourceFile) -> (fields: Range<Int>, body: Range<Int>)? {
        var line = source.line(at: 0)
        guard isFence(source, line) else { return nil }
        let start = afterLineEnd(source, line.upperBound)
        var next = start
        while next < source.bytes.count {
            line = source.line(at: next)
            let behind = afterLineEnd(source, line.upperBound)
            if isFence(source, line) { return (start..<line.lowerBound, behind..<source.bytes.count) }
            next = behind
        }
        return nil
    }
}

/// `标题: 关于流感 #3`: what stands behind ` #` is a comment to YAML, and would be lost without a word.
/// Two spaces before it are how comments are written, one is how people write text.
private func swallowedText(_ node: YAMLNode?, _ source: SourceFile) -> [Diagnostic] {
    (node?.mapping ?? []).compactMap { entry in
        let end = entry.value.range.upperBound
        guard end < source.bytes.count, source.bytes[end] == 32, case .scalar(_, isPlain: true) = entry.value.content,
            !entry.value.isNull
        else { return nil }
        let rest = end..<source.line(at: end).upperBound
        guard rest.lowerBound < rest.upperBound, source.text(rest).hasPrefix(" #") else { return nil }
        let whole = source.text(entry.value.range.lowerBound..<rest.upperBound).trimmed
        return source.warning(
            "yaml.comment", at: rest, "“#”和它后面的字不会显示。", "“#” and what follows are not shown.",
            fix: .init("要显示就加英文双引号：\(entry.key): \"\(whole)\"", "To show it, use quotes: \(entry.key): \"\(whole)\"")
        ).fixed(
            by: source.replacing(
                entry.value.range.lowerBound..<rest.upperBound, with: "\"\(whole.replacing("\"", with: "\\\""))\""))
    }
}

/// A closing line before the first line that is no field.
private func closing(_ source: SourceFile) -> Edit? {
    let lines = source.lines().dropFirst()
    guard
        let body = lines.first(where: { line in
            let text = source.text(line)
            return text.trimmed.isEmpty || text.prefixMatch(of: /(?:[ \-]|[\p{L}_]+[:：])/) == nil
        })
    else { return source.inserting("---", after: source.bytes.count) }
    return source.inserting("---", before: body.lowerBound)
}

private func isFence(_ source: SourceFile, _ line: Range<Int>) -> Bool {
    guard line.count >= 3 else { return false }
    let bytes = source.bytes[line]
    return bytes.prefix(3).allSatisfy { $0 == UInt8(ascii: "-") }
        && bytes.dropFirst(3).allSatisfy { $0 == 32 || $0 == 9 }
}

private func afterLineEnd(_ source: SourceFile, _ end: Int) -> Int {
    guard end < source.bytes.count else { return end }
    let isPair = source.bytes[end] == 13 && end + 1 < source.bytes.count && source.bytes[end + 1] == 10
    return end + (isPair ? 2 : 1)
}
