import Formats

extension Notice {
    /// Reads a notice: its front matter (Chinese and English keys alike) and its body.
    static func load(_ source: SourceFile, zone: TimeZone, into diagnostics: inout [Diagnostic]) -> Notice? {
        let names = "title、kind、date、issuer、team、category"
        guard let (fields, body) = source.fieldsAndBody(names, into: &diagnostics) else { return nil }
        var reader = FieldReader(source, fields)
        let notice = Notice(&reader, zone: zone, body: body)
        reader.finish()
        diagnostics += reader.diagnostics
        return notice
    }

    private init?(_ r: inout FieldReader, zone: TimeZone, body: Document) {
        source = r.source
        let title = r.text("title", "标题", required: true)
        let kind = r.reference("kind", "文种", required: true)
        let date = r.day("date", "成文日期", required: true)
        let issuer = r.text("issuer", "落款", required: true)
        let team = r.reference("team", "责任组", required: true)
        let category = r.reference("category", "类别", required: true)
        let id = r.reference("id", "编号")
        number = r.text("number", "文号")
        audience = r.texts("audience", "主送")
        let publish = r.time("publish_at", "发布", zone: zone)
        let expiry = r.time("expires_at", "失效", zone: zone)
        lastDay = expiry.flatMap { $0.isDay ? $0.day : nil }
        // A day given as the expiry is the last one: the notice ends with it.
        expiresAt = expiry.map { $0.isDay ? zone.moment(LocalTime($0.day.adding(1))) : $0.moment }
        status = r.choice(["status", "状态"], Notice.statuses) ?? .final
        urgency = r.choice(["urgency", "紧急"], Notice.urgencies) ?? .normal
        channels = Notice.channels(&r)
        summary = r.text("summary", "摘要") ?? body.lead.firstSentence
        sms = r.text("sms", "短信")
        screenText = r.text("screen_text", "屏幕语")
        reviews = Notice.reviews(&r)
        origin = Notice.origin(&r)
        supersedes = r.references(["supersedes", "替代"])
        withdrawalReason = r.text("withdrawn", "撤回原因")
        corrections = Notice.corrections(&r)
        attachments = Notice.attachments(&r)
        replySlip = Notice.replySlip(&r)
        event = Notice.event(&r, zone)
        disease = r.text("disease", "疾病")
        language = r.text("lang", "语言") ?? "zh-CN"
        translationOf = r.reference("translation_of", "译自")
        self.body = body
        Notice.checkWithdrawal(status, withdrawalReason, &r)
        Notice.checkOrder(date, expiry, event, &r)
        guard let title, let kind, let date, let issuer, let team, let category else { return nil }
        self.id = id?.name ?? Route.ofSource(source.path)
        idRange = id?.range ?? source.line(at: 0)
        (self.title, self.kind, self.date, self.issuer, self.team, self.category) = (
            title, kind, date, issuer, team, category
        )
        publishAt = publish?.moment ?? zone.moment(LocalTime(date))
    }
}

extension Notice {
    private static let statuses: [(names: [String], value: Status)] = [
        (["final", "定稿", "published", "已发布", "发布"], .final), (["draft", "草稿"], .draft),
        (["withdrawn", "撤回"], .withdrawn),
        (["removed", "移除"], .removed),
    ]

    private static let urgencies: [(names: [String], value: Urgency)] = [
        (["normal", "普通", "一般"], .normal), (["important", "重要"], .important),
        (["emergency", "紧急", "特急", "特别紧急"], .emergency),
    ]

    static let channelNames = ["site", "board", "screen", "wechat", "group", "sms"]

    private static func channels(_ r: inout FieldReader) -> [String] {
        let given = r.references(["channels", "渠道"])
        for channel in given where !channelNames.contains(channel.name) {
            r.report(
                r.source.error(
                    "notice.channel", at: channel.range, "没有“\(channel.name)”这个渠道。",
                    "There is no channel “\(channel.name)”.",
                    fix: NearMiss.fix(for: channel.name, among: channelNames)))
        }
        return given.map(\.name)
    }

    private static func reviews(_ r: inout FieldReader) -> [Review] {
        var reviews: [Review] = []
        for var entry in r.list("reviews", "审核") {
            let stage = entry.text("stage", "环节", required: true)
            let by = entry.text("by", "审核人", required: true)
            let day = entry.day("date", "日期")
            if let stage, let by { reviews.append(Review(stage: stage, by: by, day: day)) }
            r.take(&entry)
        }
        return reviews
    }

