private import Glibc

/// Emphasis next to Chinese punctuation: `**注意：**请…` is bold although CommonMark's rule of flanking (§6.2) says no,
/// because Chinese puts no space after a punctuation mark.
///
/// The rule becomes: a Han character beside a run of `*` counts like a space or a punctuation mark. It is made so by a
/// marker, a punctuation character that no living language uses, put into the text before libcmark sees it and
/// taken out of everything that libcmark returns. This works only if every literal, address and title passes
/// through `strip`.
enum EmphasisMarks {
    /// U+1039F, the Ugaritic word divider.
    static let marker: [UInt8] = [0xF0, 0x90, 0x8E, 0x9F]

    /// Whether markers can stand in `bytes`: their first byte does.
    static func mayStand(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = bytes.baseAddress else { return false }
        return memchr(start, 0xF0, bytes.count) != nil
    }

    /// The text with markers where they are needed; nil where none is.
    static func insert(into bytes: ArraySlice<UInt8>) -> [UInt8]? {
        guard bytes.withUnsafeBufferPointer({ $0.contains(UInt8(ascii: "*")) }) else { return nil }
        var result: [UInt8] = []
        var copied = bytes.startIndex
        var index = bytes.startIndex
        while index < bytes.endIndex {
            guard let sign = nextSign(bytes, from: index) else { break }
            index = sign
            if bytes[index] == UInt8(ascii: "\\") {
                index += 2
                continue
            }
            let start = index
            while index < bytes.endIndex, bytes[index] == UInt8(ascii: "*") { index += 1 }
            let before = scalar(endingAt: start, in: bytes)
            let after = scalar(startingAt: index, in: bytes)
            if isHan(before), isPunctuation(after) {
                result += bytes[copied..<start]
                result += marker
                copied = start
            }
            if isPunctuation(before), isHan(after) {
                result += bytes[copied..<index]
                result += marker
                copied = index
            }
        }
        if copied == bytes.startIndex { return nil }
        result += bytes[copied...]
        return result
    }

    /// `bytes` without markers.
    static func strip(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        guard mayStand(in: bytes) else { return Array(bytes) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == marker[0], index + 4 <= bytes.count, bytes[index..<index + 4].elementsEqual(marker) {
                index += 4
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}

/// The next star or backslash.
private func nextSign(_ bytes: ArraySlice<UInt8>, from index: Int) -> Int? {
    let offset = bytes.withUnsafeBufferPointer { buffer in
        buffer[(index - bytes.startIndex)...].firstIndex { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "\\") }
    }
    return offset.map { $0 + bytes.startIndex }
}

private func isHan(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar, scalar.isIdeographic else { return false }
    return scalar.properties.isAlphabetic
}

private func isPunctuation(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    if scalar.isASCII {
        return !scalar.properties.isAlphabetic && scalar.value > 32 && !("0"..."9").contains(scalar)
            && scalar != "\u{7F}"
    }
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
        .finalPunctuation, .otherPunctuation:
        return true
    default: return false
    }
}

private func scalar(startingAt index: Int, in bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard index < bytes.endIndex else { return nil }
    return String(decoding: bytes[index..<min(index + 4, bytes.endIndex)], as: UTF8.self).unicodeScalars.first
}

private func scalar(endingAt end: Int, in bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard end > bytes.startIndex else { return nil }
    var start = end - 1
    while start > bytes.startIndex, end - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars.first
}
