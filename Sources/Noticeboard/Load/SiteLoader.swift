import Formats
import Statistics

/// Turns a folder of text into a site: every file on its own first, in parallel, then what they say of each other.
public struct SiteLoader: Sendable {
    /// Finds a time zone by name; zones live on disk, so this is given.
    let zone: @Sendable (String) -> TimeZone?
    let jobs: Int
    /// Whether the ledger will remember what is released: else pages show no more counts of persons than it holds.
    public var remembers = true

    public init(jobs: Int, zone: @escaping @Sendable (String) -> TimeZone?) {
        self.jobs = jobs
        self.zone = zone
    }

    /// Loads the site. `now` gives the moment at which it is looked at, once its time zone is known: reports of later
    /// days are refused.
    ///
    /// - Parameter kept: Notices of an earlier build, which are not read again where their files are the same.
    /// - Throws: What reading a file throws.
    public func load(
        _ tree: SourceTree, kept: KeptNotices = .none, now: @escaping @Sendable (TimeZone) -> Moment
    ) throws -> (site: Site, diagnostics: [Diagnostic]) {
        var loading = try Loading(tree: tree, jobs: jobs)
        loading.loadConfiguration(zone)
        loading.loadTeams()
        let zone = loading.site.configuration.zone
        let reader = NoticeReader(
            tree: tree, zone: zone, privacy: loading.site.personalData,
            reviews: loading.site.configuration.reviews, names: NoticeAliases(loading.site), kept: kept, jobs: jobs)
        let before = loading
        let (notices, statistics) = try concurrently(jobs: jobs) {
            try reader.read()
        } _: {
            var loading = before
            loading.loadStatistics(now: now(zone), zone, remembers: remembers)
            return loading
        }
        loading = statistics
        loading.take(notices.notices, notices.diagnostics, reading: reader.reading)
        loading.loadTexts()
        try loading.loadFiles()
        loading.diagnostics += try SiteCheck(
            site: loading.site, tree: tree, sources: loading.sources, failed: loading.diagnostics.filesWithErrors
        ).diagnostics()
        let privacy = loading.site.personalData
        for source in loading.sources.values { loading.diagnostics += privacy.errors(in: source) }
        // Files are looked into again where the rules have changed.
        let isSameReading =
            kept.reading == reader.reading && tree.file(DatasetDefinition.file)?.fingerprint != nil
        loading.diagnostics += try AttachmentCheck(
            tree: tree, privacy: privacy, datasets: loading.site.datasets.map(\.definition),
            isKnown: { isSameReading && $0.fingerprint != nil }
        ).diagnostics()
        return (loading.site, loading.diagnostics.ordered())
    }

    /// A site without anything but what its own files declare: configuration, organisation, teams, datasets and classes; for
    /// commands that write sources. Diagnostics are those of these files alone.
    public func declarations(_ tree: SourceTree) throws -> (site: Site, diagnostics: [Diagnostic]) {
        let declared = [
            "content/site.yml", "content/organisation.yml", Confirmations.path, DatasetDefinition.file, ClassList.file,
        ]
        let files = declared.compactMap { tree.file($0) } + tree.files(under: "content/teams/")
        var loading = try Loading(tree: SourceTree(files) { try tree.bytes($0) ?? [] }, jobs: jobs)
        loading.loadConfiguration(zone)
        loading.loadDeclarations()
        loading.loadTeams()
        loading.loadTexts()
        return (loading.site, loading.diagnostics.ordered())
    }

    /// What was ever published of persons, as the site's files say.
    public func ledger(_ tree: SourceTree) throws -> Ledger {
        var loading = try Loading(
            tree: SourceTree(tree.files(under: Ledger.folder) + [Ledger.formerFile].compactMap { tree.file($0) }) {
                try tree.bytes($0) ?? []
            }, jobs: jobs)
        return loading.loadLedger()
    }

