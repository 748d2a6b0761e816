private import CYAML

/// YAML 1.1 through libyaml's event API.
public enum YAML {
    /// Parses the YAML document in `range` of the file (default: all of it).
    ///
    /// Returns nil where there is none or after an error; errors and repetitions of keys are added to `diagnostics`,
    /// with lines and columns of the whole file.
    public static func parse(
        _ source: SourceFile, in range: Range<Int>? = nil, into diagnostics: inout [Diagnostic]
    ) -> YAMLNode? {
        PlainYAML.parse(source, in: range ?? 0..<source.bytes.count) ?? parseAll(source, in: range, into: &diagnostics)
    }

    /// The same, always by libyaml.
    static func parseAll(
        _ source: SourceFile, in range: Range<Int>? = nil, into diagnostics: inout [Diagnostic]
    ) -> YAMLNode? {
        var builder = TreeBuilder(source: source, range: range ?? 0..<source.bytes.count)
        let node = builder.document()
        diagnostics += builder.diagnostics
        return node
    }
}

/// Deeper nesting than this is refused: no file of a school needs it, and recursion must be bounded.
private let depthLimit = 32

private struct TreeBuilder {
    let source: SourceFile
    let range: Range<Int>
    var diagnostics: [Diagnostic] = []
    var parser = yaml_parser_t()
    var offsets: MarkOffsets

    init(source: SourceFile, range: Range<Int>) {
        self.source = source
        self.range = range
        offsets = MarkOffsets(range: range)
    }

    mutating func document() -> YAMLNode? {
        yaml_parser_initialize(&parser)
        defer { yaml_parser_delete(&parser) }
        return source.bytes.withUnsafeBufferPointer { bytes -> YAMLNode? in
            yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
            yaml_parser_set_input_string(&parser, bytes.baseAddress.map { $0 + range.lowerBound }, range.count)
            do throws(YAMLFailure) {
                return try root()
            } catch {
                diagnostics.append(error.diagnostic)
                return nil
            }
        }
    }

    private mutating func root() throws(YAMLFailure) -> YAMLNode? {
        var result: YAMLNode?
        while true {
            var event = try next()
            defer { yaml_event_delete(&event) }
            switch event.type {
            case YAML_STREAM_END_EVENT: return result
            case YAML_STREAM_START_EVENT, YAML_DOCUMENT_END_EVENT: continue
            case YAML_DOCUMENT_START_EVENT:
                if result != nil { throw several(event) }
            default: result = try node(&event, depth: 0)
            }
        }
    }

    private mutating func next() throws(YAMLFailure) -> yaml_event_t {
        var event = yaml_event_t()
        if yaml_parser_parse(&parser, &event) == 0 { throw syntaxFailure() }
        return event
    }

    private mutating func node(_ event: inout yaml_event_t, depth: Int) throws(YAMLFailure) -> YAMLNode {
        let start = offset(event.start_mark)
        if depth > depthLimit { throw tooDeep(start) }
        switch event.type {
        case YAML_SCALAR_EVENT: return scalar(event, start: start)
        case YAML_SEQUENCE_START_EVENT: return try sequence(start: start, depth: depth)
        case YAML_MAPPING_START_EVENT: return try mapping(start: start, depth: depth)
        default: throw alias(event, start: start)
        }
    }

    private mutating func scalar(_ event: yaml_event_t, start: Int) -> YAMLNode {
        let value = event.data.scalar
        let text = String(decoding: UnsafeBufferPointer(start: value.value, count: value.length), as: UTF8.self)
        let isPlain = value.style == YAML_PLAIN_SCALAR_STYLE
        return YAMLNode(content: .scalar(text, isPlain: isPlain), range: start..<max(start, offset(event.end_mark)))
    }

    private mutating func sequence(start: Int, depth: Int) throws(YAMLFailure) -> YAMLNode {
        var items: [YAMLNode] = []
        while true {
            var event = try next()
            defer { yaml_event_delete(&event) }
            if event.type == YAML_SEQUENCE_END_EVENT {
                let end = items.last?.range.upperBound ?? offset(event.end_mark)
                return YAMLNode(content: .sequence(items), range: start..<max(start, end))
            }
            items.append(try node(&event, depth: depth + 1))
        }
    }

