import Formats
import Privacy

/// Sentences that may tell of a person, and that somebody looked at and found right to publish: `content/confirmed.csv`, a line for
/// each with its file, its code, the post of whoever confirmed it, and the day. The program writes it (`noticeboard confirm`).
public enum Confirmations {
    public static let path = "content/confirmed.csv"
    static let header = "file,code,by,date"

    /// Reads the lines. One that is none is an error: nothing is confirmed by guessing.
    static func load(_ source: SourceFile, into diagnostics: inout [Diagnostic]) -> [PhraseAllowance] {
        let table = CSVTable(source, into: &diagnostics)
        var confirmed: [PhraseAllowance] = []
        for row in table.rows.dropFirst() {
            let texts = row.map(table.text)
            if texts.count == 4, texts[0].hasPrefix("content/"), texts[1].count == 4, isDay(texts[3]) {
                confirmed.append(PhraseAllowance(file: Reference(name: texts[0], range: row[0].range), code: texts[1]))
            } else {
                diagnostics.append(noConfirmation(source, row[0].range))
            }
        }
        return confirmed
    }

    private static func isDay(_ text: String) -> Bool {
        if case .day = DateReading(text) { return true }
        return false
    }

    /// The file with more lines.
    public static func adding(_ codes: [String], of path: String, by post: String, on day: Day, to bytes: [UInt8]?)
        -> [UInt8]
    {
        csvFile(bytes, header: header, adding: codes.map { "\(csvCell(path)),\($0),\(csvCell(post)),\(day)" })
    }
}

private func noConfirmation(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
    source.error(
        "privacy.confirmation", at: range, "这一行不是程序记录的确认（文件、代码、职务、日期）。",
        "This line is no confirmation as the program writes it (file, code, post, day).",
        fix: .init("删去这一行，再用noticeboard confirm确认。", "Delete the line, and confirm with noticeboard confirm.")
    ).fixed(by: source.removingLine(at: range.lowerBound))
}

/// A sentence that may tell of a person, for whoever is to look at it.
public struct PhraseQuestion: Sendable {
    /// By which it is confirmed or ticked.
    public let code: String
    public let line: Int
    /// The sentence, without marks of its end; numbers of persons are masked.
    public let text: String
}

extension PersonalData {
    /// The questions of a text that nobody has answered.
    public func questions(in source: SourceFile) -> [PhraseQuestion] {
        var known: Set<String> = []
        return phrases(in: source).filter { $0.answer == .question }.map { found in
            PhraseQuestion(
                code: code(of: found, in: source), line: source.bytes[..<found.place].count { $0 == 10 } + 1,
                text: masked(source.text(found.sentence).trimmed))
        }.filter { known.insert($0.code).inserted }
    }
}
