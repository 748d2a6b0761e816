import Formats
import Statistics

/// A school's site, loaded and cross-checked. Pure data: what it looks like at a moment is the plan's business.
public struct Site: Sendable {
    public var configuration = SiteConfiguration()
    public var organisation = Organisation()
    /// In the order that they give.
    public var teams: [Team] = []
    public var pages: [Page] = []
    /// Newest first, by date, then by path.
    public var notices: [Notice] = [] {
        didSet { facts = notices.map(\.facts) }
    }
    /// Of the same notices, in the same order: what is asked of all of them is asked here.
    private(set) var facts: [NoticeFacts] = []
    public var duty = DutyRoster()
    public var datasets: [Dataset] = []
    public var classes = ClassList.empty
    /// Everything that was ever said of counts of persons, with what this build adds.
    public var ledger = Ledger.empty
    /// When a day that waits for reports will be closed.
    public var nextClosing: LocalTime?
    /// Attachments, by path below `content/`, with their sizes in bytes.
    public var files: [String: Int] = [:]

    /// What the notices were read with, beside their files: a notice that is kept holds as long as this is the same.
    public internal(set) var reading = Fingerprint()
    /// Sentences that somebody looked at and confirmed.
    var confirmations: [PhraseAllowance] = []
    /// Fingerprints of all source files but notices, by path.
    public internal(set) var fingerprints: [String: Fingerprint] = [:]

    /// Of a source file; of one that is not there, that of nothing.
    func fingerprint(of path: String) -> Fingerprint { fingerprints[path] ?? Fingerprint() }

    /// Who may be called in public; everybody else's number is personal.
    public var personalData: PersonalData {
        PersonalData(
            contacts: organisation.contacts, allowances: configuration.allowances + confirmations,
            threshold: configuration.safeguards.k)
    }

    /// Pages that say the same as another in other languages.
    func translations(of page: Page) -> [Page] {
        let original = page.translationOf?.name ?? page.name
        return pages.filter { $0.name != page.name && ($0.name == original || $0.translationOf?.name == original) }
    }

    public func team(_ id: String) -> Team? { teams.first { $0.id == id } }
}

/// Where a source file or a page ends up, below the output folder.
enum Route {
    static let contentPrefix = "content/"

    /// `content/notices/2026/a.md` → `notices/2026/a.html`.
    static func ofSource(_ path: String) -> String {
        // Every notice's path passes here: its bytes are copied.
        var path = path
        if path.hasPrefix(contentPrefix), path.hasSuffix(".md") {
            return path.withUTF8 { bytes in
                let stem = bytes[contentPrefix.utf8.count..<bytes.count - 3]
                return String(unsafeUninitializedCapacity: stem.count + 5) { buffer in
                    _ = buffer.update(fromContentsOf: stem)
                    _ = buffer[stem.count...].update(fromContentsOf: ".html".utf8)
                    return stem.count + 5
                }
            }
        }
        var route = path.hasPrefix(contentPrefix) ? String(path.dropFirst(contentPrefix.count)) : path
        if route.hasSuffix(".md") { route = route.dropLast(3) + ".html" }
        return route
    }

    /// The list of the codes that begin with a sign.
    static func codes(_ group: Int) -> String { "verify/\(Character(Unicode.Scalar(NoticeCode.signs[group]))).html" }

    /// What leads from a page to the site's root: one `../` for each folder that it is in.
    static func root(from route: String) -> String {
        String(repeating: "../", count: route.utf8.count { $0 == UInt8(ascii: "/") })
    }
}
