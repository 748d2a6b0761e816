/// How diagnostics are written out.
public enum DiagnosticFormat: String, Sendable, CaseIterable {
    /// For people: message in both languages, the line with a caret below it, the fix.
    case text
    /// One line each, for editors and `grep`.
    case line
    /// One JSON object a line, for programs.
    case json

    /// A whole list, without a line end behind it; empty for an empty list.
    ///
    /// Control and direction characters of the content are shown as `\u{1B}`, so that no text can forge a line or steer
    /// a terminal.
    public func render(_ list: DiagnosticList) -> String {
        var longFixes: Set<String> = []
        var parts = list.groups.map { group in
            var diagnostic = group.first.fixed(by: nil).mapText(visible)
            // Thirty names that may be written are read once.
            if self != .json, diagnostic.fix.zh.count > 120, !longFixes.insert(diagnostic.fix.zh).inserted {
                diagnostic.fix = .init("同上。", "As above.")
            }
            return render(diagnostic, group)
        }
        if self == .text, !parts.isEmpty { parts = [parts.joined(separator: "\n\n")] }
        let left = list.left.map(leftOut)
        let summary = list.groups.count + list.left.count > 1 ? summary(list.files) : []
        return (parts + left + summary).joined(separator: "\n")
    }

    /// One diagnostic.
    public func render(_ diagnostic: Diagnostic) -> String { render(DiagnosticList([diagnostic])) }

    private func render(_ diagnostic: Diagnostic, _ group: DiagnosticList.Group) -> String {
        switch self {
        case .text: human(diagnostic, group.others)
        case .line: oneLine(diagnostic, group.others)
        case .json: jsonObject(diagnostic, group)
        }
    }

    /// What was left out of a file's list.
    private func leftOut(_ file: (path: String, errors: Int, warnings: Int)) -> String {
        let path = visible(file.path)
        if self == .json {
            return "{\"file\":\(jsonString(path)),\"not_shown\":\(jsonCounts(file.errors, file.warnings))}"
        }
        return "\(path): 还有没列出的：错误\(file.errors)处，提醒\(file.warnings)处 "
            + "not shown: \(file.errors) more errors, \(file.warnings) more warnings"
    }

    private func summary(_ files: [(path: String, errors: Int, warnings: Int)]) -> [String] {
        if self == .json {
            return files.map {
                "{\"file\":\(jsonString(visible($0.path))),\"summary\":\(jsonCounts($0.errors, $0.warnings))}"
            }
        }
        let lines = files.map { file in
            "  \(visible(file.path))  错误\(file.errors) 提醒\(file.warnings)"
        }
        return [(self == .text ? "\n" : "") + "按文件 by file (错误 errors, 提醒 warnings):"] + lines
    }
}

private func jsonCounts(_ errors: Int, _ warnings: Int) -> String { "{\"errors\":\(errors),\"warnings\":\(warnings)}" }

extension Diagnostic.Location: CustomStringConvertible {
    /// `path:line:column`, or the path alone for a file as a whole.
    public var description: String { line == 0 ? path : "\(path):\(line):\(column)" }
}

/// Control characters (Cc) and those that change the direction of text (UAX #9), written out; a tab stays.
public func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isInvisible) else { return text }
    return text.unicodeScalars.map {
        isInvisible($0) ? "\\u{\(String($0.value, radix: 16, uppercase: true))}" : String($0)
    }.joined()
}

private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 9: false
    case 0..<32, 127..<160, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
}

/// Columns that a terminal gives a text: two for East Asian wide and full-width characters (UAX #11), none for marks.
func displayWidth(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + scalarWidth($1) }
}

private func scalarWidth(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F, 0xFEFF: 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
        0x1F900...0x1F9FF, 0x20000...0x3FFFD:
        2
    // Ambiguous in UAX #11, but wide in the Chinese fonts of a terminal.
    case 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0x2030: 2
    default: 1
    }
}

