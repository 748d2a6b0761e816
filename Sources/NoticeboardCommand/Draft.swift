import Formats
import Noticeboard
import Statistics

/// A site on its way to the output folder: pages are put into it one by one, from any number of threads, and lie aside
/// until all of them are there and right. Then they are published, all or nothing.
///
/// Into a folder without pages: a sibling folder is filled and exchanged with it in one step. Into a standing site: pages that
/// differ are written aside, a journal of renames and deletions is put down, and then carried out.
struct Draft: Sendable {
    /// What became of a page that was put into the draft.
    struct Page: Sendable {
        let hash: [UInt8]
        /// Whether it is new, or differs from the file that stands.
        let isWritten: Bool
        /// Its compressed forms, by what stands behind its name.
        var coded: [(suffix: String, page: Page)] = []
    }

    /// What publication changes.
    struct Change: Sendable {
        var deletes: [String] = []
        var manifest = Manifest.empty
        var writes: [String] = []
    }

    let publisher: Publisher
    /// The manifest of the site that stands.
    let old: Manifest?
    /// Whether nothing is to be written.
    let isDry: Bool
    /// Whether the file of a route is known to be what the old manifest says.
    private let isRested: @Sendable (_ route: String) -> Bool
    /// Where pages lie until they are published.
    private let aside: String

    /// Begins a draft. `routes` are those of all pages that will be put into it. Refuses a folder that is not ours.
    init(
        _ publisher: Publisher, routes: [String], isDry: Bool,
        isRested: @escaping @Sendable (_ route: String) -> Bool = { _ in false }
    ) throws {
        self.publisher = publisher
        self.isRested = isRested
        self.isDry = isDry
        for route in routes where !Manifest.isSafe(route) {
            throw Refusal(zh: "地址“\(route)”会写到输出文件夹之外。", en: "The route “\(route)” leads out of the output folder.")
        }
        old = try publisher.manifest()
        aside = old == nil ? publisher.siblingPath : publisher.asidePath
        if old == nil { try publisher.refuseStrangers() }
        let folders = Publisher.folders(of: routes)
        try publisher.checkFolders(folders)
        if isDry { return }
        try old == nil ? publisher.beginSibling() : publisher.beginAside()
        for folder in folders { try publisher.disk.makeFolder("\(aside)/\(folder)") }
    }

    /// Adds a page. What stands already is left alone, and its file is not written.
    func put(_ route: String, _ bytes: [UInt8]) throws -> Page {
        let hash = Manifest.hash(bytes)
        let isWritten = try old == nil || differs(route, bytes, hash)
        if isWritten, !isDry { try publisher.disk.write("\(aside)/\(route)", bytes, false) }
        return Page(hash: hash, isWritten: isWritten)
    }

    /// Adds a page, and those of its compressed forms that are smaller.
    func put(_ route: String, _ bytes: [UInt8], in codings: [ContentCoding]) throws -> Page {
        var page = try put(route, bytes)
        // Pictures and documents are compressed already.
        guard bytes.count >= Draft.smallest, isText(route) else { return page }
        page.coded = try codings.compactMap { coding in
            try coding.encode(bytes).map { (coding.suffix, try put(route + coding.suffix, $0)) }
        }
        return page
    }

    /// The files of some outputs with their compressed forms, in the order of routes: those that were made, and of the others
    /// those that stand.
    func files(_ outputs: [(route: String, page: Page?)], in codings: [ContentCoding]) -> [(route: String, page: Page?)]
    {
        if codings.isEmpty { return outputs }
        let all = outputs.flatMap { route, page -> [(route: String, page: Page?)] in
            let coded =
                page?.coded.map { (route: route + $0.suffix, page: Optional($0.page)) }
                ?? codings.map { (route: route + $0.suffix, page: nil) }.filter { old?.index(of: $0.route) != nil }
            return [(route, page)] + coded
        }
        return all.sorted { precedes($0.route, $1.route) }
    }

    /// Smaller files fit into one packet as they are.
    private static let smallest = 1024

    /// What publication will change. `files` are all files of the site in the order of routes but the list of their hashes,
    /// which is added; those without a page are as the old manifest says.
    func change(to files: [(route: String, page: Page?)], ledger: Ledger.Head?) throws -> Change {
        var change = Change()
        var manifest = ManifestWriter(ledger: ledger, files: files.count)
        var next = 0
        for (route, page) in files {
            while let old, next < old.count, old.compare(next, route) < 0 {
                try addDelete(old, next, to: &change)
                next += 1
            }
            let isKnown = old.map { next < $0.count && $0.compare(next, route) == 0 } ?? false
            if let page {
                manifest.add(route, hash: page.hash[...])
                if page.isWritten { change.writes.append(route) }
            } else if let old, isKnown {
                manifest.add(next, of: old)
            }
            if isKnown { next += 1 }
        }
        while let old, next < old.count {
            try addDelete(old, next, to: &change)
            next += 1
        }
        let checksums = try put(Checksums.route, manifest.checksums)
        manifest.insert(Checksums.route, hash: checksums.hash[...])
        if checksums.isWritten { change.writes.append(Checksums.route) }
        change.manifest = Manifest(manifest)
        return change
    }

    /// Publishes the draft; false where the site that it replaces could not be kept for a rollback.
    /// - Parameter keepsPrevious: Whether it is to be kept; what was taken back must not come again.
    @discardableResult
    func publish(_ change: Change, keepsPrevious: Bool = true) throws -> Bool {
        if old == nil, try publisher.exchangeSibling(change.manifest) { return true }
        return try publisher.publishAside(change, old, keepsPrevious: keepsPrevious)
    }

    /// Leaves nothing behind, unless publication has begun: then the next command needs what lies aside.
    func discard() {
        if isDry || publisher.hasBegun { return }
        try? publisher.disk.removeTree(aside)
        if old == nil { try? publisher.disk.removeFolder(publisher.output) }
    }

}

extension Draft {
    private func differs(_ route: String, _ bytes: [UInt8], _ hash: [UInt8]) throws -> Bool {
        if let old, isRested(route), let index = old.index(of: route) { return old.hash(index) != hash[...] }
        let path = "\(publisher.output)/\(route)"
        guard let kind = publisher.disk.kind(path) else { return true }
        if kind != .file { throw publisher.foreignFile(route) }
        if try publisher.disk.read(path) == bytes { return false }
        if old?.index(of: route) == nil { throw publisher.foreignFile(route) }
        return true
    }

    /// What our manifest names goes, also where somebody has touched it since: a page that was taken back must not stay because of
    /// a line end. What is no file is not ours to remove, and publication does not pretend.
    private func addDelete(_ old: Manifest, _ index: Int, to change: inout Change) throws {
        let route = old.route(index)
        // The list of hashes is no page, and is always written again.
        if route == Checksums.route { return }
        let path = "\(publisher.output)/\(route)"
        try publisher.checkFolders(Publisher.folders(route))
        switch publisher.disk.kind(path) {
        // A link in its place goes itself, and what it leads to stays.
        case .file, .other: change.deletes.append(route)
        case .folder: throw publisher.foreignFile(route)
        case nil: return
        }
    }
}
