/// Fills a template with values.
public struct TemplateRenderer: Sendable {
    public let templates: TemplateSet
    /// Whether a name that no record knows is an error; the Mustache specification wants it to be empty.
    public let isStrict: Bool

    public init(_ templates: TemplateSet, isStrict: Bool = true) {
        self.templates = templates
        self.isStrict = isStrict
    }

    /// Appends the template's text to `output`.
    ///
    /// - Parameters:
    ///   - name: The template; one that does not exist writes nothing and is an error.
    ///   - stack: The records that names are looked up in, the innermost last.
    ///   - page: The page being rendered, for diagnostics.
    ///   - root: What leads from the page to the site's root.
    public func render(
        _ name: String, _ stack: [Record], page: String, root: String, to output: inout [UInt8],
        into diagnostics: inout [Diagnostic]
    ) {
        render(name, values: stack.map(Value.record), page: page, root: root, to: &output, into: &diagnostics)
    }

    /// Works a template out as far as its frame is known; see `TemplateLayout`.
    public func layout(
        _ name: String, frame: Record, component: String, schema: TemplateSchema, root: String
    ) -> TemplateLayout? {
        TemplateSpecialiser.specialise(
            name, in: templates, frame: frame, component: component, schema: schema, root: root
        ).map { TemplateLayout(program: $0, root: root) }
    }

    /// The same as above, of a template that was worked out before, with the records that it was worked out for.
    public func render(
        _ layout: TemplateLayout, _ stack: [Record], page: String, to output: inout [UInt8],
        into diagnostics: inout [Diagnostic]
    ) {
        render(layout.program, stack.map(Value.record), page: page, root: layout.root, to: &output, into: &diagnostics)
    }

    /// The same with any values on the stack, as the Mustache specification's tests need.
    func render(
        _ name: String, values stack: [Value], page: String, root: String, to output: inout [UInt8],
        into diagnostics: inout [Diagnostic]
    ) {
        guard let index = templates.index(of: name) else {
            diagnostics.append(
                Diagnostic(
                    .error, "template.missing", in: "templates/\(name)/\(name).mustache", "缺少模板“\(name)”。",
                    "The template “\(name)” is missing.", fix: .init("恢复这个文件。", "Restore the file.")))
            return
        }
        render(templates.programs[index], stack, page: page, root: root, to: &output, into: &diagnostics)
    }

    private func render(
        _ program: TemplateProgram, _ stack: [Value], page: String, root: String, to output: inout [UInt8],
        into diagnostics: inout [Diagnostic]
    ) {
        var run = Run(renderer: self, page: page, root: root, stack: stack, output: [])
        swap(&run.output, &output)
        run.run(program)
        swap(&run.output, &output)
        diagnostics += run.diagnostics
    }
}

/// A template that was worked out for a frame and for pages of one depth.
public struct TemplateLayout: Sendable {
    let program: TemplateProgram
    let root: String
}

/// Programs that call each other deeper than this never end.
private let depthLimit = 100

/// More partials than this on one page lead back to themselves.
private let callLimit = 10_000

private struct Run {
    let renderer: TemplateRenderer
    let page: String
    let root: String
    var stack: [Value]
    var output: [UInt8]
    var diagnostics: [Diagnostic] = []
    var depth = 0
    var calls = 0

    mutating func run(_ program: TemplateProgram) { run(program, 0..<program.instructions.count) }

