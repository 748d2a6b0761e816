extension TemplateSet {
    /// An error for every name in `layout`, or in what it includes, that its schema and `page`'s do not give, and for
    /// every value that is written in a way its kind does not allow.
    public func check(layout: String, page: String, schema: TemplateSchema) -> [Diagnostic] {
        guard let index = index(of: layout) else {
            return [
                Diagnostic(
                    .error, "template.missing", in: "templates/\(layout)/\(layout).mustache", "缺少模板“\(layout)”。",
                    "The template “\(layout)” is missing.", fix: .init("恢复这个文件。", "Restore the file."))
            ]
        }
        var check = SchemaCheck(templates: self, schema: schema, layout: layout)
        check.stack = [.record(.of(page)), .record(.of(layout))]
        check.run(programs[index], 0..<programs[index].instructions.count)
        return check.diagnostics
    }
}

extension TemplateSet {
    /// Whether a template asks for nothing but what its own record gives, so that it looks the same on every page.
    public func isClosed(_ name: String, schema: TemplateSchema) -> Bool {
        check(layout: name, page: name, schema: schema).isEmpty
    }
}

private struct SchemaCheck {
    let templates: TemplateSet
    let schema: TemplateSchema
    let layout: String
    var stack: [TemplateSchema.Kind] = []
    var diagnostics: [Diagnostic] = []
    var depth = 0
    var calls = 0

    mutating func run(_ program: TemplateProgram, _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            switch program.instructions[index] {
            case .copy: break
            case .value(let path, let isEscaped, let place):
                if let kind = kind(path, program, place) { checkWritten(kind, isEscaped, program.places[place]) }
            case .section(let path, let end, _, let place):
                if let kind = kind(path, program, place) { checkSection(kind, program, index + 1..<end) }
                index = end
                continue
            case .inverted(let path, let end, let place):
                _ = kind(path, program, place)
                run(program, index + 1..<end)
                index = end
                continue
            case .call(let callee):
                // A partial that includes itself says nothing new after a few rounds.
                if depth < 4, calls < 1000 {
                    depth += 1
                    calls += 1
                    run(templates.programs[callee], 0..<templates.programs[callee].instructions.count)
                    depth -= 1
                }
            }
            index += 1
        }
    }

    private mutating func checkSection(_ kind: TemplateSchema.Kind, _ program: TemplateProgram, _ body: Range<Int>) {
        let item: TemplateSchema.Kind =
            switch kind {
            case .list(let fields): .record(fields)
            case .texts: .text
            default: kind
            }
        stack.append(item)
        run(program, body)
        stack.removeLast()
    }

    private mutating func kind(
        _ path: TemplateProgram.Path, _ program: TemplateProgram, _ place: Int
    ) -> TemplateSchema.Kind? {
        let path = program.names(of: path)
        guard let first = path.first else { return stack.last }
        var found: TemplateSchema.Kind?
        for kind in stack.reversed() where found == nil { found = field(first, in: kind) }
        for name in path.dropFirst() { found = found.flatMap { field(name, in: $0) } }
        if found == nil { report(unknown(program.places[place])) }
        return found
    }

    private func field(_ name: String, in kind: TemplateSchema.Kind) -> TemplateSchema.Kind? {
        guard case .record(let fields) = kind else { return nil }
        return schema.fields(fields).first { $0.name == name }?.kind
    }

    private mutating func checkWritten(_ kind: TemplateSchema.Kind, _ isEscaped: Bool, _ place: TemplateProgram.Place) {
        switch kind {
        case .text, .address, .flag: if !isEscaped { report(wrongKind(place)) }
        case .markup: if isEscaped { report(wrongKind(place)) }
        case .texts, .list, .record: report(wrongKind(place))
        }
    }

    private mutating func report(_ diagnostic: Diagnostic) {
        if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
    }

    private func unknown(_ place: TemplateProgram.Place) -> Diagnostic {
        let known = stack.reversed().flatMap { kind -> [String] in
            if case .record(let fields) = kind { schema.fields(fields).map(\.name) } else { [] }
        }
        return place.template.error(
            "template.unknown-name", at: place.range, "模板“\(layout)”里没有“\(place.name)”这项内容。",
            "The layout “\(layout)” is given no “\(place.name)”.", fix: NearMiss.fix(for: place.name, among: known)
        ).fixed(by: place.template.correcting(place.name, in: place.range, among: known))
    }

    private func wrongKind(_ place: TemplateProgram.Place) -> Diagnostic {
        place.template.error(
            "template.wrong-kind", at: place.range, "“\(place.name)”的写法不对：文字用两重花括号，HTML用三重，列表用“#”。",
            "“\(place.name)” is written the wrong way: text takes two braces, HTML three, a list a section.",
            fix: .init("查看同一文件夹里的given.yml。", "See given.yml in the same folder."))
    }
}
