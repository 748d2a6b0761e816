/// HTML in which addresses inside the site are still open, so that it is made once and shown on pages at any depth.
public struct Markup: Sendable {
    /// An address (a route, with its fragment) that belongs at `offset` in the bytes.
    public struct Slot: Sendable {
        public let offset: Int
        public let address: String

        public init(offset: Int, address: String) {
            self.offset = offset
            self.address = address
        }
    }

    public var bytes: [UInt8]
    public var slots: [Slot]

    public init(bytes: [UInt8] = [], slots: [Slot] = []) {
        self.bytes = bytes
        self.slots = slots
    }

    public init(_ html: String) { self.init(bytes: Array(html.utf8)) }

    /// Appends the HTML with every address below `root` (`../../`, or the site's own address).
    public func write(to output: inout [UInt8], root: String) {
        var copied = 0
        for slot in slots {
            output.append(contentsOf: bytes[copied..<slot.offset])
            appendAddress(slot.address, root: root, to: &output)
            copied = slot.offset
        }
        output.append(contentsOf: bytes[copied...])
    }
}

/// Appends `address` below `root`, percent-encoded: a route, with a place in its page behind it where it is a page's.
func appendAddress(_ address: String, root: String, to output: inout [UInt8]) {
    appendEscaped(root, to: &output)
    appendRoute(address, to: &output)
}

/// A record that many pages show in the same way: what a template makes of it is made once, and copied into each of them.
public final class PreparedRecord: Sendable {
    /// The template, and what it makes of the record.
    let template: Int
    let markup: Markup
    /// Whether the markup was looked through for what must not be published.
    let isKnown: Bool
    /// The record itself, for templates that show it in another way.
    let record: @Sendable () -> Record

    init(template: Int, markup: Markup, isKnown: Bool, record: @escaping @Sendable () -> Record) {
        self.template = template
        self.markup = markup
        self.isKnown = isKnown
        self.record = record
    }
}
