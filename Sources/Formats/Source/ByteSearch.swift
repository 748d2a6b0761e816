private import Glibc

/// Sixteen bytes of a text, looked at in one step.
public struct ByteVector {
    /// The bytes that pass a test.
    public typealias Mask = SIMDMask<SIMD16<Int8>>

    @usableFromInline let bytes: SIMD16<UInt8>

    @inlinable
    init(bytes: SIMD16<UInt8>) { self.bytes = bytes }

    /// The bytes below `limit`.
    @inlinable @inline(__always)
    public func below(_ limit: UInt8) -> Mask { bytes .< SIMD16(repeating: limit) }

    /// The bytes that are `byte`.
    @inlinable @inline(__always)
    public func equal(to byte: UInt8) -> Mask { bytes .== SIMD16(repeating: byte) }

    /// The ASCII digits.
    @inlinable @inline(__always)
    public var digits: Mask { (bytes &- SIMD16(repeating: UInt8(ascii: "0"))) .< SIMD16(repeating: 10) }

    /// The bytes that are `byte` but for the bits of `mask`.
    @inlinable @inline(__always)
    public func equal(to byte: UInt8, except mask: UInt8) -> Mask {
        (bytes | SIMD16(repeating: mask)) .== SIMD16(repeating: byte | mask)
    }

    /// The places, from 0 to 15, of bytes that pass a test, in order.
    public struct Places: Sequence, IteratorProtocol {
        @usableFromInline var halves: SIMD2<UInt64>

        @inlinable @inline(__always)
        public init(_ mask: Mask) { halves = unsafeBitCast(mask, to: SIMD2<UInt64>.self) }

        @inlinable @inline(__always)
        public mutating func next() -> Int? {
            if halves[0] != 0 {
                let bit = halves[0].trailingZeroBitCount & ~7
                halves[0] &= ~(0xFF << UInt64(bit))
                return bit / 8
            }
            guard halves[1] != 0 else { return nil }
            let bit = halves[1].trailingZeroBitCount & ~7
            halves[1] &= ~(0xFF << UInt64(bit))
            return 8 + bit / 8
        }
    }
}

/// Searches through text as bytes, many at a time: every source and every page passes here.
extension UnsafeBufferPointer<UInt8> {
    /// The next place of a byte, from `start` on.
    @inline(__always)
    public func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        guard start < count, let base = baseAddress else { return nil }
        return memchr(base + start, Int32(byte), count - start).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
    }

    /// The next place, from `start` on, whose byte passes a test.
    @inlinable @inline(__always)
    public func firstIndex(from start: Int, _ test: (ByteVector) -> ByteVector.Mask) -> Int? {
        var index = start
        while index < count {
            let halves = unsafeBitCast(test(vector(at: index)), to: SIMD2<UInt64>.self)
            if halves[0] != 0 { return within(index + halves[0].trailingZeroBitCount / 8) }
            if halves[1] != 0 { return within(index + 8 + halves[1].trailingZeroBitCount / 8) }
            index += 16
        }
        return nil
    }

    @inlinable @inline(__always)
    func within(_ index: Int) -> Int? { index < count ? index : nil }

    /// Sixteen bytes from `index` on; what stands behind the end is nothing of the text.
    @inlinable @inline(__always)
    public func vector(at index: Int) -> ByteVector {
        let raw = UnsafeRawBufferPointer(self)
        if index + 16 <= count {
            return ByteVector(bytes: raw.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self))
        }
        let rest = count - index
        let halves = SIMD2(
            eightBytes(raw, index, Swift.min(rest, 8)), rest > 8 ? eightBytes(raw, index + 8, rest - 8) : nothing)
        return ByteVector(bytes: unsafeBitCast(halves, to: SIMD16<UInt8>.self))
    }

    /// Eight bytes from `index` on, the first one lowest; what stands behind the end is nothing of the text.
    @inlinable @inline(__always)
    public func word(at index: Int) -> UInt64 {
        eightBytes(UnsafeRawBufferPointer(self), index, Swift.max(0, Swift.min(count - index, 8)))
    }

    /// Whether a byte stands anywhere.
    public func holds(_ byte: UInt8) -> Bool { firstIndex(of: byte, from: 0) != nil }

    /// The first place of a text.
    public func firstIndex(of text: StaticString) -> Int? {
        let length = text.utf8CodeUnitCount
        var index = 0
        while let found = firstIndex(of: text.utf8Start[0], from: index), found + length <= count {
            if memcmp(baseAddress! + found, text.utf8Start, length) == 0 { return found }
            index = found + 1
        }
        return nil
    }

    /// Whether a text stands anywhere.
    public func holds(_ text: StaticString) -> Bool { firstIndex(of: text) != nil }
}

/// Eight bytes that are nothing of a text.
@usableFromInline let nothing: UInt64 = 0x8080_8080_8080_8080

/// Up to eight bytes of a text, and nothing behind them: most texts are short, and a loop would take longer than what is done
/// with them.
@inlinable @inline(__always)
func eightBytes(_ raw: UnsafeRawBufferPointer, _ index: Int, _ count: Int) -> UInt64 {
    func load<Word: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, _: Word.Type) -> UInt64 {
        UInt64(Word(littleEndian: raw.loadUnaligned(fromByteOffset: index + offset, as: Word.self)))
            << UInt64(offset * 8)
    }
    switch count {
    case 8: return load(0, UInt64.self)
    case 4...: return load(0, UInt32.self) | load(count - 4, UInt32.self) | nothing << UInt64(count * 8)
    case 2...: return load(0, UInt16.self) | load(count - 2, UInt16.self) | nothing << UInt64(count * 8)
    case 1: return load(0, UInt8.self) | nothing << 8
    default: return nothing
    }
}

/// Whether two texts have the same bytes; texts that are equal to a reader only are not looked for.
func sameBytes(_ a: String, _ b: String) -> Bool {
    guard a.utf8.count == b.utf8.count else { return false }
    return a.utf8.withContiguousStorageIfAvailable { a in
        b.utf8.withContiguousStorageIfAvailable { b in
            compareBytes(UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b)) == 0
        }
    }.flatMap(\.self) ?? a.utf8.elementsEqual(b.utf8)
}
