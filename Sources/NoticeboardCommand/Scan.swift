import Formats
import Noticeboard

/// Reads a site's folder: everything below `content/` and `templates/`.
struct Scan {
    let disk: Disk
    let site: String
    private var files: [SourceTree.File] = []
    private var diagnostics: [Diagnostic] = []

    static func tree(_ site: String, disk: Disk) throws -> (tree: SourceTree, diagnostics: [Diagnostic]) {
        var scan = Scan(disk: disk, site: site)
        try scan.read(folder: "content")
        try scan.read(folder: "templates")
        return (SourceTree(scan.files), scan.diagnostics)
    }

    private init(disk: Disk, site: String) {
        self.disk = disk
        self.site = site
    }

    private mutating func read(folder: String) throws {
        for entry in try disk.list("\(site)/\(folder)") ?? [] {
            // Dot files are the tools', `~$` ones the locks of an open Word or Excel.
            if entry.name.hasPrefix(".") || entry.name.hasPrefix("~$") { continue }
            let path = "\(folder)/\(entry.name)"
            switch entry.kind {
            case .folder: try read(folder: path)
            case .file: files.append(.init(path: path, bytes: try disk.read("\(site)/\(path)")))
            case .other: diagnostics.append(notAFile(path))
            }
        }
    }
}

private func notAFile(_ path: String) -> Diagnostic {
    Diagnostic(
        .error, "site.not-a-file", in: path, "这是链接或特殊文件，不会被读取。", "A link or special file; it would not be read.",
        fix: .init("换成普通文件。", "Put a plain file in its place."))
}
