private import CBrotli
private import CZlib

/// How a web server may send a file smaller than it is (RFC 9110, section 8.4.1). The same bytes give the same, always.
public enum ContentCoding: CaseIterable, Sendable {
    /// RFC 7932.
    case brotli
    /// RFC 1952, without a time.
    case gzip

    /// What stands behind the name of the file that holds it.
    public var suffix: String {
        switch self {
        case .brotli: ".br"
        case .gzip: ".gz"
        }
    }

    /// Bytes in this coding; nil where they would not become smaller.
    public func encode(_ bytes: [UInt8]) -> [UInt8]? {
        let encoded =
            switch self {
            case .brotli: ContentCoding.brotli(bytes)
            case .gzip: ContentCoding.gzip(bytes)
            }
        return encoded.flatMap { $0.count < bytes.count ? $0 : nil }
    }

    private static func brotli(_ bytes: [UInt8]) -> [UInt8]? {
        var size = BrotliEncoderMaxCompressedSize(bytes.count)
        var output = [UInt8](repeating: 0, count: size)
        // Level 9: the highest ones take ten times as long for a twentieth less.
        let done = BrotliEncoderCompress(9, 22, BROTLI_MODE_TEXT, bytes.count, bytes, &size, &output)
        return done == BROTLI_TRUE ? Array(output[..<size]) : nil
    }

    private static func gzip(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        // 15 bits of window, and 16 for gzip's own frame.
        guard
            deflateInit2_(
                &stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, uLong(bytes.count))))
        var input = bytes
        let status = input.withUnsafeMutableBufferPointer { from in
            output.withUnsafeMutableBufferPointer { to in
                (stream.next_in, stream.avail_in) = (from.baseAddress, uInt(from.count))
                (stream.next_out, stream.avail_out) = (to.baseAddress, uInt(to.count))
                return deflate(&stream, Z_FINISH)
            }
        }
        return status == Z_STREAM_END ? Array(output[..<Int(stream.total_out)]) : nil
    }
}
