/// The size at which a picture is shown, in pixels: a page tells it, so that nothing jumps when the picture arrives.
public struct ImageSize: Equatable, Sendable {
    public let width: Int
    public let height: Int

    /// Reads the size of a PNG (W3C), JPEG (ITU T.81), GIF (89a), WebP (RFC 9649), AVIF (ISO 23008-12) or SVG file; nil where
    /// it has none. A JPEG that a camera turned is as wide as it is shown.
    public init?(_ bytes: [UInt8]) {
        let found: (width: Int, height: Int)? =
            if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
                bytes.count >= 24 ? (bytes.number(16, 4), bytes.number(20, 4)) : nil
            } else if bytes.starts(with: [0xFF, 0xD8]) {
                ImageSize.ofJPEG(bytes)
            } else if bytes.starts(with: "GIF8".utf8) {
                bytes.count >= 10 ? (bytes.littleNumber(6, 2), bytes.littleNumber(8, 2)) : nil
            } else if bytes.starts(with: "RIFF".utf8), bytes.count >= 30 {
                ImageSize.ofWebP(bytes)
            } else if let box = bytes[...].firstRange(of: Array("ispe".utf8)), bytes.count >= box.upperBound + 12 {
                (bytes.number(box.upperBound + 4, 4), bytes.number(box.upperBound + 8, 4))
            } else {
                ImageSize.ofSVG(bytes)
            }
        guard let found, (1...100_000).contains(found.width), (1...100_000).contains(found.height) else { return nil }
        (width, height) = found
    }
}

extension ImageSize {
    /// The frame header; Exif's orientations from 5 on turn the picture by a quarter.
    private static func ofJPEG(_ bytes: [UInt8]) -> (Int, Int)? {
        var (index, isTurned) = (2, false)
        while index + 9 <= bytes.count, bytes[index] == 0xFF {
            let marker = bytes[index + 1]
            if marker == 0xFF { index += 1; continue }
            let length = bytes.number(index + 2, 2)
            if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
                let (height, width) = (bytes.number(index + 5, 2), bytes.number(index + 7, 2))
                return isTurned ? (height, width) : (width, height)
            }
            if marker == 0xE1, length > 8, index + 2 + length <= bytes.count {
                isTurned = orientation(bytes[index + 4..<index + 2 + length]) > 4
            }
            if length < 2 || marker == 0xDA { return nil }
            index += 2 + length
        }
        return nil
    }

    /// Exif 2.32, tag 0x0112; 1 where it is not given.
    private static func orientation(_ segment: ArraySlice<UInt8>) -> Int {
        guard segment.starts(with: Array("Exif\0\0".utf8)) else { return 1 }
        let tiff = Array(segment.dropFirst(6))
        let isLittle = tiff.starts(with: [0x49, 0x49])
        func number(_ at: Int, _ width: Int) -> Int {
            at + width <= tiff.count ? isLittle ? tiff.littleNumber(at, width) : tiff.number(at, width) : 0
        }
        let start = number(4, 4)
        let entries = (0..<number(start, 2)).lazy.map { start + 2 + 12 * $0 }
        return entries.first { number($0, 2) == 0x0112 }.map { number($0 + 8, 2) } ?? 1
    }

    private static func ofWebP(_ bytes: [UInt8]) -> (Int, Int)? {
        switch String(decoding: bytes[12..<16], as: UTF8.self) {
        case "VP8X": (bytes.littleNumber(24, 3) + 1, bytes.littleNumber(27, 3) + 1)
        case "VP8 ": (bytes.littleNumber(26, 2) & 0x3FFF, bytes.littleNumber(28, 2) & 0x3FFF)
        case "VP8L":
            ((bytes.littleNumber(21, 4) & 0x3FFF) + 1, (bytes.littleNumber(21, 4) >> 14 & 0x3FFF) + 1)
        default: nil
        }
    }

    /// Width and height where both are given in pixels, else the view box.
    private static func ofSVG(_ bytes: [UInt8]) -> (Int, Int)? {
        let text = String(decoding: bytes.prefix(4096), as: UTF8.self)
        guard let tag = text.firstMatch(of: /<svg\b[^>]*>/)?.output else { return nil }
        func pixels(_ match: Substring?) -> Int? { match.flatMap { Double($0) }.flatMap { Int(exactly: $0.rounded()) } }
        if let width = pixels(tag.firstMatch(of: /\swidth=["']([0-9.]+)(px)?["']/)?.output.1),
            let height = pixels(tag.firstMatch(of: /\sheight=["']([0-9.]+)(px)?["']/)?.output.1)
        {
            return (width, height)
        }
        let box = tag.firstMatch(of: /\sviewBox=["'][-0-9.]+[ ,]+[-0-9.]+[ ,]+([0-9.]+)[ ,]+([0-9.]+)["']/)
        guard let width = pixels(box?.output.1), let height = pixels(box?.output.2) else { return nil }
        return (width, height)
    }
}

extension [UInt8] {
    /// A number of some bytes, the first one the highest.
    fileprivate func number(_ at: Int, _ width: Int) -> Int { self[at..<at + width].reduce(0) { $0 << 8 | Int($1) } }

    /// The same with the first one the lowest.
    fileprivate func littleNumber(_ at: Int, _ width: Int) -> Int {
        self[at..<at + width].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
