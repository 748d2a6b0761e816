import Formats

extension SiteRenderer {
    /// All notices that hold, with where each goes and what does not fit.
    func deskIndexPage() throws -> PageRecord {
        let own: Record = [
            "notices": .list(
                try plan.channels.filter { $0.channels.count > 1 }.map { notice in
                    let (index, channels) = (notice.index, notice.channels)
                    let article = channels.contains(.wechat) ? try forms.article(of: index) : nil
                    let problems = checks(forms.text(of: index), article, channels).compactMap(\.problem).map {
                        Value.text($0.zh)
                    }
                    return .record([
                        "title": site.notices[index].value(.title), "desk": .address(site.notices[index].deskRoute),
                        "date": .text(site.notices[index].date.chinese),
                        "channels": .text(
                            Channel.allCases.filter(channels.contains).map(\.words).joined(separator: "、")),
                        "problems": .list(problems), "is_fine": .flag(problems.isEmpty),
                    ])
                }),
            "screens": .list(
                site.configuration.screens.map { screen in
                    .link(screen.name, "screens/\(screen.id).\(screen.isStrip ? "txt" : "html")")
                }),
            "has_screens": .flag(!site.configuration.screens.isEmpty),
            "has_board": .flag(site.configuration.channels.used.contains(.board)),
            "week_sheet": .address("board/week.html"), "temperature_sheet": .address("board/temperature.html"),
        ]
        return PageRecord(title: wording.text(.desk), record: own)
    }

    /// Every form of a notice side by side, to be copied or printed.
    func deskPage(_ index: Int) throws -> PageRecord {
        let notice = site.notices[index]
        let channels = plan.channels.first { $0.index == index }?.channels ?? []
        let text = forms.text(of: index)
        let article = channels.contains(.wechat) ? try forms.article(of: index) : nil
        let own: Record = [
            "title": notice.value(.title), "notice_page": .address(notice.route), "address": .text(text.facts.address),
            "desk": .address("desk/index.html"),
            "checks": .list(checks(text, article, channels).map(checkValue)),
            "board": channels.contains(.board)
                ? .record([
                    "print": .address("\(notice.folder)/print.html"),
                    "poster": .address("\(notice.folder)/poster.html"),
                ]) : .absent,
            "wechat": article.map { articleValue($0, notice) } ?? .absent,
            "group": channels.contains(.group)
                ? .record(["text": .text(text.group), "file": .address("\(notice.folder)/group.txt")]) : .absent,
            "sms": channels.contains(.sms)
                ? .record([
                    "text": .text(text.message), "file": .address("\(notice.folder)/sms.txt"),
                    "length": .text(text.messageCheck.value),
                ]) : .absent,
            "screen": channels.contains(.screen) ? screenValue(text, notice) : .absent,
            "copy_script": .address("assets/copy.js"),
        ]
        return PageRecord(title: .text(wording.text(.deskOf, ["title": notice.title])), record: own)
    }

    /// The plain forms as files.
    func words(_ index: Int, _ form: TextForm) -> [UInt8] {
        let text = forms.text(of: index)
        let line =
            switch form {
            case .group: text.group
            case .sms: text.message
            case .strip: text.strip
            }
        return Array((line + "\n").utf8)
    }
}

extension SiteRenderer {
    private func checks(_ text: ChannelText, _ article: WeChatArticle?, _ channels: Set<Channel>) -> [ChannelCheck] {
        var checks = (article?.checks ?? []).map {
            ChannelCheck(label: "公众号\($0.label)", value: $0.value, problem: $0.problem)
        }
        if channels.contains(.sms) { checks.append(text.messageCheck) }
        if channels.contains(.screen), site.configuration.screens.contains(where: \.isStrip) {
            checks.append(text.stripCheck)
        }
        return checks
    }

    private func checkValue(_ check: ChannelCheck) -> Value {
        .record([
            "label": .text(check.label), "value": .text(check.value), "is_fine": .flag(check.problem == nil),
            "problem": .optional(check.problem?.zh),
        ])
    }

    private func articleValue(_ article: WeChatArticle, _ notice: Notice) -> Value {
        .record([
            "title": .text(article.title), "digest": .text(article.digest), "author": .text(notice.issuer),
            "source": .text(forms.address(of: notice.route)), "article": .markup(Markup(bytes: article.html)),
            "file": .address("\(notice.folder)/wechat.html"),
            "images": .list(
                article.images.map { image in
                    .record([
                        "number": .text("\(image.number)"), "words": .text(image.words),
                        "address": .text(image.address),
                    ])
                }),
        ])
    }

    private func screenValue(_ text: ChannelText, _ notice: Notice) -> Value {
        let hasStrip = site.configuration.screens.contains(where: \.isStrip)
        return .record([
            "strip": hasStrip ? .text(text.strip) : .absent,
            "file": hasStrip ? .address("\(notice.folder)/strip.txt") : .absent,
            "screens": .list(
                site.configuration.screens.filter { !$0.isStrip }.map { .link($0.name, "screens/\($0.id).html") }),
        ])
    }
}

extension SiteRenderer {
    /// What there is for programs, and how to read it.
    func feedsPage() -> PageRecord {
        let subjects =
            [FeedSubject.site] + site.teams.indices.map(FeedSubject.team)
            + site.configuration.categories.indices.map(FeedSubject.category)
        let own: Record = [
            "feeds": .list(
                subjects.map { subject in
                    .record([
                        "title": .text(feedName(subject)), "atom": .address(site.feedBase(subject) + ".xml"),
                        "json": .address(site.feedBase(subject) + ".json"),
                    ])
                }),
            "latest": .address("latest.json"), "duty": .address("duty.ics"), "events": .address("events.ics"),
            "datasets": .list(
                site.datasets.filter { $0.definition.kind == .operational || $0.definition.publication != nil }.map {
                    dataset in
                    let base = "figures/\(dataset.definition.id)"
                    return .record([
                        "name": .text(dataset.definition.name), "csv": .address(base + ".csv"),
                        "json": .address(base + ".json"), "is_of_persons": .flag(dataset.definition.kind == .persons),
                    ])
                }),
        ]
        return PageRecord(title: wording.text(.feeds), record: own)
    }
}
