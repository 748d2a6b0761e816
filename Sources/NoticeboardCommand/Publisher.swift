import Glibc

/// Puts a site into its output folder, all or nothing: see `Draft`. Whoever comes next completes a publication that was cut
/// off. This works only if nothing but the journal's execution touches a page.
struct Publisher: Sendable {
    let disk: Disk
    let output: String
    /// Where the site that is replaced is kept; nil where it is not.
    var previous: PreviousSite?

    private var manifestPath: String { "\(output)/\(Manifest.name)" }
    private var journalPath: String { "\(output)/\(Journal.name)" }
    var asidePath: String { "\(output)/.noticeboard-new" }
    var siblingPath: String {
        let parts = output.split(separator: "/", omittingEmptySubsequences: false)
        return (parts.dropLast() + [".\(parts.last ?? "")-noticeboard-new"]).joined(separator: "/")
    }

    /// A publisher into a folder, links resolved; refused where the folder is, holds or lies in the site's own sources.
    static func into(_ output: String, site: String, disk: Disk) throws -> Publisher {
        let resolved = disk.resolvedAncestor(of: output)
        for folder in ["content", "templates", PrivateFolder.name, MemoryFile.folder] {
            let source = disk.resolvedAncestor(of: "\(site)/\(folder)")
            let (a, b) = (resolved + "/", source + "/")
            if a.hasPrefix(b) || b.hasPrefix(a) {
                throw Refusal(
                    zh: "输出文件夹\(output)和\(folder)/互相包含，请换一个。",
                    en: "The output folder \(output) and \(folder)/ lie in each other; choose another.")
            }
        }
        let previous = PreviousSite(site: disk.resolved(site) ?? site, output: resolved, disk: disk)
        return Publisher(disk: disk, output: resolved, previous: previous)
    }

    /// Keeps other builds out of the folder until it is released.
    func lock() throws -> Lock {
        try disk.makeFolder(output)
        return try Lock(output)
    }

    /// The same, unless there is no such folder yet: a site with errors leaves no trace.
    func lockIfPresent() throws -> Lock? { disk.kind(output) == nil ? nil : try lock() }

    /// Completes a publication that was cut off, and clears what one that never began left behind.
    func recover() throws {
        let traces = [journalPath, journalPath + "-new", asidePath, siblingPath]
        if traces.contains(where: { disk.kind($0) != nil }) { try complete() }
        if let previous, previous.isStaged { try previous.settle(over: manifest()) }
    }

    private func complete() throws {
        // A folder without our manifest is not ours, whatever lies in it.
        if let manifest = try manifest() {
            if disk.kind(journalPath) == .file, let journal = Journal(try disk.read(journalPath)) {
                try execute(journal, ownedBy: manifest)
            } else if disk.kind(journalPath) != nil {
                try disk.removeTree(journalPath)
            }
            try disk.removeTree(journalPath + "-new")
            try disk.removeTree(asidePath)
        }
        try clearSibling()
    }

    /// Whether a publication was begun and not completed.
    var hasBegun: Bool { disk.kind(journalPath) != nil }

    /// What we own in the output folder; nil where nothing is.
    func manifest() throws -> Manifest? {
        guard disk.kind(manifestPath) == .file else { return nil }
        guard let manifest = Manifest(try disk.read(manifestPath)) else {
            throw Refusal(
                zh: "输出文件夹的清单\(manifestPath)已损坏。请清空输出文件夹后重新生成。",
                en: "The manifest \(manifestPath) is damaged. Empty the output folder and build again.")
        }
        return manifest
    }
}

/// What a draft asks for.
extension Publisher {
    /// The folders that a route lies in, the innermost first.
    static func folders(_ route: String) -> [String] {
        let bytes = route.utf8
        return bytes.indices.reversed().filter { bytes[$0] == UInt8(ascii: "/") }.map { String(route[..<$0]) }
    }

    /// All folders that routes lie in, in order. Routes of one folder mostly follow each other.
    static func folders(of routes: [String]) -> [String] {
        var found: Set<String> = []
        var last = ""
        for route in routes {
            // In the same folder as the one before: nothing but a name behind it.
            if route.hasPrefix(last), !last.isEmpty, !route.utf8.dropFirst(last.utf8.count).contains(UInt8(ascii: "/"))
            {
                continue
            }
            let folders = folders(route)
            last = folders.first.map { "\($0)/" } ?? ""
            found.formUnion(folders)
        }
        return found.sorted()
    }

    /// Nothing but folders may stand above a page: a link would lead our writing elsewhere.
    func checkFolders(_ folders: [String]) throws {
        for folder in folders {
            if let kind = disk.kind("\(output)/\(folder)"), kind != .folder { throw foreignFile(folder) }
        }
    }

    func refuseStrangers() throws {
        guard let stranger = try disk.list(output)?.first(where: { !$0.name.hasPrefix(".") }) else { return }
        throw Refusal(
            zh: "输出文件夹\(output)里有不是本程序生成的文件（\(stranger.name)），没有写入。请换一个空文件夹，或用-o指定。",
            en:
                "The output folder \(output) holds files that are not ours (\(stranger.name)); nothing was written. Choose an empty one, or another with -o."
        )
    }

