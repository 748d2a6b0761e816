import Formats

/// A day's file of `content/statistics/` as it is to be written, and what is new in it.
@_spi(Intake) public struct IntakeFile: Sendable {
    public let dataset: DatasetDefinition
    public let day: Day
    /// Below the site.
    public var path: String { dataset.path(of: day) }
    /// The whole file, normalised: UTF-8, commas, the dataset's labels as header, rows in the school's order.
    public internal(set) var bytes: [UInt8] = []
    /// Whether the day had been reported, wholly or in part.
    public internal(set) var isCorrection = false
    /// Whether the file stands there already with the same rows.
    public internal(set) var isUnchanged = false
    /// Cells that were read as another text than they hold; of persons, no digit is shown.
    public internal(set) var repairs: [Change] = []
    /// Rows that are new, and what changed in old ones; of persons, which columns and not what they say.
    public internal(set) var changes: [Change] = []
    /// Classes or grades without a row: they have not reported, which is not zero.
    public internal(set) var missing: [String] = []
    /// How many units were asked; nil where a report is not by class or grade.
    public internal(set) var expected: Int?

    /// What every row is of, where that is a text of its own.
    var units: [String] = []

    /// Units that are expected because they reported last time.
    mutating func miss(_ last: [String]) {
        if last.isEmpty { return }
        missing = last.filter { !units.contains($0) }
        expected = last.count
    }

    /// One line of a diff.
    public struct Change: Sendable {
        public let place: String
        /// The column, where it is one cell.
        public let label: String?
        public let before: String?
        public let after: String?
        /// Whether it is a row that was not reported before.
        public var isNew = false
    }
}

extension Intake {
    /// The files that the reports give, merged with each other and with the days that stand; `existing` reads a file of
    /// the site. What goes wrong is added to the diagnostics: with an error in them, nothing is to be written.
    ///
    /// - Parameter replaces: Whether rows that are not reported anew are dropped.
    public mutating func files(
        replaces: Bool, existing: (_ path: String) throws -> SourceFile?
    ) throws -> [IntakeFile] {
        var files: [IntakeFile] = []
        for definition in definitions {
            let days = Set(parts.filter { $0.definition.id == definition.id }.map(\.day)).sorted()
            for day in days {
                let parts = parts.filter { $0.definition.id == definition.id && $0.day == day }
                var merge = DayMerge(definition, UnitsOfDay(classes, on: day), day)
                if let old = try existing(definition.path(of: day)) {
                    merge.take(old: old, keepsRows: !replaces)
                }
                for part in parts { merge.take(part) }
                report(merge.diagnostics)
                var file = merge.result
                if file.expected == nil { try file.miss(lastUnits(definition, before: day, existing)) }
                files.append(file)
            }
        }
        for file in files where !diagnostics.hasErrors { report(problems(file)) }
        return files
    }

    /// The units of the last report within a week, of a dataset of persons that no list of units belongs to.
    private func lastUnits(
        _ definition: DatasetDefinition, before day: Day, _ existing: (_ path: String) throws -> SourceFile?
    ) throws -> [String] {
        guard definition.kind == .persons, !definition.isByUnit else { return [] }
        for back in 1...7 {
            let day = day.adding(-back)
            guard let source = try existing(definition.path(of: day)) else { continue }
            var ignored: [Diagnostic] = []
            return PersonReport.read(source, definition, classes: classes, day: day, into: &ignored).reported
        }
        return []
    }

    /// What the next build would find wrong in a file.
    private func problems(_ file: IntakeFile) -> [Diagnostic] {
        var reader = ReportReader(
            SourceFile(path: file.path, bytes: file.bytes), definition: file.dataset, classes: classes, day: file.day)
        _ = reader.read()
        return reader.diagnostics.filter { $0.severity == .error }
    }
}
