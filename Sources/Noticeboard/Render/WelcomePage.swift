import Formats

extension SiteRenderer {
    /// The home page in a language beside the site's own: today, the notices in it, and whom to call.
    func welcomePage(_ parts: LanguageParts) -> PageRecord {
        let (wording, language) = (parts.wording, parts.wording.language)
        let current = plan.currentNotices.map { translation(of: $0, in: language) ?? $0 }
        let emergencies = current.filter { site.notices[$0].urgency == .emergency }
        let own = current.filter { site.notices[$0].language == language }
        let pages = site.pages.filter { $0.language == language }
        let allChanges = recentChanges(parts) { isOriginal($0) || site.notices[$0].language == language }
        let changes = recentChanges(parts) { site.notices[$0].language == language }
        let others: [(Phrase, String)] = [
            (.notices, "notices/index.html"), (.figures, "figures/index.html"), (.guide, "guide.html"),
            (.organisation, "organisation.html"), (.duty, "duty.html"),
        ]
        let record: Record = [
            "date": .text(wording.date(plan.local.day, .withWeekday)), "until": .text(untilMidnight),
            "emergencies": noticeItems(emergencies, in: parts),
            "state": .text(stateSentence(current, wording)), "asks": .list(asks(current, parts)),
            "since": .text(wording.text(since.phrase)), "contacts": contactsToday(parts),
            "changes": .list(changes.map(Value.record)),
            "new_elsewhere": counted(allChanges.count - changes.count),
            "only_elsewhere": counted(current.count - own.count), "main_notices": .address("notices/index.html"),
            "main_notices_label": .text(main.wording.text(.currentNotices)),
            "notices": noticeItems(own.prefix(8), in: parts), "all_notices": .address(route("notices.html", parts)),
            "has_pages": .flag(!pages.isEmpty), "pages": pageItems(pages),
            "others": .list(others.map { .link(wording.text($0.0), $0.1) }),
        ]
        var page = PageRecord(
            title: wording.text(.today), description: stateSentence(current, wording), language: language,
            section: route("index.html", parts), asOf: plan.local.day, record: record)
        page.alternates = alternates("index.html", parts)
        return page
    }

    private func counted(_ count: Int) -> Value { count > 0 ? .text("\(count)") : .absent }

    /// Whether a notice has no translation that tells the same news.
    private func isOriginal(_ index: Int) -> Bool { plan.index.translations(of: site.notices[index]).isEmpty }

    /// The same notice in a language, where it is published and holds.
    private func translation(of index: Int, in language: String) -> Int? {
        plan.index.translations(of: site.notices[index]).first {
            site.notices[$0].language == language && plan.states[$0] == .published
        }
    }

    /// What emergency and important notices ask; of one that nobody translated, in its own language.
    private func asks(_ current: [Int], _ parts: LanguageParts) -> [Value] {
        let urgent = current.filter { site.notices[$0].urgency != .normal }.prefix(3)
        let language = parts.wording.language
        if urgent.isEmpty {
            return [
                .record([
                    "text": .text(parts.wording.text(.nothingAsked)), "href": .absent, "language": .text(language),
                    "is_foreign": .flag(false),
                ])
            ]
        }
        return urgent.map { index in
            let notice = site.notices[index]
            return .record([
                "text": notice.value(.summary), "href": .address(notice.route), "language": notice.value(.language),
                "is_foreign": .flag(notice.language != language),
            ])
        }
    }
}
