/// A template compiled to instructions over one pool of literal bytes.
///
/// Instructions hold nothing but numbers: all threads run the same ones, and counting references to what they share would
/// cost more than what they do.
struct TemplateProgram: Sendable {
    enum Instruction: Sendable {
        /// Copies a piece of the pool.
        case copy(Range<Int>)
        case value(Path, isEscaped: Bool, place: Int)
        /// Runs the instructions up to `end` once for each item, with the item on the stack. `whole` is the program that
        /// they call, where they do nothing else.
        case section(Path, end: Int, whole: Int?, place: Int)
        /// Runs them when the value is false.
        case inverted(Path, end: Int, place: Int)
        /// Runs another program of the set.
        case call(Int)
    }

    /// The parts of a dotted name, by their places in `names`; none for `.`, the value itself.
    typealias Path = Range<Int32>

    /// Where an instruction was written.
    struct Place: Sendable {
        let name: String
        let template: SourceFile
        let range: Range<Int>
    }

    var instructions: [Instruction] = []
    var pool: [UInt8] = []
    var places: [Place] = []
    private(set) var names: [String] = []
    private(set) var keys: [NameKey] = []

    mutating func path(_ parts: some Collection<String>) -> Path {
        let start = Int32(names.count)
        names += parts
        keys += parts.map(NameKey.init)
        return start..<Int32(names.count)
    }

    /// Gives every call its program's index, from the index that it has here.
    mutating func link(_ targets: [Int]) {
        for (index, instruction) in instructions.enumerated() {
            if case .call(let local) = instruction { instructions[index] = .call(targets[local]) }
        }
        for (index, instruction) in instructions.enumerated() {
            guard case .section(let path, end: let end, whole: nil, let place) = instruction, end == index + 2,
                case .call(let program) = instructions[index + 1]
            else { continue }
            instructions[index] = .section(path, end: end, whole: program, place: place)
        }
    }

    func names(of path: Path) -> ArraySlice<String> { names[Int(path.lowerBound)..<Int(path.upperBound)] }
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
                program.instructions.append(.value(program.path(name.path), isEscaped: isEscaped, place: place(name)))
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
        let (place, path) = (place(name), program.path(name.path))
        program.instructions.append(.copy(0..<0))
        compile(content)
        let end = program.instructions.count
        program.instructions[index] =
            isInverted
            ? .inverted(path, end: end, place: place) : .section(path, end: end, whole: nil, place: place)
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
