/// What a report says beside what was published of its day. The published day does not follow it: which correction takes figures back
/// would tell, step by step, what others reported. So a correction changes nothing that is public, and a dated note tells of it.
extension ProtectedDay {
    /// Names of the smallest units that had reported; empty where the report names none.
    private var reported: Set<String> {
        Set(groups.flatMap { [$0.line] + $0.parts }.filter { !$0.isMissing }.map(\.name))
    }

    /// Whether a unit that had not reported does now.
    func isLate(_ table: DayTable) -> Bool { !reported.isEmpty && !table.report.reported.allSatisfy(reported.contains) }

    /// Whether what was said agrees with a report; units that reported late have no part in it.
    func agrees(with table: DayTable) -> Bool { isWithdrawn || holds(table.restricted(to: reported)) }

    /// Whether every count that can still be told lies where it was said to lie.
    private func holds(_ table: DayTable) -> Bool {
        let present = Set(table.report.reported)
        func holds(_ line: Line, _ units: [Line], _ count: Int?) -> Bool {
            let isKnown = units.allSatisfy { $0.isMissing || present.contains($0.name) }
            guard isKnown, let statement = line.statement, let count else { return true }
            return statement.allows(count)
        }
        // By the units of the day's own publication: a class list that changed since changes no published day.
        func units(_ group: Group) -> [Line] { table.hasClasses ? group.parts : [group.line] }
        func sum(_ units: [Line]) -> Int { units.reduce(0) { $0 + (table.sums[$1.name] ?? 0) } }
        let all = groups.flatMap(units)
        return holds(total, all, table.total) && causes.allSatisfy { holds($0, all, table.count(cause: $0.name)) }
            && groups.allSatisfy { group in
                holds(group.line, units(group), sum(units(group)))
                    && group.parts.allSatisfy { holds($0, [$0], table.sums[$0.name]) }
            }
    }
}
