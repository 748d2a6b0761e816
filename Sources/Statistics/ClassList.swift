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

    public static let empty = ClassList(entries: [])

    /// Names of the classes that exist on a day, in the file's order.
    public func names(on day: Day) -> [String] { entries.filter { $0.exists(on: day) }.map(\.name) }

    /// Names of the grades that exist on a day, in the file's order.
    public func grades(on day: Day) -> [String] {
        var grades: [String] = []
        for entry in entries where entry.exists(on: day) && !grades.contains(entry.grade) { grades.append(entry.grade) }
        return grades
    }

    /// The class that a report means: by its name or an alias, whatever the width of digits and brackets.
    func name(for spelling: String, on day: Day) -> String? {
        let folded = ClassList.folded(spelling)
        return entries.first { $0.exists(on: day) && $0.spellings.contains(folded) }?.name
    }

    public static func load(_ source: SourceFile, into diagnostics: inout [Diagnostic]) -> ClassList {
        var found: [Diagnostic] = []
        let table = CSVTable(source, into: &found)
        diagnostics += found.map(withoutExcerpt)
        guard let header = table.rows.first else { return .empty }
        let names = header.map { table.text($0) }
        func column(_ wanted: [String]) -> Int? { names.firstIndex { wanted.contains($0) } }
        guard let grade = column(["grade", "年级"]), let name = column(["class", "班级"]),
            let enrolled = column(["enrolled", "人数"]), let from = column(["from", "起"])
        else {
            diagnostics.append(
                source.error(
                    "units.header", at: source.line(at: 0), "表头应为grade,class,enrolled,from,until,aliases。",
                    "The header must be grade,class,enrolled,from,until,aliases.",
                    fix: .init("把第一行改成这六列。", "Make these six columns the first line."), confidential: true))
            return .empty
        }
        let (until, aliases) = (column(["until", "止"]), column(["aliases", "别名"]))
        var entries: [Entry] = []
        for row in table.rows.dropFirst() {
            func text(_ index: Int?) -> String { index.flatMap { $0 < row.count ? table.text(row[$0]) : nil } ?? "" }
            guard let count = Int(text(enrolled).halfWidth.replacing("人", with: "").trimmed), count > 0,
                case .day(let start) = DateReading(text(from)),
                !text(grade).isEmpty, !text(name).isEmpty
            else {
                diagnostics.append(badRow(source, row))
                continue
            }
            let spellings = Set(([text(name)] + text(aliases).split(separator: "|").map(String.init)).map(folded))
            if let other = entries.first(where: { !$0.spellings.isDisjoint(with: spellings) && $0.until == nil }) {
                diagnostics.append(sameName(source, row, other.name))
            }
            let end: Day? = if case .day(let day) = DateReading(text(until)) { day } else { nil }
            entries.append(
                Entry(
                    grade: text(grade), name: text(name), enrolled: count, from: start, until: end,
                    spellings: spellings))
        }
        return ClassList(entries: entries)
    }

    private static func folded(_ name: String) -> String { name.halfWidth.filter { !$0.isWhitespace }.lowercased() }
}

extension ClassList.Entry {
    fileprivate func exists(on day: Day) -> Bool { from <= day && until.map { day <= $0 } ?? true }
}

private func sameName(_ source: SourceFile, _ row: [CSVTable.Cell], _ name: String) -> Diagnostic {
    source.error(
        "units.repeated", at: row[0].range, "这个班的名称或别名，“\(name)”已经用了。",
        "A name or alias of this class belongs to “\(name)” already.",
        fix: .init("同一个名称只能属于一个班。", "A name belongs to one class."), confidential: true)
}

private func badRow(_ source: SourceFile, _ row: [CSVTable.Cell]) -> Diagnostic {
    source.error(
        "units.row", at: row[0].range, "这一行要有年级、班级、人数（整数）和起始日期。",
        "The row needs a grade, a class, a whole number of pupils and a first day.",
        fix: .init("例如：一年级,一（1）班,42,2026-09-01,,", "For example: 一年级,一（1）班,42,2026-09-01,,"), confidential: true)
}
