/// Programs that call each other deeper than this never end; sections in each other count as well, because each takes its part of
/// a thread's stack.
private let depthLimit = 60

/// More partials than this on one page lead back to themselves.
private let callLimit = 10_000

/// A page of more bytes, and more mistakes on one page than anybody reads, come from such a template, too.
private let sizeLimit = 1 << 26
private let diagnosticLimit = 100

/// One template at work: fills in values from a stack of records.
struct TemplateRun {
    let renderer: TemplateRenderer
    let page: String
    /// Where addresses are left open, there is none.
    let root: String?
    var stack: [Value]
    var text = PageText()
    /// Addresses that are left open.
    var slots: [Markup.Slot] = []
    /// Whether the program's own text was looked through.
    var isKnown = false
    var diagnostics: [Diagnostic] = []
    var depth = 0
    var calls = 0

    init(renderer: TemplateRenderer, page: String, root: String?, stack: [Value]) {
        self.renderer = renderer
        self.page = page
        self.root = root
        self.stack = stack
    }

    mutating func run(_ program: TemplateProgram) {
        program.instructions.withUnsafeBufferPointer { run($0, of: program, 0..<$0.count) }
    }

    private mutating func run(
        _ instructions: UnsafeBufferPointer<TemplateProgram.Instruction>, of program: borrowing TemplateProgram,
        _ range: Range<Int>
    ) {
        var index = range.lowerBound
        while index < range.upperBound {
            switch instructions[index] {
            case .copy(let bytes):
                let start = text.bytes.count
                program.pool.withUnsafeBufferPointer {
                    text.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[bytes]))
                }
                if isKnown { text.know(from: start) }
            case .value(let path, let isEscaped, let place):
                if let value = value(path, program, place) { write(value, isEscaped: isEscaped, program, place) }
            case .section(let path, let end, let whole, let place):
                if let value = value(path, program, place), value.isTrue {
                    section(value, instructions, program, index + 1..<end, whole)
                }
                index = end
                continue
            case .inverted(let path, let end, let place):
                if !(value(path, program, place)?.isTrue ?? false) {
                    depth += 1
                    if depth < depthLimit { run(instructions, of: program, index + 1..<end) } else { endless(nil) }
                    depth -= 1
                }
                index = end
                continue
            case .call(let callee): call(callee)
            }
            index += 1
        }
    }

    private mutating func call(_ callee: Int) {
        calls += 1
        guard depth < depthLimit, calls < callLimit, text.bytes.count < sizeLimit else {
            return endless(renderer.templates.programs[callee].places.first)
        }
        depth += 1
        run(renderer.templates.programs[callee])
        depth -= 1
    }

    private mutating func endless(_ place: TemplateProgram.Place?) {
        calls = callLimit
        guard !diagnostics.contains(where: { $0.id == "template.recursion" }) else { return }
        diagnostics.append(
            Diagnostic(
                .error, "template.recursion", in: place?.template.path ?? page, "模板又引用了自己，没有尽头。",
                "A template includes itself without end.",
                fix: .init("去掉其中一处引用。", "Remove one of the references.")))
    }

    private mutating func section(
        _ value: Value, _ instructions: UnsafeBufferPointer<TemplateProgram.Instruction>,
        _ program: borrowing TemplateProgram, _ body: Range<Int>, _ whole: Int?
    ) {
        guard depth < depthLimit else { return endless(program.places.first) }
        depth += 1
        defer { depth -= 1 }
        guard case .list(let items) = value else {
            push(value)
            run(instructions, of: program, body)
            stack.removeLast()
            return
        }
        for item in items {
            if case .prepared(let prepared) = item, prepared.template == whole {
                write(prepared)
            } else {
                push(item)
                run(instructions, of: program, body)
                stack.removeLast()
            }
        }
    }

    private mutating func push(_ value: Value) {
        if case .prepared(let prepared) = value {
            stack.append(.record(prepared.record()))
        } else {
            stack.append(value)
        }
    }

    /// Looks a name up: its first part in the innermost record that has it, the rest inside of what was found.
    private func find(_ path: TemplateProgram.Path, _ program: borrowing TemplateProgram) -> Value? {
        guard let first = path.first else { return stack.last }
        let key = program.keys[Int(first)]
        var found = stack.withUnsafeBufferPointer { stack -> Value? in
            for index in stack.indices.reversed() {
                if let found = stack[index][key] { return found }
            }
            return nil
        }
        for name in first + 1..<path.upperBound { found = found?.record?[program.keys[Int(name)]] }
        return found
    }

    private mutating func value(
        _ path: TemplateProgram.Path, _ program: borrowing TemplateProgram, _ place: Int
    ) -> Value? {
        let found = find(path, program)
        if found == nil { unknown(program.places[place]) }
        return found
    }

    private mutating func write(
        _ value: Value, isEscaped: Bool, _ program: borrowing TemplateProgram, _ place: Int
    ) {
        switch value {
        case .text(let words):
            if isEscaped || renderer.isStrict {
                appendEscaped(words, to: &text.bytes)
            } else {
                text.bytes += words.utf8
            }
        case .bytes(let slice): appendEscaped(slice, to: &text.bytes)
        case .markup(let markup):
            if isEscaped { wrongKind(program.places[place]) }
            write(markup)
        case .address(let address):
            if let root {
                appendAddress(address, root: root, to: &text.bytes)
            } else {
                slots.append(.init(offset: text.bytes.count, address: address))
            }
        case .flag(let flag): text.bytes += (flag ? "true" : "false").utf8
        case .absent: break
        case .list, .record, .prepared: if renderer.isStrict { wrongKind(program.places[place]) }
        }
    }

    private mutating func write(_ prepared: PreparedRecord) {
        let start = text.bytes.count
        write(prepared.markup)
        if isKnown, prepared.isKnown { text.know(from: start) }
    }

    private mutating func write(_ markup: Markup) {
        if let root { return markup.write(to: &text.bytes, root: root) }
        slots += markup.slots.map { .init(offset: $0.offset + text.bytes.count, address: $0.address) }
        text.bytes += markup.bytes
    }

    private func names() -> [String] {
        stack.reversed().flatMap { value in
            if case .record(let record) = value { record.names } else { [String]() }
        }
    }

    private mutating func unknown(_ place: TemplateProgram.Place) {
        guard renderer.isStrict, diagnostics.count < diagnosticLimit else { return }
        diagnostics.append(
            place.template.error(
                "template.unknown-name", at: place.range, "模板里的“\(place.name)”没有对应的内容。",
                "The template is given no “\(place.name)”.",
                fix: NearMiss.fix(for: place.name, among: names()), notes: [rendering]))
    }

    private mutating func wrongKind(_ place: TemplateProgram.Place) {
        if diagnostics.count >= diagnosticLimit { return }
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
