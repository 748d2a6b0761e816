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
        bytes.holds(0xF0)
    }

    /// U+103FE, which is no character: in the place of a star that is one.
    static let literalStar: [UInt8] = [0xF0, 0x90, 0x8F, 0xBE]

    /// The text with markers where they are needed; nil where none is.
    static func insert(into text: ArraySlice<UInt8>) -> [UInt8]? {
        text.withUnsafeBufferPointer { bytes in
            let hasStars = bytes.holds(star)
            let hasLines = bytes.holds("__")
            guard hasStars || hasLines else { return nil }
            let stars = hasStars ? insert(into: bytes) : nil
            guard hasLines else { return stars }
            return UnderscoreMarks.insert(into: stars ?? Array(bytes)) ?? stars
        }
    }

    /// Whether stars between two characters multiply or hide something: 5*3, 40*30*20, 王*明, 带*的, ****1234. A single
    /// one between Chinese characters is never emphasis, which is not shown in slanted type in Chinese anyway.
    private static func isLiteral(_ count: Int, _ before: Unicode.Scalar?, _ after: Unicode.Scalar?) -> Bool {
        if count > 3 {
            return [before, after].contains { $0.map { isHan($0) || ("0"..."9").contains($0) } ?? false }
        }
        guard let before, let after else { return false }
        let digits = [before, after].count { ("0"..."9").contains($0) }
        let words = [before, after].count { isHan($0) || $0.isASCII && $0.properties.isAlphabetic } + digits
        if words < 2 { return false }
        // Letters on both sides are CommonMark's business.
        if digits == 0, before.isASCII, after.isASCII { return false }
        return count == 1 || count == 3 || digits == 2
    }

    private static func insert(into bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var copied = 0
        func mark(_ place: Int) {
            if copied == 0 { result.reserveCapacity(bytes.count + bytes.count / 8 + 64) }
            result.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied..<place]))
            result += marker
            copied = place
        }
        var index = 0
        while let sign = bytes.firstIndex(from: index, { $0.equal(to: star) .| $0.equal(to: backslash) }) {
            index = sign
            if bytes[index] == backslash {
                index += 2
                continue
            }
            while index < bytes.count, bytes[index] == star { index += 1 }
            let before = UnsafeBufferPointer(rebasing: bytes[..<sign]).lastScalar
            let after = UnsafeBufferPointer(rebasing: bytes[index...]).firstScalar
            if isLiteral(index - sign, before, after) {
                mark(sign)
                result.removeLast(marker.count)
                for _ in sign..<index { result += literalStar }
                copied = index
                continue
            }
            if isHan(before), isPunctuation(after) { mark(sign) }
            if isPunctuation(before), isHan(after) { mark(index) }
        }
        if copied == 0 { return nil }
        result.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied...]))
        return result
    }

    private static let star = UInt8(ascii: "*")
    private static let backslash = UInt8(ascii: "\\")

    /// `bytes` without markers.
    static func strip(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        guard mayStand(in: bytes) else { return Array(bytes) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == marker[0], index + 4 <= bytes.count, bytes[index..<index + 4].elementsEqual(marker) {
                index += 4
            } else if bytes[index] == marker[0], index + 4 <= bytes.count,
                bytes[index..<index + 4].elementsEqual(literalStar)
            {
                result.append(star)
                index += 4
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}

func isHan(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar, scalar.isIdeographic else { return false }
    return scalar.isCommonHan || scalar.properties.isAlphabetic
}

func isPunctuation(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    if scalar.isASCII {
        return !scalar.properties.isAlphabetic && scalar.value > 32 && !("0"..."9").contains(scalar)
            && scalar != "\u{7F}"
    }
    if scalar.isCommonHan { return false }
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
        .finalPunctuation, .otherPunctuation:
        return true
    default: return false
    }
}
