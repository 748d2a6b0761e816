/// What a command tells, in the order in which somebody reads it: errors first, equal ones of a file as one, and a summary
/// by file at the end.
public struct DiagnosticList: Sendable {
    /// Diagnostics of one file that say the same, with the places of all of them.
    public struct Group: Sendable {
        public let first: Diagnostic
        public fileprivate(set) var places: [Diagnostic.Location]
        /// The edits of all of them, where they have any.
        public fileprivate(set) var edits: [Edit]

        /// The other places, as `line:column`, no more than can be read.
        var others: (shown: String, count: Int) {
            let rest = places.dropFirst().filter { $0.line > 0 }
            let shown = rest.prefix(Group.placesShown).map { "\($0.line):\($0.column)" }.joined(separator: ", ")
            return (rest.count > Group.placesShown ? shown + " …" : shown, places.count - 1)
        }

        private static let placesShown = 12
    }

    /// How many kinds of message of one file are shown, errors and warnings each: more is one mistake many times over, or
    /// another file than the one that was meant.
    public static let limit = 100

    /// In the order in which they are shown.
    public let groups: [Group]
    /// Diagnostics by file that are not shown, errors and warnings.
    public let left: [(path: String, errors: Int, warnings: Int)]
    /// Diagnostics by file, shown or not, in the order of paths; those with errors first.
    public let files: [(path: String, errors: Int, warnings: Int)]

    public init(_ diagnostics: [Diagnostic]) {
        let all = DiagnosticList.grouped(diagnostics)
        var counts: [Key: Int] = [:]
        let isShown = all.map { group in
            let key = Key(path: group.first.location.path, severity: group.first.severity)
            counts[key, default: 0] += 1
            return counts[key]! <= DiagnosticList.limit
        }
        let shown = zip(all, isShown).filter(\.1).map(\.0)
        groups = shown.filter { $0.first.severity == .error } + shown.filter { $0.first.severity == .warning }
        left = DiagnosticList.counted(zip(all, isShown).filter { !$0.1 }.map(\.0))
        files = DiagnosticList.counted(all)
    }

    private struct Key: Hashable {
        let path: String
        let severity: Diagnostic.Severity
    }
}

extension DiagnosticList {
    /// Puts together what differs in its place only; a note at the very place says no more than where it is.
    private static func grouped(_ diagnostics: [Diagnostic]) -> [Group] {
        var groups: [Group] = []
        var indices: [[String]: Int] = [:]
        for diagnostic in diagnostics {
            let key = [
                diagnostic.location.path, diagnostic.id, diagnostic.severity.rawValue, diagnostic.message.en,
                diagnostic.message.zh, diagnostic.fix.zh, diagnostic.fix.en,
                diagnostic.notes.map { $0.location == diagnostic.location ? "" : $0.message.en }.joined(),
            ]
            if let index = indices[key] {
                groups[index].places.append(diagnostic.location)
                if let edit = diagnostic.edit { groups[index].edits.append(edit) }
            } else {
                indices[key] = groups.count
                groups.append(
                    Group(first: diagnostic, places: [diagnostic.location], edits: diagnostic.edit.map { [$0] } ?? []))
            }
        }
        return groups
    }

    private static func counted(_ groups: [Group]) -> [(path: String, errors: Int, warnings: Int)] {
        var counts: [String: (errors: Int, warnings: Int)] = [:]
        for group in groups {
            var count = counts[group.first.location.path] ?? (0, 0)
            if group.first.severity == .error {
                count.errors += group.places.count
            } else {
                count.warnings += group.places.count
            }
            counts[group.first.location.path] = count
        }
        let files = counts.map { (path: $0.key, errors: $0.value.errors, warnings: $0.value.warnings) }
        return files.sorted { a, b in
            (a.errors == 0 ? 1 : 0, a.path) < (b.errors == 0 ? 1 : 0, b.path)
        }
    }
}
