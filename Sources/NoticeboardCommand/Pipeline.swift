import Formats
import Noticeboard
import Templates

/// What is known of a site's sources before any is read.
protocol SourceMemory {
    /// What lies in the site's folder now.
    var inventory: Inventory { get }
    /// The fingerprint of a file that has not been touched.
    func fingerprint(_ file: Int) -> Fingerprint?
    /// Notices whose files need not be read.
    var notices: KeptNotices { get }
    /// Blocks of the search's index that need not be made.
    var search: KeptSearch { get }
}

/// scan → load → plan: what all commands that look at a site have in common.
struct Pipeline {
    let tree: SourceTree
    let templates: SiteTemplates
    let plan: SitePlan
    let renderer: SiteRenderer
    let diagnostics: [Diagnostic]
    /// The ledger of statements as it was read.
    let ledgerFile: LedgerFile
    let jobs: Int

    /// What must not be shown, in pages or in diagnostics.
    let privacy: PersonalData

    /// Loads and plans everything anew.
    init(_ options: some SiteChoice, disk: Disk) throws {
        let inventory = try options.inventory(disk)
        try self.init(options, Rebuild(nil, inventory, output: "", disk: disk, boot: ""), disk: disk)
    }

    /// Loads and plans what is not known.
    ///
    /// - Parameters:
    ///   - now: In the place of the options' moment.
    ///   - showsAll: As in `NoticeLife`.
    ///   - remembers: As in `SiteLoader`.
    init(
        _ options: some SiteChoice, _ known: some SourceMemory, disk: Disk, now: String? = nil, showsAll: Bool = false,
        remembers: Bool = true
    ) throws {
        jobs = options.threads
        let (tree, scanned) = Scan.tree(
            known.inventory, of: options.folder, disk: disk, known: known.fingerprint)
        self.tree = tree
        ledgerFile = try LedgerFile(folder: options.folder, tree: tree, disk: disk)
        let clock: @Sendable (TimeZone) -> Moment = { [now = now ?? options.now] in Clock.now(now, in: $0) }
        let ((site, loaded), (templates, mistakes)) = try concurrently(jobs: jobs) {
            var loader = options.loader(disk)
            loader.remembers = remembers
            return try loader.load(tree, kept: known.notices, now: clock)
        } _: {
            var mistakes: [Diagnostic] = []
            return (try Pipeline.templates(tree, into: &mistakes), mistakes)
        }
        self.templates = templates
        if jobs > 1 { templates.begin(site.configuration.languages) }
        var found = scanned + loaded + mistakes
        plan = try SitePlan.make(
            site, tree: tree, now: clock(site.configuration.zone), templates: templates, showsAll: showsAll,
            kept: known.search, jobs: jobs, into: &found)
        privacy = site.personalData
        renderer = SiteRenderer(plan, templates, tree: tree, into: &found)
        if !found.hasErrors {
            let own = Publisher(disk: disk, output: "\(options.folder)/\(SiteOptions.ownOutput)")
            found += try ledgerFile.problems(site.ledger)
            if let published = try own.manifest() {
                found += plan.withheld { published.index(of: $0) != nil }
                found += plan.lostAddresses(among: published.routes(missingIn: plan), .error)
                found += try Corrections(plan, tree, known.inventory, published, own).diagnostics()
            }
        }
        diagnostics = found.ordered()
    }

    /// The site's own templates over those that the program carries.
    private static func templates(_ tree: SourceTree, into diagnostics: inout [Diagnostic]) throws -> SiteTemplates {
        let carried = EmbeddedTemplates.files.map { (path: $0.path, bytes: bytes(of: $0.text)) }
        let files = try TemplateFiles(carried: carried, own: tree)
        return SiteTemplates(files, trustsCarried: true, into: &diagnostics)
    }

    /// Renders outputs of the plan, by index, on all threads. Every page goes to `take` as it is made; nothing of it is
    /// kept but what `take` returns, in the order of outputs.
    func render<Taken: Sendable>(
        _ outputs: [Int], _ take: @Sendable (_ route: String, _ bytes: [UInt8]) throws -> Taken
    ) throws -> (taken: [Taken], diagnostics: [Diagnostic]) {
        let renderer = renderer.prepared(for: outputs.lazy.map { plan.outputs[$0] }, jobs: jobs)
        let pieces = parallelChunks(outputs.count, jobs: jobs, size: 32) { range in
            Result {
                var found: [Diagnostic] = []
                // One page's memory serves the next.
                var text = PageText()
                text.bytes.reserveCapacity(32_768)
                let taken = try outputs[range].map { index in
                    let output = plan.outputs[index]
                    text.clear()
                    found += try render(output, with: renderer, to: &text)
                    return try take(output.route, text.bytes)
                }
                return (taken, found)
            }
        }
        let done = try pieces.map { try $0.get() }
        return (done.flatMap(\.0), onceEach(done.flatMap(\.1)).ordered())
    }

    /// One output, and what is wrong with it.
    func render(_ output: Output) throws -> (bytes: [UInt8], diagnostics: [Diagnostic]) {
        var text = PageText()
        let found = try render(output, with: renderer, to: &text)
        return (text.bytes, found)
    }

    private func render(_ output: Output, with renderer: SiteRenderer, to text: inout PageText) throws -> [Diagnostic] {
        var found: [Diagnostic] = []
        try renderer.render(output, to: &text, into: &found)
        return isText(output.route) ? found + privacy.errors(inPage: text, route: output.route) : found
    }

    /// A template's mistake shows on every page that uses it; it is told with the first of them.
    private func onceEach(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        var seen: Set<String> = []
        return diagnostics.filter { seen.insert("\($0.location) \($0.id)").inserted }
    }
}

/// Everything that a reader can open as text is looked through before it is published.
func isText(_ route: String) -> Bool {
    let kinds = [".html", ".xml", ".css", ".js", ".svg", ".json", ".txt", ".csv", ".ics"]
    if kinds.contains(where: route.hasSuffix) { return true }
    let lower = route.lowercased()
    return kinds.contains(where: lower.hasSuffix)
}

/// A text that the program carries, as bytes.
func bytes(of text: StaticString) -> [UInt8] {
    Array(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
}
