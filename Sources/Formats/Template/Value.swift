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

    /// What a record has under a name; nil where it has no such name, or is none.
    @inline(__always)
    subscript(key: NameKey) -> Value? {
        switch self {
        case .record(let record): record[key]
        default: nil
        }
    }

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
    /// One object, because records are handed on all the time.
    private final class Storage: Sendable {
        let fields: [(String, Value)]
        /// The fields' names, to be compared by.
        let keys: [NameKey]

        init(_ fields: [(String, Value)]) {
            self.fields = fields
            keys = fields.map { NameKey($0.0) }
        }
    }

    private let storage: Storage

    public init(dictionaryLiteral elements: (String, Value)...) { self.init(elements) }

    public init(_ elements: [(String, Value)]) { storage = Storage(elements) }

    /// The names of all fields.
    var names: [String] { storage.fields.map(\.0) }

    public subscript(name: String) -> Value? { self[NameKey(name)] }

    @inline(__always)
    subscript(key: NameKey) -> Value? {
        // Records are small: a scan over keys beats hashing.
        for index in storage.keys.indices where storage.keys[index] == key { return storage.fields[index].1 }
        return nil
    }

    /// With the fields of another record, which come first and win.
    public func adding(_ other: Record) -> Record { Record(other.storage.fields + storage.fields) }
}
