import Formats

/// An internal threshold: so many cases in one class, grade or the school within some days are to be looked into and reported.
/// What passes it is told to the coordination team, never to a page.
///
/// The numbers that apply where a dataset names none are those in use at schools: three similar cases in a class in a day, five in
/// three days, or three in ten of a class.
struct Alert: Sendable {
    enum Measure: Sendable {
        /// New cases within so many days, at least.
        case cases(least: Int, days: Int)
        /// Percent of a column, today.
        case share(percent: Int, of: Int)
    }

    let name: String
    let count: Expression
    let scope: DatasetDefinition.Publication.Finest
    let measure: Measure
}

extension Alert {
    /// Reads `alerts`; where there are none, the usual ones for each column of ill persons in a report by class.
    static func load(
        _ reader: inout FieldReader, columns: [DatasetDefinition.Column], roll: Int?
    ) -> [Alert] {
        guard reader.node(["alerts", "预警"]) != nil else { return usual(columns, roll) }
        var alerts: [Alert] = []
        for var entry in reader.list("alerts", "预警") {
            if let alert = Alert(&entry, columns: columns) { alerts.append(alert) }
            reader.take(&entry)
        }
        return alerts
    }

    private init?(_ entry: inout FieldReader, columns: [DatasetDefinition.Column]) {
        let name = entry.text("name", "名称")
        let scopes = DatasetDefinition.Publication.Finest.allCases.map { (names: [$0.rawValue], value: $0) }
        scope = entry.choice(["in", "范围"], scopes) ?? .class
        let days = entry.integer("days", "天数", in: 1...30) ?? 1
        let least = entry.integer("least", "例数", in: 1...10_000)
        let share = entry.integer("share", "百分比", in: 1...100)
        let of = entry.reference("of", "总数").flatMap { DatasetDefinition.column($0, columns, &entry) }
        guard let given = entry.reference("count", "人数", required: true),
            let count = Expression(given.name[...], at: given.range, columns: columns, &entry)
        else { return nil }
        if let least {
            measure = .cases(least: least, days: days)
        } else if let share, let of {
            measure = .share(percent: share, of: of)
        } else {
            entry.report(incomplete(entry.source, given.range))
            return nil
        }
        self.count = count
        self.name = name ?? count.words(columns)
    }

    private init(_ column: Int, _ columns: [DatasetDefinition.Column], _ measure: Measure) {
        count = Expression(column: column)
        name = columns[column].label
        scope = .class
        self.measure = measure
    }

    private static func usual(_ columns: [DatasetDefinition.Column], _ roll: Int?) -> [Alert] {
        guard columns.contains(where: { $0.kind == .class }) else { return [] }
        return columns.indices.filter { columns[$0].countsPersons && columns[$0].namesIllness }.flatMap { column in
            [Measure.cases(least: 3, days: 1), .cases(least: 5, days: 3)].map { Alert(column, columns, $0) }
                + (roll.map { [Alert(column, columns, .share(percent: 30, of: $0))] } ?? [])
        }
    }
}

extension Expression {
    /// One column.
    init(column: Int) { terms = [Term(column: column, sign: 1)] }
}

private func incomplete(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
    source.error(
        "dataset.alert", at: range, "预警要写least（例数），或同时写share（百分比）和of（总人数的列）。",
        "An alert needs least, or share together with of.",
        fix: .init(
            "例如 {count: fever, in: class, days: 3, least: 5}",
            "For example {count: fever, in: class, days: 3, least: 5}"))
}
