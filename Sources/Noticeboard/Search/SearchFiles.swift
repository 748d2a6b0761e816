import Formats
import Synchronization

/// The files that the search reads. They are scripts that call `noticeboardSearch`, because a page that was opened from a
/// stick or a folder may load scripts and nothing else.
final class SearchFiles: Sendable {
    private let plan: SitePlan
    /// The site's own language.
    private let wording: Wording
    /// Postings of all blocks, made when the first shard is asked for.
    private let made = Mutex<[SearchBlock]?>(nil)

    init(_ plan: SitePlan, _ wording: Wording) {
        self.plan = plan
        self.wording = wording
    }

    private var corpus: SearchCorpus { plan.search }
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
        var text: [UInt8] = Array("\"".utf8)
        for block in blocks() { text += block.part(shard) }
        text.append(UInt8(ascii: "\""))
        return Array("noticeboardSearch(\"terms\",\(shard),".utf8) + text + ");\n".utf8
    }

    private func script(_ part: String, _ key: String, _ data: String) -> [UInt8] {
        Array("noticeboardSearch(\"\(part)\",\(key),\(data));\n".utf8)
    }
}

extension SearchFiles {
    /// Makes all blocks at once, on several threads, before shards are asked for one by one.
    func prepare(jobs: Int) { _ = blocks(jobs: jobs) }

    private func blocks(jobs: Int = 1) -> [SearchBlock] {
        made.withLock { made in
            if let made { return made }
            let blocks = parallelChunks(corpus.blocks, jobs: jobs) { range in
                var scratch = SearchScratch()
                return range.map { number in
                    SearchBlock(
                        number: number, documents: self.corpus.documents(of: number).map(self.text),
                        shardBits: self.corpus.shardBits, scratch: &scratch)
                }
            }.flatMap { $0 }
            made = blocks
            return blocks
        }
    }

    /// Of a withdrawn notice nothing is found but its title.
    private func text(_ document: SearchCorpus.Document) -> SearchDocument {
        switch document {
        case .notice(let index):
            let notice = site.notices[index]
            var title = SearchText(notice.title)
            if let number = notice.number { title.add(number) }
            let isWithdrawn = plan.states[index] == .withdrawn
            var summary = SearchText()
            if !isWithdrawn { summary.add(notice.summary) }
            return SearchDocument(
                title: title.units, body: isWithdrawn ? [] : summary.units + notice.searchText)
        case .standing(let page): return SearchDocument(page.title(wording), summary: page.words(site))
        case .page(let index):
            let page = site.pages[index]
            return SearchDocument(page.title, page.summary, page.body)
        case .team(let index):
            let team = site.teams[index]
            return SearchDocument(team.name, team.summary, team.body)
        }
    }

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
        var years: [String] = []
        var last = 0
        for (number, document) in corpus.documents.enumerated() {
            guard case .notice(let index) = document else { continue }
            let year = Day(daysSince1970: Int(site.facts[index].date)).year
            if year != last { years.append("[\(year),\(number)]") }
            last = year
        }
        return years
    }

    /// The combinations of team and category that occur, and for each document which of them it has, as a letter from U+0100.
    private func kinds() -> (kinds: [String], of: String) {
        let teams = Dictionary(site.teams.enumerated().map { (Fingerprint($1.id), $0) }) { first, _ in first }
        let categories = Dictionary(
            site.configuration.categories.enumerated().map { (Fingerprint($1.id), $0) }
        ) { first, _ in first }
        var places: [String: Int] = [:]
        var kinds: [String] = []
        var of = ""
        for document in corpus.documents {
            let kind =
                switch document {
                case .notice(let index):
                    "[\(teams[site.facts[index].team] ?? -1),\(categories[site.facts[index].category] ?? -1),\(plan.states[index] == .published ? 1 : 0)]"
                case .page, .standing: "[-1,-1,1]"
                case .team(let index): "[\(index),-1,1]"
                }
            let place = places[kind] ?? kinds.count
            if place == kinds.count { kinds.append(kind) }
            places[kind] = place
            of.unicodeScalars.append(Unicode.Scalar(UInt32(0x100 + place)) ?? "?")
        }
        return (kinds, of)
    }
}

extension StandingPage {
    fileprivate func title(_ wording: Wording) -> String {
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
