import Formats

/// Makes the bytes of outputs. Pure, and safe to use from any number of threads.
public struct SiteRenderer: Sendable {
    let plan: SitePlan
    let tree: SourceTree
    let schema: TemplateSchema
    private let layouts = Layouts()
    /// The site's own language, and all of them by their names.
    let main: LanguageParts
    private let languages: [String: LanguageParts]
    /// What lists show of notices, where many lists are made.
    private(set) var items = NoticeItems.none
    /// Short names for the contents of the style sheet and the script, so that browsers fetch them again when they have changed.
    let versions: [String: String]
    /// The script that works while no page is open.
    let workerScript: [UInt8]

    /// What can be searched.
    let search: SearchFiles
    let phones: PhoneLinks

    var site: Site { plan.site }
    var wording: Wording { main.wording }
    var shared: SharedParts { main.shared }

    /// Checks every name in the templates; errors come with file, line and column.
    /// - Parameter tree: Where bodies of notices that were kept, and files that are copied, are read.
    public init(_ plan: SitePlan, _ templates: SiteTemplates, tree: SourceTree, into diagnostics: inout [Diagnostic]) {
        self.plan = plan
        self.tree = tree
        schema = templates.schema
        let offered = plan.site.configuration.languages.compactMap { templates.tongues[$0] }
            .map { LanguageParts($0, plan) }
        phones = PhoneLinks(plan.site.organisation)
        search = SearchFiles(plan: plan, wording: templates.wording(plan.site.configuration.language))
        main =
            offered.first
            ?? LanguageParts(Tongue(Wording(), Later(value: TemplateSet([:], into: &diagnostics))), plan)
        languages = Dictionary(offered.map { ($0.wording.language, $0) }) { first, _ in first }
        workerScript = templates.worker
        versions = SiteTemplates.namedOnPages.reduce(into: [:]) { versions, name in
            let fingerprint = templates.fingerprints["assets/\(name)"] ?? Fingerprint()
            versions[name] = String(fingerprint.value, radix: 36)
        }
        for (layout, route) in SiteRenderer.firstPages(plan.outputs) {
            for parts in offered {
                let found = parts.templates.templates.check(layout: layout, page: "page", schema: schema)
                // A mistake in what many layouts use is told with the first of them.
                for mistake in found
                where !diagnostics.contains(where: { $0.id == mistake.id && $0.location == mistake.location }) {
                    diagnostics.append(mistake.found(on: route))
                }
            }
        }
    }

