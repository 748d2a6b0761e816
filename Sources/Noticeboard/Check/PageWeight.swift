import Formats

/// What a page may weigh, for telephones that are slow or paid by the megabyte.
///
/// The home page may take 40 KB compressed with its style sheet and script, any other page 60 KB without its pictures. Everything
/// on a page but a writer's text is bounded by what the program puts there (Tests/Browser measures that); so texts and the
/// site's own assets are what is looked at here, when they are read.
enum PageWeight {
    /// For a text, beside 25 KB for what stands around it.
    static let text = 35_000
    /// For the style sheet and the script together.
    static let assets = 20_000
    static let image = 300_000

    private static let images = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"]

    static func isHeavyImage(_ path: String, bytes: Int) -> Bool {
        bytes > image && images.contains { path.lowercased().hasSuffix($0) }
    }

    static func heavyImage(_ path: String, bytes: Int) -> Diagnostic {
        Diagnostic(
            .warning, "image.heavy", in: path, "图片有\(bytes / 1000) KB，手机上很久才打开。",
            "The picture has \(bytes / 1000) KB and takes long on a telephone.",
            fix: .init(
                "缩小到宽1200像素以内，存成JPEG或WebP，不超过300 KB。",
                "Make it at most 1,200 pixels wide, as JPEG or WebP, below 300 KB."))
    }

    /// A warning where a text is too heavy. Text of fewer bytes need not be compressed to know.
    static func heavyText(_ html: [UInt8], _ source: SourceFile) -> Diagnostic? {
        guard html.count > text else { return nil }
        let size = Gzip.size(of: html)
        guard size > text else { return nil }
        return source.warning(
            "page.heavy", at: source.line(at: 0), "正文压缩后还有\(size / 1000) KB，手机上很久才打开。",
            "The text has \(size / 1000) KB even compressed and takes long on a telephone.",
            fix: .init("分成几篇，或者把长表格放进附件。", "Divide it, or put long tables into an attachment."))
    }

    /// The same of the assets that every page names.
    static func heavyAssets(_ assets: [(path: String, bytes: [UInt8])]) -> Diagnostic? {
        let named = assets.filter { SiteTemplates.onEveryPage.contains($0.path) }
        guard named.reduce(0, { $0 + $1.bytes.count }) > self.assets else { return nil }
        let size = named.reduce(0) { $0 + Gzip.size(of: $1.bytes) }
        guard size > self.assets, let largest = named.max(by: { $0.bytes.count < $1.bytes.count }) else { return nil }
        return Diagnostic(
            .warning, "asset.heavy", in: "templates/assets/\(largest.path)", "样式和脚本压缩后共\(size / 1000) KB，每一页都要等它们。",
            "Style sheet and script have \(size / 1000) KB compressed, and every page waits for them.",
            fix: .init("删去不用的样式，不超过20 KB。", "Remove what is not used; stay below 20 KB."))
    }
}
