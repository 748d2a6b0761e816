import Formats

/// Lists what is published beside the pages that families read in a browser: the forms of every notice that holds, by the
/// channels that it goes to, and what programs read. A notice that no longer holds is in none of them.
struct ChannelPlanner {
    let site: Site
    let index: NoticeIndex
    /// Notices that hold, by index, the most urgent first, with the channels that each goes to.
    let notices: [NoticeChannels]
    /// The wall clock's reading.
    let local: LocalTime
    private(set) var outputs: [Output] = []

    /// What every form without a template depends on: names, addresses, telephone numbers.
    private static let files: [Dependency] = [.file("content/site.yml"), .file("content/organisation.yml")]

    init(site: Site, states: [NoticeState], index: NoticeIndex, local: LocalTime) {
        self.site = site
        self.index = index
        self.local = local
        notices = site.noticesByChannel(states)
    }

    mutating func planAll() {
        planFeeds()
        planCalendars()
        for notice in notices { planForms(of: notice.index, notice.channels) }
        if site.configuration.channels.used.contains(.board) { planBoard() }
        planScreens()
        if site.configuration.channels.used.count > 1 { planDesk() }
    }

    private mutating func add(_ route: String, _ content: Output.Content, _ own: [Dependency]) {
        outputs.append(Output(route: route, content: content, own: own))
    }
}

extension ChannelPlanner {
    private mutating func planForms(of notice: Int, _ channels: Set<Channel>) {
        let folder = site.notices[notice].folder
        let team = site.teamIndex(of: notice).map { [Dependency.value(.team($0))] } ?? []
        if channels.contains(.board) {
            add("\(folder)/print.html", .document(notice), team + LinkTargets.images(of: site.notices[notice]))
            add("\(folder)/poster.html", .poster(notice), team)
        }
        if channels.contains(.wechat) { add("\(folder)/wechat.html", .wechat(notice), ChannelPlanner.files) }
        if channels.contains(.group) { add("\(folder)/group.txt", .words(notice, .group), ChannelPlanner.files) }
        if channels.contains(.sms) { add("\(folder)/sms.txt", .words(notice, .sms), ChannelPlanner.files) }
        if channels.contains(.screen), site.configuration.screens.contains(where: \.isStrip) {
            add("\(folder)/strip.txt", .words(notice, .strip), ChannelPlanner.files)
        }
    }

    private mutating func planBoard() {
        let week = site.noticesOfWeek(notices.indices(for: .board), local.day)
        add(
            "board/week.html", .weekSheet,
            [.query(.channel(.board), matched: week), .value(.day), .value(.figures), .value(.duty)])
        add("board/temperature.html", .temperatureSheet, [])
    }

    private mutating func planScreens() {
        let shown = notices.indices(for: .screen)
        let bodies = shown.map(Dependency.notice)
        for (number, screen) in site.configuration.screens.enumerated() {
            let query = Dependency.query(.channel(.screen), matched: shown)
            if screen.isStrip {
                add(
                    "screens/\(screen.id).txt", .strip(number), [query, .value(.screen(number))] + ChannelPlanner.files)
            } else {
                add(
                    "screens/\(screen.id).html", .screen(number),
                    [query, .value(.screen(number)), .value(.day), .value(.duty), .value(.figures)] + bodies)
            }
        }
    }

    private mutating func planDesk() {
        // What goes nowhere but to the site needs no desk.
        let all = notices.filter { $0.channels.count > 1 }.map(\.index)
        add(
            "desk/index.html", .deskIndex,
            [.query(.channel(.site), matched: all)] + all.map(Dependency.notice))
        for notice in all {
            let team = site.teamIndex(of: notice).map { [Dependency.value(.team($0))] } ?? []
            add(site.notices[notice].deskRoute, .desk(notice), team)
        }
    }
}

extension ChannelPlanner {
    private mutating func planFeeds() {
        planFeed(.site, .latest)
        for (number, team) in site.teams.enumerated() { planFeed(.team(number), .newest(team: team.id)) }
        for (number, category) in site.configuration.categories.enumerated() {
            planFeed(.category(number), .newestIn(category: category.id))
        }
        add(
            "latest.json", .latest,
            [
                .query(.latest, matched: site.notices(in: .site, among: index.published)), .value(.figures),
                .value(.duty),
            ]
                + ChannelPlanner.files)
        add("feeds.html", .feeds, [.value(.teams), .value(.figures)])
        for (number, dataset) in site.datasets.enumerated() where dataset.definition.kind == .operational {
            for format in DownloadFormat.allCases {
                add(
                    "figures/\(dataset.definition.id).\(format.rawValue)", .data(number, format),
                    [.value(.dataset(dataset.definition.id))])
            }
        }
    }

