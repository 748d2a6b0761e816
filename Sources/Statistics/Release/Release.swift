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

    private let classes: ClassList
    private let safeguards: Safeguards
    private let now: LocalTime
    private let build: String
    /// Whether what is released now will be in the ledger: else nothing new may be said.
    private let remembers: Bool

    /// `now` is the wall clock's reading, `build` the same moment as the ledger names it.
    public init(
        _ reports: [(definition: DatasetDefinition, days: [PersonReport])], classes: ClassList, safeguards: Safeguards,
        ledger: Ledger, now: LocalTime, build: String, remembers: Bool = true, into diagnostics: inout [Diagnostic]
    ) {
        self.remembers = remembers
        (self.ledger, self.classes, self.safeguards) = (ledger, classes, safeguards)
        (self.now, self.build) = (now, build)
        if let lowered = ledger.raisedK.map({ safeguards.k < $0 }), lowered { diagnostics.append(loweredK()) }
        let published = ledger.releases
        for (definition, days) in reports {
            guard let publication = definition.publication else { continue }
            if publication.isIllness, safeguards.illnessApprovedBy == nil { continue }
            let known = published[definition.id]?.days ?? []
            if let other = known.first(where: { $0.measure != publication.id }) {
                diagnostics.append(otherMeasure(definition, other.measure))
                continue
            }
            let past = days.count { $0.day < now.day }
            if known.isEmpty, past > 1 { diagnostics.append(firstRelease(definition, past)) }
            release(definition, publication, days, known, into: &diagnostics)
        }
        releases = self.ledger.hasNews ? self.ledger.releases : published
    }
}

extension Release {
    private mutating func release(
        _ definition: DatasetDefinition, _ publication: DatasetDefinition.Publication, _ days: [PersonReport],
        _ known: [ProtectedDay], into diagnostics: inout [Diagnostic]
    ) {
        let known = Dictionary(uniqueKeysWithValues: known.map { ($0.day, $0) })
        for report in days {
            let table = DayTable(
                definition: definition, publication: publication, report: report, classes: classes,
                safeguards: safeguards)
            if let old = known[report.day] {
                // What was published stands, whatever its report says by now; see `Agreement`.
                if report.day == now.day, old.isLate(table) { diagnostics.append(late(report)) }
            } else if table.isIncomplete {
                diagnostics.append(incomplete(report))
            } else if !table.isBroad {
                if report.day <= now.day, table.isClosed(at: now) {
                    diagnostics.append(narrow(report))
                } else {
                    wait(for: table)
                }
            } else if table.isClosed(at: now) {
                guard remembers else { continue }
                ledger.publish(table.released(), build: build)
            } else {
                wait(for: table)
            }
        }
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
        return definition.isByUnit && Set(report.reported).isSuperset(of: units)
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

private func loweredK() -> Diagnostic {
    Diagnostic(
        .error, "statistics.lowered", in: "content/site.yml", "k只能提高，不能降低：台账里已经用过更大的k。",
        "k may be raised, never lowered: the ledger holds a greater one.",
        fix: .init("把statistics下面的k改回原来的数。", "Write the former k below statistics."))
}

private func incomplete(_ report: PersonReport) -> Diagnostic {
    Diagnostic(
        .warning, "statistics.incomplete", in: report.path, "这一天没有报全（各部门合计与datasets.yml里of的总人数不同），不公布；没有报不是0。",
        "Not everybody is in this report (its sum differs from `of` in datasets.yml); it is not published, because missing is not zero.",
        fix: .init("补齐没有报的部门；总人数变了，就改of。", "Add who is missing; if the roll has changed, change of."))
}

private func narrow(_ report: PersonReport) -> Diagnostic {
    Diagnostic(
        .warning, "statistics.narrow", in: report.path, "报上来的年级不到三个（只有一两个年级的学校要全部班级），这一天先不公布：总数会成为那几个班的数。",
        "Fewer than three grades have reported (a school of one or two needs all classes); the day waits, because its total would be theirs.",
        fix: .init("补报别的年级，再生成；报不齐就不公布。", "Add the other grades and build again; what stays narrow is not published."))
}

private func late(_ report: PersonReport) -> Diagnostic {
    Diagnostic(
        .warning, "statistics.late", in: report.path, "今天的数字已经封存，之后上报的单位不再计入公布的数字。",
        "Today's figures are closed; units that reported since are not in them.",
        fix: .init(
            "数据照常留着；要给晚报的留时间，就把datasets.yml里的closes改晚。",
            "Keep the report as it is; to leave more time, set closes in datasets.yml to a later hour."))
}

private func firstRelease(_ definition: DatasetDefinition, _ days: Int) -> Diagnostic {
    Diagnostic(
        .warning, "statistics.first-release", in: "content/statistics/datasets.yml",
        "“\(definition.name)”第一次公布，过去的\(days)天会一起公布，不能收回；以前公布过的话，是台账丢了。",
        "“\(definition.name)” is published for the first time, with \(days) past days, for good; if it was published before, the ledger is lost.",
        fix: .init(
            "以前公布过，就先恢复\(LedgerYear.folder)；不想公布过去的日子，就把它们的报表移走。",
            "If it was, restore \(LedgerYear.folder) first; to leave past days out, move their reports away."))
}

private func otherMeasure(_ definition: DatasetDefinition, _ measure: String) -> Diagnostic {
    Diagnostic(
        .error, "statistics.other-measure", in: "content/statistics/datasets.yml",
        "“\(definition.name)”以前公布的是“\(measure)”，不能换成别的：过去的说法会变成另一件事。",
        "“\(definition.name)” was published as “\(measure)” before; what was said would mean something else.",
        fix: .init(
            "publish的id写回\(measure)；要公布别的，另建一个数据集。", "Write the id \(measure) again, or declare another dataset."))
}
