extension Day: Binary {
    public func write(to writer: inout ByteWriter) { writer.put(daysSince1970) }
    public init(from reader: inout ByteReader) { self.init(daysSince1970: reader.int()) }
}

extension TimeOfField: Binary {
    public func write(to writer: inout ByteWriter) {
        writer.put(moment.seconds)
        writer.put(day)
        writer.put(isDay ? 1 : 0)
    }

    public init(from reader: inout ByteReader) {
        self.init(moment: Moment(seconds: reader.int()), day: reader.value(), isDay: reader.int() == 1)
    }
}

extension Reference: Binary {
    public func write(to writer: inout ByteWriter) {
        writer.put(name)
        writer.put(range.lowerBound)
        writer.put(range.upperBound)
    }

    public init(from reader: inout ByteReader) {
        let name = reader.text()
        let (low, high) = (reader.int(), reader.int())
        self.init(name: name, range: low..<max(low, high))
    }
}

extension Document.Link: Binary {
    public func write(to writer: inout ByteWriter) {
        writer.put(offset)
        writer.put(path)
        writer.put(fragment)
        writer.put(range.lowerBound)
        writer.put(range.upperBound)
        writer.put(isImage ? 1 : 0)
    }

    public init(from reader: inout ByteReader) {
        offset = reader.int()
        path = reader.text()
        fragment = reader.optional()
        let (low, high) = (reader.int(), reader.int())
        range = low..<max(low, high)
        isImage = reader.int() == 1
    }
}

extension Diagnostic.Text: Binary {
    public func write(to writer: inout ByteWriter) {
        writer.put(zh)
        writer.put(en)
    }

    public init(from reader: inout ByteReader) { self.init(reader.text(), reader.text()) }
}

extension Diagnostic.Location: Binary {
    public func write(to writer: inout ByteWriter) {
        writer.put(path)
        writer.put(line)
        writer.put(column)
        writer.put(length)
        writer.put(excerpt)
    }

    public init(from reader: inout ByteReader) {
        self.init(
            path: reader.text(), line: reader.int(), column: reader.int(), length: reader.int(),
            excerpt: reader.optional())
    }
}

extension Diagnostic.Note: Binary {
    public func write(to writer: inout ByteWriter) {
        writer.put(location)
        writer.put(message)
    }

    public init(from reader: inout ByteReader) { self.init(reader.value(), reader.value()) }
}

extension Edit: Binary {
    public func write(to writer: inout ByteWriter) {
        switch self {
        case .replace(let span, let text):
            writer.put("replace")
            for number in [span.line, span.column, span.endLine, span.endColumn] { writer.put(number) }
            writer.put(text)
        case .rename(let path):
            writer.put("rename")
            writer.put(path)
        case .remove: writer.put("remove")
        }
    }

    public init(from reader: inout ByteReader) {
        switch reader.text() {
        case "replace":
            let span = Span(line: reader.int(), column: reader.int(), endLine: reader.int(), endColumn: reader.int())
            self = .replace(span, with: reader.text())
        case "rename": self = .rename(to: reader.text())
        default: self = .remove
        }
    }
}

extension Diagnostic: Binary {
    public func write(to writer: inout ByteWriter) {
        writer.put(severity.rawValue)
        writer.put(id)
        writer.put(location)
        writer.put(message)
        writer.put(fix)
        writer.put(notes)
        writer.put(edit.map { [$0] } ?? [])
    }

    public init(from reader: inout ByteReader) {
        self.init(
            Severity(rawValue: reader.text()) ?? .error, reader.text(), at: reader.value(), reader.value(),
            fix: reader.value(), notes: reader.list())
        edit = (reader.list() as [Edit]).first
    }
}
