import Formats

extension SiteRenderer {
    /// The home page: today in three lines, then what changed, what holds, the figures and who is on duty.
    func todayPage() -> PageRecord {
        let current = plan.currentNotices
        let emergencies = current.filter { site.notices[$0].urgency == .emergency }
        let record: Record = [
            "date": .text(wording.date(plan.local.day, .withWeekday)), "until": .text(untilMidnight),
            "emergencies": noticeItems(emergencies),
            "state": .text(stateSentence(current, wording)),
            "asks": .list(asks(current)), "since": .text(wording.text(since.phrase)),
            "contacts": contactsToday(main),
            "changes": .list(recentChanges(main).map(Value.record)),
            "notices": noticeItems(current.prefix(8)),
            "notice_count": .text("\(current.count)"), "all_notices": .address("notices/index.html"),
            "events": .list(comingEvents().map(Value.record)),
            "figures": .list(figureSentences()), "figures_date": .optional(newestReportDay?.chineseWithWeekday),
            "figures_page": .address("figures/index.html"),
            "chart": completionOverview(),
            "shifts": .list(site.duty.shifts(from: plan.local).map(shiftValue)),
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
        var page = PageRecord(
            title: wording.text(.today), description: stateSentence(current, wording), section: "index.html",
            asOf: plan.local.day, record: record)
        page.alternates = alternates("index.html", main)
        return page
    }

    /// The moment at which a page of this day is an old one, in seconds since 1970.
    var untilMidnight: String { "\(site.configuration.zone.moment(LocalTime(plan.local.day.adding(1))).seconds)" }

    /// Of the urgent contacts that are answered at some time today, three.
    func contactsToday(_ parts: LanguageParts) -> Value {
        let weekday = (plan.local.day.weekday + 6) % 7
        let answered = site.organisation.contacts.filter { contact in
            contact.isUrgent && (OpeningHours(contact.hours)?.isOpen(onDay: weekday) ?? true)
        }
        return .list(
            answered.prefix(3).map { $0.value(in: parts.wording.language, main: site.configuration.language) })
    }

    /// A shift's name; one that began the day before says so, because its hours speak of the next day.
    func name(of shift: DutyRoster.Shift) -> String {
        shift.day < plan.local.day ? "\(shift.day.month)月\(shift.day.day)日\(shift.name)" : shift.name
    }

    func shiftValue(_ shift: DutyRoster.Shift) -> Value {
        let midnight = site.configuration.zone.moment(LocalTime(shift.day)).seconds
        let hours = shift.hours ?? 0..<86_400
        return .record([
            "name": .text(name(of: shift)), "leader": .text(shift.leader), "on_duty": .text(shift.onDuty),
            "phone": .text(shift.phone), "from": .text("\(midnight + hours.lowerBound)"),
            "until": .text("\(midnight + hours.upperBound)"),
        ])
    }
}

extension SiteRenderer {
    func stateSentence(_ current: [Int], _ wording: Wording) -> String {
        let emergencies = current.filter { site.notices[$0].urgency == .emergency }
        let important = current.filter { site.notices[$0].urgency == .important }
        if let first = emergencies.first { return wording.text(.alarm, ["title": site.notices[first].title]) }
        if important.isEmpty { return wording.text(.calm) }
        return wording.text(.calmButImportant, ["count": "\(important.count)"])
    }

    /// What emergency and important notices ask, three of them at most.
    private func asks(_ current: [Int]) -> [Value] {
        let urgent = current.filter { site.notices[$0].urgency != .normal }.prefix(3)
        if urgent.isEmpty { return [.record(["text": .text(wording.text(.nothingAsked)), "href": .absent])] }
        return urgent.map { index in
            let notice = site.notices[index]
            return .record(["text": .text(notice.summary), "href": .address(notice.route)])
        }
    }

    /// Yesterday; on a Monday, and on a Sunday, the Friday before.
    var since: (day: Day, phrase: Phrase) {
        let today = plan.local.day
        switch today.weekday {
        case 0: return (today.adding(-2), .sinceFriday)
        case 1: return (today.adding(-3), .sinceLastFriday)
        default: return (today.adding(-1), .sinceYesterday)
        }
    }

    /// What is new since the school day before began.
    func recentChanges(_ parts: LanguageParts, where isShown: (Int) -> Bool = { _ in true }) -> [Record] {
        let wording = parts.wording
        let zone = site.configuration.zone
        var changes: [(Day, Record)] = []
        for index in plan.index.published where mayHaveChanged(site.facts[index]) && isShown(index) {
            let notice = site.notices[index]
            func note(_ day: Day, _ what: String) {
                guard day >= since.day, day <= plan.local.day else { return }
                changes.append((day, ["what": .text(what), "notice": noticeItem(index, in: parts)]))
            }
            let news =
                switch plan.states[index] {
                case .withdrawn: wording.text(.withdrawn)
                case .superseded: wording.text(.superseded)
                default: wording.text(.newNotice)
                }
            note(max(notice.date, zone.local(notice.publishAt).day), news)
            for correction in notice.corrections { note(correction.day, wording.text(.corrected)) }
            if let day = notice.lastDay, plan.states[index] == .expired { note(day.adding(1), wording.text(.expired)) }
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
            .map { index, event in ["notice": noticeItem(index), "event": eventValue(event, wording)] }
    }
}
