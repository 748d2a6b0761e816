import ArgumentParser
import Formats
import Noticeboard

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Verifies everything that was ever published of persons, from the ledger and the reports.")

    @OptionGroup var options: SiteOptions

    @Option(help: "The first day to verify. Default: the first that was published.")
    var from: Day?

    @Option(help: "The last day to verify. Default: the last that was published.")
    var to: Day?

    func run() throws {
        let first = from ?? Day(year: 1, month: 1, day: 1)!
        let last = to ?? Day(year: 9999, month: 12, day: 31)!
        if first > last { throw ValidationError("--from lies behind --to.") }
        let (tree, scanned) = try options.tree(.real)
        let (audit, loaded, privacy) = try options.loader(.real).audit(tree, days: first...last) {
            Clock.now(options.now, in: $0)
        }
        let file = try LedgerFile(folder: options.folder, tree: tree, disk: .real)
        let lost = loaded.hasErrors ? [] : try file.problems(audit.ledger)
        let diagnostics = (scanned + loaded + lost).ordered()
        Report.write(diagnostics, hiding: privacy, as: options.format)
        let errors = Report.count(diagnostics).errors
        Report.summary(
            "核对完毕：公布\(audit.publications)次，说法\(audit.statements)条，其中受保护的人数\(audit.protectedCounts)个，"
                + "由\(audit.tables)张表证明；与现有报表相符\(audit.compared)天；错误\(errors)处。",
            "audited: \(audit.publications) publications, \(audit.statements) statements, \(audit.protectedCounts) protected counts "
                + "proved by \(audit.tables) tables; \(audit.compared) days agree with their reports; \(errors) errors",
            [
                ("publications", "\(audit.publications)"), ("statements", "\(audit.statements)"),
                ("protected_counts", "\(audit.protectedCounts)"), ("tables", "\(audit.tables)"),
                ("compared", "\(audit.compared)"), ("errors", "\(errors)"),
            ], as: options.format)
        if errors > 0 { throw ContentErrors() }
    }

}
