private import CLinux
import Formats
import Glibc

/// The file system, as the few operations that the program needs; tests put faults into them.
struct Disk: Sendable {
    enum Kind: Sendable {
        case file, folder, other
    }

    struct Entry: Sendable {
        let name: String
        let kind: Kind
    }

    var read: @Sendable (_ path: String) throws -> [UInt8]
    /// Reads a plain file that is no link, with its stamp; nil where something else stands there.
    var readSource: @Sendable (_ path: String) throws -> (bytes: [UInt8], stamp: FileStamp)?
    /// Creates or replaces a file, and waits until its bytes are on the disk when `isDurable`.
    var write: @Sendable (_ path: String, _ bytes: [UInt8], _ isDurable: Bool) throws -> Void
    var rename: @Sendable (_ from: String, _ to: String) throws -> Void
    /// Gives a file a second name, or makes a copy of it where the file system has no such names.
    var link: @Sendable (_ from: String, _ to: String) throws -> Void
    /// Swaps two folders in one step; false where the file system cannot.
    var exchange: @Sendable (_ a: String, _ b: String) throws -> Bool
    var removeFile: @Sendable (_ path: String) throws -> Void
    /// Removes a folder if it is empty.
    var removeFolder: @Sendable (_ path: String) throws -> Void
    /// Creates a folder for its owner only, unless it is there.
    var makePrivateFolder: @Sendable (_ path: String) throws -> Void
    /// Creates a folder and those above it.
    var makeFolder: @Sendable (_ path: String) throws -> Void
    /// What a folder holds, in the order of names; nil where there is no such folder.
    var list: @Sendable (_ path: String) throws -> [Entry]?
    var kind: @Sendable (_ path: String) -> Kind?
    /// What tells a file or folder from what it was; `none` where nothing is.
    var stamp: @Sendable (_ path: String) -> FileStamp
    /// Whether files in a folder can be created and replaced.
    var isWritable: @Sendable (_ path: String) -> Bool
    /// The path without symbolic links; nil where nothing is there.
    var resolved: @Sendable (_ path: String) -> String?
}

/// The machine failed us: disk full, no permission, a lock that another build holds.
struct MachineFailure: Error {
    let path: String
    let code: Int32
    /// Whether publication had begun: then the next command completes it.
    var isInterrupted = false

    var lines: [String] {
        if code == EWOULDBLOCK {
            return [
                "另一个noticeboard正在生成这个网站，这一次没有运行；等它结束后再运行。已发布的网站没有改动。",
                "Another noticeboard is building this site, so this one did nothing; run it again afterwards. The published site is unchanged.",
            ]
        }
        let reason = String(cString: strerror(code))
        let (zh, en) =
            isInterrupted
            ? ("发布中断，排除故障后再运行一次就会接着完成。", "Publication was interrupted; the next run completes it.")
            : ("已发布的网站没有改动。", "The published site is unchanged.")
        return ["机器故障：\(path)：\(reason)。\(zh)", "The machine failed: \(path): \(reason). \(en)"]
    }
}

extension Disk {
    static let real = Disk(
        read: readFile, readSource: readPlainFile, write: writeFile,
        rename: { try check(Glibc.rename($0, $1), $1) },
        link: linkOrCopy, exchange: exchangeFolders,
        removeFile: { if unlink($0) != 0, errno != ENOENT { throw MachineFailure(path: $0, code: errno) } },
        removeFolder: { path in
            if rmdir(path) == 0 || [ENOENT, ENOTEMPTY, EEXIST, EBUSY].contains(errno) { return }
            let failure = MachineFailure(path: path, code: errno)
            // File systems in the network have other words for a folder that is not empty.
            if try listFolder(path)?.isEmpty == true { throw failure }
        },
        makePrivateFolder: { path in
            if mkdir(path, 0o700) != 0, errno != EEXIST { throw MachineFailure(path: path, code: errno) }
            // Through a link our files would land in somebody else's folder.
            if kindOfFile(path) != .folder { throw MachineFailure(path: path, code: ENOTDIR) }
        }, makeFolder: makeFolders, list: listFolder, kind: kindOfFile, stamp: stampOfFile,
        isWritable: { access($0, W_OK | X_OK) == 0 },
        resolved: { path in
            guard let pointer = realpath(path, nil) else { return nil }
            defer { free(pointer) }
            return String(cString: pointer)
        })

