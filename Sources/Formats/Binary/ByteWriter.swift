/// Puts values down as bytes, to be read back by a `ByteReader` in the same order. Numbers are little-endian.
public struct ByteWriter: Sendable {
    @usableFromInline var content: [UInt8] = []

    @inlinable
    public var bytes: [UInt8] { content }

    @inlinable
    public var count: Int { content.count }

    /// - Parameter capacity: How many bytes are expected.
    @inlinable
    public init(capacity: Int = 0) { content.reserveCapacity(capacity) }

    @inlinable
    public mutating func put(_ value: Int) { put(UInt64(bitPattern: Int64(value))) }

    @inlinable
    public mutating func put(_ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { content.append(contentsOf: $0) }
    }

    /// Text, or any bytes, after their length.
    @inlinable
    public mutating func put(_ text: String) {
        var text = text
        text.withUTF8 {
            put($0.count)
            content.append(contentsOf: $0)
        }
    }

    @inlinable
    public mutating func put(_ other: [UInt8]) {
        put(other.count)
        content += other
    }

    @inlinable
    public mutating func put<Value: Binary>(_ value: Value) { value.write(to: &self) }

    @inlinable
    public mutating func put<Value: Binary>(_ value: Value?) {
        put(value == nil ? 0 : 1)
        if let value { put(value) }
    }

    @inlinable
    public mutating func put<Value: Binary>(_ values: [Value]) {
        put(values.count)
        for value in values { put(value) }
    }

    /// The bytes of plain values, as they lie in memory.
    @inlinable
    public mutating func put(raw other: UnsafeRawBufferPointer) { content.append(contentsOf: other) }
}

/// What can be put down as bytes and read back.
public protocol Binary {
    func write(to writer: inout ByteWriter)
    /// Reads what `write` has put down; whatever stands in the bytes, some value comes back.
    init(from reader: inout ByteReader)
}

/// Reads values that a `ByteWriter` has put down. Bytes that end too early are no crash: numbers are 0 then, texts empty.
public struct ByteReader {
    @usableFromInline let bytes: UnsafeRawBufferPointer
    @usableFromInline var index = 0
    /// Whether more was asked for than there is.
    public var hasFailed = false

    @inlinable
    public init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    @inlinable
    public mutating func int() -> Int { Int(Int64(bitPattern: word())) }

    @inlinable
    public mutating func word() -> UInt64 {
        guard let place = take(8) else { return 0 }
        return UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
    }

    @inlinable
    public mutating func text() -> String { String(decoding: raw(), as: UTF8.self) }

    /// The bytes of a text; valid as long as what is read from.
    @inlinable
    public mutating func raw() -> UnsafeRawBufferPointer { raw(count: int()) }

    /// A number of bytes that were put down raw.
    @inlinable
    public mutating func raw(count: Int) -> UnsafeRawBufferPointer {
        take(count) ?? UnsafeRawBufferPointer(start: nil, count: 0)
    }

    @inlinable
    public mutating func value<Value: Binary>(_ type: Value.Type = Value.self) -> Value { Value(from: &self) }

    @inlinable
    public mutating func optional<Value: Binary>(_ type: Value.Type = Value.self) -> Value? {
        int() == 1 ? Value(from: &self) : nil
    }

    @inlinable
    public mutating func list<Value: Binary>(_ type: Value.Type = Value.self) -> [Value] {
        let count = int()
        var values: [Value] = []
        while values.count < count, !hasFailed { values.append(Value(from: &self)) }
        return values
    }

    @usableFromInline
    mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
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
    @inlinable
    public func write(to writer: inout ByteWriter) { writer.put(self) }
    public init(from reader: inout ByteReader) { self = reader.text() }
}

extension Int: Binary {
    @inlinable
    public func write(to writer: inout ByteWriter) { writer.put(self) }
    public init(from reader: inout ByteReader) { self = reader.int() }
}
