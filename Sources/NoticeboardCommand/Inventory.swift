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

    /// Looks through folders of a site; those that do not exist are empty.
    static func taken(of site: String, folders: [String], jobs: Int) throws -> Inventory {
        var inventory = Inventory()
        var survey = Survey()
        for folder in folders { try survey.walk("\(site)/\(folder)", "\(folder)/", &inventory) }
        defer { survey.close() }
        inventory.stamps = try survey.stamps(of: inventory, jobs: jobs)
        return inventory
    }

    fileprivate mutating func add(_ prefix: [UInt8], _ name: [UInt8], _ kind: Kind) {
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
        for entry in try entries(of: descriptor, path) {
            if entry.isFolder {
                let name = String(decoding: entry.name.dropLast(), as: UTF8.self)
                try walk("\(path)/\(name)", "\(prefix)\(name)/", &inventory)
            } else {
                let isName = String(validating: entry.name, as: UTF8.self) != nil
                inventory.add(bytes, entry.name, entry.isFile && isName ? .file : .other)
                homes.append(home)
            }
        }
    }

    /// A folder's entries in the order of paths: a folder's name ends in a slash there. Dot files are the tools', `~$`
    /// ones the locks of an open Word or Excel.
    private func entries(of descriptor: Int32, _ path: String) throws -> [(name: [UInt8], isFolder: Bool, isFile: Bool)] {
        guard let folder = fdopendir(dup(descriptor)) else { throw MachineFailure(path: path, code: errno) }
        defer { closedir(folder) }
        var entries: [(name: [UInt8], isFolder: Bool, isFile: Bool)] = []
        while let entry = readdir(folder) {
            var name = withUnsafePointer(to: &entry.pointee.d_name) {
                let start = UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)
                return Array(UnsafeRawBufferPointer(start: start, count: strlen(start)))
            }
            if name.first == UInt8(ascii: ".") || name.starts(with: "~$".utf8) { continue }
            var type = Int(entry.pointee.d_type)
            if type == DT_UNKNOWN { type = try kind(of: name, in: descriptor, path) }
            if type == DT_DIR { name.append(UInt8(ascii: "/")) }
            entries.append((name, type == DT_DIR, type == DT_REG))
        }
        return entries.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }

    /// For file systems that do not say it in the listing.
    private func kind(of name: [UInt8], in descriptor: Int32, _ path: String) throws -> Int {
        var status = stat()
        let result = (name + [0]).withUnsafeBytes {
            fstatat(descriptor, $0.bindMemory(to: CChar.self).baseAddress!, &status, AT_SYMLINK_NOFOLLOW)
        }
        guard result == 0 else { throw MachineFailure(path: path, code: errno) }
        return status.st_mode & S_IFMT == S_IFDIR ? Int(DT_DIR) : status.st_mode & S_IFMT == S_IFREG ? Int(DT_REG) : Int(DT_LNK)
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
