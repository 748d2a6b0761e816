private import CExpat

/// What an XML document says, event by event (expat). Names are without their namespace's prefix, because programs choose
/// different ones.
enum XMLEvent {
    case start(name: String, attributes: [String: String])
    case text(String)
    case end(name: String)
}

enum XMLReader {
    /// Hands every event of a document to `take`; false where it is not well-formed. Documents that declare entities are
    /// refused: no spreadsheet has any, and nested ones grow without end.
    static func read(_ bytes: [UInt8], _ take: (XMLEvent) -> Void) -> Bool {
        guard let parser = XML_ParserCreate("UTF-8") else { return false }
        defer { XML_ParserFree(parser) }
        return withoutActuallyEscaping(take) { take in
            let state = State(parser: parser, take: take)
            XML_SetUserData(parser, Unmanaged.passUnretained(state).toOpaque())
            XML_SetElementHandler(parser, start, end)
            XML_SetCharacterDataHandler(parser, text)
            XML_SetEntityDeclHandler(parser) { state, _, _, _, _, _, _, _, _ in State.of(state).stop() }
            let status = bytes.withUnsafeBytes {
                XML_Parse(parser, $0.bindMemory(to: CChar.self).baseAddress, Int32($0.count), 1)
            }
            return withExtendedLifetime(state) { status == XML_STATUS_OK }
        }
    }
}

private final class State {
    let parser: XML_Parser
    let take: (XMLEvent) -> Void

    init(parser: XML_Parser, take: @escaping (XMLEvent) -> Void) {
        self.parser = parser
        self.take = take
    }

    static func of(_ pointer: UnsafeMutableRawPointer?) -> State {
        Unmanaged<State>.fromOpaque(pointer!).takeUnretainedValue()
    }

    func stop() { XML_StopParser(parser, 0) }
}

private func start(
    _ state: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?,
    _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
) {
    var found: [String: String] = [:]
    var next = attributes
    while let place = next, let key = place[0], let value = place[1] {
        found[localName(key)] = String(cString: value)
        next = place + 2
    }
    State.of(state).take(.start(name: localName(name!), attributes: found))
}

private func end(_ state: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?) {
    State.of(state).take(.end(name: localName(name!)))
}

private func text(_ state: UnsafeMutableRawPointer?, _ characters: UnsafePointer<CChar>?, _ count: Int32) {
    let bytes = UnsafeRawBufferPointer(start: characters, count: Int(count))
    State.of(state).take(.text(String(decoding: bytes, as: UTF8.self)))
}

private func localName(_ name: UnsafePointer<CChar>) -> String {
    let name = String(cString: name)
    return name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
}
