import ArgumentParser
import Formats
import Glibc
import Noticeboard
import Statistics

struct BuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Builds the site and publishes it, all or nothing.")

    @OptionGroup var options: SiteOptions

    @OptionGroup var destination: OutputChoice

    @Flag(help: "Render everything, whatever is remembered of earlier builds.")
    var full = false

    @Flag(help: "Say what would change, and write nothing.")
    var dryRun = false

    func run() throws {
        let log = BuildLog(site: options.folder, disk: .real)
        let started = Clock.nanoseconds
        var entry = BuildLog.Entry(at: Int(started / 1_000_000_000))
        func note(_ status: Int) {
            if dryRun || Disk.real.kind("\(options.folder)/content") != .folder { return }
            entry.status = status
            entry.milliseconds = Int((Clock.nanoseconds - started) / 1_000_000)
            log.add(entry)
        }
        do {
            try build(&entry)
            note(0)
        } catch {
            // That another build is at work is no failure of this one.
            if (error as? MachineFailure)?.code != EWOULDBLOCK { note(Int(NoticeboardTool.status(of: error))) }
            throw error
        }
    }

    /// Builds and publishes; `entry` is told what came of it.
    private func build(_ entry: inout BuildLog.Entry) throws {
        let disk = Disk.real
        let publisher = try destination.publisher(of: options.folder, disk)
        var lock = dryRun ? nil : try publisher.lockIfPresent()
        defer { lock?.release() }
        if lock != nil { try publisher.recover() }
        let started = Clock.nanoseconds
        let (rebuild, notes) = recall(try options.inventory(disk), publisher)
        if let memory = rebuild.memory, memory.isHead {
            entry.count(memory.told, files: memory.files, next: memory.next)
            return reportNothing(memory)
        }
        let pipeline = try Pipeline(options, rebuild, disk: disk, remembers: isOwn(publisher))
        // The process ends with the build: giving its memory back piece by piece would take longer than that.
        _ = Unmanaged.passRetained(pipeline as AnyObject)
        entry.count(pipeline.diagnostics)
        if pipeline.diagnostics.hasErrors { return try refuse(pipeline.diagnostics, pipeline.privacy) }
        if !dryRun, lock == nil { lock = try publisher.lock() }
        let plan = pipeline.plan
        let stale = Stale.outputs(
            of: plan, kept: rebuild.outputs(plan), full: full || lacksCodings(plan, publisher),
            isRested: rebuild.isRested
        ).filter { plan.outputs[$0.index].route != Checksums.route }
        let (change, told) = try publish(pipeline, stale.map(\.index), rebuild, publisher) { entry.count($0) }
        let files = change.manifest.count
        if !dryRun { remember(rebuild, pipeline, files: files, told, at: started) }
        let lost = isOwn(publisher) ? [] : plan.lostAddresses(among: change.deletes, .warning)
        let found = (told + notes + lost).ordered()
        entry.count(found, files: files, next: plan.nextChangeText)
        (entry.written, entry.deleted) = (change.writes.count, change.deletes.count)
        Report.write(found, hiding: pipeline.privacy, as: options.format)
        summarise(
            files: files, written: change.writes.count, deleted: change.deletes.count,
            warnings: found.count, next: plan.nextChangeText)
    }

    /// Makes the stale outputs and publishes the site; also returns what every build of this content would tell.
    private func publish(
        _ pipeline: Pipeline, _ stale: [Int], _ rebuild: Rebuild, _ publisher: Publisher,
        _ refused: ([Diagnostic]) -> Void
    ) throws -> (change: Draft.Change, told: [Diagnostic]) {
        let plan = pipeline.plan
        let routes = stale.map { plan.outputs[$0].route }
        let draft = try Draft(publisher, routes: routes, isDry: dryRun, isRested: rebuild.isRested)
        defer { draft.discard() }
        if routes.contains(where: SitePlan.isSheet), !QRCode.isAvailable { throw MissingProgram.qrencode }
        let codings = codings(plan)
        let rendered = try pipeline.render(stale) { try draft.put($0, $1, in: codings) }
        let diagnostics = (pipeline.diagnostics + rendered.diagnostics).ordered()
        if diagnostics.hasErrors {
            refused(diagnostics)
            try refuse(diagnostics, pipeline.privacy)
        }
        let isOwn = isOwn(publisher)
        let ledger = plan.site.ledger
        let files = draft.files(files(plan, stale, rendered.taken), in: codings)
        let change = try draft.change(to: files, ledger: isOwn ? ledger.head : nil)
        var news = !isOwn && plan.site.datasets.contains { $0.definition.publication != nil } ? [notRemembered()] : []
        if !dryRun {
            if isOwn { try pipeline.ledgerFile.append(ledger) }
            let takesBack = takesBack(plan, rebuild)
            // Before publication, not behind it: whoever completes one that was cut off knows nothing of what it took back.
            if takesBack { try publisher.previous?.forget() }
            if try !draft.publish(change, keepsPrevious: !takesBack) { news.append(notKept()) }
        }
        return (change, (diagnostics + news).ordered())
    }

    /// Whether a notice was withdrawn or removed since the last build, or a day's figures are taken back: then there is no way back
    /// behind that.
    private func takesBack(_ plan: SitePlan, _ rebuild: Rebuild) -> Bool {
        plan.site.ledger.takesBack
            || plan.site.notices.contains { notice in
                [.withdrawn, .removed].contains(notice.status) && !rebuild.isAsBefore(notice.file, notice.facts.content)
            }
    }

    private func codings(_ plan: SitePlan) -> [ContentCoding] {
        plan.site.configuration.isPrecompressed ? ContentCoding.allCases : []
    }

    /// Whether the site that stands lacks the compressed forms that are wanted, or has them unwanted: the home page tells.
    private func lacksCodings(_ plan: SitePlan, _ publisher: Publisher) -> Bool {
        let path = "\(publisher.output)/index.html\(ContentCoding.gzip.suffix)"
        return (publisher.disk.kind(path) == .file) != plan.site.configuration.isPrecompressed
    }

    /// All files of the site, with the pages of those that were made.
    private func files(_ plan: SitePlan, _ stale: [Int], _ pages: [Draft.Page]) -> [(route: String, page: Draft.Page?)]
    {
        var files = plan.outputs.map { (route: $0.route, page: Draft.Page?.none) }
        for (index, page) in zip(stale, pages) { files[index].page = page }
        return files.filter { $0.route != Checksums.route }
    }
}

