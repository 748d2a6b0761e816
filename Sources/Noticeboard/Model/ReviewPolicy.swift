import Formats

/// Who must have agreed before a notice is published (初审, 复审, 终审), by kind and urgency. None where a school says nothing.
public struct ReviewPolicy: Sendable {
    struct Rule: Sendable {
        /// Nil where it holds for every one.
        let kind: String?
        let urgency: Notice.Urgency?
        let needs: [String]
    }

    /// All stages, in their order.
    public private(set) var stages: [String] = []
    private var rules: [Rule] = []
    /// Notices dated before it were published under other rules.
    private var since: Day?

    public init() {}

    /// The stages that a notice needs: those of the first rule that fits it, else all.
    func needed(kind: String, urgency: Notice.Urgency, date: Day) -> [String] {
        if let since, date < since { return [] }
        let rule = rules.first { ($0.kind ?? kind) == kind && ($0.urgency ?? urgency) == urgency }
        return rule?.needs ?? stages
    }

    var fingerprint: Fingerprint {
        let words = rules.map { "\($0.kind ?? "") \($0.urgency?.rawValue ?? -1) \($0.needs.joined(separator: " "))" }
        return Fingerprint((stages + words + [since?.description ?? ""]).joined(separator: "\n"))
    }
}

extension ReviewPolicy {
    /// Reads `reviews:` of `site.yml`.
    static func load(_ reader: inout FieldReader) -> ReviewPolicy {
        var policy = ReviewPolicy()
        guard var form = reader.fields("reviews", "审核") else { return policy }
        policy.stages = form.texts("stages", "环节")
        if policy.stages.isEmpty { policy.stages = ["初审", "复审", "终审"] }
        policy.since = form.day("since", "起")
        for var entry in form.list("rules", "规则") {
            let kind = entry.text("kind", "文种")
            let urgency = entry.choice(["urgency", "紧急"], Notice.urgencies)
            let needs = entry.references(["needs", "需要"])
            for stage in needs where !policy.stages.contains(stage.name) {
                entry.report(unknownStage(stage, entry.source, policy.stages))
            }
            policy.rules.append(Rule(kind: kind, urgency: urgency, needs: needs.map(\.name)))
            form.take(&entry)
        }
        reader.take(&form)
        return policy
    }
}

private func unknownStage(_ stage: Reference, _ source: SourceFile, _ stages: [String]) -> Diagnostic {
    source.error(
        "review.unknown-stage", at: stage.range, "没有“\(stage.name)”这个审核环节。", "There is no stage “\(stage.name)”.",
        fix: NearMiss.fix(for: stage.name, among: stages)
    ).fixed(by: source.correcting(stage.name, in: stage.range, among: stages))
}
