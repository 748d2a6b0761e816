/// Anchors of a page's headings: unique, and the same as long as the heading's words are.
struct HeadingIDs {
    /// In the order in which they were taken; a page has few.
    private(set) var used: [String] = []
    /// The bytes of those: a combining mark makes another id.
    private var taken: Set<[UInt8]> = []
    /// Where counting goes on for an id that was taken before.
    private var numbers: [String: Int] = [:]

    /// Takes `id`, or `id-2`, `id-3` … where it is taken already.
    mutating func claim(_ id: String) -> String {
        var candidate = id
        if isUsed(id) {
            var number = numbers[id] ?? 2
            repeat {
                candidate = "\(id)-\(number)"
                number += 1
            } while isUsed(candidate)
            numbers[id] = number
        }
        used.append(candidate)
        taken.insert(Array(candidate.utf8))
        return candidate
    }

    private func isUsed(_ id: String) -> Bool { taken.contains(Array(id.utf8)) }

    /// The id that a heading's words give: lower case, letters (Han too), digits, `-` and `_` kept, blanks to hyphens.
    static func slug(_ text: String) -> String {
        var slug = String.UnicodeScalarView()
        for scalar in text.trimmed.unicodeScalars {
            if scalar.isCommonHan {
                slug.append(scalar)
            } else {
                for scalar in scalar.properties.lowercaseMapping.unicodeScalars { append(scalar.halfWidth, to: &slug) }
            }
        }
        return slug.isEmpty ? "section" : String(slug)
    }

    private static func append(_ scalar: Unicode.Scalar, to slug: inout String.UnicodeScalarView) {
        if scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-" || scalar == "_" {
            slug.append(scalar)
        } else if scalar.properties.isWhitespace, slug.last != "-" {
            slug.append("-")
        }
    }

    /// Splits `训练 {#training}` into its words and the id given.
    static func explicit(_ text: String) -> (words: String, id: String)? {
        guard text.hasSuffix("}"), let open = text.range(of: "{#") else { return nil }
        let id = String(text[open.upperBound...].dropLast())
        // By scalars: a combining mark would make a letter of any sign before it.
        let isValid =
            !id.isEmpty
            && id.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-" || $0 == "_"
            }
        guard isValid else { return nil }
        var words = text[..<open.lowerBound]
        while words.last == " " { words = words.dropLast() }
        return (String(words), id)
    }
}

extension String {
    fileprivate func range(of pattern: String) -> Range<Index>? { ranges(of: pattern).last }
}
