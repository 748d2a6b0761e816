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
