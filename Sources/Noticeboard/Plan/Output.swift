import Formats

/// A file to be published: what it shows, and everything that its bytes depend on.
public struct Output: Sendable {
    public let route: String
    let content: Content
    /// What it depends on beside the notice that it shows and what stands around every page.
    let own: [Dependency]

    /// Everything that its bytes depend on.
    public var dependencies: [Dependency] {
        let notice: [Dependency] = content.notice.map { [.notice($0)] } ?? []
        return notice + own + (content.layout.map(Output.frame) ?? [])
    }

    /// What stands around a page comes from its template, the site's configuration, its contacts, and the style sheet.
    private static func frame(_ layout: String) -> [Dependency] {
        [
            .template(layout), .file("content/site.yml"), .file("content/organisation.yml"), .value(.style),
            .value(.zone),
        ]
    }

    /// What an output shows; each kind is rendered by one file of `Render/`.
    enum Content: Sendable {
        case today
        indirect case noticeList(NoticeList)
        case notice(Int)
        case organisation
        case duties
        case team(Int)
        /// The home page in another language, and its lists.
        case welcome(String)
        /// Standing pages, in a language.
        case guide(String)
        case page(Int)
        case figures
        case dataset(Int)
        /// A dataset of persons.
        case persons(Int)
        case proof(Day)
        case reports
        case download(Int, DownloadFormat)
        case duty
        case contacts(String)
        case changes
        case privacy
        case notFound
        case feed(FeedSubject, FeedFormat)
        case calendar(CalendarSubject)
        /// The newest of everything, for programs; its address never changes.
        case latest
        /// An operational dataset's days, for programs.
        case data(Int, DownloadFormat)
        /// What there is for programs.
        case feeds
        case sitemap
        /// The search in a language, and the files that it reads: what there is, titles by blocks, and postings by shards.
        case search(String)
        case searchBase
        /// What browsers keep for when there is no network.
        case worker
        case searchTitles(Int)
        case searchTerms(Int)
        /// The page that tells a genuine notice by its code; and, where there are many, a list of the codes that begin with one
        /// of the signs.
        case verify
        case codes(Int)
        /// The hashes of all files, which publication puts together.
        case checksums
        /// A notice in the form of an official document, for the board.
        case document(Int)
        case poster(Int)
        /// A notice as WeChat's editor takes it.
        case wechat(Int)
        /// A notice as plain text.
        case words(Int, TextForm)
        case screen(Int)
        case strip(Int)
        case weekSheet
        case temperatureSheet
        /// All forms of all notices, and of one, for those who send them out.
        case deskIndex
        case desk(Int)
        /// Bytes that are published as they are.
        case asset([UInt8])
        /// A source file, by its path, that is published as it is.
        case copy(String)

        /// The notice that it is a form of.
        var notice: Int? {
            switch self {
            case .notice(let index), .document(let index), .poster(let index), .wechat(let index), .desk(let index),
                .words(let index, _):
                index
            default: nil
            }
        }

        /// Whether families are led to it, by the site map and by searches.
        var isForFamilies: Bool {
            switch self {
            case .document, .poster, .wechat, .words, .screen, .strip, .weekSheet, .temperatureSheet, .deskIndex, .desk,
                .notFound:
                false
            default: true
            }
        }

        /// The template that renders it.
        var layout: String? {
            switch self {
            case .today: "today"
            case .noticeList: "list"
            case .notice: "notice"
            case .organisation: "organisation"
            case .duties: "duties"
            case .team: "team"
            case .welcome: "welcome"
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
            case .feed(_, .atom): "feed"
            case .feeds: "feeds"
            case .sitemap: "sitemap"
            case .verify, .codes: "verify"
            case .search: "search"
            case .document: "document"
            case .poster: "poster"
            case .screen: "screen"
            case .weekSheet: "week-sheet"
            case .temperatureSheet: "temperature-sheet"
            case .deskIndex: "desk-index"
            case .desk: "desk"
            case .asset, .copy, .download, .feed(_, .json), .calendar, .latest, .data, .wechat, .words, .strip,
                .checksums,
                .searchBase, .searchTitles, .searchTerms, .worker:
                nil
            }
        }
    }
}

/// How a dataset's published days are offered to programs.
enum DownloadFormat: String, CaseIterable, Sendable {
    case csv, json
}

/// Whose notices a feed lists; teams and categories by their index.
enum FeedSubject: Sendable {
    case site
    case team(Int)
    case category(Int)
}

enum FeedFormat: Sendable {
    case atom, json
}

enum CalendarSubject: Sendable {
    case duty, events
}

/// The plain forms of a notice.
enum TextForm: String, CaseIterable, Sendable {
    case group, sms, strip
}

/// One page of a list of notices.
struct NoticeList: Sendable {
    enum Subject: Sendable {
        case current
        case category(Int)
        case team(Int)
        case year(Int)
        /// All in a language beside the site's own.
        case language(String)
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