private func human(_ d: Diagnostic, _ others: (shown: String, count: Int)) -> String {
    let (zh, en) = d.severity == .error ? ("错误", "error") : ("提醒", "warning")
    var lines = ["\(d.location): \(zh) \(en) [\(d.id)]", "  \(d.message.zh)", "  \(d.message.en)"]
    lines += excerpt(d.location)
    if others.count > 0 {
        lines.append(
            "  还有\(others.count)处相同 \(others.count) more like it\(others.shown.isEmpty ? "" : ": \(others.shown)")")
    }
    for note in d.notes {
        lines += ["  \(note.location): \(note.message.zh) \(note.message.en)"]
    }
    lines += ["  改法：\(d.fix.zh)", "  Fix: \(d.fix.en)"]
    return lines.joined(separator: "\n")
}

/// The line and a caret under the place. Tabs become one space, so that both lines agree.
private func excerpt(_ location: Diagnostic.Location) -> [String] {
    guard let text = location.excerpt, location.line > 0 else { return [] }
    let line = text.map { $0 == "\t" ? " " : String($0) }
    let before = line.prefix(location.column - 1).joined()
    let marked = line.dropFirst(location.column - 1).prefix(location.length).joined()
    let number = "\(location.line)"
    let gutter = String(repeating: " ", count: number.count)
    let carets = "^" + String(repeating: "~", count: max(0, displayWidth(marked) - 1))
    return [
        "  \(number) | \(line.joined())",
        "  \(gutter) | \(String(repeating: " ", count: displayWidth(before)))\(carets)",
    ]
}

private func oneLine(_ d: Diagnostic, _ others: (shown: String, count: Int)) -> String {
    let more = others.count == 0 ? "" : " （还有\(others.count)处相同 \(others.count) more: \(others.shown)）"
    return "\(d.location): \(d.severity.rawValue): [\(d.id)] \(d.message.zh) \(d.message.en) "
        + "改法：\(d.fix.zh) Fix: \(d.fix.en)" + more
}

private func jsonObject(_ d: Diagnostic, _ group: DiagnosticList.Group) -> String {
    let places = group.places
    var fields = [
        "\"severity\":\(jsonString(d.severity.rawValue))", "\"id\":\(jsonString(d.id))", jsonLocation(d.location),
        "\"message\":\(jsonText(d.message))", "\"fix\":\(jsonText(d.fix))",
    ]
    if places.count > 1 {
        let list = places.prefix(1000).map { "{\"line\":\($0.line),\"column\":\($0.column)}" }
        fields += ["\"count\":\(places.count)", "\"places\":[\(list.joined(separator: ","))]"]
    }
    if !group.edits.isEmpty {
        fields.append("\"edits\":[\(group.edits.map(jsonEdit).joined(separator: ","))]")
    }
    if !d.notes.isEmpty {
        let notes = d.notes.map { "{\(jsonLocation($0.location)),\"message\":\(jsonText($0.message))}" }
        fields.append("\"notes\":[\(notes.joined(separator: ","))]")
    }
    return "{\(fields.joined(separator: ","))}"
}

/// A change of the diagnostic's file, as editors take it: the span that is replaced, and the text in its place.
private func jsonEdit(_ edit: Edit) -> String {
    switch edit {
    case .replace(let span, let text):
        "{\"line\":\(span.line),\"column\":\(span.column),\"end_line\":\(span.endLine),"
            + "\"end_column\":\(span.endColumn),\"text\":\(jsonString(text.split(separator: "\n", omittingEmptySubsequences: false).map { visible(String($0)) }.joined(separator: "\n")))}"
    case .rename(let path): "{\"rename\":\(jsonString(visible(path)))}"
    case .remove: "{\"remove\":true}"
    }
}

private func jsonLocation(_ location: Diagnostic.Location) -> String {
    let path = "\"file\":\(jsonString(location.path))"
    return location.line == 0 ? path : path + ",\"line\":\(location.line),\"column\":\(location.column)"
}

private func jsonText(_ text: Diagnostic.Text) -> String {
    "{\"zh\":\(jsonString(text.zh)),\"en\":\(jsonString(text.en))}"
}
