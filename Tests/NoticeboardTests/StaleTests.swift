import Formats
import Foundation
import Testing

@testable import Noticeboard

/// What each kind of change makes stale, on the small site of the goldens: one table, a rule a line.
@Suite struct StaleTests {
    struct Change: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var path = "content/notices/2026/fourth.md"
        /// What becomes of the file's text; nil removes the file.
        var edit: @Sendable (String) -> String? = { $0 }
        /// Days, and hours, that pass.
        var days = 0
        var hours = 0
        /// Routes that must be stale, and what they are told to depend on.
        let stale: [String]
        /// Routes that must not be.
        let rested: [String]
        var reason = ""
    }

    private static let lists = [
        "notices/index.html", "notices/2026.html", "notices/category/epidemic.html", "index.html",
    ]
    private static let fourth = "notices/2026/fourth.html"
    private static let standing = ["contacts.html", "duties.html", "pages/requirements.html"]

    static let changes: [Change] = [
        Change(testDescription: "nothing", stale: [], rested: lists + standing + [fourth]),
        Change(
            testDescription: "a body", edit: { $0 + "\n补充一句。\n" }, stale: [fourth],
            rested: lists + standing + ["feed.xml"],
            reason: "content/notices/2026/fourth.md"),
        Change(
            testDescription: "a title",
            edit: { $0.replacing("---\n", with: "---\nsummary: 新摘要。\n", maxReplacements: 1) },
            stale: [fourth, "notices/2026.html", "index.html", "feed.xml"],
            rested: standing + ["notices/2026/first.html"]),
        Change(
            testDescription: "the state",
            edit: { $0.replacing("---\n", with: "---\nstatus: draft\n", maxReplacements: 1) },
            stale: ["notices/2026.html", "index.html", "sitemap.xml"], rested: standing + ["notices/2026/first.html"]),
        Change(
            testDescription: "a removal", edit: { _ in nil },
            stale: ["notices/2026.html", "index.html", "sitemap.xml"],
            rested: standing + ["notices/2026/first.html"]),
        Change(
            testDescription: "an addition", path: "content/notices/2026/new.md",
            edit: { _ in
                "---\ntitle: 新\nkind: 通知\ndate: 2026-11-22\nissuer: 校\nteam: isolation\ncategory: epidemic\n---\n文。\n"
            },
            stale: ["notices/2026/new.html", "notices/2026.html", "notices/index.html", "feed.xml", "sitemap.xml"],
            rested: standing + [fourth]),
        Change(
            testDescription: "a team's name", path: "content/teams/isolation.md",
            edit: { $0.replacing("隔离组", with: "观察组") },
            stale: [fourth, "teams/isolation.html", "duties.html", "notices/index.html"],
            rested: ["contacts.html", "pages/requirements.html"]),
        Change(
            testDescription: "a team's duty", path: "content/teams/isolation.md", edit: { $0 + "3. 记录。\n" },
            stale: ["teams/isolation.html", "duties.html"], rested: [fourth, "notices/index.html", "contacts.html"],
            reason: "content/teams/isolation.md"),
        Change(
            testDescription: "site.yml", path: "content/site.yml", edit: { $0.replacing("公告栏", with: "布告栏") },
            stale: lists + standing + [fourth], rested: ["assets/site.css"], reason: "content/site.yml"),
        Change(
            testDescription: "contacts", path: "content/organisation.yml", edit: { $0.replacing("全天", with: "白天") },
            stale: [fourth, "contacts.html"], rested: ["assets/site.css"], reason: "content/organisation.yml"),
        Change(
            testDescription: "a page", path: "content/pages/requirements.md", edit: { $0 + "\n多通风。\n" },
            stale: ["pages/requirements.html", "guide.html"], rested: lists + ["contacts.html", fourth]),
        Change(
            testDescription: "a statistics day", path: "content/statistics/disinfection/2026-11-20.csv",
            edit: { $0.replacing("教室,3,3", with: "教室,3,2") },
            stale: ["figures/disinfection.html", "figures/index.html", "index.html"],
            rested: standing + ["figures/attendance.html", "notices/index.html", fourth], reason: "disinfection"),
        Change(
            testDescription: "the roster", path: "content/duty/2026-11.csv",
            edit: { $0.replacing("0101", with: "0102") },
            stale: ["duty.html", "index.html"], rested: ["contacts.html", fourth, "notices/index.html"],
            reason: "roster"),
        Change(
            testDescription: "a body, in the search and among codes", path: "content/notices/2026/first.md",
            edit: { $0 + "\n补充一句。\n" },
            stale: ["search/terms/0.js", "search/titles/0.js", "search.html", "verify.html"], rested: standing,
            reason: "the search's index"),
        Change(
            testDescription: "words that are there already", path: "content/notices/2026/first.md",
            edit: { $0 + "\n" + ($0.split(separator: "\n").last ?? "") + "\n" },
            stale: ["search/titles/0.js", "search/base.js"], rested: standing + ["search/terms/0.js"],
            reason: "searched"),
        Change(
            testDescription: "a due time", hours: 9,
            stale: ["figures/disinfection.html", "figures/index.html", "index.html"],
            rested: standing + [fourth, "search/base.js"], reason: "overdue"),
        Change(
            testDescription: "midnight", days: 1, stale: ["index.html", "duty.html", "figures/reports.html"],
            rested: ["contacts.html", fourth, "notices/2026.html", "teams/isolation.html"], reason: "the day"),
        Change(
            testDescription: "a body, in its forms", path: "content/notices/2026/second.md", edit: { $0 + "\n补充一句。\n" },
            stale: [
                "notices/2026/second/print.html", "notices/2026/second/wechat.html", "desk/2026/second.html",
            ], rested: ["notices/2026/first.html", "board/week.html", "events.ics"]),
        Change(
            testDescription: "channels", path: "content/notices/2026/second.md",
            edit: { $0.replacing("---\n", with: "---\nchannels: [screen, sms]\n", maxReplacements: 1) },
            stale: ["notices/2026/second/sms.txt", "screens/hall.html", "screens/strip.txt", "board/week.html"],
            rested: standing),
        Change(
            testDescription: "the roster, in its forms", path: "content/duty/2026-11.csv",
            edit: { $0.replacing("0101", with: "0102") }, stale: ["duty.ics", "screens/hall.html", "board/week.html"],
            rested: ["events.ics", "screens/strip.txt", "feed.json"], reason: "roster"),
        Change(
            testDescription: "a screen's hours", hours: 10, stale: ["screens/hall.html", "duty.html"],
            rested: standing.filter { $0 != "duty.html" } + ["screens/strip.txt", "board/temperature.html"],
            reason: "the hours of the screen hall"),
        Change(
            testDescription: "an expiry", edit: { $0 }, days: 400, stale: ["index.html"], rested: ["contacts.html"]),
    ]

    @Test(arguments: changes)
    func rule(_ change: Change) throws {
        let old = try Planned(Planned.texts, days: 0)
        var texts = Planned.texts
        texts[change.path] = change.edit(texts[change.path] ?? "")
        let new = try Planned(texts, days: change.days, hours: change.hours)
        let stale = Stale.outputs(of: new.plan, kept: old.plan.kept)
        let reasons = Dictionary(uniqueKeysWithValues: stale.map { (new.plan.outputs[$0.index].route, $0.reason) })
        for route in change.stale { #expect(reasons[route] != nil, "\(route) should be stale") }
        for route in change.rested { #expect(reasons[route] == nil, "\(route) should not be stale") }
        if let first = change.stale.first, let reason = reasons[first] {
            #expect(change.reason.isEmpty || reason.words(in: new.plan).en.contains(change.reason))
        }
        // Nothing that differs is left alone.
        for (route, bytes) in try new.pages() where reasons[route] == nil {
            #expect(try old.pages()[route] == bytes, "\(route) differs and is not stale")
        }
    }

    @Test func everyTemplateMakesItsPagesStale() throws {
        let old = try Planned(Planned.texts, days: 0)
        var files = Planned.templates
        let index = try #require(files.firstIndex { $0.path == "notice-item/notice-item.mustache" })
        files[index].bytes += Array("<!-- -->".utf8)
        let new = try Planned(Planned.texts, days: 0, templates: files)
        let routes = Stale.outputs(of: new.plan, kept: old.plan.kept).map { new.plan.outputs[$0.index].route }
        #expect(
            routes.contains("notices/index.html") && routes.contains("index.html")
                && routes.contains("teams/isolation.html"))
        #expect(!routes.contains("contacts.html") && !routes.contains("organisation.html"))
    }

    @Test func withoutMemoryEverythingIsStale() throws {
        let plan = try Planned(Planned.texts, days: 0).plan
        let all = plan.outputs.count
        #expect(Stale.outputs(of: plan, kept: nil).count == all)
        #expect(
            Stale.outputs(of: plan, kept: plan.kept, full: true).map(\.reason) == Array(repeating: .full, count: all))
        let touched = Stale.outputs(of: plan, kept: plan.kept) { !$0.hasPrefix("notices/") }
        #expect(touched.allSatisfy { $0.reason == .touched } && touched.count > 5 && touched.count < all)
    }
}

