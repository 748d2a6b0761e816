import Glibc
import Statistics

/// The ledger of statements on the disk. A build adds to it before it publishes anything, so that nothing is ever said
/// that the ledger does not know.
struct LedgerFile {
    /// Where it lies, below the site's folder.
    static let path = "content/statistics/ledger.csv"

    let path: String
    /// What was read; nil where there was none.
    let bytes: [UInt8]?
    let disk: Disk

    /// Writes the rows that are new. Refuses where somebody else has written since the file was read.
    func append(_ ledger: Ledger) throws {
        guard ledger.hasNews else { return }
        let now = disk.kind(path) == nil ? nil : try disk.read(path)
        if now != bytes { throw MachineFailure(path: path, code: EBUSY) }
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let aside = "\(folder)/.ledger-new"
        try disk.write(aside, ledger.bytes, true)
        try disk.rename(aside, path)
    }
}
