import Formats

/// A table as cells: whether it tells how many persons of a class, or of the school on a day, are ill or absent.
package struct Grid {
    package struct Cell {
        package let text: String
        package let range: Range<Int>

        package init(text: String, range: Range<Int>) {
            (self.text, self.range) = (text, range)
        }
    }

    private let rows: [[Cell]]

    package init(_ rows: [[Cell]]) { self.rows = rows }

    /// The counts that must not be told, of a table below some words (a heading, a file's name).
    package func found(below lead: String, threshold: Int = 5) -> [PersonalPhrases.Found] {
        let texts = rows.map { $0.map { Reading(Sentence(text: $0.text)) } }
        let around = Reading(Sentence(text: lead))
        if around.isSupposed || around.isElsewhere || around.has(.duty) { return [] }
        if let cell = ofPersons(texts) { return [cell] }
        var found: [PersonalPhrases.Found] = []
        for (number, row) in rows.enumerated() {
            for (column, cell) in row.enumerated() {
                guard let value = Grid.count(cell.text) else { continue }
                let beside = texts[number].enumerated().filter { $0.offset != column }.map(\.element)
                let above = texts[..<number].compactMap { column < $0.count ? $0[column] : nil }
                let titles = texts[..<number].filter { $0.count(where: { !$0.sentence.characters.isEmpty }) == 1 }
                    .joined()
                if let answer = answer(value, above + titles, beside, around, threshold) {
                    found.append(
                        .init(
                            kind: .count, answer: answer, sentence: cell.range, place: cell.range.lowerBound,
                            value: value,
                            number: cell.range))
                }
            }
        }
        return found
    }
}

extension Grid {
    /// A line of a person (a name, a number, a bed) beside what is told of health: the first cell that is filled in.
    private func ofPersons(_ texts: [[Reading]]) -> PersonalPhrases.Found? {
        guard let header = texts.first, rows.count > 1 else { return nil }
        guard let column = header.firstIndex(where: { $0.firstPlace(of: Lexicon.keys) != nil }),
            header.contains(where: { !$0.health.isEmpty || $0.firstPlace(of: Lexicon.facts) != nil })
        else { return nil }
        let filled = rows.dropFirst().first { row in
            guard column < row.count else { return false }
            let text = row[column].text.trimmed
            return text.unicodeScalars.contains { $0.isCommonHan || $0.isASCIILetter || ("0"..."9").contains($0) }
                && Lexicon.blanks.firstPlace(in: Array(text.unicodeScalars)) == nil && !text.contains("×")
        }
        return filled.map {
            .init(kind: .name, answer: .question, sentence: $0[column].range, place: $0[column].range.lowerBound)
        }
    }

    /// A whole number alone, with or without its counter.
    private static func count(_ text: String) -> Int? {
        var text = Substring(text.halfWidth.trimmed)
        if let last = text.last, "人名例位".contains(last) { text = text.dropLast() }
        guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy({ 48...57 ~= $0 }) else { return nil }
        return Int(text)
    }

    private func answer(
        _ value: Int, _ above: [Reading], _ beside: [Reading], _ lead: Reading, _ threshold: Int
    ) -> PersonalPhrases.Answer? {
        let header = above.filter { !$0.sentence.characters.isEmpty && !$0.isNumber }
        if header.contains(where: \.isOfThings) || beside.contains(where: { $0.has(.duty) }) { return nil }
        if header.contains(where: \.isGeneral) || beside.contains(where: \.isGeneral) { return nil }
        let isHealth =
            header.contains(where: \.countsHealth)
            || (header.isEmpty || header.contains { $0.isAnyCount || $0.isPart })
                && (beside.contains { !$0.health.isEmpty } || !lead.health.isEmpty || lead.countsHealth)
        guard isHealth else { return nil }
        let isOfPart = (header + beside).contains { $0.isPart } || !lead.sentence.classes.isEmpty
        if value == 0 { return isOfPart ? .question : nil }
        if isOfPart { return .refused }
        return value < threshold ? .refused : .question
    }
}

