import Formats

/// Which files of `content/files/` are published: those that a public text refers to. The file of a draft, of a notice to
/// come or of a withdrawn one stays inside.
struct Attachments {
    private let site: Site
    let published: Set<String>

    init(site: Site, states: [NoticeState]) {
        self.site = site
        var names: Set<String> = []
        for (notice, state) in zip(site.notices, states) where state.isPublic && state != .withdrawn {
            names.formUnion(used(by: notice))
        }
        for team in site.teams { names.formUnion(targets(of: team.body.links, from: team.source.path)) }
        for page in site.pages { names.formUnion(targets(of: page.body.links, from: page.source.path)) }
        published = names.intersection(site.files.keys)
    }

    /// A warning for every file that no text refers to at all.
    func unused() -> [Diagnostic] {
        let all = site.notices.reduce(into: published) { $0.formUnion(used(by: $1)) }
        return site.files.keys.filter { !all.contains($0) }.sorted().map { name in
            Diagnostic(
                .warning, "attachment.unused", in: Route.contentPrefix + name, "没有通知或页面用到这个文件，不会发布。",
                "No notice or page refers to this file; it is not published.",
                fix: .init(
                    "在通知的attachments里写上它，或从content/files/里移走。",
                    "Name it in a notice's attachments, or move it out of content/files/.")
            ).fixed(by: .remove)
        }
    }
}

private func used(by notice: Notice) -> Set<String> {
    if !notice.facts.has(.links), !notice.facts.has(.attachments) { return [] }
    return targets(of: notice.links, from: notice.path).union(notice.attachments.map(\.file.name))
}

private func targets(of links: [Document.Link], from path: String) -> Set<String> {
    Set(
        links.map { $0.target(from: path) }.filter { $0.hasPrefix(Route.contentPrefix) }.map {
            String($0.dropFirst(Route.contentPrefix.count))
        })
}
