import Formats

/// The files that the search reads. They are scripts that call `noticeboardSearch`, because a page that was opened from a
/// stick or a folder may load scripts and nothing else.
struct SearchFiles: Sendable {
    let plan: SitePlan
    /// The site's own language.
    let wording: Wording

    private var corpus: SearchCorpus { plan.search.corpus }
    private var site: Site { plan.site }

    /// How much there is, what it can be filtered by, and how typed characters are folded.
    func base() -> [UInt8] {
        let (kinds, of) = kinds()
        return script(
            "base", "0",
            jsonObject([
                ("count", "\(corpus.documents.count)"), ("block", "\(SearchBlock.size)"),
                ("bits", "\(corpus.shardBits)"), ("years", "[\(years().joined(separator: ","))]"),
                ("kinds", "[\(kinds.joined(separator: ","))]"), ("of", jsonString(of)),
                ("folded", jsonString(SearchFolding.pairs)), ("alike", SearchSynonyms.json),
            ]))
    }

    /// Title, address, line, date, language and state of a block's documents.
    func titles(_ block: Int) -> [UInt8] {
        var text = Array("noticeboardSearch(\"titles\",\(block),[".utf8)
        for document in corpus.documents(of: block) { addTitle(document, to: &text) }
        text.removeLast()
        return text + "]);\n".utf8
    }

    /// Where words occur, of all pairs of characters of a shard.
    func terms(_ shard: Int) -> [UInt8] {
        let parts = plan.search.parts(shard)
        var text = Array("noticeboardSearch(\"terms\",\(shard),\"".utf8)
        text.reserveCapacity(parts.reduce(64) { $0 + $1.count })
        for part in parts { text += part }
        return text + "\");\n".utf8
    }

    private func script(_ part: String, _ key: String, _ data: String) -> [UInt8] {
        Array("noticeboardSearch(\"\(part)\",\(key),\(data));\n".utf8)
    }
}

extension SearchFiles {
    private func addTitle(_ document: SearchCorpus.Document, to text: inout [UInt8]) {
        switch document {
        case .notice(let index):
            let notice = site.notices[index]
            let line = plan.states[index] == .withdrawn ? notice.withdrawalReason ?? "" : notice.summary
            let state = plan.states[index].searchName
            add([notice.title, notice.route, line, "\(notice.date)", notice.language, state], to: &text)
        case .standing(let page):
            add([page.title(wording), page.route, "", "", site.configuration.language, ""], to: &text)
        case .page(let index):
            let page = site.pages[index]
            add([page.title, Route.ofSource(page.source.path), page.summary, "", page.language, ""], to: &text)
        case .team(let index):
            let team = site.teams[index]
            let route = Route.ofSource(team.source.path)
            add([team.name, route, team.summary, "", site.configuration.language, ""], to: &text)
        }
    }

    private func add(_ entry: [String], to text: inout [UInt8]) {
        text += "\n[".utf8
        for field in entry {
            appendJSON(field, to: &text)
            text.append(UInt8(ascii: ","))
        }
        text[text.count - 1] = UInt8(ascii: "]")
        text.append(UInt8(ascii: ","))
    }

    /// Every year with the number of its first notice.
    private func years() -> [String] {
        plan.index.byYear.reversed().map { year, places in "[\(year),\(corpus.documents.count - places.upperBound)]" }
    }

    private struct Kind: Hashable {
        var team = -1
        var category = -1
        var holds = true
    }

    /// The combinations of team and category that occur, and for each document which of them it has, as a letter from U+0100.
    private func kinds() -> (kinds: [String], of: String) {
        let teams = Dictionary(site.teams.enumerated().map { (Fingerprint($1.id), $0) }) { first, _ in first }
        let categories = Dictionary(
            site.configuration.categories.enumerated().map { (Fingerprint($1.id), $0) }
        ) { first, _ in first }
        var places: [Kind: Int] = [:]
        var kinds: [String] = []
        var of = ""
        for document in corpus.documents {
            let kind =
                switch document {
                case .notice(let index):
                    Kind(
                        team: teams[site.facts[index].team] ?? -1,
                        category: categories[site.facts[index].category] ?? -1, holds: plan.states[index] == .published)
                case .page, .standing: Kind()
                case .team(let index): Kind(team: index)
                }
            let place = places[kind] ?? kinds.count
            if place == kinds.count { kinds.append("[\(kind.team),\(kind.category),\(kind.holds ? 1 : 0)]") }
            places[kind] = place
            of.unicodeScalars.append(Unicode.Scalar(UInt32(0x100 + place)) ?? "?")
        }
        return (kinds, of)
    }
}

extension NoticeState {
    /// The key of the word for it, behind `state.`; empty for one that holds.
    fileprivate var searchName: String {
        switch self {
        case .superseded: "superseded"
        case .expired: "expired"
        case .withdrawn: "withdrawn"
        default: ""
        }
    }
}
