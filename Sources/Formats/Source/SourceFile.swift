/// A text file of a site: its path, relative to the site's folder, and its text as UTF-8 bytes.
///
/// Everything that is parsed keeps byte ranges into `bytes`; lines and columns are computed only when a
/// diagnostic is made. A byte-order mark is not part of `bytes`; line ends are kept as they are.
public struct SourceFile: Sendable, Equatable {
    public let path: String
    public let bytes: [UInt8]

    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    public init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    /// The text of a byte range.
    public func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// The range of the line that holds `offset`, without its line end.
    public func line(at offset: Int) -> Range<Int> {
        let offset = min(max(offset, 0), bytes.count)
        var start = offset
        while start > 0, !isLineEnd(bytes[start - 1]) { start -= 1 }
        var end = offset
        while end < bytes.count, !isLineEnd(bytes[end]) { end += 1 }
        return min(start, end)..<end
    }

    /// The line number of `offset`, counted from 1. CR LF, LF and CR each end a line.
    public func lineNumber(at offset: Int) -> Int {
        var line = 1
        for index in 0..<min(offset, bytes.count) {
            if bytes[index] == UInt8(ascii: "\n") { line += 1 }
            if bytes[index] == UInt8(ascii: "\r"), index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "\n") {
                line += 1
            }
        }
        return line
    }

    /// The byte ranges of all lines, without their line ends.
    public func lines(in range: Range<Int>? = nil) -> [Range<Int>] {
        let range = range ?? 0..<bytes.count
        return bytes.withUnsafeBufferPointer { SourceFile.lines($0, range) }
    }

    private static func lines(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [Range<Int>] {
        let bytes = UnsafeBufferPointer(rebasing: bytes[..<range.upperBound])
        var lines: [Range<Int>] = []
        lines.reserveCapacity(range.count / 40 + 8)
        var start = range.lowerBound
        var nextReturn = bytes.firstIndex(of: 13, from: start) ?? bytes.count
        while start < bytes.count {
            let end = min(bytes.firstIndex(of: 10, from: start) ?? bytes.count, nextReturn)
            lines.append(start..<end)
            start = end + 1
            if end == nextReturn {
                if start < bytes.count, bytes[start] == 10 { start += 1 }
                nextReturn = bytes.firstIndex(of: 13, from: start) ?? bytes.count
            }
        }
        return lines
    }
}

private func isLineEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }
