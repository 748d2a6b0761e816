import Formats

extension SiteRenderer {
    /// The home page: today in three lines, then what changed, what holds, the figures and who is on duty.
    func todayPage() -> PageRecord {
        let current = plan.currentNotices
        let emergencies = current.filter { site.notices[$0].urgency == .emergency }
        let record: Record = [
            "date": .text(plan.local.day.chineseWithWeekday),
            "emergencies": noticeItems(emergencies),
            "state": .text(stateSentence(current)),
            "asks": .list(asks(current)), "since": .text(since.words),
            "is_stale": .flag(areFiguresStale),
            "contacts": shared.urgentContacts,
            "changes": .list(recentChanges().map(Value.record)),
            "notices": noticeItems(current.prefix(8)),
            "notice_count": .text("\(current.count)"), "all_notices": .address("notices/index.html"),
            "events": .list(comingEvents().map(Value.record)),
            "figures": .list(figureSentences()), "figures_date": .optional(newestReportDay?.chineseWithWeekday),
            "figures_page": .address("figures/index.html"),
            "chart": completionOverview(),
            "shifts": .list(site.duty.shifts.filter { $0.day == plan.local.day }.map(shiftValue)),
            "duty_page": .address("duty.html"),
            "has_teams": .flag(!site.teams.isEmpty),
            "teams": .list(
                site.teams.map { team in
                    .record([
                        "name": .text(team.name), "href": .address(Route.ofSource(team.source.path)),
                        "summary": .text(team.summary),
                    ])
                }),
        ]
        return PageRecord(
            title: "今日", description: stateSentence(current), section: "index.html", asOf: plan.local.day,
            record: record)
    }

    func shiftValue(_ shift: DutyRoster.Shift) -> Value {
        .record([
            "name": .text(shift.name), "leader": .text(shift.leader), "on_duty": .text(shift.onDuty),
            "phone": .text(shift.phone),
        ])
    }
}

extension SiteRenderer {
    private func stateSentence(_ current: [Int]) -> String {
        let emergencies = current.filter { site.notices[$0].urgency == .emergency }
        let important = current.filter { site.notices[$0].urgency == .important }
        if let first = emergencies.first { return "紧急：\(site.notices[first].title)" }
        if important.isEmpty { return "今天没有紧急通知。" }
        return "今天没有紧急通知，有\(important.count)条重要通知请留意。"
    }

    /// What emergency and important notices ask, three of them at most.
    private func asks(_ current: [Int]) -> [Value] {
        let urgent = current.filter { site.notices[$0].urgency != .normal }.prefix(3)
        if urgent.isEmpty { return [.record(["text": .text("请照常洗手、通风，有不舒服先告诉班主任。"), "href": .absent])] }
        return urgent.map { index in
            let notice = site.notices[index]
            return .record(["text": .text(notice.summary), "href": .address(notice.route)])
        }
    }

    /// Yesterday; on a Monday, and on a Sunday, the Friday before.
    private var since: (day: Day, words: String) {
        let today = plan.local.day
        switch today.weekday {
        case 0: return (today.adding(-2), "周五")
        case 1: return (today.adding(-3), "上周五")
        default: return (today.adding(-1), "昨天")
        }
    }

    /// What is new since the school day before began.
    private func recentChanges() -> [Record] {
        let zone = site.configuration.zone
        var changes: [(Day, Record)] = []
        for index in plan.index.published where mayHaveChanged(site.facts[index]) {
            let notice = site.notices[index]
            func note(_ day: Day, _ what: String) {
                guard day >= since.day, day <= plan.local.day else { return }
                changes.append((day, ["what": .text(what), "notice": noticeItem(index)]))
            }
            let news =
                switch plan.states[index] {
                case .withdrawn: "已撤回"
                case .superseded: "已被替代"
                default: "新发布"
                }
            note(max(notice.date, zone.local(notice.publishAt).day), news)
            for correction in notice.corrections { note(correction.day, "有更正") }
            if let day = notice.lastDay, plan.states[index] == .expired { note(day.adding(1), "已失效") }
        }
        return changes.sorted { $0.0 > $1.0 }.map(\.1)
    }

    /// Whether anything of a notice can be new: most are told by their dates.
    private func mayHaveChanged(_ facts: NoticeFacts) -> Bool {
        let published = site.configuration.zone.daysSince1970(Moment(seconds: facts.publishAt))
        let ended = facts.lastDay == .max ? 0 : Int(facts.lastDay) + 1
        return facts.has(.corrections) || max(Int(facts.date), published, ended) >= since.day.daysSince1970
    }

    /// Dated events of notices in force, that have not ended.
    private func comingEvents() -> [Record] {
        let events = plan.currentNotices.compactMap { index in site.notices[index].event.map { (index, $0) } }
        return events.filter { ($0.1.end ?? $0.1.start).day >= plan.local.day }
            .sorted { $0.1.start.moment < $1.1.start.moment }
            .map { index, event in ["notice": noticeItem(index), "event": eventValue(event)] }
    }
}
