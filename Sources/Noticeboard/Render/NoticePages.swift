import Formats

extension SiteRenderer {
    func noticePage(_ index: Int) throws -> PageRecord {
        let notice = site.notices[index]
        let state = plan.states[index]
        let isWithdrawn = state == .withdrawn
        let holds = state == .published
        let own: Record = [
            "title": notice.value(.title), "kind": notice.value(.kind), "number": notice.value(.number),
            "language": notice.value(.language), "audience": audience(of: notice),
            "issuer": notice.value(.issuer), "date": .text(notice.date.chinese), "date_iso": .text("\(notice.date)"),
            "summary": isWithdrawn ? .absent : notice.value(.summary),
            "valid_until": holds || state == .expired
                ? .optional(notice.validity(in: site.configuration.zone)) : .absent,
            "is_emergency": .flag(notice.urgency == .emergency && holds),
            "is_important": .flag(notice.urgency == .important && holds),
            "is_superseded": .flag(!state.isOriginal), "replacement": replacement(state),
            "is_expired": .flag(state == .expired), "is_withdrawn": .flag(isWithdrawn),
            "withdrawal_reason": notice.value(.withdrawalReason),
            "replaces": noticeItems(notice.supersedes.compactMap { plan.index.notice(Fingerprint($0.name)) }),
            "event": isWithdrawn ? .absent : notice.event.map(eventValue) ?? .absent,
            "origin": origin(of: notice), "attachments": isWithdrawn ? .absent : attachments(of: notice),
            "corrections": corrections(of: notice), "reply_slip": isWithdrawn ? .absent : replySlip(of: notice),
            "team": shared.team(of: notice), "category": shared.category(of: notice),
            "translations": noticeItems(plan.index.translations(of: notice)), "contacts": shared.urgentContacts,
            "print": isOnBoard(index) ? .address("\(notice.folder)/print.html") : .absent,
            "poster": isOnBoard(index) ? .address("\(notice.folder)/poster.html") : .absent,
            "body": isWithdrawn
                ? .absent : .markup(LinkTargets.markup(try NoticeBody.html(of: notice, tree: tree), of: notice)),
        ]
        return PageRecord(
            title: notice.value(.title), description: isWithdrawn ? .absent : notice.value(.summary),
            language: notice.value(.language), section: "notices/index.html", asOf: lastChange(of: notice), record: own)
    }

    func listPage(_ list: NoticeList) -> PageRecord {
        let title = title(of: list.subject)
        let isCurrent = if case .current = list.subject { true } else { false }
        let record: Record = [
            "title": .text(title), "is_current": .flag(isCurrent), "count": .text("\(list.total)"),
            "notices": noticeItems(list.notices), "number": .text("\(list.number)"),
            "pages": .text("\(list.routes.count)"),
            "newer": list.number > 1 ? .address(list.routes[list.number - 2]) : .absent,
            "older": list.number < list.routes.count ? .address(list.routes[list.number]) : .absent,
            "is_paged": .flag(list.routes.count > 1),
            "categories": shared.categories, "teams": shared.teams, "years": shared.years,
        ]
        let pageTitle = list.number > 1 ? "\(title)（第\(list.number)页）" : title
        return PageRecord(
            title: pageTitle, section: "notices/index.html", asOf: newestDay(of: list.notices),
            record: record)
    }
}

extension SiteRenderer {
    private func title(of subject: NoticeList.Subject) -> String {
        switch subject {
        case .current: "现行通知"
        case .category(let index): "\(site.configuration.categories[index].name)类通知"
        case .team(let index): "\(site.teams[index].name)发布的通知"
        case .year(let year): "\(year)年通知"
        }
    }

    /// Whether there are forms of it for the board.
    private func isOnBoard(_ index: Int) -> Bool {
        guard site.configuration.channels.used.contains(.board), plan.states[index] == .published else { return false }
        return site.notices[index].channels(site.configuration.channels).contains(.board)
    }

    private func replacement(_ state: NoticeState) -> Value {
        if case .superseded(let newer) = state { noticeItem(newer) } else { .absent }
    }

    private func audience(of notice: Notice) -> Value {
        let audience = notice.audience
        return audience.isEmpty ? .absent : .text(audience.count == 1 ? audience[0] : audience.joined(separator: "、"))
    }

    private func origin(of notice: Notice) -> Value {
        notice.origin.map { origin in
            .record(["name": .text(origin.name), "url": .optional(origin.url), "date": .optional(origin.day?.chinese)])
        } ?? .absent
    }

    private func attachments(of notice: Notice) -> Value {
        .list(
            notice.attachments.map { attachment in
                .record([
                    "title": .text(attachment.title), "href": .address(attachment.file.name),
                    "size": .text(fileSize(site.files[attachment.file.name] ?? 0)),
                ])
            })
    }

    func corrections(of notice: Notice) -> Value {
        .list(
            notice.corrections.map { correction in
                .record(["date": .text(correction.day.chinese), "text": .text(correction.text)])
            })
    }

    func replySlip(of notice: Notice) -> Value {
        notice.replySlip.map { slip in
            .record(["due": .optional(slip.due?.chineseWithWeekday), "items": .list(slip.items.map(Value.text))])
        } ?? .absent
    }

    func eventValue(_ event: Notice.Event) -> Value {
        .record([
            "when": .text(event.when(in: site.configuration.zone)),
            "place": .optional(event.place.isEmpty ? nil : event.place),
        ])
    }
}

/// `3 KB`, at least 1.
private func fileSize(_ bytes: Int) -> String { "\(max(1, (bytes + 512) / 1024)) KB" }
