/// Memory that records lie in: bytes of our own, or a file that is mapped. It never changes, and is given back with the
/// last record that lies in it.
public final class RecordMemory: @unchecked Sendable {
    public let bytes: UnsafeRawBufferPointer
    private let release: @Sendable (UnsafeRawBufferPointer) -> Void

    /// - Parameter release: Gives the memory back.
    public init(_ bytes: UnsafeRawBufferPointer, release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void) {
        self.bytes = bytes
        self.release = release
    }

    /// Bytes of our own, which `fill` puts down.
    @usableFromInline
    convenience init(size: Int, fill: (UnsafeMutableRawBufferPointer) -> Void) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        fill(buffer)
        self.init(UnsafeRawBufferPointer(buffer)) { $0.deallocate() }
    }

    /// No bytes.
    public static let empty = RecordMemory(size: 0) { _ in }

    deinit { release(bytes) }
}

/// A piece of memory.
public struct RecordSlice: Sendable {
    public let memory: RecordMemory
    public let range: Range<Int>

    @inlinable
    public init(_ memory: RecordMemory, _ range: Range<Int>) {
        self.memory = memory
        self.range = range
    }

    /// Valid as long as the memory.
    @inlinable
    public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory.bytes[range]) }
}

/// Fields put down one behind the other, so that each can be read alone: ten thousand of them are kept as they are, and
/// only what is shown is ever turned into text.
///
/// The offsets where the fields begin come first, four bytes each, and where the last one ends; `Field` gives their order.
public struct PackedRecord<Field: RawRepresentable & CaseIterable & Sendable>: Sendable where Field.RawValue == Int {
    public let slice: RecordSlice

    @inlinable
    public init(_ slice: RecordSlice) { self.slice = slice }

    /// The bytes of a field; valid as long as the record's memory.
    @inlinable
    public func raw(_ field: Field) -> UnsafeRawBufferPointer {
        let bytes = slice.bytes
        let (start, end) = (place(field.rawValue, bytes), place(field.rawValue + 1, bytes))
        guard start <= end, end <= bytes.count else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    }

    /// The same with the memory that they lie in.
    public func slice(_ field: Field) -> RecordSlice {
        let raw = raw(field)
        guard let base = raw.baseAddress, let start = slice.memory.bytes.baseAddress else {
            return RecordSlice(slice.memory, 0..<0)
        }
        return RecordSlice(slice.memory, base - start..<base - start + raw.count)
    }

    @inlinable
    public func text(_ field: Field) -> String { String(decoding: raw(field), as: UTF8.self) }

    /// Text, or nil where none was put down.
    @inlinable
    public func optionalText(_ field: Field) -> String? {
        let raw = raw(field)
        return raw.isEmpty ? nil : String(decoding: raw, as: UTF8.self)
    }

    @inlinable
    public func list<Value: Binary>(_ field: Field, of type: Value.Type = Value.self) -> [Value] {
        let raw = raw(field)
        if raw.isEmpty { return [] }
        var reader = ByteReader(raw)
        return reader.list()
    }

    /// A value that may not be there.
    @inlinable
    public func optional<Value: Binary>(_ field: Field, _ type: Value.Type = Value.self) -> Value? {
        list(field, of: type).first
    }

    /// Where a field begins, which is where the one before it ends.
    @inlinable
    func place(_ index: Int, _ bytes: UnsafeRawBufferPointer) -> Int {
        guard index * 4 + 4 <= bytes.count else { return 0 }
        return Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
    }
}

/// Writes a `PackedRecord`; fields may be given in any order, and those that are not given are empty.
public struct RecordWriter<Field: RawRepresentable & CaseIterable & Sendable>: Sendable where Field.RawValue == Int {
    /// The fields' bytes in the order in which they were given, and where each one lies.
    @usableFromInline var content = ByteWriter(capacity: 1024)
    @usableFromInline var ranges = [Range<Int>](repeating: 0..<0, count: Field.allCases.count)

    @inlinable
    public init() {}

    @inlinable
    public mutating func put(_ field: Field, _ text: String?) {
        guard var text else { return }
        let start = content.count
        text.withUTF8 { content.put(raw: UnsafeRawBufferPointer($0)) }
        ranges[field.rawValue] = start..<content.count
    }

    /// What was put down so far; nil where that is nothing.
    @inlinable
    public func given(_ field: Field) -> [UInt8]? {
        let range = ranges[field.rawValue]
        return range.isEmpty ? nil : Array(content.bytes[range])
    }

    /// Appends what was put down so far.
    @inlinable
    public func append(_ field: Field, to bytes: inout [UInt8]) { bytes += content.bytes[ranges[field.rawValue]] }

    /// Units that were put down with `put(_:raw:)`.
    public func units(_ field: Field) -> [UInt16] {
        content.bytes[ranges[field.rawValue]].withUnsafeBytes([UInt16].init(raw:))
    }

    /// Plain values as they lie in memory.
    @inlinable
    public mutating func put<Value: BitwiseCopyable>(_ field: Field, raw values: [Value]) {
        let start = content.count
        values.withUnsafeBytes { content.put(raw: $0) }
        ranges[field.rawValue] = start..<content.count
    }

    @inlinable
    public mutating func put<Value: Binary>(_ field: Field, list: [Value]) {
        if list.isEmpty { return }
        let start = content.count
        content.put(list)
        ranges[field.rawValue] = start..<content.count
    }

    @inlinable
    public mutating func put<Value: Binary>(_ field: Field, optional value: Value?) {
        if let value { put(field, list: [value]) }
    }

    /// What was put down, as a record.
    @inlinable
    public var packed: PackedRecord<Field> {
        let head = (ranges.count + 1) * 4
        let size = ranges.reduce(head) { $0 + $1.count }
        let memory = RecordMemory(size: size) { buffer in
            var end = head
            buffer.storeBytes(of: UInt32(end).littleEndian, as: UInt32.self)
            for (index, range) in ranges.enumerated() {
                let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[end..<end + range.count])
                content.bytes[range].withUnsafeBytes(piece.copyMemory)
                end += range.count
                buffer.storeBytes(of: UInt32(end).littleEndian, toByteOffset: (index + 1) * 4, as: UInt32.self)
            }
        }
        return PackedRecord(RecordSlice(memory, 0..<size))
    }
}

extension [UInt16] {
    /// Units that were put down as they lie in memory.
    public init(raw bytes: UnsafeRawBufferPointer) {
        self.init(unsafeUninitializedCapacity: bytes.count / 2) { buffer, count in
            UnsafeMutableRawBufferPointer(buffer).copyMemory(from: bytes)
            count = bytes.count / 2
        }
    }
}
