import Formats

/// Which dataset a table reports, and where its header stands.
struct IntakeHeader {
    let definition: DatasetDefinition
    /// The header's place among the table's rows; what stands above it are titles.
    let row: Int

    /// Titles and notes above a header take no more rows than this.
    private static let searchedRows = 6

    /// The dataset whose columns the first rows name best; the file's name decides between several that fit as well. Nil where none
    /// has half of its columns there.
    static func found(in table: CSVTable, among definitions: [DatasetDefinition], fileName: String) -> IntakeHeader? {
        var best: (header: IntakeHeader, score: Score)?
        for definition in definitions {
            for row in table.rows.indices.prefix(searchedRows) {
                let names = table.rows[row].map { table.text($0) }
                let score = Score(definition, names, fileName)
                if score.share < 0.5 { continue }
                if best.map({ $0.score < score }) ?? true {
                    best = (IntakeHeader(definition: definition, row: row), score)
                }
            }
        }
        return best?.header
    }
}

/// How well a row names a dataset's columns.
private struct Score: Comparable {
    /// Of the declared columns, how many are there; of the row's cells, how many are declared.
    let share: Double
    let used: Double
    let isNamed: Bool

    init(_ definition: DatasetDefinition, _ names: [String], _ fileName: String) {
        let places = Set(definition.places(in: names).compactMap(\.self))
        let filled = names.count { !$0.isEmpty }
        share = Double(places.count) / Double(max(1, definition.columns.count))
        used = Double(places.count) / Double(max(1, filled))
        isNamed = fileName.contains(definition.name) || fileName.contains(definition.id)
    }

    /// A name counts as much as a column in five: files are often named after what they report.
    private var value: Double { share + used + (isNamed ? 0.2 : 0) }

    static func < (a: Score, b: Score) -> Bool { a.value < b.value }
}
