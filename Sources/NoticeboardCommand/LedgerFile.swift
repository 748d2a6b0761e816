import Formats
import Glibc
import Statistics

/// The ledger of statements on the disk. A build adds to it before it publishes anything, so that nothing is ever said
/// that the ledger does not know.
struct LedgerFile {
    /// Where it lies, below the site's folder.
    static let path = "content/statistics/ledger.csv"

    let folder: String
    /// What was read; nil where there was none.
    let bytes: [UInt8]?
    let disk: Disk

    /// An error where the site that stands published was made from a longer ledger, or from another one.
    func problems(_ ledger: Ledger) throws -> [Diagnostic] {
        let manifest = "\(folder)/\(SiteOptions.ownOutput)/\(Manifest.name)"
        guard disk.kind(manifest) == .file, let head = Manifest.ledger(in: try disk.read(manifest)),
            !ledger.contains(head)
        else { return [] }
        return [lost(head)]
    }

    /// Writes the rows that are new. Refuses where somebody else has written since the file was read.
    func append(_ ledger: Ledger) throws {
        guard ledger.hasNews else { return }
        let path = "\(folder)/\(LedgerFile.path)"
        let now = disk.kind(path) == nil ? nil : try disk.read(path)
        if now != bytes { throw MachineFailure(path: path, code: EBUSY) }
        let aside = "\(folder)/content/statistics/.ledger-new"
        try disk.write(aside, ledger.bytes, true)
        try disk.rename(aside, path)
    }
}

private func lost(_ head: Ledger.Head) -> Diagnostic {
    Diagnostic(
        .error, "ledger.lost", in: LedgerFile.path, "公布台账不见了，或不是已发布的网站所用的那一份：应有\(head.rows)行以上。",
        "The ledger is missing, or not the one of the published site, which has \(head.rows) rows or more.",
        fix: .init(
            "恢复最近一次发布之后的备份。每次发布后都要备份或提交content/statistics/ledger.csv。",
            "Restore the copy made after the last publication. Back up or commit content/statistics/ledger.csv after each."
        ))
}
