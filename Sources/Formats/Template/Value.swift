/// What a template can be given. Nothing in it can run code or reach outside.
public enum Value: Sendable {
    /// A name that is known, with nothing to show: empty, and false as a section.
    case absent
    case flag(Bool)
    /// Escaped wherever it is written.
    case text(String)
    /// Text as the bytes of a record that is kept: written without turning it into a string first.
    case bytes(RecordSlice)
    /// HTML of our own making, written as it is, by `{{{name}}}` only.
    case markup(Markup)
    /// A place in the site, as a route from its root; written relative to the page being rendered.
    case address(String)
    case list([Value])
    case record(Record)
    /// A record of which something is written already.
    case prepared(PreparedRecord)

    /// Whether `{{#name}}` shows its content.
    var isTrue: Bool {
        switch self {
        case .absent: false
        case .flag(let flag): flag
        case .text(let text): !text.isEmpty
        case .bytes(let slice): !slice.range.isEmpty
        case .markup(let markup): !markup.bytes.isEmpty
        case .list(let items): !items.isEmpty
        case .address, .record, .prepared: true
        }
    }

    /// Text, or absent where there is none.
    public static func optional(_ text: String?) -> Value { text.map(Value.text) ?? .absent }

    /// The record that names are looked up in, where it is one.
    var record: Record? {
        switch self {
        case .record(let record): record
        case .prepared(let prepared): prepared.record()
        default: nil
        }
    }
}

/// Named values, in the order in which they were given.
public struct Record: Sendable, ExpressibleByDictionaryLiteral {
    public struct Field: Sendable {
        public let name: String
        public let value: Value
        fileprivate let key: NameKey
    }

    public private(set) var fields: [Field]

    public init(dictionaryLiteral elements: (String, Value)...) { self.init(elements) }

    public init(_ elements: [(String, Value)]) {
        fields = elements.map { Field(name: $0.0, value: $0.1, key: NameKey($0.0)) }
    }

    public subscript(name: String) -> Value? { self[NameKey(name)] }

    subscript(key: NameKey) -> Value? {
        // Records are small: a scan over keys beats hashing.
        fields.firstIndex { $0.key == key }.map { fields[$0].value }
    }

    /// With the fields of another record, which come first and win.
    public func adding(_ other: Record) -> Record {
        var result = other
        result.fields += fields
        return result
    }
}
