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
    /// What can be searched.
    public let search: SearchIndex
    /// A name for everything that can be searched, by which browsers know whether what they keep is old.
    let searchVersion: Fingerprint
    /// Notices that hold, the most urgent first, with the channels that each goes to.
    let channels: [NoticeChannels]
    /// For each output the fingerprints of what it depends on.
    public let kept: KeptOutputs

    /// Plans the site. `tree` is read where a diagnostic has to show a line. Two outputs for one route, and links that lead nowhere, are errors.
    ///
    /// - Parameters:
    ///   - showsAll: As in `NoticeLife`: for a preview, never for a publication.
    ///   - kept: What an earlier build made of the search's index.
    public static func make(
        _ site: Site, tree: SourceTree, now: Moment, templates: SiteTemplates, showsAll: Bool = false,
        kept: KeptSearch = .none, jobs: Int = 1, into diagnostics: inout [Diagnostic]
    ) throws -> SitePlan {
        let zone = site.configuration.zone
        let local = zone.local(now)
        let life = NoticeLife(site, at: now, showsAll: showsAll)
        let index = NoticeIndex(site, life.states)
        let attachments = Attachments(site: site, states: life.states)
        let corpus = SearchCorpus(site, published: index.published)
        var planner = Planner(
            site: site, states: life.states, index: index, search: corpus, attachments: attachments.published)
        planner.planAll(assets: templates.assets)
        var channels = ChannelPlanner(site: site, states: life.states, index: index, local: local)
        channels.planAll()
        let (outputs, routes) = inOrder(planner.outputs + channels.outputs)
        let (forms, failed) = (channels.notices, diagnostics.filesWithErrors)
        let (found, (fingerprints, search)) = try concurrently(jobs: jobs) {
            try mistakes(
                site, tree, life.states, templates, attachments, outputs, routes, forms, failed: failed,
                now: local)
        } _: {
            var fingerprints = PlanFingerprints(
                site, states: life.states, index: index, local: local, templates: templates, routes: routes)
            let documents = SearchDocuments(
                site: site, states: life.states, tree: tree, wording: templates.wording(site.configuration.language))
            let search = try SearchIndex(
                corpus, keys: fingerprints.searchKeys(corpus), documents, kept: kept, jobs: jobs)
            fingerprints.add(search)
            return (fingerprints, search)
        }
        diagnostics += found
        let changes = [life.nextChange] + site.changes(after: local).map { $0.map(zone.moment) }
        return SitePlan(
            site: site, now: now, local: local, outputs: outputs, nextChange: changes.compactMap { $0 }.min(),
            states: life.states, index: index, search: search,
            searchVersion: fingerprints.of(.value(.search)), channels: channels.notices,
            kept: fingerprints.kept(outputs, routes))
    }

    /// What is wrong with a site as a whole: routes, languages, links, attachments and forms.
    ///
    /// - Parameter failed: Files with errors, of which nothing more is said.
    private static func mistakes(
        _ site: Site, _ tree: SourceTree, _ states: [NoticeState], _ templates: SiteTemplates,
        _ attachments: Attachments, _ outputs: [Output], _ routes: NameList, _ channels: [NoticeChannels],
        failed: Set<String>, now: LocalTime
    ) throws -> [Diagnostic] {
        var found = Collisions(outputs: outputs, routes: routes, site: site).diagnostics
        found += try unknownLanguages(site, tree, templates)
        let links = LinkTargets(site: site, tree: tree, states: states, routes: outputs.map(\.route))
        found += try links.check(failed: failed.union(found.filesWithErrors))
        // A notice with errors of its own may be the one that names the file.
        if !failed.contains(where: { $0.hasSuffix(".md") }) { found += attachments.unused() }
        found += try states.indices.filter { states[$0] == .scheduled }.compactMap {
            try early(site.notices[$0], tree, now)
        }
        let forms = NoticeForms(site: site, tree: tree, wording: templates.wording(site.configuration.language))
        return try found + ChannelWarnings(forms: forms).all(channels)
    }

    /// A warning for a notice that waits for nothing but its own date, which may be a slip: 2027 for 2026.
    private static func early(_ notice: Notice, _ tree: SourceTree, _ now: LocalTime) throws -> Diagnostic? {
        guard notice.facts.status == .final, notice.date > now.day, !notice.facts.has(.timed) else { return nil }
        let source = try tree.source(notice.path)
        let days = notice.date.daysSince1970 - now.day.daysSince1970
        return Diagnostic(
            .warning, "notice.future", in: notice.path, "成文日期\(notice.date.chinese)还没有到（还有\(days)天），这条通知到那天才发布。",
            "Its date, \(notice.date), is \(days) days ahead; the notice will appear on that day.",
            fix: .init(
                "日期写错了就改；确实要到时发布，加一行“publish_at: \(notice.date)”，就不再提醒。",
                "Mend the date if it is wrong; if it is meant, add the line “publish_at: \(notice.date)” to silence this."
            )
        ).fixed(by: source.inserting("publish_at: \(notice.date)", before: FrontMatter.end(of: source)))
    }

    /// Something for every published notice that this plan has no page for, although nobody removed it: its file was
    /// deleted or renamed, or went back to being a draft. `routes` are those that a publication would delete.
    ///
    /// - Parameter severity: An error where the school's own site would lose the page: a published address never dies.
    public func lostAddresses(among routes: [String], _ severity: Diagnostic.Severity) -> [Diagnostic] {
        // What waits for a review has its own error.
        let removed = Set(
            states.indices.filter { [.removed, .unreviewed].contains(states[$0]) }.map { site.notices[$0].route })
        return routes.filter { route in
            let parts = route.split(separator: "/")
            return parts.count > 2 && parts[0] == "notices" && !["category", "team"].contains(parts[1])
                && route.hasSuffix(".html") && !removed.contains(route) && !SitePlan.forms.contains(String(parts.last!))
        }.map { route in
            Diagnostic(
                severity, "publish.address-lost", in: route, "这条发布过的通知不再有页面，收藏和转发的链接会打不开。",
                "This published notice has no page any more; links to it will break.",
                fix: .init(
                    "恢复原文件；要收回就写“状态: 撤回”和撤回原因，要彻底清除才写“状态: 移除”。",
                    "Restore its file; to take it back write “status: withdrawn” with the reason, to purge it “status: removed”."
                ))
        }
    }

    /// Forms of notices leave with the notice; their addresses are not for keeping.
    private static let forms = ["print.html", "poster.html", "wechat.html"]

    /// Whether a route is that of a sheet to be printed.
    public static func isSheet(_ route: String) -> Bool {
        route.hasPrefix("board/")
            || route.hasPrefix("notices/") && ["/print.html", "/poster.html"].contains(where: route.hasSuffix)
    }

    /// An error for every notice that waits for a review and has a page already: its address must not die meanwhile.
    public func withheld(_ isPublished: (_ route: String) throws -> Bool) rethrows -> [Diagnostic] {
        let waiting = states.indices.filter { states[$0] == .unreviewed }.map { site.notices[$0] }
        return try waiting.filter { try isPublished($0.route) }.map { notice in
            Diagnostic(
                .error, "review.withheld", in: notice.path, "这条通知已经发布过，改动之后还没有重新审核，现在发布会使它的页面消失。",
                "This notice was published and then changed without a review; publishing now would take its page away.",
                fix: .init(
                    "重新审核，或把内容改回去；要收回就写“状态: 撤回”。",
                    "Review it again, or undo the change; to take it back write “status: withdrawn”."))
        }
    }

    /// Notices whose pages show their text now.
    public var publishedNotices: [Notice] {
        states.indices.filter { states[$0] == .published }.map { site.notices[$0] }
    }

    /// The day on which the site is looked at.
    public var day: Day { local.day }

    /// A notice's code, as its page shows it.
    public func code(of notice: Notice) -> String { notice.code }

    /// Notices that the public does not see yet, by index, with their state.
    public var unpublished: [(notice: Int, state: NoticeState)] {
        site.notices.indices.compactMap { index in
            let state = NoticeLife.state(site.facts[index], at: now, replacedBy: nil)
            return [.draft, .unreviewed, .scheduled].contains(state) ? (index, state) : nil
        }
    }

    /// The source file that a route shows.
    public func source(of route: String) -> String? { output(route)?.source(in: site) }

    /// The output of a route.
    public func output(_ route: String) -> Output? { outputs.first { $0.route == route } }

    /// `nextChange` as it is told, in the site's time zone.
    public var nextChangeText: String { nextChange.map(site.configuration.zone.rfc3339) ?? "" }

    /// Indices of the notices that hold now.
    var currentNotices: [Int] { site.current(states) }
}

