import Formats
import Statistics

/// A column of blocks for each day: one block a step, all of one height, the first one hatched. A day without a report is
/// a gap. It shows nothing that the statements do not say.
struct StepChart {
    let days: [(day: Day, published: ProtectedDay?)]
    let label: String

    func svg() -> Markup {
        let (step, top, blockHeight) = (StepChart.step(days), 20, height)
        let highest = days.map { blocks($0.published) }.max() ?? 1
        let base = top + max(1, highest) * blockHeight
        var svg = SVG(width: days.count * step, height: base + 26)
        for (index, entry) in days.enumerated() {
            let x = index * step
            let count = blocks(entry.published)
            for block in 0..<count {
                let y = base - (block + 1) * blockHeight
                if block == 0 {
                    hatch(&svg, x + 6, y, step - 12, blockHeight - 2)
                } else {
                    svg.box(x: x + 6, y: y, width: step - 12, height: blockHeight - 2, class: "bar-fill")
                }
            }
            let words = StepChart.words(entry.published)
            svg.text(x: x + step / 2, y: base - count * blockHeight - 5, words, class: "column-value")
            svg.text(x: x + step / 2, y: base + 18, "\(entry.day.month)/\(entry.day.day)", class: "column-label")
        }
        svg.line(0, base, max(1, days.count) * step, base, class: "chart-axis")
        return Markup(svg.finished(label: label))
    }

    /// How many days, the newest ones, have room for their statements.
    static func fitting(_ days: [(day: Day, published: ProtectedDay?)]) -> Int { max(3, min(10, 380 / step(days))) }

    /// A day's width: a digit takes 7 at the size of labels.
    private static func step(_ days: [(day: Day, published: ProtectedDay?)]) -> Int {
        max(38, (days.map { words($0.published).count }.max() ?? 0) * 7 + 3)
    }

    private static func words(_ day: ProtectedDay?) -> String { day.map { $0.total.statement?.label ?? "—" } ?? "未报" }

    /// Blocks are lower where there are many, the same for all days.
    private var height: Int {
        let highest = days.map { blocks($0.published) }.max() ?? 1
        return max(5, min(16, 160 / max(1, highest)))
    }

    private func blocks(_ day: ProtectedDay?) -> Int {
        guard let day, let statement = day.total.statement else { return 0 }
        return statement.low / day.k + 1
    }

    /// A block that stands for “fewer than k, zero included”.
    private func hatch(_ svg: inout SVG, _ x: Int, _ y: Int, _ width: Int, _ height: Int) {
        svg.box(x: x, y: y, width: width, height: height, class: "bar-track")
        for offset in stride(from: 0, to: width, by: 6) {
            svg.line(
                x + offset, y + height, min(x + offset + height, x + width), y + max(0, height - (width - offset)),
                class: "bar-hatch")
        }
    }
}
