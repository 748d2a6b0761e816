/// A point in time, in seconds since 1970-01-01T00:00:00Z.
public struct Moment: Hashable, Comparable, Sendable {
    public let seconds: Int

    public init(seconds: Int) { self.seconds = seconds }

    public static func < (a: Moment, b: Moment) -> Bool { a.seconds < b.seconds }
}

/// A wall clock's reading: a day and the seconds since its midnight.
public struct LocalTime: Hashable, Comparable, Sendable {
    public let day: Day
    public let secondOfDay: Int

    public init(_ day: Day, secondOfDay: Int = 0) {
        self.day = day
        self.secondOfDay = secondOfDay
    }

    /// `08:30`.
    public var clock: String { "\(padded(secondOfDay / 3600, 2)):\(padded(secondOfDay / 60 % 60, 2))" }

    public static func < (a: LocalTime, b: LocalTime) -> Bool { (a.day, a.secondOfDay) < (b.day, b.secondOfDay) }

    fileprivate var secondsAsUTC: Int { day.daysSince1970 * 86_400 + secondOfDay }
}

/// A time zone as its offsets from UTC, in seconds east.
public struct TimeZone: Sendable, Equatable {
    public let name: String
    /// Offset from each moment on, in order; the first one holds for all time before.
    private let transitions: [Transition]

    private struct Transition: Sendable, Equatable {
        let from: Int
        let offset: Int
    }

    public init(name: String, offset: Int) {
        self.name = name
        transitions = [Transition(from: Int.min, offset: offset)]
    }

    /// Of the name and all offsets: a machine's zone files are renewed now and then.
    public var fingerprint: Fingerprint {
        transitions.reduce(into: Fingerprint(name)) {
            $0.mix(UInt64(bitPattern: Int64($1.from)))
            $0.mix(UInt64(bitPattern: Int64($1.offset)))
        }
    }

    /// China's time, UTC+8 (no summer time since 1991).
    public static let shanghai = TimeZone(name: "Asia/Shanghai", offset: 8 * 3600)

    /// The offset at noon of a day, in minutes east of Greenwich.
    public func minutesEast(on day: Day) -> Int { offset(at: moment(LocalTime(day, secondOfDay: 43_200))) / 60 }

    /// Reads a time zone file (TZif, RFC 8536), version 2 or later; nil where it is none.
    public init?(name: String, tzif bytes: [UInt8]) {
        guard bytes.count > 44, bytes.starts(with: Array("TZif".utf8)), bytes[4] >= UInt8(ascii: "2") else {
            return nil
        }
        func int(_ at: Int, _ width: Int) -> Int {
            let value = bytes[at..<at + width].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return width == 4 ? Int(Int32(truncatingIfNeeded: value)) : Int(Int64(bitPattern: value))
        }
        func counts(_ header: Int) -> [Int] { (0..<6).map { int(header + 20 + 4 * $0, 4) } }
        let first = counts(0)
        let skipped = first[0] + first[1] + first[2] * 8 + first[3] * 5 + first[4] * 6 + first[5]
        let header = 44 + skipped
        guard first.allSatisfy({ $0 >= 0 }), header + 44 <= bytes.count else { return nil }
        let (times, types) = (counts(header)[3], counts(header)[4])
        let (timesAt, typeAt) = (header + 44, header + 44 + times * 8)
        let infoAt = typeAt + times
        guard times >= 0, types > 0, infoAt + types * 6 <= bytes.count else { return nil }
        var transitions = [Transition(from: Int.min, offset: int(infoAt, 4))]
        for index in 0..<times {
            let type = Int(bytes[typeAt + index])
            guard type < types else { return nil }
            transitions.append(Transition(from: int(timesAt + 8 * index, 8), offset: int(infoAt + 6 * type, 4)))
        }
        self.name = name
        self.transitions = transitions
    }

    public func offset(at moment: Moment) -> Int {
        transitions.last { $0.from <= moment.seconds }?.offset ?? transitions[0].offset
    }

    public func local(_ moment: Moment) -> LocalTime {
        let days = daysSince1970(moment)
        return LocalTime(
            Day(daysSince1970: days), secondOfDay: moment.seconds + offset(at: moment) - days * 86_400)
    }

    /// The day that the wall clock shows, as days since 1970-01-01.
    public func daysSince1970(_ moment: Moment) -> Int {
        let shifted = moment.seconds + offset(at: moment)
        return shifted >= 0 ? shifted / 86_400 : (shifted - 86_399) / 86_400
    }

    /// The moment at which the wall clock shows `local`.
    public func moment(_ local: LocalTime) -> Moment {
        let guess = Moment(seconds: local.secondsAsUTC - offset(at: Moment(seconds: local.secondsAsUTC)))
        return Moment(seconds: local.secondsAsUTC - offset(at: guess))
    }

    /// RFC 3339 with this zone's offset: `2026-11-23T08:30:00+08:00`.
    public func rfc3339(_ moment: Moment) -> String {
        let local = local(moment)
        let offset = offset(at: moment)
        let sign = offset < 0 ? "-" : "+"
        let zone = "\(sign)\(padded(abs(offset) / 3600, 2)):\(padded(abs(offset) / 60 % 60, 2))"
        return "\(local.day)T\(local.clock):\(padded(local.secondOfDay % 60, 2))\(zone)"
    }
}
