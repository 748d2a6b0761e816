import Formats
import Statistics

/// Until when a dataset's newest figures are the newest that there can be.
struct Freshness: Sendable {
    /// The day of the newest report or release.
    let newest: Day
    /// The school day after it, and when its report is due. Holidays are not known; weekends are.
    let due: LocalTime

    /// Nil where nothing was ever reported.
    init?(_ dataset: Dataset) {
        let days = [dataset.reports.last?.day, dataset.release.days.last?.day, dataset.attendance.map(\.day).max()]
        guard let newest = days.compactMap({ $0 }).max() else { return nil }
        self.newest = newest
        var next = newest.adding(1)
        while next.weekday == 0 || next.weekday == 6 { next = next.adding(1) }
        // A day of persons is published when it is closed, whoever has not reported.
        let publication = dataset.definition.publication
        let second = publication.map { $0.closes ?? 86_399 } ?? dataset.definition.secondOfDue ?? 86_399
        due = LocalTime(next, secondOfDay: second)
    }

    /// Whether a report is overdue.
    func isStale(_ now: LocalTime) -> Bool { now >= due }
}

extension Site {
    /// When the next figures will be overdue.
    func nextStaleness(after now: LocalTime) -> LocalTime? {
        datasets.filter { $0.definition.kind == .operational || $0.definition.publication != nil }
            .compactMap { Freshness($0)?.due }.filter { $0 > now }.min()
    }
}
