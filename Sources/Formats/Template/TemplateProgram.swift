/// A template compiled to instructions over one pool of literal bytes.
struct TemplateProgram: Sendable {
    enum Instruction: Sendable {
        /// Copies a piece of the pool.
        case copy(Range<Int>)
        case value(path: [String], isEscaped: Bool, place: Int)
        /// Runs the instructions up to `end` once for each item, with the item on the stack.
        case section(path: [String], end: Int, place: Int)
        /// Runs them when the value is false.
        case inverted(path: [String], end: Int, place: Int)
        /// Runs another program of the set.
        case call(Int)
    }

    /// Where an instruction was written.
    struct Place: Sendable {
        let name: String
        let template: SourceFile
        let range: Range<Int>
    }

    var instructions: [Instruction] = []
    var pool: [UInt8] = []
    var places: [Place] = []
}

/// Compiles nodes, which inheritance has already put together. `call` gives the index of a partial's program.
struct TemplateCompiler {
    private(set) var program = TemplateProgram()
    let call: (TagName, [UInt8]) -> Int?

    init(call: @escaping (TagName, [UInt8]) -> Int?) { self.call = call }

    mutating func compile(_ nodes: [TemplateNode]) {
        for node in nodes {
            switch node {
            case .text(let bytes): copy(bytes)
            case .variable(let name, let isEscaped):
                program.instructions.append(.value(path: name.path, isEscaped: isEscaped, place: place(name)))
            case .section(let name, let isInverted, _, let content):
                section(name, isInverted: isInverted, content)
            case .partial(let name, let indent, _):
                if let index = call(name, indent) { program.instructions.append(.call(index)) }
            case .parent, .block: break
            }
        }
    }

    private mutating func section(_ name: TagName, isInverted: Bool, _ content: [TemplateNode]) {
        let index = program.instructions.count
        let place = place(name)
        program.instructions.append(.copy(0..<0))
        compile(content)
        let end = program.instructions.count
        program.instructions[index] =
            isInverted
            ? .inverted(path: name.path, end: end, place: place) : .section(path: name.path, end: end, place: place)
    }

    private mutating func copy(_ bytes: [UInt8]) {
        let start = program.pool.count
        program.pool += bytes
        program.instructions.append(.copy(start..<program.pool.count))
    }

    private mutating func place(_ name: TagName) -> Int {
        program.places.append(.init(name: name.text, template: name.template, range: name.range))
        return program.places.count - 1
    }
}