    /// A path without symbolic links, as far as it exists; the rest of it made plain, so that `..` leads nowhere unseen.
    func resolvedAncestor(of path: String) -> String {
        if let resolved = resolved(path) { return resolved }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let parent = parts.dropLast().joined(separator: "/")
        let name = parts.last ?? ""
        if parts.count == 1 { return "\(resolved(".") ?? ".")/\(name)" }
        let above = resolvedAncestor(of: parent.isEmpty ? "/" : parent)
        if name == ".." { return above.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } }
        return name == "." || name.isEmpty ? above : "\(above == "/" ? "" : above)/\(name)"
    }

    /// Replaces a file in one step: whoever reads it has the old one or the new one.
    func replace(_ path: String, with bytes: [UInt8]) throws {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let aside = (parts.dropLast() + [".\(parts.last ?? "")-new"]).joined(separator: "/")
        // What somebody put there, by a second name or a link, is theirs.
        try removeFile(aside)
        try write(aside, bytes, true)
        try rename(aside, path)
    }

    /// A file's bytes; nil where none stands there.
    func readIfPresent(_ path: String) throws -> [UInt8]? { kind(path) == .file ? try read(path) : nil }

    /// Removes a folder and everything in it.
    func removeTree(_ path: String) throws {
        guard let kind = kind(path) else { return }
        if kind != .folder { return try removeFile(path) }
        for entry in try list(path) ?? [] {
            let inner = "\(path)/\(entry.name)"
            if entry.kind == .folder { try removeTree(inner) } else { try removeFile(inner) }
        }
        try removeFolder(path)
    }
}

private func check(_ result: Int32, _ path: String) throws {
    if result != 0 { throw MachineFailure(path: path, code: errno) }
}

private func readFile(_ path: String) throws -> [UInt8] {
    // Without waiting: nobody may ever write into a pipe that stands in a file's place.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw MachineFailure(path: path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    try check(fstat(descriptor, &status), path)
    guard status.st_mode & S_IFMT == S_IFREG else { throw MachineFailure(path: path, code: EINVAL) }
    return try contents(descriptor, status, path)
}

/// A pipe or a device would hang or never end; a link may have taken a file's place since it was looked at.
private func readPlainFile(_ path: String) throws -> (bytes: [UInt8], stamp: FileStamp)? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    if descriptor < 0, errno == ELOOP || errno == ENXIO { return nil }
    guard descriptor >= 0 else { throw MachineFailure(path: path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    try check(fstat(descriptor, &status), path)
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    return try (contents(descriptor, status, path), FileStamp(status))
}

private func contents(_ descriptor: Int32, _ status: stat, _ path: String) throws -> [UInt8] {
    // Room for a byte more shows a file that has grown since, or one of the kernel's, which have no size.
    let size = max(512, Int(status.st_size) + 1)
    var bytes = try chunk(descriptor, path, size)
    if bytes.count == Int(status.st_size) { return bytes }
    while case let more = try chunk(descriptor, path, 65_536), !more.isEmpty { bytes += more }
    return bytes
}

/// What one call reads of a file, up to `size` bytes; nothing at its end only.
private func chunk(_ descriptor: Int32, _ path: String, _ size: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        var read = Glibc.read(descriptor, buffer.baseAddress, size)
        while read < 0, errno == EINTR { read = Glibc.read(descriptor, buffer.baseAddress, size) }
        if read < 0 { throw MachineFailure(path: path, code: errno) }
        count = read
    }
}

private func writeFile(_ path: String, _ bytes: [UInt8], _ isDurable: Bool) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw MachineFailure(path: path, code: errno) }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
        let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0 {
            if errno == EINTR { continue }
            throw MachineFailure(path: path, code: errno)
        }
        written += count
    }
    if isDurable { try check(fsync(descriptor), path) }
}

private func linkOrCopy(_ from: String, _ to: String) throws {
    if Glibc.link(from, to) == 0 { return }
    guard [EXDEV, EPERM, EMLINK, ENOSYS, EOPNOTSUPP].contains(errno) else {
        throw MachineFailure(path: to, code: errno)
    }
    try writeFile(to, readFile(from), false)
}

private func exchangeFolders(_ a: String, _ b: String) throws -> Bool {
    if renameat2(AT_FDCWD, a, AT_FDCWD, b, UInt32(noticeboard_rename_exchange)) == 0 { return true }
    if [EINVAL, ENOSYS, EXDEV, EBUSY, EPERM].contains(errno) { return false }
    throw MachineFailure(path: b, code: errno)
}

private func makeFolders(_ path: String) throws {
    if path.isEmpty || path == "/" || path == "." || mkdir(path, 0o755) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/") else { throw MachineFailure(path: path, code: errno) }
    try makeFolders(String(path[..<slash]))
    if mkdir(path, 0o755) != 0, errno != EEXIST { throw MachineFailure(path: path, code: errno) }
}

private func listFolder(_ path: String) throws -> [Disk.Entry]? {
    guard let folder = opendir(path) else {
        if errno == ENOENT { return nil }
        throw MachineFailure(path: path, code: errno)
    }
    defer { closedir(folder) }
    var entries: [Disk.Entry] = []
    while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name == "." || name == ".." { continue }
        entries.append(Disk.Entry(name: name, kind: kindOfFile("\(path)/\(name)") ?? .other))
    }
    return entries.sorted { precedes($0.name, $1.name) }
}

private func stampOfFile(_ path: String) -> FileStamp {
    var status = stat()
    return lstat(path, &status) == 0 ? FileStamp(status) : .none
}

private func kindOfFile(_ path: String) -> Disk.Kind? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
}
