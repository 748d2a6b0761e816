/// A 64-bit fingerprint of content: equal content has equal ones, and unequal content all but never.
///
/// Each step multiplies two words into 128 bits and folds them (the mixing of wyhash and its kin), 32 bytes at a time in
/// two lanes. It guards against accident, not against an attacker, who could as well change what it is compared with.
public struct Fingerprint: Hashable, Sendable, BitwiseCopyable {
    public private(set) var value: UInt64

    public init() { value = 0x9E37_79B9_7F4A_7C15 }

    public init(_ bytes: [UInt8]) {
        self.init()
        bytes.withUnsafeBytes { mix($0) }
    }

    public init(_ bytes: ArraySlice<UInt8>) {
        self.init()
        bytes.withUnsafeBytes { mix($0) }
    }

    public init(_ bytes: UnsafeRawBufferPointer) {
        self.init()
        mix(bytes)
    }

    public init(_ text: String) {
        self.init()
        mix(text)
    }

    /// One that was kept.
    public init(kept value: UInt64) { self.value = value }

    public mutating func mix(_ word: UInt64) { value = fold(value ^ word, 0xA076_1D64_78BD_642F) }

    public mutating func mix(_ other: Fingerprint) { mix(other.value) }

    public mutating func mix(_ text: String) {
        var text = text
        text.withUTF8 { mix(UnsafeRawBufferPointer($0)) }
    }

    public mutating func mix(_ bytes: [UInt8]) { bytes.withUnsafeBytes { mix($0) } }

    public mutating func mix(_ bytes: UnsafeRawBufferPointer) {
        var (a, b) = (value, value ^ 0xE703_7ED1_A0B4_28DB)
        var index = 0
        while index + 32 <= bytes.count {
            a = fold(word(bytes, index) ^ 0x8EBC_6AF0_9C88_C6E3, word(bytes, index + 8) ^ a)
            b = fold(word(bytes, index + 16) ^ 0x5899_65CC_7537_4CC3, word(bytes, index + 24) ^ b)
            index += 32
        }
        while index < bytes.count {
            a = fold(a ^ rest(bytes, index), 0x1D8E_4E27_C47D_124F)
            index += 8
        }
        // The length tells apart what differs in zeros at its end only.
        value = fold(a ^ b, UInt64(bytes.count) ^ 0xA076_1D64_78BD_642F)
    }
}

private func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
}

private func word(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
}

/// Up to eight bytes from `index` on.
private func rest(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt64 {
    if index + 8 <= bytes.count { return word(bytes, index) }
    var (word, shift): (UInt64, UInt64) = (0, 0)
    for place in index..<bytes.count {
        word |= UInt64(bytes[place]) << shift
        shift += 8
    }
    return word
}
