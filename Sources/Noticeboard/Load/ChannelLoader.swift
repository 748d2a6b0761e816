import Formats

extension SiteConfiguration {
    /// Reads `channels:` and `screens:` of `site.yml`.
    mutating func readChannels(_ reader: inout FieldReader) {
        if var form = reader.fields("channels", "渠道") {
            channels.used = Set(Self.channels(&form, "use", "使用")).union([.site])
            // The brackets are put around it.
            channels.signature = (form.text("signature", "签名") ?? "").filter { $0 != "【" && $0 != "】" }
            channels.messageParts = form.integer("sms_parts", "短信条数", in: 1...10) ?? 2
            for var entry in form.list("defaults", "默认") {
                let kind = entry.reference("kind", "文种", required: true)
                let used = Self.channels(&entry, "use", "使用")
                if let kind {
                    channels.byKind[kind.name] = used
                    if !kinds.isEmpty, !kinds.contains(kind.name) { entry.report(unknownKind(kind, reader.source)) }
                }
                reader.take(&entry)
            }
            reader.take(&form)
        }
        if channels.signature.isEmpty { channels.signature = name }
        for var entry in reader.list("screens", "屏幕") {
            if let screen = Self.screen(&entry) { screens.append(screen) }
            reader.take(&entry)
        }
        reader.reportRepeated("screens", screens.map(\.id))
        var ids: Set<String> = []
        screens = screens.filter { ids.insert($0.id).inserted }
    }

    private func unknownKind(_ kind: Reference, _ source: SourceFile) -> Diagnostic {
        source.error(
            "channel.unknown-kind", at: kind.range, "文种“\(kind.name)”不在kinds里。",
            "“\(kind.name)” is not one of the kinds.",
            fix: NearMiss.fix(for: kind.name, among: kinds)
        ).fixed(by: source.correcting(kind.name, in: kind.range, among: kinds))
    }

    private static func channels(_ reader: inout FieldReader, _ names: String...) -> [Channel] {
        reader.references(names).compactMap { given in
            if let channel = Channel(named: given.name) { return channel }
            reader.report(Channel.unknown(given, in: reader.source))
            return nil
        }
    }

    private static func screen(_ reader: inout FieldReader) -> Screen? {
        let id = reader.id("id", "编号")
        let name = reader.text("name", "名称", required: true)
        let size = reader.reference("size", "尺寸", required: true)
        let hours = reader.reference("hours", "时段")
        guard let id, let name, let size else { return nil }
        guard let form = form(size.name) else {
            reader.report(
                reader.source.error(
                    "screen.size", at: size.range, "不认识屏幕尺寸“\(size.name)”。", "Unknown size of a screen.",
                    fix: .init(
                        "写1920x1080、3840x2160、1080x1920的样子，条屏写strip。",
                        "Write it like 1920x1080, 3840x2160 or 1080x1920; strip for an LED strip.")))
            return nil
        }
        let range = hours.flatMap { Self.hours($0.name) }
        if let hours, range == nil {
            reader.report(
                reader.source.error(
                    "screen.hours", at: hours.range, "时段要写成“06:30-18:30”的样子，先早后晚。",
                    "Hours are written like 06:30-18:30.",
                    fix: .init("例如 hours: \"06:30-18:30\"", "For example hours: \"06:30-18:30\"")))
        }
        return Screen(id: id, name: name, form: form, hours: range)
    }

    private static func form(_ text: String) -> Screen.Form? {
        if ["strip", "条屏"].contains(text) { return .strip }
        let sides = text.halfWidth.lowercased().replacing("×", with: "x").split(separator: "x").map { Int($0) }
        guard sides.count == 2, let width = sides[0], let height = sides[1], (480...8192).contains(width),
            (480...8192).contains(height)
        else { return nil }
        return .page(width: width, height: height)
    }

    private static func hours(_ text: String) -> Range<Int>? {
        let ends = text.halfWidth.replacing("–", with: "-").replacing("至", with: "-").split(separator: "-").map { end in
            let parts = end.split(separator: ":").map { Int($0.filter { $0 != " " }) }
            guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...24).contains(hour),
                (0..<60).contains(minute)
            else { return Int?.none }
            return hour * 3600 + minute * 60
        }
        guard ends.count == 2, let start = ends[0], let end = ends[1], start < end, end <= 86_400 else { return nil }
        return start..<end
    }
}
