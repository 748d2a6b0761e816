import Formats

/// Everything that is to be published at a moment.
public struct SitePlan: Sendable {
    public let site: Site
    public let now: Moment
    /// The wall clock's reading at `now`.
    public let local: LocalTime
    /// In the order of routes.
    public let outputs: [Output]
    /// When any output would change by itself.
    public let nextChange: Moment?
    let states: [NoticeState]
    let index: NoticeIndex
    let links: LinkTargets

    /// Plans the site. Two outputs for one route, and links that lead nowhere, are errors.
    public static func make(
        _ site: Site, now: Moment, templates: TemplateFiles, into diagnostics: inout [Diagnostic]
    ) -> SitePlan {
        let life = NoticeLife(site.notices, at: now)
        let index = NoticeIndex(site.notices, life.states)
        let attachments = Attachments(site: site, states: life.states)
        var planner = Planner(
            site: site, states: life.states, all: index.published, attachments: attachments.published,
            today: site.configuration.zone.local(now).day)
        planner.planAll(assets: templates.assets)
        let outputs = planner.outputs.sorted { $0.route.utf8.lexicographicallyPrecedes($1.route.utf8) }
        diagnostics += collisions(outputs)
        let links = LinkTargets(site: site, states: life.states, routes: Set(outputs.map(\.route)))
        diagnostics += links.check(site, failed: diagnostics.filesWithErrors)
        diagnostics += attachments.unused()
        let zone = site.configuration.zone
        let midnight = zone.moment(LocalTime(zone.local(now).day.adding(1)))
        return SitePlan(
            site: site, now: now, local: zone.local(now), outputs: outputs,
            nextChange: [life.nextChange, midnight, site.nextClosing.map(zone.moment)].compactMap { $0 }.min(),
            states: life.states,
            index: index, links: links)
    }

    /// A warning for every published notice that this plan has no page for, although nobody removed it: its file was
    /// deleted or renamed, or went back to being a draft. `routes` are those that a publication would delete.
    public func lostAddresses(among routes: [String]) -> [Diagnostic] {
        let removed = Set(site.notices.filter { $0.status == .removed }.map { Route.ofSource($0.source.path) })
        return routes.filter { route in
            let parts = route.split(separator: "/")
            return parts.count > 2 && parts[0] == "notices" && !["category", "team"].contains(parts[1])
                && !removed.contains(route)
        }.map { route in
            Diagnostic(
                .warning, "publish.address-lost", in: route, "这条发布过的通知不再有页面，收藏和转发的链接会打不开。",
                "This published notice has no page any more; links to it will break.",
                fix: .init(
                    "恢复原文件；要收回就写“状态: 撤回”和撤回原因，要彻底清除才写“状态: 移除”。",
                    "Restore its file; to take it back write “status: withdrawn” with the reason, to purge it “status: removed”."
                ))
        }
    }

    /// Indices of the notices that hold now.
    var currentNotices: [Int] { site.current(states) }
}

extension Site {
    /// Indices of the notices that hold now: important ones first, then the newest. A translation is found through its
    /// original while that holds.
    func current(_ states: [NoticeState]) -> [Int] {
        let holding = states.indices.filter { states[$0] == .published }
        let originals = Set(holding.map { notices[$0].id })
        return holding.filter { !originals.contains(notices[$0].translationOf?.name ?? "\u{0}") }.sorted {
            (notices[$0].urgency.rawValue, $0) < (notices[$1].urgency.rawValue, $1)
        }
    }
}

/// Routes that are one file on some disk or stick: equal but for case or Unicode's normal form.
private func collisions(_ outputs: [Output]) -> [Diagnostic] {
    var first: [String: Output] = [:]
    return outputs.compactMap { output in
        guard let other = first.updateValue(output, forKey: output.route.lowercased()) else { return nil }
        let path = [output, other].compactMap { output -> String? in
            if case .file(let path)? = output.dependencies.first { path } else { nil }
        }.first
        return Diagnostic(
            .error, "plan.collision", in: path ?? output.route, "有两处内容都要生成“\(other.route)”。",
            "Two outputs claim the route “\(other.route)”.", fix: .init("给其中一个文件改名。", "Rename one of the files."))
    }
}

private struct Planner {
    let site: Site
    let states: [NoticeState]
    /// Indices of the notices that have a page.
    let all: [Int]
    /// Files that are published.
    let attachments: Set<String>
    let today: Day
    var outputs: [Output] = []

    mutating func planAll(assets: [(path: String, bytes: [UInt8])]) {
        planNotices()
        planLists()
        planStandingPages()
        planFigures()
        for asset in assets { add("assets/\(asset.path)", .asset(asset.bytes), [.template(asset.path)]) }
        for (path, bytes) in site.files where attachments.contains(path) {
            add(path, .asset(bytes), [.file(Route.contentPrefix + path)])
        }
    }