    /// The same, with what lists show of a notice made once for all of these outputs.
    public func prepared(for outputs: some Sequence<Output>, jobs: Int) -> SiteRenderer {
        var prepared = self
        prepared.items = NoticeItems(shownOn: outputs, by: self, jobs: jobs)
        return prepared
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

    /// Writes an output to an empty page.
    public func render(_ output: Output, to text: inout PageText, into diagnostics: inout [Diagnostic]) throws {
        switch output.content {
        case .copy(let path): text.bytes = try tree.bytes(path) ?? []
        case .asset(let bytes): text.bytes = bytes
        case .download(let index, let format):
            text.bytes = ReleaseDownload(site.datasets[index])?.bytes(format) ?? []
        case .data(let index, let format): text.bytes = DatasetDownload(site.datasets[index]).bytes(format)
        case .feed(let subject, .json): text.bytes = Array(jsonFeed(subject).utf8)
        case .latest: text.bytes = Array(latestJSON().utf8)
        case .calendar(let subject): text.bytes = calendar(subject)
        case .wechat(let index): text.bytes = try forms.article(of: index).html
        case .words(let index, let form): text.bytes = words(index, form)
        case .strip(let index): text.bytes = stripText(index)
        case .checksums: break
        case .worker: text.bytes = worker()
        case .searchBase: text.bytes = search.base()
        case .searchTitles(let block): text.bytes = search.titles(block)
        // Three units at a time: no number that identifies a person is as short as that.
        case .searchTerms(let shard): text.append(search.terms(shard), isKnown: true)
        default: try renderPage(output, to: &text, into: &diagnostics)
        }
    }

    private func renderPage(_ output: Output, to text: inout PageText, into diagnostics: inout [Diagnostic]) throws {
        guard let name = output.content.layout, let page = try page(output) else { return }
        let root = root(of: output)
        let parts = parts(page.language)
        let layout = layouts.layout(name, section: page.section, root: root, language: parts.wording.language) {
            let around = frame(section: page.section, parts)
            let program = parts.templates.layout(
                name, frame: around, component: "page", schema: schema, root: root, isClean: site.personalData.isAbsent)
            return Layouts.Layout(frame: around, program: program)
        }
        guard let program = layout.program else { return }
        let own: Record = ["page": frame(of: page, route: output.route, parts)]
        parts.templates.render(
            program, [layout.frame, own, page.record], page: output.route, to: &text, into: &diagnostics)
    }

    /// What there is for a language: that of the site where a text's own is none of its.
    func parts(_ language: String) -> LanguageParts { languages[language] ?? main }

    /// What an output's layout is given; nil where it has none.
    func page(_ output: Output) throws -> PageRecord? {
        switch output.content {
        case .today: todayPage()
        case .noticeList(let list): listPage(list)
        case .notice(let index): try noticePage(index)
        case .organisation: organisationPage()
        case .duties: dutiesPage()
        case .team(let index): try teamPage(site.teams[index])
        case .welcome(let language): welcomePage(parts(language))
        case .guide(let language): guidePage(parts(language))
        case .page(let index): try articlePage(site.pages[index])
        case .figures: figuresPage()
        case .dataset(let index): datasetPage(site.datasets[index])
        case .persons(let index): personsPage(site.datasets[index])
        case .proof(let day): proofPage(day)
        case .reports: reportsPage()
        case .duty: dutyPage()
        case .contacts(let language): contactsPage(parts(language))
        case .changes: changesPage()
        case .privacy: privacyPage()
        case .notFound: notFoundPage()
        case .feed(let subject, .atom): atomFeed(subject)
        case .feeds: feedsPage()
        case .sitemap: sitemapPage()
        case .search(let language): searchPage(parts(language))
        case .verify: verifyPage()
        case .codes(let group): codesPage(group)
        case .document(let index): try documentPage(index)
        case .poster(let index): posterPage(index)
        case .screen(let index): try screenPage(index)
        case .weekSheet: weekSheetPage()
        case .temperatureSheet: temperatureSheetPage()
        case .deskIndex: try deskIndexPage()
        case .desk(let index): try deskPage(index)
        case .asset, .copy, .download, .feed(_, .json), .calendar, .latest, .data, .wechat, .words, .strip, .checksums,
            .searchBase, .searchTitles, .searchTerms, .worker:
            nil
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
    let title: Value
    var description = Value.absent
    /// The language of what stands around it, where that is one of the site's.
    var language = ""
    /// The same page in other languages: language and route.
    var alternates: [(language: String, route: String)] = []
    /// The entry of the navigation that the page belongs to, by its route.
    var section = ""
    /// The day of the newest thing on the page.
    var asOf: Day?
    let record: Record

    init(
        title: Value, description: Value = .absent, language: String = "", section: String = "",
        asOf: Day? = nil, record: Record
    ) {
        self.title = title
        self.description = description
        self.language = language
        self.section = section
        self.asOf = asOf
        self.record = record
    }

    init(
        title: String, description: String = "", language: String = "", section: String = "", asOf: Day? = nil,
        record: Record
    ) {
        self.init(
            title: .text(title), description: .text(description), language: language, section: section, asOf: asOf,
            record: record)
    }
}

extension Diagnostic {
    /// With the page that shows the mistake.
    fileprivate func found(on route: String) -> Diagnostic {
        var diagnostic = self
        diagnostic.notes.append(.init(.init(path: route), .init("例如这一页用到它。", "This page uses it, for one.")))
        return diagnostic
    }
}