    /// Verifies what was published of persons on some days. Also returns what must not be shown in diagnostics.
    public func audit(_ tree: SourceTree, days: ClosedRange<Day>, now: (TimeZone) -> Moment) throws -> (
        audit: LedgerAudit, diagnostics: [Diagnostic], privacy: PersonalData
    ) {
        var loading = try Loading(tree: tree, jobs: jobs)
        loading.loadConfiguration(zone)
        let zone = loading.site.configuration.zone
        let ledger = loading.loadReports(now: now(zone), zone)
        let audit = LedgerAudit(
            ledger ?? .empty, loading.reports, classes: loading.site.classes,
            safeguards: loading.site.configuration.safeguards, corrections: loading.correctionNotes(), days: days,
            into: &loading.diagnostics)
        return (audit, loading.diagnostics.ordered(), loading.site.personalData)
    }
}

private struct Loading: Sendable {
    let tree: SourceTree
    let jobs: Int
    var site = Site()
    var sources: [String: SourceFile] = [:]
    var diagnostics: [Diagnostic] = []
    /// The file of each dataset and day, to notice a second one.
    private var days: [String: String] = [:]
    /// Reports of persons by dataset. They stay in here; what may be published of them becomes part of the site.
    private var personReports: [String: [PersonReport]] = [:]

    /// Reads every text but the notices.
    init(tree: SourceTree, jobs: Int) throws {
        self.tree = tree
        self.jobs = jobs
        let texts = tree.files.filter { !$0.path.hasPrefix("content/notices/") && SourcePlaces.isText($0.path) }
        let decoded = try parallelMap(texts, jobs: jobs) { file in
            var found: [Diagnostic] = []
            let raw = try tree.bytes(of: file)
            let source = SourceFile.decode(path: file.path, raw: raw, into: &found)
            return (path: file.path, content: Fingerprint(raw), source: source, found: found)
        }
        for (path, content, source, found) in decoded {
            site.fingerprints[path] = content
            if let source { sources[source.path] = source }
            diagnostics += found
        }
    }
}

extension Loading {
    mutating func loadConfiguration(_ zone: (String) -> TimeZone?) {
        if let source = required("content/site.yml") {
            site.configuration = SiteConfiguration.load(source, zone: zone, into: &diagnostics)
        }
        if let source = sources[Confirmations.path] {
            site.confirmations = Confirmations.load(source, into: &diagnostics)
        }
        if let source = required("content/organisation.yml") {
            site.organisation = Organisation.load(source, into: &diagnostics)
        }
    }

    private mutating func required(_ path: String) -> SourceFile? {
        if let source = sources[path] { return source }
        if tree.file(path) == nil {
            diagnostics.append(
                Diagnostic(
                    .error, "site.missing-file", in: path, "缺少这个文件。", "This file is missing.",
                    fix: .init(
                        "建立这个文件；若网站在别的文件夹，用--site指出。",
                        "Create it; if the site is in another folder, name it with --site.")))
        }
        return nil
    }

    mutating func take(_ notices: [Notice], _ found: [Diagnostic], reading: Fingerprint) {
        site.notices = notices
        site.reading = reading
        diagnostics += found
    }

    /// Teams come first, because notices may call them by their names.
    mutating func loadTeams() {
        site.teams = load("content/teams/") { Team.load($0, into: &$1) }.sorted {
            ($0.order, $0.id) < ($1.order, $1.id)
        }
    }

    mutating func loadTexts() {
        site.pages = load("content/pages/") { Page.load($0, into: &$1) }
            .sorted { ($0.order, $0.source.path) < ($1.order, $1.source.path) }
        for file in tree.files(under: "content/duty/", ending: ".csv") {
            if let source = sources[file.path] { DutyRoster.load(source, into: &site.duty, &diagnostics) }
        }
        site.duty.shifts.sort {
            ($0.day, $0.hours?.lowerBound ?? 0, $0.name) < ($1.day, $1.hours?.lowerBound ?? 0, $1.name)
        }
    }

