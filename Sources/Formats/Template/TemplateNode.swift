/// A template as it was written: the Mustache language, spec 1.4 with its inheritance module.
indirect enum TemplateNode {
    case text([UInt8])
    case variable(TagName, isEscaped: Bool)
    case section(TagName, isInverted: Bool, isStandalone: Bool, [TemplateNode])
    case partial(TagName, indent: [UInt8], isStandalone: Bool)
    /// `{{<name}}`: the named template with its blocks replaced; `isStandalone` when it has its lines to itself.
    case parent(TagName, indent: [UInt8], isStandalone: Bool, [TemplateBlock])
    case block(TemplateBlock)
}

extension TemplateNode {
    /// The templates that it names, in its content too.
    var references: Set<String> {
        switch self {
        case .text, .variable: []
        case .section(_, _, _, let content): TemplateNode.references(content)
        case .partial(let name, _, _): [name.text]
        case .parent(let name, _, _, let blocks):
            blocks.reduce(into: [name.text]) { $0.formUnion(TemplateNode.references($1.content)) }
        case .block(let block): TemplateNode.references(block.content)
        }
    }

    private static func references(_ nodes: [TemplateNode]) -> Set<String> {
        nodes.reduce(into: []) { $0.formUnion($1.references) }
    }
}

/// `{{$name}}…{{/name}}`: a part of a template that another one may replace.
struct TemplateBlock {
    let name: TagName
    /// The blanks before the opening tag, where it is the first on its line.
    var indent: [UInt8]
    /// Whether the opening tag has its line to itself, so that the content starts on the next one.
    let isStandalone: Bool
    var content: [TemplateNode]
}

/// A name in a tag, and where it stands in which file.
struct TagName {
    let text: String
    let template: SourceFile
    let range: Range<Int>

    /// The parts of a dotted name; none for `.`, the value itself.
    var path: [String] { text == "." ? [] : text.split(separator: ".").map(String.init) }
}
