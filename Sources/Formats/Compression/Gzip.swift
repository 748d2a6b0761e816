private import CZlib

/// How large bytes are as a web server sends them.
public enum Gzip {
    /// In bytes, compressed by zlib at its usual level (RFC 1952 adds 18 bytes).
    public static func size(of bytes: [UInt8]) -> Int {
        var length = compressBound(uLong(bytes.count))
        var compressed = [UInt8](repeating: 0, count: Int(length))
        let status = compress2(&compressed, &length, bytes, uLong(bytes.count), 6)
        // zlib's own frame takes 6 bytes.
        return status == Z_OK ? Int(length) + 12 : bytes.count
    }
}
