/// A JSON object of values that are JSON already.
public func jsonObject(_ fields: [(String, String)]) -> String {
    "{\(fields.map { "\(jsonString($0.0)):\($0.1)" }.joined(separator: ","))}"
}

/// A JSON string literal (RFC 8259 §7), which is one of JavaScript too.
public func jsonString(_ text: String) -> String {
    var bytes: [UInt8] = []
    appendJSON(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}

/// Appends the same as bytes.
public func appendJSON(_ text: String, to output: inout [UInt8]) {
    var text = text
    output.append(UInt8(ascii: "\""))
    text.withUTF8 { bytes in
        var copied = 0
        for index in bytes.indices where mustBeEscaped(bytes, index) {
            output += bytes[copied..<index]
            copied = index + appendEscape(bytes, index, to: &output)
        }
        output += bytes[copied...]
    }
    output.append(UInt8(ascii: "\""))
}

/// Old browsers take U+2028 and U+2029, E2 80 A8 and E2 80 A9, for the ends of lines.
private func mustBeEscaped(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    switch bytes[index] {
    case 0..<0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "\\"): true
    case 0xE2: index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] & 0xFE == 0xA8
    default: false
    }
}

/// Says how many bytes it stands for.
private func appendEscape(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, to output: inout [UInt8]) -> Int {
    switch bytes[index] {
    case UInt8(ascii: "\""): output += "\\\"".utf8
    case UInt8(ascii: "\\"): output += "\\\\".utf8
    case 10: output += "\\n".utf8
    case 13: output += "\\r".utf8
    case 9: output += "\\t".utf8
    case 0xE2:
        output += (bytes[index + 2] == 0xA8 ? "\\u2028" : "\\u2029").utf8
        return 3
    case let byte:
        let hex = String(byte, radix: 16)
        output += "\\u\(String(repeating: "0", count: 4 - hex.count))\(hex)".utf8
    }
    return 1
}
