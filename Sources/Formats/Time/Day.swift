/// A calendar day of the Gregorian calendar, without a time zone.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let year: Int
    public let month: Int
    public let day: Int

    /// Nil where the calendar has no such day (2020-02-30).
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.length(of: month, in: year)
        else {
            return nil
        }
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day that lies `days` after 1970-01-01.
    public init(daysSince1970 days: Int) {
        // Days are counted in 400-year eras from March, so that leap days end a year (H. Hinnant, chrono algorithms).
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    public var daysSince1970: Int {
        let y = month <= 2 ? year - 1 : year
        let era = y / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    public func adding(_ days: Int) -> Day { Day(daysSince1970: daysSince1970 + days) }

    /// 0 is Sunday.
    public var weekday: Int { ((daysSince1970 + 4) % 7 + 7) % 7 }

    /// The Monday of its week.
    public var monday: Day { adding(-((weekday + 6) % 7)) }

    /// `2026-11-23`.
    public var description: String {
        DayWriter.text {
            $0.put(year, width: 4); $0.put("-"); $0.put(month, width: 2); $0.put("-"); $0.put(day, width: 2)
        }
    }

    /// `2026年11月23日`.
    public var chinese: String {
        DayWriter.text {
            $0.put(year); $0.put("年"); $0.put(month); $0.put("月"); $0.put(day); $0.put("日")
        }
    }

    /// `2026年11月23日 星期一`.
    public var chineseWithWeekday: String { "\(chinese) 星期\(["日", "一", "二", "三", "四", "五", "六"][weekday])" }

    /// `11月23日 周一`.
    public var chineseShort: String { "\(month)月\(day)日 周\(["日", "一", "二", "三", "四", "五", "六"][weekday])" }

    public static func < (a: Day, b: Day) -> Bool { (a.year, a.month, a.day) < (b.year, b.month, b.day) }

    public static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// Writes a day's few signs straight into a text: every page shows several days.
private struct DayWriter {
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private var count = 0

    static func text(_ write: (inout DayWriter) -> Void) -> String {
        String(unsafeUninitializedCapacity: 24) { buffer in
            var writer = DayWriter(buffer: buffer)
            write(&writer)
            return writer.count
        }
    }

    private init(buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

    mutating func put(_ sign: StaticString) {
        for index in 0..<sign.utf8CodeUnitCount { buffer[count + index] = sign.utf8Start[index] }
        count += sign.utf8CodeUnitCount
    }

    /// A number from 0 to 9999, with zeros in front up to a width.
    mutating func put(_ number: Int, width: Int = 1) {
        let digits = max(width, number > 999 ? 4 : number > 99 ? 3 : number > 9 ? 2 : 1)
        var rest = number
        for index in (0..<digits).reversed() {
            buffer[count + index] = UInt8(48 + rest % 10)
            rest /= 10
        }
        count += digits
    }
}

/// A number with zeros in front.
public func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
