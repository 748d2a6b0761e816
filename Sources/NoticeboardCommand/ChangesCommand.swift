import ArgumentParser
import Formats
import Noticeboard

struct ChangesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "changes",
        abstract: "Lists what has to be sent to a copy of the site elsewhere, and what has to be deleted there.",
        discussion:
            "Each line is “w ROUTE” (send) or “d ROUTE” (delete), those to be sent first. Keep a copy of the manifest (OUTPUT/.noticeboard-manifest) of what was sent last, and name it with --since."
    )

    @OptionGroup var options: SiteOptions

    @OptionGroup var destination: OutputChoice

    @Option(
        help:
            "The manifest of what was sent last. Without it, or while there is no such file, everything is to be sent.")
    var since: String?

    func run() throws {
        let publisher = try destination.publisher(of: options.folder, .real)
        guard let present = try publisher.manifest() else {
            throw Refusal(zh: "还没有发布过网站。", en: "No site was published yet.")
        }
        let sent = try since.map { try manifest(at: $0) } ?? .empty
        let lines = present.changes(since: sent).map { "\($0.isWrite ? "w" : "d") \($0.route)" }
        if !lines.isEmpty { Terminal.output(lines.joined(separator: "\n")) }
    }

    private func manifest(at path: String) throws -> Manifest {
        if Disk.real.kind(path) == nil { return .empty }
        guard let manifest = Manifest(try Disk.real.read(path)) else {
            throw Refusal(zh: "\(path)不是清单。", en: "\(path) is no manifest.")
        }
        return manifest
    }
}

extension Manifest {
    /// What differs from an earlier manifest: files that are new or others first, then those that are gone.
    func changes(since old: Manifest) -> [(isWrite: Bool, route: String)] {
        let writes = (0..<count).filter { index in
            old.index(of: route(index)).map { old.hash($0) != hash(index) } ?? true
        }
        let deletes = (0..<old.count).map(old.route).filter { index(of: $0) == nil }
        return writes.map { (true, route($0)) } + deletes.map { (false, $0) }
    }
}
