private import CQREncode

/// A QR code (ISO/IEC 18004) of a text, made by libqrencode: the smallest version that holds it, with error correction M,
/// so that 15 % of it may be soiled or torn.
public struct QRCode: Sendable, Equatable {
    /// Modules along a side, without the quiet zone.
    public let size: Int
    /// Row by row; true is dark.
    public let modules: [Bool]

    /// Whether the machine has the library; without it no code can be made.
    public static var isAvailable: Bool { qr_is_available() != 0 }

    /// Light modules around the code, which readers need (ISO/IEC 18004, §9.1).
    public static let quietZone = 4

    /// Nil where the text is empty, or longer than any code holds (2,331 bytes).
    public init?(_ text: String) {
        guard !text.isEmpty, let code = qr_make(text) else { return nil }
        defer { qr_free(code) }
        let side = qr_width(code)
        guard let data = qr_modules(code) else { return nil }
        size = side
        modules = (0..<side * side).map { data[$0] & 1 == 1 }
    }

    /// The code as SVG with its quiet zone, dark on light in any colour scheme; `label` says what it leads to.
    public func svg(label: String) -> [UInt8] {
        let side = size + 2 * QRCode.quietZone
        var svg = Array("<svg class=\"qr\" viewBox=\"0 0 \(side) \(side)\" role=\"img\" aria-label=\"".utf8)
        appendEscaped(label, to: &svg)
        svg += "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h\(side)v\(side)H0z\"/>".utf8
        svg += "<path fill=\"#000\" d=\"\(path)\"/></svg>".utf8
        return svg
    }

    /// Every run of dark modules in a row as a rectangle.
    private var path: String {
        var path = ""
        for row in 0..<size {
            var column = 0
            while column < size {
                let start = column
                while column < size, modules[row * size + column] { column += 1 }
                if column > start {
                    path +=
                        "M\(start + QRCode.quietZone) \(row + QRCode.quietZone)h\(column - start)v1h-\(column - start)z"
                }
                column += 1
            }
        }
        return path
    }
}
