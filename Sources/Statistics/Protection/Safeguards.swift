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
        safeguards.illnessApprovedBy = form.text("illness_approved_by", "疾病数据批准人")
        return safeguards
    }
}