/// The small site of the goldens, planned in memory.
private struct Planned {
    static let texts: [String: String] = {
        let folder = Program.checkout.appending(path: "Tests/Golden/base/site").path
        return Dictionary(
            uniqueKeysWithValues: Sample.read(folder).files.map {
                ($0.path, String(decoding: try! Sample.read(folder).bytes(of: $0), as: UTF8.self))
            })
    }()

    static let templates = EmbeddedFiles.all

    let plan: SitePlan
    let renderer: SiteRenderer

    init(
        _ texts: [String: String], days: Int, hours: Int = 0,
        templates files: [(path: String, bytes: [UInt8])] = Planned.templates
    )
        throws
    {
        let tree = SourceTree(texts.map { SourceTree.File(path: $0.key, bytes: Array($0.value.utf8)) })
        var diagnostics: [Diagnostic] = []
        let now = Moment(seconds: Sample.now.seconds + days * 86_400 + hours * 3600)
        let site = try SiteLoader(jobs: 1, zone: { _ in .shanghai }).load(tree) { _ in now }.site
        let templates = SiteTemplates(try TemplateFiles(carried: files, own: SourceTree([])), into: &diagnostics)
        plan = try SitePlan.make(site, tree: tree, now: now, templates: templates, into: &diagnostics)
        renderer = SiteRenderer(plan, templates, tree: tree, into: &diagnostics)
        #expect(diagnostics.filter { $0.severity == .error } == [])
    }

    func pages() throws -> [String: [UInt8]] {
        var ignored: [Diagnostic] = []
        return try Dictionary(
            uniqueKeysWithValues: plan.outputs.map { output in
                var text = PageText()
                try renderer.render(output, to: &text, into: &ignored)
                return (output.route, text.bytes)
            })
    }
}
