import Formats

/// Makes the bytes of outputs. Pure, and safe to use from any number of threads.
public struct SiteRenderer: Sendable {
    let plan: SitePlan
    let tree: SourceTree
    let templates: TemplateRenderer
    let schema: TemplateSchema
    private let layouts = Layouts()
    /// What many pages show, made once.
    let shared: SharedParts
    /// A short name for the style sheet's content, so that browsers fetch it again when it has changed.
    let styleVersion: String

    var site: Site { plan.site }

    /// Checks every name in the templates; errors come with file, line and column.
    /// - Parameter tree: Where bodies of notices that were kept, and files that are copied, are read.
    public init(_ plan: SitePlan, _ templates: SiteTemplates, tree: SourceTree, into diagnostics: inout [Diagnostic]) {
        self.plan = plan
        self.tree = tree
        schema = templates.schema
        self.templates = TemplateRenderer(templates.set)
        shared = SharedParts(plan)
        styleVersion = String(templates.style.value, radix: 36)
        for (layout, route) in SiteRenderer.firstPages(plan.outputs) {
            diagnostics += templates.set.check(layout: layout, page: "page", schema: schema).map { $0.found(on: route) }
        }
    }

    /// Every layout in use, with the first page that it renders.
    static func firstPages(_ outputs: [Output]) -> [(layout: String, route: String)] {
        var routes: [String: String] = [:]
        var last = ""
        for output in outputs {
            guard let layout = output.content.layout, layout != last else { continue }
            routes[layout] = routes[layout] ?? output.route
            last = layout
        }
        return routes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// An output's bytes.
    public func render(_ output: Output, into diagnostics: inout [Diagnostic]) throws -> [UInt8] {
        if case .copy(let path) = output.content { return try tree.bytes(path) ?? [] }
        if case .asset(let bytes) = output.content { return bytes }
        if case .download(let index, let format) = output.content {
            return ReleaseDownload(site.datasets[index])?.bytes(format) ?? []
        }
        guard let name = output.content.layout, let page = try page(output) else { return [] }
        let root = root(of: output)
        let layout = layouts.layout(name, section: page.section, root: root) {
            let around = frame(section: page.section)
            let program = templates.layout(name, frame: around, component: "page", schema: schema, root: root)
            return Layouts.Layout(frame: around, program: program)
        }
        let around = layout.frame.adding(["page": frame(of: page, route: output.route)])
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16_384)
        if let program = layout.program {
            templates.render(program, [around, page.record], page: output.route, to: &bytes, into: &diagnostics)
        }
        return bytes
    }

    /// What an output's layout is given; nil where it has none.
    func page(_ output: Output) throws -> PageRecord? {
        switch output.content {
        case .today: todayPage()
        case .noticeList(let list): listPage(list)
        case .notice(let index): try noticePage(index)
        case .organisation: organisationPage()
        case .duties: dutiesPage()
        case .team(let index): teamPage(site.teams[index])
        case .guide: guidePage()
        case .page(let index): articlePage(site.pages[index])
        case .figures: figuresPage()
        case .dataset(let index): datasetPage(site.datasets[index])
        case .persons(let index): personsPage(site.datasets[index])
        case .proof(let day): proofPage(day)
        case .reports: reportsPage()
        case .duty: dutyPage()
        case .contacts: contactsPage()
        case .changes: changesPage()
        case .privacy: privacyPage()
        case .notFound: notFoundPage()
        case .feed: feedPage()
        case .sitemap: sitemapPage()
        case .asset, .copy, .download: nil
        }
    }

    /// A page that the server shows at any address cannot use relative links; neither can a feed.
    func root(of output: Output) -> String {
        switch output.content {
        case .notFound: site.configuration.basePath
        case .feed, .sitemap: site.configuration.address
        default: Route.root(from: output.route)
        }
    }
}

/// What a page's builder gives: its own record, and what the frame around it shows.
struct PageRecord {
    let title: String
    var description = ""
    var language = "zh-CN"
    /// The entry of the navigation that the page belongs to, by its route.
    var section = ""
    /// The day of the newest thing on the page.
    var asOf: Day?
    let record: Record
}

extension Diagnostic {
    /// With the page that shows the mistake.
    fileprivate func found(on route: String) -> Diagnostic {
        var diagnostic = self
        diagnostic.notes.append(.init(.init(path: route), .init("例如这一页用到它。", "This page uses it, for one.")))
        return diagnostic
    }
}