    private mutating func load<T: Sendable>(
        _ folder: String, _ read: @Sendable (SourceFile, inout [Diagnostic]) -> T?
    ) -> [T] {
        let files = tree.files(under: folder, ending: ".md").compactMap { sources[$0.path] }
        let results = parallelMap(files, jobs: jobs) { source in
            var found: [Diagnostic] = []
            return (read(source, &found), found)
        }
        for (_, found) in results { diagnostics += found }
        return results.compactMap(\.0)
    }

    mutating func loadFiles() throws {
        for file in tree.files(under: "content/files/") {
            site.files[String(file.path.dropFirst(Route.contentPrefix.count))] = file.size
            site.fingerprints[file.path] = try file.fingerprint ?? Fingerprint(tree.bytes(of: file))
            if PageWeight.isHeavyImage(file.path, bytes: file.size) {
                diagnostics.append(PageWeight.heavyImage(file.path, bytes: file.size))
            }
        }
        diagnostics += SourcePlaces.check(tree.files.map(\.path))
    }
}

extension Loading {
    /// Loads all reports, and protects those of persons. Where anything of the statistics is wrong, nothing is released.
    mutating func loadStatistics(now: Moment, _ zone: TimeZone, remembers: Bool) {
        guard let ledger = loadReports(now: now, zone) else { return }
        release(ledger, now: zone.local(now), build: zone.rfc3339(now), remembers: remembers)
    }

    /// What was ever published of persons. Its files are the program's own: they have no bound, and a checksum in every line
    /// instead of the gate for personal values.
    mutating func loadLedger() -> Ledger {
        let files = tree.files(under: Ledger.folder).filter { Ledger.isFile($0.path) }
        var years: [SourceFile] = []
        for file in files { if let source = ledgerFile(file) { years.append(source) } }
        var rows: SourceFile?
        if let file = tree.file(Ledger.formerFile) { rows = ledgerFile(file) }
        return Ledger.load(years, rows: rows, into: &diagnostics)
    }

    private mutating func ledgerFile(_ file: SourceTree.File) -> SourceFile? {
        guard let raw = try? tree.bytes(of: file) else { return nil }
        return SourceFile.decode(path: file.path, raw: raw, into: &diagnostics)
    }

    /// The ledger, once all reports are loaded; nil where anything is wrong.
    mutating func loadReports(now: Moment, _ zone: TimeZone) -> Ledger? {
        loadDatasets(today: zone.local(now).day)
        let ledger = loadLedger()
        let isWrong = diagnostics.filesWithErrors.contains { $0.hasPrefix("content/statistics/") }
        return isWrong ? nil : ledger
    }

    /// Reports of persons, by dataset.
    var reports: [(definition: DatasetDefinition, days: [PersonReport])] {
        site.datasets.map { ($0.definition, personReports[$0.definition.id] ?? []) }
    }

    /// Loads the class list and the declarations of datasets; false where one of them is wrong or missing.
    @discardableResult mutating func loadDeclarations() -> Bool {
        if let source = sources[ClassList.file] {
            site.classes = ClassList.load(source, into: &diagnostics)
            // Reports cannot be judged by a class list that is wrong itself.
            if diagnostics.filesWithErrors.contains(source.path) { return false }
        }
        guard let source = sources[DatasetDefinition.file] else { return false }
        site.datasets = DatasetDefinition.load(source, into: &diagnostics).map { Dataset(definition: $0) }
        // A declaration that cannot be trusted does not decide what is confidential.
        return !diagnostics.filesWithErrors.contains(source.path)
    }

    private mutating func loadDatasets(today: Day) {
        guard loadDeclarations() else { return }
        for file in tree.files(under: "content/statistics/", ending: ".csv") { loadReport(file.path, today) }
        for index in site.datasets.indices {
            site.datasets[index].reports.sort { $0.day < $1.day }
            personReports[site.datasets[index].definition.id]?.sort { $0.day < $1.day }
        }
    }

