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
        try DoctorCommand.checkIsSite(options.folder)
        let entries = BuildLog(site: options.folder, disk: .real).last(max(1, count))
        let zone = TimeZone.shanghai
        let ledger = LedgerSize(site: options.folder, disk: .real)
        if let page {
            let target = Disk.real.resolvedAncestor(of: page) + "/"
            for folder in [SiteOptions.ownOutput, "content", "templates"]
            where target.hasPrefix(Disk.real.resolvedAncestor(of: "\(options.folder)/\(folder)") + "/") {
                throw notThere(page)
            }
            if Disk.real.kind(page) != nil, !StatusPage.isOne(try Disk.real.read(page)) { throw notThere(page) }
            try Disk.real.replace(page, with: StatusPage(entries: entries, zone: zone, ledger: ledger).bytes)
        } else if options.format == .json {
            Terminal.output(entries.map(\.line).joined(separator: "\n"))
        } else {
            let rows = entries.map { StatusPage.cells(of: $0, in: zone).joined(separator: "  ") }
            Terminal.output(rows.isEmpty ? "还没有生成过。 | Nothing was built yet." : rows.joined(separator: "\n"))
            if let ledger { Terminal.output("\(ledger.zh)。 | \(ledger.en)") }
        }
    }

    private func notThere(_ path: String) -> Refusal {
        Refusal(
            zh: "状态页不能写到\(path)：那里是网站或内容的文件夹，或者已有别的文件。",
            en: "\(path) cannot hold the status page: it is in the site or its content, or another file is there.")
    }
}

/// The last builds as a page: no script, no style but its own, nothing from elsewhere.
struct StatusPage {
    let entries: [BuildLog.Entry]
    let zone: TimeZone
    var ledger: LedgerSize?

    /// Whether a file is a page of ours, which may be replaced.
    static func isOne(_ bytes: [UInt8]) -> Bool { String(decoding: bytes, as: UTF8.self).contains("<h1>\(title)</h1>") }

    private static let title = "生成状态 Status"

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
            <title>\(StatusPage.title)</title>
            <style>body{font:16px/1.6 sans-serif;margin:2rem;color:#1d1c1a}table{border-collapse:collapse}
            th,td{text-align:start;padding:.3em .8em;border-bottom:1px solid #ccc}.s1,.s2,.s3{background:#fbe3e0}</style>
            </head>
            <body>
            <h1>\(StatusPage.title)</h1>
            <p><strong>\(state)</strong></p>
            <table><thead><tr>\(head)</tr></thead><tbody>
            \(rows.joined())</tbody></table>
            \(ledger.map { "<p>\($0.zh) · \($0.en)</p>" } ?? "")
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
