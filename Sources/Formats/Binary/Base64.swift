/// Bytes in base 64 (RFC 4648, section 4).
public func base64(_ bytes: some Sequence<UInt8>) -> String {
    let signs = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    var (held, count) = (0, 0)
    for byte in bytes {
        (held, count) = (held << 8 | Int(byte), count + 8)
        while count >= 6 {
            count -= 6
            text.append(signs[held >> count & 63])
        }
        held &= 1 << count - 1
    }
    if count > 0 { text.append(signs[held << (6 - count) & 63]) }
    while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
    return String(decoding: text, as: UTF8.self)
}
