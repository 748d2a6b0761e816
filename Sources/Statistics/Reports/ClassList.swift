import Formats

/// The school's classes by day, from `statistics/units.csv`. Rolls stay inside this target.
public struct ClassList: Sendable {
    struct Entry: Sendable {
        let grade: String
        let name: String
        let enrolled: Int
        let from: Day
        let until: Day?
        let spellings: Set<String>
    }

    let entries: [Entry]

    /// Where classes are listed, below the site.
    public static let file = "content/statistics/units.csv"

    public static let empty = ClassList(entries: [])

    /// Reads `units.csv`; its diagnostics show no line, because rolls stand in it.
    public static func load(_ source: SourceFile, into diagnostics: inout [Diagnostic]) -> ClassList {
        var found: [Diagnostic] = []
        let table = CSVTable(source, into: &found)
        let names = table.rows.first?.map { table.text($0) } ?? []
        let places = columns.map { wanted in names.firstIndex { wanted.contains($0) } }
        var entries: [Entry] = []
        if places.prefix(4).contains(nil) {
            found.append(badHeader(source))
        } else {
            for row in table.rows.dropFirst() {
                let texts = places.map { place in place.flatMap { $0 < row.count ? table.text(row[$0]) : nil } ?? "" }
                guard let entry = Entry(texts) else {
                    found.append(badRow(source, row))
                    continue
                }
                if let other = entries.first(where: {
                    $0.overlaps(entry) && !$0.spellings.isDisjoint(with: entry.spellings)
                }) {
                    found.append(sameName(source, row, other.name))
                }
                entries.append(entry)
            }
        }
        diagnostics += found.map(\.withoutExcerpt)
        return ClassList(entries: entries)
    }

    private static let columns = [
        ["grade", "年级"], ["class", "班级"], ["enrolled", "人数"], ["from", "起"], ["until", "止"], ["aliases", "别名"],
    ]

    static func folded(_ name: String) -> String { name.halfWidth.filter { !$0.isWhitespace }.lowercased() }
}

/// No class has more.
private let maxRoll = 999

extension ClassList.Entry {
    /// Reads grade, class, enrolled, from, until and aliases; nil where one of the first four is missing or no date.
    fileprivate init?(_ texts: [String]) {
        guard let count = Int(texts[2].halfWidth.replacing("人", with: "").trimmed), (1...maxRoll).contains(count),
            case .day(let start) = DateReading(texts[3]), !texts[0].isEmpty, !texts[1].isEmpty
        else { return nil }
        switch DateReading(texts[4]) {
        case .day(let day): until = day
        case _ where texts[4].isEmpty: until = nil
        default: return nil
        }
        (grade, name, enrolled, from) = (texts[0], texts[1], count, start)
        spellings = Set(([name] + texts[5].split(separator: "|").map(String.init)).map(ClassList.folded))
    }

    fileprivate func overlaps(_ other: ClassList.Entry) -> Bool {
        (until.map { other.from <= $0 } ?? true) && (other.until.map { from <= $0 } ?? true)
    }

    func exists(on day: Day) -> Bool { from <= day && until.map { day <= $0 } ?? true }
}

private func badHeader(_ source: SourceFile) -> Diagnostic {
    source.error(
        "units.header", at: source.line(at: 0), "表头应为grade,class,enrolled,from,until,aliases。",
        "The header must be grade,class,enrolled,from,until,aliases.",
        fix: .init("把第一行改成这六列。", "Make these six columns the first line.")
    ).fixed(by: source.replacing(source.line(at: 0), with: "grade,class,enrolled,from,until,aliases"))
}

private func sameName(_ source: SourceFile, _ row: [CSVTable.Cell], _ name: String) -> Diagnostic {
    source.error(
        "units.repeated", at: row[0].range, "这个班的名称或别名，“\(name)”已经用了。",
        "A name or alias of this class belongs to “\(name)” already.",
        fix: .init("同一个名称只能属于一个班。", "A name belongs to one class."))
}

private func badRow(_ source: SourceFile, _ row: [CSVTable.Cell]) -> Diagnostic {
    source.error(
        "units.row", at: row[0].range, "这一行要有年级、班级、人数（1到999的整数）和起始日期。",
        "The row needs a grade, a class, a whole number of pupils (1 to 999) and a first day.",
        fix: .init("例如：一年级,一（1）班,42,2026-09-01,,", "For example: 一年级,一（1）班,42,2026-09-01,,"))
}