    /// The source of passed-on information: a name, or a name with an address and a date.
    private static func origin(_ r: inout FieldReader) -> Source? {
        guard let node = r.node(["source", "来源"]) else { return nil }
        if let text = node.text { return Source(name: text, url: nil, day: nil) }
        var entry = FieldReader(r.source, node)
        defer { r.take(&entry) }
        guard let name = entry.text("name", "名称", required: true) else { return nil }
        let url = entry.reference("url", "网址")
        if let url, !url.name.hasPrefix("https://"), !url.name.hasPrefix("http://") {
            entry.report(
                r.source.error(
                    "link.unsafe", at: url.range, "来源网址要以https://或http://开头。",
                    "The source's address must begin with https:// or http://.",
                    fix: .init("写完整的网址。", "Write the whole address.")))
        }
        return Source(name: name, url: url?.name, day: entry.day("date", "日期"))
    }

    private static func corrections(_ r: inout FieldReader) -> [Correction] {
        var corrections: [Correction] = []
        for var entry in r.list("corrections", "更正") {
            let day = entry.day("date", "日期", required: true)
            let text = entry.text("text", "内容", required: true)
            if let day, let text { corrections.append(Correction(day: day, text: text)) }
            r.take(&entry)
        }
        return corrections
    }

    private static func attachments(_ r: inout FieldReader) -> [Attachment] {
        var attachments: [Attachment] = []
        for var entry in r.list("attachments", "附件") {
            let file = entry.reference("file", "文件", required: true)
            let title = entry.text("title", "名称")
            if let file { attachments.append(Attachment(file: file, title: title ?? file.name)) }
            r.take(&entry)
        }
        return attachments
    }

    private static func replySlip(_ r: inout FieldReader) -> ReplySlip? {
        guard var entry = r.fields("reply_slip", "回执") else { return nil }
        defer { r.take(&entry) }
        return ReplySlip(due: entry.day("due", "截止"), items: entry.texts("items", "项目"))
    }

    private static func event(_ r: inout FieldReader, _ zone: TimeZone) -> Event? {
        guard var entry = r.fields("event", "活动") else { return nil }
        defer { r.take(&entry) }
        _ = entry.node(["start", "开始"], required: true)
        guard let start = entry.time("start", "开始", zone: zone) else { return nil }
        return Event(start: start, end: entry.time("end", "结束", zone: zone), place: entry.text("place", "地点") ?? "")
    }

    /// A notice ends after it begins, and so does its event.
    private static func checkOrder(_ date: Day?, _ expiry: TimeOfField?, _ event: Event?, _ r: inout FieldReader) {
        if let date, let expiry, expiry.day < date, let node = r.node(["expires_at", "失效"]) {
            r.report(
                r.source.error(
                    "notice.expires-early", at: node.range, "失效日期在成文日期之前。", "The notice expires before its date.",
                    fix: .init("核对两个日期。", "Check both dates.")))
        }
        if let event, let end = event.end, end.moment < event.start.moment, let node = r.node(["event", "活动"]) {
            r.report(
                r.source.error(
                    "notice.event-order", at: node.range, "活动的结束时间在开始时间之前。", "The event ends before it starts.",
                    fix: .init("核对时间，下午写成14:00的样子。", "Check the times; write 14:00 for two in the afternoon.")))
        }
    }

    private static func checkWithdrawal(_ status: Status, _ reason: String?, _ r: inout FieldReader) {
        guard status == .withdrawn, reason == nil else { return }
        r.report(
            r.source.error(
                "notice.no-reason", at: r.source.line(at: 0), "撤回的通知要写明撤回原因。", "A withdrawn notice needs its reason.",
                fix: .init("加一行“withdrawn: 原因”。", "Add a line “withdrawn: reason”.")))
    }
}

extension SourceFile {
    /// The front matter and the rendered body; nil, with an error that says which fields to write, where there is none.
    func fieldsAndBody(_ names: String, into diagnostics: inout [Diagnostic]) -> (fields: YAMLNode, body: Document)? {
        let before = diagnostics.count
        let parts = FrontMatter.split(self, into: &diagnostics)
        guard let fields = parts.fields else {
            if !diagnostics[before...].hasErrors { diagnostics.append(withoutFrontMatter(names)) }
            return nil
        }
        return (fields, Markdown.render(self, body: parts.body, into: &diagnostics))
    }

    /// An error at the first line of a file that has no front matter.
    private func withoutFrontMatter(_ fields: String) -> Diagnostic {
        error(
            "front-matter.missing", at: line(at: 0), "文首没有字段。", "The file has no front matter.",
            fix: .init(
                "在文首写两行“---”，中间写\(fields)。",
                "Begin with “---”, the fields \(fields.replacing("、", with: ", ")), and “---”."))
    }
}

extension String {
    /// Up to the first full stop, at most 60 characters.
    var firstSentence: String {
        let sentence = prefix(while: { !"。！？".contains($0) })
        return sentence.count > 60 ? sentence.prefix(59) + "…" : String(sentence)
    }
}
