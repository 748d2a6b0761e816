import Formats
import Noticeboard

/// A site as its writer sees it before it is published: made when it is asked for, drafts included, never written anywhere.
/// While the sources have errors, the last good site is shown with them.
///
/// Not safe to be used from several threads at once; the server has one for it.
final class Preview {
    /// What is shown as of one moment.
    private struct View {
        /// The last site without errors.
        var good: Pipeline?
        /// What is wrong with the sources now; empty where `good` is up to date.
        var errors: [Diagnostic] = []
        var warnings: [Diagnostic] = []
    }

    struct Response {
        var status = 200
        let type: String
        let bytes: [UInt8]
        var location: String?
        var cookie: String?
    }

    private let options: any SiteChoice
    private let disk: Disk
    /// By `--now` of the view; the empty one is the options' or the clock's.
    private var views: [String: View] = [:]
    /// The last look at the sources, whichever moment it was for.
    private var last: (pipeline: Pipeline, inventory: Inventory, time: Int64)?

    /// Pages as they were shown last, by moment and route: a notice whose file is broken cannot be made again.
    private var shown: [[String]: [UInt8]] = [:]

    /// How many moments, and pages, are kept.
    private static let viewLimit = 8
    private static let pageLimit = 100

    init(_ options: some SiteChoice, disk: Disk) {
        self.options = options
        self.disk = disk
    }

    /// Looks at the sources again, for the moment that is looked at mostly.
    ///
    /// - Returns: What is wrong with them, in order.
    func refresh() -> [Diagnostic] {
        // Other moments are looked at again when they are asked for.
        views = views.mapValues { View(good: $0.good, errors: [], warnings: []) }.filter { $0.key.isEmpty }
        let view = view(of: "")
        return view.errors + view.warnings
    }

    /// The answer to a request for a path of the site, as of a moment (`--now`).
    func response(to path: String, now: String) -> Response {
        let view = views[now] ?? self.view(of: now)
        let frame = PreviewFrame(now: now, errors: view.errors)
        guard let site = view.good else { return .init(status: 500, type: PreviewFrame.html, bytes: frame.alone) }
        let route = path.isEmpty || path.hasSuffix("/") ? "\(path)index.html" : path
        guard let output = site.plan.output(route) else { return missing(route, site, frame) }
        let (bytes, found) = page(output, of: site, now: now)
        let type = contentType(route)
        guard type == PreviewFrame.html else { return .init(type: type, bytes: bytes) }
        var around = frame
        around.errors += found.map(site.privacy.withoutValues)
        let source = site.plan.source(of: route)
        around.warnings = view.warnings.filter { $0.location.path == source || $0.location.path == route }
        around.others = view.warnings.count - around.warnings.count
        around.state = state(of: route, in: site)
        return .init(type: type, bytes: around.around(bytes))
    }

    /// A style sheet that marks links to what the public does not see yet.
    func draftStyle(now: String) -> [UInt8] {
        let site = (views[now] ?? view(of: now)).good
        let hidden = site?.plan.unpublished ?? []
        let rules = hidden.compactMap { notice, state -> String? in
            let name = site?.plan.site.notices[notice].route.split(separator: "/").last ?? ""
            if name.contains(where: { "\"\\]".contains($0) }) { return nil }
            let word = [.draft: "草稿", .unreviewed: "未审", .scheduled: "定时"][state] ?? ""
            return "a[href$=\"\(name)\"]::after{content:\"〔\(word)〕\";color:#a81b15}"
        }
        return Array(rules.joined(separator: "\n").utf8)
    }
}

extension Preview {
    private func view(of now: String) -> View {
        var view = views[now] ?? views[""] ?? View()
        view.errors = []
        view.warnings = []
        do {
            let pipeline = try pipeline(now)
            let told = pipeline.diagnostics.map(pipeline.privacy.withoutValues)
            if told.hasErrors {
                view.errors = told.filter { $0.severity == .error }
            } else {
                view.good = pipeline
                view.warnings = told
            }
        } catch {
            view.errors = [unreadable(error)]
        }
        if views.count >= Preview.viewLimit { views = views.filter { $0.key.isEmpty } }
        views[now] = view
        return view
    }

    private func pipeline(_ now: String) throws -> Pipeline {
        let time = Clock.nanoseconds
        let inventory = try options.inventory(disk)
        let memory =
            last.map { PreviewMemory(inventory, after: $0.pipeline, $0.inventory, at: $0.time) }
            ?? PreviewMemory(inventory)
        let pipeline = try Pipeline(
            options, memory, disk: disk, now: now.isEmpty ? nil : now, showsAll: true)
        last = (pipeline, inventory, time)
        return pipeline
    }

    private func page(_ output: Output, of site: Pipeline, now: String) -> ([UInt8], [Diagnostic]) {
        do {
            let (bytes, found) = try site.render(output)
            if shown.count >= Preview.pageLimit { shown = [:] }
            shown[[now, output.route]] = bytes
            return (bytes, found.filter { $0.severity == .error })
        } catch is SourceChanged where shown[[now, output.route]] != nil {
            return (shown[[now, output.route]] ?? [], [])
        } catch {
            return ([], [unreadable(error)])
        }
    }

    private func state(of route: String, in site: Pipeline) -> Diagnostic.Text? {
        let notices = site.plan.site.notices
        guard let found = site.plan.unpublished.first(where: { notices[$0.notice].route == route }) else { return nil }
        switch found.state {
        case .draft: return .init("草稿：定稿以后才对外显示。", "A draft: the public does not see it.")
        case .unreviewed: return .init("还没有通过审核，不对外显示。", "Not reviewed yet: the public does not see it.")
        default:
            let time = site.plan.site.configuration.zone.rfc3339(notices[found.notice].publishAt)
            return .init("定时发布：\(time)才对外显示。", "Scheduled: the public sees it from \(time).")
        }
    }

    private func missing(_ route: String, _ site: Pipeline, _ frame: PreviewFrame) -> Response {
        // A folder's address without the slash.
        if site.plan.output("\(route)/index.html") != nil {
            return .init(status: 301, type: "text/plain", bytes: [], location: "/\(route)/")
        }
        let page = site.plan.output("404.html").map { self.page($0, of: site, now: frame.now).0 } ?? []
        return .init(status: 404, type: PreviewFrame.html, bytes: frame.around(page))
    }
}

private func unreadable(_ error: any Error) -> Diagnostic {
    let reason = (error as? MachineFailure)?.path ?? (error as? SourceChanged)?.path ?? "content"
    return Diagnostic(
        .error, "preview.unreadable", in: reason, "这个文件现在读不了，可能正在保存。",
        "This file cannot be read now; it may be on its way to the disk.",
        fix: .init("再保存一次。", "Save it again."))
}

/// The types that browsers are told, by a name's ending.
func contentType(_ route: String) -> String {
    let types = [
        "html": PreviewFrame.html, "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "xml": "application/xml; charset=utf-8", "json": "application/json; charset=utf-8",
        "txt": "text/plain; charset=utf-8", "csv": "text/csv; charset=utf-8", "ics": "text/calendar; charset=utf-8",
        "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
        "webp": "image/webp", "pdf": "application/pdf", "mp3": "audio/mpeg", "mp4": "video/mp4",
    ]
    return types[route.split(separator: ".").last.map { $0.lowercased() } ?? ""] ?? "application/octet-stream"
}
