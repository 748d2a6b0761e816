import Formats

/// Writes a review into a notice's front matter.
public struct ReviewRecord: Sendable {
    /// The notice with the review in it, as UTF-8.
    public let bytes: [UInt8]
    /// Stages that it still lacks.
    public let missing: [String]

    /// Adds a review of what the notice says now, in the place of an older one of the same stage. Nil, with errors, where the
    /// notice has errors, or the stage is not its next one.
    public init?(
        _ review: (stage: String, by: String, day: Day), ticked: [String] = [], to source: SourceFile,
        _ configuration: SiteConfiguration, into diagnostics: inout [Diagnostic]
    ) {
        let parts = FrontMatter.split(source, into: &diagnostics)
        guard let fields = parts.fields else { return nil }
        var reader = FieldReader(source, fields)
        let status = reader.choice(["status", "状态"], Notice.statuses) ?? .final
        let kind = reader.text("kind", "文种", required: true) ?? ""
        let urgency = reader.choice(["urgency", "紧急"], Notice.urgencies) ?? .normal
        guard let date = reader.day("date", "成文日期", required: true) else {
            reader.finish()
            diagnostics += reader.diagnostics
            return nil
        }
        let publish = reader.time("publish_at", "发布", zone: configuration.zone)
        let place = reader.lines(of: ["reviews", "审核"])
        let isBlock = source.bytes[min(fields.range.lowerBound, source.bytes.count - 1)] != UInt8(ascii: "{")
        guard isBlock, place != nil || reader.node(["reviews", "审核"]) == nil else {
            diagnostics.append(
                source.error(
                    "review.unfinished", at: source.line(at: 0), "文首的字段写在花括号里，不能记录审核。",
                    "The fields stand in braces; a review cannot be recorded there.",
                    fix: .init("一行写一个字段，例如 title: 标题。", "Write a field a line, such as title: …")))
            return nil
        }
        let given = Notice.reviews(&reader)
        diagnostics += reader.diagnostics
        let needed = configuration.reviews.needed(
            kind: kind, urgency: urgency, date: publish.map { max($0.day, date) } ?? date)
        let before = NoticeReviews(source, reviews: place, given: given, needed: needed)
        if let mistake = ReviewRecord.unfinished(status, source) ?? ReviewRecord.mistake(review, before, source) {
            diagnostics.append(mistake)
            return nil
        }
        let new = Notice.Review(
            stage: review.stage, by: review.by, day: review.day, seal: before.seal, ticked: ticked)
        let all = given.filter { $0.stage != new.stage } + [new]
        let ordered =
            configuration.reviews.stages.flatMap { stage in all.filter { $0.stage == stage } }
            + all.filter { !configuration.reviews.stages.contains($0.stage) }
        let isChinese =
            place.map { source.text($0).hasPrefix("审核") } ?? source.text(0..<source.bytes.count).contains("\n标题")
        let lines = ReviewRecord.lines(ordered, isChinese: isChinese)
        let target = place ?? FrontMatter.end(of: source)..<FrontMatter.end(of: source)
        bytes = Array(source.bytes[..<target.lowerBound]) + lines.utf8 + source.bytes[target.upperBound...]
        missing = NoticeReviews(source, reviews: place, given: ordered, needed: needed).missing
    }
}

extension ReviewRecord {
    /// A draft, or a text with blanks, is nothing that somebody can agree to.
    private static func unfinished(_ status: Notice.Status, _ source: SourceFile) -> Diagnostic? {
        if status == .draft {
            return source.error(
                "review.unfinished", at: source.line(at: 0), "这条通知还是草稿，不能审核。",
                "This notice is a draft, and cannot be reviewed.",
                fix: .init("写好以后删去“status: draft”这一行。", "When it is ready, delete the line “status: draft”."))
        }
        guard let blank = Placeholders.ranges(in: source.bytes).first else { return nil }
        return source.error(
            "review.unfinished", at: blank, "这里还有没有填的空，不能审核。", "A blank is not filled in; it cannot be reviewed.",
            fix: .init("填上内容，或删去。", "Fill it in, or delete it."))
    }

    private static func mistake(
        _ review: (stage: String, by: String, day: Day), _ reviews: NoticeReviews, _ source: SourceFile
    ) -> Diagnostic? {
        let stage = review.stage
        if let later = reviews.given.compactMap(\.day).filter({ $0 > review.day }).max(), reviews.needed.first != stage
        {
            return source.error(
                "review.order", at: source.line(at: 0), "日期早于前面环节的\(later)。",
                "The day lies before an earlier stage's, \(later).",
                fix: .init("核对--date。", "Check --date."))
        }
        guard let index = reviews.needed.firstIndex(of: stage) else {
            return source.error(
                "review.not-needed", at: source.line(at: 0), "这条通知不需要“\(stage)”。", "This notice needs no “\(stage)”.",
                fix: NearMiss.fix(for: stage, among: reviews.needed))
        }
        guard let earlier = reviews.needed[..<index].first(where: reviews.missing.contains) else { return nil }
        return source.error(
            "review.order", at: source.line(at: 0), "先要通过“\(earlier)”，才能“\(stage)”。",
            "“\(earlier)” comes before “\(stage)”.",
            fix: .init("先记录“\(earlier)”。", "Record “\(earlier)” first."))
    }

    private static func lines(_ reviews: [Notice.Review], isChinese: Bool) -> String {
        let keys =
            isChinese ? ["审核", "环节", "审核人", "日期", "封签", "已看"] : ["reviews", "stage", "by", "date", "seal", "ticked"]
        return "\(keys[0]):\n"
            + reviews.map { review in
                var fields = [(keys[1], quoted(review.stage)), (keys[2], quoted(review.by))]
                if let day = review.day { fields.append((keys[3], "\(day)")) }
                if let seal = review.seal { fields.append((keys[4], "\"\(seal)\"")) }
                if !review.ticked.isEmpty {
                    fields.append((keys[5], "[\(review.ticked.map { "\"\($0)\"" }.joined(separator: ", "))]"))
                }
                return "  - {\(fields.map { "\($0.0): \($0.1)" }.joined(separator: ", "))}\n"
            }.joined()
    }
}
