import ArgumentParser
import Formats
import Noticeboard

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract:
            "Says everything that build would say, and what would make the site better; mends the mechanical with --fix."
    )

    @OptionGroup var options: SiteOptions

    @Flag(help: "Mend what can be mended without knowing what was meant, and show it as a diff.")
    var fix = false

    @Flag(help: "With --fix: make headings of numbered lines (一、（一）1.) as well.")
    var headings = false

    @Flag(help: "With --fix: show the diff, and write nothing.")
    var dryRun = false

    func validate() throws {
        if !fix, headings || dryRun { throw ValidationError("--headings and --dry-run go with --fix.") }
    }

    func run() throws {
        if fix { try mend() }
        let pipeline = try Pipeline(options, disk: .real)
        var diagnostics = pipeline.diagnostics
        var advice: [Diagnostic] = []
        var outside: [String: [String]] = [:]
        if !diagnostics.hasErrors {
            let helper = SiteAdvice(pipeline.plan, tree: pipeline.tree)
            let rendered = try pipeline.render(Array(pipeline.plan.outputs.indices)) { route, bytes in
                route.hasSuffix(".html") ? (route, helper.outsideLinks(in: bytes)) : (route, [])
            }
            diagnostics = (diagnostics + rendered.diagnostics).ordered()
            advice = try helper.diagnostics()
            for (route, links) in rendered.taken { for link in links { outside[link, default: []].append(route) } }
        }
        Report.write(diagnostics, hiding: pipeline.privacy, as: options.format)
        Report.write(advice, hiding: pipeline.privacy, as: options.format)
        show(outside, pipeline.privacy)
        let (errors, warnings) = Report.count(diagnostics)
        Report.summary(
            "检查完毕：错误\(errors)处，提醒\(warnings)处，建议\(advice.count)条。",
            "checked: \(errors) errors, \(warnings) warnings, \(advice.count) pieces of advice",
            [("errors", "\(errors)"), ("warnings", "\(warnings)"), ("advice", "\(advice.count)")], as: options.format)
        if errors > 0 { throw ContentErrors() }
    }
}

extension CheckCommand {
    /// Lists the addresses outside the site, each with the first page that leads there.
    private func show(_ outside: [String: [String]], _ privacy: PersonalData) {
        guard options.format == .text, !outside.isEmpty else { return }
        let lines = outside.sorted { $0.key < $1.key }.map { "  \($0.key) ← \($0.value.min() ?? "")" }
        let title = "外部链接\(lines.count)个，没有访问 outside links, not visited:"
        Terminal.error(([title] + lines).map { privacy.masked(visible($0)) }.joined(separator: "\n"))
    }

    private func mend() throws {
        let (tree, _) = try options.tree(.real)
        let privacy = try options.loader(.real).declarations(tree).site.personalData
        var count = 0
        for file in tree.files where file.path.hasPrefix("content/") && !file.path.hasPrefix("content/files/") {
            var ignored: [Diagnostic] = []
            guard let source = SourceFile.decode(path: file.path, raw: try tree.bytes(of: file), into: &ignored),
                let text = SourceFix(headings: headings).mended(source)
            else { continue }
            count += 1
            show(source, text, privacy)
            if !dryRun { try Disk.real.replace("\(options.folder)/\(file.path)", with: Array(text.utf8)) }
        }
        let (zh, en) = dryRun ? ("将修改", "would change") : ("已修改", "changed")
        Terminal.error("\(zh)\(count)个文件 | \(en) \(count) files\n")
    }

    /// The lines that change; those that hold personal values are not shown.
    private func show(_ source: SourceFile, _ text: String, _ privacy: PersonalData) {
        let old = source.lines().map { source.text($0) }
        let new = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        var lines = ["--- \(source.path)", "+++ \(source.path)"]
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, let line, _): lines.append("-\(offset + 1): \(privacy.shown(line))")
            case .insert(let offset, let line, _): lines.append("+\(offset + 1): \(privacy.shown(line))")
            }
        }
        let ordered = lines.prefix(2) + lines.dropFirst(2).sorted { number($0) < number($1) }
        Terminal.error(ordered.map(visible).joined(separator: "\n") + "\n")
    }

    private func number(_ line: String) -> Int { Int(line.dropFirst().prefix { $0.isNumber }) ?? 0 }
}