    private mutating func add(_ route: String, _ content: Output.Content, _ dependencies: [Dependency]) {
        outputs.append(Output(route: route, content: content, dependencies: dependencies))
    }

    private mutating func addPage(_ route: String, _ content: Output.Content, _ dependencies: [Dependency]) {
        add(route, content, dependencies + [.template(content.layout ?? ""), .value("site")])
    }
}

extension Planner {
    private func query(_ question: String, _ indices: [Int]) -> Dependency {
        .query(question, matched: indices.map { site.notices[$0].source.path })
    }

    private mutating func planNotices() {
        for (index, notice) in site.notices.enumerated() where states[index].isPublic {
            var dependencies: [Dependency] = [.file(notice.source.path), .value("teams"), .value("contacts")]
            if case .superseded(let newer) = states[index] {
                dependencies.append(.file(site.notices[newer].source.path))
            }
            addPage(Route.ofSource(notice.source.path), .notice(index), dependencies)
        }
    }

    private mutating func planLists() {
        let current = site.current(states)
        planList(.current, "notices/index", current, "notices in force")
        for (index, category) in site.configuration.categories.enumerated() {
            let matched = all.filter { site.notices[$0].category.name == category.id }
            planList(.category(index), "notices/category/\(category.id)", matched, "notices of category \(category.id)")
        }
        for (index, team) in site.teams.enumerated() {
            let matched = all.filter { site.notices[$0].team.name == team.id }
            planList(.team(index), "notices/team/\(team.id)", matched, "notices of team \(team.id)")
        }
        for year in Set(all.map { site.notices[$0].date.year }) {
            let matched = all.filter { site.notices[$0].date.year == year }
            planList(.year(year), "notices/\(year)", matched, "notices of \(year)")
        }
    }

    private mutating func planList(_ subject: NoticeList.Subject, _ base: String, _ notices: [Int], _ question: String)
    {
        let size = site.configuration.perPage
        let pages = max(1, (notices.count + size - 1) / size)
        let routes = (1...pages).map { $0 == 1 ? "\(base).html" : "\(base)-\($0).html" }
        for page in 1...pages {
            let shown = Array(notices.dropFirst((page - 1) * size).prefix(size))
            let list = NoticeList(subject: subject, notices: shown, number: page, routes: routes, total: notices.count)
            addPage(
                routes[page - 1], .noticeList(list),
                [query("\(question), page \(page)", shown), .value("teams")])
        }
    }

    private mutating func planStandingPages() {
        let published = site.current(states)
        addPage(
            "index.html", .today,
            [
                .day(today), query("notices in force", published), .value("figures"), .value("duty"),
                .value("contacts"), .value("teams"),
            ])
        addPage("organisation.html", .organisation, [.value("organisation"), .value("teams")])
        addPage("duties.html", .duties, [.value("organisation"), .value("teams")])
        addPage("guide.html", .guide, site.pages.map { .file($0.source.path) })
        addPage("duty.html", .duty, [.value("duty"), .day(today)])
        addPage("contacts.html", .contacts, [.value("contacts"), .value("organisation")])
        addPage("changes.html", .changes, [query("corrected, withdrawn and replaced notices", all)])
        addPage("privacy.html", .privacy, [.value("contacts")])
        addPage("404.html", .notFound, [.value("contacts")])
        addPage("feed.xml", .feed, [query("latest notices", Array(all.prefix(20)))])
        addPage("sitemap.xml", .sitemap, [.value("routes")])
        for (index, team) in site.teams.enumerated() {
            let notices = all.filter { site.notices[$0].team.name == team.id }
            addPage(
                Route.ofSource(team.source.path), .team(index),
                [
                    .file(team.source.path), .value("organisation"),
                    query("latest notices of \(team.id)", Array(notices.prefix(5))),
                ])
        }
        for (index, page) in site.pages.enumerated() {
            addPage(Route.ofSource(page.source.path), .page(index), [.file(page.source.path)])
        }
    }

    private mutating func planFigures() {
        addPage("figures/index.html", .figures, [.value("figures"), .day(today)])
        addPage("figures/reports.html", .reports, [.value("figures"), .day(today)])
        for (index, dataset) in site.datasets.enumerated() {
            let definition = dataset.definition
            let sources: [Dependency] = [.file("content/statistics/datasets.yml")]
            if definition.kind == .operational {
                addPage(
                    "figures/\(definition.id).html", .dataset(index), sources + dataset.paths.map { .file($0) })
            } else if definition.publication != nil {
                let release = sources + [.value("release of \(definition.id)")]
                addPage("figures/\(definition.id).html", .persons(index), release)
                for format in DownloadFormat.allCases {
                    add("figures/\(definition.id).\(format.rawValue)", .download(index, format), release)
                }
            }
        }
        for day in Set(site.datasets.flatMap { $0.release.days.map(\.day) }) {
            addPage(Route.proof(of: day), .proof(day), [.value("release of \(day)")])
        }
    }
}
