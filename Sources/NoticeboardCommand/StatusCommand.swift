import ArgumentParser
import Formats
import Noticeboard

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract:
            "Shows the last builds to whoever keeps the machine: when, how long, what came of them, and what is next due."
    )

    @OptionGroup var options: SiteOptions

    @Option(name: .customLong("html"), help: "Write a page instead, to this file. It is not for the public.")
    var page: String?

    @Option(name: .customLong("last"), help: "How many builds.")
    var count = 20

    func run() throws {
        let entries = BuildLog(site: options.folder, disk: .real).last(max(1, count))
        let zone = TimeZone.shanghai
        if let page {
            let publisher = try Publisher.into(
                "\(options.folder)/\(SiteOptions.ownOutput)", site: options.folder, disk: .real)
            if (Disk.real.resolvedAncestor(of: page) + "/").hasPrefix(publisher.output + "/") { throw public_(page) }
            try Disk.real.replace(page, with: StatusPage(entries: entries, zone: zone).bytes)
        } else if options.format == .json {
            Terminal.output(entries.map(\.line).joined(separator: "\n"))
        } else {
            let rows = entries.map { StatusPage.cells(of: $0, in: zone).joined(separator: "  ") }
            Terminal.output(rows.isEmpty ? "还没有生成过。 | Nothing was built yet." : rows.joined(separator: "\n"))
        }
    }

    private func public_(_ path: String) -> Refusal {
        Refusal(
            zh: "\(path)在公开的网站里，状态页不能放在那里。", en: "\(path) lies in the public site; choose another place.")
    }
}

/// The last builds as a page: no script, no style but its own, nothing from elsewhere.
struct StatusPage {
    let entries: [BuildLog.Entry]
    let zone: TimeZone

    var bytes: [UInt8] {
        let rows = entries.map { entry in
            let cells = StatusPage.cells(of: entry, in: zone).map { "<td>\($0)</td>" }.joined()
            return "<tr class=\"s\(min(entry.status, 3))\">\(cells)</tr>\n"
        }
        let head = StatusPage.headings.map { "<th scope=\"col\">\($0)</th>" }.joined()
        let state = entries.first.map { "\($0.verdict.zh) · \($0.verdict.en)" } ?? "还没有生成过 · nothing built yet"
        let page = """
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <meta http-equiv="refresh" content="60">
            <title>生成状态 Status</title>
            <style>body{font:16px/1.6 sans-serif;margin:2rem;color:#1d1c1a}table{border-collapse:collapse}
            th,td{text-align:start;padding:.3em .8em;border-bottom:1px solid #ccc}.s1,.s2,.s3{background:#fbe3e0}</style>
            </head>
            <body>
            <h1>生成状态 Status</h1>
            <p><strong>\(state)</strong></p>
            <table><thead><tr>\(head)</tr></thead><tbody>
            \(rows.joined())</tbody></table>
            </body>
            </html>

            """
        return Array(page.utf8)
    }

    static let headings = [
        "时间 When", "结果 Result", "用时 Took", "文件 Files", "写入 Written", "删除 Deleted", "错误 Errors", "提醒 Warnings",
        "下次变化 Next change", "提示 Diagnostics",
    ]

    /// Fit for a page: none of them holds a sign of HTML.
    static func cells(of entry: BuildLog.Entry, in zone: TimeZone) -> [String] {
        let local = zone.local(Moment(seconds: entry.at))
        return [
            "\(local.day) \(local.clock)", "\(entry.verdict.zh) \(entry.verdict.en)", "\(entry.milliseconds) ms",
            "\(entry.files)", "\(entry.written)", "\(entry.deleted)", "\(entry.errors)", "\(entry.warnings)",
            entry.next,
            entry.ids.joined(separator: " "),
        ].map { $0.filter { !"<>&\"".contains($0) } }
    }
}
