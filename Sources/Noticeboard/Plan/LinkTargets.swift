import Formats

/// Where the addresses that writers use lead: source files to routes, with the anchors that they have.
struct LinkTargets: Sendable {
    private struct Target: Sendable {
        let route: String
        let anchors: Set<String>?
        let isPublic: Bool
    }

    private var targets: [String: Target] = [:]

    init(site: Site, states: [NoticeState], routes: Set<String>) {
        for route in routes {
            targets[Route.contentPrefix + route] = Target(route: route, anchors: nil, isPublic: true)
        }
        for name in site.files.keys {
            targets[Route.contentPrefix + name] = Target(route: name, anchors: nil, isPublic: true)
        }
        func add(_ source: SourceFile, _ body: Document, _ isPublic: Bool) {
            targets[source.path] = Target(route: Route.ofSource(source.path), anchors: body.anchors, isPublic: isPublic)
        }
        for (notice, state) in zip(site.notices, states) { add(notice.source, notice.body, state.isPublic) }
        for team in site.teams { add(team.source, team.body, true) }
        for page in site.pages { add(page.source, page.body, true) }
    }

    /// The document's HTML with every link resolved to a route.
    func markup(_ document: Document, from source: SourceFile) -> Markup {
        Markup(
            bytes: document.html,
            slots: document.links.map { link in
                let fragment = link.fragment.map { "#" + $0 } ?? ""
                let route = targets[link.target(from: source)]?.route ?? ""
                return Markup.Slot(offset: link.offset, address: route + fragment)
            })
    }

    /// An error for every link of a published or coming text that leads nowhere.
    /// Links to files that have errors of their own are not judged.
    func check(_ site: Site, failed: Set<String>) -> [Diagnostic] {
        let documents =
            site.notices.filter { $0.status != .removed }.map { ($0.source, $0.body, $0.status == .draft) }
            + site.teams.map { ($0.source, $0.body, false) } + site.pages.map { ($0.source, $0.body, false) }
        return documents.flatMap { source, body, isDraft in
            body.links.filter { !failed.contains($0.target(from: source)) }
                .compactMap { problem($0, in: source, isDraft: isDraft) }
        }
    }
}

extension LinkTargets {
    private func problem(_ link: Document.Link, in source: SourceFile, isDraft: Bool) -> Diagnostic? {
        let path = link.target(from: source)
        guard let target = targets[path] else {
            return source.error(
                link.isImage ? "image.missing" : "link.broken", at: link.range, "链接的文件不存在。",
                "The linked file does not exist.",
                fix: nearest(to: path, from: source))
        }
        if !target.isPublic, !isDraft, path != source.path {
            return source.error(
                "link.not-published", at: link.range, "链接的通知还没有发布，或已移除。", "The linked notice is not published.",
                fix: .init("等它发布后再链接，或删去链接。", "Link to it once it is published, or remove the link."))
        }
        guard let fragment = link.fragment, !fragment.isEmpty, let anchors = target.anchors, !anchors.contains(fragment)
        else {
            return nil
        }
        return source.error(
            "link.broken-anchor", at: link.range, "链接的页面里没有“#\(fragment)”这一处。",
            "The linked page has no place “#\(fragment)”.",
            fix: NearMiss.fix(for: fragment, among: anchors.sorted()))
    }

    /// Paths that are close to the one that does not exist, as the writer would type them.
    private func nearest(to path: String, from source: SourceFile) -> Diagnostic.Text {
        func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
        let known = targets.keys.filter { !$0.hasSuffix(".html") }.sorted()
        let names = NearMiss.suggestions(for: name(path), among: Set(known.map(name)).sorted())
        let near = names.flatMap { wanted in known.filter { name($0) == wanted } }
        let typed = near.prefix(3).map { relative($0, from: source.path) }
        if typed.isEmpty {
            return .init(
                "核对文件名；写成../../teams/isolation.md的样子。", "Check the file's name; write it like ../../teams/isolation.md."
            )
        }
        return .init("改为“\(typed.joined(separator: "”或“"))”。", "Write “\(typed.joined(separator: "” or “"))”.")
    }

    private func relative(_ path: String, from source: String) -> String {
        var to = path.split(separator: "/")[...]
        var from = source.split(separator: "/").dropLast()
        while let first = to.first, first == from.first, to.count > 1 {
            to = to.dropFirst()
            from = from.dropFirst()
        }
        return (from.map { _ in ".." } + to.map(String.init)).joined(separator: "/")
    }
}

extension Document.Link {
    /// The path below the site that the link means: relative to its source, or from `content/` when it begins with `/`.
    func target(from source: SourceFile) -> String {
        if path.isEmpty { return source.path }
        var parts =
            path.hasPrefix("/") ? ["content"] : source.path.split(separator: "/").dropLast().map(String.init)
        for part in path.split(separator: "/") {
            switch part {
            case ".": break
            case "..": if parts.isEmpty { return "" } else { parts.removeLast() }
            default: parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }
}
