import Formats

/// A checksum over a line of the ledger and all before it: against accidents, not against the ledger's own keeper.
struct LedgerCheck: Hashable, Sendable {
    let value: UInt64

    static let none = LedgerCheck(value: 0)

    /// Sixteen letters: digits could look like a telephone number.
    var text: String {
        let letters = (0..<16).map { UInt8(ascii: "a") + UInt8(truncatingIfNeeded: value >> (60 - 4 * $0)) % 16 }
        return String(decoding: letters, as: UTF8.self)
    }

    /// The checksum of a line behind another one; the line without its own checksum.
    func next(_ line: some Collection<UInt8>) -> LedgerCheck {
        var sum = FNV1a()
        withUnsafeBytes(of: value.bigEndian) { sum.mix($0) }
        sum.mix(line)
        return LedgerCheck(value: sum.hash)
    }
}

/// Where a ledger ends before a yearly file begins.
struct LedgerEnd: Equatable {
    let entries: Int
    let check: LedgerCheck

    init(_ entries: [Ledger.Entry], _ carried: CarriedLedger?) {
        self.entries = entries.count
        check = entries.last?.check ?? .none
    }
}

/// What was published in one year, as lines of text with tabs between their fields and a checksum at the end:
///
///     ledger    2    ENTRIES BEFORE    CHECKSUM BEFORE    ENTRIES, ROWS AND CHECKSUM CARRIED OVER FROM ledger.csv
///     units     N    GRADE  ROLL  CLASSES  CLASS  ROLL …
///     template  N    DATASET  MEASURE  FINEST  K  UNITS  ROLL  CAUSES  rest
///     build     MOMENT
///     day       TEMPLATE  DAY  LEVEL  CELLS  ROLLS
///     back      DATASET  DAY
///
/// A day says no more than its cells (`LedgerCells`), because units and templates stay the same for months. Each file
/// numbers its own, so it can be read without the others.
struct LedgerYear: Sendable {
    let number: Int
    /// What the file begins with from `ledger.csv`.
    let carried: CarriedLedger?
    private(set) var bytes: [UInt8]
    /// Whether this build has added to the file.
    private(set) var hasNews = false
    private var check: LedgerCheck
    private var build = ""
    private var units: [LedgerUnits: Int] = [:]
    private var templates: [LedgerTemplate: Int] = [:]

    /// The folder of all years' files, below the site.
    static let folder = "content/statistics/ledger/"

    var path: String { "\(LedgerYear.folder)\(number).txt" }

    /// A new file.
    init(_ number: Int, after end: LedgerEnd, carried: CarriedLedger?) {
        self.number = number
        self.carried = carried
        bytes = []
        check = end.check
        hasNews = true
        write(["ledger", "2", "\(end.entries)", end.check.text] + (carried?.fields ?? []))
    }

    /// Adds an entry, with its place and checksum.
    mutating func append(_ entry: inout Ledger.Entry) {
        hasNews = true
        if build != entry.build {
            build = entry.build
            write(["build", build])
        }
        switch entry.act {
        case .withdrawal(let dataset, let day): write(["back", dataset, "\(day)"])
        case .publication(let day):
            let units = LedgerUnits(day)
            let template = LedgerTemplate(day, units: units.groups.isEmpty ? nil : place(of: units))
            let fields = ["day", "\(place(of: template))", "\(day.day)", day.level.rawValue]
            write(fields + LedgerCells.fields(day, units, template))
        }
        entry.check = check
        entry.place = .init(path: path)
    }

    private mutating func place(of units: LedgerUnits) -> Int {
        if let place = self.units[units] { return place }
        let place = self.units.count + 1
        self.units[units] = place
        write(["units", "\(place)"] + units.fields)
        return place
    }

    private mutating func place(of template: LedgerTemplate) -> Int {
        if let place = templates[template] { return place }
        let place = templates.count + 1
        templates[template] = place
        write(["template", "\(place)"] + template.fields)
        return place
    }

    private mutating func write(_ fields: [String]) {
        let line = Array(fields.joined(separator: "\t").utf8)
        check = check.next(line)
        bytes += line
        bytes.append(9)
        bytes += check.text.utf8
        bytes.append(10)
    }
}

