import Formats

/// Pages of the program's own that people look for by name.
enum StandingPage: String, CaseIterable, Sendable {
    case contacts, duty, figures, verify, organisation, guide

    var route: String { self == .figures ? "figures/index.html" : "\(rawValue).html" }
}

/// What can be searched, in the order of its numbers: standing pages and teams, then notices from the oldest to the newest,
/// so that a new one moves none.
struct SearchCorpus: Sendable {
    enum Document: Sendable {
        case page(Int)
        case team(Int)
        case notice(Int)
        case standing(StandingPage)
    }

    let documents: [Document]
    /// There are 2 to the power of these shards: as many as keep each near ten kilobytes.
    let shardBits: Int

    var shards: Int { 1 << shardBits }
    var blocks: Int { (documents.count + SearchBlock.size - 1) / SearchBlock.size }

    /// - Parameter published: Notices that have a page, by index, the newest first.
    init(_ site: Site, published: [Int]) {
        documents =
            StandingPage.allCases.map(Document.standing)
            + site.pages.indices.map(Document.page) + site.teams.indices.map(Document.team)
            + published.reversed().map(Document.notice)
        let pages = site.pages.map(\.body.html.count) + site.teams.map(\.body.html.count)
        // A character of a page takes about three bytes.
        let units = published.reduce(pages.reduce(0, +) / 3) { $0 + Int(site.facts[$1].searchLength) }
        var bits = 0
        while bits < 12, units >> bits > 4000 { bits += 1 }
        shardBits = bits
    }

    /// The documents of a block.
    func documents(of block: Int) -> ArraySlice<Document> {
        documents[block * SearchBlock.size..<min(documents.count, (block + 1) * SearchBlock.size)]
    }

    static let base = "search/base.js"
    static func titles(_ block: Int) -> String { "search/titles/\(block).js" }
    static func terms(_ shard: Int) -> String { "search/terms/\(shard).js" }
}
