/// A piece of HTML that this program has written: a tag or text.
public enum HTMLPiece: Sendable, Equatable {
    /// A tag with its attributes in order; elements without content (`br`, `img`) have no closing tag.
    case open(String, [Attribute])
    case close(String)
    /// Text with its character references undone.
    case text(String)

    public struct Attribute: Sendable, Equatable {
        public let name: String
        public let value: String
    }

    /// The pieces of HTML that our own renderer wrote, in order. It writes tags in one way only, so this is no parser for
    /// HTML of others.
    public static func pieces(of html: [UInt8]) -> [HTMLPiece] {
        var pieces: [HTMLPiece] = []
        var rest = html[...]
        while let first = rest.first {
            if first == UInt8(ascii: "<"), let end = rest.firstIndex(of: UInt8(ascii: ">")) {
                pieces.append(tag(rest[rest.startIndex + 1..<end]))
                rest = rest[(end + 1)...]
            } else {
                let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "<")) ?? rest.endIndex
                pieces.append(.text(decoded(rest[..<end])))
                rest = rest[end...]
            }
        }
        return pieces
    }

    /// The value of an attribute of a tag.
    public func attribute(_ name: String) -> String? {
        guard case .open(_, let attributes) = self else { return nil }
        return attributes.first { $0.name == name }?.value
    }
}

extension HTMLPiece {
    private static func tag(_ bytes: ArraySlice<UInt8>) -> HTMLPiece {
        if bytes.first == UInt8(ascii: "/") { return .close(String(decoding: bytes.dropFirst(), as: UTF8.self)) }
        var rest = bytes.last == UInt8(ascii: "/") ? bytes.dropLast() : bytes
        let name = rest.prefix { $0 != 32 }
        rest = rest[name.endIndex...]
        var attributes: [Attribute] = []
        while let start = rest.firstIndex(where: { $0 != 32 }) {
            let end = rest[start...].firstIndex { $0 == 32 || $0 == UInt8(ascii: "=") } ?? rest.endIndex
            let key = String(decoding: rest[start..<end], as: UTF8.self)
            rest = rest[end...]
            guard rest.first == UInt8(ascii: "="), let quote = rest.dropFirst(2).firstIndex(of: UInt8(ascii: "\""))
            else {
                attributes.append(Attribute(name: key, value: ""))
                continue
            }
            attributes.append(Attribute(name: key, value: decoded(rest[rest.startIndex + 2..<quote])))
            rest = rest[(quote + 1)...]
        }
        return .open(String(decoding: name, as: UTF8.self), attributes)
    }

    private static let references: [(name: StaticString, sign: UInt8)] = [
        ("&lt;", UInt8(ascii: "<")), ("&gt;", UInt8(ascii: ">")), ("&quot;", UInt8(ascii: "\"")),
        ("&#x27;", UInt8(ascii: "'")), ("&amp;", UInt8(ascii: "&")),
    ]

    /// Undoes the references that `appendEscaped` and `appendHref` write; by bytes, because a combining mark may follow one.
    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.first {
            let found = references.first { reference in
                rest.starts(
                    with: UnsafeBufferPointer(start: reference.name.utf8Start, count: reference.name.utf8CodeUnitCount))
            }
            result.append(found?.sign ?? byte)
            rest = rest.dropFirst(found?.name.utf8CodeUnitCount ?? 1)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
