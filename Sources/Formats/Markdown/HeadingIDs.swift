/// Anchors of a page's headings: unique, and the same as long as the heading's words are.
struct HeadingIDs {
    private(set) var used: Set<String> = []

    /// Takes `id`, or `id-2`, `id-3` … where it is taken already.
    mutating func claim(_ id: String) -> String {
        var candidate = id
        var number = 2
        while !used.insert(candidate).inserted {
            candidate = "\(id)-\(number)"
            number += 1
        }
        return candidate
    }

    /// The id that a heading's words give: lower case, letters (Han too), digits, `-` and `_` kept, blanks to hyphens.
    static func slug(_ text: String) -> String {
        var slug = ""
        for scalar in text.trimmed.lowercased().halfWidth.unicodeScalars {
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-" || scalar == "_"
            {
                slug.unicodeScalars.append(scalar)
            } else if scalar.properties.isWhitespace, !slug.hasSuffix("-") {
                slug += "-"
            }
        }
        return slug.isEmpty ? "section" : slug
    }

    /// Splits `训练 {#training}` into its words and the id given.
    static func explicit(_ text: String) -> (words: String, id: String)? {
        guard text.hasSuffix("}"), let open = text.range(of: "{#") else { return nil }
        let id = String(text[open.upperBound...].dropLast())
        let isValid = !id.isEmpty && id.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        return isValid ? (String(text[..<open.lowerBound]).trimmed, id) : nil
    }
}

extension String {
    fileprivate func range(of pattern: String) -> Range<Index>? { ranges(of: pattern).last }
}
