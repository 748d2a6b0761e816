import Formats

/// Where the addresses that writers use lead: source files to routes, with the anchors that they have.
struct LinkTargets {
    private struct Target {
        let anchors: [String]?
        let isPublic: Bool
    }

    /// The document's HTML with every link resolved to a route, and with the sizes of its pictures.
    static func markup(_ document: Document, from path: String, tree: SourceTree) throws -> Markup {
        try markup(document.html, document.links, from: path, tree)
    }

    /// The same of a notice, whose body is given.
    static func markup(_ html: [UInt8], of notice: Notice, tree: SourceTree) throws -> Markup {
        notice.facts.has(.links) ? try markup(html, notice.links, from: notice.path, tree) : Markup(bytes: html)
    }

    /// Where a link leads follows from its path alone; that something is there was checked before.
    private static func markup(
        _ html: [UInt8], _ links: [Document.Link], from path: String, _ tree: SourceTree
    ) throws -> Markup {
        var markup = Markup(bytes: html)
        var moved = 0
        for link in links {
            let target = link.target(from: path)
            if link.isImage, let size = try tree.bytes(target).flatMap(ImageSize.init) {
                let attributes = Array("width=\"\(size.width)\" height=\"\(size.height)\" ".utf8)
                // Before `src="`, behind which the address belongs.
                markup.bytes.insert(contentsOf: attributes, at: link.offset + moved - 5)
                moved += attributes.count
            }
            let fragment = link.fragment.map { "#" + $0 } ?? ""
            markup.slots.append(.init(offset: link.offset + moved, address: Route.ofSource(target) + fragment))
        }
        return markup
    }

    /// The files of a notice's pictures: its page tells their sizes.
    static func images(of notice: Notice) -> [Dependency] {
        notice.facts.has(.images) ? images(notice.links, from: notice.path) : []
    }

    static func images(_ links: [Document.Link], from path: String) -> [Dependency] {
        links.filter(\.isImage).map { .file($0.target(from: path)) }
    }

    private let targets: [String: Target]
    private let site: Site
    private let tree: SourceTree
    /// Texts with links, with the links and whether nobody sees them yet.
    private let texts: [(path: String, links: [Document.Link], isDraft: Bool)]

    init(site: Site, tree: SourceTree, states: [NoticeState], routes: @autoclosure () -> [String]) {
        self.site = site
        self.tree = tree
        let notices = site.notices.filter { $0.facts.has(.links) && $0.status != .removed }
        texts =
            notices.map { notice in (notice.path, notice.links, notice.status == .draft) }
            + site.teams.map { team in (team.source.path, team.body.links, false) }
            + site.pages.map { page in (page.source.path, page.body.links, false) }
        // Most sites' texts link to few places; without a link nobody asks where the places are.
        targets = texts.contains { !$0.links.isEmpty } ? LinkTargets.targets(site, states, routes()) : [:]
    }

    /// An error for every link of a published or coming text that leads nowhere.
    /// Links to files that have errors of their own are not judged.
    func check(failed: Set<String>) throws -> [Diagnostic] {
        try texts.flatMap { text in
            try text.links.filter { !failed.contains($0.target(from: text.path)) }
                .compactMap { try problem($0, in: text.path, isDraft: text.isDraft) }
        }
    }
}

extension LinkTargets {
    private static func targets(_ site: Site, _ states: [NoticeState], _ routes: [String]) -> [String: Target] {
        var targets: [String: Target] = [:]
        for name in routes + site.files.keys {
            targets[Route.contentPrefix + name] = Target(anchors: nil, isPublic: true)
        }
        for (notice, state) in zip(site.notices, states) {
            targets[notice.path] = Target(anchors: notice.anchors, isPublic: state.isPublic)
        }
        for team in site.teams { targets[team.source.path] = Target(anchors: team.body.anchors, isPublic: true) }
        for page in site.pages { targets[page.source.path] = Target(anchors: page.body.anchors, isPublic: true) }
        return targets
    }

    private func problem(
        _ link: Document.Link, in from: String, isDraft: Bool
    ) throws -> Diagnostic? {
        let path = link.target(from: from)
        guard let target = targets[path] else {
            let source = try tree.source(from)
            let typed = nearest(to: path, from: from, isImage: link.isImage)
            let isWhole = source.text(link.range) == link.path
            return source.error(
                link.isImage ? "image.missing" : "link.broken", at: link.range, "链接的文件不存在。",
                "The linked file does not exist.", fix: fix(typed, from: from, isImage: link.isImage)
            ).fixed(
                by: typed.first.flatMap { isWhole ? source.replacing(link.range, with: $0) : nil }
                    ?? source.removingLink(to: link.path, in: link.range))
        }
        if !target.isPublic, !isDraft, path != from {
            let source = try tree.source(from)
            return source.error(
                "link.not-published", at: link.range, "链接的通知还没有发布，或已移除。", "The linked notice is not published.",
                fix: .init("等它发布后再链接，或删去链接。", "Link to it once it is published, or remove the link.")
            ).fixed(by: source.removingLink(to: link.path, in: link.range))
        }
        guard let fragment = link.fragment, !fragment.isEmpty, let anchors = target.anchors, !anchors.contains(fragment)
        else {
            return nil
        }
        let source = try tree.source(from)
        // Without its place, the link leads to the page.
        let near = NearMiss.only(for: fragment, among: anchors.sorted()).map { "\(link.path)#\($0)" } ?? link.path
        let isWhole = source.text(link.range) == "\(link.path)#\(fragment)"
        return source.error(
            "link.broken-anchor", at: link.range, "链接的页面里没有“#\(fragment)”这一处。",
            "The linked page has no place “#\(fragment)”.",
            fix: NearMiss.fix(for: fragment, among: anchors.sorted())
        ).fixed(by: isWhole && !near.isEmpty ? source.replacing(link.range, with: near) : nil)
    }

    /// Paths that are close to the one that does not exist, as the writer would type them.
    private func nearest(to path: String, from source: String, isImage: Bool) -> [String] {
        func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
        let known = targets.keys.filter { target in
            if target == source || target == path { return false }
            let isPicture = [".png", ".jpg", ".jpeg", ".gif", ".webp"].contains(where: target.lowercased().hasSuffix)
            return isImage ? isPicture : target.hasSuffix(".md") || target.hasPrefix("content/files/")
        }.sorted()
        // The same name in another folder is what was meant.
        let same = known.filter { name($0) == name(path) }
        if !same.isEmpty { return same.prefix(3).map { relative($0, from: source) } }
        let names = NearMiss.suggestions(for: name(path), among: Set(known.map(name)).sorted())
        let near = names.flatMap { wanted in known.filter { name($0) == wanted } }
        return near.prefix(3).map { relative($0, from: source) }
    }

    private func fix(_ typed: [String], from source: String, isImage: Bool) -> Diagnostic.Text {
        if typed.isEmpty {
            let example = relative(isImage ? "content/files/图.png" : "content/teams/isolation.md", from: source)
            return .init(
                "核对文件名；写成\(example)的样子。\(isImage ? "图片要放在content/files/里。" : "")",
                "Check the file's name; write it like \(example).\(isImage ? " Pictures belong in content/files/." : "")"
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
    func target(from source: String) -> String {
        if path.isEmpty { return source }
        var parts =
            path.hasPrefix("/") ? ["content"] : source.split(separator: "/").dropLast().map(String.init)
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
