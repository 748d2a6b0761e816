import Formats

/// Warnings about notices that do not fit a channel that they go to.
struct ChannelWarnings {
    let forms: NoticeForms

    /// A body whose HTML is shorter cannot be too long for any channel.
    private static let harmless = 6_000

    func all(_ notices: [(index: Int, channels: Set<Channel>)]) throws -> [Diagnostic] {
        try notices.filter { $0.channels.count > 1 }.flatMap { try warnings($0.index, $0.channels) }
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

    /// A warning at the first of some fields that the notice has; at its first line where it has none.
    private func warning(
        _ id: String, _ index: Int, _ check: ChannelCheck, _ names: [String], _ fix: Diagnostic.Text
    ) throws -> Diagnostic? {
        guard let problem = check.problem else { return nil }
        let source = try forms.tree.source(forms.site.notices[index].path)
        var ignored: [Diagnostic] = []
        let entries = FrontMatter.split(source, into: &ignored).fields?.mapping ?? []
        let entry = names.lazy.compactMap { name in entries.first { $0.key == name } }.first
        return source.warning(id, at: entry?.value.range ?? source.line(at: 0), problem.zh, problem.en, fix: fix)
    }
}
