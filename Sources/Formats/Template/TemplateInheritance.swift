/// Puts templates with blocks together, before anything is compiled: what remains has neither parents nor blocks.
///
/// Indentation follows the inheritance module: a replacement loses its own indent and takes that of the block's
/// default content, or of the block's tag where the default is empty.
struct TemplateInheritance {
    let find: (TagName) -> [TemplateNode]?
    private(set) var diagnostics: [Diagnostic] = []
    private var expansions = 0

    init(find: @escaping (TagName) -> [TemplateNode]?) { self.find = find }

    mutating func expand(_ nodes: [TemplateNode]) -> [TemplateNode] { expand(nodes, blocks: [:], depth: 0) }
}

/// Parents nested deeper than this lead back to themselves.
private let depthLimit = 40

extension TemplateInheritance {
    /// `blocks` holds the replacements in force; the outermost template's come first and win.
    private mutating func expand(
        _ nodes: [TemplateNode], blocks: [String: TemplateBlock], depth: Int
    ) -> [TemplateNode] {
        var result: [TemplateNode] = []
        for node in nodes {
            switch node {
            case .section(let name, let isInverted, let isStandalone, let content):
                let content = expand(content, blocks: blocks, depth: depth)
                result.append(.section(name, isInverted: isInverted, isStandalone: isStandalone, content))
            case .block(let block):
                guard let replacement = blocks[block.name.text] else {
                    result += expand(block.content, blocks: blocks, depth: depth)
                    continue
                }
                guard mayExpand(block.name, depth) else { continue }
                result += expand(placed(replacement, at: block), blocks: blocks, depth: depth + 1)
            case .parent(let name, let indent, let isStandalone, let own):
                guard mayExpand(name, depth) else { continue }
                guard let parent = find(name) else { continue }
                let merged = Dictionary(own.map { ($0.name.text, $0) }) { $1 }.merging(blocks) { $1 }
                let content = isStandalone ? indented(parent, by: indent) : parent
                result += expand(content, blocks: merged, depth: depth + 1)
            case .text, .variable, .partial: result.append(node)
            }
        }
        return result
    }

    /// Whether there is an end to be seen. What leads back to itself once may do so in many places, and each of them in each
    /// other: after the first nothing more is put in.
    private mutating func mayExpand(_ name: TagName, _ depth: Int) -> Bool {
        expansions += 1
        guard diagnostics.isEmpty else { return false }
        if depth < depthLimit, expansions < 1000 { return true }
        diagnostics.append(recursion(name))
        return false
    }

    private func placed(_ replacement: TemplateBlock, at block: TemplateBlock) -> [TemplateNode] {
        let own = replacement.isStandalone ? intrinsicIndent(replacement.content) : []
        let content = dedented(replacement.content, by: own.count)
        let isEmpty = block.content.isEmpty
        guard block.isStandalone else { return indented(content, by: block.indent, firstLineToo: false) }
        return indented(content, by: isEmpty ? block.indent : intrinsicIndent(block.content))
    }

    private func recursion(_ name: TagName) -> Diagnostic {
        name.template.error(
            "template.recursion", at: name.range, "模板“\(name.text)”又引用了自己。",
            "The template “\(name.text)” leads back to itself.",
            fix: .init("去掉其中一处引用。", "Remove one of the references."))
    }
}

/// The blanks at the start of the first line.
private func intrinsicIndent(_ nodes: [TemplateNode]) -> [UInt8] {
    switch nodes.first {
    case .text(let bytes): Array(bytes.prefix { $0 == 32 || $0 == 9 })
    case .block(let block): block.indent
    case .section(_, _, isStandalone: true, let content): intrinsicIndent(content)
    default: []
    }
}

/// Takes up to `count` blanks off the start of every line.
private func dedented(_ nodes: [TemplateNode], by count: Int) -> [TemplateNode] {
    if count == 0 { return nodes }
    var atLineStart = true
    return nodes.map { dedented($0, by: count, atLineStart: &atLineStart) }
}

/// Puts `indent` before every line that holds anything, the first one only if `firstLineToo`.
func indented(_ nodes: [TemplateNode], by indent: [UInt8], firstLineToo: Bool = true) -> [TemplateNode] {
    if indent.isEmpty { return nodes }
    var atLineStart = firstLineToo
    return indented(nodes, by: indent, atLineStart: &atLineStart)
}

private func indented(_ nodes: [TemplateNode], by indent: [UInt8], atLineStart: inout Bool) -> [TemplateNode] {
    var result: [TemplateNode] = []
    func startLine() {
        if atLineStart { result.append(.text(indent)) }
        atLineStart = false
    }
    for node in nodes {
        switch node {
        case .text(let bytes):
            var text: [UInt8] = []
            for byte in bytes {
                if atLineStart { text += indent }
                text.append(byte)
                atLineStart = byte == 10
            }
            result.append(.text(text))
        case .section(let name, let isInverted, let isStandalone, let content):
            if !isStandalone { startLine() }
            let content = indented(content, by: indent, atLineStart: &atLineStart)
            if isStandalone { atLineStart = true }
            result.append(.section(name, isInverted: isInverted, isStandalone: isStandalone, content))
        case .partial(let name, let own, let isStandalone):
            if !isStandalone { startLine() }
            result.append(.partial(name, indent: isStandalone ? indent + own : own, isStandalone: isStandalone))
        case .parent(let name, let own, let isStandalone, let blocks):
            if !isStandalone { startLine() }
            result.append(.parent(name, indent: isStandalone ? indent + own : own, isStandalone: isStandalone, blocks))
        case .block(var block):
            if !block.isStandalone { startLine() }
            block.indent = indent + block.indent
            block.content = indented(block.content, by: indent, atLineStart: &atLineStart)
            result.append(.block(block))
        case .variable:
            startLine()
            result.append(node)
        }
    }
    return result
}

private func dedented(_ node: TemplateNode, by count: Int, atLineStart: inout Bool) -> TemplateNode {
    switch node {
    case .text(let bytes):
        var text: [UInt8] = []
        for part in bytes.lines {
            text += atLineStart ? part.drop(blanks: count) : part
            atLineStart = part.last == 10
        }
        return .text(text)
    case .section(let name, let isInverted, let isStandalone, let content):
        let content = content.map { dedented($0, by: count, atLineStart: &atLineStart) }
        if isStandalone { atLineStart = true }
        return .section(name, isInverted: isInverted, isStandalone: isStandalone, content)
    case .partial(let name, let indent, let isStandalone):
        return .partial(name, indent: indent.drop(blanks: count), isStandalone: isStandalone)
    case .parent(let name, let indent, let isStandalone, let blocks):
        return .parent(name, indent: indent.drop(blanks: count), isStandalone: isStandalone, blocks)
    case .block(var block):
        block.indent = block.indent.drop(blanks: count)
        block.content = block.content.map { dedented($0, by: count, atLineStart: &atLineStart) }
        return .block(block)
    case .variable:
        atLineStart = false
        return node
    }
}

extension [UInt8] {
    /// Without up to `count` leading blanks.
    fileprivate func drop(blanks count: Int) -> [UInt8] {
        let blanks = prefix { $0 == 32 || $0 == 9 }.count
        return Array(dropFirst(Swift.min(count, blanks)))
    }

    /// The lines, each with its end.
    fileprivate var lines: [[UInt8]] {
        var lines: [[UInt8]] = []
        var start = 0
        for index in indices where self[index] == 10 {
            lines.append(Array(self[start...index]))
            start = index + 1
        }
        if start < count { lines.append(Array(self[start...])) }
        return lines
    }
}
