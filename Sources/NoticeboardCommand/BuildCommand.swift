import ArgumentParser
import Formats
import Noticeboard
import Statistics

struct BuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Builds the site and publishes it, all or nothing.")

    @OptionGroup var options: SiteOptions

    /// The site's own output: what is published there is remembered in the ledger.
    private static let ownOutput = "public"

    @Option(name: [.customShort("o"), .customLong("output")], help: "The output folder, relative to the site.")
    var output = Self.ownOutput

    @Flag(help: "Render everything, whatever is remembered of earlier builds.")
    var full = false

    @Flag(help: "Say what would change, and write nothing.")
    var dryRun = false

    func run() throws {
        let disk = Disk.real
        let publisher = try Publisher.into(
            output.hasPrefix("/") ? output : "\(options.folder)/\(output)", site: options.folder, disk: disk)
        var lock = dryRun ? nil : try publisher.lockIfPresent()
        defer { lock?.release() }
        if lock != nil { try publisher.recover() }
        let pipeline = try Pipeline(options, disk: disk)
        let ledger = try remembered(pipeline, publisher)
        let loaded = pipeline.diagnostics + ledger.diagnostics
        if loaded.hasErrors { return try refuse(loaded, pipeline.privacy) }
        let rendered = pipeline.render(jobs: options.threads)
        let diagnostics = (pipeline.diagnostics + rendered.diagnostics).ordered()
        if diagnostics.hasErrors { return try refuse(diagnostics, pipeline.privacy) }
        let change = try publisher.change(to: rendered.pages)
        let found = (diagnostics + pipeline.plan.lostAddresses(among: change.deletes)).ordered()
        if !dryRun {
            if lock == nil { lock = try publisher.lock() }
            if let ledger = ledger.ledger { try pipeline.ledgerFile.append(ledger) }
            try publisher.publish(change, ledger: ledger.ledger?.head)
        }
        Report.write(found, hiding: pipeline.privacy, as: options.format)
        summarise(change, pipeline.plan, warnings: found.count)
    }
}

extension BuildCommand {
    /// The ledger that this build is remembered in: only builds into the site's own output are. Refused where the
    /// standing site was made from a longer or another one.
    private func remembered(_ pipeline: Pipeline, _ publisher: Publisher) throws -> (
        ledger: Ledger?, diagnostics: [Diagnostic]
    ) {
        let site = pipeline.plan.site
        let own = "\(options.folder)/\(Self.ownOutput)"
        // A ledger that could not be read has its own errors.
        if pipeline.diagnostics.hasErrors || Disk.real.resolvedAncestor(of: own) != publisher.output {
            return (nil, [])
        }
        guard let head = try publisher.publishedLedger(), !site.ledger.contains(head) else { return (site.ledger, []) }
        return (nil, [lostLedger(head)])
    }

    private func refuse(_ diagnostics: [Diagnostic], _ privacy: PersonalData) throws {
        Report.write(diagnostics, hiding: privacy, as: options.format)
        let (errors, warnings) = Report.count(diagnostics)
        Report.summary(
            "没有发布：错误\(errors)处，提醒\(warnings)处；已发布的网站保持原样。",
            "not published: \(errors) errors, \(warnings) warnings; the published site is unchanged",
            [("published", "false"), ("errors", "\(errors)"), ("warnings", "\(warnings)")], as: options.format)
        throw ContentErrors()
    }

    private func summarise(_ change: SiteChange, _ plan: SitePlan, warnings: Int) {
        let zone = plan.site.configuration.zone
        let next = plan.nextChange.map(zone.rfc3339) ?? ""
        let (zh, en) = dryRun ? ("将要发布", "would publish") : ("已发布", "published")
        Report.summary(
            "\(zh)\(change.pages.count)个文件：写入\(change.writes.count)，未变\(change.pages.count - change.writes.count)，"
                + "删除\(change.deletes.count)；提醒\(warnings)处；内容下次变化：\(next)。",
            "\(en) \(change.pages.count) files: \(change.writes.count) written, \(change.deletes.count) deleted; "
                + "\(warnings) warnings; next change \(next)",
            [
                ("published", dryRun ? "false" : "true"), ("files", "\(change.pages.count)"),
                ("written", "\(change.writes.count)"), ("deleted", "\(change.deletes.count)"),
                ("warnings", "\(warnings)"),
                ("next", jsonString(next)),
            ], as: options.format)
    }
}

private func lostLedger(_ head: Ledger.Head) -> Diagnostic {
    Diagnostic(
        .error, "ledger.lost", in: LedgerFile.path, "公布台账不见了，或不是已发布的网站所用的那一份：应有\(head.rows)行以上。",
        "The ledger is missing, or not the one of the published site, which has \(head.rows) rows or more.",
        fix: .init(
            "恢复最近一次发布之后的备份。每次发布后都要备份或提交content/statistics/ledger.csv。",
            "Restore the copy made after the last publication. Back up or commit content/statistics/ledger.csv after each."
        ))
}
