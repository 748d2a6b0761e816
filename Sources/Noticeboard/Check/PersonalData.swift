import Formats
import Privacy
import Statistics

/// Values that identify a person, wherever they stand: an 18-digit identity number with a valid checksum (GB 11643), or
/// a mobile number that is not one of the published contacts. They stop the build and are never shown.
///
/// Three doors are watched: the sources (so that the writer learns the line), the finished pages (entities, escapes and
/// templates can put together what no source shows), and everything that is said.
public struct PersonalData: Sendable {
    private let allowed: Set<String>
    /// Codes of phrases that may be shown, each behind its file.
    private let allowedPhrases: Set<[String]>
    /// The k of what is published of counts; sentences follow it.
    private let threshold: Int

    /// Allows none: for what is said before a site is known.
    public static let unknownSite = PersonalData(contacts: [])

    /// Knows the numbers and phrases that may be shown.
    init(contacts: [Organisation.Contact], allowances: [PhraseAllowance] = [], threshold: Int = Safeguards().k) {
        self.threshold = threshold
        allowed = Set(contacts.map { $0.phone.filter(\.isNumber) })
        allowedPhrases = Set(allowances.map { [$0.file.name, $0.code] })
    }

    /// Of what may be shown.
    var fingerprint: Fingerprint {
        let phrases = allowedPhrases.map { $0.joined(separator: " ") }.sorted()
        return Fingerprint((allowed.sorted() + phrases + ["\(threshold)"]).joined(separator: "\n"))
    }

    /// An error for every personal value or phrase in a source, or in its path.
    ///
    /// - Parameter isOfSite: Whether it is a file of the site, in which a phrase can be allowed.
    public func errors(in source: SourceFile, isOfSite: Bool = true) -> [Diagnostic] {
        errors(in: source, isOfSite: isOfSite, phrases: phrases(in: source))
    }

    /// The same, where its phrases are known already.
    func errors(in source: SourceFile, isOfSite: Bool = true, phrases: [PersonalPhrases.Found]) -> [Diagnostic] {
        let isNamed = !values(in: source.path).isEmpty || holdsPhrase(source.path)
        return errorsInside(source, isOfSite: isOfSite, phrases: phrases)
            + (isNamed ? [errorInName(source.path)] : [])
    }

    /// The same, but for the path.
    func errorsInside(_ source: SourceFile, isOfSite: Bool = true) -> [Diagnostic] {
        errorsInside(source, isOfSite: isOfSite, phrases: phrases(in: source))
    }

    private func errorsInside(
        _ source: SourceFile, isOfSite: Bool, phrases: [PersonalPhrases.Found]
    ) -> [Diagnostic] {
        let values = values(in: onOneLine(source))
        // A number that is told as a value is not told as a number of somebody as well.
        let others = phrases.filter { found in
            found.kind != .number || !values.contains { $0.range.overlaps(found.sentence) }
        }
        return values.map { error(source, $0.range, $0.kind) }
            + others.map { error(source, $0, isOfSite: isOfSite) }
    }

    /// Errors for questions that nobody answered; of a notice that waits for its review, warnings to whoever reviews it.
    func answers(
        to questions: [PersonalPhrases.Found], in source: SourceFile, waits: Bool, ticked: Set<String>
    ) -> [Diagnostic] {
        let open = questions.filter { !ticked.contains(code(of: $0, in: source)) }
        return waits ? open.map { reviewQuestion(source, $0) } : errors(open, in: source)
    }

    func errors(_ questions: [PersonalPhrases.Found], in source: SourceFile) -> [Diagnostic] {
        questions.map { error(source, $0, isOfSite: true) }
    }

    private func reviewQuestion(_ source: SourceFile, _ found: PersonalPhrases.Found) -> Diagnostic {
        let words = found.kind.words
        var diagnostic = source.warning(
            "review.question", at: found.place..<found.place + 1, "这句话也许写了\(words.zh)；审核时要逐句看过。",
            "This sentence may tell of \(words.en); whoever reviews it has to look at it.",
            fix: .init(
                "改写成说不到人的话；或审核时看过，用--tick \(code(of: found, in: source))确认。",
                "Write it so that it is of nobody; or look at it in the review, and confirm it with --tick \(code(of: found, in: source))."
            )
        ).fixed(by: source.replacing(found.sentence, with: ""))
        diagnostic.location.excerpt = nil
        return diagnostic
    }

