import Formats

/// A language of the site: what is said in it, and the templates compiled with that.
struct Tongue: Sendable {
    let wording: Wording
    private let compiled: Later<TemplateSet>

    init(_ wording: Wording, _ compiled: Later<TemplateSet>) { (self.wording, self.compiled) = (wording, compiled) }

    var templates: TemplateSet { compiled.value }

    func begin() { compiled.begin() }
}

/// The templates of a site, compiled for each language, with what each is given, and the assets beside them.
public struct SiteTemplates: Sendable {
    public let schema: TemplateSchema
    public let assets: [(path: String, bytes: [UInt8])]
    let worker: [UInt8]
    /// By language. The first language is complete, so there always is one.
    let tongues: [String: Tongue]
    /// Of each template with all that it uses, and of each asset, as `assets/NAME`.
    let fingerprints: [String: Fingerprint]
    /// Of what the program itself says, in all languages.
    let spoken: Fingerprint

    private let paths: [String: String]

    /// The language that all texts are written in; other languages are compared with it.
    public static let mainLanguage = "zh-CN"

    /// The languages that texts were written in.
    var languages: [String] { tongues.keys.sorted() }

    /// What is said in a language; in the first one where nobody wrote it.
    func wording(_ language: String) -> Wording {
        (tongues[language] ?? tongues[SiteTemplates.mainLanguage])?.wording ?? Wording()
    }

    /// Compiles the templates; errors come with file, line and column.
    ///
    /// - Parameters:
    ///   - trustsCarried: Whether the program's own files are known to have no mistake, as its tests see to. Where a site adds none,
    ///     other languages than the main one are then compiled only where they are needed.
    public init(_ files: TemplateFiles, trustsCarried: Bool = false, into diagnostics: inout [Diagnostic]) {
        schema = TemplateSchema(files.given, into: &diagnostics)
        assets = files.assets
        worker = files.worker
        paths = files.templates.mapValues(\.path)
        let isTrusted = trustsCarried && !files.hasOwn
        tongues =
            isTrusted
            ? SiteTemplates.trusted(files) : SiteTemplates.checked(files, into: &diagnostics)
        // What carried files say changes with the program only, and so does everything then.
        let known = tongues.filter { !isTrusted || $0.key == SiteTemplates.mainLanguage }.map(\.value.templates)
        var own = files.templates.mapValues { Fingerprint($0.bytes) }
        var spoken = Fingerprint()
        for (_, tongue) in tongues.sorted(by: { $0.key < $1.key }) {
            for key in tongue.wording.keys {
                own[Wording.prefix + key, default: Fingerprint()].mix(Fingerprint(tongue.wording.text(key)))
                if Phrase.keySet.contains(key) { spoken.mix(Fingerprint(tongue.wording.text(key))) }
            }
        }
        var fingerprints: [String: Fingerprint] = [:]
        for name in files.templates.keys {
            // What the program says itself may stand on any page.
            fingerprints[name] = Set(known.flatMap { $0.closure(of: name) }).sorted().reduce(
                into: spoken
            ) { whole, part in
                if let fingerprint = own[part] { whole.mix(fingerprint) }
            }
        }
        if let warning = PageWeight.heavyAssets(files.assets) { diagnostics.append(warning) }
        fingerprints[Worker.route] = Fingerprint(files.worker)
        for asset in files.assets { fingerprints["assets/\(asset.path)"] = Fingerprint(asset.bytes) }
        self.fingerprints = fingerprints
        self.spoken = spoken
    }

    /// The texts of every language: all that the first one has, and all that the program asks for.
    private static func checked(_ files: TemplateFiles, into diagnostics: inout [Diagnostic]) -> [String: Tongue] {
        guard let main = files.locales[mainLanguage] else {
            diagnostics.append(
                Diagnostic(
                    .error, "template.missing", in: "templates/locales/\(mainLanguage).yml", "缺少语言文件。",
                    "The file of texts is missing.", fix: .init("恢复这个文件。", "Restore the file.")))
            return [:]
        }
        let complete = Wording(main, language: mainLanguage, into: &diagnostics)
        var tongues: [String: Tongue] = [:]
        for (language, source) in files.locales.sorted(by: { $0.key < $1.key }) {
            let isMain = language == mainLanguage
            let wording = isMain ? complete : Wording(source, language: language, into: &diagnostics)
            diagnostics += wording.differences(from: complete, needs: Phrase.keys)
            // Mistakes in templates themselves are told once.
            var found: [Diagnostic] = []
            let set = TemplateSet(files.templates, wording: wording, into: &found)
            diagnostics += isMain ? found : found.filter { $0.location.path == source.path }
            tongues[language] = Tongue(wording, Later(value: set))
        }
        return tongues
    }

    private static func trusted(_ files: TemplateFiles) -> [String: Tongue] {
        var ignored: [Diagnostic] = []
        return files.locales.reduce(into: [:]) { tongues, locale in
            let wording = Wording(locale.value, language: locale.key, into: &ignored)
            let compile = { @Sendable in
                var ignored: [Diagnostic] = []
                return TemplateSet(files.templates, wording: wording, into: &ignored)
            }
            tongues[locale.key] = Tongue(
                wording, locale.key == mainLanguage ? Later(value: compile()) : Later(compile))
        }
    }

    /// Begins to compile the templates of some languages on other threads.
    public func begin(_ languages: [String]) {
        for language in languages { tongues[language]?.begin() }
    }

    /// The files of a template and of all that it uses; of an asset, its own.
    func files(of name: String) -> [String] {
        if name.hasPrefix("assets/") { return ["templates/\(name)"] }
        if name == Worker.route { return ["templates/worker/worker.js"] }
        let used = tongues[SiteTemplates.mainLanguage]?.templates.closure(of: name) ?? []
        return used.compactMap { paths[$0] } + tongues.values.map(\.wording.source.path).sorted()
    }

    /// Assets whose versions stand on every page.
    static let namedOnPages = onEveryPage + ["search.js"] + formStyles.map(\.name)

    /// Style sheets of pages that stand alone, with the name by which templates know them.
    static let formStyles: [(field: String, name: String)] = [
        ("document", "document.css"), ("poster", "poster.css"), ("week_sheet", "week-sheet.css"),
        ("temperature_sheet", "temperature-sheet.css"), ("screen", "screen.css"),
    ]

    static let onEveryPage = ["site.css", "site.js"]

    /// Of those assets.
    var style: Fingerprint {
        SiteTemplates.namedOnPages.reduce(into: Fingerprint()) { whole, name in
            whole.mix(fingerprints["assets/\(name)"] ?? Fingerprint())
        }
    }
}
