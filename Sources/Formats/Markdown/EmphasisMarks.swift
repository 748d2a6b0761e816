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

    static func insert(into bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 64)
        var copied = bytes.startIndex
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "\\") {
                index += 2
                continue
            }
            guard bytes[index] == UInt8(ascii: "*") else {
                index += 1
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
        result += bytes[copied...]
        return result
    }

    /// Appends `bytes` without markers.
    static func strip(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        guard bytes.contains(marker[0]) else { return Array(bytes) }
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
