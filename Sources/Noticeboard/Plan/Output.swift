import Formats

/// A file to be published: what it shows, and everything that its bytes depend on.
public struct Output: Sendable {
    public let route: String
    let content: Content
    /// What it depends on beside the notice that it shows and what stands around every page.
    let own: [Dependency]

    /// Everything that its bytes depend on.
    public var dependencies: [Dependency] {
        let notice: [Dependency] = if case .notice(let index) = content { [.notice(index)] } else { [] }
        return notice + own + (content.layout.map(Output.frame) ?? [])
    }

    /// What stands around a page comes from its template, the site's configuration, its contacts, and the style sheet.
    private static func frame(_ layout: String) -> [Dependency] {
        [.template(layout), .file("content/site.yml"), .file("content/organisation.yml"), .value(.style)]
    }

    /// What an output shows; each kind is rendered by one file of `Render/`.
    enum Content: Sendable {
        case today
        indirect case noticeList(NoticeList)
        case notice(Int)
        case organisation
        case duties
        case team(Int)
        case guide
        case page(Int)
        case figures
        case dataset(Int)
        /// A dataset of persons.
        case persons(Int)
        case proof(Day)
        case reports
        case download(Int, DownloadFormat)
        case duty
        case contacts
        case changes
        case privacy
        case notFound
        case feed
        case sitemap
        /// Bytes that are published as they are.
        case asset([UInt8])
        /// A source file, by its path, that is published as it is.
        case copy(String)

        /// The template that renders it.
        var layout: String? {
            switch self {
            case .today: "today"
            case .noticeList: "list"
            case .notice: "notice"
            case .organisation: "organisation"
            case .duties: "duties"
            case .team: "team"
            case .guide: "guide"
            case .page: "article"
            case .figures: "figures"
            case .dataset: "dataset"
            case .persons: "persons"
            case .proof: "proof"
            case .reports: "reports"
            case .duty: "duty"
            case .contacts: "contacts"
            case .changes: "changes"
            case .privacy: "privacy"
            case .notFound: "not-found"
            case .feed: "feed"
            case .sitemap: "sitemap"
            case .asset, .copy, .download: nil
            }
        }
    }
}

/// How a dataset's published days are offered to programs.
enum DownloadFormat: String, CaseIterable, Sendable {
    case csv, json
}

/// One page of a list of notices.
struct NoticeList: Sendable {
    enum Subject: Sendable {
        case current
        case category(Int)
        case team(Int)
        case year(Int)
    }

    let subject: Subject
    /// Indices into the site's notices, for this page.
    let notices: [Int]
    /// Counted from 1.
    let number: Int
    /// Routes of all pages of the list.
    let routes: [String]
    /// Notices on all pages.
    let total: Int
}