    /// What a text says of persons that nobody has allowed or confirmed. Reports count persons, which other rules protect.
    func phrases(in source: SourceFile) -> [PersonalPhrases.Found] {
        let isReport = source.path.hasPrefix(PersonalData.reports)
        return PersonalPhrases.find(in: source.bytes, isProse: source.path.hasSuffix(".md"), threshold: threshold)
            .filter { found in
                if isReport, found.kind == .count || found.answer == .question { return false }
                return allowedPhrases.isEmpty || !allowedPhrases.contains([source.path, code(of: found, in: source)])
            }
    }

    /// The code by which a sentence is allowed, confirmed or ticked.
    func code(of found: PersonalPhrases.Found, in source: SourceFile) -> String {
        PhraseAllowance.code(found.kind, source.bytes[found.sentence])
    }

    private static let reports = "content/statistics/"

    /// What the cells of an attached table count of our persons, below its file's name.
    func errors(in table: CSVTable) -> [Diagnostic] {
        let grid = Grid(table.rows.map { row in row.map { .init(text: table.text($0), range: $0.range) } })
        let name = table.source.path.split(separator: "/").last.map { String($0) } ?? ""
        return grid.found(below: name, threshold: threshold)
            .filter { !allowedPhrases.contains([table.source.path, code(of: $0, in: table.source)]) }
            .map { error(table.source, $0, isOfSite: true) }
    }

    /// A notice's bytes with blanks for the line ends between digits, which browsers show as blanks as well; those of a table
    /// part its rows.
    private func onOneLine(_ source: SourceFile) -> [UInt8] {
        guard source.path.hasSuffix(".md") else { return source.bytes }
        var bytes = source.bytes
        var index = 1
        while let end = bytes.withUnsafeBufferPointer({ $0.firstIndex(of: 10, from: index) }) {
            if end + 1 < bytes.count, isDigit(bytes[end + 1]), isDigit(bytes[end - 1]) { bytes[end] = 32 }
            index = end + 1
        }
        return bytes
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

    /// An error where a finished page, or its route, holds a personal value.
    public func errors(inPage text: PageText, route: String) -> [Diagnostic] {
        if let found = firstKind(in: text) {
            return [
                Diagnostic(
                    .error, "privacy.personal-page", in: route, "生成的这一页里有\(found.zh)，不能公开。",
                    "This page would show \(found.en), which must not be published.", fix: mend)
            ]
        }
        return values(in: route).isEmpty ? [] : [errorInName(route)]
    }

    /// A number that marks within a line cut into pieces, and that a reader sees whole: found in the text as it is searched.
    func error(inText units: [UInt16], of source: SourceFile) -> Diagnostic? {
        let kind = units.withUnsafeBufferPointer { units -> Kind? in
            var index = 0
            while let start = units[index...].firstIndex(where: { $0 &- 48 < 10 }) {
                index = start
                while index < units.count, units[index] &- 48 < 10 || units[index] == 120 && index - start == 17 {
                    index += 1
                }
                guard [11, 18].contains(index - start) else { continue }
                let digits = units[start..<index].map { UInt8($0 == 120 ? 88 : $0) }
                if let found = values(in: digits).first { return found.kind }
            }
            return nil
        }
        return kind.map { error(source, source.line(at: 0), $0) }
    }

    /// Whether bytes hold no personal value.
    func isAbsent(in bytes: [UInt8]) -> Bool { values(in: bytes).isEmpty }

    /// A diagnostic that shows no personal value: texts that hold one are replaced, and the line is left out.
    public func withoutValues(_ diagnostic: Diagnostic) -> Diagnostic {
        var diagnostic = diagnostic
        if let excerpt = diagnostic.location.excerpt, holdsValue(excerpt) || holdsPhrase(excerpt) {
            diagnostic.location.excerpt = nil
        }
        if holdsPhrase(diagnostic.location.path) { diagnostic.location.path = withoutName(diagnostic.location.path) }
        return diagnostic.mapText { masked(withoutPhrases($0)) }
    }

    /// A message with nothing of what it quotes, where that tells of a person.
    private func withoutPhrases(_ text: String) -> String {
        guard holdsPhrase(text) else { return text }
        let plain = text.replacing(/“[^”]*”/, with: "“***”")
        return holdsPhrase(plain) ? "***" : plain
    }

    private func holdsPhrase(_ text: String) -> Bool {
        PersonalPhrases.find(in: Array(text.utf8)).contains { $0.answer == .refused && $0.kind != .count }
    }

    /// A path with asterisks in the place of the file's name.
    private func withoutName(_ path: String) -> String {
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        return "\(folder)***.\(path.split(separator: ".").last ?? "")"
    }

    /// A text with asterisks in the place of every personal value.
    public func masked(_ text: String) -> String {
        holdsValue(text) ? String(decoding: masked(Array(text.utf8)), as: UTF8.self) : text
    }

    /// A line of a source, for a diff; nothing of it where it tells of a person.
    public func shown(_ line: String) -> String {
        holdsValue(line) || holdsPhrase(line) ? "（这一行有个人信息，不显示）" : line
    }

    private func holdsValue(_ text: String) -> Bool { !values(in: text).isEmpty }
}

extension PersonalData {
    private typealias Kind = (zh: String, en: String)

