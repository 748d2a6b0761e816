import Formats

/// A horizontal bar for each thing: how much of it is done or left, with its words beside it.
struct BarChart {
    struct Bar {
        let label: String
        let value: Double
        /// What a full bar stands for.
        let full: Double
        let words: String
        /// Shown hatched and with a mark: too little.
        let isLow: Bool
    }

    let bars: [Bar]
    /// What the chart shows, for screen readers.
    let label: String
    /// A value marked by a line across each bar.
    var mark: Double?

    func svg() -> Markup {
        let (width, rowHeight) = (360, 44)
        var svg = SVG(width: width, height: bars.count * rowHeight)
        for (index, bar) in bars.enumerated() {
            let y = index * rowHeight
            svg.text(x: 0, y: y + 16, bar.label.shortened(to: 14), class: "bar-label")
            svg.text(x: width, y: y + 16, bar.words, class: bar.isLow ? "bar-value bar-value-low" : "bar-value")
            svg.box(x: 0, y: y + 24, width: width, height: 10, class: "bar-track")
            svg.box(x: 0, y: y + 24, width: length(bar, width), height: 10, class: bar.isLow ? "bar-low" : "bar-fill")
            if let mark, bar.full > 0 {
                let x = Int(Double(width) * min(1, mark / bar.full))
                svg.line(x, y + 21, x, y + 37, class: "bar-mark")
            }
        }
        return Markup(svg.finished(label: label))
    }

    private func length(_ bar: Bar, _ width: Int) -> Int {
        bar.full > 0 ? Int(Double(width) * min(1, max(0, bar.value / bar.full))) : 0
    }
}

/// A column for each day: what was done, in an outline of what was due.
struct DayChart {
    struct Column {
        let day: Day
        let value: Double
        let full: Double
        /// Whether some of those who were asked have not reported.
        var isPart = false
    }

    let columns: [Column]
    let label: String

    func svg() -> Markup {
        let (height, base, step) = (150, 120, DayChart.step(columns))
        var svg = SVG(width: max(360, columns.count * step), height: height)
        let highest = columns.map { max($0.value, $0.full) }.max() ?? 0
        for (index, column) in columns.enumerated() {
            let x = index * step
            let full = scaled(column.full, highest)
            let done = scaled(column.value, highest)
            svg.box(x: x + 6, y: base - full, width: step - 12, height: full, class: "bar-track")
            svg.box(x: x + 6, y: base - done, width: step - 12, height: done, class: "bar-fill")
            svg.text(x: x + step / 2, y: base - max(full, done) - 5, plain(column.value), class: "column-value")
            svg.text(
                x: x + step / 2, y: base + 18, "\(column.day.month)/\(column.day.day)\(column.isPart ? "*" : "")",
                class: "column-label")
        }
        svg.line(0, base, max(1, columns.count) * step, base, class: "chart-axis")
        return Markup(svg.finished(label: label))
    }

    private func scaled(_ value: Double, _ highest: Double) -> Int {
        highest > 0 ? Int(max(0, value) / highest * 95) : 0
    }

    /// How many columns, the newest ones, have room for their numbers.
    static func fitting(_ columns: [Column]) -> Int { max(3, min(10, 360 / step(columns))) }

    /// A column's width: a digit takes 7 at the size of labels.
    private static func step(_ columns: [Column]) -> Int {
        max(36, (columns.map { plain($0.value).count }.max() ?? 0) * 7 + 3)
    }
}

/// A number as people write it: without decimals where it has none, one otherwise.
func plain(_ value: Double) -> String {
    let tenths = Int((abs(value) * 10).rounded())
    let digits = tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    return value < 0 && tenths > 0 ? "-\(digits)" : digits
}
