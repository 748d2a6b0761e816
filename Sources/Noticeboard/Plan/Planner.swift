import Formats

/// Lists everything that is to be published, with what each output depends on.
struct Planner {
    let site: Site
    let states: [NoticeState]
    let index: NoticeIndex
    let search: SearchCorpus
    /// Files that are published.
    let attachments: Set<String>
    /// Pages of notices, in the order of their files, and then everything else.
    private(set) var outputs: [Output] = []

    init(
        site: Site, states: [NoticeState], index: NoticeIndex, search: SearchCorpus, attachments: Set<String>
    ) {
        self.site = site
        self.states = states
        self.index = index
        self.search = search
        self.attachments = attachments
    }

    mutating func planAll(assets: [(path: String, bytes: [UInt8])]) {
        outputs.reserveCapacity(site.notices.count * 5 / 4 + 100)
        planNotices()
        planLists()
        planStandingPages()
        planSearch()
        planWorker()
        planFigures()
        for language in site.configuration.otherLanguages { planLanguage(language.name) }
        for asset in assets { add("assets/\(asset.path)", .asset(asset.bytes), [.template("assets/\(asset.path)")]) }
        for path in site.files.keys where attachments.contains(path) {
            let source = Route.contentPrefix + path
            add(path, .copy(source), [.file(source)])
        }
    }

    private mutating func add(_ route: String, _ content: Output.Content, _ own: [Dependency]) {
        outputs.append(Output(route: route, content: content, own: own))
    }
}

extension Planner {
    /// Whether each dataset is overdue.
    private var freshness: [Dependency] { site.datasets.map { .value(.freshness($0.definition.id)) } }

    private mutating func planNotices() {
        // Shared by all notices of a team.
        let teams = Dictionary(
            site.teams.enumerated().map { (Fingerprint($1.id), [Dependency.value(.team($0))]) }
        ) { first, _ in first }
        for index in publishedInOrder {
            let facts = site.facts[index]
            let relations = relations(of: index, facts)
            let team = teams[facts.team] ?? []
            add(site.notices[index].route, .notice(index), relations.isEmpty ? team : team + relations)
        }
    }

    /// In the order of files, which is all but the order of routes, and that of the records.
    private var publishedInOrder: [Int] {
        let files = site.notices.lazy.map(\.file)
        var places = [Int](repeating: -1, count: (files.max() ?? -1) + 1)
        for index in index.published { places[files[index]] = index }
        return places.filter { $0 >= 0 }
    }

    /// Other notices that its page shows, and files whose sizes it tells.
    private func relations(of number: Int, _ facts: NoticeFacts) -> [Dependency] {
        let isAlone = !facts.has(.supersedes) && !facts.has(.attachments) && !facts.has(.images)
        if isAlone, !index.hasTranslations, states[number].isOriginal { return [] }
        let notice = site.notices[number]
        var shown = index.translations(of: notice)
        if case .superseded(let newer) = states[number] { shown.append(newer) }
        shown += notice.supersedes.compactMap { index.notice(Fingerprint($0.name)) }
        return shown.map(Dependency.item) + notice.attachments.map { .file(Route.contentPrefix + $0.file.name) }
            + LinkTargets.images(of: notice)
    }

    private mutating func planLists() {
        planList(.current, "notices/index", site.current(states)) { .current(page: $0) }
        let byCategory = published(by: \.category, site.configuration.categories.map(\.id))
        for (number, category) in site.configuration.categories.enumerated() {
            planList(.category(number), "notices/category/\(category.id)", byCategory[number]) {
                .category(category.id, page: $0)
            }
        }
        let byTeam = published(by: \.team, site.teams.map(\.id))
        for (number, team) in site.teams.enumerated() {
            planList(.team(number), "notices/team/\(team.id)", byTeam[number]) { .team(team.id, page: $0) }
            planTeam(number, team, newest: Array(byTeam[number].prefix(5)))
        }
        for (year, places) in index.byYear {
            planList(.year(year), "notices/\(year)", Array(index.published[places])) { .year(year, page: $0) }
        }
    }

    /// Public notices by what a name in them refers to, for each of some ids.
    private func published(by name: KeyPath<NoticeFacts, Fingerprint>, _ ids: [String]) -> [[Int]] {
        let keys = ids.map { Fingerprint($0) }
        var groups = [[Int]](repeating: [], count: ids.count)
        for index in index.published {
            if let group = keys.firstIndex(of: site.facts[index][keyPath: name]) { groups[group].append(index) }
        }
        return groups
    }

    private mutating func planList(
        _ subject: NoticeList.Subject, _ base: String, _ notices: [Int], _ query: (Int) -> NoticeQuery
    ) {
        let size = site.configuration.perPage
        let pages = max(1, (notices.count + size - 1) / size)
        let routes = (1...pages).map { $0 == 1 ? "\(base).html" : "\(base)-\($0).html" }
        // How many there are stands on every page, and whether there is a next one.
        let length = Dependency.count(notices.count)
        for page in 1...pages {
            let shown = Array(notices.dropFirst((page - 1) * size).prefix(size))
            let list = NoticeList(subject: subject, notices: shown, number: page, routes: routes, total: notices.count)
            add(
                routes[page - 1], .noticeList(list),
                [.query(query(page), matched: shown), length, .value(.teams), .value(.years)])
        }
    }