extension LedgerYear {
    /// Reads a file that follows `end`.
    static func read(_ file: SourceFile, after end: LedgerEnd) throws(LedgerDamage) -> (LedgerYear, [Ledger.Entry]) {
        let lines = file.lines()
        func damage(_ index: Int) -> LedgerDamage { .line(index + 1, of: file.path) }
        guard let first = lines.first, let header = fields(file.bytes[first], after: end.check),
            header.texts.count >= 4,
            Array(header.texts.prefix(4)) == ["ledger", "2", "\(end.entries)", end.check.text],
            let number = Int(file.path.dropFirst(folder.count).dropLast(4)), file.bytes.last == 10
        else { throw damage(0) }
        var year = LedgerYear(number, after: end, carried: CarriedLedger(fields: Array(header.texts.dropFirst(4))))
        (year.bytes, year.hasNews, year.check) = (file.bytes, false, header.check)
        var reader = LedgerReader()
        var entries: [Ledger.Entry] = []
        for index in lines.indices.dropFirst() {
            guard let (texts, check) = fields(file.bytes[lines[index]], after: year.check) else { throw damage(index) }
            year.check = check
            switch reader.read(texts) {
            case .none: throw damage(index)
            case .some(nil): continue
            case .some(let act?):
                let place = Diagnostic.Location(path: file.path, line: index + 1, column: 1, length: 1)
                entries.append(.init(act: act, build: reader.build, place: place, check: check))
            }
        }
        (year.units, year.templates) = (reader.unitPlaces, reader.templatePlaces)
        year.build = reader.build
        return (year, entries)
    }

    /// A line's fields and its checksum; nil where that is not the one of the line in this place.
    private static func fields(
        _ line: ArraySlice<UInt8>, after before: LedgerCheck
    ) -> (texts: [String], check: LedgerCheck)? {
        guard let tab = line.lastIndex(of: 9) else { return nil }
        let check = before.next(line[..<tab])
        guard line[(tab + 1)...].elementsEqual(check.text.utf8) else { return nil }
        let texts = line[..<tab].split(separator: 9, omittingEmptySubsequences: false)
        return (texts.map { String(decoding: $0, as: UTF8.self) }, check)
    }
}

/// Reads the lines of one file, which name units and templates before days use them.
private struct LedgerReader {
    private var units: [LedgerUnits] = []
    private var templates: [LedgerTemplate] = []
    private(set) var build = ""

    var unitPlaces: [LedgerUnits: Int] { places(units) }
    var templatePlaces: [LedgerTemplate: Int] { places(templates) }

    private func places<Key: Hashable>(_ keys: [Key]) -> [Key: Int] {
        Dictionary(keys.enumerated().map { ($0.element, $0.offset + 1) }) { first, _ in first }
    }

    /// What a line says of a day, if it says something; nil where it is no line of a ledger.
    mutating func read(_ texts: [String]) -> Ledger.Entry.Act?? {
        let rest = texts.dropFirst()
        switch (texts.first, rest.count) {
        case ("build", 1):
            build = texts[1]
            return .some(nil)
        case ("units", 4...):
            guard texts[1] == "\(units.count + 1)", let next = LedgerUnits(fields: rest.dropFirst()) else { return nil }
            units.append(next)
            return .some(nil)
        case ("template", 9):
            guard texts[1] == "\(templates.count + 1)", let next = LedgerTemplate(fields: Array(rest.dropFirst())),
                next.units.map({ units.indices.contains($0 - 1) }) ?? true
            else { return nil }
            templates.append(next)
            return .some(nil)
        case ("back", 2): return DateReading.day(texts[2]).map { .withdrawal(dataset: texts[1], day: $0) }
        case ("day", 4...5): return day(texts).map { .publication($0) }
        default: return nil
        }
    }

    private func day(_ texts: [String]) -> ProtectedDay? {
        guard let place = Int(texts[1]), templates.indices.contains(place - 1), let day = DateReading.day(texts[2]),
            let level = Level(rawValue: texts[3])
        else { return nil }
        let template = templates[place - 1]
        let units = template.units.map { self.units[$0 - 1] } ?? LedgerUnits.none
        let cells = LedgerCells(texts[4], rolls: texts.count > 5 ? texts[5] : "", template, units)
        return cells?.day(day, level)
    }
}

extension DateReading {
    fileprivate static func day(_ text: String) -> Day? {
        guard case .day(let day) = DateReading(text), "\(day)" == text else { return nil }
        return day
    }
}
