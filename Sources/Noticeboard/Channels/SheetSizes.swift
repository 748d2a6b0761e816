/// How large a poster's texts can be set so that nothing leaves the sheet: the sizes of `templates/poster`, largest first.
enum PosterSize {
    /// Points of the headline, the summary and the other lines.
    private static let sizes: [(title: Double, summary: Double, lines: Double)] = [
        (70, 40, 28), (60, 36, 28), (44, 32, 24), (34, 28, 22), (26, 22, 18),
    ]
    /// Points between the margins, and from the band to the foot.
    private static let (width, height) = (705.0, 660.0)
    private static let padding = 28.4

    /// The number of the first size that fits, from 1; the last one where none does.
    static func fitting(_ facts: NoticeFactsInWords) -> Int {
        let index = sizes.firstIndex { size in
            let event = facts.event.map { "时间地点 \($0.when)，\($0.place)" } ?? ""
            let lines = [event, "发布 \(facts.issuer)，\(facts.date)", facts.validity.map { "有效期至 \($0)" } ?? ""]
            let used =
                high(facts.title, size.title, 1.25) + high(facts.summary, size.summary, 1.4)
                + lines.reduce(0) { $0 + high($1, size.lines, 1.5) } + 4 * padding
            return used <= height
        }
        return (index ?? sizes.count - 1) + 1
    }

    private static func high(_ text: String, _ size: Double, _ spacing: Double) -> Double {
        // Balanced lines are shorter than they could be.
        Double(Slides.wrap(text, width: (width / size - 1).rounded(.down)).count) * size * spacing
    }
}

/// How many notices the week's sheet holds beside its figures, in the sizes of `templates/week-sheet`.
enum WeekSheet {
    /// At most so many are told; the rest is behind the code.
    static let most = 6

    static func count(of notices: [NoticeFactsInWords], figures: Int) -> Int {
        // Millimetres: the sheet without its margins, head and headings, and two columns of figures below.
        let room = 320 - Double((figures + 1) / 2) * 13
        var used = 0.0
        for (index, facts) in notices.prefix(most).enumerated() {
            let titles = Double(Slides.wrap(facts.title, width: 21).count) * 8.4
            let summaries = Double(Slides.wrap(facts.summary, width: 25).count) * 8.5
            used += titles + summaries + 7.4 + 5.2
            if used > room { return max(1, index) }
        }
        return min(most, notices.count)
    }
}
