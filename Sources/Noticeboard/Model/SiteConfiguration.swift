import Formats
import Statistics

/// What `content/site.yml` says.
public struct SiteConfiguration: Sendable {
    public struct Category: Sendable {
        public let id: String
        public let name: String
    }

    public var name = ""
    public var nameInEnglish = ""
    public var title = ""
    /// Where the site is served: an absolute address that ends in `/`.
    public var address = "https://localhost/"
    public var zone = TimeZone.shanghai
    public var language = "zh-CN"
    public var perPage = 20
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

    /// The path part of the address: what a page that is shown at any address (404) puts before its links.
    var basePath: String {
        guard let scheme = address.ranges(of: "://").first,
            let slash = address[scheme.upperBound...].firstIndex(of: "/")
        else { return "/" }
        return String(address[slash...])
    }
}
