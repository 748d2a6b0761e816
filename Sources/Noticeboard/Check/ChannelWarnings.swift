import Formats

/// Warnings about notices that do not fit a channel that they go to.
struct ChannelWarnings {
    let forms: NoticeForms

    /// A body whose HTML is shorter cannot be too long for any channel.
    private static let harmless = 6_000

    func all(_ notices: [NoticeChannels]) throws -> [Diagnostic] {
        let unused = try notices.flatMap { try unusedChannels(of: $0.index) }
        return try noScreens() + unused
            + notices.filter { $0.channels.count > 1 }.flatMap { try warnings($0.index, $0.channels) }
    }

    /// A channel that a notice names and the school does not have. Of a school that has none nothing is expected.
    private func unusedChannels(of index: Int) throws -> [Diagnostic] {
        let used = forms.site.configuration.channels.used
        if used.count == 1 { return [] }
        let notice = forms.site.notices[index]
        return try notice.channels.compactMap(Channel.init(rawValue:)).filter { !used.contains($0) }.map { channel in
            let (source, range) = try place(notice, ["channels", "渠道"])
            return source.warning(
                "channel.not-used", at: range, "学校没有启用“\(channel.words)”，这条通知不会发到那里。",
                "The school does not use the channel “\(channel.rawValue)”; the notice does not go there.",
                fix: .init(
                    "从channels里删去它，或在site.yml的channels.use里加上\(channel.rawValue)。",
                    "Take it out of channels, or add \(channel.rawValue) to channels.use in site.yml."))
        }
    }

    private func unusedScreens() -> Diagnostic {
        Diagnostic(
            .warning, "channel.screens-unused", in: "content/site.yml", "写了screens，但没有启用电子屏，屏幕上不会有任何通知。",
            "There are screens, but the channel is not used; they show no notice.",
            fix: .init("在channels的use里加上screen。", "Add screen to use in channels."))
    }

    private func noScreens() -> [Diagnostic] {
        let configuration = forms.site.configuration
        if !configuration.channels.used.contains(.screen), !configuration.screens.isEmpty { return [unusedScreens()] }
        guard configuration.channels.used.contains(.screen), configuration.screens.isEmpty else { return [] }
        return [
            Diagnostic(
                .warning, "channel.no-screens", in: "content/site.yml", "启用了电子屏，但screens里一块屏幕也没有。",
                "Screens are used, but there is none in screens.",
                fix: .init(
                    "加上screens，例如 - {id: hall, name: 大厅屏, size: 1920x1080}；没有屏幕就从use里删去screen。",
                    "Add screens, such as - {id: hall, name: Hall, size: 1920x1080}, or take screen out of use."))
        ]
    }

    private func warnings(_ index: Int, _ channels: Set<Channel>) throws -> [Diagnostic] {
        let text = forms.text(of: index)
        var found: [Diagnostic?] = []
        if channels.contains(.sms) {
            found.append(
                try warning(
                    "channel.sms-long", index, text.messageCheck, ["sms", "短信", "title", "标题"],
                    .init("写一行更短的“sms: …”。", "Write a shorter line “sms: …”.")))
        }
        if channels.contains(.screen), forms.site.configuration.screens.contains(where: \.isStrip) {
            found.append(
                try warning(
                    "channel.strip-characters", index, text.stripCheck, ["screen_text", "屏幕语", "title", "标题"],
                    .init("在“screen_text: …”里换成常用的字和标点。", "Use common characters in “screen_text: …”.")))
        }
        if channels.contains(.wechat) { found += try wechat(index, text.facts) }
        return found.compactMap(\.self)
    }

    private func wechat(_ index: Int, _ facts: NoticeFactsInWords) throws -> [Diagnostic?] {
        let notice = forms.site.notices[index]
        guard
            notice.bodySize > ChannelWarnings.harmless || facts.title.count > WeChatArticle.Limit.title
                || facts.summary.count > WeChatArticle.Limit.digest
        else { return [] }
        let names = [["title", "标题"], ["summary", "摘要"], [], []]
        return try zip(forms.article(of: index).checks, names).map { check, names in
            try warning(
                "channel.wechat-long", index, check, names,
                .init("缩短它，或从channels里去掉wechat。", "Shorten it, or take wechat out of its channels."))
        }
    }

    /// A warning at the first of some fields.
    private func warning(
        _ id: String, _ index: Int, _ check: ChannelCheck, _ names: [String], _ fix: Diagnostic.Text
    ) throws -> Diagnostic? {
        guard let problem = check.problem else { return nil }
        let (source, range) = try place(forms.site.notices[index], names)
        return source.warning(id, at: range, problem.zh, problem.en, fix: fix)
    }

    /// The first of some fields that a notice has; its first line where it has none.
    private func place(_ notice: Notice, _ names: [String]) throws -> (SourceFile, Range<Int>) {
        let source = try forms.tree.source(notice.path)
        var ignored: [Diagnostic] = []
        let entries = FrontMatter.split(source, into: &ignored).fields?.mapping ?? []
        let entry = names.lazy.compactMap { name in entries.first { $0.key == name } }.first
        return (source, entry?.value.range ?? source.line(at: 0))
    }
}
