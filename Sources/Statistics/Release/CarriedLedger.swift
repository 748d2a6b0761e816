import Formats

/// The ledger as earlier versions of the program wrote it: `statistics/ledger.csv`, a row for every cell of every day, each
/// with a checksum over itself and the row before. It is read, and carried over into the yearly files with the first
/// publication that follows.
struct CarriedLedger: Hashable, Sendable {
    /// How many entries its rows are.
    let entries: Int
    let rows: Int
    /// The checksum of its last row.
    let check: String

    static let file = "content/statistics/ledger.csv"

    private static let header = "date,dataset,group,part,measure,statement,roll,template,k,build,check"

    var head: Ledger.Head { Ledger.Head(form: .rows, count: rows, check: check) }

    /// As they stand in the first line of the first yearly file.
    var fields: [String] { ["\(entries)", "\(rows)", check] }

    init?(fields: [String]) {
        guard fields.count == 3, let entries = Int(fields[0]), let rows = Int(fields[1]) else { return nil }
        (self.entries, self.rows, check) = (entries, rows, fields[2])
    }

    private init(entries: Int, rows: Int, check: String) {
        (self.entries, self.rows, self.check) = (entries, rows, check)
    }

    /// Whether the rows had their end there at some time. They are made again from the entries that they became.
    func contains(_ head: Ledger.Head, _ entries: [Ledger.Entry]) -> Bool {
        guard head.count > 0, head.count <= rows else { return false }
        if head == self.head { return true }
        var standing: [String: ProtectedDay] = [:]
        var (check, row) = ("", 0)
        for entry in entries.prefix(self.entries) {
            for fields in entry.rows(&standing) {
                check = CarriedLedger.check(fields, after: check)
                row += 1
                if row == head.count { return check == head.check }
            }
        }
        return false
    }
}

extension CarriedLedger {
    /// Reads the file. Anything that the program would not have written is an error.
    static func read(_ source: SourceFile) throws(LedgerDamage) -> (CarriedLedger, [Ledger.Entry]) {
        var found: [Diagnostic] = []
        let table = CSVTable(source, into: &found)
        var check = ""
        var rows: [LedgerRow] = []
        let isHeader = table.rows.first?.map { table.text($0) }.joined(separator: ",") == header
        guard found.isEmpty, isHeader else { throw .line(1, of: source.path) }
        rows.reserveCapacity(table.rows.count)
        for (index, cells) in table.rows.enumerated().dropFirst() {
            let texts = cells.map { table.text($0) }
            guard texts.count == 11, let row = LedgerRow(texts), row.fields == Array(texts.dropLast()),
                case let next = self.check(row.fields, after: check), next == texts[10]
            else { throw .line(index + 1, of: source.path) }
            check = next
            rows.append(row)
        }
        let entries = try entries(rows, of: source)
        return (CarriedLedger(entries: entries.count, rows: rows.count, check: check), entries)
    }

    /// Puts rows together that publish one day.
    private static func entries(_ rows: [LedgerRow], of source: SourceFile) throws(LedgerDamage) -> [Ledger.Entry] {
        var entries: [Ledger.Entry] = []
        var standing: [String: ProtectedDay] = [:]
        var start = 0
        while start < rows.count {
            let first = rows[start]
            var end = start + 1
            if first.word != "withdrawn" {
                while end < rows.count, rows[end].continues(first) { end += 1 }
            }
            let act: Ledger.Entry.Act? =
                first.word == "withdrawn"
                ? .withdrawal(dataset: first.dataset, day: first.day)
                : ProtectedDay(rows[start..<end]).map { .publication($0) }
            guard let act else { throw .line(start + 2, of: source.path) }
            let place = Diagnostic.Location(path: source.path, line: start + 2, column: 1, length: 1)
            let entry = Ledger.Entry(act: act, build: first.build, place: place)
            // What was read must be what would be written; else it could not be verified afterwards.
            guard entry.rows(&standing) == rows[start..<end].map(\.fields) else {
                throw .line(start + 2, of: source.path)
            }
            entries.append(entry)
            start = end
        }
        return entries
    }

