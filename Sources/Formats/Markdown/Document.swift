/// A Markdown text turned into HTML, with what other parts of the house need to know of it.
///
/// Addresses of other source files are not yet in the HTML: they are `links`, to be written in at their offsets once
/// the routes are known. So a document depends on its own source only, and can be cached by it.
public struct Document: Sendable {
    public struct Heading: Sendable, Equatable {
        public let level: Int
        public let id: String
        public let text: String
    }

    /// An address inside the site: a source file, attachment or place in this page, as the writer gave it.
    public struct Link: Sendable {
        /// Where in `html` the resolved address belongs.
        public let offset: Int
        /// The path, relative to this source, percent-decoded; empty for a place in this very page.
        public let path: String
        /// The part after `#`, percent-decoded.
        public let fragment: String?
        /// The address in the source, for diagnostics.
        public let range: Range<Int>
        public let isImage: Bool
    }

    /// An item of a numbered list directly below a heading.
    public struct NumberedItem: Sendable {
        /// The heading's id, or empty before the first one.
        public let heading: String
        public let number: Int
        /// The anchor of the item in the HTML: the heading's id and the number.
        public let id: String
        public let text: String
    }

    public var html: [UInt8] = []
    public var headings: [Heading] = []
    public var links: [Link] = []
    public var numberedItems: [NumberedItem] = []
    /// Explicit and automatic anchors, of headings and numbered items.
    public var anchors: [String] = []
    /// The first paragraph's text.
    public var lead = ""
    /// Plain paragraphs by the heading they stand below.
    public var paragraphs: [(heading: String, text: String)] = []

    public init() {}
}

/// How Markdown is turned into HTML.
public struct MarkdownOptions: Sendable {
    /// GFM pipe tables (GFM spec 0.29, §4.10).
    public var tables = true
    /// Emphasis next to Chinese punctuation, and no space where a line ends between two Han characters.
    public var chinese = true
    /// The site's rules: heading ids, links resolved, raw HTML and unsafe addresses refused, images described.
    /// Off, the HTML is exactly what the CommonMark and GFM specifications show.
    public var siteRules = true

    /// The words of paragraphs and numbered items, beside their HTML.
    public var outline = true
    /// Warnings about signs that look like Markdown and are none.
    public var lint = true

    public init(
        tables: Bool = true, chinese: Bool = true, siteRules: Bool = true, outline: Bool = true, lint: Bool = true
    ) {
        self.outline = outline
        self.lint = lint
        self.tables = tables
        self.chinese = chinese
        self.siteRules = siteRules
    }

    /// CommonMark 0.30 and nothing else.
    public static let commonMark = MarkdownOptions(tables: false, chinese: false, siteRules: false)
}
