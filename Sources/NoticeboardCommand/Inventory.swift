import Formats
import Glibc
import Noticeboard

/// Tells a file from what it was: where all four are the same, and it has rested for a while, its content is the same.
struct FileStamp: Equatable, Sendable, BitwiseCopyable {
    var size: Int64 = -1
    /// Nanoseconds since 1970.
    var modified: Int64 = 0
    var changed: Int64 = 0
    var inode: UInt64 = 0

    /// One that no file has.
    static let none = FileStamp()

    init() {}

    init(_ status: stat) {
        size = Int64(status.st_size)
        modified = nanoseconds(status.st_mtim)
        changed = nanoseconds(status.st_ctim)
        inode = UInt64(status.st_ino)
    }

    /// Whether the file is the same and has not been written; a second name for it changes nothing.
    func isOfSameContent(as other: FileStamp) -> Bool {
        (size, modified, inode) == (other.size, other.modified, other.inode)
    }

    /// A file that was written within two seconds of `time` can be written again without showing another stamp.
    func isYoung(at time: Int64) -> Bool { max(modified, changed) > time - 2_000_000_000 }
}

private func nanoseconds(_ time: timespec) -> Int64 { Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) }

/// What lies in some folders of a site: paths and stamps, in the order of paths. Nothing is read.
struct Inventory: Sendable {
    enum Kind: UInt8, Sendable {
        case file, other
    }

    private(set) var paths = NameList()
    private(set) var kinds: [Kind] = []
    private(set) var stamps: [FileStamp] = []

    var count: Int { paths.count }

    init() {}

    /// One that was kept; of files only.
    init(paths: NameList, stamps: [FileStamp]) {
        self.paths = paths
        self.stamps = stamps
        kinds = [Kind](repeating: .file, count: paths.count)
    }

    /// Whether these are the paths and stamps of an inventory that was kept; the stamps of some files tell nothing.
    func isEqual(_ names: UnsafeRawBufferPointer, _ kept: [FileStamp], but unsettled: [Int]) -> Bool {
        guard stamps.count == kept.count, paths.bytes.withUnsafeBytes({ compareBytes($0, names) == 0 }) else {
            return false
        }
        if unsettled.isEmpty { return stamps == kept }
        var known = kept
        for file in unsettled where known.indices.contains(file) { known[file] = stamps[file] }
        return stamps == known
    }

    /// Which file a path is; paths stand in order.
    func index(of path: String) -> Int? {
        let name = Array(path.utf8)
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            let other = paths.bytes[paths.range(middle)]
            if other.elementsEqual(name) { return middle }
            if other.lexicographicallyPrecedes(name) { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// Looks through folders of a site; those that do not exist are empty.
    static func taken(of site: String, folders: [String], jobs: Int) throws -> Inventory {
        var inventory = Inventory()
        var survey = Survey()
        for folder in folders { try survey.walk("\(site)/\(folder)", "\(folder)/", &inventory) }
        defer { survey.close() }
        inventory.stamps = try survey.stamps(of: inventory, jobs: jobs)
        return inventory
    }

    fileprivate mutating func add(_ prefix: [UInt8], _ name: UnsafeRawBufferPointer, _ kind: Kind) {
        paths.append(prefix, name)
        kinds.append(kind)
    }
}

/// Walks folders and then asks for stamps, many at a time.
private struct Survey {
    private var folders: [(descriptor: Int32, prefix: Int)] = []
    /// The folder of each entry.
    private var homes: [Int32] = []

    mutating func walk(_ path: String, _ prefix: String, _ inventory: inout Inventory) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return }
        guard descriptor >= 0 else { throw MachineFailure(path: path, code: errno) }
        let home = Int32(folders.count)
        let bytes = Array(prefix.utf8)
        folders.append((descriptor, bytes.count))
        let entries = try entries(of: descriptor, path)
        try entries.names.withUnsafeBytes { names in
            for entry in entries.list.sorted(by: { entries.precedes($0, $1, names) }) {
                let name = UnsafeRawBufferPointer(rebasing: names[entry.name])
                if entry.isFolder {
                    let text = String(decoding: name.dropLast(), as: UTF8.self)
                    try walk("\(path)/\(text)", "\(prefix)\(text)/", &inventory)
                } else {
                    let isName = name.allSatisfy { $0 < 0x80 } || String(validating: name, as: UTF8.self) != nil
                    inventory.add(bytes, name, entry.isFile && isName ? .file : .other)
                    homes.append(home)
                }
            }
        }
    }

