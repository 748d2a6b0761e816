import Formats

extension SiteRenderer {
    /// The page on which a code is typed; where there are few codes, with all of them.
    func verifyPage() -> PageRecord {
        let hasGroups = plan.index.hasCodeGroups
        return codesPage(hasGroups ? [] : listed, hasGroups: hasGroups)
    }

    /// The codes that begin with one of the signs.
    func codesPage(_ group: Int) -> PageRecord {
        codesPage(
            listed.filter { NoticeCode(value: site.facts[$0].code).group == group }, hasGroups: true)
    }

    /// The code of a withdrawn notice would confirm to whoever guesses what it said.
    private var listed: [Int] { plan.index.published.filter { plan.states[$0] != .withdrawn } }

    private func codesPage(_ notices: [Int], hasGroups: Bool) -> PageRecord {
        let groups = hasGroups ? Array(NoticeCode.signs.indices) : []
        let record: Record = [
            "rows": .list(
                notices.sorted { site.facts[$0].code < site.facts[$1].code }.map { index in
                    .record(["code": .text(site.notices[index].code), "notice": noticeItem(index)])
                }),
            "has_rows": .flag(!notices.isEmpty), "has_groups": .flag(hasGroups),
            "groups": .list(
                groups.map { .link(String(Character(Unicode.Scalar(NoticeCode.signs[$0]))), Route.codes($0)) }),
            "contacts": shared.urgentContacts, "verify_page": .address("verify.html"),
            "checksums": .address(Checksums.route),
        ]
        return PageRecord(title: wording.text(.verify), record: record)
    }
}
