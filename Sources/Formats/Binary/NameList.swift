private import Glibc

/// Many names side by side, each with a NUL behind it: compared, kept and handed to C without turning them into texts.
public struct NameList: Sendable, Equatable {
    public private(set) var bytes: [UInt8] = []
    /// Where each name begins.
    public private(set) var starts: [Int] = []

    public init() {}

    /// Some names, one behind the other.
    public init(_ names: some Collection<String>) {
        reserve(names.count)
        for name in names { append(name) }
    }

    /// Names that were kept.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
        var start = 0
        bytes.withUnsafeBytes { buffer in
            while start < buffer.count, let end = memchr(buffer.baseAddress! + start, 0, buffer.count - start) {
                starts.append(start)
                start = UnsafeRawPointer(end) - buffer.baseAddress! + 1
            }
        }
    }

    public var count: Int { starts.count }

    public mutating func reserve(_ count: Int) {
        starts.reserveCapacity(count)
        bytes.reserveCapacity(count * 48)
    }

    public mutating func append(_ name: String) {
        starts.append(bytes.count)
        // Nearly all texts are contiguous, and a copy of one costs more than its bytes.
        if name.utf8.withContiguousStorageIfAvailable({ bytes.append(contentsOf: $0) }) == nil { bytes += name.utf8 }
        bytes.append(0)
    }

    /// Appends a name, put together of two parts.
    public mutating func append(_ first: [UInt8], _ second: UnsafeRawBufferPointer) {
        starts.append(bytes.count)
        bytes.append(contentsOf: first)
        bytes.append(contentsOf: second)
        bytes.append(0)
    }

    /// A name's bytes, without the NUL.
    public func range(_ index: Int) -> Range<Int> {
        starts[index]..<(index + 1 < starts.count ? starts[index + 1] : bytes.count) - 1
    }

    public subscript(index: Int) -> String { String(decoding: bytes[range(index)], as: UTF8.self) }

    /// Compares a name with one of another list, byte by byte: negative, zero or positive.
    public func compare(_ index: Int, _ other: NameList, _ otherIndex: Int) -> Int {
        bytes.withUnsafeBytes { a in
            other.bytes.withUnsafeBytes { b in
                Int(
                    strcmp(
                        (a.baseAddress! + starts[index]).assumingMemoryBound(to: CChar.self),
                        (b.baseAddress! + other.starts[otherIndex]).assumingMemoryBound(to: CChar.self)))
            }
        }
    }

    /// The places of all names, in the order of the names' bytes; what is in order already costs little.
    public var order: [Int] {
        bytes.withUnsafeBytes { bytes in
            guard let base = bytes.assumingMemoryBound(to: CChar.self).baseAddress else { return [] }
            return starts.withUnsafeBufferPointer { starts in
                starts.indices.sorted { strcmp(base + starts[$0], base + starts[$1]) < 0 }
            }
        }
    }

    /// The names at some places.
    public func names(at places: [Int]) -> NameList {
        var names = NameList()
        names.starts.reserveCapacity(places.count)
        names.bytes.reserveCapacity(bytes.count)
        for place in places {
            let range = range(place)
            names.starts.append(names.bytes.count)
            names.bytes += bytes[range.lowerBound...range.upperBound]
        }
        return names
    }

    /// For each name of this list its place in another one, or -1; both must be in order.
    public func places(in other: NameList) -> [Int] {
        if bytes == other.bytes { return Array(starts.indices) }
        var next = 0
        return starts.indices.map { index in
            while next < other.count, other.compare(next, self, index) < 0 { next += 1 }
            return next < other.count && other.compare(next, self, index) == 0 ? next : -1
        }
    }
}
