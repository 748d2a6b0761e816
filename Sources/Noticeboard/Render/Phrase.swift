import Formats

/// What the program itself says on pages that there are in several languages; everything else stands in templates. The raw
/// value is the text's key in `templates/locales/`.
enum Phrase: String, CaseIterable, Sendable {
    case language = "language"
    case dateRange = "day.range"
    case comma = "list.comma"

    case today = "nav.today"
    case notices = "nav.notices"
    case figures = "nav.figures"
    case guide = "nav.guide"
    case organisation = "nav.organisation"
    case duty = "nav.duty"
    case contacts = "nav.contacts"
    case search = "nav.search"
    case verify = "nav.verify"
    case changes = "nav.changes"
    case privacy = "nav.privacy"
    case feeds = "nav.feeds"
    case notFound = "not-found.heading"
    case organisationHeading = "organisation.heading"
    case duties = "duties.heading"
    case dutyRoster = "roster.heading"
    case zeroReport = "reports.heading"
    case proof = "proof.heading"
    case weekSheet = "week-sheet.heading"
    case temperatureSheet = "guide.temperature"
    case desk = "desk.heading"
    case deskOf = "desk.of"

    case superseded = "state.superseded"
    case expired = "state.expired"
    case withdrawn = "state.withdrawn"

    case calm = "today.calm"
    case calmButImportant = "today.calm-important"
    case alarm = "today.alarm"
    case nothingAsked = "today.nothing-asked"
    case sinceYesterday = "since.yesterday"
    case sinceFriday = "since.friday"
    case sinceLastFriday = "since.last-friday"
    case newNotice = "change.new"
    case corrected = "change.corrected"

    case currentNotices = "list.current"
    case categoryNotices = "list.category"
    case teamNotices = "list.team"
    case yearNotices = "list.year"
    case languageNotices = "list.language"
    case pageTitle = "list.page-title"
    case aYear = "list.a-year"

    static let keySet = Set(keys)

    /// Every key that the program asks for.
    static let keys =
        allCases.map(\.rawValue) + DatePattern.allCases.map(\.rawValue) + (1...12).map { "month.\($0)" }
        + (0...6).map { "weekday.\($0)" }
}

extension Wording {
    func text(_ phrase: Phrase, _ values: KeyValuePairs<String, String> = [:]) -> String {
        text(phrase.rawValue, values)
    }

    /// A moment as it is read: `2026年11月25日 14:00`.
    func moment(_ moment: Moment, in zone: TimeZone, _ pattern: DatePattern = .plain) -> String {
        let local = zone.local(moment)
        return "\(date(local.day, pattern)) \(local.clock)"
    }

    /// Up to when a notice holds, or nothing.
    func validity(of notice: Notice, in zone: TimeZone) -> String? {
        if let day = notice.lastDay { return date(day) }
        return notice.expiresAt.map { moment($0, in: zone) }
    }

    /// When something takes place: `2026年11月25日 星期三 14:00–16:00`.
    func when(_ event: Notice.Event, in zone: TimeZone) -> String {
        let first = zone.local(event.start.moment).day
        let start = event.start.isDay ? date(first, .withWeekday) : moment(event.start.moment, in: zone, .withWeekday)
        guard let end = event.end else { return start }
        let last = zone.local(end.moment)
        if last.day == first { return end.isDay ? start : "\(start)–\(last.clock)" }
        let to = end.isDay ? date(last.day, .withWeekday) : moment(end.moment, in: zone, .withWeekday)
        return text(.dateRange, ["from": start, "to": to])
    }
}
