/// A calendar as iCalendar text (RFC 5545): lines end in CR LF, are folded at 75 octets without splitting a character,
/// and texts are escaped.
public struct ICalendar: Sendable {
    /// When something is: whole days, or from one moment to another.
    public enum Span: Sendable {
        /// The first and the last day.
        case days(Day, Day)
        /// Moments in UTC; nil where no end was given.
        case time(Moment, Moment?)
    }

    public struct Event: Sendable {
        /// Stays the same for ever, whatever else of the event changes (RFC 5545, §3.8.4.7).
        public let uid: String
        /// When the event was last written down.
        public let stamp: Moment
        public let span: Span
        public let summary: String
        public let place: String
        public let description: String
        public let url: String

        public init(
            uid: String, stamp: Moment, span: Span, summary: String, place: String = "", description: String = "",
            url: String = ""
        ) {
            self.uid = uid
            self.stamp = stamp
            self.span = span
            self.summary = summary
            self.place = place
            self.description = description
            self.url = url
        }
    }

    private var text = ""

    public init(name: String, product: String) {
        line("BEGIN:VCALENDAR")
        line("VERSION:2.0")
        line("PRODID:-//\(product)//\(product)//ZH")
        line("CALSCALE:GREGORIAN")
        line("METHOD:PUBLISH")
        line("X-WR-CALNAME:\(ICalendar.escaped(name))")
    }

    public mutating func add(_ event: Event) {
        line("BEGIN:VEVENT")
        line("UID:\(event.uid)")
        line("DTSTAMP:\(ICalendar.utc(event.stamp))")
        switch event.span {
        case .days(let first, let last):
            line("DTSTART;VALUE=DATE:\(ICalendar.date(first))")
            // The end is the day after the last one (§3.6.1).
            line("DTEND;VALUE=DATE:\(ICalendar.date(last.adding(1)))")
        case .time(let start, let end):
            line("DTSTART:\(ICalendar.utc(start))")
            if let end, end > start { line("DTEND:\(ICalendar.utc(end))") }
        }
        line("SUMMARY:\(ICalendar.escaped(event.summary))")
        if !event.place.isEmpty { line("LOCATION:\(ICalendar.escaped(event.place))") }
        if !event.description.isEmpty { line("DESCRIPTION:\(ICalendar.escaped(event.description))") }
        if !event.url.isEmpty { line("URL:\(event.url)") }
        line("END:VEVENT")
    }

    public var bytes: [UInt8] { Array((text + "END:VCALENDAR\r\n").utf8) }
}

extension ICalendar {
    /// Adds a line, folded (§3.1): the lines that go on begin with a space, which counts to their 75 octets.
    private mutating func line(_ content: String) {
        var room = 75
        for scalar in content.unicodeScalars {
            let width = UTF8.width(scalar)
            if width > room {
                text += "\r\n "
                room = 74
            }
            text.unicodeScalars.append(scalar)
            room -= width
        }
        text += "\r\n"
    }

    /// Text as a value (§3.3.11).
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case ";": result += "\\;"
            case ",": result += "\\,"
            case "\n": result += "\\n"
            case "\r": break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func date(_ day: Day) -> String { day.description.replacing("-", with: "") }

    private static func utc(_ moment: Moment) -> String {
        let local = TimeZone(name: "UTC", offset: 0).local(moment)
        let second = padded(local.secondOfDay % 60, 2)
        return "\(date(local.day))T\(local.clock.replacing(":", with: ""))\(second)Z"
    }
}
