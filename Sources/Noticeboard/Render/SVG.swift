import Formats

/// A drawing made of boxes, lines and text; colours and fonts are the style sheet's.
struct SVG {
    private let width: Int
    private let height: Int
    private var body: [UInt8] = []

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    mutating func box(x: Int, y: Int, width: Int, height: Int, class name: String) {
        put("<rect x=\"\(x)\" y=\"\(y)\" width=\"\(max(0, width))\" height=\"\(max(0, height))\" class=\"\(name)\"/>")
    }

    mutating func line(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, class name: String) {
        put("<line x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\" class=\"\(name)\"/>")
    }

    mutating func text(x: Int, y: Int, _ text: String, class name: String) {
        if text.isEmpty { return }
        put("<text x=\"\(x)\" y=\"\(y)\" class=\"\(name)\">")
        appendEscaped(text, to: &body)
        put("</text>")
    }

    /// The whole element, with a label that says what it shows, or hidden where the same stands beside it in words.
    func finished(label: String = "", hidden: Bool = false) -> String {
        var head = "<svg viewBox=\"0 0 \(width) \(height)\" xmlns=\"http://www.w3.org/2000/svg\""
        if hidden {
            head += " aria-hidden=\"true\" focusable=\"false\">"
        } else {
            var escaped: [UInt8] = []
            appendEscaped(label, to: &escaped)
            head += " role=\"img\" aria-label=\"\(String(decoding: escaped, as: UTF8.self))\">"
        }
        return head + String(decoding: body, as: UTF8.self) + "</svg>"
    }

    private mutating func put(_ string: String) { body += string.utf8 }
}
