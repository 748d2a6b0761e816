import Formats

/// Whether the duty roster leaves no hour without anybody, and asks nobody to be in two places.
struct DutyAdvice {
    private let shifts: [DutyRoster.Shift]

    init(_ roster: DutyRoster) { shifts = roster.shifts }

    var diagnostics: [Diagnostic] { missingDays + gaps + doubleBookings }

    private static let folder = "content/duty/"

    private var missingDays: [Diagnostic] {
        guard let first = shifts.first?.day, let last = shifts.last?.day, first < last else { return [] }
        let days = Set(shifts.map(\.day))
        let missing = (0...last.daysSince1970 - first.daysSince1970).map(first.adding).filter { !days.contains($0) }
        return missing.map { day in
            Diagnostic(
                .warning, "advice.duty-day-missing", in: DutyAdvice.folder, "\(day.chineseWithWeekday)没有排值班。",
                "Nobody is on duty on \(day).", fix: .init("补上这一天的班次。", "Add the day's shifts."))
        }
    }

    /// When shifts begin and end, in seconds since 1970 of the wall clock, in order.
    private var spans: [(from: Int, to: Int, shift: DutyRoster.Shift)] {
        shifts.compactMap { shift in
            let start = shift.day.daysSince1970 * 86_400
            return shift.hours.map { (start + $0.lowerBound, start + $0.upperBound, shift) }
        }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    }

    /// Hours between shifts, on a roster that mostly has none.
    private var gaps: [Diagnostic] {
        var found: [(from: Int, to: Int)] = []
        var end = spans.first?.to ?? 0
        for span in spans {
            // A whole day without any is told already.
            if span.from > end, span.from - end < 86_400 { found.append((end, span.from)) }
            end = max(end, span.to)
        }
        guard found.count * 5 < spans.count else { return [] }
        return found.map { from, to in
            let words = "\(time(from))–\(time(to))"
            return Diagnostic(
                .warning, "advice.duty-gap", in: DutyAdvice.folder, "\(words)没有人值班。", "Nobody is on duty \(words).",
                fix: .init("改班次的时间，首尾相接。", "Let the shifts meet."))
        }
    }

    private var doubleBookings: [Diagnostic] {
        let spans = spans
        return spans.indices.flatMap { index in
            spans[(index + 1)...].prefix { $0.from < spans[index].to }.filter {
                $0.shift.leader == spans[index].shift.leader
            }
            .map { other in
                Diagnostic(
                    .warning, "advice.duty-twice", in: DutyAdvice.folder,
                    "\(time(other.from))有两个班次都由“\(other.shift.leader)”带班。",
                    "“\(other.shift.leader)” leads two shifts at \(time(other.from)).",
                    fix: .init("换一位带班领导。", "Name another leader for one of them."))
            }
        }
    }

    private func time(_ seconds: Int) -> String {
        let day = Day(daysSince1970: seconds / 86_400)
        return "\(day) \(LocalTime(day, secondOfDay: seconds % 86_400).clock)"
    }
}