    /// What a folder holds: names side by side, a folder's with a slash at its end, as it has in paths.
    private struct Entries {
        struct Entry {
            let name: Range<Int>
            let isFolder: Bool
            let isFile: Bool
        }

        var names: [UInt8] = []
        var list: [Entry] = []

        func precedes(_ a: Entry, _ b: Entry, _ names: UnsafeRawBufferPointer) -> Bool {
            compareBytes(
                UnsafeRawBufferPointer(rebasing: names[a.name]), UnsafeRawBufferPointer(rebasing: names[b.name])) < 0
        }
    }

    /// Dot files are the tools', `~$` ones the locks of an open Word or Excel.
    private func entries(of descriptor: Int32, _ path: String) throws -> Entries {
        guard let folder = fdopendir(dup(descriptor)) else { throw MachineFailure(path: path, code: errno) }
        defer { closedir(folder) }
        var entries = Entries()
        while let entry = readdir(folder) {
            let start = entries.names.count
            withUnsafePointer(to: &entry.pointee.d_name) {
                let name = UnsafeRawPointer($0)
                let length = strlen(name.assumingMemoryBound(to: CChar.self))
                entries.names.append(contentsOf: UnsafeRawBufferPointer(start: name, count: length))
            }
            let name = entries.names[start...]
            if name.first == UInt8(ascii: ".") || name.starts(with: "~$".utf8) {
                entries.names.removeSubrange(start...)
                continue
            }
            var type = Int(entry.pointee.d_type)
            if type == DT_UNKNOWN { type = try kind(of: Array(name), in: descriptor, path) }
            if type == DT_DIR { entries.names.append(UInt8(ascii: "/")) }
            entries.list.append(
                .init(name: start..<entries.names.count, isFolder: type == DT_DIR, isFile: type == DT_REG))
        }
        return entries
    }

    /// For file systems that do not say it in the listing.
    private func kind(of name: [UInt8], in descriptor: Int32, _ path: String) throws -> Int {
        var status = stat()
        let result = (name + [0]).withUnsafeBytes {
            fstatat(descriptor, $0.bindMemory(to: CChar.self).baseAddress!, &status, AT_SYMLINK_NOFOLLOW)
        }
        guard result == 0 else { throw MachineFailure(path: path, code: errno) }
        return status.st_mode & S_IFMT == S_IFDIR
            ? Int(DT_DIR) : status.st_mode & S_IFMT == S_IFREG ? Int(DT_REG) : Int(DT_LNK)
    }

    func stamps(of inventory: Inventory, jobs: Int) throws -> [FileStamp] {
        let pieces = parallelChunks(inventory.count, jobs: jobs) { range -> Result<[FileStamp], MachineFailure> in
            inventory.paths.bytes.withUnsafeBytes { names in
                var stamps: [FileStamp] = []
                stamps.reserveCapacity(range.count)
                var status = stat()
                for index in range {
                    let home = folders[Int(homes[index])]
                    let name = names.baseAddress! + inventory.paths.starts[index] + home.prefix
                    let text = name.assumingMemoryBound(to: CChar.self)
                    guard fstatat(home.descriptor, text, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                        return .failure(MachineFailure(path: inventory.paths[index], code: errno))
                    }
                    stamps.append(FileStamp(status))
                }
                return .success(stamps)
            }
        }
        return try pieces.flatMap { try $0.get() }
    }

    func close() { for folder in folders { Glibc.close(folder.descriptor) } }
}
