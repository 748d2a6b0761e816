import Formats
import Noticeboard
import Statistics

/// Looks through a site's folder: everything below `content/` and `templates/`.
enum Scan {
    static let folders = ["content", "templates"]

    /// The files of an inventory as a tree that reads them when they are needed, and an error for each that is none.
    ///
    /// - Parameter known: The fingerprint of a file's content, where it is known without reading it.
    static func tree(
        _ inventory: Inventory, of site: String, disk: Disk, known: (_ index: Int) -> Fingerprint? = { _ in nil }
    ) -> (tree: SourceTree, diagnostics: [Diagnostic]) {
        var files: [SourceTree.File] = []
        var diagnostics: [Diagnostic] = []
        files.reserveCapacity(inventory.count)
        for index in 0..<inventory.count {
            let path = inventory.paths[index]
            switch inventory.kinds[index] {
            case .file where inventory.stamps[index].size > limit(path):
                // Its place is kept, so that nothing else is told of it.
                files.append(.init(path: path, bytes: []))
                diagnostics.append(tooLarge(path))
            case .file:
                files.append(
                    .init(path: path, size: Int(inventory.stamps[index].size), fingerprint: known(index)))
            case .other: diagnostics.append(notAFile(path))
            }
        }
        return (SourceTree(files) { try read($0, inventory, site, disk) }, diagnostics)
    }

    /// A file as it was looked at: neither a link that has taken its place since, nor what somebody wrote meanwhile.
    private static func read(_ path: String, _ inventory: Inventory, _ site: String, _ disk: Disk) throws -> [UInt8] {
        guard let (bytes, stamp) = try disk.readSource("\(site)/\(path)"),
            inventory.index(of: path).map({ inventory.stamps[$0].isOfSameContent(as: stamp) }) ?? true
        else { throw SourceChanged(path: path) }
        return bytes
    }
}

/// How many bytes a file may have. Whatever is written by hand or reported is far smaller; what is offered for download has
/// to reach a telephone. What the program itself writes grows for as long as it is used.
private func limit(_ path: String) -> Int {
    if Ledger.isFile(path) { return .max }
    return path.hasPrefix("content/files/") ? 50 << 20 : 4 << 20
}

private func tooLarge(_ path: String) -> Diagnostic {
    Diagnostic(
        .error, "file.too-large", in: path, "文件太大，没有读取：最多\(limit(path) >> 20) MB。",
        "The file is too large and was not read: at most \(limit(path) >> 20) MB.",
        fix: .init(
            "看看是不是放错了文件；附件请压缩或拆分，视频请放到视频平台上再写链接。",
            "See whether it is the right file; make attachments smaller, and link to videos elsewhere."))
}

private func notAFile(_ path: String) -> Diagnostic {
    Diagnostic(
        .error, "site.not-a-file", in: path, "这是链接或特殊文件，不会被读取。", "A link or special file; it would not be read.",
        fix: .init("换成普通文件。", "Put a plain file in its place."))
}