    private mutating func planFeed(_ subject: FeedSubject, _ query: NoticeQuery) {
        let base = site.feedBase(subject)
        let shown = site.notices(in: subject, among: index.published)
        let own: [Dependency] = [.query(query, matched: shown), .value(.teams)]
        add("\(base).xml", .feed(subject, .atom), own)
        add("\(base).json", .feed(subject, .json), own + ChannelPlanner.files)
    }

    private mutating func planCalendars() {
        let events = notices.map(\.index).filter { site.facts[$0].has(.event) }
        add("duty.ics", .calendar(.duty), [.value(.duty)] + ChannelPlanner.files)
        add("events.ics", .calendar(.events), [.query(.events, matched: events)] + ChannelPlanner.files)
    }
}

/// A notice that holds, by its index, and the channels that it goes to.
struct NoticeChannels: Sendable {
    let index: Int
    let channels: Set<Channel>
}

extension [NoticeChannels] {
    /// The notices that go to a channel, in order.
    func indices(for channel: Channel) -> [Int] { filter { $0.channels.contains(channel) }.map(\.index) }
}

extension Site {
    /// Notices that hold, with the channels that each goes to; only what the school has.
    func noticesByChannel(_ states: [NoticeState]) -> [NoticeChannels] {
        let holding = states.indices.filter { states[$0] == .published }
        if configuration.channels.used == [.site] {
            // Nothing is made of notices but their pages; only those with events are asked for.
            return holding.filter { facts[$0].has(.event) }.map { NoticeChannels(index: $0, channels: [.site]) }
        }
        return holding.sorted { (facts[$0].urgencyCode, $0) < (facts[$1].urgencyCode, $1) }
            .map { NoticeChannels(index: $0, channels: notices[$0].channels(configuration.channels)) }
    }

    /// Notices for the sheet of a day's week, which begins on Monday: first those with an event in it, then those that came in it,
    /// then all others, each in their order.
    func noticesOfWeek(_ indices: [Int], _ day: Day) -> [Int] {
        let monday = day.monday.daysSince1970
        let week = monday..<monday + 7
        func rank(_ index: Int) -> Int {
            let event = facts[index].has(.event) ? notices[index].event : nil
            if let event, event.start.day.daysSince1970 < week.upperBound,
                (event.end ?? event.start).day.daysSince1970 >= week.lowerBound
            {
                return 0
            }
            let published = configuration.zone.daysSince1970(Moment(seconds: facts[index].publishAt))
            return max(Int(facts[index].date), published) >= week.lowerBound ? 1 : 2
        }
        let ranks = indices.map(rank)
        return (0...2).flatMap { rank in zip(indices, ranks).filter { $0.1 == rank }.map(\.0) }
    }

    func teamIndex(of notice: Int) -> Int? {
        teams.firstIndex { Fingerprint($0.id) == facts[notice].team }
    }
}

extension Notice {
    /// The folder that its forms lie in: `notices/2026/a` beside `notices/2026/a.html`.
    var folder: String { String(route.dropLast(".html".count)) }
    /// The page of all its forms.
    var deskRoute: String { "desk/" + route.dropFirst("notices/".count) }
}

extension Screen {
    var isStrip: Bool { if case .strip = form { true } else { false } }

    /// Whether it shows notices at a time of day.
    func isOn(_ time: LocalTime) -> Bool { hours.map { $0.contains(time.secondOfDay) } ?? true }

    /// When that next changes.
    func nextChange(after now: LocalTime) -> LocalTime? {
        guard let hours else { return nil }
        let ends = [hours.lowerBound, hours.upperBound].filter { $0 < 86_400 }
        if let next = ends.first(where: { $0 > now.secondOfDay }) { return LocalTime(now.day, secondOfDay: next) }
        return ends.first.map { LocalTime(now.day.adding(1), secondOfDay: $0) }
    }
}
