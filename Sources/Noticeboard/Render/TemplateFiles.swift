import Formats

/// The templates and assets of a site: the program's own, with the site's files of the same names in their place.
public struct TemplateFiles: Sendable {
    /// Mustache templates by name: `notice/notice.mustache` is `notice`.
    public let templates: [String: SourceFile]
    /// What each layout is given: `notice/given.yml`, by the folder's name.
    public let given: [String: SourceFile]
    /// The texts of each language: `locales/en.yml` is `en`.
    public let locales: [String: SourceFile]
    /// Files that are published below `assets/`, by name.
    public let assets: [(path: String, bytes: [UInt8])]
    /// `worker/worker.js`, which is published at the site's root.
    let worker: [UInt8]
    /// Whether the site has any of its own.
    let hasOwn: Bool

    /// - Parameters:
    ///   - carried: The program's files, paths relative to `templates/`.
    ///   - own: The site's files, paths relative to the site.
    /// - Throws: What reading one of them throws.
    public init(carried: [(path: String, bytes: [UInt8])], own: SourceTree) throws {
        var files = Dictionary(carried.map { ($0.path, $0.bytes) }) { _, last in last }
        let added = own.files(under: "templates/")
        hasOwn = !added.isEmpty
        for file in added {
            files[String(file.path.dropFirst("templates/".count))] = try own.bytes(of: file)
        }
        var templates: [String: SourceFile] = [:]
        var given: [String: SourceFile] = [:]
        var locales: [String: SourceFile] = [:]
        var assets: [(path: String, bytes: [UInt8])] = []
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
            let parts = path.split(separator: "/").map(String.init)
            guard let name = parts.last, parts.count > 1 else { continue }
            let source = SourceFile(path: "templates/" + path, bytes: bytes)
            if name.hasSuffix(".mustache") {
                templates[String(name.dropLast(".mustache".count))] = source
            } else if name == "given.yml" {
                given[parts[0]] = source
            } else if parts[0] == "locales", name.hasSuffix(".yml") {
                locales[String(name.dropLast(".yml".count))] = source
            } else if parts[0] == "assets" {
                assets.append((parts.dropFirst().joined(separator: "/"), bytes))
            }
        }
        self.templates = templates
        self.given = given
        self.locales = locales
        worker = files["worker/worker.js"] ?? []
        self.assets = assets
    }
}
