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
    ///
    /// - Parameter isClean: Whether text may be published: then what the layout writes itself is known on every page.
    public func layout(
        _ name: String, frame: Record, component: String, schema: TemplateSchema, root: String,
        isClean: ([UInt8]) -> Bool
    ) -> TemplateLayout? {
        TemplateSpecialiser.specialise(
            name, in: templates, frame: frame, component: component, schema: schema, root: root
        ).map { TemplateLayout(program: $0, root: root, isKnown: isClean($0.pool)) }
    }

    /// The same as above, of a template that was worked out before, with the records that it was worked out for.
    public func render(
        _ layout: TemplateLayout, _ stack: [Record], page: String, to text: inout PageText,
        into diagnostics: inout [Diagnostic]
    ) {
        var run = TemplateRun(renderer: self, page: page, root: layout.root, stack: stack.map(Value.record))
        run.isKnown = layout.isKnown
        swap(&run.text, &text)
        run.run(layout.program)
        swap(&run.text, &text)
        diagnostics += run.diagnostics
    }

    /// What a template makes of a record, for all pages that show it; nil where it makes mistakes. The template must be
    /// closed: see `TemplateSet.isClosed`.
    public func prepare(
        _ name: String, isClean: ([UInt8]) -> Bool,
        _ record: @escaping @Sendable () -> Record
    ) -> PreparedRecord? {
        guard let index = templates.index(of: name) else { return nil }
        var run = TemplateRun(renderer: self, page: "", root: nil, stack: [.record(record())])
        run.run(templates.programs[index])
        guard run.diagnostics.isEmpty else { return nil }
        // Many are kept: their memory is no larger than it must be.
        let markup = Markup(bytes: run.text.bytes.withUnsafeBufferPointer(Array.init), slots: run.slots)
        return PreparedRecord(template: index, markup: markup, isKnown: isClean(markup.bytes), record: record)
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
        var run = TemplateRun(renderer: self, page: page, root: root, stack: stack)
        swap(&run.text.bytes, &output)
        run.run(templates.programs[index])
        swap(&run.text.bytes, &output)
        diagnostics += run.diagnostics
    }
}

/// A template that was worked out for a frame and for pages of one depth.
public final class TemplateLayout: Sendable {
    let program: TemplateProgram
    let root: String
    /// Whether what it writes itself was looked through.
    let isKnown: Bool

    init(program: TemplateProgram, root: String, isKnown: Bool) {
        (self.program, self.root, self.isKnown) = (program, root, isKnown)
    }
}

/// A page as it is being written.
public struct PageText: Sendable {
    public var bytes: [UInt8] = []
    /// Ranges of the bytes that were looked through already for what must not be published, in order.
    public private(set) var known: [Range<Int>] = []

    public init() {}

    /// Makes it empty, and keeps its memory for the next page.
    public mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        known.removeAll(keepingCapacity: true)
    }

    /// Appends bytes, of which it may be known that they are fit to be published.
    public mutating func append(_ more: [UInt8], isKnown: Bool) {
        let start = bytes.count
        bytes += more
        if isKnown { know(from: start) }
    }

    /// Remembers what was written since `start` as known; of short pieces it is not worth it.
    mutating func know(from start: Int) {
        if bytes.count - start >= 64 { known.append(start..<bytes.count) }
    }
}