extension Site {
    /// When its pages change by themselves, beside what notices do.
    fileprivate func changes(after local: LocalTime) -> [LocalTime?] {
        [LocalTime(local.day.adding(1)), nextClosing, nextStaleness(after: local), duty.nextChange(after: local)]
            + configuration.screens.map { $0.nextChange(after: local) }
    }

    /// Indices of the notices that hold now: important ones first, then the newest. A translation is found through its
    /// original while that holds.
    func current(_ states: [NoticeState]) -> [Int] {
        let holding = states.indices.filter { states[$0] == .published }
        let translations = holding.filter { facts[$0].has(.translation) }
        let originals =
            translations.isEmpty
            ? [:] : Dictionary(holding.map { (facts[$0].id, $0) }) { first, _ in first }
        let hidden = Set(
            translations.filter { index in
                // What is not said as urgently by its original must be seen by itself.
                guard let original = originals[Fingerprint(notices[index].translationOf?.name ?? "\u{0}")] else {
                    return false
                }
                return original != index && !facts[original].has(.translation)
                    && facts[original].urgencyCode <= facts[index].urgencyCode
                    && notices[original].language != notices[index].language
            })
        return holding.filter { !hidden.contains($0) }.sorted {
            (facts[$0].urgencyCode, $0) < (facts[$1].urgencyCode, $1)
        }
    }
}

/// An error for every language that nobody wrote the texts of.
private func unknownLanguages(_ site: Site, _ tree: SourceTree, _ templates: SiteTemplates) throws -> [Diagnostic] {
    let main = Reference(name: site.configuration.language, range: 0..<0)
    return try ([main] + site.configuration.otherLanguages).filter { templates.tongues[$0.name] == nil }.map { given in
        try tree.source("content/site.yml").error(
            "site.language", at: given.range, "没有“\(given.name)”的界面文字。", "There are no texts in “\(given.name)”.",
            fix: .init(
                "在templates/locales/\(given.name).yml里写上，或者从这几种里选：\(templates.languages.joined(separator: "、"))。",
                "Write templates/locales/\(given.name).yml, or choose from \(templates.languages.joined(separator: ", "))."
            ))
    }
}

/// All outputs in the order of routes, and these.
private func inOrder(_ outputs: [Output]) -> (outputs: [Output], routes: NameList) {
    let routes = NameList(outputs.lazy.map(\.route))
    let order = routes.order
    return (order.map { outputs[$0] }, routes.names(at: order))
}

extension Output {
    /// The source file that it shows, where it is one.
    func source(in site: Site) -> String? {
        switch content {
        case .notice(let index): site.notices[index].path
        case .team(let index): site.teams[index].source.path
        case .page(let index): site.pages[index].source.path
        case .copy(let path): path
        default: nil
        }
    }
}