    private mutating func planTeam(_ number: Int, _ team: Team, newest: [Int]) {
        add(
            Route.ofSource(team.source.path), .team(number),
            [.file(team.source.path)] + LinkTargets.images(team.body.links, from: team.source.path)
                + [.query(.newest(team: team.id), matched: newest)])
    }

    private mutating func planStandingPages() {
        let teams = site.teams.map { Dependency.file($0.source.path) }
        let everything = Dependency.query(.all, matched: index.published)
        add("index.html", .today, [.value(.day), everything, .value(.figures), .value(.duty)] + freshness + teams)
        add("organisation.html", .organisation, teams)
        add("duties.html", .duties, teams)
        let main = site.configuration.language
        add("guide.html", .guide(main), site.pages.map { .file($0.source.path) })
        add("duty.html", .duty, [.value(.duty), .value(.day)])
        add("contacts.html", .contacts(main), [])
        add("changes.html", .changes, [everything])
        add("privacy.html", .privacy, [])
        add("404.html", .notFound, [])
        add("sitemap.xml", .sitemap, [.value(.routes)])
        add(Checksums.route, .checksums, [.value(.routes)])
        if index.hasCodeGroups {
            add("verify.html", .verify, [])
            for group in NoticeCode.signs.indices { add(Route.codes(group), .codes(group), [.value(.codes(group))]) }
        } else {
            add("verify.html", .verify, NoticeCode.signs.indices.map { .value(.codes($0)) })
        }
        for (number, page) in site.pages.enumerated() {
            let translations = site.translations(of: page).map { Dependency.file($0.source.path) }
            let images = LinkTargets.images(page.body.links, from: page.source.path)
            add(Route.ofSource(page.source.path), .page(number), [.file(page.source.path)] + translations + images)
        }
    }

    /// Named by no page where the site does not want it, so that browsers put an older one away.
    private mutating func planWorker() {
        guard site.configuration.isKeptOffline else { return }
        let current = Array(site.current(states).prefix(Worker.notices))
        add(
            Worker.route, .worker,
            current.map(Dependency.notice) + [
                .query(.current(page: 1), matched: current), .value(.style), .template(Worker.route),
                .file("content/site.yml"),
            ])
    }

    private mutating func planSearch() {
        let everything = [Dependency.value(.search)]
        let lists: [Dependency] = [.value(.teams), .value(.years)]
        add("search.html", .search(site.configuration.language), everything + lists)
        for language in site.configuration.otherLanguages {
            add("\(language.name)/search.html", .search(language.name), everything + lists)
        }
        add(SearchCorpus.base, .searchBase, everything + [.value(.teams), .file("content/site.yml")])
        for block in 0..<search.blocks {
            add(SearchCorpus.titles(block), .searchTitles(block), [.value(.searchBlock(block))])
        }
        for shard in 0..<search.shards {
            add(SearchCorpus.terms(shard), .searchTerms(shard), [.value(.searchShard(shard))])
        }
    }

    /// What there is in a language beside the site's own: a home page, its notices, standing pages and telephone numbers.
    private mutating func planLanguage(_ language: String) {
        let pages = site.pages.map { Dependency.file($0.source.path) }
        add(
            "\(language)/index.html", .welcome(language),
            [.value(.day), .query(.all, matched: index.published)] + pages)
        add("\(language)/guide.html", .guide(language), pages)
        add("\(language)/contacts.html", .contacts(language), [])
        let notices = index.published.filter { site.notices[$0].language == language }
        planList(.language(language), "\(language)/notices", notices) { .language(language, page: $0) }
    }

    private mutating func planFigures() {
        add("figures/index.html", .figures, [.value(.figures), .value(.teams)] + freshness)
        add("figures/reports.html", .reports, [.value(.figures), .value(.teams), .value(.day)])
        for (number, dataset) in site.datasets.enumerated() {
            let definition = dataset.definition
            let fresh = Dependency.value(.freshness(definition.id))
            let dependencies: [Dependency] = [.value(.dataset(definition.id)), .value(.teams)]
            if definition.kind == .operational {
                add("figures/\(definition.id).html", .dataset(number), dependencies + [fresh])
            } else if definition.publication != nil {
                add("figures/\(definition.id).html", .persons(number), dependencies + [fresh])
                for format in DownloadFormat.allCases {
                    add(
                        "figures/\(definition.id).\(format.rawValue)", .download(number, format),
                        [.value(.dataset(definition.id)), .file("content/site.yml")])
                }
            }
        }
        for day in Set(site.datasets.flatMap { $0.release.days.map(\.day) }) {
            add(Route.proof(of: day), .proof(day), [.value(.published(day))])
        }
    }
}