    private mutating func run(_ program: TemplateProgram, _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            switch program.instructions[index] {
            case .copy(let bytes):
                program.pool.withUnsafeBufferPointer {
                    output.append(contentsOf: UnsafeBufferPointer(rebasing: $0[bytes]))
                }
            case .value(let path, let isEscaped, let place):
                if let value = value(path, program, place) { write(value, isEscaped: isEscaped, program, place) }
            case .section(let path, let end, let place):
                if let value = value(path, program, place) { section(value, program, index + 1..<end) }
                index = end
                continue
            case .inverted(let path, let end, let place):
                if !(value(path, program, place)?.isTrue ?? false) { run(program, index + 1..<end) }
                index = end
                continue
            case .call(let callee): call(callee)
            }
            index += 1
        }
    }

    private mutating func call(_ callee: Int) {
        calls += 1
        guard depth < depthLimit, calls < callLimit else { return endless(callee) }
        depth += 1
        run(renderer.templates.programs[callee])
        depth -= 1
    }

    private mutating func endless(_ callee: Int) {
        guard !diagnostics.contains(where: { $0.id == "template.recursion" }) else { return }
        let place = renderer.templates.programs[callee].places.first
        diagnostics.append(
            Diagnostic(
                .error, "template.recursion", in: place?.template.path ?? page, "模板又引用了自己，没有尽头。",
                "A template includes itself without end.",
                fix: .init("去掉其中一处引用。", "Remove one of the references.")))
    }

    private mutating func section(_ value: Value, _ program: TemplateProgram, _ body: Range<Int>) {
        guard value.isTrue else { return }
        let items: [Value] = if case .list(let items) = value { items } else { [value] }
        for item in items {
            stack.append(item)
            run(program, body)
            stack.removeLast()
        }
    }

    /// Looks a name up: its first part in the innermost record that has it, the rest inside of what was found.
    private mutating func value(_ path: [String], _ program: TemplateProgram, _ place: Int) -> Value? {
        guard let first = path.first else { return stack.last }
        for value in stack.reversed() {
            guard case .record(let record) = value, var found = record[first] else { continue }
            for name in path.dropFirst() {
                guard case .record(let inner) = found, let next = inner[name] else {
                    return unknown(program.places[place], known: [])
                }
                found = next
            }
            return found
        }
        return unknown(program.places[place], known: names())
    }

    private mutating func write(_ value: Value, isEscaped: Bool, _ program: TemplateProgram, _ place: Int) {
        switch value {
        case .text(let text):
            if isEscaped || renderer.isStrict { appendEscaped(text, to: &output) } else { output += text.utf8 }
        case .markup(let markup):
            if isEscaped { wrongKind(program.places[place]) }
            markup.write(to: &output, root: root)
        case .address(let address): appendAddress(address, root: root, to: &output)
        case .flag(let flag): output += (flag ? "true" : "false").utf8
        case .absent: break
        case .list, .record: if renderer.isStrict { wrongKind(program.places[place]) }
        }
    }

    private func names() -> [String] {
        stack.reversed().flatMap { value in
            if case .record(let record) = value { record.fields.map(\.name) } else { [String]() }
        }
    }

    private mutating func unknown(_ place: TemplateProgram.Place, known: [String]) -> Value? {
        if renderer.isStrict {
            diagnostics.append(
                place.template.error(
                    "template.unknown-name", at: place.range, "模板里的“\(place.name)”没有对应的内容。",
                    "The template is given no “\(place.name)”.",
                    fix: NearMiss.fix(for: place.name, among: known), notes: [rendering]))
        }
        return nil
    }

    private mutating func wrongKind(_ place: TemplateProgram.Place) {
        diagnostics.append(
            place.template.error(
                "template.wrong-kind", at: place.range, "“\(place.name)”不能这样写出：HTML要用三重花括号，列表要用“#”。",
                "“\(place.name)” cannot be written like this: HTML needs triple braces, a list a section.",
                fix: .init(
                    "写成“{{{\(place.name)}}}”或“{{#\(place.name)}}…{{/\(place.name)}}”。",
                    "Write “{{{\(place.name)}}}” or “{{#\(place.name)}}…{{/\(place.name)}}”."),
                notes: [rendering]))
    }

    private var rendering: Diagnostic.Note {
        .init(.init(path: page), .init("生成这一页时发现。", "Found while rendering this page."))
    }
}
