import Formats

/// What was kept of the notices of an earlier build: facts and records by path, in the order of paths. A notice is taken
/// from here only if the fingerprint of its file's content is the same.
public struct KeptNotices: Sendable {
    public struct Entry: Sendable {
        public let path: String
        public let facts: NoticeFacts
        /// Where its record lies in the memory.
        public let range: Range<Int>
        /// Of the record's bytes.
        public let seal: Fingerprint

        public init(path: String, facts: NoticeFacts, range: Range<Int>, seal: Fingerprint) {
            self.path = path
            self.facts = facts
            self.range = range
            self.seal = seal
        }
    }
    public let memory: RecordMemory
    public let entries: [Entry]

    public init(memory: RecordMemory, entries: [Entry]) {
        self.memory = memory
        self.entries = entries
    }
}

/// Reads notices, several at a time, and puts their records side by side.
struct NoticeReader: Sendable {
    let tree: SourceTree
    let zone: TimeZone
    let privacy: PersonalData
    let kept: KeptNotices?
    let jobs: Int

    /// All notices below `content/notices/`, the newest first, and what is wrong with their files.
    func read() throws -> (notices: [Notice], diagnostics: [Diagnostic]) {
        let files = tree.files(under: "content/notices/", ending: ".md")
        let known = matches(files)
        let pieces = parallelChunks(files.count, jobs: jobs, size: 128) { range in
            Result { try read(files[range], known[range]) }
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

extension NoticeReader {
    /// The kept notice of each file; both are in the order of paths.
    private func matches(_ files: [SourceTree.File]) -> [KeptNotices.Entry?] {
        guard let kept else { return [KeptNotices.Entry?](repeating: nil, count: files.count) }
        var next = 0
        return files.map { file in
            while next < kept.entries.count, kept.entries[next].path.utf8.lexicographicallyPrecedes(file.path.utf8) {
                next += 1
            }
            return next < kept.entries.count && kept.entries[next].path == file.path ? kept.entries[next] : nil
        }
    }

    private func read(
        _ files: ArraySlice<SourceTree.File>, _ known: ArraySlice<KeptNotices.Entry?>
    ) throws -> ([Notice], [Diagnostic]) {
        var bytes: [UInt8] = []
        var fresh: [(facts: NoticeFacts, range: Range<Int>)] = []
        var notices: [Notice?] = []
        var diagnostics: [Diagnostic] = []
        for (file, entry) in zip(files, known) {
            if let notice = try entry.flatMap({ try keptNotice($0, file) }) {
                notices.append(notice)
                diagnostics += notice.warnings
            } else if let unit = try freshUnit(file, &diagnostics) {
                fresh.append((unit.facts, unit.record.append(to: &bytes)))
                notices.append(nil)
            }
        }
        let memory = RecordMemory(bytes)
        var next = fresh.makeIterator()
        return (notices.map { $0 ?? next.next().map { Notice(facts: $0.facts, record: .init(memory, $0.range)) }! }, diagnostics)
    }

    /// The notice as it was kept, unless its file has other content now, or what was kept is damaged.
    private func keptNotice(_ entry: KeptNotices.Entry, _ file: SourceTree.File) throws -> Notice? {
        guard let kept, try (file.fingerprint ?? Fingerprint(tree.bytes(of: file))) == entry.facts.content else { return nil }
        let memory = kept.memory
        guard entry.range.upperBound <= memory.bytes.count else { return nil }
        return Notice(facts: entry.facts, record: .init(memory, entry.range))
    }

    private func freshUnit(_ file: SourceTree.File, _ diagnostics: inout [Diagnostic]) throws -> NoticeUnit? {
        let raw = try tree.bytes(of: file)
        var found: [Diagnostic] = []
        guard let source = SourceFile.decode(path: file.path, raw: raw, into: &found) else {
            diagnostics += found
            return nil
        }
        let (unit, all) = NoticeUnit.read(
            source, content: Fingerprint(raw), zone: zone, privacy: privacy, found: found)
        diagnostics += all
        return unit
    }

    /// By date, then by publication, then by path.
    private func newestFirst(_ notices: [Notice]) -> [Notice] {
        let order = notices.indices.sorted { a, b in
            let (p, q) = (notices[a].facts, notices[b].facts)
            if p.date != q.date { return p.date > q.date }
            return p.publishAt != q.publishAt ? p.publishAt > q.publishAt : a < b
        }
        return order.map { notices[$0] }
    }
}