    private struct Found {
        let kind: Kind
        let range: Range<Int>
    }

    private var mend: Diagnostic.Text {
        .init(
            "删去它；需要公布的电话写进organisation.yml的contacts。",
            "Delete it; a phone to be published belongs to the contacts in organisation.yml.")
    }

    /// The first personal value in what is not known of a page.
    private func firstKind(in text: PageText) -> Kind? {
        text.bytes.withUnsafeBufferPointer { bytes in
            for range in DigitRun.unknown(of: text) {
                let found = values(in: UnsafeBufferPointer(rebasing: bytes[range])).first
                if let found { return found.kind }
            }
            return nil
        }
    }

    private func values(in text: String) -> [Found] {
        var text = text
        return text.withUTF8 { values(in: $0) }
    }

    private func values(in bytes: [UInt8]) -> [Found] { bytes.withUnsafeBufferPointer { values(in: $0) } }

    private func values(in bytes: UnsafeBufferPointer<UInt8>) -> [Found] {
        var found: [Found] = []
        for run in DigitRun.all(in: bytes) {
            for (digits, range) in run.numbers {
                if PersonalData.isIdentityNumber(digits) {
                    found.append(Found(kind: ("身份证号码", "an identity number"), range: range))
                } else if isForeignMobile(digits) {
                    found.append(Found(kind: ("手机号码", "a mobile number"), range: range))
                }
            }
        }
        return found
    }

    private func masked(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for found in values(in: bytes) {
            for index in found.range { bytes[index] = UInt8(ascii: "*") }
        }
        return bytes
    }

    /// A mobile number, with or without 86 or 0 before it, that is not a contact's.
    private func isForeignMobile(_ digits: [UInt8]) -> Bool {
        var local = digits[...]
        if local.count == 15, local.starts(with: "0086".utf8) { local = local.dropFirst(4) }
        if local.count == 13, local.starts(with: "86".utf8) { local = local.dropFirst(2) }
        if local.count == 12, local.first == UInt8(ascii: "0") { local = local.dropFirst() }
        guard local.count == 11, local.first == UInt8(ascii: "1"), local[local.startIndex + 1] >= UInt8(ascii: "3"),
            local.allSatisfy({ $0 != UInt8(ascii: "X") })
        else { return false }
        return !allowed.contains(String(decoding: local, as: UTF8.self))
    }

