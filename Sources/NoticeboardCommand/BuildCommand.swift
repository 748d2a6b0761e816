import ArgumentParser
import Formats
import Noticeboard

struct BuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Builds the site and publishes it, all or nothing.")

    @OptionGroup var options: SiteOptions

    @Option(name: [.customShort("o"), .customLong("output")], help: "The output folder, relative to the site.")
    var output = SiteOptions.ownOutput

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
        if pipeline.diagnostics.hasErrors { return try refuse(pipeline.diagnostics, pipeline.privacy) }
        if !dryRun, lock == nil { lock = try publisher.lock() }
        let stale = Stale.outputs(of: pipeline.plan, kept: nil, full: full).map(\.index)
        let draft = try Draft(publisher, routes: stale.map { pipeline.plan.outputs[$0].route }, isDry: dryRun)
        defer { draft.discard() }
        let rendered = try pipeline.render(stale, draft.put)
        let diagnostics = (pipeline.diagnostics + rendered.diagnostics).ordered()
        if diagnostics.hasErrors { return try refuse(diagnostics, pipeline.privacy) }
        let isOwn = isOwn(publisher)
        let ledger = pipeline.plan.site.ledger
        let change = try draft.change(to: files(pipeline.plan, stale, rendered.taken), ledger: isOwn ? ledger.head : nil)
        let news = !isOwn && ledger.hasNews ? [notRemembered()] : []
        let found = (diagnostics + pipeline.plan.lostAddresses(among: change.deletes) + news).ordered()
        if !dryRun {
            if isOwn { try pipeline.ledgerFile.append(ledger) }
            try draft.publish(change)
        }
        Report.write(found, hiding: pipeline.privacy, as: options.format)
        summarise(change, pipeline.plan, warnings: found.count)
    }

    /// All files of the site, with the pages of those that were made.
    private func files(_ plan: SitePlan, _ stale: [Int], _ pages: [Draft.Page]) -> [(route: String, page: Draft.Page?)] {
        var files = plan.outputs.map { (route: $0.route, page: Draft.Page?.none) }
        for (index, page) in zip(stale, pages) { files[index].page = page }
        return files
    }
}

extension BuildCommand {
    /// Whether the site is published to its own output: only that is remembered in the ledger.
    private func isOwn(_ publisher: Publisher) -> Bool {
        publisher.output == publisher.disk.resolvedAncestor(of: "\(options.folder)/\(SiteOptions.ownOutput)")
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

    private func summarise(_ change: Draft.Change, _ plan: SitePlan, warnings: Int) {
        let zone = plan.site.configuration.zone
        let next = plan.nextChange.map(zone.rfc3339) ?? ""
        let (zh, en) = dryRun ? ("将要发布", "would publish") : ("已发布", "published")
        Report.summary(
            "\(zh)\(plan.outputs.count)个文件：写入\(change.writes.count)，未变\(plan.outputs.count - change.writes.count)，"
                + "删除\(change.deletes.count)；提醒\(warnings)处；内容下次变化：\(next)。",
            "\(en) \(plan.outputs.count) files: \(change.writes.count) written, \(change.deletes.count) deleted; "
                + "\(warnings) warnings; next change \(next)",
            [
                ("published", dryRun ? "false" : "true"), ("files", "\(plan.outputs.count)"),
                ("written", "\(change.writes.count)"), ("deleted", "\(change.deletes.count)"),
                ("warnings", "\(warnings)"),
                ("next", jsonString(next)),
            ], as: options.format)
    }
}

private func notRemembered() -> Diagnostic {
    Diagnostic(
        .warning, "ledger.not-remembered", in: LedgerFile.path, "发布到别处的人数不记入台账，下次可能和这次不同，两次一对照就没有保护了。",
        "Counts published elsewhere are not remembered in the ledger; two such builds side by side protect nobody.",
        fix: .init(
            "对外公布的网站只用默认的输出文件夹public/；别处只作预览。",
            "Publish from the default output public/ only; use other folders for previews."))
}
