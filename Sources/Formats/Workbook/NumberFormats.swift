/// How a workbook's cells show their numbers: which of them are days, times of day or percentages.
struct NumberFormats {
    enum Kind {
        case number, day, time, percent
    }

    /// By a cell's style.
    private var styles: [Kind] = []

    /// Reads `xl/styles.xml` (ECMA-376 part 1, §18.8); nil where it is not well-formed.
    init?(_ bytes: [UInt8]) {
        var custom: [Int: Kind] = [:]
        var found: [Kind] = []
        var isInCellFormats = false
        let isWellFormed = XMLReader.read(bytes) { event in
            switch event {
            case .start("numFmt", let attributes):
                if let id = attributes["numFmtId"].flatMap({ Int($0) }), let code = attributes["formatCode"] {
                    custom[id] = NumberFormats.kind(ofCode: code)
                }
            case .start("cellXfs", _): isInCellFormats = true
            case .end("cellXfs"): isInCellFormats = false
            case .start("xf", let attributes) where isInCellFormats:
                let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
                found.append(custom[id] ?? NumberFormats.builtIn(id))
            default: break
            }
        }
        guard isWellFormed else { return nil }
        styles = found
    }

    init() {}

    func kind(ofStyle style: Int) -> Kind { styles.indices.contains(style) ? styles[style] : .number }

    /// The formats that need no code (ECMA-376 part 1, §18.8.30): 27–36 and 50–58 are the dates of Chinese Excel.
    private static func builtIn(_ id: Int) -> Kind {
        switch id {
        case 9, 10: .percent
        case 14...17, 22, 27...31, 36, 50...54, 57, 58: .day
        case 18...21, 32...35, 45...47, 55, 56: .time
        default: .number
        }
    }

    /// The kind of a format that somebody wrote: by its letters outside quotes, brackets and escapes, in its first section.
    static func kind(ofCode code: String) -> Kind {
        if code.lowercased().hasPrefix("general") { return .number }
        var letters: Set<Character> = []
        var isQuoted = false
        var isBracketed = false
        var isEscaped = false
        for character in code.lowercased() {
            if isEscaped { isEscaped = false; continue }
            switch character {
            case "\"": isQuoted.toggle()
            case _ where isQuoted: break
            case "\\", "_", "*": isEscaped = true
            case "[": isBracketed = true
            case "]": isBracketed = false
            // [h]:mm counts hours on; [$-804] is a language.
            case "h" where isBracketed, "s" where isBracketed: letters.insert(character)
            case _ where isBracketed: break
            case ";": return kind(letters)
            default: letters.insert(character)
            }
        }
        return kind(letters)
    }

    private static func kind(_ letters: Set<Character>) -> Kind {
        // A year is y, and e with the eras of East Asia.
        if letters.contains("y") || letters.contains("d") || letters.isSuperset(of: ["e", "m"]) { return .day }
        if letters.contains("h") || letters.contains("s") { return .time }
        // A month alone.
        if letters.contains("m") { return .day }
        return letters.contains("%") ? .percent : .number
    }
}
