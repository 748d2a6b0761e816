import Formats
import Foundation
import Templates
import Testing

@testable import Noticeboard

/// The sample school, loaded in memory.
enum Sample {
    static let now = Moment(seconds: 1_795_393_800)

    static let tree = read(Program.checkout.path)

    static func read(_ folder: String) -> SourceTree {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: "\(folder)/content")) ?? []
        return SourceTree(
            paths.compactMap { path in
                var isFolder: ObjCBool = false
                let full = "\(folder)/content/\(path)"
                guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder), !isFolder.boolValue,
                    let data = FileManager.default.contents(atPath: full)
                else { return nil }
                return SourceTree.File(path: "content/\(path)", bytes: Array(data))
            })
    }

    static let files = try! TemplateFiles(
        carried: EmbeddedFiles.all,
        own: SourceTree([]))

    static let templates: SiteTemplates = {
        var diagnostics: [Diagnostic] = []
        return SiteTemplates(files, into: &diagnostics)
    }()

    static func build(_ tree: SourceTree, now: Moment = now, jobs: Int = 2) -> (
        pages: [String: [UInt8]], renderer: SiteRenderer, diagnostics: [Diagnostic]
    ) {
        var (site, diagnostics) = try! SiteLoader(jobs: jobs, zone: { _ in .shanghai }).load(tree) { _ in now }
        let plan = try! SitePlan.make(site, tree: tree, now: now, templates: templates, into: &diagnostics)
        let renderer = SiteRenderer(plan, templates, tree: tree, into: &diagnostics)
        var pages: [String: [UInt8]] = [:]
        for output in plan.outputs {
            var text = PageText()
            try! renderer.render(output, to: &text, into: &diagnostics)
            pages[output.route] = text.bytes
        }
        return (pages, renderer, diagnostics)
    }
}

/// The templates that the program carries.
enum EmbeddedFiles {
    static let all: [(path: String, bytes: [UInt8])] = EmbeddedTemplates.files.map {
        ($0.path, Array(UnsafeBufferPointer(start: $0.text.utf8Start, count: $0.text.utf8CodeUnitCount)))
    }
}

@Suite struct SiteTests {
    /// What lists show of a notice is made once for all of them, and is what each would have made of it.
    @Test func preparedItemsChangeNothing() throws {
        let (pages, renderer, _) = Sample.build(Sample.tree)
        let prepared = renderer.prepared(for: renderer.plan.outputs, jobs: 2)
        #expect(renderer.plan.index.published.contains { prepared.items[$0] != nil })
        var diagnostics: [Diagnostic] = []
        for output in renderer.plan.outputs {
            var text = PageText()
            try prepared.render(output, to: &text, into: &diagnostics)
            #expect(text.bytes == pages[output.route], "\(output.route)")
        }
    }

    @Test func sampleSchoolHasNoErrors() {
        let (pages, _, diagnostics) = Sample.build(Sample.tree)
        #expect(diagnostics.filter { $0.severity == .error } == [])
        #expect(pages.count > 70)
    }

    /// A layout that was worked out for its frame gives what the template gives.
    @Test func layoutsGiveWhatTheirTemplatesGive() throws {
        let (pages, renderer, _) = Sample.build(Sample.tree)
        var ignored: [Diagnostic] = []
        for output in renderer.plan.outputs {
            guard let layout = output.content.layout, let page = try renderer.page(output) else { continue }
            let parts = renderer.parts(page.language)
            let frame = renderer.frame(section: page.section, parts).adding([
                "page": renderer.frame(of: page, route: output.route, parts)
            ])
            var bytes: [UInt8] = []
            parts.templates.render(
                layout, [frame, page.record], page: output.route, root: renderer.root(of: output), to: &bytes,
                into: &ignored)
            #expect(pages[output.route] == bytes, "\(output.route)")
        }
    }

    /// Both sides of the contract with template authors: what is given is what given.yml declares, on every page.
    @Test func everyPageIsGivenWhatItsTemplateDeclares() throws {
        let (_, renderer, _) = Sample.build(Sample.tree)
        var layouts: Set<String> = []
        for output in renderer.plan.outputs {
            guard let layout = output.content.layout, let page = try renderer.page(output) else { continue }
            let parts = renderer.parts(page.language)
            let frame = renderer.frame(section: page.section, parts).adding([
                "page": renderer.frame(of: page, route: output.route, parts)
            ])
            let record = page.record
            layouts.insert(layout)
            #expect(renderer.schema.mismatches(frame, with: "page") == [], "\(output.route)")
            #expect(renderer.schema.mismatches(record, with: layout) == [], "\(output.route)")
        }
        #expect(layouts.count == 31)
    }

    @Test func outputsDoNotDependOnThreads() {
        let one = Sample.build(Sample.tree, jobs: 1).pages
        let many = Sample.build(Sample.tree, jobs: 7).pages
        #expect(one == many)
    }

