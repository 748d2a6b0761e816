import ArgumentParser
import Formats
import Noticeboard

struct RollbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract:
            "Publishes the previous site again, at once, without building anything; the next build goes forward again.")

    @OptionGroup var options: SiteOptions

    @OptionGroup var destination: OutputChoice

    func run() throws {
        let publisher = try destination.publisher(of: options.folder, .real)
        guard let lock = try publisher.lockIfPresent() else { throw nothingToGoBackTo }
        defer { lock.release() }
        let wasCutOff = publisher.hasBegun
        try publisher.recover()
        guard let previous = publisher.previous, let wanted = try previous.manifest(),
            let present = try publisher.manifest()
        else { throw wasCutOff ? completed : nothingToGoBackTo }
        let started = Clock.nanoseconds
        let change = try publish(previous, wanted, over: present, publisher)
        note(change, files: wanted.count, since: started)
        // The site is published whatever becomes of this; what is not forgotten is the site that stands.
        try? previous.forget()
        Report.summary(
            "已恢复上一次发布的网站：写入\(change.writes.count)，删除\(change.deletes.count)。内容没有改动，下次生成会重新发布现在的内容。",
            "the previous site is published again: \(change.writes.count) written, \(change.deletes.count) deleted; the content is as it was, and the next build publishes it again",
            [
                ("published", "true"), ("written", "\(change.writes.count)"), ("deleted", "\(change.deletes.count)"),
            ], as: options.format)
    }

    private func note(_ change: Draft.Change, files: Int, since started: Int64) {
        var entry = BuildLog.Entry(at: Int(started / 1_000_000_000))
        entry.isRollback = true
        entry.milliseconds = Int((Clock.nanoseconds - started) / 1_000_000)
        (entry.files, entry.written, entry.deleted) = (files, change.writes.count, change.deletes.count)
        BuildLog(site: options.folder, disk: .real).add(entry)
    }

    /// All or nothing, as a build publishes. The ledger of what was ever said does not go back.
    private func publish(
        _ previous: PreviousSite, _ wanted: Manifest, over present: Manifest, _ publisher: Publisher
    ) throws -> Draft.Change {
        let routes = (0..<wanted.count).map(wanted.route)
        let changed = (0..<wanted.count).filter { index in
            present.index(of: routes[index]).map { present.hash($0) != wanted.hash(index) } ?? true
        }
        if changed.isEmpty, wanted.count == present.count { throw nothingToGoBackTo }
        let draft = try Draft(publisher, routes: changed.map { routes[$0] }, isDry: false)
        defer { draft.discard() }
        var files = routes.map { (route: $0, page: Draft.Page?.none) }
        for index in changed {
            guard let bytes = try previous.read(routes[index], hash: wanted.hash(index)) else { throw incomplete }
            files[index].page = try draft.put(routes[index], bytes)
        }
        let change = try draft.change(to: files.filter { $0.route != Checksums.route }, ledger: present.ledger)
        try draft.publish(change, keepsPrevious: false)
        return change
    }
}

private let nothingToGoBackTo = Refusal(
    zh: "没有可以恢复的上一次发布：还没有发布过第二次，刚恢复过，或者上一次发布撤回了通知。网站没有改动。",
    en:
        "There is no previous site: nothing was published twice yet, it was restored just now, or the last publication took a notice back. The site is unchanged."
)

private let completed = Refusal(
    zh: "上一次发布（或恢复）被打断，刚才已接着完成；没有更早的网站可以恢复。",
    en: "A publication or rollback that was cut off was completed just now; there is no earlier site to go back to.")

private let incomplete = Refusal(
    zh: "上一次发布的文件不全或被改动过，没有恢复。网站没有改动；请改正内容后重新生成。",
    en:
        "The previous site's files are incomplete or were changed; the site is unchanged. Correct the content and build again."
)
