import Formats
import Statistics

extension SiteRenderer {
    /// The standing pages in a language.
    func guidePage(_ parts: LanguageParts) -> PageRecord {
        let language = parts.wording.language
        let pages = site.pages.filter { self.parts($0.language).wording.language == language }
        let isMain = parts.isMain
        let record: Record = [
            "pages": pageItems(pages),
            "temperature_sheet": isMain && site.configuration.channels.used.contains(.board)
                ? .address("board/temperature.html") : .absent,
        ]
        var page = PageRecord(
            title: parts.wording.text(.guide), language: language, section: route("guide.html", parts),
            asOf: pages.compactMap(\.updated).max(), record: record)
        page.alternates = alternates("guide.html", parts)
        return page
    }

    /// Standing pages as lists show them.
    func pageItems(_ pages: [Page]) -> Value {
        .list(
            pages.map { page in
                .record([
                    "title": .text(page.title), "href": .address(Route.ofSource(page.source.path)),
                    "summary": .text(page.summary),
                ])
            })
    }

    func articlePage(_ page: Page) throws -> PageRecord {
        let parts = parts(page.language)
        let headings = page.body.headings.filter { $0.level == 2 }
        let record: Record = [
            "title": .text(page.title), "title_en": .optional(page.titleInEnglish), "language": .text(page.language),
            "summary": .text(page.summary),
            "body": .markup(phones.added(to: try LinkTargets.markup(page.body, from: page.source.path, tree: tree))),
            "has_headings": .flag(headings.count >= 3),
            "headings": .list(
                headings.map { heading in
                    .record([
                        "text": .text(heading.text),
                        "href": .address("\(Route.ofSource(page.source.path))#\(heading.id)"),
                    ])
                }),
            "guide_page": .address(route("guide.html", parts)),
        ]
        var result = PageRecord(
            title: page.title, description: page.summary, language: page.language,
            section: route("guide.html", parts), asOf: page.updated, record: record)
        result.alternates = site.translations(of: page).map { ($0.language, Route.ofSource($0.source.path)) }
        return result
    }

    /// The roster: from today on, four weeks at most.
    func dutyPage() -> PageRecord {
        let today = plan.local.day
        let shown = site.duty.shifts.filter { $0.day >= today && $0.day < today.adding(28) }
        var days: [(day: Day, shifts: [DutyRoster.Shift])] = []
        for shift in shown {
            if days.last?.day == shift.day {
                days[days.count - 1].shifts.append(shift)
            } else {
                days.append((shift.day, [shift]))
            }
        }
        let phones = Set(shown.map(\.phone))
        let record: Record = [
            "date": .text(today.chineseWithWeekday),
            "today": .list(site.duty.shifts(from: plan.local).map(shiftValue)),
            "has_days": .flag(!days.isEmpty),
            "phone_above": phones.count == 1 ? .optional(phones.first) : .absent,
            "days": .list(days.map { dutyDay($0.day, $0.shifts) }),
        ]
        return PageRecord(title: wording.text(.dutyRoster), section: "duty.html", asOf: today, record: record)
    }

    func contactsPage(_ parts: LanguageParts) -> PageRecord {
        let isMain = parts.isMain
        let offices = isMain ? site.organisation.offices.filter { $0.phone != nil } : []
        let record: Record = [
            "contacts": parts.shared.contacts, "has_offices": .flag(!offices.isEmpty),
            "offices": .list(
                offices.map { office in
                    .record([
                        "name": .text(office.name), "head": .optional(office.head), "phone": .optional(office.phone),
                    ])
                }),
        ]
        var page = PageRecord(
            title: parts.wording.text(.contacts), language: parts.wording.language,
            section: route("contacts.html", parts), record: record)
        page.alternates = alternates("contacts.html", parts)
        return page
    }

    /// Everything that was corrected, withdrawn or replaced, the newest first.
    func changesPage() -> PageRecord {
        let indices = plan.index.published
        let corrections = indices.flatMap { index in
            site.notices[index].corrections.map { (day: $0.day, index: index, text: $0.text) }
        }.sorted { ($1.day, $0.index) < ($0.day, $1.index) }
        let withdrawn = indices.filter { plan.states[$0] == .withdrawn }
        let replaced = indices.compactMap { index -> (Int, Int)? in
            if case .superseded(let newer) = plan.states[index] { (index, newer) } else { nil }
        }
        let record: Record = [
            "corrections": .list(
                corrections.map { entry in
                    .record([
                        "date": .text(entry.day.chinese), "text": .text(entry.text), "notice": noticeItem(entry.index),
                    ])
                }),
            "withdrawn": .list(
                withdrawn.map { index in
                    .record(["reason": .optional(site.notices[index].withdrawalReason), "notice": noticeItem(index)])
                }),
            "replaced": .list(
                replaced.map { old, newer in
                    .record(["notice": noticeItem(old), "replacement": noticeItem(newer)])
                }),
        ]
        let days = [newestDay(of: withdrawn), newestDay(of: replaced.map(\.1)), corrections.first?.day].compactMap {
            $0
        }
        return PageRecord(
            title: wording.text(.changes), section: "notices/index.html", asOf: days.max(), record: record)
    }

    func privacyPage() -> PageRecord {
        let k = site.configuration.safeguards.k
        let steps = (0..<3).map { Statement(low: $0 * k, high: $0 * k + k - 1) }
        return PageRecord(
            title: wording.text(.privacy),
            record: [
                "contacts": shared.urgentContacts, "k": .text("\(k)"), "largest": .text("\(k - 1)"),
                "smallest": .text("\(2 * k)"), "steps": .text(steps.map(\.words).joined(separator: "、")),
                "steps_en": .text(steps.map(\.wordsInEnglish).joined(separator: ", ")),
                "figures_page": .address("figures/index.html"),
            ])
    }

    func notFoundPage() -> PageRecord {
        PageRecord(
            title: wording.text(.notFound),
            record: ["contacts": shared.urgentContacts, "notices_page": .address("notices/index.html")])
    }
}

extension SiteRenderer {
    private func dutyDay(_ day: Day, _ shifts: [DutyRoster.Shift]) -> Value {
        .record([
            "date": .text(day.chineseShort), "is_today": .flag(day == plan.local.day),
            "count": .text("\(shifts.count)"),
            "first": shifts.first.map(shiftValue) ?? .absent, "rest": .list(shifts.dropFirst().map(shiftValue)),
        ])
    }
}
