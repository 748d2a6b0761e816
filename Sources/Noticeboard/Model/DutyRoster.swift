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
    }

    public var shifts: [Shift] = []
    /// A day and a shift's name for each shift, to notice one that is given twice.
    var keys: Set<String> = []

    /// The shifts in force at a wall-clock time; without hours a shift lasts its whole day.
    public func shifts(at time: LocalTime) -> [Shift] {
        shifts.filter { shift in
            let elapsed = (time.day.daysSince1970 - shift.day.daysSince1970) * 86_400 + time.secondOfDay
            return (shift.hours ?? 0..<86_400).contains(elapsed)
        }
    }
}