extension BuildCommand {
    private var memoryFile: MemoryFile { MemoryFile(site: options.folder) }

    /// What can be taken from the last build, and a note where its memory is damaged. It is only the memory's head where
    /// nothing has changed since.
    private func recall(_ inventory: Inventory, _ publisher: Publisher) -> (rebuild: Rebuild, notes: [Diagnostic]) {
        func rebuild(_ memory: Memory?) -> Rebuild {
            Rebuild(memory, inventory, output: publisher.output, disk: .real, boot: Program.boot)
        }
        if full { return (rebuild(nil), []) }
        var loaded = memoryFile.load(program: Program.fingerprint, now: inventory)
        if case .memory(let head) = loaded, head.isHead, !rebuild(head).isCurrent(at: moment(head)) {
            loaded = memoryFile.load(program: Program.fingerprint)
        }
        switch loaded {
        case .nothing: return (rebuild(nil), [])
        case .damaged: return (rebuild(nil), [damagedMemory()])
        case .memory(let memory): return (rebuild(memory), [])
        }
    }

    /// The moment that is built for, in seconds; `--now` may be a day, in the zone that the last build knew.
    private func moment(_ memory: Memory) -> Int {
        Clock.now(options.now, in: Clock.zone(memory.zone, disk: .real) ?? .shanghai).seconds
    }

    private func remember(
        _ rebuild: Rebuild, _ pipeline: Pipeline, files: Int, _ told: [Diagnostic], at time: Int64
    ) {
        var memory = rebuild.remembered(pipeline, files: files, told: told, at: time)
        // What was taken back does not stay among records that nobody needs any more.
        let old = takesBack(pipeline.plan, rebuild) ? nil : rebuild.memory
        // The site is published all the same where nothing can be remembered; the next build then makes everything.
        try? memoryFile.save(&memory, of: pipeline.plan, over: old)
    }

    /// Whether the site is published to its own output: only that is remembered in the ledger.
    private func isOwn(_ publisher: Publisher) -> Bool {
        publisher.output == publisher.disk.resolvedAncestor(of: "\(options.folder)/\(SiteOptions.ownOutput)")
    }

    private func refuse(_ diagnostics: [Diagnostic], _ privacy: PersonalData) throws {
        Report.write(diagnostics, hiding: privacy, as: options.format)
        let (errors, warnings) = Report.count(diagnostics)
        Report.summary(
            "没有发布：错误\(errors)处，提醒\(warnings)处；已发布的网站保持原样。",
            "not published: \(errors) errors, \(warnings) warnings; the published site is unchanged",
            [("published", "false"), ("errors", "\(errors)"), ("warnings", "\(warnings)")], as: options.format)
        throw ContentErrors()
    }

    private func reportNothing(_ memory: Memory) {
        Report.write(memory.told, as: options.format)
        summarise(
            files: memory.files, written: 0, deleted: 0, warnings: memory.told.count, next: memory.next)
    }

    private func summarise(files: Int, written: Int, deleted: Int, warnings: Int, next: String) {
        let (zh, en) = dryRun ? ("将要发布", "would publish") : ("已发布", "published")
        Report.summary(
            "\(zh)\(files)个文件：写入\(written)，未变\(files - written)，删除\(deleted)；提醒\(warnings)处；内容下次变化：\(next)。",
            "\(en) \(files) files: \(written) written, \(deleted) deleted; \(warnings) warnings; next change \(next)",
            [
                ("published", dryRun ? "false" : "true"), ("files", "\(files)"), ("written", "\(written)"),
                ("deleted", "\(deleted)"), ("warnings", "\(warnings)"), ("next", jsonString(next)),
            ], as: options.format)
    }
}

private func notRemembered() -> Diagnostic {
    Diagnostic(
        .warning, "ledger.not-remembered", in: Ledger.folder, "发布到别处不记台账，所以只有台账里已有的人数，没有新的。",
        "What is published elsewhere is not remembered, so it shows the counts that the ledger holds, and no new ones.",
        fix: .init(
            "要公布新的人数，就生成到默认的输出文件夹public/。",
            "To publish new counts, build into the default output public/."))
}

private func notKept() -> Diagnostic {
    Diagnostic(
        .warning, "publish.not-kept", in: MemoryFile.folder, "上一次发布的网站没能留下，这一次不能用rollback恢复。网站已正常发布。",
        "The previous site could not be kept, so there is nothing to roll back to. The site is published.",
        fix: .init(
            "检查磁盘空间和\(MemoryFile.folder)/的权限。", "Check the disk's space and who may write to \(MemoryFile.folder)/."))
}

private func damagedMemory() -> Diagnostic {
    Diagnostic(
        .warning, "memory.damaged", in: "\(MemoryFile.folder)/index", "上次生成的记录已损坏，全部重新生成，网站不受影响。",
        "What the last build remembered is damaged; everything is built anew, and the site is not affected.",
        fix: .init("不用做什么；常出现时检查磁盘。", "Nothing has to be done; check the disk if it happens again."))
}
