import Glibc

/// Waits for changes below some folders (inotify). Folders that are made later are watched too.
struct Watcher {
    private let descriptor: Int32
    private let roots: [String]

    /// Whatever changes what a folder holds; a file counts when it has been written, not while it is.
    private static let events = UInt32(
        IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_ONLYDIR)

    /// A save takes several steps, which come within a few milliseconds of each other.
    private static let settling: Int32 = 5

    /// - Parameter site: The folder that holds `folders`; it is watched itself, because they may come later.
    init(site: String, folders: [String]) throws {
        descriptor = inotify_init1(Int32(IN_CLOEXEC))
        guard descriptor >= 0 else { throw MachineFailure(path: site, code: errno) }
        roots = folders.map { "\(site)/\($0)" }
        guard inotify_add_watch(descriptor, site, UInt32(IN_CREATE | IN_MOVED_TO | IN_ONLYDIR)) >= 0 else {
            throw MachineFailure(path: site, code: errno)
        }
        try watchAll()
    }

    /// Returns when something has changed and nothing more has for a moment.
    func wait() throws {
        try read()
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while poll(&waiting, 1, Watcher.settling) > 0 { try read() }
        try watchAll()
    }

    /// Takes what has been told. Which file it was is of no interest: stamps tell.
    private func read() throws {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while Glibc.read(descriptor, &buffer, buffer.count) < 0 {
            if errno != EINTR { throw MachineFailure(path: roots[0], code: errno) }
        }
    }

    private func watchAll() throws { for root in roots { try watch(root) } }

    /// Watching a folder twice changes nothing.
    private func watch(_ folder: String) throws {
        if inotify_add_watch(descriptor, folder, Watcher.events) < 0 {
            if errno == ENOENT || errno == ENOTDIR { return }
            throw MachineFailure(path: folder, code: errno)
        }
        for entry in try Disk.real.list(folder) ?? [] where entry.kind == .folder && !entry.name.hasPrefix(".") {
            try watch("\(folder)/\(entry.name)")
        }
    }
}
