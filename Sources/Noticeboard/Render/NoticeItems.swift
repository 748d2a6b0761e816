import Formats

extension SiteRenderer {
    /// Notices as lists show them, by their indices.
    func noticeItems(_ indices: some Sequence<Int>) -> Value { .list(indices.map { noticeItem($0) }) }

    func noticeItem(_ index: Int) -> Value {
        let notice = site.notices[index]
        return .record([
            "title": .text(notice.title), "href": .address(notice.route),
            "issuer": .text(notice.issuer), "kind": .text(notice.kind), "date": .text(notice.date.chinese),
            "date_iso": .text("\(notice.date)"),
            "summary": .text(summary(of: index)), "language": .text(notice.language),
            "is_emergency": .flag(notice.urgency == .emergency && plan.states[index] == .published),
            "is_important": .flag(notice.urgency == .important && plan.states[index] == .published),
            "translations": .list(
                plan.index.translations(of: notice).map { other in
                    let language = site.notices[other].language
                    return .record([
                        "label": .text(language == "en" ? "English" : language == "zh-CN" ? "中文" : language),
                        "href": .address(site.notices[other].route), "language": .text(language),
                    ])
                }),
            "state": .optional(stateLabel(plan.states[index])),
        ])
    }

    /// One line; of a withdrawn notice nothing is shown but the reason.
    private func summary(of index: Int) -> String {
        let notice = site.notices[index]
        return plan.states[index] == .withdrawn ? notice.withdrawalReason ?? "" : notice.summary
    }

    /// The word for a notice that no longer holds.
    private func stateLabel(_ state: NoticeState) -> String? {
        switch state {
        case .superseded: "已被替代"
        case .expired: "已失效"
        case .withdrawn: "已撤回"
        default: nil
        }
    }

    func newestDay(of indices: some Sequence<Int>) -> Day? { indices.map { lastChange(of: site.notices[$0]) }.max() }

    /// The day on which a notice last changed: its date, its publication or its last correction.
    func lastChange(of notice: Notice) -> Day {
        let published = site.configuration.zone.local(notice.publishAt).day
        return ([notice.date, published] + notice.corrections.map(\.day)).max() ?? notice.date
    }
}
