import Formats

/// What a school decides about its statistics of persons, from site.yml.
public struct Safeguards: Hashable, Sendable {
    /// The least count that may be told from zero, and the width of a step.
    public var k = 5
    /// Who approved that the school's illness totals are published; nil where nobody did, and absences are shown alone.
    public var illnessApprovedBy: String?

    public init() {}

    /// The least k that there is. It may be raised, never lowered.
    static let leastK = 5

    /// Reads `statistics` of site.yml.
    public static func load(_ reader: inout FieldReader) -> Safeguards {
        var safeguards = Safeguards()
        guard var form = reader.fields("statistics", "统计") else { return safeguards }
        defer { reader.take(&form) }
        if let k = form.integer("k", in: leastK...100) { safeguards.k = k }
        if let approver = form.reference("illness_approved_by", "疾病数据批准人") {
            let isNobody =
                ["false", "no", "none", "null", "无", "否", "没有"].contains(approver.name.lowercased())
                || ["未", "待", "暂"].contains(where: approver.name.hasPrefix)
            if isNobody { form.report(noApprover(form.source, approver.range)) }
            safeguards.illnessApprovedBy = approver.name
        }
        return safeguards
    }
}

private func noApprover(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
    source.error(
        "site.approver", at: range, "这里要写批准人；没有人批准，就删去这一行。",
        "Here stands who approved; where nobody did, delete the line.",
        fix: .init("例如 illness_approved_by: 校长", "For example illness_approved_by: 校长"))
}
