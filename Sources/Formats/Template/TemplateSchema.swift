/// What templates are given, as the `given.yml` beside each one declares it: names, kinds, and a sentence for whoever
/// edits the template. Every name that a template uses is checked against it before any page is rendered.
public struct TemplateSchema: Sendable {
    public indirect enum Kind: Sendable {
        case text, markup, address, flag
        /// A list of texts, written with `{{.}}`.
        case texts
        case list(Fields)
        case record(Fields)
    }

    public struct Field: Sendable {
        public let name: String
        public let kind: Kind
        public let says: String
    }

    /// Fields of a record: given here, or those of another component's `given.yml`.
    public enum Fields: Sendable {
        case own([Field])
        case of(String)
    }

    private let components: [String: [Field]]

    /// Reads the `given.yml` of every component, by its folder's name.
    public init(_ sources: [String: SourceFile], into diagnostics: inout [Diagnostic]) {
        var components: [String: [Field]] = [:]
        for (name, source) in sources.sorted(by: { $0.key < $1.key }) {
            components[name] = SchemaReader(source: source, names: Set(sources.keys)).read(into: &diagnostics)
        }
        self.components = components
    }

    /// The fields that a component is given.
    public func fields(of component: String) -> [Field] { components[component] ?? [] }

    func fields(_ fields: Fields) -> [Field] {
        switch fields {
        case .own(let fields): fields
        case .of(let name): components[name] ?? []
        }
    }
}

private struct SchemaReader {
    let source: SourceFile
    let names: Set<String>

    func read(into diagnostics: inout [Diagnostic]) -> [TemplateSchema.Field] {
        guard let node = YAML.parse(source, into: &diagnostics) else { return [] }
        return fields(node, into: &diagnostics)
    }

    private func fields(_ node: YAMLNode, into diagnostics: inout [Diagnostic]) -> [TemplateSchema.Field] {
        (node.mapping ?? []).compactMap { entry in
            var reader = FieldReader(source, entry.value)
            let isWord = reader.reference("is", required: true)
            let says = reader.text("says") ?? ""
            let of = reader.reference("of")
            let own = reader.node(["fields"])
            reader.finish()
            diagnostics += reader.diagnostics
            guard let isWord else { return nil }
            if let of, !names.contains(of.name) { diagnostics.append(unknown(of, names.sorted())) }
            let inner =
                of.map { TemplateSchema.Fields.of($0.name) } ?? .own(own.map { fields($0, into: &diagnostics) } ?? [])
            guard let kind = kind(isWord.name, inner) else {
                diagnostics.append(unknown(isWord, ["text", "html", "address", "flag", "texts", "list", "record"]))
                return nil
            }
            return TemplateSchema.Field(name: entry.key, kind: kind, says: says)
        }
    }

    private func kind(_ word: String, _ inner: TemplateSchema.Fields) -> TemplateSchema.Kind? {
        switch word {
        case "text": .text
        case "html": .markup
        case "address": .address
        case "flag": .flag
        case "texts": .texts
        case "list": .list(inner)
        case "record": .record(inner)
        default: nil
        }
    }

    private func unknown(_ reference: Reference, _ known: [String]) -> Diagnostic {
        source.error(
            "template.schema", at: reference.range, "不认识“\(reference.name)”。", "Unknown “\(reference.name)”.",
            fix: NearMiss.fix(for: reference.name, among: known)
        ).fixed(by: source.correcting(reference.name, in: reference.range, among: known))
    }
}
