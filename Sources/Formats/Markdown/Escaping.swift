/// Appends text as HTML: `&`, `<`, `>` and `"` become character references.
public func appendEscaped(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    var copied = 0
    // `"` and `&` differ in one bit, `<` and `>` in another.
    while let index = bytes.firstIndex(
        from: copied, { $0.equal(to: 0x22, except: 0x04) .| $0.equal(to: 0x3C, except: 0x02) })
    {
        output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied..<index]))
        let reference = characterReference(bytes[index])
        output.append(contentsOf: UnsafeBufferPointer(start: reference.utf8Start, count: reference.utf8CodeUnitCount))
        copied = index + 1
    }
    output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied...]))
}

private func characterReference(_ byte: UInt8) -> StaticString {
    switch byte {
    case 0x26: "&amp;"
    case 0x3C: "&lt;"
    case 0x3E: "&gt;"
    default: "&quot;"
    }
}

/// Appends a string as HTML text.
public func appendEscaped(_ text: String, to output: inout [UInt8]) {
    var text = text
    text.withUTF8 { appendEscaped($0, to: &output) }
}

/// Appends the text in a record as HTML.
func appendEscaped(_ slice: RecordSlice, to output: inout [UInt8]) {
    withExtendedLifetime(slice.memory) {
        slice.bytes.withMemoryRebound(to: UInt8.self) { appendEscaped($0, to: &output) }
    }
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

/// Appends a route as an address: a file's name may hold what parts an address (1#楼.csv, 完成率100%.csv), so only what
/// stands right behind the name of a page, a style sheet or a script is a place in it or a question.
public func appendRoute(_ route: String, to output: inout [UInt8]) {
    var route = route
    route.withUTF8 { bytes in
        guard bytes.holds("#") || bytes.holds("%") || bytes.holds("?") else { return appendHref(bytes, to: &output) }
        let ends: [(StaticString, Int)] = [(".html#", 5), (".html?", 5), (".css?", 4), (".js?", 3)]
        let place =
            bytes.first == UInt8(ascii: "#")
            ? 0 : ends.compactMap { end, length in bytes.firstIndex(of: end).map { $0 + length } }.min() ?? bytes.count
        var start = 0
        for index in 0..<place where "#%?".utf8.contains(bytes[index]) {
            appendHref(UnsafeBufferPointer(rebasing: bytes[start..<index]), to: &output)
            output += [UInt8(ascii: "%"), hexDigit(bytes[index] >> 4), hexDigit(bytes[index] & 15)]
            start = index + 1
        }
        appendHref(UnsafeBufferPointer(rebasing: bytes[start...]), to: &output)
    }
}

/// Letters, digits and -_.+!*(),%#@?=;:/$~ stand for themselves.
private func isSafeInHref(_ byte: UInt8) -> Bool {
    let (low, high): (UInt64, UInt64) = (0xAFFF_FF3A_0000_0000, 0x47FF_FFFE_87FF_FFFF)
    return byte < 64 ? low >> UInt64(byte) & 1 == 1 : byte < 128 && high >> UInt64(byte - 64) & 1 == 1
}

private func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 55 + value }
