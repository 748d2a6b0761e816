/// Appends text as HTML: `&`, `<`, `>` and `"` become character references.
///
/// Copies runs; eight bytes at a time are tested for the four characters, so that Chinese text is nearly a copy.
public func appendEscaped(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    var copied = 0
    var index = 0
    let count = bytes.count
    while index < count {
        if index + 8 <= count {
            let word = UnsafeRawPointer(bytes.baseAddress! + index).loadUnaligned(as: UInt64.self)
            if !mayNeedReference(word) {
                index += 8
                continue
            }
        }
        let end = min(index + 8, count)
        while index < end {
            if let reference = characterReference(bytes[index]) {
                output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied..<index]))
                output.append(
                    contentsOf: UnsafeBufferPointer(start: reference.utf8Start, count: reference.utf8CodeUnitCount))
                copied = index + 1
            }
            index += 1
        }
    }
    output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied..<count]))
}

/// Whether one of eight bytes may be `"`, `&`, `<` or `>`: a byte that differs from one of them in no bit becomes zero, and
/// a zero is found without looking at single bytes.
private func mayNeedReference(_ word: UInt64) -> Bool {
    if word & 0x8080_8080_8080_8080 == 0x8080_8080_8080_8080 { return false }
    // 0x22 and 0x26 differ in one bit, 0x3C and 0x3E in another.
    let quotes = (word & 0xFBFB_FBFB_FBFB_FBFB) ^ 0x2222_2222_2222_2222
    let angles = (word & 0xFDFD_FDFD_FDFD_FDFD) ^ 0x3C3C_3C3C_3C3C_3C3C
    return hasZeroByte(quotes) || hasZeroByte(angles)
}

private func hasZeroByte(_ word: UInt64) -> Bool {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0
}

private func characterReference(_ byte: UInt8) -> StaticString? {
    switch byte {
    case 0x26: "&amp;"
    case 0x3C: "&lt;"
    case 0x3E: "&gt;"
    case 0x22: "&quot;"
    default: nil
    }
}

/// Appends a string as HTML text.
public func appendEscaped(_ text: String, to output: inout [UInt8]) {
    var text = text
    text.withUTF8 { appendEscaped($0, to: &output) }
}

/// Appends an address as the value of `href` or `src`: what may not stand in one is percent-encoded, as libcmark does.
public func appendHref(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    var copied = 0
    for index in bytes.indices where !isSafeInHref(bytes[index]) {
        output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied..<index]))
        copied = index + 1
        switch bytes[index] {
        case UInt8(ascii: "&"): output += "&amp;".utf8
        case UInt8(ascii: "'"): output += "&#x27;".utf8
        default: output += [UInt8(ascii: "%"), hexDigit(bytes[index] >> 4), hexDigit(bytes[index] & 15)]
        }
    }
    output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied...]))
}

/// Appends a string as an address.
public func appendHref(_ text: String, to output: inout [UInt8]) {
    var text = text
    text.withUTF8 { appendHref($0, to: &output) }
}

/// Letters, digits and -_.+!*(),%#@?=;:/$~ stand for themselves.
private func isSafeInHref(_ byte: UInt8) -> Bool {
    let (low, high): (UInt64, UInt64) = (0xAFFF_FF3A_0000_0000, 0x47FF_FFFE_87FF_FFFF)
    return byte < 64 ? low >> UInt64(byte) & 1 == 1 : byte < 128 && high >> UInt64(byte - 64) & 1 == 1
}

private func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 55 + value }
