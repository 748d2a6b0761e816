import Formats

/// A notice's body as the lines of text that a screen can show: a line for each paragraph, heading, item and table row.
enum PlainLines {
    static func lines(of pieces: [HTMLPiece]) -> [String] {
        var reading = Reading()
        for piece in pieces { reading.read(piece) }
        reading.end()
        return reading.lines
    }

    private struct Reading {
        var lines: [String] = []
        private var line = ""
        private var isCode = false
        /// For each open list the next number; nil where it has none.
        private var lists: [Int?] = []

        mutating func read(_ piece: HTMLPiece) {
            switch piece {
            case .text(let text): isCode ? readCode(text) : (line += text.replacing("\n", with: " "))
            case .open("pre", _):
                end()
                isCode = true
            case .close("pre"):
                end()
                isCode = false
            case .open("br", _): end()
            case .open("sup", _): line += "["
            case .close("sup"): line += "]"
            // Without a line through it, what was struck out would read as if it held.
            case .open("del", _): line += "（划去："
            case .close("del"): line += "）"
            case .open("img", _): line += piece.attribute("alt").map { "（图：\($0)）" } ?? ""
            case .open("ol", _): open(list: Int(piece.attribute("start") ?? "1") ?? 1)
            case .open("ul", _): open(list: nil)
            case .open("li", _): beginItem()
            case .open("td", _), .open("th", _): if !line.isEmpty { line += "｜" }
            case .close("ol"), .close("ul"):
                end()
                lists.removeLast()
            case .close(let name) where blocks.contains(name): end()
            default: break
            }
        }

        private mutating func readCode(_ text: String) {
            for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
                line += part
                end()
            }
        }

        private mutating func open(list: Int?) {
            end()
            lists.append(list)
        }

        private mutating func beginItem() {
            end()
            guard let last = lists.last else { return }
            line = last.map { "\($0). " } ?? "· "
            lists[lists.count - 1] = last.map { $0 + 1 }
        }

        mutating func end() {
            let text = line.trimmed
            // A marker without its item is no line yet.
            if !text.isEmpty, text != "·" { lines.append(text) }
            line = ""
        }
    }

    private static let blocks: Set<String> = ["p", "h2", "h3", "h4", "h5", "h6", "li", "tr", "pre", "blockquote"]
}
