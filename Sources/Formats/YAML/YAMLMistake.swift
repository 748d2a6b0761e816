/// Turns libyaml's complaint into what the writer did: a full-width colon, an unquoted colon, a tab, an open quote.
struct YAMLMistake {
    let source: SourceFile
    let range: Range<Int>
    /// Where libyaml noticed, which is often a line after the mistake.
    let place: Int

    /// `opening` is where the construct began that libyaml was reading.
    func diagnostic(_ problem: String, opening: Int) -> Diagnostic {
        if let mistake = fullWidthColon() ?? missingSpace() { return mistake }
        if problem.contains("mapping values are not allowed"), let mistake = colonInValue() { return mistake }
        if let mistake = tab() { return mistake }
        if problem.contains("unexpected end of stream") || problem.contains("did not find expected ','")
            || problem.contains("document indicator")
        {
            return openQuote(opening)
        }
        if let mistake = specialStart() { return mistake }
        return source.error(
            "yaml.syntax", at: place..<place + 1, "这里不符合“名称: 内容”的写法。",
            "This is not valid YAML (\(problem)).",
            fix: .init(
                "检查这一行和上一行：每行一个“名称: 内容”，冒号后空一格，内容有特殊符号时加双引号。",
                "Check this line and the one before: one “key: value” a line, a space after the colon, "
                    + "quotes around a value with special characters."))
    }

    /// A line like `标题：内容`, up to the line where libyaml gave up; nil where there is none.
    func fullWidthColon() -> Diagnostic? {
        let colon = Array("：".utf8)
        let last = source.line(at: place).upperBound
        for line in source.lines(in: range) where line.lowerBound <= last {
            let bytes = source.bytes[line]
            guard let found = bytes.firstRange(of: colon), isKey(source.bytes[line.lowerBound..<found.lowerBound]),
                !bytes.contains(UInt8(ascii: ":"))
            else { continue }
            let key = source.text(line.lowerBound..<found.lowerBound).trimmed
            let rest = source.text(found.upperBound..<line.upperBound).trimmed
            return source.error(
                "yaml.full-width-colon", at: found, "“\(key)”后面用了全角冒号“：”。",
                "A full-width colon “：” follows “\(key)”.",
                fix: .init(
                    "把“：”改为英文冒号“:”加一个空格：\(key): \(rest)",
                    "Change “：” to “:” and a space: \(key): \(rest)")
            ).fixed(by: source.replacing(found, with: ": "))
        }
        return nil
    }
}

extension YAMLMistake {
    /// A line like `标题:内容`, with no space, or a space that is none to YAML, behind the colon.
    func missingSpace() -> Diagnostic? {
        let last = source.line(at: place).upperBound
        for line in source.lines(in: range) where line.lowerBound <= last {
            let bytes = source.bytes[line]
            guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon + 1 < line.upperBound,
                isKey(source.bytes[line.lowerBound..<colon]), bytes[colon + 1] != 32,
                bytes[colon + 1] != UInt8(ascii: "/")
            else { continue }
            let key = source.text(line.lowerBound..<colon).trimmed
            let rest = source.text(colon + 1..<line.upperBound).trimmed
            return source.error(
                "yaml.no-space", at: colon..<colon + 1, "“\(key):”后面缺一个普通空格。",
                "A plain space is missing behind “\(key):”.",
                fix: .init("写成 \(key): \(rest)", "Write \(key): \(rest)")
            ).fixed(by: source.replacing(colon + 1..<line.upperBound, with: " \(rest)"))
        }
        return nil
    }

    /// A value that begins with a sign that means something to YAML.
    private func specialStart() -> Diagnostic? {
        let line = source.line(at: place)
        guard let colon = source.bytes[line].firstRange(of: Array(": ".utf8)) else { return nil }
        let value = source.text(colon.upperBound..<line.upperBound).trimmed
        guard let first = value.first, "[]{}%@`!&*|>\"'?".contains(first) else { return nil }
        let inner = YAMLMistake.curly(value)
        return source.error(
            "yaml.special-start", at: colon.upperBound..<line.upperBound, "内容以特殊符号“\(first)”开头，或括号、引号后面还有字，要加英文双引号。",
            "The value begins with the special sign “\(first)” and must be quoted.",
            fix: .init(
                "写成 \(source.text(line.lowerBound..<colon.upperBound))\"\(inner)\"",
                "Write \(source.text(line.lowerBound..<colon.upperBound))\"\(inner)\"")
        ).fixed(by: source.replacing(colon.upperBound..<line.upperBound, with: "\"\(inner)\""))
    }

    /// A value with “ and ” in the place of plain quotes, one after the other.
    private static func curly(_ value: String) -> String {
        var isOpen = false
        return value.map { character -> String in
            guard character == "\"" else { return String(character) }
            isOpen.toggle()
            return isOpen ? "“" : "”"
        }.joined()
    }

    /// Whether the text before the colon reads like a key: short, no blanks inside, no other YAML sign.
    private func isKey(_ bytes: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self).trimmed
        return !text.isEmpty && text.count <= 24 && !text.contains { " \t-#\"'[]{}，。".contains($0) }
    }

    private func colonInValue() -> Diagnostic? {
        let line = source.line(at: place)
        let bytes = source.bytes[line]
        guard let first = bytes.firstRange(of: [UInt8(ascii: ":"), UInt8(ascii: " ")]) else { return nil }
        let value = source.text(first.upperBound..<line.upperBound).trimmed
        guard value.contains(": ") || value.hasSuffix(":") else { return nil }
        let quoted = "\"\(value.replacing("\"", with: "\\\""))\""
        return source.error(
            "yaml.colon-in-value", at: first.upperBound..<line.upperBound, "内容里有“: ”，必须给内容加引号。",
            "The value contains “: ” and must be quoted.",
            fix: .init(
                "写成 \(source.text(line.lowerBound..<first.upperBound))\(quoted)",
                "Write \(source.text(line.lowerBound..<first.upperBound))\(quoted)")
        ).fixed(by: source.replacing(first.upperBound..<line.upperBound, with: quoted))
    }

    private func tab() -> Diagnostic? {
        let line = source.line(at: place)
        let indent = source.bytes[line].prefix { $0 == 9 || $0 == 32 }
        guard let tab = indent.firstIndex(of: 9) else { return nil }
        return source.error(
            "yaml.tab", at: tab..<tab + 1, "行首用了制表符（Tab）。", "The line is indented with a tab.",
            fix: .init("改用空格缩进。", "Indent with spaces.")
        ).fixed(
            by: source.replacing(
                line.lowerBound..<line.lowerBound + indent.count,
                with: String(decoding: indent.flatMap { $0 == 9 ? [32, 32] : [$0] }, as: UTF8.self)))
    }

    /// What was opened is closed at the end of its line.
    private func closing(_ opening: Int) -> Edit? {
        guard opening < source.bytes.count else { return nil }
        let signs: [UInt8: String] = [
            UInt8(ascii: "\""): "\"", UInt8(ascii: "'"): "'", UInt8(ascii: "["): "]", UInt8(ascii: "{"): "}",
        ]
        let end = source.line(at: opening).upperBound
        return signs[source.bytes[opening]].map { source.replacing(end..<end, with: $0) }
    }

    private func openQuote(_ opening: Int) -> Diagnostic {
        source.error(
            "yaml.open-quote", at: opening..<opening + 1, "有一个引号或括号没有写完。", "A quote or bracket is never closed.",
            fix: .init("补上结尾的引号或括号。", "Close the quote or bracket.")
        ).fixed(by: closing(opening))
    }
}
