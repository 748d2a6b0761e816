private import CZip

/// A ZIP archive's entries.
final class Archive {
    enum Problem: Error {
        /// libzip is not installed.
        case noLibrary
        /// No archive, or one that is damaged.
        case damaged
        /// An entry is larger than any report: a ZIP bomb.
        case tooLarge
    }

    /// Entries that are larger unpacked are refused: the largest sheet of a school takes a few megabytes.
    private static let limit = 64 << 20
    /// The same of all entries together, and how many are read: one entry may be named a thousand times.
    private static let total = 128 << 20
    private static let readLimit = 500
    private var unpacked = 0
    private var readCount = 0

    private let bytes: UnsafeMutableRawBufferPointer
    private let archive: OpaquePointer

    init(_ bytes: [UInt8]) throws(Problem) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        copy.copyBytes(from: bytes)
        var opened: OpaquePointer?
        let result = archive_open(copy.baseAddress, copy.count, &opened)
        guard result == archive_ok, let opened else {
            copy.deallocate()
            throw result == archive_no_library ? .noLibrary : .damaged
        }
        self.bytes = copy
        archive = opened
    }

    deinit {
        archive_close(archive)
        bytes.deallocate()
    }

    /// The names of all entries.
    var names: [String] {
        (0..<max(0, min(archive_count(archive), 10_000))).compactMap {
            archive_name(archive, $0).map { String(cString: $0) }
        }
    }

    /// An entry, unpacked; nil where there is none.
    func entry(_ name: String) throws(Problem) -> [UInt8]? {
        let size = archive_size(archive, name)
        if size < 0 { return nil }
        unpacked += size
        readCount += 1
        guard size <= Archive.limit, unpacked <= Archive.total, readCount <= Archive.readLimit else { throw .tooLarge }
        var isRead = false
        let entry = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            isRead = size == 0 || archive_read(archive, name, buffer.baseAddress, size) == 1
            count = isRead ? size : 0
        }
        guard isRead else { throw .damaged }
        return entry
    }
}
