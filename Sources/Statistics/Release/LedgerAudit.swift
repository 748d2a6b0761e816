import Formats

/// The published history verified again: every publication proved from its own statements, and compared with the reports.
public struct LedgerAudit: Sendable {
    /// Publications, withdrawn ones included.
    public private(set) var publications = 0
    public private(set) var statements = 0
    /// Counts that were shown to be possibly zero and possibly k−1.
    public private(set) var protectedCounts = 0
    /// Complete tables built for it.
    public private(set) var tables = 0
    /// Standing days whose report is still there and agrees.
    public private(set) var compared = 0
    public let ledger: Ledger

    /// Verifies the publications of some days; what fails is an error.
    public init(
        _ ledger: Ledger, _ reports: [(definition: DatasetDefinition, days: [PersonReport])], classes: ClassList,
        safeguards: Safeguards, corrections: CorrectionNotes = CorrectionNotes(), days range: ClosedRange<Day>,
        into diagnostics: inout [Diagnostic]
    ) {
        self.ledger = ledger
        verify(range, into: &diagnostics)
        let releases = ledger.releases
        for (definition, days) in reports {
            guard let publication = definition.publication else { continue }
            let standing = Dictionary((releases[definition.id]?.days ?? []).map { ($0.day, $0) }) { $1 }
            for report in days where range.contains(report.day) {
                guard let published = standing[report.day] else { continue }
                let table = DayTable(
                    definition: definition, publication: publication, report: report, classes: classes,
                    safeguards: safeguards)
                // A day that was corrected says so on its pages.
                if corrections.date(of: report.day, in: definition.id) != nil { continue }
                if published.agrees(with: table) { compared += 1 } else { diagnostics.append(differs(report)) }
            }
        }
    }

    /// Proves every publication from its own statements.
    private mutating func verify(_ range: ClosedRange<Day>, into diagnostics: inout [Diagnostic]) {
        for entry in ledger.entries where range.contains(entry.day) {
            guard let day = entry.publication else { continue }
            publications += 1
            statements += day.lines.count { $0.statement != nil }
            if day.level != .nothing, !prove(day) { diagnostics.append(unproved(entry)) }
        }
    }

    private mutating func prove(_ day: ProtectedDay) -> Bool {
        guard let proof = day.proof else { return false }
        protectedCounts += proof.protectedCounts
        tables += proof.tables
        return true
    }
}

private func unproved(_ entry: Ledger.Entry) -> Diagnostic {
    Diagnostic(
        .error, "audit.unproved", at: entry.place,
        .init("从这一行起公布的一天不能证明保护了每一个人。", "The publication that begins here cannot be proved to protect everybody."),
        fix: .init("撤回那一天的数字，并报告程序的作者。", "Take that day's figures back, and tell the program's authors."))
}

private func differs(_ report: PersonReport) -> Diagnostic {
    Diagnostic(
        .error, "audit.differs", in: report.path, "现在的数据与已公布的说法不符。",
        "The report does not agree with what was published.",
        fix: .init("运行noticeboard build，撤回那一天的数字。", "Run noticeboard build, which takes that day's figures back."))
}
