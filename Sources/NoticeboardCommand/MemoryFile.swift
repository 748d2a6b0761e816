import Formats
import Glibc
import Noticeboard

/// The memory on the disk. Whatever goes wrong with it is no failure of a build: the next one just knows nothing.
struct MemoryFile {
    static let folder = ".noticeboard"

    private let site: String
    private let folder: String
    private var index: String { "\(folder)/index" }
    private var records: String { "\(folder)/records" }

    init(site: String) {
        self.site = site
        folder = "\(site)/\(MemoryFile.folder)"
    }

    enum Loaded {
        /// There is none, or another version of the program wrote it.
        case nothing
        case damaged
        case memory(Memory)
    }

    /// What can be used of it, if anything.
    var memory: Memory? {
        if case .memory(let memory) = load(program: Program.fingerprint) { memory } else { nil }
    }

    /// - Parameter now: As in `Memory`.
    func load(program: Fingerprint, now: Inventory? = nil) -> Loaded {
        guard let mapped = MemoryFile.map(index) else { return .nothing }
        let content = { (file: Int) -> Fingerprint? in
            guard let now, file < now.count, now.kinds[file] == .file else { return nil }
            return (try? Disk.real.read("\(site)/\(now.paths[file])")).map { Fingerprint($0) }
        }
        guard var memory = Memory(mapped.bytes, program: program, now: now, content: content) else { return .damaged }
        if memory.program != program { return .nothing }
        if memory.isHead { return .memory(memory) }
        guard let records = MemoryFile.map(records) ?? (memory.recordsLength == 0 ? RecordMemory.empty : nil),
            records.bytes.count >= memory.recordsLength
        else { return .damaged }
        memory.records = records
        memory.recordsStamp = Disk.real.stamp(self.records)
        return .memory(memory)
    }

    /// Remembers a build: new records go behind those that are there, or, where most of these are no longer needed, all
    /// records into a file of their own. Notices and blocks of the search get their places in it; what the old memory has keeps its.
    func save(_ memory: inout Memory, of plan: SitePlan, over old: Memory?) throws {
        try Disk.real.makePrivateFolder(folder)
        // Builds into other output folders remember here as well.
        let lock = try Lock(folder)
        defer { lock.release() }
        let kept = canAppend(memory, plan, to: old) ? old : nil
        let start = kept?.recordsLength ?? 0
        let pieces = place(plan, in: &memory, from: start, kept)
        // A file that is read elsewhere is never overwritten: a new one takes its name.
        let path = kept != nil ? records : records + "-new"
        try write(pieces, to: path, at: start)
        if kept == nil { try check(rename(path, records), records) }
        let content = memory.bytes
        let seal = Fingerprint(content).value.littleEndian
        try content.withUnsafeBytes { content in
            try withUnsafeBytes(of: seal) { try write([$0, content], to: index + "-new", at: 0) }
        }
        try check(rename(index + "-new", index), index)
    }

    /// Gives every new record its place in the file of records, from `start` on; returns what has to be written there, which is
    /// valid as long as the plan.
    private func place(
        _ plan: SitePlan, in memory: inout Memory, from start: Int, _ old: Memory?
    ) -> [UnsafeRawBufferPointer] {
        var pieces: [UnsafeRawBufferPointer] = []
        var end = start
        func add(_ record: UnsafeRawBufferPointer) -> (start: Int, count: Int) {
            pieces.append(record)
            end += record.count
            return (end - record.count, record.count)
        }
        for notice in plan.site.notices where old == nil || memory.notices[notice.file] == nil {
            let (start, count) = add(notice.record.slice.bytes)
            let seal = Notice.seal(of: notice.record).value
            memory.notices[notice.file] = .init(facts: notice.facts, start: start, count: count, seal: seal)
        }
        memory.search = plan.search.records.enumerated().map { number, block in
            if let old, block.wasKept { return old.search[number] }
            let (key, record) = (plan.search.keys[number].value, block.slice.bytes)
            let (start, count) = add(record)
            return .init(key: key, start: start, count: count, seal: Fingerprint(record).value)
        }
        memory.recordsLength = end
        return pieces
    }

    /// Whether nobody has changed the file of records since it was read, and more of what lies there is needed than not.
    private func canAppend(_ memory: Memory, _ plan: SitePlan, to old: Memory?) -> Bool {
        let stamp = Disk.real.stamp(records)
        guard let old, stamp == old.recordsStamp, stamp.size == old.recordsLength else { return false }
        let notices = memory.notices.reduce(0) { $0 + ($1?.count ?? 0) }
        let needed = plan.search.records.reduce(notices) { $0 + ($1.wasKept ? $1.slice.range.count : 0) }
        return needed * 2 > old.recordsLength
    }
}

extension MemoryFile {
    private static func map(_ path: String) -> RecordMemory? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size > 0,
            let start = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
        else { return nil }
        return RecordMemory(UnsafeRawBufferPointer(start: start, count: Int(status.st_size))) {
            munmap(UnsafeMutableRawPointer(mutating: $0.baseAddress!), $0.count)
        }
    }

    /// Writes pieces one behind the other, many in a call, without putting them together first.
    private func write(_ pieces: [UnsafeRawBufferPointer], to path: String, at offset: Int) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (offset == 0 ? O_TRUNC : 0), 0o600)
        guard descriptor >= 0 else { throw MachineFailure(path: path, code: errno) }
        defer { close(descriptor) }
        var vectors = pieces.filter { !$0.isEmpty }.map {
            iovec(iov_base: UnsafeMutableRawPointer(mutating: $0.baseAddress), iov_len: $0.count)
        }[...]
        var place = offset
        while !vectors.isEmpty {
            // 1,024 is the most that Linux takes in a call.
            let count = Array(vectors.prefix(1024)).withUnsafeBufferPointer {
                pwritev(descriptor, $0.baseAddress, Int32($0.count), off_t(place))
            }
            guard count > 0 else { throw MachineFailure(path: path, code: errno) }
            place += count
            vectors.removeFirst(bytes: count)
        }
    }

    private func check(_ result: Int32, _ path: String) throws {
        if result != 0 { throw MachineFailure(path: path, code: errno) }
    }
}

extension ArraySlice<iovec> {
    /// Takes away what was written.
    fileprivate mutating func removeFirst(bytes count: Int) {
        var count = count
        while let next = first, next.iov_len <= count {
            count -= next.iov_len
            removeFirst()
        }
        if count > 0 {
            self[startIndex] = iovec(
                iov_base: self[startIndex].iov_base + count, iov_len: self[startIndex].iov_len - count)
        }
    }
}
