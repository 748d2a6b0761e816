/// How a day is written; the raw value is the key of its pattern.
public enum DatePattern: String, CaseIterable, Sendable {
    case plain = "day"
    case withWeekday = "day.weekday"
    case short = "day.short"
}

/// A pattern of a language, cut into pieces once, because every page shows several days.
struct DateText: Sendable {
    private enum Piece: Sendable {
        case words(String)
        case year, month, day, monthName, weekday
    }

    private let pieces: [Piece]
    private let months: [String]
    private let weekdays: [String]

    init(_ pattern: DatePattern, _ texts: [String: String]) {
        months = (1...12).map { texts["month.\($0)"] ?? "" }
        weekdays = (0...6).map { texts["weekday.\($0)"] ?? "" }
        var pieces: [Piece] = []
        var rest = (texts[pattern.rawValue] ?? "")[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            pieces.append(.words(String(rest[..<open.lowerBound])))
            switch rest[open.upperBound..<close.lowerBound] {
            case "year": pieces.append(.year)
            case "month": pieces.append(.month)
            case "month-name": pieces.append(.monthName)
            case "day": pieces.append(.day)
            case "weekday": pieces.append(.weekday)
            case let other: pieces.append(.words(String(other)))
            }
            rest = rest[close.upperBound...]
        }
        self.pieces = pieces + [.words(String(rest))]
    }

    func text(of day: Day) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .words(let words): text += words
            case .year: text += "\(day.year)"
            case .month: text += "\(day.month)"
            case .monthName: text += months[day.month - 1]
            case .day: text += "\(day.day)"
            case .weekday: text += weekdays[day.weekday]
            }
        }
        return text
    }
}
