import Formats

/// What a text brings with it from Word or from another page, and what contradicts its fields: its title again, its signature
/// and date at the end, a day with another day's weekday.
struct PastedText {
    private let source: SourceFile
    private let lines: [Range<Int>]
    private let title: String
    private let issuer: String
    private let date: Day

    /// - Parameter body: Where the text stands, behind its fields.
    init(_ source: SourceFile, body: Range<Int>, title: String, issuer: String, date: Day) {
        self.source = source
        lines = source.lines(in: body)
        (self.title, self.issuer, self.date) = (title, issuer, date)
    }

    var diagnostics: [Diagnostic] { repeatedTitle + signature + weekdays }
}

extension PastedText {
    private func text(_ line: Range<Int>) -> String { source.text(line).trimmed }

    private var repeatedTitle: [Diagnostic] {
        guard let first = lines.first(where: { !text($0).isEmpty }) else { return [] }
        let words = text(first).drop { $0 == "#" || $0 == "*" }.reversed().drop { $0 == "*" }.reversed()
        guard abs(words.count - title.count) < 12, PastedText.folded(String(words)) == PastedText.folded(title) else {
            return []
        }
        return [
            source.warning(
                "notice.repeated-title", at: first, "正文开头又写了一遍标题，页面上会出现两次。",
                "The text begins with the title, which the page shows already.",
                fix: .init("删去这一行。", "Delete the line.")
            ).fixed(by: source.removingLine(at: first.lowerBound))
        ]
    }

    /// The last lines, where they are no more than who signs and when.
    private var signature: [Diagnostic] {
        let last = lines.filter { !text($0).isEmpty }.suffix(2)
        return last.compactMap { line in
            let words = text(line)
            if words == issuer { return repeatedSignature(line) }
            guard words.count <= 20, case .day(let day) = DateReading(words) else { return nil }
            return day == date ? repeatedSignature(line) : otherDate(line, day)
        }
    }

    private func repeatedSignature(_ line: Range<Int>) -> Diagnostic {
        source.warning(
            "notice.repeated-signature", at: line, "正文末尾又写了落款或日期，页面会自动加上，就出现两次。",
            "The text ends with the issuer or the date, which the page adds by itself.",
            fix: .init("删去这一行。", "Delete the line.")
        ).fixed(by: source.removingLine(at: line.lowerBound))
    }

    private func otherDate(_ line: Range<Int>, _ day: Day) -> Diagnostic {
        source.warning(
            "notice.other-date", at: line, "正文末尾的日期是\(day.chinese)，字段里的成文日期是\(date.chinese)，不一致。",
            "The text is dated \(day), its field says \(date).",
            fix: .init("核对哪一个对，改好字段，再删去正文里的这一行。", "See which is right, mend the field, and delete the line.")
        ).fixed(by: source.removingLine(at: line.lowerBound))
    }

    /// 12月4日（星期一） where that day is a Friday.
    private var weekdays: [Diagnostic] {
        source.bytes.withUnsafeBufferPointer { bytes in
            lines.filter { Weekdays.isNamed(in: UnsafeBufferPointer(rebasing: bytes[$0])) }
        }.flatMap { line in Weekdays.mistakes(in: source.text(line), near: date).map { weekday(line, $0) } }
    }

    private func weekday(_ line: Range<Int>, _ mistake: Weekdays.Mistake) -> Diagnostic {
        let start = line.lowerBound + mistake.place
        let range = start..<start + mistake.written.utf8.count
        return source.warning(
            "date.weekday", at: range, "\(mistake.day.chinese)是星期\(mistake.right)，这里写的是“\(mistake.written)”。",
            "\(mistake.day) has another weekday.",
            fix: .init(
                "改为“\(mistake.correct)”；日期写错了，就改日期。", "Write “\(mistake.correct)”; or mend the date, if that is wrong.")
        ).fixed(by: source.replacing(range, with: mistake.correct))
    }

    private static func folded(_ text: String) -> String {
        text.halfWidth.filter { !$0.isWhitespace && !"，,。.：:《》“”\"".contains($0) }
    }
}

/// Days of a text that are given with their weekdays.
enum Weekdays {
    struct Mistake {
        let day: Day
        /// Where the weekday stands in the line, in bytes, and as what.
        let place: Int
        let written: String
        /// The right one, written in the same way.
        let correct: String
        let right: String
    }

    private static let signs = Array("日一二三四五六".unicodeScalars)
    private static let names = ["星期", "礼拜", "周"].map { Array($0.unicodeScalars) }

    /// Whether a weekday is named at all, which few lines do.
    static func isNamed(in line: UnsafeBufferPointer<UInt8>) -> Bool {
        line.firstIndex(of: "周") ?? line.firstIndex(of: "星期") ?? line.firstIndex(of: "礼拜") != nil
    }

    /// - Parameter near: The text's date: a day without its year is the nearest one to it.
    static func mistakes(in line: String, near date: Day) -> [Mistake] {
        let text = Array(line.unicodeScalars)
        return text.indices.compactMap { start in
            guard let name = names.first(where: { text[start...].starts(with: $0) }), start + name.count < text.count
            else { return nil }
            let sign = text[start + name.count]
            guard sign == "天" || signs.contains(sign), let day = day(before: start, in: text, near: date) else {
                return nil
            }
            let right = signs[day.weekday]
            if sign == right || sign == "天" && right == "日" { return nil }
            let word = String(String.UnicodeScalarView(name))
            return Mistake(
                day: day, place: text[..<start].reduce(0) { $0 + UTF8.width($1) }, written: "\(word)\(sign)",
                correct: "\(word)\(right)", right: "\(right)")
        }
    }

    /// The day that stands right before a weekday: 12月4日（星期五）, 2026-12-04（周五）. Read backwards, because few weekdays
    /// have one.
    private static func day(before end: Int, in text: [Unicode.Scalar], near date: Day) -> Day? {
        var rest = text[..<end]
        func drop(_ signs: String) -> Unicode.Scalar? {
            guard let last = rest.last, signs.unicodeScalars.contains(last) else { return nil }
            return rest.popLast()
        }
        func number(_ most: Int) -> Int? {
            let digits = rest.suffix(most).reversed().prefix { $0.value &- 48 < 10 }.reversed()
            rest = rest.dropLast(digits.count)
            return Int(String(String.UnicodeScalarView(digits)))
        }
        while drop(" \u{3000}") != nil {}
        _ = drop("（([,，")
        while drop(" \u{3000}") != nil {}
        _ = drop("日")
        guard let dayOfMonth = number(2), let sign = drop("月-./"), let month = number(2) else { return nil }
        let hasYear = drop("年-./") != nil
        let year = hasYear ? number(4) : nil
        guard year != nil || sign == "月" else { return nil }
        let years = year.map { [$0] } ?? [date.year, date.year + 1, date.year - 1]
        return years.compactMap { Day(year: $0, month: month, day: dayOfMonth) }.min {
            abs($0.daysSince1970 - date.daysSince1970) < abs($1.daysSince1970 - date.daysSince1970)
        }
    }
}
