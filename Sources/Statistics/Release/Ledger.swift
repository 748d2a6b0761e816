import Formats

/// Everything that was ever said of persons, and every taking back, in the order of publication:
/// `statistics/ledger/YEAR.txt`, a file for each year in which something was published.
///
/// It is append-only, and only ever read as a whole. Each line carries a checksum over itself and the line before, so that
/// a lost, changed or moved line is noticed; the output's manifest names the last entry, so that a ledger cut short is
/// noticed too.
public struct Ledger: Sendable {
    /// Where a ledger ends.
    public struct Head: Hashable, Sendable {
        public enum Form: Int, Sendable {
            /// Rows of `statistics/ledger.csv`, which earlier versions of the program wrote.
            case rows = 1
            /// Entries of the yearly files.
            case entries = 2
        }

        public let form: Form
        /// How many rows or entries there are.
        public let count: Int
        /// The checksum of the last of them.
        public let check: String

        public init(form: Form, count: Int, check: String) {
            self.form = form
            self.count = count
            self.check = check
        }
    }

    /// A publication of one day of a dataset, or the taking back of one.
    struct Entry: Sendable {
        enum Act: Sendable {
            case publication(ProtectedDay)
            case withdrawal(dataset: String, day: Day)
        }

        let act: Act
        /// The moment of the build that published it.
        let build: String
        var place = Diagnostic.Location(path: "")
        var check: LedgerCheck = .none
    }

    private(set) var entries: [Entry] = []
    /// The yearly files, oldest first; the last one has this build's entries at its end.
    private(set) var years: [LedgerYear] = []
    /// What was carried over from `ledger.csv`, or is about to be.
    private(set) var carried: CarriedLedger?
    /// How many entries were read; the others are this build's.
    private var recorded = 0

    public static let empty = Ledger()

    /// Whether this build has something to add to the files.
    public var hasNews: Bool { entries.count > recorded }

    /// Whether this build takes something back that was published.
    public var takesBack: Bool {
        entries.dropFirst(recorded).contains { entry in
            if case .withdrawal = entry.act { return true }
            return false
        }
    }

    public var head: Head? {
        guard let last = entries.last else { return nil }
        if !hasNews, years.isEmpty, let carried { return carried.head }
        return Head(form: .entries, count: entries.count, check: last.check.text)
    }

    /// The file that this build adds to, as it shall be: its path below the site, and its bytes. Nil where nothing is new.
    public var news: (path: String, bytes: [UInt8])? {
        hasNews ? years.last.map { ($0.path, $0.bytes) } : nil
    }

    /// Whether the yearly files hold what stood in the former file.
    public var isCarriedOver: Bool { carried != nil && !years.isEmpty }

    /// All files, one after the other.
    public var bytes: [UInt8] { years.flatMap(\.bytes) }

    /// Whether a file of the site is the ledger's, which nobody but the program writes and which has no bound.
    public static func isFile(_ path: String) -> Bool {
        if path == CarriedLedger.file { return true }
        guard path.hasPrefix(folder), path.hasSuffix(".txt") else { return false }
        let name = path.utf8.dropFirst(folder.utf8.count).dropLast(4)
        return name.count == 4 && name.allSatisfy { (48...57).contains($0) }
    }

    /// Where the yearly files lie, below the site.
    public static let folder = LedgerYear.folder
    /// Where earlier versions of the program kept everything in one file, which is carried over.
    public static let formerFile = CarriedLedger.file

    /// Whether the files had their end there at some time.
    public func contains(_ head: Head) -> Bool {
        if head.form == .rows { return carried?.contains(head, entries) ?? false }
        return head.count > 0 && head.count <= recorded && entries[head.count - 1].check.text == head.check
    }

    /// What was said of each dataset and of each day, as fingerprints: new entries about one change its own only.
    public var fingerprints: (datasets: [String: Fingerprint], days: [Day: Fingerprint]) {
        var (datasets, days): ([String: Fingerprint], [Day: Fingerprint]) = ([:], [:])
        for entry in entries {
            datasets[entry.dataset, default: Fingerprint()].mix(entry.check.value)
            days[entry.day, default: Fingerprint()].mix(entry.check.value)
        }
        return (datasets, days)
    }

    /// What stands published, by dataset, in the order of days.
    public var releases: [String: ProtectedRelease] {
        var days: [String: [Day: ProtectedDay]] = [:]
        for entry in entries {
            let before = days[entry.dataset]?[entry.day]
            switch entry.act {
            case .withdrawal: days[entry.dataset]?[entry.day] = before?.withdrawn
            case .publication(var day):
                day.isCorrected = before != nil
                days[entry.dataset, default: [:]][entry.day] = day
            }
        }
        return days.mapValues { ProtectedRelease(days: $0.values.sorted { $0.day < $1.day }) }
    }

    /// The greatest k that was ever used.
    var raisedK: Int? { entries.lazy.compactMap(\.publication?.k).max() }

    mutating func publish(_ day: ProtectedDay, build: String) {
        append(Entry(act: .publication(day), build: build))
    }

