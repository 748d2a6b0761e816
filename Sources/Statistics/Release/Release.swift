import Formats

/// Turns raw reports into what may be published: the ledger as it stands, and what this build adds to it.
///
/// A day is released once, when everybody has reported, or when it is closed; from then on it is what the ledger says.
public struct Release: Sendable {
    /// By dataset.
    public private(set) var releases: [String: ProtectedRelease] = [:]
    /// The ledger with this build's rows at its end.
    public private(set) var ledger: Ledger
    /// When a day that waits for reports will be closed, if that is today.
    public private(set) var nextClosing: LocalTime?

    /// `now` is the wall clock's reading, `build` the same moment as the ledger names it.
    public init(
        _ reports: [(definition: DatasetDefinition, days: [PersonReport])], classes: ClassList, safeguards: Safeguards,
        ledger: Ledger, now: LocalTime, build: String, into diagnostics: inout [Diagnostic]
    ) {
        self.ledger = ledger
        if let lowered = ledger.raisedK.map({ safeguards.k < $0 }), lowered { diagnostics.append(loweredK()) }
        let published = ledger.releases
        for (definition, days) in reports {
            guard let publication = definition.publication else { continue }
            let known = Dictionary(
                uniqueKeysWithValues: (published[definition.id]?.days ?? []).map { ($0.day, $0) })
            for report in days {
                let table = DayTable(
                    definition: definition, publication: publication, report: report, classes: classes,
                    safeguards: safeguards)
                if let old = known[report.day] {
                    correct(old, by: table, build: build, into: &diagnostics)
                } else if table.isClosed(at: now) {
                    self.ledger.append(table.released(), build: build)
                } else {
                    wait(for: table)
                }
            }
        }
        releases = self.ledger.releases
    }
}

extension Release {
    private mutating func correct(
        _ old: ProtectedDay, by table: DayTable, build: String, into diagnostics: inout [Diagnostic]
    ) {
        switch Correction(of: old, by: table) {
        case .none: return
        case .withdrawal: ledger.append(old.withdrawal(build: build))
        case .replacement(let new):
            ledger.append(old.withdrawal(build: build))
            ledger.append(new, build: build)
        }
        diagnostics.append(corrected(table.report))
    }

    private mutating func wait(for table: DayTable) {
        guard let seconds = table.publication.closes else { return }
        let closing = LocalTime(table.report.day, secondOfDay: seconds)
        nextClosing = nextClosing.map { min($0, closing) } ?? closing
    }
}

extension DayTable {
    /// Whether the day is released as it stands: everybody has reported, its closing time has come, or it is over.
    fileprivate func isClosed(at now: LocalTime) -> Bool {
        if report.day < now.day { return true }
        if let seconds = publication.closes, now.secondOfDay >= seconds { return true }
        let units = expected.flatMap { hasClasses ? $0.parts.map(\.name) : [$0.unit.name] }
        return hasUnits && Set(report.reported).isSuperset(of: units)
    }

    /// The day under the first level of the template that protects, proved by tables at both ends of every count.
    fileprivate func released() -> ProtectedDay {
        let (shape, counts) = shapeAndCounts
        let level = Protection(shape).level(of: counts)
        let statements = Statements(counts, shape, level)
        // Should intervals and tables ever disagree, nothing is said rather than too much.
        if level != .nothing, WitnessBuilder(shape, statements, level).proof() != nil {
            return day(shape, statements, level)
        }
        return day(shape, Statements(total: nil, shape), .nothing)
    }
}

extension Ledger {
    fileprivate mutating func append(_ day: ProtectedDay, build: String) {
        for row in day.rows(build: build) { append(row) }
    }

    /// The greatest k that was ever used.
    fileprivate var raisedK: Int? { rows.map(\.k).max() }
}

private func loweredK() -> Diagnostic {
    Diagnostic(
        .error, "statistics.lowered", in: "content/site.yml", "k只能提高，不能降低：台账里已经用过更大的k。",
        "k may be raised, never lowered: the ledger holds a greater one.",
        fix: .init("把statistics下面的k改回原来的数。", "Write the former k below statistics."))
}

private func corrected(_ report: PersonReport) -> Diagnostic {
    Diagnostic(
        .warning, "statistics.corrected", in: report.path, "这一天公布之后数据又改了，已公布的说法不再成立，已撤回。",
        "The report was changed after its day was published; what was said no longer holds and is taken back.",
        fix: .init("不用处理；页面会注明数字已撤回。", "Nothing to do; the page says that the figures were taken back."))
}
