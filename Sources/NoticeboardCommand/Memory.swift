import Formats
import Glibc
import Noticeboard

/// What a build remembers for the next one: `SITE/.noticeboard/`, for its owner only, never below what is served.
///
/// `index` holds everything in arrays that are read in one go, sealed by a fingerprint; `records` holds the notices' records
/// and the search's blocks one behind the other, each with a seal in the index. A build adds its new records at the end of `records` and then
/// replaces `index` in one step, so whatever is cut off leaves the old index with the old records. What is damaged, missing
/// or from another version of the program is as good as nothing: everything is built anew.
struct Memory: Sendable {
    /// Of the program that wrote it.
    var program = Fingerprint()
    /// The start of the machine: what was not yet on the disk then may be lost.
    var boot = ""
    /// The output folder, and what stands in it.
    var output = ""
    /// Its folders, its manifest, and the machine's file of the time zone.
    var places: [PlaceStamp] = []
    var outputs = KeptOutputs(routes: NameList(), ends: [], words: [])
    /// The moments, in seconds since 1970, between which nothing changes by itself.
    var builtAt = 0
    var changesAt = 0
    /// The site's time zone, and `changesAt` as it is told.
    var zone = ""
    var next = ""
    /// What notices are read with: their time zone, and whose telephone numbers may be shown.
    var reading = Fingerprint()
    /// What lay in the site's folder. Stamps of files that had not rested are `none`.
    var inventory = Inventory()
    /// Files whose stamps tell nothing: written just before the build, or by it.
    var unsettled: [UnsettledFile] = []
    /// Of each file's content.
    var fingerprints: [UInt64] = []
    /// Of each file that is a notice.
    var notices: [KeptNotice?] = []
    /// Of each block of the search's index.
    var search: [KeptBlock] = []
    /// The file of records, as long as the index knows it.
    var records: RecordMemory?
    var recordsLength = 0
    /// The file of records as it was when it was mapped.
    var recordsStamp = FileStamp.none
    /// Everything that was told, without personal values.
    var told: [Diagnostic] = []
    /// How many files were published.
    var files = 0
    /// Whether only that was read which tells whether anything has changed.
    var isHead = false

    struct PlaceStamp: Sendable, Equatable {
        let path: String
        let stamp: FileStamp
    }

    /// A file, by its place in the inventory, and its content.
    struct UnsettledFile: Sendable, Equatable, BitwiseCopyable {
        let file: Int
        let fingerprint: UInt64
    }

    /// A notice's facts, and where its record lies in the file of records.
    struct KeptNotice: Sendable, BitwiseCopyable {
        let facts: NoticeFacts
        let start: Int
        let count: Int
        let seal: UInt64
    }

    /// Where a block of the search's index lies in the file of records, and of which documents it was made.
    struct KeptBlock: Sendable, BitwiseCopyable {
        let key: UInt64
        let start: Int
        let count: Int
        let seal: UInt64
    }
}

extension Memory {
    /// A file by which the index is known, and its form; another form has another name.
    private static let mark = "noticeboard memory 3"

    /// The index as bytes; their fingerprint goes before them.
    var bytes: [UInt8] {
        var writer = ByteWriter(capacity: inventory.count * 400 + 65_536)
        writer.put(Memory.mark)
        writer.put(program.value)
        writer.put(boot)
        writer.put(output)
        writer.put(places.map(\.path))
        writer.put(array: places.map(\.stamp))
        writer.put(builtAt)
        writer.put(changesAt)
        writer.put(zone)
        writer.put(next)
        writer.put(told)
        writer.put(files)
        writer.put(inventory.paths.bytes)
        writer.put(array: inventory.stamps)
        writer.put(array: unsettled)
        // Up to here it can be told whether anything has changed; see `isHead`.
        writer.put(outputs.routes.bytes)
        writer.put(array: outputs.ends)
        writer.put(array: outputs.words)
        writer.put(reading.value)
        writer.put(array: fingerprints)
        writer.put(array: notices)
        writer.put(array: search)
        writer.put(recordsLength)
        return writer.bytes
    }

    /// Reads an index; nil where it is damaged. Of one that another version of the program wrote, only that is read.
    ///
    /// - Parameters:
    ///   - now: What lies in the site's folder now. Where that is what is remembered, the rest is not read: most likely
    ///     nothing has changed at all.
    ///   - content: Reads the content of a file that lies there now.
    init?(
        _ bytes: UnsafeRawBufferPointer, program: Fingerprint, now: Inventory? = nil,
        content: (_ file: Int) -> Fingerprint? = { _ in nil }
    ) {
        guard bytes.count > 8 else { return nil }
        var reader = ByteReader(bytes)
        guard reader.word() == Fingerprint(UnsafeRawBufferPointer(rebasing: bytes[8...])).value else { return nil }
        // A whole one in another form was written by another version.
        if reader.text() != Memory.mark { return }
        self.program = Fingerprint(kept: reader.word())
        if self.program != program { return }
        isHead = readHead(&reader, now: now, content)
        if !isHead { readRest(&reader) }
        if reader.hasFailed || !isHead && !isWhole { return nil }
    }

    /// Whether there is something of every file.
    private var isWhole: Bool {
        [inventory.stamps.count, fingerprints.count, notices.count].allSatisfy { $0 == inventory.count }
    }

    /// Reads what tells whether anything has changed; says whether the same files are there as now.
    private mutating func readHead(
        _ reader: inout ByteReader, now: Inventory?, _ content: (_ file: Int) -> Fingerprint?
    ) -> Bool {
        boot = reader.text()
        output = reader.text()
        let paths: [String] = reader.list()
        places = zip(paths, reader.array(of: FileStamp.self)).map { PlaceStamp(path: $0, stamp: $1) }
        builtAt = reader.int()
        changesAt = reader.int()
        zone = reader.text()
        next = reader.text()
        told = reader.list()
        files = reader.int()
        let names = reader.raw()
        let stamps = reader.array(of: FileStamp.self)
        unsettled = reader.array(of: UnsettledFile.self)
        if let now, now.isEqual(names, stamps, but: unsettled.map(\.file)),
            unsettled.allSatisfy({ content($0.file)?.value == $0.fingerprint })
        {
            inventory = now
            return true
        }
        inventory = Inventory(paths: NameList(bytes: Array(names)), stamps: stamps)
        return false
    }

    private mutating func readRest(_ reader: inout ByteReader) {
        outputs = KeptOutputs(
            routes: NameList(bytes: Array(reader.raw())), ends: reader.array(of: Int.self),
            words: reader.array(of: UInt64.self))
        reading = Fingerprint(kept: reader.word())
        fingerprints = reader.array(of: UInt64.self)
        notices = reader.array(of: KeptNotice?.self)
        search = reader.array(of: KeptBlock.self)
        recordsLength = reader.int()
    }
}

extension ByteWriter {
    /// Plain values as they lie in memory, which only this very program reads again.
    fileprivate mutating func put<Element: BitwiseCopyable>(array: [Element]) {
        put(array.count)
        array.withUnsafeBytes { put(raw: $0) }
    }
}

extension ByteReader {
    fileprivate mutating func array<Element: BitwiseCopyable>(of type: Element.Type) -> [Element] {
        let count = int()
        guard count >= 0, count < 1 << 40 else { return [] }
        let raw = raw(count: count * MemoryLayout<Element>.stride)
        if raw.isEmpty { return [] }
        return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            UnsafeMutableRawBufferPointer(buffer).copyMemory(from: raw)
            initialized = count
        }
    }
}