    /// Takes a day's figures back.
    mutating func withdraw(_ day: ProtectedDay, build: String) {
        append(Entry(act: .withdrawal(dataset: day.dataset, day: day.day), build: build))
    }
}

extension Ledger {
    /// Reads the yearly files and, where it still stands, `ledger.csv`. Anything that this program would not have written is
    /// an error.
    ///
    /// - Parameters:
    ///   - files: The yearly files, oldest first.
    ///   - rows: `ledger.csv`; nil where there is none.
    public static func load(_ files: [SourceFile], rows: SourceFile? = nil, into diagnostics: inout [Diagnostic])
        -> Ledger
    {
        var ledger = Ledger()
        do throws(LedgerDamage) {
            for file in files { try ledger.read(file) }
            if let rows { try ledger.carry(over: rows) }
            if let first = ledger.contradiction() { diagnostics.append(contradicting(first)) }
        } catch {
            diagnostics.append(error.diagnostic)
        }
        ledger.recorded = ledger.entries.count
        return ledger
    }

    private mutating func read(_ file: SourceFile) throws(LedgerDamage) {
        let (year, read) = try LedgerYear.read(file, after: LedgerEnd(entries, carried))
        if let begun = year.carried { carried = begun }
        years.append(year)
        entries += read
    }

    /// Takes over what `ledger.csv` says, unless the yearly files begin with it: then it was left behind by a build that was
    /// cut off.
    private mutating func carry(over rows: SourceFile) throws(LedgerDamage) {
        let (carried, read) = try CarriedLedger.read(rows)
        if years.isEmpty {
            (self.carried, entries) = (carried, read)
        } else if self.carried?.contains(carried.head, entries) != true, !read.isEmpty {
            throw LedgerDamage(diagnostic: secondLedger(rows))
        }
    }

    private mutating func append(_ entry: Entry) {
        // What `ledger.csv` held goes before it, once.
        if years.isEmpty, !entries.isEmpty {
            var year = LedgerYear(entry.year, after: LedgerEnd([], nil), carried: carried)
            for index in entries.indices { year.append(&entries[index]) }
            years.append(year)
        } else if years.last.map({ $0.number < entry.year }) ?? true {
            years.append(LedgerYear(entry.year, after: LedgerEnd(entries, carried), carried: nil))
        }
        var entry = entry
        years[years.count - 1].append(&entry)
        entries.append(entry)
    }

    /// The first entry that says something of a day that was said before and not taken back, or takes back what was not said.
    private func contradiction() -> Entry? {
        var standing: [Day: Set<String>] = [:]
        return entries.first { entry in
            switch entry.act {
            case .publication: !standing[entry.day, default: []].insert(entry.dataset).inserted
            case .withdrawal: standing[entry.day]?.remove(entry.dataset) == nil
            }
        }
    }
}

extension Ledger.Entry {
    var publication: ProtectedDay? { if case .publication(let day) = act { day } else { nil } }

    var dataset: String {
        switch act {
        case .publication(let day): day.dataset
        case .withdrawal(let dataset, _): dataset
        }
    }

    var day: Day {
        switch act {
        case .publication(let day): day.day
        case .withdrawal(_, let day): day
        }
    }

    /// Of the build, as its moment begins (RFC 3339).
    fileprivate var year: Int { Int(build.prefix(4)) ?? day.year }
}

/// How a damaged ledger is told.
struct LedgerDamage: Error {
    let diagnostic: Diagnostic
}

private let restore = Diagnostic.Text(
    "恢复最近一次发布之后的备份；不要手工修改，也不要用Excel打开后保存。",
    "Restore the copy made after the last publication; never edit the files, nor save them from a spreadsheet.")

extension LedgerDamage {
    /// - Parameter line: Counted from 1.
    static func line(_ line: Int, of path: String) -> LedgerDamage {
        LedgerDamage(
            diagnostic: Diagnostic(
                .error, "ledger.damaged", at: .init(path: path, line: line, column: 1, length: 1),
                .init("公布台账从这一行起被改动、打乱或损坏了。", "From this line on the ledger was changed, reordered or damaged."),
                fix: restore))
    }
}

private func contradicting(_ entry: Ledger.Entry) -> Diagnostic {
    Diagnostic(
        .error, "ledger.contradiction", at: entry.place,
        .init("公布台账的这一行与前面的矛盾。", "This line of the ledger contradicts an earlier one."), fix: restore)
}

private func secondLedger(_ rows: SourceFile) -> Diagnostic {
    Diagnostic(
        .error, "ledger.second", in: rows.path, "这份旧台账与ledger文件夹里的不是同一本，两本不能并用。",
        "This old ledger and the one in the folder ledger do not belong together; there can only be one.",
        fix: .init(
            "核对备份：ledger文件夹是现在用的，把这个旧文件移到别处；如果文件夹才是多余的，就把文件夹移走。",
            "Compare with your copies: the folder is what is used now, so move this old file away, or the folder if that is the wrong one."
        )
    ).fixed(by: .rename(to: "internal/ledger-old.csv"))
}
