/// Puts values down as bytes, to be read back by a `ByteReader` in the same order. Numbers are little-endian.
public struct ByteWriter: Sendable {
    public private(set) var bytes: [UInt8] = []

    /// - Parameter capacity: How many bytes are expected.
    public init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    public mutating func put(_ value: Int) { put(UInt64(bitPattern: Int64(value))) }

    public mutating func put(_ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Text, or any bytes, after their length.
    public mutating func put(_ text: String) {
        var text = text
        text.withUTF8 {
            put($0.count)
            bytes.append(contentsOf: $0)
        }
    }

    public mutating func put(_ content: [UInt8]) {
        put(content.count)
        bytes += content
    }

    public mutating func put<Value: Binary>(_ value: Value) { value.write(to: &self) }

    public mutating func put<Value: Binary>(_ value: Value?) {
        put(value == nil ? 0 : 1)
        if let value { put(value) }
    }

    public mutating func put<Value: Binary>(_ values: [Value]) {
        put(values.count)
        for value in values { put(value) }
    }

    /// The bytes of plain values, as they lie in memory.
    public mutating func put(raw content: UnsafeRawBufferPointer) { bytes.append(contentsOf: content) }
}

/// What can be put down as bytes and read back.
public protocol Binary {
    func write(to writer: inout ByteWriter)
    /// Reads what `write` has put down; whatever stands in the bytes, some value comes back.
    init(from reader: inout ByteReader)
}

/// Reads values that a `ByteWriter` has put down. Bytes that end too early are no crash: numbers are 0 then, texts empty.
public struct ByteReader {
    private let bytes: UnsafeRawBufferPointer
    private var index = 0
    /// Whether more was asked for than there is.
    public private(set) var hasFailed = false

    public init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    public var isAtEnd: Bool { index >= bytes.count }

    public mutating func int() -> Int { Int(Int64(bitPattern: word())) }

    public mutating func word() -> UInt64 {
        guard let place = take(8) else { return 0 }
        return UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
    }

    public mutating func text() -> String { String(decoding: raw(), as: UTF8.self) }

    /// The bytes of a text; valid as long as what is read from.
    public mutating func raw() -> UnsafeRawBufferPointer { raw(count: int()) }

    /// A number of bytes that were put down raw.
    public mutating func raw(count: Int) -> UnsafeRawBufferPointer { take(count) ?? UnsafeRawBufferPointer(start: nil, count: 0) }

    public mutating func value<Value: Binary>(_ type: Value.Type = Value.self) -> Value { Value(from: &self) }

    public mutating func optional<Value: Binary>(_ type: Value.Type = Value.self) -> Value? {
        int() == 1 ? Value(from: &self) : nil
    }

    public mutating func list<Value: Binary>(_ type: Value.Type = Value.self) -> [Value] {
        let count = int()
        var values: [Value] = []
        while values.count < count, !hasFailed { values.append(Value(from: &self)) }
        return values
    }

    private mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
        guard count >= 0, count <= bytes.count - index else {
            hasFailed = true
            index = bytes.count
            return nil
        }
        defer { index += count }
        return UnsafeRawBufferPointer(rebasing: bytes[index..<index + count])
    }
}

extension String: Binary {
    public func write(to writer: inout ByteWriter) { writer.put(self) }
    public init(from reader: inout ByteReader) { self = reader.text() }
}

extension Int: Binary {
    public func write(to writer: inout ByteWriter) { writer.put(self) }
    public init(from reader: inout ByteReader) { self = reader.int() }
}