    private mutating func release(_ ledger: Ledger, now: LocalTime, build: String, remembers: Bool) {
        let release = Release(
            reports, classes: site.classes, safeguards: site.configuration.safeguards, ledger: ledger, now: now,
            build: build, remembers: remembers, into: &diagnostics)
        let notes = correctionNotes()
        site.ledger = release.ledger
        site.nextClosing = release.nextClosing
        for index in site.datasets.indices {
            let definition = site.datasets[index].definition
            site.datasets[index].release = (release.releases[definition.id] ?? .empty).noting(notes)
            site.datasets[index].attendance =
                site.datasets[index].reports.map { ReportAttendance($0) }
                + (personReports[definition.id] ?? []).map {
                    ReportAttendance($0, definition, classes: site.classes)
                }
        }
    }

    mutating func correctionNotes() -> CorrectionNotes {
        sources[CorrectionNotes.file].map { CorrectionNotes($0, into: &diagnostics) } ?? CorrectionNotes()
    }

    private mutating func loadReport(_ path: String, _ today: Day) {
        let parts = path.split(separator: "/")
        guard parts.count == 4, let source = sources[path] else { return }
        guard let index = site.datasets.firstIndex(where: { $0.definition.id == parts[2] }) else {
            diagnostics.append(unknownDataset(path, String(parts[2]), site.datasets.map(\.definition.id)))
            return
        }
        guard case .day(let day) = DateReading(String(parts[3].dropLast(4))) else {
            diagnostics.append(badName(path))
            return
        }
        if day > today { return diagnostics.append(future(path)) }
        let definition = site.datasets[index].definition
        if let other = days["\(parts[2]) \(day)"] { return diagnostics.append(sameDay(path, other)) }
        days["\(parts[2]) \(day)"] = path
        site.datasets[index].paths.append(path)
        if let report = OperationalReport.read(source, definition, classes: site.classes, day: day, into: &diagnostics)
        {
            site.datasets[index].reports.append(report)
        } else {
            let report = PersonReport.read(source, definition, classes: site.classes, day: day, into: &diagnostics)
            personReports[definition.id, default: []].append(report)
        }
    }
}

private func unknownDataset(_ path: String, _ id: String, _ known: [String]) -> Diagnostic {
    Diagnostic(
        .error, "dataset.unknown", in: path, "没有声明过数据集“\(id)”。", "The dataset “\(id)” is not declared.",
        fix: NearMiss.fix(for: id, among: known)
    ).fixed(
        by: NearMiss.suggestions(for: id, among: known, limit: 1).first.map {
            .rename(to: path.replacing("/\(id)/", with: "/\($0)/"))
        })
}

private func badName(_ path: String) -> Diagnostic {
    Diagnostic(
        .error, "dataset.file-name", in: path, "文件名要是日期。", "The file's name must be a date.",
        fix: .init("改名为2026-11-23.csv的样子。", "Name it like 2026-11-23.csv.")
    ).fixed(by: renamed(path))
}

/// A day that a name tells in another form, with more around it, as the name.
private func renamed(_ path: String) -> Edit? {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let name = path[folder.endIndex...]
    guard let match = name.firstMatch(of: /[0-9]{4}[-年._][0-9]{1,2}[-月._][0-9]{1,2}日?|20[0-9]{6}/),
        case .day(let day) = DateReading(String(match.0).replacing("_", with: "-"))
    else { return nil }
    return .rename(to: "\(folder)\(day).csv")
}

private func sameDay(_ path: String, _ other: String) -> Diagnostic {
    Diagnostic(
        .error, "dataset.repeated-day", at: .init(path: path),
        .init("同一天有两个文件。", "There are two files for this day."),
        fix: .init("只留一个文件。", "Keep one of the files."),
        notes: [.init(.init(path: other), .init("另一个是这个文件。", "The other one is this."))])
}

private func future(_ path: String) -> Diagnostic {
    Diagnostic(
        .error, "dataset.future", in: path, "这一天还没有到。", "This day has not come yet.",
        fix: .init("核对文件名里的日期。", "Check the date in the file's name."))
}
