import ArgumentParser
import Formats
import Noticeboard

struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: "Records that somebody has looked at a notice and agrees to what it says now.")

    @Argument(help: "The notice's file.")
    var file: String

    @OptionGroup var options: CommonOptions

    @Option(help: "The stage, such as 初审, 复审 or 终审.")
    var stage: String

    @Option(help: "The post of whoever agrees, such as 校长; not a name.")
    var by: String

    @Option(
        parsing: .upToNextOption,
        help: "Codes of sentences that may tell of a person, and that have been looked at and are right to publish.")
    var tick: [String] = []

    @Option(help: "The day, such as 2026-11-23. Default: today.")
    var date: Day?

    func run() throws {
        let disk = Disk.real
        let (site, found) = try options.loader(disk).declarations(options.tree(disk).tree)
        let path = try SitePath(file, in: options.folder, disk: disk)
        var diagnostics = found.filter { $0.severity == .error }
        let zone = site.configuration.zone
        let today = zone.local(Clock.now(options.now, in: zone)).day
        let day = date ?? today
        if day > today { throw Refusal(zh: "\(day)还没有到。", en: "\(day) has not come yet.") }
        if !path.inSite.hasPrefix("content/notices/") {
            throw Refusal(zh: "“\(path.inSite)”不是通知，不用审核。", en: "“\(path.inSite)” is no notice, and needs no review.")
        }
        guard let source = SourceFile.decode(path: path.inSite, raw: try disk.read(path.onDisk), into: &diagnostics),
            !diagnostics.hasErrors, try isTicked(site.personalData.questions(in: source)),
            let record = ReviewRecord(
                (stage, by, day), ticked: tick, to: source, site.configuration, into: &diagnostics),
            !diagnostics.hasErrors
        else {
            Report.write(diagnostics.ordered(), hiding: site.personalData, as: options.format)
            throw ContentErrors()
        }
        try disk.replace(path.onDisk, with: record.bytes)
        let missing = record.missing.joined(separator: "、")
        Report.summary(
            missing.isEmpty ? "已记录“\(stage)”；审核齐了，可以发布。" : "已记录“\(stage)”；还缺\(missing)。",
            missing.isEmpty ? "recorded; it has all its reviews" : "recorded; it still lacks \(missing)",
            [
                ("recorded", jsonString(stage)),
                ("missing", "[\(record.missing.map(jsonString).joined(separator: ","))]"),
            ],
            as: options.format)
    }
}

extension ReviewCommand {
    /// Whether every sentence that may tell of a person has been looked at.
    private func isTicked(_ questions: [PhraseQuestion]) throws -> Bool {
        let open = questions.filter { !tick.contains($0.code) }
        if open.isEmpty { return true }
        QuestionList.show(open)
        throw Refusal(
            zh: "请逐句看过；可以公布的，在命令后面加 --tick \(open.map(\.code).joined(separator: " "))",
            en:
                "Look at each sentence; if they may be published, add --tick \(open.map(\.code).joined(separator: " "))."
        )
    }
}

/// A file of a site that somebody names from where they are, or from the site's folder.
struct SitePath {
    /// Below the site's folder.
    let inSite: String
    let onDisk: String

    init(_ given: String, in site: String, disk: Disk) throws {
        let candidates = [given, "\(site)/\(given)"]
        guard let found = candidates.first(where: { disk.kind($0) == .file }), let resolved = disk.resolved(found),
            let root = disk.resolved(site)
        else { throw Refusal(zh: "没有“\(given)”这个文件。", en: "There is no file “\(given)”.") }
        guard resolved.hasPrefix("\(root)/content/") else {
            throw Refusal(
                zh: "“\(given)”不在这个网站的content/里；网站在别处就用--site指出。",
                en: "“\(given)” is not below content/ of this site; name another site with --site.")
        }
        inSite = String(decoding: resolved.utf8.dropFirst(root.utf8.count + 1), as: UTF8.self)
        onDisk = resolved
    }
}
