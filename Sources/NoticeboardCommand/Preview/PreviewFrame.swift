import Formats
import Templates

/// What a preview shows around a page: errors with their lines, warnings about it, and whether the public sees it.
struct PreviewFrame {
    static let html = "text/html; charset=utf-8"
    /// Below this path lies what belongs to the preview and not to the site.
    static let folder = ".preview/"

    /// The moment that is looked at, as it was given; empty for the usual one.
    let now: String
    var errors: [Diagnostic] = []
    var warnings: [Diagnostic] = []
    /// Warnings about other pages.
    var others = 0
    /// Why the public does not see the page.
    var state: Diagnostic.Text?

    /// A page with the frame in it.
    func around(_ page: [UInt8]) -> [UInt8] {
        let end = Array("</body>".utf8)
        // A page's own text has no such tag: it would be escaped.
        guard let place = page.lastRange(of: end) else { return page + markup.utf8 }
        return Array(page[..<place]) + markup.utf8 + page[place...]
    }

    /// A page of its own, where there is no good one yet.
    var alone: [UInt8] {
        Array(
            """
            <!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>预览：内容有错误</title>
            <meta name="viewport" content="width=device-width, initial-scale=1"></head><body>\(markup)</body></html>
            """.utf8)
    }

    /// A file of the preview itself, by its name below `folder`.
    static func asset(_ name: String) -> [UInt8]? {
        guard ["preview.css", "preview.js"].contains(name),
            let file = EmbeddedTemplates.files.first(where: { $0.path == "preview/\(name)" })
        else { return nil }
        return bytes(of: file.text)
    }
}

extension PreviewFrame {
    private var markup: String {
        let folder = "/\(PreviewFrame.folder)"
        return """
            <link rel="stylesheet" href="\(folder)preview.css"><link rel="stylesheet" href="\(folder)drafts.css">
            <aside id="noticeboard-preview" aria-label="预览" lang="zh-CN">\(errorList)\(notes)\(warningList)</aside>
            <script src="\(folder)preview.js"></script>
            """
    }

    private var errorList: String {
        if errors.isEmpty { return "" }
        return """
            <section class="errors" role="alert"><h2>有\(errors.count)处错误，网页还是上一次正确的样子</h2>
            <p lang="en">\(errors.count) errors; the page is the last good one.</p>
            <ol>\(errors.prefix(20).map(item).joined())</ol></section>
            """
    }

    private var warningList: String {
        if warnings.isEmpty, others == 0 { return "" }
        let rest = others > 0 ? "<p>其他页面还有\(others)处提醒，见终端。</p>" : ""
        return """
            <details><summary>提醒\(warnings.count)处</summary><ol>\(warnings.prefix(20).map(item).joined())</ol>\(rest)</details>
            """
    }

    private var notes: String {
        let hidden =
            state.map { "<p class=\"note\">\(escaped($0.zh)) <span lang=\"en\">\(escaped($0.en))</span></p>" } ?? ""
        if now.isEmpty { return hidden }
        return hidden + "<p class=\"note\">正在看\(escaped(now))时的样子。<a href=\"?now=\">回到现在</a></p>"
    }

    private func item(_ diagnostic: Diagnostic) -> String {
        let excerpt = diagnostic.location.excerpt.map { "<pre>\(excerptMarkup($0, diagnostic.location))</pre>" } ?? ""
        return """
            <li><p><strong>\(escaped("\(diagnostic.location)"))</strong> <code>\(escaped(diagnostic.id))</code></p>
            <p>\(escaped(diagnostic.message.zh)) <span lang="en">\(escaped(diagnostic.message.en))</span></p>\(excerpt)
            <p class="fix">改法：\(escaped(diagnostic.fix.zh)) <span lang="en">\(escaped(diagnostic.fix.en))</span></p></li>
            """
    }

    /// The line with the place marked.
    private func excerptMarkup(_ line: String, _ location: Diagnostic.Location) -> String {
        let before = line.prefix(location.column - 1)
        let marked = line.dropFirst(location.column - 1).prefix(location.length)
        let after = line.dropFirst(location.column - 1 + location.length)
        return "\(escaped(String(before)))<mark>\(escaped(String(marked)))</mark>\(escaped(String(after)))"
    }

    private func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        appendEscaped(visible(text), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension [UInt8] {
    /// Where the last occurrence of a pattern begins.
    fileprivate func lastRange(of pattern: [UInt8]) -> Int? {
        guard count >= pattern.count else { return nil }
        return (0...(count - pattern.count)).reversed().first { self[$0..<$0 + pattern.count].elementsEqual(pattern) }
    }
}
