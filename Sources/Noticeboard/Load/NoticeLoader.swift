import Formats
import Privacy

/// A notice's file, turned into facts and a record.
struct NoticeUnit: Sendable {
    let facts: NoticeFacts
    let record: RecordWriter<NoticeField>
    let html: [UInt8]

    /// Reads a notice: its front matter (Chinese and English keys alike) and its body; nil where it cannot be used.
    /// Everything that its own file decides is decided here, so that it can be kept.
    static func read(
        _ source: SourceFile, content: Fingerprint, zone: TimeZone, privacy: PersonalData, reviews: ReviewPolicy,
        names: NoticeAliases, found: [Diagnostic]
    ) -> (unit: NoticeUnit?, diagnostics: [Diagnostic]) {
        let phrases = privacy.phrases(in: source)
        let questions = phrases.filter { $0.answer == .question }
        var diagnostics =
            found + privacy.errors(in: source, phrases: phrases.filter { $0.answer == .refused })
            + Placeholders.warnings(in: source)
        let needed = "title、kind、date、issuer、team、category"
        guard let (fields, body, front) = source.fieldsAndBody(needed, outline: false, into: &diagnostics) else {
            return (nil, diagnostics + privacy.errors(questions, in: source))
        }
        var reader = FieldReader(source, fields)
        let parts = Notice.read(&reader, zone: zone, reviews: reviews, names: names, body: body) { waits, ticked in
            privacy.answers(to: questions, in: source, waits: waits, ticked: ticked)
        }
        reader.finish()
        diagnostics += reader.diagnostics
        guard var (facts, record) = parts else { return (nil, diagnostics) }
        let searched = record.units(.searchText)
        if !diagnostics.hasErrors, let error = privacy.error(inText: searched, of: source) {
            diagnostics.append(error)
        }
        facts.searchLength = Int32(searched.count)
        facts.content = content
        facts.face = Fingerprint(source.bytes[front])
        facts.face.mix(source.path)
        facts.code =
            NoticeCode(of: NoticeCode.text(record, facts, body: source.bytes[front.upperBound...])).value
        // A text without a summary shows its first sentence in lists.
        if let summary = record.given(.summary) { facts.face.mix(summary) }
        facts.set(.warnings, if: !diagnostics.isEmpty)
        record.put(.warnings, list: diagnostics)
        return (NoticeUnit(facts: facts, record: record, html: body.html), diagnostics)
    }
}

extension Notice {
    fileprivate static func read(
        _ r: inout FieldReader, zone: TimeZone, reviews: ReviewPolicy, names: NoticeAliases, body: Document,
        answers: (_ waits: Bool, _ ticked: Set<String>) -> [Diagnostic]
    ) -> (facts: NoticeFacts, record: RecordWriter<NoticeField>)? {
        let title = r.text("title", "标题", required: true)
        let kind = r.reference("kind", "文种", required: true)
        let date = r.day("date", "成文日期", required: true)
        let issuer = r.text("issuer", "落款", required: true)
        let team = names.team(r.reference("team", "责任组", required: true))
        let category = names.category(r.reference("category", "类别", required: true))
        let id = r.reference("id", "编号")
        let publish = r.time("publish_at", "发布", zone: zone)
        let expiry = r.time("expires_at", "失效", zone: zone)
        let status = r.choice(["status", "状态"], Notice.statuses) ?? .final
        let urgency = r.choice(["urgency", "紧急"], Notice.urgencies) ?? .normal
        var record = RecordWriter<NoticeField>()
        record.putTexts(&r, body)
        let features = record.putParts(&r, zone, date: date, expiry: expiry)
        let given = Notice.reviews(&r)
        record.put(.reviews, list: given)
        checkWithdrawal(status, record.given(.withdrawalReason) != nil, &r)
        guard let title, let kind, let date, let issuer, let team, let category else { return nil }
        let pasted = PastedText(
            r.source, body: FrontMatter.body(of: r.source), title: title, issuer: issuer, date: date)
        for diagnostic in pasted.diagnostics { r.report(diagnostic) }
        let path = r.source.path
        let name = id?.name ?? Route.ofSource(path)
        record.put(.id, name)
        record.put(.title, title)
        record.put(.kind, kind.name)
        record.put(.issuer, issuer)
        let places = Places(id: id?.range ?? r.source.line(at: 0), kind: kind, team: team, category: category)
        record.put(.places, optional: places)
        record.putBody(body)
        var facts = NoticeFacts(
            status: status, urgency: urgency, date: date, publish: publish, expiry: expiry, zone: zone)
        facts.features = features
        facts.set(.timed, if: publish != nil)
        facts.set(.links, if: !body.links.isEmpty)
        facts.set(.images, if: body.links.contains(where: \.isImage))
        // Taking back must not wait for anybody; but what nobody ever agreed to is no notice to take back.
        let wasReviewed = given.contains { $0.seal != nil }
        var ticked: Set<String> = []
        if status == .final || status == .withdrawn && !wasReviewed {
            let appears = publish.map { max($0.day, date) } ?? date
            let needed = reviews.needed(kind: kind.name, urgency: urgency, date: appears)
            ticked = checkReviews(given, needed, &facts, &r)
        }
        for answer in answers(status == .draft || facts.has(.unreviewed), ticked) { r.report(answer) }
        (facts.id, facts.kind) = (Fingerprint(name), Fingerprint(kind.name))
        (facts.team, facts.category) = (Fingerprint(team.name), Fingerprint(category.name))
        return (facts, record)
    }
}

