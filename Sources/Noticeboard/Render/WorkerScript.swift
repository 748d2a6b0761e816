import Formats

/// The service worker (W3C Service Workers, §4): what browsers keep of the site for when there is no network.
enum Worker {
    /// At the site's root, because it may answer for addresses below its own only.
    static let route = "worker.js"
    /// How many of the notices that hold are kept.
    static let notices = 10
}

extension SiteRenderer {
    /// The script with the list of what it keeps, and a name for that list.
    func worker() -> [UInt8] {
        let languages = site.configuration.languages.map { route("index.html", parts($0)) }
        let contacts = site.configuration.languages.map { route("contacts.html", parts($0)) }
        let current = plan.currentNotices.prefix(Worker.notices)
        let notices = current.map { site.notices[$0].route }
        let assets = SiteTemplates.onEveryPage.map { "assets/\($0)?v=\(versions[$0] ?? "")" }
        let kept = (languages + contacts + notices + assets).map {
            jsonString($0.hasPrefix("assets/") ? $0 : percentEncoded($0))
        }
        let list = "[\(kept.joined(separator: ",\n"))]"
        // Another text of a kept notice is another thing to keep.
        var contents = Fingerprint(list)
        for index in current { contents.mix(site.facts[index].content) }
        let name = String(contents.value, radix: 36)
        return Array("var kept = \(list);\nvar name = \(jsonString("noticeboard-\(name)"));\n".utf8) + workerScript
    }
}
