import Formats
import Noticeboard

/// Notices that say something else than their published pages do, without a correction that tells: a family that read the page
/// yesterday must learn that a deadline has moved.
struct Corrections {
    private let plan: SitePlan
    private let tree: SourceTree
    private let inventory: Inventory
    private let published: Manifest
    private let publisher: Publisher

    init(
        _ plan: SitePlan, _ tree: SourceTree, _ inventory: Inventory, _ published: Manifest, _ publisher: Publisher
    ) {
        (self.plan, self.tree, self.inventory) = (plan, tree, inventory)
        (self.published, self.publisher) = (published, publisher)
    }

    /// Only notices whose files are newer than the publication are looked at, so that most builds read no page.
    func diagnostics() throws -> [Diagnostic] {
        let disk = publisher.disk
        let since = disk.stamp("\(publisher.output)/\(Manifest.name)").modified
        let places = Dictionary(
            (0..<inventory.count).filter { inventory.stamps[$0].modified >= since }.map { (inventory.paths[$0], $0) }
        ) { first, _ in first }
        return try plan.publishedNotices.filter { places[$0.path] != nil && published.index(of: $0.route) != nil }
            .compactMap { notice in
                let page = "\(publisher.output)/\(notice.route)"
                guard disk.kind(page) == .file else { return nil }
                let text = String(decoding: try disk.read(page), as: UTF8.self)
                guard let code = text.firstMatch(of: /<p class="code">[^<]*<code>([^<]+)<\/code>/)?.1,
                    code != plan.code(of: notice),
                    notice.corrections.allSatisfy({ text.contains($0.text) })
                else { return nil }
                return uncorrected(notice)
            }
    }

    private func uncorrected(_ notice: Notice) -> Diagnostic {
        let day = plan.day
        return Diagnostic(
            .warning, "notice.uncorrected", in: notice.path, "这条已发布的通知改了内容，没有写更正；看过旧版的家长不会知道。",
            "This published notice says something else now, and no correction tells.",
            fix: .init(
                "在文首加：corrections: [{date: \(day), text: 改了什么}]；只是改错字，可以不写。",
                "Add to its fields: corrections: [{date: \(day), text: what changed}]; nothing, if only a slip was mended."
            ))
    }
}
