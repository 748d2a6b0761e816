import Formats

/// Every statement that was ever published, in the order of publication: `statistics/ledger.csv`.
///
/// It is append-only. Each row carries a checksum over itself and the row before, so that a lost, changed or moved row is
/// noticed; the output's manifest names the last row, so that a ledger cut short is noticed too.
public struct Ledger: Sendable {
    /// Where a ledger ends.
    public struct Head: Equatable, Sendable {
        public let rows: Int
        public let check: String

        public init(rows: Int, check: String) {
            self.rows = rows
            self.check = check
        }
    }

    struct Row: Hashable, Sendable {
        enum Word: Hashable, Sendable {
            case says(Statement)
            /// A cell of the day's table of which nothing is said.
            case unstated
            /// The unit had not reported.
            case missing
            /// The day's figures are taken back.
            case withdrawn
        }

        let day: Day
        let dataset: String
        var group = ""
        var part = ""
        let measure: String
        let word: Word
        var roll: Int?
        /// The finest lines of the template, and the level at which the day was published.
        let template: String
        let k: Int
        /// The moment of the build that published it.
        let build: String
    }

    private(set) var rows: [Row] = []
    private(set) var checks: [String] = []
    /// How many rows were read from the file; the others are this build's.
    private var recorded = 0

    public static let empty = Ledger()

    /// Whether this build has something to add to the file.
    public var hasNews: Bool { rows.count > recorded }

    /// What was said of each dataset and of each day, as fingerprints: new rows about one change its own only.
    public var fingerprints: (datasets: [String: Fingerprint], days: [Day: Fingerprint]) {
        var (datasets, days): ([String: Fingerprint], [Day: Fingerprint]) = ([:], [:])
        for (row, check) in zip(rows, checks) {
            datasets[row.dataset, default: Fingerprint()].mix(check)
            days[row.day, default: Fingerprint()].mix(check)
        }
        return (datasets, days)
    }

    public var head: Head? { checks.last.map { Head(rows: checks.count, check: $0) } }

    /// Whether the file had its end there at some time.
    public func contains(_ head: Head) -> Bool {
        head.rows > 0 && head.rows <= recorded && checks[head.rows - 1] == head.check
    }

    mutating func append(_ row: Row) {
        rows.append(row)
        checks.append(Ledger.check(row.fields, after: checks.last ?? ""))
    }
}

extension Ledger {
    static let header = "date,dataset,group,part,measure,statement,roll,template,k,build,check"

    /// The file, byte for byte.
    public var bytes: [UInt8] {
        var text = Ledger.header + "\n"
        for (row, check) in zip(rows, checks) {
            text += (row.fields + [check]).map(csvCell).joined(separator: ",") + "\n"
        }
        return Array(text.utf8)
    }

    /// Reads the file. Anything that this program would not have written is an error.
    public static func load(_ source: SourceFile, into diagnostics: inout [Diagnostic]) -> Ledger {
        var found: [Diagnostic] = []
        let table = CSVTable(source, into: &found)
        var ledger = Ledger()
        let lines = table.rows.map { row in row.map { table.text($0) } }
        guard found.isEmpty, lines.first?.joined(separator: ",") == header else {
            diagnostics.append(damaged(source, 0..<0))
            return ledger
        }
        ledger.rows.reserveCapacity(lines.count)
        for (cells, texts) in zip(table.rows, lines).dropFirst() {
            guard texts.count == 11, let row = Row(texts),
                check(Array(texts.dropLast()), after: ledger.checks.last ?? "") == texts[10]
            else {
                diagnostics.append(damaged(source, cells[0].range))
                return ledger
            }
            ledger.rows.append(row)
            ledger.checks.append(texts[10])
        }
        ledger.recorded = ledger.rows.count
        if let problem = ledger.contradiction() { diagnostics.append(contradicting(source, problem)) }
        return ledger
    }

    /// A checksum over the row before and this one: against accidents, not against its own keeper.
    private static func check(_ fields: [String], after previous: String) -> String {
        var sum = FNV1a()
        for text in [previous] + fields {
            sum.mix(text.utf8)
            sum.mix([0x1F])
        }
        // Letters only: digits could look like a telephone number.
        let letters = (0..<16).map { UInt8(ascii: "a") + UInt8(truncatingIfNeeded: sum.hash >> (60 - 4 * $0)) % 16 }
        return String(decoding: letters, as: UTF8.self)
    }

    /// The first row that says something of a cell that was said before and not taken back.
    private func contradiction() -> Int? {
        var open: [String: String] = [:]
        for (index, row) in rows.enumerated() {
            let day = "\(row.dataset) \(row.day)"
            if row.word == .withdrawn {
                if open.removeValue(forKey: day) == nil { return index }
            } else if let build = open.updateValue(row.build, forKey: day), build != row.build {
                return index
            }
        }
        return nil
    }
}

extension Ledger.Row {
    var fields: [String] {
        [
            "\(day)", dataset, group, part, measure, word.text, roll.map(String.init) ?? "", template, "\(k)", build,
        ]
    }

    /// Reads a row's fields; nil where they are not what `fields` gives.
    init?(_ texts: [String]) {
        guard case .day(let day) = DateReading(texts[0]), let word = Word(texts[5]), let k = Int(texts[8]), k >= 5
        else {
            return nil
        }
        self.init(
            day: day, dataset: texts[1], group: texts[2], part: texts[3], measure: texts[4], word: word,
            roll: Int(texts[6]), template: texts[7], k: k, build: texts[9])
        if fields != Array(texts.dropLast()) { return nil }
    }
}

extension Ledger.Row.Word {
    var text: String {
        switch self {
        case .says(let statement): statement.mark
        case .unstated: "unstated"
        case .missing: "missing"
        case .withdrawn: "withdrawn"
        }
    }

    init?(_ text: String) {
        switch text {
        case "unstated": self = .unstated
        case "missing": self = .missing
        case "withdrawn": self = .withdrawn
        default:
            guard let statement = Statement(mark: text) else { return nil }
            self = .says(statement)
        }
    }
}

extension Statement {
    /// `<5`, `5-9`, `>=20`: the same sign everywhere, for programs to read.
    public var mark: String {
        guard let high else { return ">=\(low)" }
        return low == 0 ? "<\(high + 1)" : "\(low)-\(high)"
    }

    init?(mark: String) {
        let numbers = mark.split(whereSeparator: { "<>=-".contains($0) }).compactMap { Int($0) }
        switch (numbers.count, numbers.first) {
        case (1, let first?) where mark == "<\(first)": self.init(low: 0, high: first - 1)
        case (1, let first?) where mark == ">=\(first)": self.init(low: first, high: nil)
        case (2, let first?) where mark == "\(first)-\(numbers[1])": self.init(low: first, high: numbers[1])
        default: return nil
        }
    }
}

private let restore = Diagnostic.Text(
    "恢复最近一次发布之后的备份；不要手工修改，也不要用Excel打开后保存。",
    "Restore the copy made after the last publication; never edit the file, nor save it from a spreadsheet.")

private func damaged(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
    source.error(
        "ledger.damaged", at: range, "公布台账从这一行起被改动、打乱或损坏了。",
        "From this line on the ledger was changed, reordered or damaged.", fix: restore, confidential: true)
}

private func contradicting(_ source: SourceFile, _ row: Int) -> Diagnostic {
    Diagnostic(
        .error, "ledger.contradiction", at: .init(path: source.path, line: row + 2, column: 1, length: 1),
        .init("公布台账的这一行与前面的矛盾。", "This line of the ledger contradicts an earlier one."), fix: restore)
}
