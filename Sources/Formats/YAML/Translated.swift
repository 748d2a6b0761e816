/// A text with its translations: `name`, and beside it `name_en`, `name_fr` …
public struct Translated: Sendable, Equatable {
    public let text: String
    /// By language, as BCP 47 writes it.
    public let translations: [String: String]

    public init(_ text: String, _ translations: [String: String] = [:]) {
        self.text = text
        self.translations = translations
    }

    /// In a language; the text itself where nobody translated it.
    public func text(in language: String) -> String { translations[language] ?? text }

    /// Whether a reader of a language finds it in that language; `main` is the text's own.
    public func isIn(_ language: String, main: String) -> Bool { language == main || translations[language] != nil }
}

extension FieldReader {
    /// A field's text with its translations; empty where there is none.
    public mutating func translated(_ names: String..., required: Bool = false) -> Translated {
        let given = node(names, required: required)
        var translations: [String: String] = [:]
        for (key, language) in keys(translating: names[0]) {
            if let text = self.text(key) { translations[language] = text }
        }
        return Translated(given.flatMap { text(of: $0) } ?? "", translations)
    }
}
