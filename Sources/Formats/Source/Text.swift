extension StringProtocol {
    /// Without white space at both ends, the ideographic space U+3000 and NBSP included.
    public var trimmed: String {
        var view = self[...]
        while let first = view.first, isBlank(first) { view = view.dropFirst() }
        while let last = view.last, isBlank(last) { view = view.dropLast() }
        return String(view)
    }
}

private func isBlank(_ character: Character) -> Bool {
    character.isWhitespace || character == "\u{FEFF}"
}

extension Unicode.Scalar {
    /// Characters set without spaces between words: Han, kana, bopomofo, and the punctuation and forms that go with
    /// them. Hangul is not among them, because Korean puts spaces between words.
    var isIdeographic: Bool {
        switch value {
        case 0x2E80...0x2FDF, 0x3000...0x312F, 0x31A0...0x31BF, 0x31C0...0x31EF, 0x31F0...0x33FF, 0x3400...0x4DBF,
            0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            true
        default: false
        }
    }

    /// Full-width letters, digits and signs become their ASCII twins (U+FF01–FF5E), U+3000 a space.
    var halfWidth: Unicode.Scalar {
        switch value {
        case 0xFF01...0xFF5E: Unicode.Scalar(value - 0xFEE0)!
        case 0x3000, 0xA0: " "
        default: self
        }
    }
}

extension String {
    /// Full-width letters, digits and signs as ASCII.
    public var halfWidth: String {
        var view = UnicodeScalarView()
        view.append(contentsOf: unicodeScalars.lazy.map(\.halfWidth))
        return String(view)
    }
}

extension ArraySlice<UInt8> {
    /// The first place where `pattern` stands.
    func firstRange(of pattern: [UInt8]) -> Range<Int>? {
        guard let first = pattern.first, count >= pattern.count else { return nil }
        for start in startIndex...(endIndex - pattern.count) where self[start] == first {
            if self[start..<start + pattern.count].elementsEqual(pattern) { return start..<start + pattern.count }
        }
        return nil
    }
}