    @Test func everyPageDeclaresWhatItDependsOn() {
        let (_, renderer, _) = Sample.build(Sample.tree)
        for output in renderer.plan.outputs { #expect(!output.dependencies.isEmpty, "\(output.route)") }
    }

    /// The whole life of a notice, by its status, its dates and what replaces it.
    @Test(arguments: [
        ("status: draft", "none"), ("status: 草稿", "none"), ("publish_at: 2026-11-24", "none"),
        ("publish_at: 2026-11-23T08:30:00+08:00", "published"), ("publish_at: 2026-11-23 08:31", "none"),
        ("expires_at: 2026-11-10", "expired"), ("expires_at: 2026-11-23", "published"),
        ("失效: 2026-11-10 08:30", "expired"), ("失效: 2026-11-23 08:31", "published"),
        ("status: withdrawn\nwithdrawn: 有误", "withdrawn"), ("status: removed", "none"), ("", "published"),
    ])
    func lifeOfANotice(_ field: String, _ expected: String) throws {
        let text =
            "---\ntitle: 生命\nid: L1\nkind: 通知\nissuer: 安全办\ndate: 2026-11-01\nteam: isolation\ncategory: epidemic\n\(field)\n---\n独特的正文。\n"
        // In a school without reviews.
        let config = String(decoding: try #require(try Sample.tree.bytes("content/site.yml")), as: UTF8.self)
            .replacing(/reviews:\n(  .*\n)+/, with: "")
        let tree = SourceTree(
            Sample.tree.files.filter { $0.path != "content/site.yml" } + [
                .init(path: "content/site.yml", bytes: Array(config.utf8)),
                .init(path: "content/notices/2026/life.md", bytes: Array(text.utf8)),
            ])
        let (pages, _, diagnostics) = Sample.build(tree)
        #expect(diagnostics.hasErrors == false)
        let page = pages["notices/2026/life.html"].map { String(decoding: $0, as: UTF8.self) }
        switch expected {
        case "none": #expect(page == nil)
        case "expired": #expect(page?.contains("本通知已失效") == true && page?.contains("独特的正文") == true)
        case "withdrawn": #expect(page?.contains("本通知已撤回") == true && page?.contains("独特的正文") == false)
        default: #expect(page?.contains("独特的正文") == true && page?.contains("class=\"state") == false)
        }
        let current =
            String(decoding: pages["index.html"] ?? [], as: UTF8.self)
            + String(decoding: pages["notices/index.html"] ?? [], as: UTF8.self)
        #expect(current.contains("notices/2026/life.html") == false || expected == "published")
    }

    /// A file's name may hold what means something else in an address.
    @Test func namesThatAreNoAddresses() throws {
        let text =
            "---\ntitle: 楼栋\nid: L2\nkind: 通知\nissuer: 安全办\ndate: 2026-11-23\nteam: isolation\ncategory: epidemic\n---\n正文。\n"
        let config = String(decoding: try #require(try Sample.tree.bytes("content/site.yml")), as: UTF8.self)
            .replacing(/reviews:\n(  .*\n)+/, with: "")
        let tree = SourceTree(
            Sample.tree.files.filter { $0.path != "content/site.yml" } + [
                .init(path: "content/site.yml", bytes: Array(config.utf8)),
                .init(path: "content/notices/2026/1#楼100%.md", bytes: Array(text.utf8)),
            ])
        let (pages, _, _) = Sample.build(tree)
        #expect(pages["notices/2026/1#楼100%.html"] != nil)
        for route in ["index.html", "notices/index.html", "feed.xml", "sitemap.xml"] {
            let page = String(decoding: try #require(pages[route], "\(route)"), as: UTF8.self)
            #expect(page.firstMatch(of: /1%23[^"<]*100%25\.html/) != nil && !page.contains("1#楼100%.html"), "\(route)")
        }
    }

    /// A published notice that loses its page without being removed is reported; lists and other pages are not.
    @Test func lostAddressesAreReported() {
        let (_, renderer, _) = Sample.build(Sample.tree)
        let routes = [
            "notices/2026/gone.html", "notices/2026-9.html", "notices/category/x.html", "notices/team/y-2.html",
            "pages/z.html",
        ]
        let lost = renderer.plan.lostAddresses(among: routes, .error)
        #expect(lost.map(\.location.path) == ["notices/2026/gone.html"])
    }

    @Test func everyLinkAndAnchorOfTheSampleLeadsSomewhere() throws {
        let pages = Sample.build(Sample.tree).pages.filter { $0.key.hasSuffix(".html") && $0.key != "404.html" }
        let all = Sample.build(Sample.tree).pages
        var checked = 0
        for (route, bytes) in pages {
            let html = String(decoding: bytes, as: UTF8.self)
            for match in html.matches(of: /(?:href|src)="([^":]*)"/) {
                let parts = match.1.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                let target = resolve(String(parts[0].split(separator: "?").first ?? ""), from: route)
                let found = try #require(all[target], "\(route) links to \(match.1)")
                checked += 1
                guard parts.count == 2 else { continue }
                let id = (String(parts[1]).removingPercentEncoding ?? "")
                #expect(String(decoding: found, as: UTF8.self).contains("id=\"\(id)\""), "\(route) links to \(match.1)")
            }
        }
        #expect(checked > 1000)
    }

    private func resolve(_ path: String, from route: String) -> String {
        if path.isEmpty { return route }
        var parts = route.split(separator: "/").dropLast().map(String.init)
        for part in path.split(separator: "/") {
            if part == ".." { parts.removeLast() } else { parts.append(String(part)) }
        }
        return parts.joined(separator: "/").removingPercentEncoding ?? ""
    }
}
