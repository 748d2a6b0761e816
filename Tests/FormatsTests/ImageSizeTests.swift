import Formats
import Testing

/// Sizes of pictures by their first bytes, whole and cut off at every byte.
@Suite struct ImageSizeTests {
    private static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13] + "IHDR".utf8 + [0, 0, 5, 0xA0, 0, 0, 1, 0x2C, 8, 2]
    private static let gif: [UInt8] = Array("GIF89a".utf8) + [0x40, 1, 0xF0, 0, 0, 0]
    private static let frame: [UInt8] = [0xFF, 0xC2, 0, 11, 8, 0x02, 0x58, 0x03, 0x20, 1, 1, 0x11, 0]
    private static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2] + frame
    private static let turned: [UInt8] =
        [0xFF, 0xD8, 0xFF, 0xE1, 0, 34] + "Exif\0\0".utf8 + "II".utf8 + [42, 0, 8, 0, 0, 0, 1, 0]
        + [0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0] + [0, 0, 0, 0] + frame
    private static func webP(_ kind: String, _ data: [UInt8]) -> [UInt8] {
        Array("RIFF".utf8) + [0, 0, 0, 0] + "WEBP".utf8 + kind.utf8 + [10, 0, 0, 0] + data
    }
    private static let avif: [UInt8] =
        [0, 0, 0, 0x1C] + "ftypavif".utf8 + [0, 0, 0, 20] + "ispe".utf8 + [0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0]

    private static let files: [(String, [UInt8], Int, Int)] = [
        ("PNG", png, 1440, 300), ("GIF", gif, 320, 240), ("JPEG", jpeg, 800, 600), ("JPEG, turned", turned, 600, 800),
        ("WebP, extended", webP("VP8X", [0, 0, 0, 0, 0x1F, 3, 0, 0x57, 2, 0]), 800, 600),
        ("WebP, lossy", webP("VP8 ", [0, 0, 0, 0x9D, 1, 0x2A, 0x20, 3, 0x58, 2]), 800, 600),
        ("WebP, lossless", webP("VP8L", [0x2F, 0x1F, 0xC3, 0x95, 0, 0, 0, 0, 0, 0]), 800, 600),
        ("AVIF", avif, 512, 256),
        ("SVG", Array("<?xml version=\"1.0\"?><svg width=\"720px\" height='150'>".utf8), 720, 150),
        ("SVG by its box", Array("<svg viewBox=\"0 0 720.4 150\">".utf8), 720, 150),
    ]

    @Test func sizesOfAllKinds() {
        for (name, bytes, width, height) in ImageSizeTests.files {
            let size = ImageSize(bytes)
            #expect(size?.width == width && size?.height == height, "\(name)")
        }
    }

    /// What is cut off, or has any byte turned, gives a size or none, and no crash.
    @Test func damagedFilesGiveNoCrash() {
        for (_, bytes, _, _) in ImageSizeTests.files {
            for end in bytes.indices { _ = ImageSize(Array(bytes[..<end])) }
            for index in bytes.indices {
                for value in [UInt8(0), 0x7F, 0xFF] {
                    var damaged = bytes
                    damaged[index] = value
                    _ = ImageSize(damaged)
                }
            }
        }
        #expect(ImageSize([]) == nil)
        #expect(ImageSize(Array("<svg width=\"99999999999999999999999999\" height=\"5\">".utf8)) == nil)
        #expect(ImageSize(Array("<svg viewBox=\"0 0 9223372036854775808 5\">".utf8)) == nil)
        #expect(ImageSize(Array("not a picture".utf8)) == nil)
        #expect(ImageSize(Array("<svg width=\"100%\" height=\"50\">".utf8)) == nil)
    }
}
