import Formats
import Statistics

/// Everything published of a dataset of persons, for programs: the very statements of the pages, with both ends, as words
/// in both languages, and nothing more.
///
/// One row a line: date, group, part, measure, state, lo, hi (empty where open), the words, and the roll.
struct ReleaseDownload {
    private let days: [ProtectedDay]
    private let definition: DatasetDefinition

    init?(_ dataset: Dataset) {
        guard dataset.definition.publication != nil else { return nil }
        definition = dataset.definition
        days = dataset.release.days
    }

    func bytes(_ format: DownloadFormat) -> [UInt8] {
        switch format {
        case .csv: Array(csv.utf8)
        case .json: Array(json.utf8)
        }
    }
}

extension ReleaseDownload {
    private enum State: String {
        case stated, unstated, missing, withdrawn

        var words: String {
            switch self {
            case .stated: ""
            case .unstated: "不单列"
            case .missing: "未报"
            case .withdrawn: "已撤回"
            }
        }

        var wordsInEnglish: String {
            switch self {
            case .stated: ""
            case .unstated: "not listed"
            case .missing: "not reported"
            case .withdrawn: "withdrawn"
            }
        }
    }

    private struct Row {
        let date: String
        let group: String
        let part: String
        let measure: String
        let state: State
        let statement: Statement?
        let roll: Int?

        var words: String { statement?.words ?? state.words }
        var wordsInEnglish: String { statement?.wordsInEnglish ?? state.wordsInEnglish }
    }

    private func rows(_ day: ProtectedDay) -> [Row] {
        func row(_ line: ProtectedDay.Line, _ group: String = "", _ part: String = "", _ measure: String? = nil) -> Row
        {
            let silent = line.isMissing ? State.missing : day.isWithdrawn ? .withdrawn : .unstated
            return Row(
                date: "\(day.day)", group: group, part: part, measure: measure ?? day.measure,
                state: line.statement == nil ? silent : .stated, statement: line.statement, roll: line.roll)
        }
        var rows = [row(day.total)] + day.causes.map { row($0, "", "", $0.name) }
        // Departments have no lines of their own, and their sizes are nobody's business.
        if day.finest == .school { return rows }
        for group in day.groups {
            rows.append(row(group.line, group.line.name))
            rows += group.parts.map { row($0, group.line.name, $0.name) }
        }
        return rows
    }

    private var csv: String {
        var text = "\u{FEFF}date,group,part,measure,state,lo,hi,words,words_en,roll\r\n"
        for day in days {
            for row in rows(day) {
                let numbers = [row.statement?.low, row.statement?.high].map { $0.map(String.init) ?? "" }
                let cells =
                    [row.date, row.group, row.part, row.measure, row.state.rawValue] + numbers
                    + [row.words, row.wordsInEnglish, row.roll.map(String.init) ?? ""]
                text += cells.map(safeCell).joined(separator: ",") + "\r\n"
            }
        }
        return text
    }

    private var json: String {
        let days = days.map { day in
            jsonObject([
                ("date", jsonString("\(day.day)")), ("level", jsonString(day.level.rawValue)), ("k", "\(day.k)"),
                ("withdrawn", "\(day.isWithdrawn)"), ("corrected", "\(day.isCorrected)"),
                ("corrected_on", day.correctedOn.map { jsonString("\($0)") } ?? "null"),
                ("lines", "[\n\(rows(day).map(object).joined(separator: ",\n"))]"),
            ])
        }
        return jsonObject([
            ("dataset", jsonString(definition.id)), ("name", jsonString(definition.name)),
            ("days", "[\n\(days.joined(separator: ",\n"))]"),
        ]) + "\n"
    }

    private func object(_ row: Row) -> String {
        var fields = [
            ("group", jsonString(row.group)), ("part", jsonString(row.part)), ("measure", jsonString(row.measure)),
            ("state", jsonString(row.state.rawValue)),
        ]
        if let statement = row.statement {
            fields += [("lo", "\(statement.low)"), ("hi", statement.high.map(String.init) ?? "null")]
        }
        fields += [("words", jsonString(row.words)), ("words_en", jsonString(row.wordsInEnglish))]
        if let roll = row.roll { fields.append(("roll", "\(roll)")) }
        return jsonObject(fields)
    }
}
