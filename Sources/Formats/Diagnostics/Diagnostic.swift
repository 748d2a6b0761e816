/// One thing to tell the writer: what is wrong, where in their file, and what to type instead.
///
/// Flat and self-contained, so that it can be buffered, cached and replayed without the source. `id` is stable and
/// documented in docs/diagnostics.md.
public struct Diagnostic: Sendable, Equatable {
    public enum Severity: String, Sendable, Comparable {
        /// Nothing is published.
        case error
        /// Repaired in memory; the site is published.
        case warning

        public static func < (a: Severity, b: Severity) -> Bool { a == .error && b == .warning }
    }

    /// A sentence in Chinese and in English.
    public struct Text: Sendable, Equatable {
        public let zh: String
        public let en: String

        public init(_ zh: String, _ en: String) {
            self.zh = zh
            self.en = en
        }
    }

    /// A place in a file. Lines and columns count from 1; columns and `length` count characters, not bytes.
    /// `excerpt` is the whole line, and is absent where it could show a personal value.
    public struct Location: Sendable, Equatable {
        public var path: String
        public var line: Int
        public var column: Int
        public var length: Int
        public var excerpt: String?

        public init(path: String, line: Int = 0, column: Int = 0, length: Int = 0, excerpt: String? = nil) {
            self.path = path
            self.line = line
            self.column = column
            self.length = length
            self.excerpt = excerpt
        }
    }

    /// A second place that explains the first.
    public struct Note: Sendable, Equatable {
        public let location: Location
        public let message: Text

        public init(_ location: Location, _ message: Text) {
            self.location = location
            self.message = message
        }
    }

    public let severity: Severity
    public let id: String
    public var location: Location
    public let message: Text
    public var fix: Text
    public var notes: [Note]
    /// The change that `fix` describes, where it is known.
    public var edit: Edit?

    public init(
        _ severity: Severity, _ id: String, at location: Location, _ message: Text, fix: Text, notes: [Note] = []
    ) {
        self.severity = severity
        self.id = id
        self.location = location
        self.message = message
        self.fix = fix
        self.notes = notes
    }

    /// A diagnostic about a file as a whole.
    public init(_ severity: Severity, _ id: String, in path: String, _ zh: String, _ en: String, fix: Text) {
        self.init(severity, id, at: Location(path: path), .init(zh, en), fix: fix)
    }
}

extension Diagnostic {
    /// The same without the line, which could show what is confidential.
    public var withoutExcerpt: Diagnostic {
        var diagnostic = self
        diagnostic.location.excerpt = nil
        return diagnostic
    }

    /// The same with every text in it changed: path, excerpt, message, fix and notes.
    public func mapText(_ change: (String) -> String) -> Diagnostic {
        func map(_ text: Text) -> Text { Text(change(text.zh), change(text.en)) }
        func map(_ location: Location) -> Location {
            var location = location
            location.path = change(location.path)
            location.excerpt = location.excerpt.map(change)
            return location
        }
        func map(_ edit: Edit) -> Edit {
            switch edit {
            case .replace(let span, let text): .replace(span, with: change(text))
            case .rename(let path): .rename(to: change(path))
            case .remove: .remove
            }
        }
        return Diagnostic(
            severity, id, at: map(location), map(message), fix: map(fix),
            notes: notes.map { Note(map($0.location), map($0.message)) }
        ).fixed(by: edit.map(map))
    }
}

/// Longer lines are not shown: an excerpt is to be read.
private let excerptLimit = 2000

extension SourceFile {
    /// The place of a byte range. `confidential` leaves the excerpt out (person counts, personal values).
    public func location(_ range: Range<Int>, confidential: Bool = false) -> Diagnostic.Location {
        let line = self.line(at: range.lowerBound)
        let start = min(range.lowerBound, line.upperBound)
        return Diagnostic.Location(
            path: path, line: lineNumber(at: range.lowerBound),
            column: text(line.lowerBound..<start).count + 1,
            length: max(1, text(start..<max(start, min(range.upperBound, line.upperBound))).count),
            excerpt: confidential || line.count > excerptLimit ? nil : text(line))
    }

    public func error(
        _ id: String, at range: Range<Int>, _ zh: String, _ en: String, fix: Diagnostic.Text,
        notes: [Diagnostic.Note] = [], confidential: Bool = false
    ) -> Diagnostic {
        Diagnostic(
            .error, id, at: location(range, confidential: confidential), .init(zh, en), fix: fix, notes: notes)
    }

    public func warning(
        _ id: String, at range: Range<Int>, _ zh: String, _ en: String, fix: Diagnostic.Text,
        confidential: Bool = false
    ) -> Diagnostic {
        Diagnostic(.warning, id, at: location(range, confidential: confidential), .init(zh, en), fix: fix)
    }
}

extension Sequence<Diagnostic> {
    /// In file, line and column order, so that the same content always tells the same story; without repetitions.
    public func ordered() -> [Diagnostic] {
        let sorted = self.sorted { a, b in
            let (p, q) = (a.location, b.location)
            return (p.path, p.line, p.column, a.id, a.message.en) < (q.path, q.line, q.column, b.id, b.message.en)
        }
        var result: [Diagnostic] = []
        for diagnostic in sorted where result.last != diagnostic { result.append(diagnostic) }
        return result
    }

    /// Paths of the files that an error stands in.
    public var filesWithErrors: Set<String> { Set(lazy.filter { $0.severity == .error }.map(\.location.path)) }

    public var hasErrors: Bool { contains { $0.severity == .error } }
}
