import Formats
import Noticeboard
import Templates

/// scan → load → plan: what `build` and `check` have in common.
struct Pipeline {
    let plan: SitePlan
    let renderer: SiteRenderer
    let diagnostics: [Diagnostic]
    /// The ledger of statements as it was read.
    let ledgerFile: LedgerFile

    /// What must not be shown, in pages or in diagnostics.
    var privacy: PersonalData { plan.site.personalData }

    init(_ options: SiteOptions, disk: Disk) throws {
        guard disk.kind(options.folder) != nil else {
            throw Refusal(zh: "没有“\(options.folder)”这个文件夹。", en: "There is no folder “\(options.folder)”.")
        }
        let (tree, scanned) = try Scan.tree(options.folder, disk: disk)
        ledgerFile = LedgerFile(folder: options.folder, bytes: tree.file(LedgerFile.path)?.bytes, disk: disk)
        let clock = { Clock.now(options.now, in: $0) }
        let (site, loaded) = options.loader(disk).load(tree, now: clock)
        var found = scanned + loaded
        let carried = EmbeddedTemplates.files.map { (path: $0.path, bytes: bytes(of: $0.text)) }
        let templates = TemplateFiles(carried: carried, own: tree)
        plan = SitePlan.make(site, now: clock(site.configuration.zone), templates: templates, into: &found)
        renderer = SiteRenderer(plan, templates, into: &found)
        if !found.hasErrors { found += try ledgerFile.problems(site.ledger) }
        diagnostics = found.ordered()
    }

    /// Renders every stale output, on all threads; pages and diagnostics in the order of routes.
    func render(jobs: Int) -> (pages: [(route: String, bytes: [UInt8])], diagnostics: [Diagnostic]) {
        let renderer = renderer
        let privacy = privacy
        let results = parallelMap(Stale.outputs(of: plan).map(\.output), jobs: jobs) { output in
            var found: [Diagnostic] = []
            let bytes = renderer.render(output, into: &found)
            if isText(output.route) {
                found += privacy.errors(inPage: bytes, route: output.route)
            }
            return (route: output.route, bytes: bytes, found: found)
        }
        return (results.map { ($0.route, $0.bytes) }, onceEach(results.flatMap(\.found)).ordered())
    }

    /// A template's mistake shows on every page that uses it; it is told with the first of them.
    private func onceEach(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        var seen: Set<String> = []
        return diagnostics.filter { seen.insert("\($0.location) \($0.id)").inserted }
    }
}

/// Everything that a reader can open as text is looked through before it is published.
private func isText(_ route: String) -> Bool {
    [".html", ".xml", ".css", ".js", ".svg", ".json", ".txt", ".csv", ".ics"].contains(
        where: route.lowercased().hasSuffix)
}

private func bytes(of text: StaticString) -> [UInt8] {
    Array(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
}