    func foreignFile(_ route: String) -> Refusal {
        Refusal(
            zh: "\(output)/\(route)不是本程序生成的，没有覆盖。请移走它，或改掉同名的内容。",
            en: "\(output)/\(route) is not ours and was not replaced. Move it away, or rename the content of that name."
        )
    }

    /// A sibling folder to be filled; the manifest in it says that it is ours.
    func beginSibling() throws {
        try disk.makeFolder(output)
        try clearSibling()
        try disk.makeFolder(siblingPath)
        try disk.write("\(siblingPath)/\(Manifest.name)", Manifest.empty.bytes, false)
    }

    /// Exchanges the sibling with the output folder; false where the file system cannot. What was filled is then moved
    /// aside, into the output folder.
    func exchangeSibling(_ manifest: Manifest) throws -> Bool {
        try disk.write("\(siblingPath)/\(Manifest.name)", manifest.bytes, true)
        let entries = try disk.list(output) ?? []
        for entry in entries where entry.name.hasPrefix(".") && entry.kind == .file {
            try disk.write("\(siblingPath)/\(entry.name)", disk.read("\(output)/\(entry.name)"), false)
        }
        if entries.allSatisfy({ $0.kind == .file }), try disk.exchange(siblingPath, output) {
            // The site stands; what is left of the empty folder, the next command clears.
            do {
                try disk.removeTree(siblingPath)
            } catch var failure as MachineFailure {
                failure.isInterrupted = true
                throw failure
            }
            return true
        }
        try disk.removeTree(asidePath)
        try disk.rename(siblingPath, asidePath)
        return false
    }

    func beginAside() throws {
        try disk.removeTree(asidePath)
        try disk.makeFolder(asidePath)
    }

    /// Moves what lies aside into its place, by a journal; false where what is replaced could not be kept.
    func publishAside(_ change: Draft.Change, _ old: Manifest?, keepsPrevious: Bool) throws -> Bool {
        if change.writes.isEmpty, change.deletes.isEmpty, change.manifest == old {
            try disk.removeTree(asidePath)
            return true
        }
        try disk.write("\(asidePath)/\(Manifest.name)", change.manifest.bytes, true)
        try checkWritable(change.writes + change.deletes)
        if old == nil { try disk.write(manifestPath, Manifest.empty.bytes, true) }
        let keeper = keepsPrevious && old != nil && change.manifest != old ? previous : nil
        let isKept = keeper?.stage(change, of: old ?? .empty, in: output) ?? true
        let journal = Journal(writes: change.writes, deletes: change.deletes)
        try disk.removeTree(journalPath + "-new")
        try disk.write(journalPath + "-new", journal.bytes, true)
        try disk.rename(journalPath + "-new", journalPath)
        try execute(journal, ownedBy: old ?? Manifest.empty)
        // The site is published whatever becomes of this.
        guard isKept, let keeper else { return isKept }
        return (try? keeper.commit()) != nil
    }
}

extension Publisher {
    /// Removes what a publication that never began left beside the output; it can be told by our manifest in it.
    private func clearSibling() throws {
        guard let kind = disk.kind(siblingPath) else { return }
        // What was an output folder without pages has dot files only, which were copied.
        if kind == .folder, disk.kind("\(siblingPath)/\(Manifest.name)") != .file,
            try disk.list(siblingPath)?.contains(where: { !$0.name.hasPrefix(".") || $0.kind != .file }) == true
        {
            throw Refusal(
                zh: "\(siblingPath)不是本程序的，没有删除。请移走它。",
                en: "\(siblingPath) is not ours and was not deleted. Move it away.")
        }
        try disk.removeTree(siblingPath)
    }

    /// Before the first step: every folder in which something is to be replaced can be written.
    private func checkWritable(_ routes: [String]) throws {
        for path in [output] + Publisher.folders(of: routes).map({ "\(output)/\($0)" }) {
            if disk.kind(path) == .folder, !disk.isWritable(path) { throw MachineFailure(path: path, code: EACCES) }
        }
    }

    /// Carries a journal out; every step may have been done already. Only what the manifest owned is deleted.
    private func execute(_ journal: Journal, ownedBy manifest: Manifest) throws {
        do {
            try carryOut(journal, manifest)
        } catch var failure as MachineFailure {
            failure.isInterrupted = true
            throw failure
        }
    }

    private func carryOut(_ journal: Journal, _ manifest: Manifest) throws {
        for folder in Publisher.folders(of: journal.writes) { try disk.makeFolder("\(output)/\(folder)") }
        for route in journal.writes where disk.kind("\(asidePath)/\(route)") == .file {
            try disk.rename("\(asidePath)/\(route)", "\(output)/\(route)")
        }
        for route in journal.deletes where manifest.index(of: route) != nil {
            guard (try? checkFolders(Publisher.folders(route))) != nil else { continue }
            if let kind = disk.kind("\(output)/\(route)"), kind != .folder { try disk.removeFile("\(output)/\(route)") }
            // The file may be gone, and its folder not: it was cut off between the two.
            try removeEmptyFolders(above: route)
        }
        if disk.kind("\(asidePath)/\(Manifest.name)") == .file {
            try disk.rename("\(asidePath)/\(Manifest.name)", manifestPath)
        }
        try disk.removeFile(journalPath)
        try disk.removeTree(asidePath)
    }

    private func removeEmptyFolders(above route: String) throws {
        for folder in Publisher.folders(route) { try disk.removeFolder("\(output)/\(folder)") }
    }
}