    private static func check(_ fields: [String], after previous: String) -> String {
        var sum = FNV1a()
        for text in [previous] + fields {
            sum.mix(text.utf8)
            sum.mix(CollectionOfOne(0x1F))
        }
        return LedgerCheck(value: sum.hash).text
    }
}

extension Ledger.Entry {
    /// The rows that stood for the entry in the old form, as their fields.
    ///
    /// - Parameter standing: What was said last of each dataset and day.
    fileprivate func rows(_ standing: inout [String: ProtectedDay]) -> [[String]] {
        let key = "\(dataset) \(day)"
        if let published = publication {
            standing[key] = published
            return published.rows(build: build)
        }
        return standing[key].map { [$0.row("withdrawn", build)] } ?? []
    }
}

extension ProtectedDay {
    /// The school, causes, groups with their parts, in this order.
    fileprivate func rows(build: String) -> [[String]] {
        func row(_ line: Line, _ group: String = "", _ part: String = "", measure: String? = nil) -> [String] {
            let word = line.isMissing ? "missing" : line.statement?.mark ?? "unstated"
            return self.row(word, build, group, part, measure, line.roll)
        }
        var rows = [row(total)] + causes.map { row($0, measure: $0.name) }
        if hasRest { rows.append(self.row("unstated", build, "", "", "rest", total.roll)) }
        for group in groups {
            rows.append(row(group.line, group.line.name))
            rows += group.parts.map { row($0, group.line.name, $0.name) }
        }
        return rows
    }

    fileprivate func row(
        _ word: String, _ build: String, _ group: String = "", _ part: String = "", _ measure: String? = nil,
        _ roll: Int? = nil
    ) -> [String] {
        [
            "\(day)", dataset, group, part, measure ?? self.measure, word, roll.map(String.init) ?? "",
            "\(finest.rawValue)/\(level.rawValue)", "\(k)", build,
        ]
    }

    /// Reads the rows of one publication; nil where they are not such.
    fileprivate init?(_ rows: ArraySlice<LedgerRow>) {
        guard let first = rows.first, first.group.isEmpty, case let names = first.template.split(separator: "/"),
            names.count == 2, let finest = DatasetDefinition.Publication.Finest(rawValue: String(names[0])),
            let level = Level(rawValue: String(names[1]))
        else { return nil }
        var causes: [Line] = []
        var hasRest = false
        var groups: [Group] = []
        for row in rows.dropFirst() {
            if row.group.isEmpty {
                if row.measure == "rest" { hasRest = true } else { causes.append(row.line(row.measure)) }
            } else if row.part.isEmpty {
                groups.append(Group(line: row.line(row.group), parts: []))
            } else if let group = groups.last, group.line.name == row.group {
                groups[groups.count - 1] = Group(line: group.line, parts: group.parts + [row.line(row.part)])
            } else {
                return nil
            }
        }
        self.init(
            day: first.day, dataset: first.dataset, measure: first.measure, level: level, k: first.k, finest: finest,
            total: first.line(""), causes: causes, hasRest: hasRest, groups: groups)
    }
}

/// A row of the old form.
private struct LedgerRow {
    let day: Day
    let dataset, group, part, measure, word: String
    let roll: Int?
    let template: String
    let k: Int
    let build: String
    let fields: [String]

    /// Nil where the texts are no row.
    init?(_ texts: [String]) {
        guard case .day(let day) = DateReading(texts[0]), let k = Int(texts[8]), k >= 5,
            ["unstated", "missing", "withdrawn"].contains(texts[5]) || Statement(mark: texts[5])?.mark == texts[5]
        else { return nil }
        self.day = day
        (dataset, group, part, measure, word) = (texts[1], texts[2], texts[3], texts[4], texts[5])
        (roll, template, self.k, build) = (Int(texts[6]), texts[7], k, texts[9])
        fields = Array(texts.dropLast())
    }

    func line(_ name: String) -> ProtectedDay.Line {
        .init(name: name, statement: Statement(mark: word), roll: roll, isMissing: word == "missing")
    }

    /// Whether the row belongs to the publication that begins with `first`, which is the school's own row.
    func continues(_ first: LedgerRow) -> Bool {
        word != "withdrawn" && day == first.day && dataset == first.dataset && build == first.build
            && !(group.isEmpty && measure == first.measure)
    }
}
