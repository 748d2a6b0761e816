import ArgumentParser
import Formats
import Noticeboard

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Says what a page depends on, what depends on a file, and what would be made again now.")

    @Argument(help: "An address of the site (notices/2026/a.html), or a file (content/notices/2026/a.md).")
    var subject: String

    @OptionGroup var options: SiteOptions

    @OptionGroup var destination: OutputChoice

    func run() throws {
        let publisher = try destination.publisher(of: options.folder, .real)
        let memory = MemoryFile(site: options.folder).memory
        let rebuild = Rebuild(
            memory, try options.inventory(.real), output: publisher.output, disk: .real, boot: Program.boot)
        let pipeline = try Pipeline(options, rebuild, disk: .real)
        if pipeline.diagnostics.hasErrors {
            Report.write(pipeline.diagnostics, hiding: pipeline.privacy, as: .text)
            throw ContentErrors()
        }
        let stale = Stale.outputs(of: pipeline.plan, kept: rebuild.outputs(pipeline.plan), isRested: rebuild.isRested)
        let lines = try Explanation(pipeline: pipeline, stale: stale).lines(for: plain(subject))
        Terminal.output(lines.map(pipeline.privacy.masked).joined(separator: "\n"))
    }

    /// Without what people put before an address: `./`, `/`, or the output folder.
    private func plain(_ subject: String) -> String {
        var text = subject[...]
        for prefix in ["./", "/", "\(destination.output)/"] where text.hasPrefix(prefix) {
            text = text.dropFirst(prefix.count)
        }
        return String(text)
    }
}

private struct Explanation {
    let pipeline: Pipeline
    let stale: [(index: Int, reason: StaleReason)]

    private var plan: SitePlan { pipeline.plan }

    func lines(for subject: String) throws -> [String] {
        if let index = plan.outputs.firstIndex(where: { $0.route == subject }) { return output(index) }
        let dependents = plan.outputs(dependingOn: subject, templates: pipeline.templates)
        if !dependents.isEmpty || pipeline.tree.file(subject) != nil { return file(subject, dependents) }
        throw Refusal(
            zh: "没有“\(subject)”这个页面或文件。", en: "There is no page or file “\(subject)”.")
    }

    private func output(_ index: Int) -> [String] {
        let output = plan.outputs[index]
        let reason = stale.first { $0.index == index }?.reason.words(in: plan)
        let state =
            reason.map { both("会重新生成：\($0.zh)", "would be made again: \($0.en)") }
            ?? both("不会重新生成：依赖的内容都没有变", "would not be made again: nothing that it depends on has changed")
        return [output.route, "  \(state)", "  \(both("依赖：", "depends on:"))"]
            + output.dependencies.map { "    \(both(plan.words(for: $0)))" }
    }

    private func file(_ path: String, _ dependents: [(index: Int, through: Dependency)]) -> [String] {
        let routes = Set(stale.map(\.index))
        let shown = dependents.prefix(40).map { index, dependency in
            let words = plan.words(for: dependency)
            let mark = routes.contains(index) ? ("；会重新生成", "; would be made again") : ("", "")
            return "    \(plan.outputs[index].route) ← \(both(words.zh + mark.0, words.en + mark.1))"
        }
        let rest = dependents.count - shown.count
        return [path, "  \(both("\(dependents.count)个文件依赖它：", "\(dependents.count) outputs depend on it:"))"] + shown
            + (rest > 0 ? ["    …\(both("另有\(rest)个", "and \(rest) more"))"] : [])
    }

    private func both(_ text: Diagnostic.Text) -> String { both(text.zh, text.en) }
    private func both(_ zh: String, _ en: String) -> String { zh == en ? zh : "\(zh) | \(en)" }
}
