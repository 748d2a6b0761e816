import CZlib

/// A ZIP archive without compression (APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16), for bytes that are to reach what
/// reads the files in it.
func storedArchive(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for (name, bytes) in files {
        let sum = UInt32(truncatingIfNeeded: crc32(0, bytes, UInt32(bytes.count)))
        let size = UInt32(bytes.count)
        let facts = little16(20, 0, 0, 0, 0x21) + little32(sum, size, size) + little16(UInt16(name.utf8.count), 0)
        directory +=
            little32(0x0201_4b50) + little16(20) + facts + little16(0, 0, 0) + little32(0, UInt32(archive.count))
        directory += name.utf8
        archive += little32(0x0403_4b50) + facts + name.utf8 + bytes
    }
    let start = UInt32(archive.count)
    let count = UInt16(files.count)
    archive += directory + little32(0x0605_4b50) + little16(0, 0, count, count)
    return archive + little32(UInt32(directory.count), start) + little16(0)
}

private func little16(_ numbers: UInt16...) -> [UInt8] {
    numbers.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
}

private func little32(_ numbers: UInt32...) -> [UInt8] {
    numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
}
