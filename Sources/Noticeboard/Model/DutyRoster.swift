import Formats

/// Who is on duty, by day and shift; posts, not names.
public struct DutyRoster: Sendable {
    public struct Shift: Sendable {
        public let day: Day
        public let name: String
        public let leader: String
        public let onDuty: String
        public let phone: String
        /// Start and end in seconds after the day's midnight, read from a name such as `夜班 17:30–次日07:30`.
        public let hours: Range<Int>?

        /// When it lasts, in seconds of the wall clock since 1970-01-01 00:00; without hours its whole day.
        var span: Range<Int> {
            let midnight = LocalTime(day).seconds
            let hours = hours ?? 0..<86_400
            return midnight + hours.lowerBound..<midnight + hours.upperBound
        }
    }

    public var shifts: [Shift] = []
    /// A day and a shift's name for each shift, to notice one that is given twice.
    var keys: Set<String> = []

    /// The shifts in force at a wall-clock time.
    public func shifts(at time: LocalTime) -> [Shift] { shifts.filter { $0.span.contains(time.seconds) } }

    /// Who is on duty at a wall-clock time and for the rest of its day, in the order in which they begin: at two in the
    /// morning the shift that began the evening before stands first.
    public func shifts(from time: LocalTime) -> [Shift] {
        let end = LocalTime(time.day.adding(1)).seconds
        return shifts.filter { $0.span.upperBound > time.seconds && $0.span.lowerBound < end }
            .sorted { ($0.span.lowerBound, $0.name) < ($1.span.lowerBound, $1.name) }
    }

    /// The next time at which a shift begins or ends.
    public func nextChange(after time: LocalTime) -> LocalTime? {
        let now = time.seconds
        let ends = shifts.lazy.flatMap { [$0.span.lowerBound, $0.span.upperBound] }
        return ends.filter { $0 > now }.min().map { end in
            let days = end.quotientAndRemainder(dividingBy: 86_400)
            return LocalTime(Day(daysSince1970: days.quotient), secondOfDay: days.remainder)
        }
    }
}

extension LocalTime {
    /// Of the wall clock since 1970-01-01 00:00, as if no day were longer than another.
    fileprivate var seconds: Int { day.daysSince1970 * 86_400 + secondOfDay }
}
