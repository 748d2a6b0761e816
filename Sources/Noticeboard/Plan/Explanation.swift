import Formats
import Statistics

/// What a plan can tell about itself, in words.
extension SitePlan {
    /// What an output depends on, in Chinese and in English.
    public func words(for dependency: Dependency) -> Diagnostic.Text {
        switch dependency {
        case .file(let path): .init(path, path)
        case .notice(let index): .init(site.notices[index].path, site.notices[index].path)
        case .item(let index):
            .init("列表里显示的\(site.notices[index].path)", "what lists show of \(site.notices[index].path)")
        case .value(let value): words(for: value)
        case .query(let query, let matched):
            .init("\(query.zh)（\(matched.count)条）", "\(query) (\(matched.count))")
        case .count(let count): .init("列表共\(count)条", "the list's length, \(count)")
        case .template(let name): .init("模板templates/\(name)", "templates/\(name) and all that it uses")
        }
    }

    private func words(for value: SharedValue) -> Diagnostic.Text {
        switch value {
        case .day: .init("今天的日期\(local.day)", "the day, \(local.day)")
        case .zone: .init("当天的时差", "the time zone's offset on the day")
        case .teams: .init("各组的名称", "the names of all teams")
        case .team(let index): .init("“\(site.teams[index].name)”的名称", "the name of team \(site.teams[index].id)")
        case .years: .init("有通知的年份", "the years that have notices")
        case .duty: .init("值班表content/duty/，或现在谁值班", "the roster, content/duty/, or who is on duty now")
        case .figures: .init("全部统计content/statistics/", "all statistics, content/statistics/")
        case .freshness(let id): .init("“\(id)”是否逾期未报", "whether the dataset \(id) is overdue")
        case .dataset(let id): .init("统计content/statistics/\(id)/", "the dataset content/statistics/\(id)/")
        case .published(let day): .init("\(day)公布的人数", "what was published of \(day)")
        case .search: .init("全部可以搜索的文字", "everything that can be searched")
        case .searchBlock(let number): .init("可以搜索的文字第\(number + 1)部分", "part \(number + 1) of what can be searched")
        case .searchShard(let number): .init("搜索索引第\(number + 1)片", "shard \(number + 1) of the search's index")
        case .codes(let group): .init("以某个字符开头的核验码（\(group)）", "codes that begin with sign \(group)")
        case .routes: .init("全部页面的地址", "the addresses of all pages")
        case .screen(let index):
            .init(
                "“\(site.configuration.screens[index].name)”的开关时段",
                "the hours of the screen \(site.configuration.screens[index].id)")
        case .style: .init("templates/assets/里的样式和脚本", "the style sheet and the script in templates/assets/")
        }
    }

    /// The outputs that would have to be looked at if a source file changed, by index, and through what each depends on it.
    public func outputs(dependingOn path: String, templates: SiteTemplates) -> [(index: Int, through: Dependency)] {
        outputs.indices.compactMap { index in
            outputs[index].dependencies.first { depends($0, on: path, templates) }.map { (index, $0) }
        }
    }

    private func depends(_ dependency: Dependency, on path: String, _ templates: SiteTemplates) -> Bool {
        switch dependency {
        case .file(let file): file == path
        case .notice(let index), .item(let index): site.notices[index].path == path
        case .query(_, let matched): matched.contains { site.notices[$0].path == path }
        case .template(let name): templates.files(of: name).contains(path)
        case .value(.style): SiteTemplates.namedOnPages.contains { path == "templates/assets/\($0)" }
        case .value(.teams): site.teams.contains { $0.source.path == path }
        case .value(.team(let index)): site.teams[index].source.path == path
        case .value(.duty): path.hasPrefix("content/duty/")
        case .value(.figures): path.hasPrefix("content/statistics/")
        case .value(.dataset(let id)), .value(.freshness(let id)):
            path.hasPrefix("content/statistics/\(id)/") || SitePlan.isDeclaration(path)
        case .value(.published): SitePlan.isDeclaration(path)
        case .value(.search), .value(.searchBlock), .value(.searchShard):
            ["content/notices/", "content/pages/", "content/teams/", "content/organisation.yml"].contains {
                path.hasPrefix($0)
            }
        case .value(.years), .value(.day), .value(.routes), .value(.screen), .value(.codes), .value(.zone), .count:
            false
        }
    }

    private static func isDeclaration(_ path: String) -> Bool {
        path == ClassList.file || path == DatasetDefinition.file || Ledger.isFile(path)
    }

    /// What happens when the site next changes by itself.
    public var nextReasons: [Diagnostic.Text] {
        guard let next = nextChange else { return [] }
        var reasons: [Diagnostic.Text] = []
        for notice in site.notices where notice.status == .final || notice.status == .withdrawn {
            if notice.publishAt == next { reasons.append(.init("\(notice.path)到了发布时间", "\(notice.path) is published")) }
            if notice.expiresAt == next { reasons.append(.init("\(notice.path)失效", "\(notice.path) expires")) }
        }
        let zone = site.configuration.zone
        if site.nextClosing.map(zone.moment) == next {
            reasons.append(.init("一天的统计截止", "a day of the statistics is closed"))
        }
        if site.nextStaleness(after: local).map(zone.moment) == next {
            reasons.append(.init("有统计逾期未报", "a dataset is overdue"))
        }
        if site.duty.nextChange(after: local).map(zone.moment) == next {
            reasons.append(.init("值班换班", "a shift begins or ends"))
        }
        for screen in site.configuration.screens where screen.nextChange(after: local).map(zone.moment) == next {
            reasons.append(.init("“\(screen.name)”开关屏", "the screen \(screen.id) goes on or off"))
        }
        if zone.local(next).secondOfDay == 0 {
            reasons.append(.init("新的一天开始，今日页和值班表随之变化", "a new day begins, and today's pages and the roster with it"))
        }
        return reasons
    }
}

extension NoticeQuery {
    fileprivate var zh: String {
        switch self {
        case .all: "全部通知"
        case .latest: "最近的通知"
        case .newest(let team): "\(team)组最近的通知"
        case .newestIn(let category): "类别\(category)最近的通知"
        case .events: "有活动时间的通知"
        case .channel(let channel): "发到\(channel.words)的通知"
        case .current(let page): "现行通知第\(page)页"
        case .category(let id, let page): "类别\(id)的通知第\(page)页"
        case .team(let id, let page): "\(id)组的通知第\(page)页"
        case .year(let year, let page): "\(year)年的通知第\(page)页"
        case .language(let language, let page): "\(language)的通知第\(page)页"
        }
    }
}

extension StaleReason {
    /// The reason in words; `plan` names what has changed.
    public func words(in plan: SitePlan) -> Diagnostic.Text {
        switch self {
        case .full: .init("要求全部重新生成", "everything is asked for")
        case .noRecord: .init("没有上次生成的记录", "there is no record of an earlier build")
        case .new: .init("上次没有这个文件", "the earlier build had no such output")
        case .touched: .init("输出文件夹被改动过", "somebody has changed the output folder")
        case .changed(let dependency):
            .init(
                "\(plan.words(for: dependency).zh)有变化", "changed since: \(plan.words(for: dependency).en)")
        case .otherDependencies: .init("依赖的内容不同了", "it depends on other things than it did")
        }
    }
}
