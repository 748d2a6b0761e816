/// What to type, exactly: a change that makes a diagnostic go away. An editor or `check --fix` can carry it out.
public enum Edit: Sendable, Equatable {
    /// Text in the place of a span of the diagnostic's own file.
    case replace(Span, with: String)
    /// Another path for the diagnostic's own file.
    case rename(to: String)
    /// The file is to go.
    case remove

    /// From one place of a file to another, the end excluded. Lines and columns count from 1, columns in characters, as in
    /// `Diagnostic.Location`.
    public struct Span: Sendable, Equatable {
        public let line: Int
        public let column: Int
        public let endLine: Int
        public let endColumn: Int

        public init(line: Int, column: Int, endLine: Int, endColumn: Int) {
            self.line = line
            self.column = column
            self.endLine = endLine
            self.endColumn = endColumn
        }
    }
}

extension Diagnostic {
    /// The same diagnostic with the change that its fix describes; without one where that is not known.
    public func fixed(by edit: Edit?) -> Diagnostic {
        var diagnostic = self
        diagnostic.edit = edit
        return diagnostic
    }
}

extension SourceFile {
    /// Other text in the place of a byte range.
    public func replacing(_ range: Range<Int>, with text: String) -> Edit {
        let (start, end) = (
            location(range.lowerBound..<range.lowerBound), location(range.upperBound..<range.upperBound)
        )
        return .replace(
            .init(line: start.line, column: start.column, endLine: end.line, endColumn: end.column), with: text)
    }

    /// The line of an offset is to go, with its end.
    public func removingLine(at offset: Int) -> Edit {
        let line = self.line(at: offset)
        return replacing(line.lowerBound..<nextLine(line), with: "")
    }

    /// A line of its own before the one of an offset.
    public func inserting(_ text: String, before offset: Int) -> Edit {
        let start = line(at: offset).lowerBound
        return replacing(start..<start, with: text + "\n")
    }

    /// A line of its own behind the one of an offset.
    public func inserting(_ text: String, after offset: Int) -> Edit {
        let line = self.line(at: offset)
        let next = nextLine(line)
        // The last line may have no end.
        return next == line.upperBound
            ? replacing(next..<next, with: "\n" + text) : replacing(next..<next, with: text + "\n")
    }

    private func nextLine(_ line: Range<Int>) -> Int {
        guard line.upperBound < bytes.count else { return line.upperBound }
        let isPair =
            bytes[line.upperBound] == 13 && line.upperBound + 1 < bytes.count && bytes[line.upperBound + 1] == 10
        return line.upperBound + (isPair ? 2 : 1)
    }

    /// The file's text with other text in the place of a span; nil where it has no such place.
    public func applying(_ span: Edit.Span, _ text: String) -> [UInt8]? {
        guard let start = offset(span.line, span.column), let end = offset(span.endLine, span.endColumn), start <= end
        else { return nil }
        return Array(bytes[..<start]) + Array(text.utf8) + bytes[end...]
    }

    /// The offset of a place that is counted in lines and characters.
    private func offset(_ line: Int, _ column: Int) -> Int? {
        let lines = self.lines()
        if line == lines.count + 1, column == 1 { return bytes.count }
        guard lines.indices.contains(line - 1) else { return nil }
        let text = self.text(lines[line - 1])
        guard column >= 1, column <= text.count + 1 else { return nil }
        return lines[line - 1].lowerBound + text.prefix(column - 1).utf8.count
    }
}

extension SourceFile {
    /// The nearest of some names in the place of a mistyped one, which stands somewhere in a range; nil where none is near.
    public func correcting(_ name: String, in range: Range<Int>, among candidates: [String]) -> Edit? {
        guard let near = NearMiss.suggestions(for: name, among: candidates, limit: 1).first else { return nil }
        return replacing(name, in: range, with: near)
    }

    /// Other text in the place of a text that stands somewhere in a range; nil where it does not stand there as it is.
    public func replacing(_ text: String, in range: Range<Int>, with other: String) -> Edit? {
        guard !text.isEmpty, let place = bytes[range].firstRange(of: Array(text.utf8)) else { return nil }
        return replacing(place, with: other)
    }
}

extension SourceFile {
    /// The words of a link, or nothing of a picture, in the place of the whole of it; nil where its address does not stand in
    /// a range as it was given.
    public func removingLink(to address: String, in range: Range<Int>) -> Edit? {
        let line = self.line(at: range.lowerBound)
        guard let place = bytes[line].firstRange(of: Array("](\(address)".utf8)),
            let close = bytes[place.upperBound..<line.upperBound].firstIndex(of: UInt8(ascii: ")")),
            let open = bytes[line.lowerBound..<place.lowerBound].lastIndex(of: UInt8(ascii: "["))
        else { return nil }
        let isImage = open > line.lowerBound && bytes[open - 1] == UInt8(ascii: "!")
        return replacing(
            (isImage ? open - 1 : open)..<close + 1, with: isImage ? "" : text(open + 1..<place.lowerBound))
    }
}

extension NearMiss {
    /// The one name that a mistyped one must have meant; nil where there is none, or several.
    public static func only(for name: String, among candidates: [String]) -> String? {
        let near = suggestions(for: name, among: candidates)
        return near.count == 1 ? near[0] : nil
    }
}