    /// GB 11643-1999: ISO 7064 MOD 11-2 over 17 digits; the birth date in it must be a day.
    static func isIdentityNumber(_ digits: [UInt8]) -> Bool {
        guard digits.count == 18, !digits.dropLast().contains(UInt8(ascii: "X")) else { return false }
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits, weights).reduce(0) { $0 + (Int($1.0) - 48) * $1.1 }
        guard digits[17] == Array("10X98765432".utf8)[sum % 11] else { return false }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1) - 48 } }
        return Day(year: number(6..<10), month: number(10..<12), day: number(12..<14)) != nil
    }

    private func error(_ source: SourceFile, _ range: Range<Int>, _ kind: Kind) -> Diagnostic {
        source.error(
            "privacy.personal-value", at: range.lowerBound..<range.lowerBound + 1, "这里有\(kind.zh)，不能公开。",
            "Here stands \(kind.en), which must not be published.", fix: mend, confidential: true
        ).fixed(by: source.replacing(range, with: ""))
    }

    private func error(_ source: SourceFile, _ found: PersonalPhrases.Found, isOfSite: Bool) -> Diagnostic {
        let words = found.kind.words
        let place = found.place..<found.place + 1
        let path = holdsPhrase(source.path) ? withoutName(source.path) : source.path
        if found.answer == .question {
            return source.error(
                "privacy.question", at: place, "这句话也许写了\(words.zh)，要有人看过才能发布。",
                "This sentence may tell of \(words.en); somebody has to look at it before it is published.",
                fix: isOfSite
                    ? .init(
                        "改写成说不到人的话；或运行 noticeboard confirm \(path) --by 职务，看过后确认可以公布。",
                        "Write it so that it is of nobody; or run noticeboard confirm \(path) --by POST, and confirm what may be published."
                    )
                    : .init("改写成说不到人的话，再导入。", "Write it so that it is of nobody, and import again."), confidential: true
            ).fixed(by: source.replacing(found.sentence, with: ""))
        }
        if found.kind == .count { return countError(source, found) }
        let code = code(of: found, in: source)
        return source.error(
            "privacy.personal-phrase", at: place, "这里像是写了\(words.zh)，不能公开。",
            "This reads like \(words.en), which must not be published.",
            fix: !isOfSite
                ? .init("删去这一格里的它，只报人数；再导入。", "Delete it from the cell, report counts only, and import again.")
                : .init(
                    "删去它，或改成全校的说法。确实该公布的，经批准后在site.yml的privacy: allow:下写：{file: \(path), code: \"\(code)\", reason: 理由, approved_by: 批准人}",
                    "Delete it, or speak of the whole school. If it is right to publish, have it approved, and write below privacy: allow: of site.yml: {file: \(path), code: \"\(code)\", reason: …, approved_by: …}"
                ), confidential: true
        ).fixed(by: source.replacing(found.sentence, with: ""))
    }

    /// The step that the site publishes instead of a count: it is all that a message may say of it.
    private func countError(_ source: SourceFile, _ found: PersonalPhrases.Found) -> Diagnostic {
        let low = (found.value ?? 0) / threshold * threshold
        let step = "\(low)–\(low + threshold - 1)"
        return source.error(
            "privacy.count", at: found.place..<found.place + 1, "这里写了我们的人患病、缺勤、隔离或未接种的准确人数，不能公开。",
            "Here stands how many of our persons are ill, absent, isolated or not vaccinated, which must not be published.",
            fix: .init(
                "改成网站公布的范围“\(step)人”，或删去，请读者看网站的每日数据。",
                "Write the range that the site publishes, “\(step)”, or delete it and point to the daily figures."),
            confidential: true
        ).fixed(
            by: found.number.isEmpty
                ? source.replacing(found.sentence, with: "") : source.replacing(found.number, with: step))
    }

    private func errorInName(_ path: String) -> Diagnostic {
        Diagnostic(
            .error, "privacy.personal-name", in: path, "文件名里有手机号码、身份证号码，或某个人、某个班的情况，不能公开。",
            "The file's name holds a mobile or identity number, or tells of a person, which must not be published.",
            fix: .init("给文件改名。", "Rename the file."))
    }
}
