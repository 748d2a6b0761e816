/// What a site says in one language: short texts by key, from `templates/locales/LANGUAGE.yml`.
///
/// A text is a piece of a template: `{{>t.KEY}}` puts it there, and it may name what the template around it is given. The
/// program asks for texts with `text(_:_:)`.
public struct Wording: Sendable {
    /// A text, with the place of its first byte in the file.
    struct Text: Sendable {
        let words: String
        let range: Range<Int>
    }

    /// What stands before a text's key where a template names it.
    public static let prefix = "t."

    /// A BCP 47 tag, such as `zh-CN`.
    public let language: String
    public let source: SourceFile
    let texts: [String: Text]
    private let dates: [DatePattern: DateText]
    /// Whether the file could not be read at all; then nothing more is said of it.
    private let isBroken: Bool

    /// Reads a file of texts. A text that is not written on one line as it is meant is an error.
    public init(_ source: SourceFile, language: String, into diagnostics: inout [Diagnostic]) {
        self.language = language
        self.source = source
        var texts: [String: Text] = [:]
        let before = diagnostics.count
        let entries = YAML.parse(source, into: &diagnostics)?.mapping ?? []
        isBroken = entries.isEmpty && diagnostics.count > before
        for entry in entries {
            if let text = Wording.text(entry.value, in: source) {
                texts[entry.key] = text
                if text.words.utf8.contains(where: {
                    $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&")
                }) {
                    diagnostics.append(Wording.sign(entry, source))
                }
            } else {
                diagnostics.append(Wording.notPlain(entry, source))
            }
        }
        self.texts = texts
        dates = DatePattern.allCases.reduce(into: [:]) { $0[$1] = DateText($1, texts.mapValues(\.words)) }
    }

    /// Without any text.
    public init() {
        language = ""
        source = SourceFile(path: "", bytes: [])
        texts = [:]
        dates = [:]
        isBroken = false
    }

    /// Keys of all texts, in order.
    public var keys: [String] { texts.keys.sorted() }

    /// A text with values in the places that it names; one that is not there is its key.
    public func text(_ key: String, _ values: KeyValuePairs<String, String> = [:]) -> String {
        guard var words = texts[key]?.words else { return key }
        for (name, value) in values { words = words.replacing("{{\(name)}}", with: value) }
        return words
    }

    /// A day by a pattern, with the names of months and weekdays.
    public func date(_ day: Day, _ pattern: DatePattern = .plain) -> String {
        dates[pattern]?.text(of: day) ?? "\(day)"
    }

    /// An error for every text that one of two languages lacks, or that is left empty.
    public func differences(from complete: Wording, needs: [String] = []) -> [Diagnostic] {
        if isBroken || complete.isBroken { return [] }
        let missing = Set(complete.keys + needs).subtracting(keys).sorted().map { key in
            let meant = NearMiss.suggestions(for: key, among: keys.filter { complete.texts[$0] == nil }, limit: 1).first
            return Diagnostic(
                .error, "locale.missing", in: source.path, "这个语言文件里没有“\(key)”。",
                "This language lacks the text “\(key)”.",
                fix: meant.map { .init("是不是把“\(key)”写成了“\($0)”？", "Is “\($0)” meant to be “\(key)”?") }
                    ?? .init(
                        "加一行“\(key): …”；中文是“\(complete.texts[key]?.words ?? "")”。",
                        "Add a line “\(key): …”; see \(complete.source.path)."))
        }
        let empty = texts.filter { $0.value.words.isEmpty }.sorted { $0.key < $1.key }.map { key, text in
            source.error(
                "locale.empty", at: text.range, "“\(key)”没有写文字。", "The text “\(key)” is empty.",
                fix: .init("写上文字。", "Write the text."))
        }
        return missing + empty + needs.compactMap { unknownValue($0, complete) }
    }
}

extension Wording {
    /// A value that the program does not give: what it asks for itself is not checked as a template is.
    private func unknownValue(_ key: String, _ complete: Wording) -> Diagnostic? {
        guard let text = texts[key], let known = complete.texts[key]?.words else { return nil }
        let given =
            key.hasPrefix("day")
            ? ["year", "month", "month-name", "day", "weekday", "from", "to"] : Wording.values(in: known)
        guard let wrong = Wording.values(in: text.words).first(where: { !given.contains($0) }) else { return nil }
        return source.error(
            "locale.value", at: text.range, "“\(key)”里没有“{{\(wrong)}}”这个值。",
            "The text “\(key)” is given no “{{\(wrong)}}”.",
            fix: NearMiss.fix(for: wrong, among: given))
    }

    /// What stands between `{{` and `}}` in a text.
    private static func values(in words: String) -> [String] {
        words.split(separator: "{{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
            part.firstRange(of: "}}").map { String(part[..<$0.lowerBound]) }
        }
    }

    /// Texts stand in attributes, too, and the program escapes some of them itself.
    private static func sign(_ entry: YAMLNode.Entry, _ source: SourceFile) -> Diagnostic {
        source.error(
            "locale.sign", at: entry.value.range, "“\(entry.key)”里不能有英文双引号、<和&。",
            "“\(entry.key)” may not hold \", < or &.",
            fix: .init("引号写成“”，&写成“和”。", "Write “ and ”, and “and”."))
    }

    /// The scalar's text, where the file holds the same bytes, so that mistakes in it have their place.
    private static func text(_ node: YAMLNode, in source: SourceFile) -> Text? {
        guard let words = node.text else { return nil }
        var range = node.range
        if let first = range.first, [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(source.bytes[first]) {
            range = range.lowerBound + 1..<max(range.lowerBound + 1, range.upperBound - 1)
        }
        return source.text(range) == words ? Text(words: words, range: range) : nil
    }

    private static func notPlain(_ entry: YAMLNode.Entry, _ source: SourceFile) -> Diagnostic {
        source.error(
            "locale.not-plain", at: entry.keyRange, "“\(entry.key)”要写成一行文字，里面不用反斜杠。",
            "“\(entry.key)” must be a text on one line, without backslashes.",
            fix: .init("写在一行里，有花括号时两头加双引号。", "Write it on one line, in quotes where it has braces."))
    }
}
