import Formats

/// Whether a notice may be published: which reviews it needs, which it has, and whether they are of what it says now.
public struct NoticeReviews: Sendable {
    /// Of everything in the file but the reviews themselves, as ten hexadecimal digits. Line ends and blanks at lines' ends
    /// do not count: editors change them by themselves.
    public let seal: String
    public let needed: [String]
    let given: [Notice.Review]

    /// Stages without a review, or whose review was of another text.
    public var missing: [String] { needed.filter { stage in !given.contains { $0.stage == stage && $0.seal == seal } } }

    /// Stages that somebody agreed to, before the text was changed.
    var outdated: [String] {
        missing.filter { stage in given.contains { $0.stage == stage && $0.seal != nil } }
    }

    /// Codes of the sentences that every review of this text has ticked.
    var ticked: Set<String> {
        let sets = given.filter { needed.contains($0.stage) && $0.seal == seal }.map { Set($0.ticked) }
        return sets.dropFirst().reduce(sets.first ?? []) { $0.intersection($1) }
    }

    init(_ source: SourceFile, reviews place: Range<Int>?, given: [Notice.Review], needed: [String]) {
        self.needed = needed
        self.given = given
        // Sealing costs time, and most schools' archives need none.
        seal = needed.isEmpty ? "" : NoticeReviews.seal(source, without: place ?? 0..<0)
    }

    private static func seal(_ source: SourceFile, without place: Range<Int>) -> String {
        let lines = source.lines().filter { !place.contains($0.lowerBound) }
        // Blanks at a line's start may change what it means: they make a list within a list.
        let text = lines.map { line in
            let text = source.text(line)
            let plain = text.trimmed
            return plain.isEmpty ? "" : text.prefix { $0.isWhitespace } + plain
        }.joined(separator: "\n")
        let digits = String(Fingerprint(text.trimmed).value >> 24, radix: 16)
        return String(repeating: "0", count: 10 - digits.count) + digits
    }

    /// A warning that says what is missing; nil where nothing is.
    func warning(_ source: SourceFile, at range: Range<Int>) -> Diagnostic? {
        guard let next = missing.first else { return nil }
        let command = "noticeboard review \(source.path) --stage \(next) --by 职务"
        let fix = Diagnostic.Text("审核人看过后运行：\(command)", "When it has been looked at, run: \(command)")
        let all = missing.joined(separator: "、")
        if !outdated.isEmpty {
            return source.warning(
                "review.changed", at: range, "审核之后内容又改过，要重新审核（\(all)），现在不发布。",
                "It was changed after its review and needs another (\(all)); it is not published.", fix: fix)
        }
        return source.warning(
            "review.missing", at: range, "还没有通过审核（缺\(all)），现在不发布。",
            "It lacks reviews (\(all)) and is not published.", fix: fix)
    }
}
