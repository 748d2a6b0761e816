import Formats
import Statistics

extension SiteConfiguration {
    /// Reads `site.yml`. `zone` finds a time zone by its name, because zones live on disk.
    static func load(
        _ source: SourceFile, zone find: (String) -> TimeZone?, into diagnostics: inout [Diagnostic]
    ) -> SiteConfiguration {
        var configuration = SiteConfiguration()
        let before = diagnostics.count
        let node = YAML.parse(source, into: &diagnostics)
        if node == nil, diagnostics.count > before { return configuration }
        var reader = FieldReader(source, node)
        configuration.school = reader.translated("name", "名称", "校名", required: true)
        if let name = reader.text("英文名") { configuration.school = Translated(configuration.name, ["en": name]) }
        configuration.heading = reader.translated("title", "标题")
        if configuration.title.isEmpty { configuration.heading = Translated("公告栏", ["en": "Notice Board"]) }
        configuration.language = reader.text("language", "语言") ?? "zh-CN"
        configuration.isKeptOffline = reader.flag("offline", "离线")
        configuration.isPrecompressed = reader.flag("precompress", "压缩")
        configuration.perPage = reader.integer("per_page", "每页条数", in: 1...500) ?? 20
        configuration.kinds = reader.texts("kinds", "文种")
        let languages = reader.references(["languages", "其他语言"])
        configuration.otherLanguages = languages.filter { $0.name != configuration.language }
        configuration.readAddress(&reader)
        configuration.readZone(&reader, find)
        for var category in reader.list("categories", "类别", required: true) {
            let id = category.id("id")
            let name = category.translated("name", "名称", required: true)
            if let id, !name.text.isEmpty { configuration.categories.append(.init(id: id, label: name)) }
            reader.take(&category)
        }
        if var footer = reader.fields("footer", "页脚") {
            configuration.icp = footer.text("icp", "备案号")
            configuration.footer = footer.text("note", "说明")
            reader.take(&footer)
        }
        configuration.safeguards = Safeguards.load(&reader)
        configuration.reviews = ReviewPolicy.load(&reader)
        configuration.allowances = PhraseAllowance.load(&reader)
        reader.reportRepeated("categories", configuration.categories.map(\.id))
        configuration.readChannels(&reader)
        reader.finish()
        diagnostics += reader.diagnostics
        return configuration
    }

    /// What an address may keep of a text: the signs of a host's name.
    private func host(_ text: String) -> String {
        let rest = text.split(separator: "/").last { $0.contains(".") } ?? text[...]
        let kept = rest.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
        return kept.isEmpty ? "board.example.cn" : kept
    }

    private mutating func readAddress(_ reader: inout FieldReader) {
        guard let given = reader.reference("address", "网址", required: true) else { return }
        guard given.name.wholeMatch(of: /https?:\/\/[A-Za-z0-9.\-]+(:[0-9]+)?(\/[A-Za-z0-9._~%\-]+)*\/?/) != nil else {
            reader.report(
                reader.source.error(
                    "site.address", at: given.range, "网址要以https://或http://开头，只用英文字母、数字和连字符。",
                    "The address must begin with https:// or http://.",
                    fix: .init(
                        "例如 address: https://board.example.cn/", "For example address: https://board.example.cn/")
                ).fixed(by: reader.source.replacing(given.name, in: given.range, with: "https://\(host(given.name))/")))
            return
        }
        address = given.name.hasSuffix("/") ? given.name : given.name + "/"
    }

    private mutating func readZone(_ reader: inout FieldReader, _ find: (String) -> TimeZone?) {
        guard let given = reader.reference("time_zone", "时区") else { return }
        if let found = find(given.name) {
            zone = found
        } else {
            reader.report(
                reader.source.error(
                    "site.time-zone", at: given.range, "不认识时区“\(given.name)”。", "Unknown time zone “\(given.name)”.",
                    fix: .init("写成Asia/Shanghai的样子。", "Write it like Asia/Shanghai.")))
        }
    }
}
