/// All templates of a site, compiled together, so that a name that leads nowhere is found before any page is made.
public struct TemplateSet: Sendable {
    let programs: [TemplateProgram]
    private let indices: [String: Int]
    /// What each template names directly: partials and parents.
    private let references: [String: Set<String>]

    /// The names of the templates that can be rendered.
    public var names: [String] { indices.keys.sorted() }

    /// Compiles templates by name, with the texts of one language as partials (`t.KEY`). A partial or parent that does not exist is an error at its place, unless
    /// `isStrict` is off, where it is empty, as the Mustache specification wants.
    public init(
        _ templates: [String: SourceFile], wording: Wording? = nil, isStrict: Bool = true,
        into diagnostics: inout [Diagnostic]
    ) {
        var builder = Builder(templates: templates, wording: wording, isStrict: isStrict)
        for name in templates.keys.sorted() { builder.add(name) }
        builder.compileAll()
        programs = builder.programs
        indices = builder.indices.reduce(into: [:]) { if $1.key.indent.isEmpty { $0[$1.key.name] = $1.value } }
        references = builder.parsed.mapValues { $0.reduce(into: []) { $0.formUnion($1.references) } }
        diagnostics += builder.diagnostics
    }

    /// A template and everything that it uses, in the order of names.
    public func closure(of name: String) -> [String] {
        var found: Set<String> = []
        var pending = [name]
        while let next = pending.popLast() {
            if found.insert(next).inserted { pending += references[next] ?? [] }
        }
        return found.sorted()
    }

    /// The program of a template.
    func index(of name: String) -> Int? { indices[name] }
}

private struct Builder {
    /// A partial on an indented line of its own is a program of its own, with every line indented.
    struct Variant: Hashable {
        let name: String
        let indent: [UInt8]
    }

    let isStrict: Bool
    let names: [String]
    var parsed: [String: [TemplateNode]] = [:]
    var programs: [TemplateProgram] = []
    var indices: [Variant: Int] = [:]
    var pending: [Variant] = []
    var diagnostics: [Diagnostic] = []

    init(templates: [String: SourceFile], wording: Wording?, isStrict: Bool) {
        self.isStrict = isStrict
        let texts = wording?.texts ?? [:]
        names = templates.keys.sorted() + texts.keys.sorted().map { Wording.prefix + $0 }
        for name in templates.keys.sorted() {
            parsed[name] = TemplateParser.parse(templates[name]!, into: &diagnostics)
        }
        for key in texts.keys.sorted() {
            let (source, range) = (wording!.source, texts[key]!.range)
            parsed[Wording.prefix + key] = TemplateParser.parse(source, source.bytes[range], into: &diagnostics)
        }
    }

    mutating func add(_ name: String) { _ = index(of: Variant(name: name, indent: [])) }

    private mutating func index(of variant: Variant) -> Int {
        if let index = indices[variant] { return index }
        indices[variant] = programs.count
        programs.append(TemplateProgram())
        pending.append(variant)
        return programs.count - 1
    }

    mutating func compileAll() {
        while let variant = pending.popLast() { compile(variant) }
    }

    private mutating func compile(_ variant: Variant) {
        var missing: [TagName] = []
        let parsed = parsed
        var inheritance = TemplateInheritance { name in
            if parsed[name.text] == nil { missing.append(name) }
            return parsed[name.text]
        }
        let nodes = inheritance.expand(indented(parsed[variant.name] ?? [], by: variant.indent))
        diagnostics += inheritance.diagnostics
        var calls: [Variant] = []
        var compiler = TemplateCompiler { name, indent in
            guard parsed[name.text] != nil else {
                missing.append(name)
                return nil
            }
            // A template that includes itself, indented, would go on for ever.
            calls.append(Variant(name: name.text, indent: indent.count > 80 ? [] : indent))
            return calls.count - 1
        }
        compiler.compile(nodes)
        var program = compiler.program
        let targets = calls.map { index(of: $0) }
        program.link(targets)
        programs[indices[variant]!] = program
        if isStrict { diagnostics += missing.map(unknownTemplate) }
    }

    private func unknownTemplate(_ name: TagName) -> Diagnostic {
        name.template.error(
            "template.unknown-partial", at: name.range, "没有名为“\(name.text)”的模板。",
            "There is no template “\(name.text)”.",
            fix: NearMiss.fix(for: name.text, among: names)
        ).fixed(by: name.template.correcting(name.text, in: name.range, among: names))
    }
}
