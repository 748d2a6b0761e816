private import Glibc

/// Eight bytes of a text, looked at in one step. A test answers with the highest bit of each byte that passes it, and is
/// exact: no sum in it runs over into the next byte.
public struct ByteWord {
    let bits: UInt64

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let lows: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// The bytes below `limit`, which is at most 128.
    @inline(__always)
    public func below(_ limit: UInt8) -> UInt64 {
        ~(((bits & ByteWord.lows) &+ ByteWord.ones &* UInt64(128 - limit)) | bits) & ByteWord.highs
    }

    /// The bytes that are `byte`.
    @inline(__always)
    public func equal(to byte: UInt8) -> UInt64 { differing(from: byte).below(1) }

    /// The ASCII digits.
    @inline(__always)
    public var digits: UInt64 { differing(from: UInt8(ascii: "0")).below(10) }

    /// The bytes that are `byte` but for the bits of `mask`.
    @inline(__always)
    public func equal(to byte: UInt8, except mask: UInt8) -> UInt64 {
        ByteWord(bits: bits | ByteWord.ones &* UInt64(mask)).equal(to: byte | mask)
    }

    @inline(__always)
    private func differing(from byte: UInt8) -> ByteWord { ByteWord(bits: bits ^ ByteWord.ones &* UInt64(byte)) }
}

/// Searches through text as bytes, many at a time: every source and every page passes here.
extension UnsafeBufferPointer<UInt8> {
    /// The next place of a byte, from `start` on.
    @inline(__always)
    public func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        guard start < count, let base = baseAddress else { return nil }
        return memchr(base + start, Int32(byte), count - start).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
    }

    /// The next place, from `start` on, whose byte passes a test; the test must not let bytes of 128 pass.
    @inline(__always)
    public func firstIndex(from start: Int, _ test: (ByteWord) -> UInt64) -> Int? {
        var index = start
        while index < count {
            let found = test(word(at: index))
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        return nil
    }

    /// Eight bytes from `index` on; behind the end stand bytes of 128.
    @inline(__always)
    private func word(at index: Int) -> ByteWord {
        let raw = UnsafeRawBufferPointer(self)
        if index + 8 <= count {
            return ByteWord(bits: UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
        }
        return ByteWord(bits: raw[index...].reversed().reduce(0x8080_8080_8080_8080) { $0 << 8 | UInt64($1) })
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

/// Whether two texts have the same bytes; texts that are equal to a reader only are not looked for.
func sameBytes(_ a: String, _ b: String) -> Bool {
    guard a.utf8.count == b.utf8.count else { return false }
    return a.utf8.withContiguousStorageIfAvailable { a in
        b.utf8.withContiguousStorageIfAvailable { b in
            compareBytes(UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b)) == 0
        }
    }.flatMap(\.self) ?? a.utf8.elementsEqual(b.utf8)
}
