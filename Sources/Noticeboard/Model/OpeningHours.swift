import Formats

/// When a telephone is answered, read from how a school writes it: `上学日 7:30–17:30`, `周一至周五 18:00–次日7:00，周末全天`.
public struct OpeningHours: Sendable, Equatable {
    /// Minutes of the week from Monday 00:00, in order; those that reach beyond Sunday go on from Monday.
    public let minutes: [Range<Int>]

    static let day = 24 * 60
    static let week = 7 * day

    /// Nil where the words are not understood: then nobody is told that the telephone is answered now.
    public init?(_ words: String) {
        var minutes: [Range<Int>] = []
        var days = Array(0..<7)
        for part in words.halfWidth.split(whereSeparator: { "，,；;、".contains($0) }) {
            guard let (named, hours) = OpeningHours.read(part) else { return nil }
            // A second time of the same days needs no second name.
            days = named ?? days
            minutes += days.map { hours.lowerBound + $0 * OpeningHours.day..<hours.upperBound + $0 * OpeningHours.day }
        }
        if minutes.isEmpty { return nil }
        self.minutes = OpeningHours.joined(minutes)
    }

    /// Whether it is answered at some time of a day, 0 being Monday.
    func isOpen(onDay day: Int) -> Bool {
        let whole = day * OpeningHours.day..<(day + 1) * OpeningHours.day
        return minutes.contains { $0.overlaps(whole) }
    }

    /// For the script: `0-600 1440-2040`.
    var code: String { minutes.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: " ") }
}

extension OpeningHours {
    /// The days of a part, where it names some, and its hours from its days' midnight.
    private static func read(_ part: Substring) -> (days: [Int]?, hours: Range<Int>)? {
        let pattern =
            /\s*(?<days>[^0-9\s全]*?)\s*(?<hours>全天(24\s*小时)?|24\s*小时|(?<from>[0-9]{1,2}):(?<fromMinute>[0-9]{2})\s*[-–—~至到]\s*(?<next>次日|第二天)?\s*(?<to>[0-9]{1,2}):(?<toMinute>[0-9]{2}))\s*/
        guard let match = part.wholeMatch(of: pattern) else { return nil }
        let named = match.output.days.isEmpty ? nil : OpeningHours.days(match.output.days)
        if named == nil, !match.output.days.isEmpty { return nil }
        guard let from = match.output.from.flatMap({ Int($0) }), let to = match.output.to.flatMap({ Int($0) }) else {
            return (named, 0..<day)
        }
        let start = from * 60 + (Int(match.output.fromMinute ?? "") ?? 0)
        let minutes = [match.output.fromMinute, match.output.toMinute].compactMap { $0.flatMap { Int($0) } }
        let end = to * 60 + (minutes.last ?? 0) + (match.output.next != nil ? day : 0)
        guard minutes.allSatisfy({ $0 < 60 }), start < day, start < end, end <= start + day else { return nil }
        return (named, start..<end)
    }

    private static func days(_ words: Substring) -> [Int]? {
        switch words {
        case "每天", "每日", "天天": return Array(0..<7)
        case "上学日", "工作日", "上课日", "平日": return Array(0..<5)
        case "周末", "双休日": return [5, 6]
        default:
            let names = words.split(whereSeparator: { "至到-–—~".contains($0) }).map { $0.replacing("星期", with: "周") }
            let days = names.compactMap { name in ["周一", "周二", "周三", "周四", "周五", "周六", "周日"].firstIndex(of: name) }
            if days.count != names.count || days.isEmpty || days.count > 2 { return nil }
            return days[0] <= days[days.count - 1] ? Array(days[0]...days[days.count - 1]) : nil
        }
    }

    private static func joined(_ minutes: [Range<Int>]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for range in minutes.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, range.lowerBound <= last.upperBound {
                result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        // What reaches beyond the week goes on from its beginning.
        guard let last = result.last, last.upperBound > week else { return result }
        result[result.count - 1] = last.lowerBound..<week
        return joined([0..<last.upperBound - week] + result)
    }
}
