import Formats

/// The templates and assets of a site: the program's own, with the site's files of the same names in their place.
public struct TemplateFiles: Sendable {
    /// Mustache templates by name: `notice/notice.mustache` is `notice`.
    public let templates: [String: SourceFile]
    /// What each layout is given: `notice/given.yml`, by the folder's name.
    public let given: [String: SourceFile]
    /// Files that are published below `assets/`, by name.
    public let assets: [(path: String, bytes: [UInt8])]

    /// - Parameters:
    ///   - carried: The program's files, paths relative to `templates/`.
    ///   - own: The site's files, paths relative to the site.
    /// - Throws: What reading one of them throws.
    public init(carried: [(path: String, bytes: [UInt8])], own: SourceTree) throws {
        var files = Dictionary(carried.map { ($0.path, $0.bytes) }) { _, last in last }
        for file in own.files(under: "templates/") {
            files[String(file.path.dropFirst("templates/".count))] = try own.bytes(of: file)
        }
        var templates: [String: SourceFile] = [:]
        var given: [String: SourceFile] = [:]
        var assets: [(path: String, bytes: [UInt8])] = []
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
            let parts = path.split(separator: "/").map(String.init)
            guard let name = parts.last, parts.count > 1 else { continue }
            let source = SourceFile(path: "templates/" + path, bytes: bytes)
            if name.hasSuffix(".mustache") {
                templates[String(name.dropLast(".mustache".count))] = source
            } else if name == "given.yml" {
                given[parts[0]] = source
            } else if parts[0] == "assets" {
                assets.append((parts.dropFirst().joined(separator: "/"), bytes))
            }
        }
        self.templates = templates
        self.given = given
        self.assets = assets
    }
}

/// The templates of a site, compiled, with what each is given, and the assets beside them.
public struct SiteTemplates: Sendable {
    public let set: TemplateSet
    public let schema: TemplateSchema
    public let assets: [(path: String, bytes: [UInt8])]
    /// Of each template with all that it uses, and of each asset, as `assets/NAME`.
    let fingerprints: [String: Fingerprint]

    private let paths: [String: String]

    /// Compiles the templates; errors come with file, line and column.
    public init(_ files: TemplateFiles, into diagnostics: inout [Diagnostic]) {
        let set = TemplateSet(files.templates, into: &diagnostics)
        self.set = set
        schema = TemplateSchema(files.given, into: &diagnostics)
        assets = files.assets
        paths = files.templates.mapValues(\.path)
        var fingerprints: [String: Fingerprint] = [:]
        let own = files.templates.mapValues { Fingerprint($0.bytes) }
        for name in files.templates.keys {
            fingerprints[name] = set.closure(of: name).reduce(into: Fingerprint()) { whole, part in
                if let fingerprint = own[part] { whole.mix(fingerprint) }
            }
        }
        for asset in files.assets { fingerprints["assets/\(asset.path)"] = Fingerprint(asset.bytes) }
        self.fingerprints = fingerprints
    }

    /// The files of a template and of all that it uses; of an asset, its own.
    func files(of name: String) -> [String] {
        name.hasPrefix("assets/") ? ["templates/\(name)"] : set.closure(of: name).compactMap { paths[$0] }
    }

    /// Of the style sheet, which every page names.
    var style: Fingerprint { fingerprints["assets/site.css"] ?? Fingerprint() }
}
