import Formats

extension SiteRenderer {
    var forms: NoticeForms { NoticeForms(site: site, tree: tree, wording: wording) }

    /// A notice for the board, in the form of an official document (GB/T 9704-2012).
    func documentPage(_ index: Int) throws -> PageRecord {
        let notice = site.notices[index]
        let attachments = notice.attachments
        let own: Record = [
            "facts": .record(factsRecord(index)),
            "body": .markup(try LinkTargets.markup(NoticeBody.html(of: notice, tree: tree), of: notice, tree: tree)),
            "has_attachments": .flag(!attachments.isEmpty),
            "attachments": .list(
                attachments.enumerated().map { number, attachment in
                    .record([
                        "number": attachments.count == 1 ? .absent : .text("\(number + 1)."),
                        "title": .text(attachment.title),
                    ])
                }),
            "corrections": corrections(of: notice, wording),
            "reply_slip": replySlip(of: notice, wording),
        ]
        return PageRecord(
            title: notice.value(.title), section: "notices/index.html", record: own)
    }

    /// A notice as a poster: a headline, three lines, a code to the page, and whom to call.
    func posterPage(_ index: Int) -> PageRecord {
        let notice = site.notices[index]
        let size = "size-\(PosterSize.fitting(forms.facts(of: index)))"
        return PageRecord(
            title: notice.value(.title), section: "notices/index.html",
            record: [
                "facts": .record(factsRecord(index)), "is_emergency": .flag(notice.urgency == .emergency),
                "size": .text(size),
            ])
    }

    /// The week's notices and figures on one sheet.
    func weekSheetPage() -> PageRecord {
        let indices = site.noticesOfWeek(plan.channels.indices(for: .board), plan.local.day)
        let figures = figureSentences()
        let count = WeekSheet.count(of: indices.prefix(WeekSheet.most).map(forms.facts), figures: figures.count)
        let monday = plan.local.day.monday
        let own: Record = [
            "week": .text("\(monday.chinese)至\(monday.adding(6).chinese)"),
            "date": .text(plan.local.day.chineseWithWeekday),
            "notices": noticeItems(indices.prefix(count)), "has_notices": .flag(!indices.isEmpty),
            "rest": indices.count > count ? .text("另有\(indices.count - count)条，扫码看全部。") : .absent,
            "figures": .list(figures), "figures_date": .optional(newestReportDay?.chineseWithWeekday),
            "shifts": .list(site.duty.shifts(from: plan.local).map(shiftValue)),
            "contacts": shared.urgentContacts,
            "code": code(site.configuration.address, "本站首页的二维码"), "address": .text(site.configuration.address),
        ]
        return PageRecord(title: wording.text(.weekSheet), asOf: plan.local.day, record: own)
    }

    /// The form on which a family writes a pupil's temperature, two weeks on a sheet.
    func temperatureSheetPage() -> PageRecord {
        let own: Record = [
            "days": .list((1...14).map { .text("\($0)") }), "contacts": shared.urgentContacts,
        ]
        return PageRecord(title: wording.text(.temperatureSheet), record: own)
    }

    /// What all printed forms say of a notice.
    func factsRecord(_ index: Int) -> Record {
        let notice = site.notices[index]
        let facts = forms.facts(of: index)
        return [
            "title": .text(facts.title), "kind": .text(facts.kind), "number": .optional(facts.number),
            "issuer": .text(facts.issuer), "date": .text(facts.date), "date_iso": .text("\(notice.date)"),
            "audience": .text(facts.audience), "summary": .text(facts.summary), "language": .text(notice.language),
            "valid_until": .optional(facts.validity),
            "event": notice.event.map { eventValue($0, wording) } ?? .absent, "address": .text(facts.address),
            "code": code(facts.address, "这条通知网页的二维码"),
            "check_code": .text(facts.code), "contact_name": .optional(facts.contact?.name),
            "contact_phone": .optional(facts.contact?.phone),
            "page": .address(notice.route), "team": shared.team(of: notice),
        ]
    }

    private func code(_ address: String, _ label: String) -> Value {
        QRCode(address).map { .markup(Markup(bytes: $0.svg(label: label))) } ?? .absent
    }
}
