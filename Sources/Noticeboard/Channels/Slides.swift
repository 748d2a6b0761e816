/// A text cut into slides that a screen shows one after the other, so that nothing of it is cut off.
struct Slides: Sendable {
    struct Slide: Sendable, Equatable {
        let title: [String]
        let lines: [String]
    }

    /// How much a slide holds: widths in characters of Chinese, lines in all.
    struct Room: Sendable {
        let title: Double
        let text: Double
        let foot: Double
        let lines: Int

        /// A screen's room, from its shape; sizes are parts of its shorter side (vmin), as in `templates/screen`.
        static func of(width: Int, height: Int, feet: Int = 1) -> Room {
            let (side, isUpright) = (Double(min(width, height)), height > width)
            let (wide, high) = (100 * Double(width) / side - 10, 100 * Double(height) / side)
            let (text, title) = isUpright ? (6.5, 7.4) : (5.6, 7.0)
            // Above stand the school and a word, below the foot; a line of text takes 1.45 of its size.
            let lines = Int((high - 35 - 6 * Double(feet - 1)) / (1.45 * text))
            // No font that is measured here: a few parts in a hundred are left for others.
            return Room(
                title: (wide / title * 0.97).rounded(.down), text: (wide / text * 0.97).rounded(.down),
                foot: (wide / 4.5 * 0.97).rounded(.down), lines: min(lines, isUpright ? 9 : 7))
        }
    }

    let slides: [Slide]

    init(title: String, texts: [String], room: Room) {
        let heading = Slides.wrap(title, width: room.title)
        // A heading that leaves no room for text is the text of a slide of its own.
        let isShort = heading.count <= 3
        let above = isShort ? heading : []
        let height = max(2, room.lines - above.count)
        let first = isShort ? [] : Slides.wrap(title, width: room.text)
        var pages: [[String]] = []
        for paragraph in [first] + texts.map({ Slides.wrap($0, width: room.text) }) where !paragraph.isEmpty {
            // A paragraph stays together where a slide can hold it.
            if let last = pages.last, last.count + paragraph.count <= height {
                pages[pages.count - 1] += paragraph
            } else {
                pages += Slides.parts(of: paragraph, height: height)
            }
        }
        if pages.isEmpty { pages = [[]] }
        slides = pages.map { Slide(title: above, lines: $0) }
    }

    /// A paragraph in parts of equal length, none longer than a slide.
    private static func parts(of lines: [String], height: Int) -> [[String]] {
        let count = (lines.count + height - 1) / height
        return (0..<count).map { Array(lines[$0 * lines.count / count..<($0 + 1) * lines.count / count]) }
    }

    /// Lines that are no wider than `width`, broken between Chinese characters and between words; no line begins with a mark
    /// that closes.
    static func wrap(_ text: String, width: Double) -> [String] {
        var lines: [String] = []
        var line: [Character] = []
        var used = 0.0
        for character in text {
            let next = Slides.width(character)
            if used + next > width, !line.isEmpty {
                let rest = tail(of: &line, before: character)
                lines.append(String(line).trimmed)
                line = rest
                used = rest.reduce(0) { $0 + Slides.width($1) }
                if line.isEmpty, character == " " { continue }
            }
            line.append(character)
            used += next
        }
        if !line.isEmpty { lines.append(String(line).trimmed) }
        return withoutOrphan(lines.filter { !$0.isEmpty })
    }

    /// Short texts on as few lines as hold them, each whole where a line can hold it.
    static func gathered(_ texts: [String], width: Double) -> [String] {
        var lines: [String] = []
        for text in texts {
            let longer = lines.last.map { "\($0)　\(text)" }
            if let longer, longer.reduce(0, { $0 + Slides.width($1) }) <= width {
                lines[lines.count - 1] = longer
            } else {
                lines += wrap(text, width: width)
            }
        }
        return lines
    }

    /// A last line of one character takes another one from the line above.
    private static func withoutOrphan(_ lines: [String]) -> [String] {
        guard lines.count > 1, let last = lines.last, last.filter({ !closing.contains($0) }).count == 1,
            let moved = lines[lines.count - 2].last, !isOfWord(moved), !closing.contains(moved)
        else { return lines }
        return lines.dropLast(2) + [String(lines[lines.count - 2].dropLast()), "\(moved)\(last)"]
    }

    /// What moves to the next line with `next`: the word that it belongs to, or the character that a closing mark follows.
    private static func tail(of line: inout [Character], before next: Character) -> [Character] {
        let moved =
            if isOfWord(next) || line.last?.isNumber == true && !closing.contains(next) {
                // A number stays with its unit, too.
                line.reversed().prefix(while: isOfWord).count
            } else if closing.contains(next) {
                line.reversed().prefix(while: closing.contains).count + 1
            } else {
                0
            }
        // A word as long as the line is cut where the line ends.
        guard moved > 0, moved < line.count else { return [] }
        defer { line.removeLast(moved) }
        return Array(line.suffix(moved))
    }

    /// Letters, digits and what stands between them in numbers, dates and addresses.
    private static func isOfWord(_ character: Character) -> Bool {
        character.isASCII && character != " " || character == "–"
    }

    private static let closing: Set<Character> = [
        "，", "。", "、", "；", "：", "！", "？", "）", "》", "”", "’", "】", "〕", "%", "％",
    ]

    /// In parts of a Chinese character; never less than any common font takes.
    static func width(_ character: Character) -> Double {
        guard let ascii = character.asciiValue else { return character == "–" ? 0.65 : 1 }
        switch ascii {
        case UInt8(ascii: "W"), UInt8(ascii: "M"), UInt8(ascii: "m"), UInt8(ascii: "w"), UInt8(ascii: "@"): return 1
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): return 0.8
        default: return 0.65
        }
    }
}
