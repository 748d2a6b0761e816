import Formats

extension SiteRenderer {
    /// The search in a language, and what there is for whoever has no script.
    func searchPage(_ parts: LanguageParts) -> PageRecord {
        let language = parts.wording.language
        func choice(_ number: Int, _ label: String) -> Value {
            .record(["number": .text("\(number)"), "label": .text(label)])
        }
        let isMain = parts.isMain
        let record: Record = [
            "base": .address("\(SearchCorpus.base)?v=\(String(plan.searchVersion.value, radix: 36))"),
            "search_script": .address("assets/search.js?v=\(versions["search.js"] ?? "")"),
            "teams": .list(
                site.teams.enumerated().map { choice($0, $1.label.text(in: language)) }),
            "categories": .list(
                site.configuration.categories.enumerated().map { choice($0, $1.label.text(in: language)) }),
            "years": .list(plan.index.years.map { .text("\($0)") }),
            "notices_page": .address(isMain ? "notices/index.html" : route("notices.html", parts)),
            "has_lists": .flag(isMain), "by_category": parts.shared.categories, "by_team": parts.shared.teams,
            "by_year": parts.shared.years,
        ]
        var page = PageRecord(
            title: parts.wording.text(.search), language: language, section: route("search.html", parts), record: record
        )
        page.alternates = alternates("search.html", parts)
        return page
    }
}
