import Formats

/// What pages in one language of the site have in common: an object, because every page of every thread takes hold of it.
final class LanguageParts: Sendable {
    let wording: Wording
    let templates: TemplateRenderer
    let shared: SharedParts
    /// Whether this is the site's own language.
    let isMain: Bool

    init(_ tongue: Tongue, _ plan: SitePlan) {
        wording = tongue.wording
        isMain = tongue.wording.language == plan.site.configuration.language
        templates = TemplateRenderer(tongue.templates)
        shared = SharedParts(plan, wording)
    }
}

extension SiteRenderer {
    /// A language's own name for itself; its code, where the site has no texts in it.
    func languageName(_ language: String) -> String {
        let parts = parts(language)
        return parts.wording.language == language ? parts.wording.text(.language) : language
    }

    /// Where a page of a language lies: those of the site's own at the top.
    func route(_ name: String, _ parts: LanguageParts) -> String {
        parts.isMain ? name : "\(parts.wording.language)/\(name)"
    }

    /// The same page in every other language of the site.
    func alternates(_ name: String, _ parts: LanguageParts) -> [(language: String, route: String)] {
        site.configuration.languages.filter { $0 != parts.wording.language }.map { ($0, route(name, self.parts($0))) }
    }
}
