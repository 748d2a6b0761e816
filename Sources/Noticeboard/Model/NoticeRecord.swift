import Formats

extension Notice.Source: Binary {
    public func write(to writer: inout ByteWriter) {
        writer.put(name)
        writer.put(url)
        writer.put(day)
    }

    public init(from reader: inout ByteReader) {
        self.init(name: reader.text(), url: reader.optional(), day: reader.optional())
    }
}

extension Notice.Correction: Binary {
    public func write(to writer: inout ByteWriter) {
        writer.put(day)
        writer.put(text)
    }

    public init(from reader: inout ByteReader) { self.init(day: reader.value(), text: reader.text()) }
}

extension Notice.Attachment: Binary {
    public func write(to writer: inout ByteWriter) {
        writer.put(file)
        writer.put(title)
    }

    public init(from reader: inout ByteReader) { self.init(file: reader.value(), title: reader.text()) }
}

extension Notice.Event: Binary {
    public func write(to writer: inout ByteWriter) {
        writer.put(start)
        writer.put(end)
        writer.put(place)
    }

    public init(from reader: inout ByteReader) {
        self.init(start: reader.value(), end: reader.optional(), place: reader.text())
    }
}

extension Notice.ReplySlip: Binary {
    public func write(to writer: inout ByteWriter) {
        writer.put(due)
        writer.put(items)
    }

    public init(from reader: inout ByteReader) { self.init(due: reader.optional(), items: reader.list()) }
}

extension Notice.Review: Binary {
    public func write(to writer: inout ByteWriter) {
        writer.put(stage)
        writer.put(by)
        writer.put(day)
        writer.put(seal)
    }

    public init(from reader: inout ByteReader) {
        self.init(stage: reader.text(), by: reader.text(), day: reader.optional(), seal: reader.optional())
    }
}

extension Notice.Places: Binary {
    func write(to writer: inout ByteWriter) {
        writer.put(id.lowerBound)
        writer.put(id.upperBound)
        writer.put(kind)
        writer.put(team)
        writer.put(category)
    }

    init(from reader: inout ByteReader) {
        let (low, high) = (reader.int(), reader.int())
        self.init(
            id: low..<max(low, high), kind: reader.value(), team: reader.value(), category: reader.value())
    }
}