extension NoticeFacts {
    fileprivate init(
        status: Notice.Status, urgency: Notice.Urgency, date: Day, publish: TimeOfField?, expiry: TimeOfField?,
        zone: TimeZone
    ) {
        self.date = Int32(date.daysSince1970)
        publishAt = (publish?.moment ?? zone.moment(LocalTime(date))).seconds
        (statusCode, urgencyCode) = (UInt8(status.rawValue), UInt8(urgency.rawValue))
        guard let expiry else { return }
        // A day given as the expiry is the last one: the notice ends with it.
        expiresAt = (expiry.isDay ? zone.moment(LocalTime(expiry.day.adding(1))) : expiry.moment).seconds
        if expiry.isDay { lastDay = Int32(expiry.day.daysSince1970) }
    }
}

extension RecordWriter<NoticeField> {
    fileprivate mutating func putTexts(_ r: inout FieldReader, _ body: Document) {
        put(.number, r.text("number", "文号"))
        put(.audience, list: r.texts("audience", "主送"))
        put(.channels, list: Notice.channels(&r))
        put(.summary, r.text("summary", "摘要") ?? body.lead.firstSentence)
        put(.sms, r.text("sms", "短信"))
        put(.screenText, r.text("screen_text", "屏幕语"))
        put(.disease, r.text("disease", "疾病"))
        put(.language, r.language() ?? "zh-CN")
        put(.withdrawalReason, r.text("withdrawn", "撤回原因"))
    }

    /// The parts that not every notice has; says which of them this one has.
    fileprivate mutating func putParts(_ r: inout FieldReader, _ zone: TimeZone, date: Day?, expiry: TimeOfField?)
        -> UInt16
    {
        var facts = NoticeFacts()
        let supersedes = r.references(["supersedes", "替代"])
        let corrections = Notice.corrections(&r)
        let attachments = Notice.attachments(&r)
        let event = Notice.event(&r, zone)
        let translationOf = r.reference("translation_of", "译自")
        put(.origin, optional: Notice.origin(&r))
        put(.replySlip, optional: Notice.replySlip(&r))
        put(.supersedes, list: supersedes)
        put(.corrections, list: corrections)
        put(.attachments, list: attachments)
        put(.event, optional: event)
        put(.translationOf, optional: translationOf)
        facts.set(.supersedes, if: !supersedes.isEmpty)
        facts.set(.corrections, if: !corrections.isEmpty)
        facts.set(.attachments, if: !attachments.isEmpty)
        facts.set(.event, if: event != nil)
        facts.set(.translation, if: translationOf != nil)
        Notice.checkOrder(date, expiry, event, &r)
        return facts.features
    }

    fileprivate mutating func putBody(_ body: Document) {
        put(.links, list: body.links)
        put(.anchors, list: body.anchors)
        put(.bodySize, optional: body.html.count)
        var text = SearchText()
        text.add(html: body.html)
        put(.searchText, raw: text.units)
        put(.searchSeal, raw: [text.units.withUnsafeBytes { Fingerprint($0) }])
    }
}

