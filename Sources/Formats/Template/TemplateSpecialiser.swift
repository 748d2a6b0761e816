/// Works a template out as far as some of what it is given is known already: what stands around every page of a site becomes
/// a few long literals, and only a page's own values are left to be filled in.
///
/// What remains is looked up as before, in the same records; so a page is the same with and without this.
struct TemplateSpecialiser {
    /// What the specialiser knows of a record on the stack.
    private enum Entry {
        /// The value itself.
        case known(Value)
        /// Known values, beside fields that are given later.
        case partly(Record, later: [TemplateSchema.Field])
        /// A value of a kind that is given later.
        case later(TemplateSchema.Kind?)
    }

    private enum Found {
        case known(Value)
        case later(TemplateSchema.Kind?)
    }

    let templates: TemplateSet
    let schema: TemplateSchema
    let root: String
    private var program = TemplateProgram()
    private var stack: [Entry] = []
    private var depth = 0
    private var calls = 0
    /// Instructions before this one are led to; literal text is not added to them.
    private var mergeable = 0

    /// - Parameters:
    ///   - frame: What is known of the outer record.
    ///   - component: The component that declares the outer record's other fields.
    ///   - layout: The template, and the component that declares the inner record.
    static func specialise(
        _ layout: String, in templates: TemplateSet, frame: Record, component: String, schema: TemplateSchema,
        root: String
    ) -> TemplateProgram? {
        guard let index = templates.index(of: layout) else { return nil }
        var specialiser = TemplateSpecialiser(templates: templates, schema: schema, root: root)
        let later = schema.fields(of: component).filter { frame[$0.name] == nil }
        specialiser.stack = [.partly(frame, later: later), .later(.record(.of(layout)))]
        specialiser.run(templates.programs[index], 0..<templates.programs[index].instructions.count)
        return specialiser.program
    }

    private init(templates: TemplateSet, schema: TemplateSchema, root: String) {
        self.templates = templates
        self.schema = schema
        self.root = root
    }
}

/// Partials that lie in each other deeper than this are called, not worked out: they may have no end.
private let depthLimit = 12

/// So are all partials behind so many: one that includes itself twice would double with each of those levels.
private let callLimit = 1000

extension TemplateSpecialiser {
    private mutating func run(_ source: TemplateProgram, _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let instruction = source.instructions[index]
            switch instruction {
            case .copy(let bytes): copy(source.pool[bytes])
            case .value(let path, let isEscaped, let place):
                let names = source.names(of: path)
                if case .known(let value) = find(names), let text = text(value, isEscaped: isEscaped) {
                    copy(text[...])
                } else {
                    let (path, place) = (program.path(names), add(source.places[place]))
                    program.instructions.append(.value(path, isEscaped: isEscaped, place: place))
                }
            case .section(let path, let end, let whole, let place):
                section(source.names(of: path), source, index + 1..<end, whole, place)
                index = end
                continue
            case .inverted(let path, let end, let place):
                inverted(source.names(of: path), source, index + 1..<end, place)
                index = end
                continue
            case .call(let callee):
                depth += 1
                calls += 1
                if depth < depthLimit, calls < callLimit {
                    run(templates.programs[callee], 0..<templates.programs[callee].instructions.count)
                } else {
                    program.instructions.append(instruction)
                }
                depth -= 1
            }
            index += 1
        }
    }

    private mutating func section(
        _ path: ArraySlice<String>, _ source: TemplateProgram, _ body: Range<Int>, _ whole: Int?, _ place: Int
    ) {
        switch find(path) {
        case .known(let value):
            guard value.isTrue else { return }
            let items: [Value] = if case .list(let items) = value { items } else { [value] }
            for item in items {
                stack.append(.known(item))
                run(source, body)
                stack.removeLast()
            }
        case .later(let kind):
            let item: TemplateSchema.Kind? =
                switch kind {
                case .list(let fields): .record(fields)
                case .texts: .text
                default: kind
                }
            let path = program.path(path)
            jump(over: source, body, with: .later(item), source.places[place]) {
                .section(path, end: $0, whole: whole, place: $1)
            }
        }
    }

    private mutating func inverted(
        _ path: ArraySlice<String>, _ source: TemplateProgram, _ body: Range<Int>, _ place: Int
    ) {
        switch find(path) {
        case .known(let value): if !value.isTrue { run(source, body) }
        case .later:
            let path = program.path(path)
            jump(over: source, body, with: nil, source.places[place]) { .inverted(path, end: $0, place: $1) }
        }
    }

    /// Works a body out that is run or passed over when a page is made.
    private mutating func jump(
        over source: TemplateProgram, _ body: Range<Int>, with entry: Entry?, _ place: TemplateProgram.Place,
        _ instruction: (_ end: Int, _ place: Int) -> TemplateProgram.Instruction
    ) {
        let start = program.instructions.count
        let place = add(place)
        program.instructions.append(.copy(0..<0))
        mergeable = program.instructions.count
        if let entry { stack.append(entry) }
        run(source, body)
        if entry != nil { stack.removeLast() }
        program.instructions[start] = instruction(program.instructions.count, place)
        mergeable = program.instructions.count
    }

    /// Adds literal text, to what was written last if nothing leads between the two.
    private mutating func copy(_ bytes: ArraySlice<UInt8>) {
        if bytes.isEmpty { return }
        let start = program.pool.count
        program.pool += bytes
        if program.instructions.count > mergeable, case .copy(let last) = program.instructions.last {
            program.instructions[program.instructions.count - 1] = .copy(last.lowerBound..<program.pool.count)
        } else {
            program.instructions.append(.copy(start..<program.pool.count))
        }
    }

    private mutating func add(_ place: TemplateProgram.Place) -> Int {
        program.places.append(place)
        return program.places.count - 1
    }
}

