/// What a picture's file tells beside the picture: where it was taken, and by whom. Cameras and telephones write it, and no page shows it.
public struct ImageMetadata: Equatable, Sendable {
    /// Whether it holds a place: GPS data of Exif, or of XMP.
    public private(set) var hasPlace = false
    /// Whether it holds a person's name: Exif's artist, XMP's creator, a PNG's author.
    public private(set) var hasAuthor = false

    /// Reads the metadata of a JPEG (ITU T.81, Exif 2.32), PNG (W3C) or WebP file; of any other what follows an Exif mark.
    public init(_ bytes: [UInt8]) {
        if bytes.starts(with: [0xFF, 0xD8]) {
            readJPEG(bytes)
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            readPNG(bytes)
        } else if bytes.starts(with: "RIFF".utf8) {
            readWebP(bytes)
        } else if let start = bytes[...].firstRange(of: Array("Exif\0\0".utf8)) {
            // HEIC and others, whatever their names say.
            readExif(Array(bytes[start.upperBound...]))
        }
    }
}

extension ImageMetadata {
    /// Segments up to the picture's data.
    private mutating func readJPEG(_ bytes: [UInt8]) {
        var index = 2
        while index + 4 <= bytes.count, bytes[index] == 0xFF, bytes[index + 1] != 0xDA {
            // Fill bytes may stand before a marker.
            if bytes[index + 1] == 0xFF { index += 1; continue }
            let length = Int(bytes[index + 2]) << 8 | Int(bytes[index + 3])
            guard length >= 2, index + 2 + length <= bytes.count else { return }
            let segment = bytes[index + 4..<index + 2 + length]
            if bytes[index + 1] == 0xE1 {
                if segment.starts(with: Array("Exif\0\0".utf8)) { readExif(Array(segment.dropFirst(6))) }
                if segment.starts(with: Array("http://ns.adobe.com/".utf8)) { readXMP(segment) }
            }
            // IPTC's by-line, in Photoshop's segment.
            if bytes[index + 1] == 0xED, segment.firstRange(of: [0x1C, 0x02, 0x50]) != nil { hasAuthor = true }
            index += 2 + length
        }
    }

    private mutating func readWebP(_ bytes: [UInt8]) {
        var index = 12
        while index + 8 <= bytes.count {
            let length = (0..<4).reduce(0) { $0 | Int(bytes[index + 4 + $1]) << (8 * $1) }
            guard length <= bytes.count - index - 8 else { return }
            let data = bytes[index + 8..<index + 8 + length]
            switch String(decoding: bytes[index..<index + 4], as: UTF8.self) {
            case "EXIF": readExif(Array(data.starts(with: "Exif\0\0".utf8) ? data.dropFirst(6) : data))
            case "XMP ": readXMP(data)
            default: break
            }
            index += 8 + length + length % 2
        }
    }

    private mutating func readPNG(_ bytes: [UInt8]) {
        var index = 8
        while index + 12 <= bytes.count {
            let length = bytes[index..<index + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length <= bytes.count - index - 12 else { return }
            let data = bytes[index + 8..<index + 8 + length]
            switch String(decoding: bytes[index + 4..<index + 8], as: UTF8.self) {
            case "eXIf": readExif(Array(data))
            case "tEXt", "zTXt", "iTXt":
                let key = String(decoding: data.prefix { $0 != 0 }, as: UTF8.self).lowercased()
                if key == "author" || key == "artist" { hasAuthor = true }
                if key == "xml:com.adobe.xmp" { readXMP(data) }
                // Exif in other clothes, or packed: nobody needs it, so it is not unpacked to be judged.
                let isPacked = key == "xml:com.adobe.xmp" && data.dropFirst(key.utf8.count + 1).first == 1
                if key.hasPrefix("raw profile type") || isPacked { hasPlace = true }
            default: break
            }
            index += 12 + length
        }
    }

    private mutating func readXMP(_ data: ArraySlice<UInt8>) {
        let text = String(decoding: data, as: UTF8.self)
        if text.contains("GPSLatitude") || text.contains("GPSLongitude") { hasPlace = true }
        if text.contains("dc:creator") || text.contains("photoshop:AuthorsPosition") { hasAuthor = true }
    }

    /// The first directory of a TIFF structure: tags for GPS, artist and Windows' author.
    private mutating func readExif(_ tiff: [UInt8]) {
        guard tiff.count >= 8 else { return }
        let isLittle = tiff.starts(with: [0x49, 0x49])
        func number(_ at: Int, _ width: Int) -> Int {
            guard at >= 0, at + width <= tiff.count else { return 0 }
            let field = tiff[at..<at + width]
            return (isLittle ? Array(field.reversed()) : Array(field)).reduce(0) { $0 << 8 | Int($1) }
        }
        let start = number(4, 4)
        for entry in 0..<number(start, 2) {
            let place = start + 2 + 12 * entry
            guard place + 12 <= tiff.count else { return }
            switch number(place, 2) {
            // An empty GPS directory holds its version at most.
            case 0x8825: if number(number(place + 8, 4), 2) > 1 { hasPlace = true }
            case 0x013B, 0x9C9D:
                if isFilled(tiff, number(place + 4, 4), number(place + 8, 4), place + 8) { hasAuthor = true }
            default: break
            }
        }
    }

    /// Whether a text of some bytes is more than blanks; up to four bytes stand in the entry itself.
    private func isFilled(_ tiff: [UInt8], _ count: Int, _ offset: Int, _ inline: Int) -> Bool {
        let start = count <= 4 ? inline : offset
        guard count > 0, start >= 0, start < tiff.count else { return false }
        return tiff[start..<min(tiff.count, start + count)].contains { $0 > 32 }
    }
}