extension Notice {
    static let statuses: [(names: [String], value: Status)] = [
        (["final", "定稿", "published", "已发布", "发布"], .final), (["draft", "草稿"], .draft),
        (["withdrawn", "撤回"], .withdrawn),
        (["removed", "移除"], .removed),
    ]

    static let urgencies: [(names: [String], value: Urgency)] = [
        (["normal", "普通", "一般"], .normal), (["important", "重要"], .important),
        (["emergency", "紧急", "特急", "特别紧急"], .emergency),
    ]

    /// Channels by their English names. An empty list is meant: the website only.
    fileprivate static func channels(_ r: inout FieldReader) -> [String] {
        guard r.node(["channels", "渠道"]) != nil else { return [] }
        let given = r.references(["channels", "渠道"])
        for name in given where Channel(named: name.name) == nil { r.report(Channel.unknown(name, in: r.source)) }
        return given.isEmpty ? [Channel.site.rawValue] : given.compactMap { Channel(named: $0.name)?.rawValue }
    }

    static func reviews(_ r: inout FieldReader) -> [Review] {
        var reviews: [Review] = []
        for var entry in r.list("reviews", "审核") {
            let stage = entry.text("stage", "环节", required: true)
            let by = entry.text("by", "审核人", required: true)
            let day = entry.day("date", "日期")
            let seal = entry.text("seal", "封签")
            let ticked = entry.texts("ticked", "已看")
            if let stage, let by {
                reviews.append(Review(stage: stage, by: by, day: day, seal: seal, ticked: ticked))
            }
            r.take(&entry)
        }
        return reviews
    }