extension TemplateSpecialiser {
    /// Where a name will be found: in the innermost record that has it.
    private func find(_ path: ArraySlice<String>) -> Found {
        guard let first = path.first else {
            switch stack.last {
            case .known(let value): return .known(value)
            case .later(let kind): return .later(kind)
            default: return .later(nil)
            }
        }
        for entry in stack.reversed() {
            switch entry {
            case .known(let value):
                if let value = value.record?[first] { return known(value, path.dropFirst()) }
            case .partly(let record, let later):
                if let value = record[first] { return known(value, path.dropFirst()) }
                if let field = later.first(where: { $0.name == first }) {
                    return .later(kind(field.kind, path.dropFirst()))
                }
            case .later(.record(let fields)):
                if let field = schema.fields(fields).first(where: { $0.name == first }) {
                    return .later(kind(field.kind, path.dropFirst()))
                }
            case .later(nil): return .later(nil)
            case .later: continue
            }
        }
        return .later(nil)
    }

    private func known(_ value: Value, _ path: ArraySlice<String>) -> Found {
        var found = value
        for name in path {
            guard case .record(let record) = found, let next = record[name] else { return .later(nil) }
            found = next
        }
        return .known(found)
    }

    private func kind(_ kind: TemplateSchema.Kind, _ path: ArraySlice<String>) -> TemplateSchema.Kind? {
        var found: TemplateSchema.Kind? = kind
        for name in path {
            guard case .record(let fields) = found else { return nil }
            found = schema.fields(fields).first { $0.name == name }?.kind
        }
        return found
    }

    /// A value as it is written; nil where writing it would be a mistake, which is told when a page is made.
    private func text(_ value: Value, isEscaped: Bool) -> [UInt8]? {
        var bytes: [UInt8] = []
        switch value {
        case .text(let text): appendEscaped(text, to: &bytes)
        case .bytes(let slice): appendEscaped(slice, to: &bytes)
        case .address(let address): appendAddress(address, root: root, to: &bytes)
        case .flag(let flag): bytes += (flag ? "true" : "false").utf8
        case .absent: break
        case .markup(let markup):
            if isEscaped { return nil }
            markup.write(to: &bytes, root: root)
        case .list, .record, .prepared: return nil
        }
        return bytes
    }
}
