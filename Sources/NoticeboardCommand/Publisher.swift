import Glibc
import Statistics

/// What a build changes in the output folder.
struct SiteChange {
    /// Every file of the site.
    let pages: [(route: String, bytes: [UInt8])]
    /// Those that are new or differ.
    let writes: [(route: String, bytes: [UInt8])]
    /// Routes that the last manifest names and this site has no more.
    let deletes: [String]
    /// Whether no page stands in the folder yet.
    let isFresh: Bool
}

/// Puts a site into its output folder, all or nothing.
///
/// Into a folder without pages: a sibling folder is filled and exchanged with it in one step. Into a standing site:
/// changed files are written aside, a journal of renames and deletions is put down, and then carried out; whoever comes
/// next completes a journal that was cut off. This works only if nothing but the journal's execution touches a page.
struct Publisher {
    let disk: Disk
    let output: String

    private var manifestPath: String { "\(output)/\(Manifest.name)" }
    private var journalPath: String { "\(output)/\(Journal.name)" }
    private var asidePath: String { "\(output)/.noticeboard-new" }

    /// A publisher into a folder, links resolved; refused where the folder is, holds or lies in the site's own sources.
    static func into(_ output: String, site: String, disk: Disk) throws -> Publisher {
        let resolved = disk.resolvedAncestor(of: output)
        for folder in ["content", "templates"] {
            let source = disk.resolvedAncestor(of: "\(site)/\(folder)")
            let (a, b) = (resolved + "/", source + "/")
            if a.hasPrefix(b) || b.hasPrefix(a) {
                throw Refusal(
                    zh: "输出文件夹\(output)和\(folder)/互相包含，请换一个。",
                    en: "The output folder \(output) and \(folder)/ lie in each other; choose another.")
            }
        }
        return Publisher(disk: disk, output: resolved)
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
        // A folder without our manifest is not ours, whatever lies in it.
        if let manifest = try manifest() {
            if disk.kind(journalPath) == .file, let journal = Journal(try disk.read(journalPath)) {
                try execute(journal, ownedBy: manifest)
            } else if disk.kind(journalPath) != nil {
                try disk.removeTree(journalPath)
            }
            try disk.removeTree(asidePath)
        }
        try clearSibling()
    }

    /// Compares a site with what is published. Refuses a folder that is not ours.
    func change(to pages: [(route: String, bytes: [UInt8])]) throws -> SiteChange {
        for page in pages where !Manifest.isSafe(page.route) {
            throw Refusal(
                zh: "地址“\(page.route)”会写到输出文件夹之外。", en: "The route “\(page.route)” leads out of the output folder.")
        }
        let old = try manifest()
        if old == nil, let stranger = try disk.list(output)?.first(where: { !$0.name.hasPrefix(".") }) {
            throw foreignFolder(stranger.name)
        }
        let writes = try pages.filter { page in
            let path = "\(output)/\(page.route)"
            try checkFolders(above: page.route)
            guard let kind = disk.kind(path) else { return true }
            if kind != .file { throw foreignFile(page.route) }
            let isSame = try disk.read(path) == page.bytes
            if !isSame, old?.hashes[page.route] == nil { throw foreignFile(page.route) }
            return !isSame
        }
        let routes = Set(pages.map(\.route))
        let deletes = try (old?.hashes ?? [:]).filter { !routes.contains($0.key) }.filter { route, hash in
            try checkFolders(above: route)
            // A file that somebody has changed since is not ours any more.
            let path = "\(output)/\(route)"
            return try disk.kind(path) == .file && Manifest.hash(disk.read(path)) == hash
        }.keys.sorted()
        return SiteChange(pages: pages, writes: writes, deletes: deletes, isFresh: old == nil)
    }

    /// Publishes a site; `ledger` is the end of the ledger that it was made from.
    func publish(_ change: SiteChange, ledger: Ledger.Head? = nil) throws {
        let manifest = Manifest(change.pages, ledger: ledger)
        if try !change.isFresh || !publishFresh(change, manifest) { try publishOver(change, manifest) }
    }
}

extension Publisher {
    private func manifest() throws -> Manifest? {
        guard disk.kind(manifestPath) == .file else { return nil }
        guard let manifest = Manifest(try disk.read(manifestPath)) else {
            throw Refusal(
                zh: "输出文件夹的清单\(manifestPath)已损坏。请清空输出文件夹后重新生成。",
                en: "The manifest \(manifestPath) is damaged. Empty the output folder and build again.")
        }
        return manifest
    }

    private func foreignFolder(_ name: String) -> Refusal {
        Refusal(
            zh: "输出文件夹\(output)里有不是本程序生成的文件（\(name)），没有写入。请换一个空文件夹，或用-o指定。",
            en:
                "The output folder \(output) holds files that are not ours (\(name)); nothing was written. Choose an empty one, or another with -o."
        )
    }

    private func foreignFile(_ route: String) -> Refusal {
        Refusal(
            zh: "\(output)/\(route)不是本程序生成的，没有覆盖。请移走它，或改掉同名的内容。",
            en: "\(output)/\(route) is not ours and was not replaced. Move it away, or rename the content of that name."
        )
    }

