import Formats
import Glibc
import Noticeboard
import Statistics

/// The ledger of statements on the disk. A build adds to it before it publishes anything, so that nothing is ever said
/// that the ledger does not know.
struct LedgerFile {
    private let folder: String
    private let disk: Disk
    /// What its files were when they were read, by path.
    private let read: [String: Fingerprint]

    init(folder: String, tree: SourceTree, disk: Disk) throws {
        (self.folder, self.disk) = (folder, disk)
        let files = tree.files(under: "content/statistics/").filter { Ledger.isFile($0.path) }
        read = try Dictionary(uniqueKeysWithValues: files.map { ($0.path, Fingerprint(try tree.bytes(of: $0))) })
    }

    /// An error where the site that stands published was made from a longer ledger, or from another one.
    func problems(_ ledger: Ledger) throws -> [Diagnostic] {
        let manifest = "\(folder)/\(SiteOptions.ownOutput)/\(Manifest.name)"
        guard disk.kind(manifest) == .file, let head = Manifest.ledger(in: try disk.read(manifest)),
            !ledger.contains(head)
        else { return [] }
        return [lost(head)]
    }

    /// Writes the entries that are new, in one step. Refuses where somebody else has written since the files were read.
    ///
    /// What was carried over from the former file is in the same step; only then does that file go. A build that was cut
    /// off in between leaves both, which say the same; the next one removes it.
    func append(_ ledger: Ledger) throws {
        let former = "\(folder)/\(Ledger.formerFile)"
        guard let news = ledger.news else {
            if ledger.isCarriedOver, read[Ledger.formerFile] != nil { try disk.removeFile(former) }
            return
        }
        let path = "\(folder)/\(news.path)"
        if try present() != read { throw MachineFailure(path: path, code: EBUSY) }
        try disk.makeFolder("\(folder)/\(Ledger.folder)")
        let aside = "\(folder)/\(Ledger.folder).new"
        try disk.write(aside, news.bytes, true)
        try disk.rename(aside, path)
        if read[Ledger.formerFile] != nil { try disk.removeFile(former) }
    }

    private func present() throws -> [String: Fingerprint] {
        var files: [String: Fingerprint] = [:]
        let names = try disk.list("\(folder)/\(Ledger.folder)") ?? []
        for path in names.map({ Ledger.folder + $0.name }) + [Ledger.formerFile]
        where Ledger.isFile(path) && disk.kind("\(folder)/\(path)") == .file {
            files[path] = Fingerprint(try disk.read("\(folder)/\(path)"))
        }
        return files
    }
}

/// How large the ledger is, and how fast it grows; for whoever keeps the machine.
struct LedgerSize {
    /// Of all files, in bytes.
    private(set) var bytes = 0
    /// Years in which something was published.
    private(set) var years = 0
    /// Bytes of the newest file, and builds that added to it.
    private var newest = (bytes: 0, builds: 0)

    /// Nil where nothing was published of persons yet.
    init?(site: String, disk: Disk) {
        let names = ((try? disk.list("\(site)/\(Ledger.folder)")) ?? nil)?.map { Ledger.folder + $0.name } ?? []
        for path in [Ledger.formerFile] + names where Ledger.isFile(path) {
            guard let text = try? disk.read("\(site)/\(path)") else { continue }
            bytes += text.count
            years += 1
            let builds = text.split(separator: 10).count { $0.starts(with: "build\t".utf8) }
            newest = (text.count, builds)
        }
        if years == 0 { return nil }
    }

    /// Bytes for each build that published something, in the newest year.
    var growth: Int { newest.builds == 0 ? 0 : newest.bytes / newest.builds }

    var zh: String { "台账\(kilobytes) KB，\(years)年；今年每次公布增加约\(growth)字节" }

    var en: String { "the ledger has \(kilobytes) KB in \(years) years, and grows by \(growth) bytes a publication" }

    private var kilobytes: Int { (bytes + 1023) / 1024 }
}

private func lost(_ head: Ledger.Head) -> Diagnostic {
    Diagnostic(
        .error, "ledger.lost", in: Ledger.folder, "公布台账不见了，或不是已发布的网站所用的那一份：应有\(head.count)条以上。",
        "The ledger is missing, or not the one of the published site, which has \(head.count) entries or more.",
        fix: .init(
            "恢复最近一次发布之后的备份。每次发布后都要备份或提交\(Ledger.folder)。",
            "Restore the copy made after the last publication. Back up or commit \(Ledger.folder) after each."
        ))
}
