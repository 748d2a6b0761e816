import Formats

/// What lists show of notices: a notice stands in the lists of its category, its team and its year, and is made once for
/// all of them.
struct NoticeItems: Sendable {
    static let none = NoticeItems()

    private static let component = "notice-item"
    /// By the notice's index; nil where no list shows it.
    private var items: [PreparedRecord?] = []

    private init() {}

    /// Prepares the notices that the lists among some outputs show.
    init(shownOn outputs: some Sequence<Output>, by renderer: SiteRenderer, jobs: Int) {
        guard renderer.main.templates.templates.isClosed(NoticeItems.component, schema: renderer.schema) else { return }
        var isShown = [Bool](repeating: false, count: renderer.site.notices.count)
        for output in outputs {
            if case .noticeList(let list) = output.content { for index in list.notices { isShown[index] = true } }
        }
        let (shown, privacy, maker) = (isShown, renderer.site.personalData, ItemMaker(renderer: renderer))
        items = parallelMap(Array(shown.indices), jobs: jobs) { index in
            guard shown[index] else { return nil }
            return renderer.main.templates.prepare(NoticeItems.component, isClean: privacy.isAbsent) {
                maker.renderer.itemRecord(index, maker.renderer.main)
            }
        }
    }

    subscript(index: Int) -> PreparedRecord? { items.isEmpty ? nil : items[index] }
}

/// A renderer that thousands of items hold together.
private final class ItemMaker: Sendable {
    let renderer: SiteRenderer

    init(renderer: SiteRenderer) { self.renderer = renderer }
}

extension SiteRenderer {
    /// Notices as lists show them, by their indices.
    func noticeItems(_ indices: some Sequence<Int>, in parts: LanguageParts? = nil) -> Value {
        .list(indices.map { noticeItem($0, in: parts) })
    }

    /// What pages in one of the site's languages show of a notice; in its own, where none is named.
    func noticeItem(_ index: Int, in parts: LanguageParts? = nil) -> Value {
        if let parts, !parts.isMain { return .record(itemRecord(index, parts)) }
        return items[index].map(Value.prepared) ?? .record(itemRecord(index, main))
    }

    fileprivate func itemRecord(_ index: Int, _ parts: LanguageParts) -> Record {
        let notice = site.notices[index]
        let isMain = parts.isMain
        return [
            "title": notice.value(.title), "href": .address(notice.route),
            "issuer": notice.value(.issuer), "kind": isMain ? notice.value(.kind) : .absent,
            "date": .text(parts.wording.date(notice.date)),
            "date_iso": .text("\(notice.date)"),
            "summary": summary(of: index), "language": notice.value(.language),
            "is_emergency": .flag(notice.urgency == .emergency && plan.states[index] == .published),
            "is_important": .flag(notice.urgency == .important && plan.states[index] == .published),
            "translations": .list(
                plan.index.translations(of: notice).map { other in
                    let language = site.notices[other].language
                    return .record([
                        "label": .text(languageName(language)),
                        "href": .address(site.notices[other].route), "language": .text(language),
                    ])
                }),
            "state": .optional(stateLabel(plan.states[index], parts.wording)),
        ]
    }

    /// One line; of a withdrawn notice nothing is shown but the reason.
    private func summary(of index: Int) -> Value {
        site.notices[index].value(plan.states[index] == .withdrawn ? .withdrawalReason : .summary)
    }

    /// The word for a notice that no longer holds.
    func stateLabel(_ state: NoticeState, _ wording: Wording) -> String? {
        switch state {
        case .superseded: wording.text(.superseded)
        case .expired: wording.text(.expired)
        case .withdrawn: wording.text(.withdrawn)
        default: nil
        }
    }

    func newestDay(of indices: some Sequence<Int>) -> Day? {
        indices.map { lastChange(of: site.notices[$0], site.facts[$0]) }.max().map { Day(daysSince1970: $0) }
    }

    /// The day on which a notice last changed: its date, its publication or its last correction.
    func lastChange(of notice: Notice) -> Day { Day(daysSince1970: lastChange(of: notice, notice.facts)) }

    private func lastChange(of notice: @autoclosure () -> Notice, _ facts: NoticeFacts) -> Int {
        let day = max(Int(facts.date), site.configuration.zone.daysSince1970(Moment(seconds: facts.publishAt)))
        if !facts.has(.corrections) { return day }
        return notice().corrections.reduce(day) { max($0, $1.day.daysSince1970) }
    }
}