extension Reading {
    fileprivate var isNumber: Bool { sentence.characters.allSatisfy { ("0"..."9").contains($0) } }

    /// 天, 小时, ℃, %: what the column measures is no number of persons.
    fileprivate var isOfThings: Bool {
        let isOfPersons = sentence.indices.contains { sentence.holds(["人"], at: $0) || sentence.holds(["例"], at: $0) }
        return !isOfPersons && firstPlace(of: Lexicon.measures) != nil
    }

    /// A header that counts illness or absence: 发热人数, 因病缺勤, 实到.
    fileprivate var countsHealth: Bool {
        !health.isEmpty
            || firstPlace(of: Lexicon.presence) != nil && !has(.things)
    }

    /// 人数, 数量, 合计, a day: a header that may count anything.
    fileprivate var isAnyCount: Bool { firstPlace(of: Lexicon.anyCounts) != nil }

    /// A class, a grade, a group.
    fileprivate var isPart: Bool {
        !sentence.classes.isEmpty || has(.groups)
            || looseClass != nil
            || sentence.indices.contains { index in
                sentence.holds(["年", "级"], at: index) || sentence.character(index) == "班"
                    || sentence.characters[index].isOne(of: "初高") && sentence.isNumeral(index + 1)
            }
    }
}

/// The lines of a Markdown table, gathered.
struct PipeLines {
    private var lines: [Range<Int>] = []
    private var done: [Range<Int>]?
    private(set) var isOpen = false

    mutating func add(_ line: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) {
        if bytes[line].contains(UInt8(ascii: "|")) {
            isOpen = true
            lines.append(line)
        } else {
            isOpen = false
            (done, lines) = (lines, [])
        }
    }

    /// The table that has just ended.
    mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) -> PipeGrid? {
        defer { done = nil }
        return done.map { PipeGrid(lines: $0) }
    }

    mutating func close(_ bytes: UnsafeBufferPointer<UInt8>) -> PipeGrid? {
        lines.isEmpty ? nil : PipeGrid(lines: lines)
    }
}

struct PipeGrid {
    let lines: [Range<Int>]

    func found(
        below leads: [Range<Int>], _ bytes: UnsafeBufferPointer<UInt8>, _ threshold: Int
    ) -> [PersonalPhrases.Found] {
        let signs = lines.reduce(into: Lexicon.Signs()) { $0.formUnion(PhraseScan.signs(of: $1, in: bytes)) }
            .union(leads.reduce(into: Lexicon.Signs()) { $0.formUnion(PhraseScan.signs(of: $1, in: bytes)) })
        guard !signs.isDisjoint(with: [.illness, .state, .name]) || isOfBeds(bytes) else { return [] }
        let rows = lines.map { cells($0, bytes) }.filter { row in
            !row.allSatisfy { $0.text.allSatisfy { "-: ".contains($0) } }
        }
        let lead = leads.suffix(2).map { String(decoding: bytes[$0], as: UTF8.self) }.joined(separator: ",")
        return Grid(rows).found(below: lead, threshold: threshold)
    }

    /// 学号, 床位: keys of persons whose characters are no signs by themselves.
    private func isOfBeds(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        lines.first.map { Lexicon.keys.firstPlace(in: Sentence(bytes, $0).characters) != nil } ?? false
    }

    private func cells(_ line: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> [Grid.Cell] {
        var cells: [Grid.Cell] = []
        var start = bytes[line.lowerBound] == UInt8(ascii: "|") ? line.lowerBound + 1 : line.lowerBound
        while start <= line.upperBound {
            let end =
                bytes.firstIndex(of: UInt8(ascii: "|"), from: start).map { min($0, line.upperBound) } ?? line.upperBound
            if start < end || end < line.upperBound {
                cells.append(
                    .init(text: String(decoding: bytes[start..<end], as: UTF8.self).trimmed, range: start..<end))
            }
            start = end + 1
        }
        return cells
    }
}
