import ArgumentParser
import Formats
import Noticeboard
@_spi(Intake) import Statistics

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Takes daily reports (.csv in any encoding, .xlsx) into content/statistics/, all or none of them.")

    @Argument(help: "The reports, wherever they lie.")
    var files: [String]

    @OptionGroup var options: CommonOptions

    @Option(help: "The dataset that the files report. Default: the one whose columns they have.")
    var dataset: String?

    @Option(help: "The day that they report. Default: the one that the table, its title or the file's name tells.")
    var day: Day?

    @Flag(help: "Drop the rows that stand and are not reported anew; they are kept otherwise.")
    var replace = false

    @Flag(
        help:
            "Correct days that are published: what was published stands, and their pages say that the report was corrected."
    )
    var correct = false

    @Flag(help: "Say what would be written, and write nothing.")
    var dryRun = false

    func run() throws {
        let disk = Disk.real
        let tree = try options.tree(disk).tree
        let (site, found) = try options.loader(disk).declarations(tree)
        let (zone, datasets, privacy) = (site.configuration.zone, site.datasets.map(\.definition), site.personalData)
        let today = zone.local(Clock.now(options.now, in: zone)).day
        var intake = Intake(datasets, classes: site.classes, today: today)
        intake.report(found.filter { $0.severity == .error })
        if !intake.diagnostics.hasErrors {
            if datasets.isEmpty { throw Refusal.noDatasets }
            let chosen = try chosen(datasets)
            for path in files { try read(path, chosen, privacy, into: &intake, disk) }
        }
        let new = try intake.files(replaces: replace) { try source($0, in: tree) }
        let corrections = try corrections(new, options.loader(disk).ledger(tree))
        if !correct { intake.report(corrections.map { correctsPublished($0.file) }) }
        Report.write(told(intake.diagnostics), hiding: privacy, as: options.format)
        if intake.diagnostics.hasErrors { try refuse(intake.diagnostics) }
        let reports = try self.reports(new, datasets, site.classes, tree)
        if !dryRun {
            try write(new, reports, disk)
            try note(corrections.map { ($0.file.dataset.id, $0.file.day) }, on: today, disk)
        }
        let words = IntakeWords(privacy: privacy, format: options.format)
        words.show(new, isFirst: told(intake.diagnostics).isEmpty)
        summarise(new, reports, warnings: Report.count(intake.diagnostics).warnings)
    }
}

extension ImportCommand {
    /// Files that change what a unit had reported of a published day, by whatever; units that are added change nothing.
    private func corrections(_ files: [IntakeFile], _ ledger: Ledger) -> [(file: IntakeFile, day: Day)] {
        let published = ledger.releases.mapValues { Set($0.days.map(\.day)) }
        return files.filter { file in
            file.isCorrection && !file.isUnchanged && !file.changes.allSatisfy(\.isNew)
                && published[file.dataset.id]?.contains(file.day) == true
        }.map { ($0, $0.day) }
    }

    private func note(_ days: [(dataset: String, day: Day)], on date: Day, _ disk: Disk) throws {
        if days.isEmpty { return }
        let file = "\(options.folder)/\(CorrectionNotes.file)"
        try disk.replace(file, with: CorrectionNotes.adding(days, on: date, to: disk.readIfPresent(file)))
    }

    private func chosen(_ datasets: [DatasetDefinition]) throws -> DatasetDefinition? {
        let id = try id(of: dataset, among: datasets.map { ($0.id, $0.name) }, "数据集", "dataset")
        return datasets.first { $0.id == id }
    }

    private func read(
        _ path: String, _ dataset: DatasetDefinition?, _ privacy: PersonalData, into intake: inout Intake, _ disk: Disk
    ) throws {
        guard disk.kind(path) == .file else {
            throw Refusal(zh: "没有“\(path)”这个文件。", en: "There is no file “\(path)”.")
        }
        var found: [Diagnostic] = []
        let tables = IntakeTable.read(path: path, raw: try disk.read(path), into: &found)
        intake.report(found)
        let before = intake.personal.count
        intake.add(tables, path: path, dataset: dataset, day: day)
        for table in intake.personal[before...] {
            intake.report(table.located(privacy.errors(in: table.source, isOfSite: false)))
        }
    }

    /// A file of the site; refused where one stands that cannot be read, because it would be replaced as if there were none.
    private func source(_ path: String, in tree: SourceTree) throws -> SourceFile? {
        guard let raw = try tree.bytes(path) else { return nil }
        var ignored: [Diagnostic] = []
        if let source = SourceFile.decode(path: path, raw: raw, into: &ignored) { return source }
        throw Refusal(
            zh: "“\(path)”已经有了，但读不了；先修好或移走它，再导入。",
            en: "“\(path)” is there and cannot be read; mend it or move it away first.")
    }

    /// The internal reports of the days that were reported, as if the files were written already.
    private func reports(
        _ files: [IntakeFile], _ datasets: [DatasetDefinition], _ classes: ClassList, _ tree: SourceTree
    ) throws -> [(day: Day, report: InternalReport)] {
        let new = Dictionary(uniqueKeysWithValues: files.map { ($0.path, SourceFile(path: $0.path, bytes: $0.bytes)) })
        return try Set(files.map(\.day)).sorted().map { day in
            (day, try InternalReport(day, datasets, classes: classes) { try new[$0] ?? source($0, in: tree) })
        }
    }