    private mutating func mapping(start: Int, depth: Int) throws(YAMLFailure) -> YAMLNode {
        var entries: [YAMLNode.Entry] = []
        var seen: [String: Range<Int>] = [:]
        while true {
            var event = try next()
            defer { yaml_event_delete(&event) }
            if event.type == YAML_MAPPING_END_EVENT {
                let end = entries.last?.value.range.upperBound ?? offset(event.end_mark)
                return YAMLNode(content: .mapping(entries), range: start..<max(start, end))
            }
            let key = try node(&event, depth: depth + 1)
            guard let name = key.text else { throw keyIsNotText(key) }
            var valueEvent = try next()
            defer { yaml_event_delete(&valueEvent) }
            let value = try node(&valueEvent, depth: depth + 1)
            if let first = seen[name] {
                diagnostics.append(repeated(name, at: key.range, first: first))
            } else {
                seen[name] = key.range
                entries.append(YAMLNode.Entry(key: name, keyRange: key.range, value: value))
            }
        }
    }

    private mutating func offset(_ mark: yaml_mark_t) -> Int {
        offsets.byteOffset(ofScalar: mark.index, in: source.bytes)
    }
}

/// libyaml's marks count Unicode scalars from the start of its input; this turns them into byte offsets of the file.
/// It keeps its last answer, because marks come almost in order.
private struct MarkOffsets {
    let range: Range<Int>
    private var scalar = 0
    private var byte: Int

    init(range: Range<Int>) {
        self.range = range
        byte = range.lowerBound
    }

    mutating func byteOffset(ofScalar wanted: Int, in bytes: [UInt8]) -> Int {
        while scalar > wanted, byte > range.lowerBound {
            byte -= 1
            if bytes[byte] & 0xC0 != 0x80 { scalar -= 1 }
        }
        while scalar < wanted, byte < range.upperBound {
            byte += 1
            if byte == range.upperBound || bytes[byte] & 0xC0 != 0x80 { scalar += 1 }
        }
        return byte
    }
}

private struct YAMLFailure: Error {
    let diagnostic: Diagnostic
}

extension TreeBuilder {
    private mutating func syntaxFailure() -> YAMLFailure {
        let problem = parser.problem.map { String(cString: $0) } ?? ""
        let mark = offset(parser.problem_mark)
        let place = min(max(mark, range.lowerBound), max(range.lowerBound, range.upperBound - 1))
        let hasContext = parser.context != nil
        let opening = hasContext ? offset(parser.context_mark) : place
        return YAMLFailure(
            diagnostic: YAMLMistake(source: source, range: range, place: place).diagnostic(problem, opening: opening))
    }

    private mutating func several(_ event: yaml_event_t) -> YAMLFailure {
        let start = offset(event.start_mark)
        return YAMLFailure(
            diagnostic: source.error(
                "yaml.several-documents", at: start..<start + 1, "这里又出现了“---”，一个文件只能有一份数据。",
                "A second document starts here; a file holds one.",
                fix: .init("删去这一行“---”。", "Remove this “---” line.")
            ).fixed(by: source.removingLine(at: start)))
    }

    private mutating func alias(_ event: yaml_event_t, start: Int) -> YAMLFailure {
        let end = max(start + 1, offset(event.end_mark))
        return YAMLFailure(
            diagnostic: source.error(
                "yaml.alias", at: start..<end, "以“*”开头的写法（别名）不能使用。", "Aliases (*name) are not supported.",
                fix: .init("给这个值加上引号，或写出完整内容。", "Quote the value, or write it out in full.")
            ).fixed(by: source.replacing(start..<end, with: "\"\(source.text(start..<end))\"")))
    }

    private func tooDeep(_ start: Int) -> YAMLFailure {
        YAMLFailure(
            diagnostic: source.error(
                "yaml.too-deep", at: start..<start + 1, "嵌套超过\(depthLimit)层。",
                "Nested deeper than \(depthLimit) levels.",
                fix: .init("减少嵌套层数。", "Use fewer levels.")))
    }

    private func keyIsNotText(_ key: YAMLNode) -> YAMLFailure {
        YAMLFailure(
            diagnostic: source.error(
                "yaml.key-not-text", at: key.range, "名称必须是一段文字。", "A key must be a piece of text.",
                fix: .init("写成“名称: 内容”。", "Write “key: value”.")))
    }

    private func repeated(_ name: String, at range: Range<Int>, first: Range<Int>) -> Diagnostic {
        source.error(
            "yaml.repeated-key", at: range, "“\(name)”写了两次。", "“\(name)” is given twice.",
            fix: .init("删去其中一处。", "Remove one of them."),
            notes: [.init(source.location(first), .init("第一次在这里。", "First given here."))]
        ).fixed(by: source.removingLine(at: range.lowerBound))
    }
}
