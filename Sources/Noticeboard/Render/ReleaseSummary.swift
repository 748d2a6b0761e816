import Formats
import Statistics

/// What a dataset of persons says of a day, in words. Everything here is made from what is published, and from nothing
/// else.
struct ReleaseSummary {
    let definition: DatasetDefinition
    let publication: DatasetDefinition.Publication
    let days: [ProtectedDay]

    /// Nil for a dataset of which nothing is published.
    init?(_ dataset: Dataset) {
        guard let publication = dataset.definition.publication else { return nil }
        definition = dataset.definition
        self.publication = publication
        days = dataset.release.days
    }

    var latest: ProtectedDay? { days.last }

    /// The newest day in a sentence or two.
    var sentence: String {
        guard let latest else { return "还没有可以公布的数据。" }
        return sentence(of: latest) + comparison(latest)
    }

    func sentence(of day: ProtectedDay) -> String {
        if day.isWithdrawn { return "数据更正，原来公布的数字已撤回。" }
        guard let statement = day.total.statement else { return "为保护个人，这一天的数字不公布。" }
        let roll = publication.isOfRoll ? day.total.roll.map { "（共\($0)人）" } ?? "" : ""
        let done =
            !publication.isOfRoll
            ? nil
            : publication.done.flatMap { name in
                day.total.restCount.map { "\(name)\($0)人\(roll)，" }
            }
        let missing = day.expected.count(where: \.isMissing)
        let note = missing > 0 ? "，\(missing)个单位未报、没有计入" : ""
        return "\(done ?? "")\(publication.label)\(statement.words)\(done == nil ? roll : "")\(note)。"
    }

    /// The share of the newest day that is not counted, in words: 出勤率96.2%–96.6%.
    var rate: String? {
        guard publication.isOfRoll, let done = publication.done else { return nil }
        return latest?.total.restRate.map { "\(done)率\($0)" }
    }

    /// How the newest day compares with the one before, as far as steps can tell.
    private func comparison(_ day: ProtectedDay) -> String {
        guard day.isComparable, let statement = day.total.statement,
            let before = days.last(where: { $0.day < day.day && $0.isComparable })?.total.statement
        else { return "" }
        if statement == before { return "与上次同一档。" }
        return "上次\(before.words)。"
    }

    /// The mean of the last seven days on which nearly everybody reported, as a range; nil while there are fewer, or where
    /// one has no upper end.
    func average(upTo day: ProtectedDay) -> String? {
        let week = days.filter { $0.day <= day.day && $0.isComparable }.suffix(7)
        let ends = week.compactMap { day in day.total.statement?.high.map { (day.total.statement!.low, $0) } }
        guard week.count == 7, ends.count == 7, day.isComparable else { return nil }
        let low = Double(ends.reduce(0) { $0 + $1.0 }) / 7
        let high = Double(ends.reduce(0) { $0 + $1.1 }) / 7
        return "\(tenths(low))–\(tenths(high))人"
    }

    func label(cause: String) -> String { definition.columns.first { $0.id == cause }?.label ?? cause }

    /// The last ten days on which there was school, newest last: those with a report, and weekdays between them without.
    var lastDays: [(day: Day, published: ProtectedDay?)] {
        guard let last = days.last?.day, let first = days.first?.day else { return [] }
        let known = Dictionary(days.map { ($0.day, $0) }) { $1 }
        var result: [(day: Day, published: ProtectedDay?)] = []
        var day = last
        while result.count < 10, day >= first {
            if known[day] != nil || (1...5).contains(day.weekday) { result.append((day, known[day])) }
            day = day.adding(-1)
        }
        return result.reversed()
    }
}

/// A number with one decimal, always.
private func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
}
