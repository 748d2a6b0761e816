import Formats
import Glibc

/// The site as it stood before the last publication: what that replaced or deleted, and its manifest. `noticeboard rollback`
/// publishes it again.
///
/// It lies in the site's own private folder, never in what is served: a page may have been taken back because it must not be
/// read. It is put together beside the one that is there before publication begins, and takes its place when that is complete.
struct PreviousSite: Sendable {
    let disk: Disk
    /// The site's own private folder, and in it the previous site's.
    private let memory: String
    private let folder: String
    private var staged: String { folder + "-new" }

    /// - Parameters:
    ///   - site: The site's folder.
    ///   - output: The output folder, links resolved; each has a previous site of its own.
    init(site: String, output: String, disk: Disk) {
        self.disk = disk
        let isOwn = output == "\(site)/\(SiteOptions.ownOutput)"
        let name = isOwn ? "" : "-\(String(Fingerprint(output).value, radix: 36))"
        memory = "\(site)/\(MemoryFile.folder)"
        folder = "\(memory)/previous\(name)"
    }

    /// Puts down what a publication will replace or delete; false where the machine does not let us, and then there will be
    /// nothing to go back to.
    func stage(_ change: Draft.Change, of old: Manifest, in output: String) -> Bool {
        do {
            try disk.makePrivateFolder(memory)
            try disk.removeTree(staged)
            try disk.makePrivateFolder(staged)
            let routes = (change.writes + change.deletes).filter { old.index(of: $0) != nil }
            for parent in Publisher.folders(of: routes) { try disk.makeFolder("\(staged)/\(parent)") }
            for route in routes where disk.kind("\(output)/\(route)") == .file {
                try disk.link("\(output)/\(route)", "\(staged)/\(route)")
            }
            try disk.write("\(staged)/\(Manifest.name)", old.bytes, true)
            return true
        } catch {
            discard()
            try? disk.removeTree(folder)
            return false
        }
    }

    /// What was staged is the previous site from now on.
    func commit() throws {
        guard disk.kind("\(staged)/\(Manifest.name)") == .file else { return discard() }
        try disk.removeTree(folder)
        try disk.rename(staged, folder)
    }

    /// Whether a publication was cut off between its beginning and its very end.
    var isStaged: Bool { disk.kind(staged) != nil }

    /// What was staged is the previous site if the one that stands is another by now; else publication never began.
    func settle(over present: Manifest?) throws {
        let path = "\(staged)/\(Manifest.name)"
        if disk.kind(path) == .file, try disk.read(path) != present?.bytes { try commit() } else { discard() }
    }

    /// Forgets what was staged for a publication that did not begin.
    func discard() { try? disk.removeTree(staged) }

    /// There is nothing to go back to any more.
    func forget() throws {
        try disk.removeTree(folder)
        discard()
    }

    /// The manifest of the previous site; nil where there is none.
    func manifest() throws -> Manifest? {
        let path = "\(folder)/\(Manifest.name)"
        return disk.kind(path) == .file ? Manifest(try disk.read(path)) : nil
    }

    /// A file of the previous site that the present one lacks or has otherwise; nil where it is not as it was.
    func read(_ route: String, hash: ArraySlice<UInt8>) throws -> [UInt8]? {
        let path = "\(folder)/\(route)"
        guard disk.kind(path) == .file, case let bytes = try disk.read(path), Manifest.hash(bytes)[...] == hash else {
            return nil
        }
        return bytes
    }
}
