/// What a template can be given. Nothing in it can run code or reach outside.
public enum Value: Sendable {
    /// A name that is known, with nothing to show: empty, and false as a section.
    case absent
    case flag(Bool)
    /// Escaped wherever it is written.
    case text(String)
    /// HTML of our own making, written as it is, by `{{{name}}}` only.
    case markup(Markup)
    /// A place in the site, as a route from its root; written relative to the page being rendered.
    case address(String)
    case list([Value])
    case record(Record)

    /// Whether `{{#name}}` shows its content.
    var isTrue: Bool {
        switch self {
        case .absent: false
        case .flag(let flag): flag
        case .text(let text): !text.isEmpty
        case .markup(let markup): !markup.bytes.isEmpty
        case .list(let items): !items.isEmpty
        case .address, .record: true
        }
    }

    /// Text, or absent where there is none.
    public static func optional(_ text: String?) -> Value { text.map(Value.text) ?? .absent }
}

/// Named values, in the order in which they were given.
public struct Record: Sendable, ExpressibleByDictionaryLiteral {
    public struct Field: Sendable {
        public let name: String
        public let value: Value
        /// Equal names have equal keys; unequal ones hardly ever.
        fileprivate let key: UInt64
    }

    public private(set) var fields: [Field]

    public init(dictionaryLiteral elements: (String, Value)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1, key: Record.key($0.0)) }
    }

    public subscript(name: String) -> Value? {
        // Records are small: a scan over keys beats hashing.
        let key = Record.key(name)
        for field in fields where field.key == key && field.name == name { return field.value }
        return nil
    }

    /// With the fields of another record, which come first and win.
    public func adding(_ other: Record) -> Record {
        var result = other
        result.fields += fields
        return result
    }

    /// The first and the last eight bytes of a name, and its length.
    private static func key(_ name: String) -> UInt64 {
        var name = name
        return name.withUTF8 { bytes in
            if bytes.count < 8 { return bytes.reduce(UInt64(bytes.count)) { $0 << 8 | UInt64($1) } }
            let raw = UnsafeRawBufferPointer(bytes)
            let first = raw.loadUnaligned(as: UInt64.self)
            let last = raw.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
            return first &* 31 ^ last &+ UInt64(bytes.count)
        }
    }
}

/// HTML in which addresses inside the site are still open, so that it is made once and shown on pages at any depth.
public struct Markup: Sendable {
    /// An address (a route, with its fragment) that belongs at `offset` in the bytes.
    public struct Slot: Sendable {
        public let offset: Int
        public let address: String

        public init(offset: Int, address: String) {
            self.offset = offset
            self.address = address
        }
    }

    public var bytes: [UInt8]
    public var slots: [Slot]

    public init(bytes: [UInt8] = [], slots: [Slot] = []) {
        self.bytes = bytes
        self.slots = slots
    }

    public init(_ html: String) { self.init(bytes: Array(html.utf8)) }

    /// Appends the HTML with every address below `root` (`../../`, or the site's own address).
    public func write(to output: inout [UInt8], root: String) {
        var copied = 0
        for slot in slots {
            output.append(contentsOf: bytes[copied..<slot.offset])
            appendAddress(slot.address, root: root, to: &output)
            copied = slot.offset
        }
        output.append(contentsOf: bytes[copied...])
    }
}

/// Appends `address` below `root`, percent-encoded.
func appendAddress(_ address: String, root: String, to output: inout [UInt8]) {
    appendEscaped(root, to: &output)
    appendHref(address, to: &output)
}
