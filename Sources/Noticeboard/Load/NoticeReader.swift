import Formats

/// What was kept of the notices of an earlier build. A notice is taken from here only if the content of its file has the
/// fingerprint that it had then.
public struct KeptNotices: Sendable {
    public struct Entry: Sendable {
        public let facts: NoticeFacts
        public let record: RecordSlice
        /// Of the record; see `Notice.seal`.
        public let seal: Fingerprint

        public init(facts: NoticeFacts, record: RecordSlice, seal: Fingerprint) {
            self.facts = facts
            self.record = record
            self.seal = seal
        }
    }

    /// What the notices were read with.
    let reading: Fingerprint
    /// For each file of the tree what was kept of it.
    private let entry: @Sendable (_ file: Int) -> Entry?

    public init(reading: Fingerprint, _ entry: @escaping @Sendable (_ file: Int) -> Entry?) {
        self.reading = reading
        self.entry = entry
    }

    public static let none = KeptNotices(reading: Fingerprint()) { _ in nil }

    subscript(file: Int) -> Entry? { entry(file) }
}

/// Reads notices, several at a time, and puts their records side by side.
struct NoticeReader: Sendable {
    let tree: SourceTree
    let zone: TimeZone
    let privacy: PersonalData
    let reviews: ReviewPolicy
    let names: NoticeAliases
    let kept: KeptNotices
    /// Of everything but the file that decides how a notice is read.
    let reading: Fingerprint
    let jobs: Int

    init(
        tree: SourceTree, zone: TimeZone, privacy: PersonalData, reviews: ReviewPolicy, names: NoticeAliases,
        kept: KeptNotices, jobs: Int
    ) {
        self.names = names
        self.tree = tree
        self.zone = zone
        self.privacy = privacy
        self.reviews = reviews
        self.kept = kept
        self.jobs = jobs
        var reading = zone.fingerprint
        reading.mix(privacy.fingerprint)
        reading.mix(reviews.fingerprint)
        reading.mix(names.fingerprint)
        self.reading = reading
    }

    /// All notices below `content/notices/`, the newest first, and what is wrong with their files.
    func read() throws -> (notices: [Notice], diagnostics: [Diagnostic]) {
        let files = tree.range(under: "content/notices/")
        let pieces = parallelChunks(files.count, jobs: jobs, size: 128) { range in
            Result { try read(range.lowerBound + files.lowerBound..<range.upperBound + files.lowerBound) }
        }
        var (notices, diagnostics): ([Notice], [Diagnostic]) = ([], [])
        notices.reserveCapacity(files.count)
        for piece in pieces {
            let (read, found) = try piece.get()
            notices += read
            diagnostics += found
        }
        return (newestFirst(notices), diagnostics)
    }
}

/// A file was changed while the site was built.
public struct SourceChanged: Error, Sendable {
    public let path: String

    public init(path: String) { self.path = path }
}

/// Makes the body of a notice that was kept, from its file.
enum NoticeBody {
    static func html(of notice: Notice, tree: SourceTree) throws -> [UInt8] {
        if let body = notice.body { return body }
        let raw = try tree.bytes(of: tree.files[notice.file])
        var ignored: [Diagnostic] = []
        guard Fingerprint(raw) == notice.facts.content,
            let source = SourceFile.decode(path: notice.path, raw: raw, into: &ignored)
        else { throw SourceChanged(path: notice.path) }
        // What can be said of the file was said when it was read first.
        let options = MarkdownOptions(outline: false, lint: false)
        return Markdown.render(source, body: FrontMatter.body(of: source), options: options, into: &ignored).html
    }
}

extension NoticeReader {
    private func read(_ range: Range<Int>) throws -> ([Notice], [Diagnostic]) {
        var notices: [Notice] = []
        notices.reserveCapacity(range.count)
        var diagnostics: [Diagnostic] = []
        for file in range where tree.files[file].path.hasSuffix(".md") {
            if let notice = try keptNotice(file) {
                notices.append(notice)
                diagnostics += notice.warnings
            } else if let notice = try freshNotice(file, &diagnostics) {
                notices.append(notice)
            }
        }
        return (notices, diagnostics)
    }

    /// The notice as it was kept, unless its file has other content now, or what was kept is damaged.
    private func keptNotice(_ index: Int) throws -> Notice? {
        let file = tree.files[index]
        guard kept.reading == reading, let entry = kept[index],
            entry.seal == Notice.seal(of: PackedRecord(entry.record)),
            try (file.fingerprint ?? Fingerprint(tree.bytes(of: file))) == entry.facts.content
        else { return nil }
        return Notice(facts: entry.facts, record: PackedRecord(entry.record), body: nil, file: index, path: file.path)
    }

    private func freshNotice(_ index: Int, _ diagnostics: inout [Diagnostic]) throws -> Notice? {
        let file = tree.files[index]
        let raw = try tree.bytes(of: file)
        var found: [Diagnostic] = []
        guard let source = SourceFile.decode(path: file.path, raw: raw, into: &found) else {
            diagnostics += found
            return nil
        }
        let (unit, all) = NoticeUnit.read(
            source, content: Fingerprint(raw), zone: zone, privacy: privacy, reviews: reviews, names: names,
            found: found)
        diagnostics += all
        guard let unit else { return nil }
        // A copy is no longer than it must be: all bodies are kept until their pages are made.
        let body = unit.html.withUnsafeBufferPointer { Array($0) }
        return Notice(facts: unit.facts, record: unit.record.packed, body: body, file: index, path: file.path)
    }

    /// By date, then by publication, then by path.
    private func newestFirst(_ notices: [Notice]) -> [Notice] {
        var order = notices.enumerated().map { index, notice in
            (date: notice.facts.date, publishAt: notice.facts.publishAt, index: index)
        }
        order.sort { a, b in
            if a.date != b.date { return a.date > b.date }
            return a.publishAt != b.publishAt ? a.publishAt > b.publishAt : a.index < b.index
        }
        return order.map { notices[$0.index] }
    }
}