    /// The source of passed-on information: a name, or a name with an address and a date.
    fileprivate static func origin(_ r: inout FieldReader) -> Source? {
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

    fileprivate static func corrections(_ r: inout FieldReader) -> [Correction] {
        var corrections: [Correction] = []
        guard let node = r.node(["corrections", "更正"]) else { return [] }
        for item in node.sequence ?? [node] {
            if let line = item.text {
                if let correction = correction(line, at: item.range, &r) { corrections.append(correction) }
                continue
            }
            var entry = FieldReader(r.source, item)
            let day = entry.day("date", "日期", required: true)
            let text = entry.text("text", "内容", required: true)
            if let day, let text { corrections.append(Correction(day: day, text: text)) }
            r.take(&entry)
        }
        return corrections
    }

    /// `11月20日：时间改为……` in one line, as people write it, with the year.
    private static func correction(_ line: String, at range: Range<Int>, _ r: inout FieldReader) -> Correction? {
        let match = line.prefixMatch(of: /([0-9]{4}[-年.\/][0-9]{1,2}[-月.\/][0-9]{1,2}日?)\s*[：:，,、]?\s*/)
        if let match, case .day(let day) = DateReading(String(match.1)), match.range.upperBound < line.endIndex {
            return Correction(day: day, text: String(line[match.range.upperBound...]))
        }
        r.report(
            r.source.error(
                "notice.correction-form", at: range, "更正要有日期（写上年份）和内容。",
                "A correction needs its date, with the year, and its text.",
                fix: .init("写成“2026-11-20：更正的内容”的样子。", "Write it like 2026-11-20：what was corrected.")))
        return nil
    }

    fileprivate static func attachments(_ r: inout FieldReader) -> [Attachment] {
        var attachments: [Attachment] = []
        for var entry in r.list("attachments", "附件") {
            let file = entry.reference("file", "文件", required: true)
            let title = entry.text("title", "名称")
            if let file { attachments.append(Attachment(file: file, title: title ?? file.name)) }
            r.take(&entry)
        }
        return attachments
    }

    fileprivate static func replySlip(_ r: inout FieldReader) -> ReplySlip? {
        guard var entry = r.fields("reply_slip", "回执") else { return nil }
        defer { r.take(&entry) }
        return ReplySlip(due: entry.day("due", "截止"), items: entry.texts("items", "项目"))
    }

    fileprivate static func event(_ r: inout FieldReader, _ zone: TimeZone) -> Event? {
        guard var entry = r.fields("event", "活动") else { return nil }
        defer { r.take(&entry) }
        _ = entry.node(["start", "开始"], required: true)
        guard let start = entry.time("start", "开始", zone: zone) else { return nil }
        return Event(start: start, end: entry.time("end", "结束", zone: zone), place: entry.text("place", "地点") ?? "")
    }

    /// A notice ends after it begins, and so does its event.
    fileprivate static func checkOrder(_ date: Day?, _ expiry: TimeOfField?, _ event: Event?, _ r: inout FieldReader) {
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

    /// Whether it has all reviews that it needs, of what it says now.
    /// Tells which reviews a notice lacks. Returns the codes of the sentences that all of them have looked at.
    fileprivate static func checkReviews(
        _ given: [Review], _ needed: [String], _ facts: inout NoticeFacts, _ r: inout FieldReader
    ) -> Set<String> {
        if needed.isEmpty { return [] }
        let names = ["reviews", "审核"]
        let reviews = NoticeReviews(r.source, reviews: r.lines(of: names), given: given, needed: needed)
        let place = r.node(names)?.range ?? r.source.line(at: 0)
        guard let warning = reviews.warning(r.source, at: place) else { return reviews.ticked }
        facts.set(.unreviewed, if: true)
        r.report(warning)
        return []
    }

    fileprivate static func checkWithdrawal(_ status: Status, _ hasReason: Bool, _ r: inout FieldReader) {
        guard status == .withdrawn, !hasReason else { return }
        r.report(
            r.source.error(
                "notice.no-reason", at: r.source.line(at: 0), "撤回的通知要写明撤回原因。", "A withdrawn notice needs its reason.",
                fix: .init("加一行“withdrawn: 原因”。", "Add a line “withdrawn: reason”.")))
    }
}

extension SourceFile {
    /// The front matter, the rendered body, and the bytes before the body; nil, with an error that says which fields to
    /// write, where there is no front matter. `outline` as in `MarkdownOptions`.
    func fieldsAndBody(
        _ names: String, outline: Bool = true, into diagnostics: inout [Diagnostic]
    ) -> (fields: YAMLNode, body: Document, front: Range<Int>)? {
        let before = diagnostics.count
        let parts = FrontMatter.split(self, into: &diagnostics)
        guard let fields = parts.fields else {
            if !diagnostics[before...].hasErrors { diagnostics.append(withoutFrontMatter(names)) }
            return nil
        }
        let options = MarkdownOptions(outline: outline)
        let body = Markdown.render(self, body: parts.body, options: options, into: &diagnostics)
        if let warning = PageWeight.heavyText(body.html, self) { diagnostics.append(warning) }
        diagnostics += PastedTables(self, body: parts.body).diagnostics
        return (fields, body, 0..<parts.body.lowerBound)
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
        let sentence = withoutControls.prefix(while: { !"。！？".contains($0) })
        return sentence.count > 60 ? sentence.prefix(59) + "…" : String(sentence)
    }
}

/// What people call teams and categories, each with its id: a notice may give either.
struct NoticeAliases: Sendable {
    private let teams: [String: String]
    private let categories: [String: String]

    init(_ site: Site) {
        teams = NoticeAliases.ids(site.teams.map { ($0.name, $0.id) })
        categories = NoticeAliases.ids(site.configuration.categories.map { ($0.name, $0.id) })
    }

    var fingerprint: Fingerprint {
        Fingerprint(
            (teams.merging(categories) { "\($0) \($1)" }).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                .joined(separator: "\n"))
    }

    func team(_ given: Reference?) -> Reference? { NoticeAliases.known(given, teams) }

    func category(_ given: Reference?) -> Reference? { NoticeAliases.known(given, categories) }

    private static func known(_ given: Reference?, _ ids: [String: String]) -> Reference? {
        given.map { Reference(name: ids[$0.name] ?? $0.name, range: $0.range) }
    }

    /// Names that two have mean neither; an id is no name of another.
    private static func ids(_ entries: [(name: String, id: String)]) -> [String: String] {
        let ids = Set(entries.map(\.id))
        let groups = Dictionary(grouping: entries) { $0.name }
        return groups.filter { $0.value.count == 1 && !ids.contains($0.key) }.mapValues { $0[0].id }
    }
}
