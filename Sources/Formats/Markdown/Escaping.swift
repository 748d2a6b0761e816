/// Appends text as HTML: `&`, `<`, `>` and `"` become character references.
///
/// Copies runs; sixteen bytes at a time are tested for the four characters, so that Chinese text is nearly a copy.
@inlinable
public func appendEscaped(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    var copied = 0
    var index = 0
    let count = bytes.count
    while index < count {
        if index + 16 <= count {
            let block = UnsafeRawPointer(bytes.baseAddress! + index).loadUnaligned(as: SIMD16<UInt8>.self)
            let special = (block .== 0x26) .| (block .== 0x3C) .| (block .== 0x3E) .| (block .== 0x22)
            if !any(special) {
                index += 16
                continue
            }
        }
        let end = min(index + 16, count)
        while index < end {
            if let reference = characterReference(bytes[index]) {
                output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied..<index]))
                output.append(contentsOf: reference.utf8)
                copied = index + 1
            }
            index += 1
        }
    }
    output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied..<count]))
}

@inlinable
func characterReference(_ byte: UInt8) -> String? {
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
public func appendHref(_ bytes: some Sequence<UInt8>, to output: inout [UInt8]) {
    let hex = Array("0123456789ABCDEF".utf8)
    for byte in bytes {
        switch byte {
        case UInt8(ascii: "&"): output += "&amp;".utf8
        case UInt8(ascii: "'"): output += "&#x27;".utf8
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            output.append(byte)
        case _ where safeInHref[Int(byte)]: output.append(byte)
        default: output += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
        }
    }
}

private let safeInHref: [Bool] = {
    var table = [Bool](repeating: false, count: 256)
    for byte in "-_.+!*(),%#@?=;:/$~".utf8 { table[Int(byte)] = true }
    return table
}()
