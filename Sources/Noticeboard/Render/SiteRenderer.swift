import Formats

/// Makes the bytes of outputs. Pure, and safe to use from any number of threads.
public struct SiteRenderer: Sendable {
    let plan: SitePlan
    let tree: SourceTree
    let templates: TemplateRenderer
    let schema: TemplateSchema
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
        styleVersion = String(templates.style.value, radix: 36)
        for (layout, route) in SiteRenderer.firstPages(plan.outputs) {
            diagnostics += templates.set.check(layout: layout, page: "page", schema: schema).map { $0.found(on: route) }
        }
    }

    /// Every layout in use, with the first page that it renders.
    static func firstPages(_ outputs: [Output]) -> [(layout: String, route: String)] {
        var routes: [String: String] = [:]
        for output in outputs {
            if let layout = output.content.layout { routes[layout] = routes[layout] ?? output.route }
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
        guard let (layout, frame, record) = try page(output) else { return [] }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16_384)
        templates.render(
            layout, [frame, record], page: output.route, root: root(of: output), to: &bytes, into: &diagnostics)
        return bytes
    }

    /// The layout of an output, the frame's record and the layout's own.
    func page(_ output: Output) throws -> (layout: String, frame: Record, record: Record)? {
        let page: PageRecord? =
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
        guard let page, let layout = output.content.layout else { return nil }
        return (layout, frame(page, route: output.route), page.record)
    }

    /// A page that the server shows at any address cannot use relative links; neither can a feed.
    private func root(of output: Output) -> String {
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