    /// Removes what a publication that never began left beside the output; it can be told by our manifest in it.
    private func clearSibling() throws {
        guard let kind = disk.kind(siblingPath) else { return }
        if kind == .folder, disk.kind("\(siblingPath)/\(Manifest.name)") != .file,
            try disk.list(siblingPath)?.isEmpty == false
        {
            throw Refusal(
                zh: "\(siblingPath)不是本程序的，没有删除。请移走它。",
                en: "\(siblingPath) is not ours and was not deleted. Move it away.")
        }
        try disk.removeTree(siblingPath)
    }

    private var siblingPath: String {
        let parts = output.split(separator: "/", omittingEmptySubsequences: false)
        return (parts.dropLast() + [".\(parts.last ?? "")-noticeboard-new"]).joined(separator: "/")
    }

    /// False where the file system cannot exchange folders; nothing is changed then.
    private func publishFresh(_ change: SiteChange, _ manifest: Manifest) throws -> Bool {
        let sibling = siblingPath
        try disk.makeFolder(output)
        try clearSibling()
        try disk.makeFolder(sibling)
        try disk.write("\(sibling)/\(Manifest.name)", manifest.bytes, true)
        try write(change.pages, below: sibling)
        let dotFiles = try (disk.list(output) ?? []).filter { $0.name.hasPrefix(".") && $0.kind == .file }
        for entry in dotFiles {
            try disk.write("\(sibling)/\(entry.name)", disk.read("\(output)/\(entry.name)"), false)
        }
        let hasOnlyDotFiles = try (disk.list(output) ?? []).allSatisfy { $0.kind == .file }
        let isExchanged = try hasOnlyDotFiles && disk.exchange(sibling, output)
        try disk.removeTree(sibling)
        return isExchanged
    }

    private func publishOver(_ change: SiteChange, _ manifest: Manifest) throws {
        if change.writes.isEmpty, change.deletes.isEmpty, try self.manifest() == manifest { return }
        try disk.removeTree(asidePath)
        try write(change.writes, below: asidePath)
        try disk.write("\(asidePath)/\(Manifest.name)", manifest.bytes, true)
        try checkWritable(change)
        if try self.manifest() == nil { try disk.write(manifestPath, Manifest([]).bytes, true) }
        let journal = Journal(writes: change.writes.map(\.route), deletes: change.deletes)
        try disk.removeTree(journalPath + "-new")
        try disk.write(journalPath + "-new", journal.bytes, true)
        try disk.rename(journalPath + "-new", journalPath)
        try execute(journal, ownedBy: self.manifest() ?? Manifest([]))
    }

    private func write(_ pages: [(route: String, bytes: [UInt8])], below folder: String) throws {
        try disk.makeFolder(folder)
        var made: Set<Substring> = []
        for page in pages {
            if let above = folders(above: page.route).first, made.insert(above).inserted {
                try disk.makeFolder("\(folder)/\(above)")
            }
            try disk.write("\(folder)/\(page.route)", page.bytes, false)
        }
    }

    /// The folders that a route lies in, the innermost first.
    private func folders(above route: String) -> [Substring] {
        route.indices.reversed().filter { route[$0] == "/" }.map { route[..<$0] }
    }

    /// Nothing but folders may stand above a page: a link would lead our writing elsewhere.
    private func checkFolders(above route: String) throws {
        for folder in folders(above: route) {
            if let kind = disk.kind("\(output)/\(folder)"), kind != .folder { throw foreignFile(String(folder)) }
        }
    }

    /// Before the first step: every folder in which something is to be replaced can be written.
    private func checkWritable(_ change: SiteChange) throws {
        for route in change.writes.map(\.route) + change.deletes {
            let folder = folders(above: route).first.map { "\(output)/\($0)" } ?? output
            if disk.kind(folder) == .folder, !disk.isWritable(folder) {
                throw MachineFailure(path: folder, code: EACCES)
            }
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
        for route in journal.writes where disk.kind("\(asidePath)/\(route)") == .file {
            if let folder = folders(above: route).first { try disk.makeFolder("\(output)/\(folder)") }
            try disk.rename("\(asidePath)/\(route)", "\(output)/\(route)")
        }
        for route in journal.deletes where manifest.hashes[route] != nil && disk.kind("\(output)/\(route)") == .file {
            guard (try? checkFolders(above: route)) != nil else { continue }
            try disk.removeFile("\(output)/\(route)")
            removeEmptyFolders(above: route)
        }
        if disk.kind("\(asidePath)/\(Manifest.name)") == .file {
            try disk.rename("\(asidePath)/\(Manifest.name)", manifestPath)
        }
        try disk.removeFile(journalPath)
        try disk.removeTree(asidePath)
    }

    private func removeEmptyFolders(above route: String) {
        for folder in folders(above: route) { disk.removeFolder("\(output)/\(folder)") }
    }
}