    /// Every file is written aside first, so that a full disk leaves all of them as they were.
    private func write(_ files: [IntakeFile], _ reports: [(day: Day, report: InternalReport)], _ disk: Disk) throws {
        try PrivateFolder(site: options.folder).prepare()
        let changed = files.filter { !$0.isUnchanged }
        var steps: [(from: String, to: String)] = []
        for file in changed {
            let target = "\(options.folder)/\(file.path)"
            let folder = Publisher.folders(file.path)[0]
            for folder in Publisher.folders(file.path) {
                let kind = disk.kind("\(options.folder)/\(folder)")
                if kind != nil, kind != .folder {
                    throw Refusal(
                        zh: "“\(folder)”不是普通文件夹，没有写入。", en: "“\(folder)” is no plain folder; nothing was written.")
                }
            }
            try disk.makeFolder("\(options.folder)/\(folder)")
            let aside = "\(options.folder)/\(folder)/.\(file.day)-new"
            try disk.write(aside, file.bytes, true)
            steps.append((aside, target))
        }
        for (from, to) in steps { try disk.rename(from, to) }
        for (day, report) in reports {
            try PrivateFolder(site: options.folder).write("\(day).md", Array(report.text.utf8))
        }
    }

    /// What is said; the repairs of cells are shown as a diff where there is one.
    private func told(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        let isShown = options.format == .text && !diagnostics.hasErrors
        return diagnostics.ordered().filter { !isShown || !["csv.unit", "csv.full-width"].contains($0.id) }
    }

    private func refuse(_ diagnostics: [Diagnostic]) throws {
        let (errors, warnings) = Report.count(diagnostics)
        Report.summary(
            "没有导入：错误\(errors)处，提醒\(warnings)处；原来的文件保持原样。",
            "not imported: \(errors) errors, \(warnings) warnings; no file was changed",
            [("imported", "false"), ("errors", "\(errors)"), ("warnings", "\(warnings)")], as: options.format)
        throw ContentErrors()
    }

    private func summarise(_ files: [IntakeFile], _ reports: [(day: Day, report: InternalReport)], warnings: Int) {
        let written = files.count { !$0.isUnchanged }
        let (missing, alerts) = (
            files.reduce(0) { $0 + $1.missing.count }, reports.reduce(0) { $0 + $1.report.alertCount }
        )
        let (zh, en) = dryRun ? ("将要导入", "would import") : ("已导入", "imported")
        Report.summary(
            "\(zh)\(files.count)份日报：写入\(written)个文件，未变\(files.count - written)；未报\(missing)个；预警\(alerts)条，见\(PrivateFolder.name)/；提醒\(warnings)处。",
            "\(en) \(files.count) reports: \(written) files written; \(missing) units have not reported; \(alerts) alerts, see \(PrivateFolder.name)/; \(warnings) warnings",
            [
                ("imported", dryRun ? "false" : "true"), ("reports", "\(files.count)"), ("written", "\(written)"),
                ("missing", "\(missing)"), ("alerts", "\(alerts)"), ("warnings", "\(warnings)"),
            ], as: options.format)
    }
}

private func correctsPublished(_ file: IntakeFile) -> Diagnostic {
    Diagnostic(
        .error, "import.published", in: file.path, "\(file.day)已经公布：更正只改报表，已公布的范围不变，那一天的页面会注明更正日期。",
        "\(file.day) is published: a correction changes the report alone; what was published stands, and the day's page tells when the report was corrected.",
        fix: .init("确实要更正，就在命令后面加 --correct。", "If the correction is meant, add --correct."))
}

extension Refusal {
    fileprivate static let noDatasets = Refusal(
        zh: "这个网站还没有数据集：先写content/statistics/datasets.yml。",
        en: "This site has no datasets yet: write content/statistics/datasets.yml first.")
}

/// Says what became of each file: what was repaired, what is new, who is missing.
private struct IntakeWords {
    let privacy: PersonalData
    let format: DiagnosticFormat

    func show(_ files: [IntakeFile], isFirst: Bool) {
        // In the other formats the summary and the diagnostics say it.
        guard format == .text else { return }
        let pieces = files.map { lines($0).map { privacy.masked(visible($0)) }.joined(separator: "\n") }
        Terminal.error((isFirst ? "" : "\n") + pieces.joined(separator: "\n\n") + "\n")
    }

    private func lines(_ file: IntakeFile) -> [String] {
        let isLate = file.isCorrection && file.changes.allSatisfy { $0.isNew }
        let state =
            !file.isCorrection ? "新 new" : file.isUnchanged ? "未变 unchanged" : isLate ? "补报 added" : "更正 corrected"
        var lines = ["\(file.dataset.name) \(file.day) → \(file.path) [\(state)]"]
        lines += section("已修正 repaired", file.repairs) + section("有变化 changed", file.changes, isPlaced: true)
        if !file.missing.isEmpty {
            let of = file.expected.map { "/\($0)" } ?? ""
            lines.append(
                "  未报（不是0）not reported (not 0), \(file.missing.count)\(of)：\(file.missing.joined(separator: "、"))")
        }
        return lines
    }

    /// Changes that read the same are shown once, at the first place: a unit is mostly written in a whole column.
    private func section(_ title: String, _ changes: [IntakeFile.Change], isPlaced: Bool = false) -> [String] {
        if changes.isEmpty { return [] }
        let groups = Dictionary(grouping: changes.enumerated()) { _, change in
            [isPlaced ? change.place : "", change.label ?? change.place, change.before ?? "", change.after ?? ""]
        }
        return ["  \(title)："]
            + groups.values.sorted { $0[0].offset < $1[0].offset }.flatMap { group in
                let change = group[0].element
                let column = change.label.map { " “\($0)”" } ?? ""
                let more = group.count > 1 ? "（共\(group.count)处 \(group.count) times）" : ""
                return ["    \(change.place)\(column)\(more)"] + (change.before.map { ["    - \($0)"] } ?? [])
                    + (change.after.map { ["    + \($0)"] } ?? [])
            }
    }
}
