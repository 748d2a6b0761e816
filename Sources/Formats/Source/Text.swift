private import Glibc

/// Compares bytes with others, as all paths and routes are ordered: negative, zero or positive.
public func compareBytes(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
    guard let start = a.baseAddress, let other = b.baseAddress else { return a.count - b.count }
    let order = memcmp(start, other, min(a.count, b.count))
    return order != 0 ? Int(order) : a.count - b.count
}

/// The same of bytes and a text.
public func compareBytes(_ a: UnsafeRawBufferPointer, _ b: String) -> Int {
    // Nearly all texts are contiguous, and a copy of one costs more than comparing it.
    if let order = b.utf8.withContiguousStorageIfAvailable({ compareBytes(a, UnsafeRawBufferPointer($0)) }) {
        return order
    }
    var b = b
    return b.withUTF8 { compareBytes(a, UnsafeRawBufferPointer($0)) }
}

/// Whether a text comes before another, byte by byte.
public func precedes(_ a: String, _ b: String) -> Bool {
    var a = a
    return a.withUTF8 { compareBytes(UnsafeRawBufferPointer($0), b) < 0 }
}

extension String {
    /// Without white space at both ends, the ideographic space U+3000 and NBSP included.
    public var trimmed: String {
        var text = self
        return text.withUTF8({ $0.isEmpty || beginsWord($0) && endsWord($0) }) ? self : self[...].trimmed
    }
}

extension String {
    /// Whether a text stands anywhere, byte by byte.
    public func holds(_ text: StaticString) -> Bool {
        var copy = self
        return copy.withUTF8 { $0.holds(text) }
    }

    /// The text on one line: every run of blanks, tabs and line ends is one blank.
    var onOneLine: String {
        var copy = self
        let isOneLine = copy.withUTF8 { bytes in
            !bytes.holds("  ")
                && bytes.firstIndex(from: 0) { $0.equal(to: 9) .| $0.equal(to: 10) .| $0.equal(to: 13) } == nil
        }
        if isOneLine { return self }
        let words = utf8.split { $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 }
        return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }

    /// Without control characters and what no XML document may hold.
    public var withoutControls: String {
        var view = UnicodeScalarView()
        view.append(contentsOf: unicodeScalars.lazy.map { $0.value < 32 || $0.value & 0xFFFE == 0xFFFE ? " " : $0 })
        return String(view).onOneLine
    }

    /// Whether a control character stands anywhere, beside tabs and line ends, or one that no XML document may hold.
    var holdsControls: Bool {
        if holds("\u{FFFE}") || holds("\u{FFFF}") { return true }
        var copy = self
        return copy.withUTF8 { bytes in
            bytes.firstIndex(from: 0) { $0.below(32) .& .!($0.equal(to: 9) .| $0.equal(to: 10)) .| $0.equal(to: 127) }
                != nil || firstOverride(bytes) != nil
        }
    }
}

extension Substring {
    /// Without white space at both ends, the ideographic space U+3000 and NBSP included.
    public var trimmed: String {
        var view = self
        while let first = view.first, isBlank(first) { view = view.dropFirst() }
        while let last = view.last, isBlank(last) { view = view.dropLast() }
        return String(view)
    }
}

/// Whether bytes show that no blank stands at the start: a visible ASCII character, or a Han one.
private func beginsWord(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { isVisible(bytes[0]) || isHanLead(bytes[0]) }

/// The same at the end: a visible ASCII character, a Han one, a Chinese comma or full stop.
private func endsWord(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let last = bytes.count - 1
    if bytes[last] < 0x80 || last < 2 { return isVisible(bytes[last]) }
    let isStop = bytes[last - 2] == 0xE3 && bytes[last - 1] == 0x80 && (0x81...0x82).contains(bytes[last])
    return isStop || isHanLead(bytes[last - 2])
}

private func isVisible(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) }
private func isHanLead(_ byte: UInt8) -> Bool { (0xE4...0xE9).contains(byte) }

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

    /// The block of common Han characters, all letters: no property of theirs need be looked up.
    public var isCommonHan: Bool { (0x4E00...0x9FFF).contains(value) }

    /// Full-width letters, digits and signs become their ASCII twins (U+FF01–FF5E), U+3000 a space.
    public var halfWidth: Unicode.Scalar {
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
        if utf8.allSatisfy({ $0 < 0x80 }) { return self }
        var view = UnicodeScalarView()
        view.append(contentsOf: unicodeScalars.lazy.map(\.halfWidth))
        return String(view)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The first character of UTF-8 text.
    public var firstScalar: Unicode.Scalar? {
        guard let first else { return nil }
        if first < 0x80 { return Unicode.Scalar(first) }
        if let scalar = threeByteScalar { return scalar }
        var decoder = UTF8()
        var iterator = prefix(4).makeIterator()
        if case .scalarValue(let scalar) = decoder.decode(&iterator) { return scalar }
        return nil
    }

    /// The character at an index.
    @inlinable @inline(__always)
    public func scalar(at index: Int) -> Unicode.Scalar? {
        // Nearly all Chinese characters begin with one of these, and no check of ranges is needed.
        if index + 2 < count, self[index] &- 0xE4 < 6 {
            let bits = UInt32(self[index] & 15) << 12 | UInt32(self[index + 1] & 63) << 6 | UInt32(self[index + 2] & 63)
            return Unicode.Scalar(bits)
        }
        return UnsafeBufferPointer(rebasing: self[index...]).firstScalar
    }

    /// The first character if three bytes make it, as nearly all Chinese ones, and no check of ranges is needed.
    private var threeByteScalar: Unicode.Scalar? {
        guard count >= 3, (0xE1...0xEF).contains(self[0]), self[0] != 0xED, self[1] & 0xC0 == 0x80,
            self[2] & 0xC0 == 0x80
        else { return nil }
        return Unicode.Scalar(UInt32(self[0] & 15) << 12 | UInt32(self[1] & 63) << 6 | UInt32(self[2] & 63))
    }

    /// The last character of UTF-8 text.
    var lastScalar: Unicode.Scalar? {
        guard let last = indices.last(where: { self[$0] & 0xC0 != 0x80 }) else { return nil }
        return UnsafeBufferPointer(rebasing: self[last...]).firstScalar
    }
}

extension ArraySlice<UInt8> {
    /// The first place where `pattern` stands. The library's own search of any collection takes a hundred times as long.
    func firstRange(of pattern: [UInt8]) -> Range<Int>? {
        withUnsafeBufferPointer { $0.firstPlace(of: pattern) }.map { startIndex + $0..<startIndex + $0 + pattern.count }
    }
}

extension [UInt8] {
    /// The first place where `pattern` stands.
    func firstRange(of pattern: [UInt8]) -> Range<Int>? { self[...].firstRange(of: pattern) }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
    /// The first place where `pattern` stands.
    func firstRange(of pattern: [UInt8]) -> Range<Int>? {
        UnsafeBufferPointer(rebasing: self).firstPlace(of: pattern)
            .map { startIndex + $0..<startIndex + $0 + pattern.count }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Where `pattern` begins first.
    fileprivate func firstPlace(of pattern: [UInt8]) -> Int? {
        guard let first = pattern.first else { return nil }
        var index = 0
        while let found = firstIndex(of: first, from: index), found + pattern.count <= count {
            if pattern.indices.allSatisfy({ self[found + $0] == pattern[$0] }) { return found }
            index = found + 1
        }
        return nil
    }
}
