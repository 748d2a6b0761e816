import Formats

extension SiteRenderer {
    func noticePage(_ index: Int) throws -> PageRecord {
        let notice = site.notices[index]
        let state = plan.states[index]
        let isWithdrawn = state == .withdrawn
        let holds = state == .published
        let parts = parts(notice.language)
        let wording = parts.wording
        let translations = plan.index.translations(of: notice)
        let own: Record = [
            "title": notice.value(.title),
            "kind": parts.isMain ? notice.value(.kind) : .absent,
            "number": notice.value(.number),
            "language": notice.value(.language), "audience": audience(of: notice, wording),
            "issuer": notice.value(.issuer), "date": .text(wording.date(notice.date)),
            "date_iso": .text("\(notice.date)"),
            "summary": isWithdrawn ? .absent : notice.value(.summary),
            "valid_until": holds || state == .expired
                ? .optional(wording.validity(of: notice, in: site.configuration.zone)) : .absent,
            "is_emergency": .flag(notice.urgency == .emergency && holds),
            "is_important": .flag(notice.urgency == .important && holds),
            "is_superseded": .flag(!state.isOriginal), "replacement": replacement(state, parts),
            "is_expired": .flag(state == .expired), "is_withdrawn": .flag(isWithdrawn),
            "withdrawal_reason": notice.value(.withdrawalReason),
            "replaces": noticeItems(
                notice.supersedes.compactMap { plan.index.notice(Fingerprint($0.name)) }, in: parts),
            "event": isWithdrawn ? .absent : notice.event.map { eventValue($0, wording) } ?? .absent,
            "origin": origin(of: notice, wording), "attachments": isWithdrawn ? .absent : attachments(of: notice),
            "corrections": corrections(of: notice, wording),
            "last_change": .optional(notice.corrections.map(\.day).max().map { wording.date($0) }),
            "reply_slip": isWithdrawn ? .absent : replySlip(of: notice, wording),
            "check_code": isWithdrawn ? .absent : .text(notice.code),
            "check_page": .address("verify.html#\(notice.code)"),
            "team": parts.shared.team(of: notice), "category": parts.shared.category(of: notice),
            "translations": noticeItems(translations, in: parts), "contacts": parts.shared.urgentContacts,
            "print": isOnBoard(index) ? .address("\(notice.folder)/print.html") : .absent,
            "poster": isOnBoard(index) ? .address("\(notice.folder)/poster.html") : .absent,
            "body": isWithdrawn
                ? .absent
                : .markup(
                    phones.added(
                        to: try LinkTargets.markup(NoticeBody.html(of: notice, tree: tree), of: notice, tree: tree))),
        ]
        var page = PageRecord(
            title: notice.value(.title), description: isWithdrawn ? .absent : notice.value(.summary),
            language: notice.language,
            section: parts.isMain ? "notices/index.html" : route("notices.html", parts),
            asOf: lastChange(of: notice), record: own)
        page.alternates = translations.map { (site.notices[$0].language, site.notices[$0].route) }
        return page
    }

    func listPage(_ list: NoticeList) -> PageRecord {
        let parts = if case .language(let language) = list.subject { parts(language) } else { main }
        let isMain = parts.isMain
        let title = title(of: list.subject, parts.wording)
        let isCurrent = if case .current = list.subject { true } else { false }
        let record: Record = [
            "title": .text(title), "is_current": .flag(isCurrent), "count": .text("\(list.total)"),
            "notices": noticeItems(list.notices, in: parts), "number": .text("\(list.number)"),
            "pages": .text("\(list.routes.count)"),
            "newer": list.number > 1 ? .address(list.routes[list.number - 2]) : .absent,
            "older": list.number < list.routes.count ? .address(list.routes[list.number]) : .absent,
            "is_paged": .flag(list.routes.count > 1), "has_lists": .flag(isMain),
            "categories": shared.categories, "teams": shared.teams, "years": shared.years,
        ]
        let pageTitle =
            list.number > 1
            ? parts.wording.text(.pageTitle, ["title": title, "number": "\(list.number)"]) : title
        var page = PageRecord(
            title: pageTitle, language: parts.wording.language,
            section: isMain ? "notices/index.html" : list.routes[0], asOf: newestDay(of: list.notices), record: record)
        if list.number == 1, !isMain { page.alternates = [(main.wording.language, "notices/index.html")] }
        if list.number == 1, isCurrent {
            page.alternates = alternates("notices.html", main)
        }
        return page
    }
}

extension SiteRenderer {
    private func title(of subject: NoticeList.Subject, _ wording: Wording) -> String {
        switch subject {
        case .current: wording.text(.currentNotices)
        case .category(let index):
            wording.text(.categoryNotices, ["name": site.configuration.categories[index].name])
        case .team(let index): wording.text(.teamNotices, ["name": site.teams[index].name])
        case .year(let year): wording.text(.yearNotices, ["year": "\(year)"])
        case .language: wording.text(.languageNotices)
        }
    }

    /// Whether there are forms of it for the board.
    private func isOnBoard(_ index: Int) -> Bool {
        guard site.configuration.channels.used.contains(.board), plan.states[index] == .published else { return false }
        return site.notices[index].channels(site.configuration.channels).contains(.board)
    }

    private func replacement(_ state: NoticeState, _ parts: LanguageParts) -> Value {
        if case .superseded(let newer) = state { noticeItem(newer, in: parts) } else { .absent }
    }

    private func audience(of notice: Notice, _ wording: Wording) -> Value {
        let audience = notice.audience
        return audience.isEmpty
            ? .absent : .text(audience.count == 1 ? audience[0] : audience.joined(separator: wording.text(.comma)))
    }

    private func origin(of notice: Notice, _ wording: Wording) -> Value {
        notice.origin.map { origin in
            .record([
                "name": .text(origin.name), "url": .optional(origin.url),
                "date": .optional(origin.day.map { wording.date($0) }),
            ])
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

    func corrections(of notice: Notice, _ wording: Wording) -> Value {
        .list(
            notice.corrections.map { correction in
                .record(["date": .text(wording.date(correction.day)), "text": .text(correction.text)])
            })
    }

    func replySlip(of notice: Notice, _ wording: Wording) -> Value {
        notice.replySlip.map { slip in
            .record([
                "due": .optional(slip.due.map { wording.date($0, .withWeekday) }),
                "items": .list(slip.items.map(Value.text)),
            ])
        } ?? .absent
    }

    func eventValue(_ event: Notice.Event, _ wording: Wording) -> Value {
        .record([
            "when": .text(wording.when(event, in: site.configuration.zone)),
            "place": .optional(event.place.isEmpty ? nil : event.place),
        ])
    }
}

/// `3 KB`, at least 1.
private func fileSize(_ bytes: Int) -> String { "\(max(1, (bytes + 512) / 1024)) KB" }
