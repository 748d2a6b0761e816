/// A set of characters of the basic plane, asked in one step.
struct Characters: Sendable {
    private var bits = [UInt64](repeating: 0, count: 1024)

    init(_ text: String) {
        for scalar in text.unicodeScalars where scalar.value < 0x10000 {
            bits[Int(scalar.value >> 6)] |= 1 << UInt64(scalar.value & 63)
        }
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x10000 && bits[Int(scalar.value >> 6)] >> UInt64(scalar.value & 63) & 1 == 1
    }

    func subtracting(_ text: String) -> Characters {
        var rest = self
        for scalar in text.unicodeScalars { rest.bits[Int(scalar.value >> 6)] &= ~(1 << UInt64(scalar.value & 63)) }
        return rest
    }
}

extension Unicode.Scalar {
    /// Whether it is one of the characters of a text: compared as UTF-8, without objects.
    func isOne(of text: StaticString) -> Bool {
        let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        var index = 0
        while index < bytes.count {
            let first = bytes[index]
            if first < 0x80 {
                if value == UInt32(first) { return true }
                index += 1
            } else if first < 0xE0 {
                if value == UInt32(first & 31) << 6 | UInt32(bytes[index + 1] & 63) { return true }
                index += 2
            } else {
                let scalar =
                    UInt32(first & 15) << 12 | UInt32(bytes[index + 1] & 63) << 6 | UInt32(bytes[index + 2] & 63)
                if value == scalar { return true }
                index += 3
            }
        }
        return false
    }
}

extension Optional<Unicode.Scalar> {
    /// Whether there is a character, and it is one of a text's.
    func isOne(of text: StaticString) -> Bool { map { $0.isOne(of: text) } ?? false }

    /// Whether there is no character, or it is none of a text's.
    func isNone(of text: StaticString) -> Bool { !isOne(of: text) }

    /// Whether there is no character, or it is one of a text's.
    func isEndOrOne(of text: StaticString) -> Bool { map { $0.isOne(of: text) } ?? true }
}
