import Formats
import Statistics

/// What `content/site.yml` says.
public struct SiteConfiguration: Sendable {
    public struct Category: Sendable {
        public let id: String
        public let label: Translated

        public var name: String { label.text }
    }

    public var school = Translated("")
    public var heading = Translated("")
    /// Where the site is served: an absolute address that ends in `/`.
    public var address = "https://localhost/"
    public var zone = TimeZone.shanghai
    public var language = "zh-CN"
    /// Languages beside it in which there are pages, with their places in `site.yml`.
    public var otherLanguages: [Reference] = []
    public var perPage = 20
    /// Whether browsers keep the most important pages for when there is no network.
    public var isKeptOffline = false
    /// Whether files lie beside their compressed forms, for web servers.
    public var isPrecompressed = false
    public var kinds: [String] = []
    public var categories: [Category] = []
    public var icp: String?
    public var footer: String?
    public var channels = ChannelSettings()
    public var screens: [Screen] = []
    /// How counts of persons are protected.
    public var safeguards = Safeguards()
    /// Phrases that may be published although they read like personal ones.
    var allowances: [PhraseAllowance] = []
    /// Who must have agreed before a notice is published.
    public var reviews = ReviewPolicy()

    public var name: String { school.text }
    public var title: String { heading.text }
    public var nameInEnglish: String { school.translations["en"] ?? "" }

    /// The languages of the site, its own first.
    public var languages: [String] { [language] + otherLanguages.map(\.name) }

    /// The language that stands around a text: its own where the site has it, else the site's.
    func frameLanguage(of language: String) -> String { languages.contains(language) ? language : self.language }

    /// The path part of the address: what a page that is shown at any address (404) puts before its links.
    var basePath: String {
        guard let scheme = address.ranges(of: "://").first,
            let slash = address[scheme.upperBound...].firstIndex(of: "/")
        else { return "/" }
        return String(address[slash...])
    }
}
