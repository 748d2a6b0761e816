/// What came of reading a date.
public enum DateReading: Equatable, Sendable {
    case day(Day)
    case moment(LocalTime, offset: Int?)
    /// 2月3日.
    case yearMissing
    /// 2020-02-30.
    case noSuchDay
    /// 43864, a spreadsheet's day number, with the day that it means (1900 date system).
    case serialNumber(Day)
    case notADate

    /// Reads a day as people write it — 2020-02-03, 2020.2.3, 2020/2/3, 20200203, 2020年2月3日 — full-width digits too, with
    /// its weekday behind it, or with a time: `2020-02-03 08:30`, or RFC 3339 `2020-02-03T08:30:00+08:00`.
    public init(_ text: String) {
        if let plain = DateReading.plain(text) {
            self = plain
            return
        }
        let text = DateReading.withoutWeekday(text.halfWidth.trimmed)
        if text.utf8.count == 8, let number = Int(text), number > 19_000_000 {
            self =
                Day(year: number / 10_000, month: number / 100 % 100, day: number % 100).map(DateReading.day)
                ?? .noSuchDay
            return
        }
        let fields = text.replacing("年", with: "-").replacing("月", with: "-").replacing("日", with: " ").replacing(
            "号", with: " ")
        var scanner = DigitScanner(fields)
        guard let first = scanner.number(), let separator = scanner.sign(among: "-./") else {
            self = DateReading.serial(text)
            return
        }
        guard let second = scanner.number() else { self = .notADate; return }
        guard scanner.sign(among: String(separator)) != nil, let third = scanner.number() else {
            self =
                (1...12).contains(first.value) && (1...31).contains(second.value) && scanner.isAtEnd
                ? .yearMissing : .notADate
            return
        }
        guard first.digits == 4 else { self = .notADate; return }
        guard let day = Day(year: first.value, month: second.value, day: third.value) else { self = .noSuchDay; return }
        self = scanner.isAtEnd ? .day(day) : DateReading.time(of: day, &scanner)
    }
}

extension DateReading {
    /// `2026-11-23`, and `2026-11-23T08:30:00+08:00`, as most dates are written; nil for every other spelling.
    private static func plain(_ text: String) -> DateReading? {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count == 10 || bytes.count == 25 else { return nil }
            func number(_ start: Int, _ count: Int) -> Int? {
                var value = 0
                for byte in bytes[start..<start + count] {
                    guard byte &- 48 < 10 else { return nil }
                    value = value * 10 + Int(byte - 48)
                }
                return value
            }
            func holds(_ sign: Character, _ index: Int) -> Bool { bytes[index] == sign.asciiValue }
            guard holds("-", 4), holds("-", 7), let year = number(0, 4), let month = number(5, 2),
                let date = number(8, 2),
                let day = Day(year: year, month: month, day: date)
            else { return nil }
            if bytes.count == 10 { return .day(day) }
            guard holds("T", 10), holds(":", 13), holds(":", 16), holds("+", 19), holds(":", 22),
                let hour = number(11, 2),
                let minute = number(14, 2), let second = number(17, 2), let hours = number(20, 2),
                let minutes = number(23, 2), hour < 24, minute < 60, second < 60, hours <= 14, minutes < 60
            else { return nil }
            let local = LocalTime(day, secondOfDay: hour * 3600 + minute * 60 + second)
            return .moment(local, offset: hours * 3600 + minutes * 60)
        }
    }

    /// 2026年11月20日（星期五） without what stands behind the day.
    private static func withoutWeekday(_ text: String) -> String {
        guard text.contains("星期") || text.contains("周") || text.contains("礼拜") else { return text }
        return text.replacing(/[ ,(\[]*(?:星期|周|礼拜)[一二三四五六日天][ )\]]*/, with: " ").trimmed
    }

    private static func serial(_ text: String) -> DateReading {
        guard text.count == 5, let number = Int(text), (20_000..<80_000).contains(number) else { return .notADate }
        return .serialNumber(Day(daysSince1970: number - 25_569))
    }

    private static func time(of day: Day, _ scanner: inout DigitScanner) -> DateReading {
        guard scanner.sign(among: "Tt ") != nil || scanner.previousIsBlank, let hour = scanner.number(),
            scanner.sign(among: ":") != nil, let minute = scanner.number(), hour.value < 24, minute.value < 60
        else { return .notADate }
        var second = 0
        if scanner.sign(among: ":") != nil {
            guard let value = scanner.number(), value.value < 60 else { return .notADate }
            second = value.value
        }
        let local = LocalTime(day, secondOfDay: hour.value * 3600 + minute.value * 60 + second)
        if scanner.isAtEnd { return .moment(local, offset: nil) }
        if scanner.sign(among: "Zz") != nil { return scanner.isAtEnd ? .moment(local, offset: 0) : .notADate }
        guard let sign = scanner.sign(among: "+-"), let hours = scanner.number(), scanner.sign(among: ":") != nil,
            let minutes = scanner.number(), scanner.isAtEnd, hours.value <= 14, minutes.value < 60
        else { return .notADate }
        return .moment(local, offset: (sign == "-" ? -1 : 1) * (hours.value * 3600 + minutes.value * 60))
    }
}

private struct DigitScanner {
    private var rest: Substring
    private(set) var previousIsBlank = false

    init(_ text: String) { rest = text[...] }

    var isAtEnd: Bool { rest.allSatisfy(\.isWhitespace) }

    mutating func number() -> (value: Int, digits: Int)? {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard (1...4).contains(digits.count), let value = Int(digits) else { return nil }
        rest = rest.dropFirst(digits.count)
        return (value, digits.count)
    }

    mutating func sign(among signs: String) -> Character? {
        previousIsBlank = rest.first == " "
        while rest.first == " ", !signs.contains(" ") || rest.dropFirst().first == " " { rest = rest.dropFirst() }
        guard let first = rest.first, signs.contains(first) else { return nil }
        rest = rest.dropFirst()
        return first
    }
}
