import Formats

/// The text of everything that can be searched.
struct SearchDocuments: Sendable {
    let site: Site
    let states: [NoticeState]
    let tree: SourceTree
    /// The site's own language.
    let wording: Wording

    /// Of a withdrawn notice nothing is found but its title.
    func text(_ document: SearchCorpus.Document) throws -> SearchDocument {
        switch document {
        case .notice(let index):
            let notice = site.notices[index]
            var title = SearchText(notice.title)
            if let number = notice.number { title.add(number) }
            if states[index] == .withdrawn { return SearchDocument(title: title.units, body: []) }
            return try SearchDocument(title: title.units, body: SearchText(notice.summary).units + body(notice))
        case .standing(let page): return SearchDocument(page.title(wording), summary: page.words(site))
        case .page(let index):
            let page = site.pages[index]
            return SearchDocument(page.title, page.summary, page.body)
        case .team(let index):
            let team = site.teams[index]
            return SearchDocument(team.name, team.summary, team.body)
        }
    }

    private func body(_ notice: Notice) throws -> [UInt16] {
        if let text = notice.searchText { return text }
        var text = SearchText()
        text.add(html: try NoticeBody.html(of: notice, tree: tree))
        return text.units
    }
}

extension StandingPage {
    func title(_ wording: Wording) -> String {
        switch self {
        case .contacts: wording.text(.contacts)
        case .duty: "\(wording.text(.duty))·值班表"
        case .figures: wording.text(.figures)
        case .verify: wording.text(.verify)
        case .organisation: wording.text(.organisation)
        case .guide: wording.text(.guide)
        }
    }

    /// What it shows that people look for.
    fileprivate func words(_ site: Site) -> String {
        switch self {
        case .contacts:
            site.organisation.contacts.map { "\($0.name)，\($0.use.text)，\($0.phone)" }.joined(separator: "，")
                + site.organisation.offices.filter { $0.phone != nil }.map { "，\($0.name)" }.joined() + "，电话号码"
        case .figures: site.datasets.map(\.definition.name).joined(separator: "，")
        case .verify: "核验码，真伪"
        case .duty, .organisation, .guide: ""
        }
    }
}

extension SearchDocument {
    fileprivate init(_ title: String, summary: String) {
        self.init(title: SearchText(title).units, body: SearchText(summary).units)
    }

    fileprivate init(_ title: String, _ summary: String, _ body: Document) {
        var text = SearchText(summary)
        text.add(html: body.html)
        self.init(title: SearchText(title).units, body: text.units)
    }
}
