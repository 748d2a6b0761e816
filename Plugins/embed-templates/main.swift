import Foundation

// usage: embed-templates OUTPUT NAME ROOT FILE…
// Writes one Swift file with an enum NAME that holds the text of every FILE, named by its path below ROOT, in path order.
let arguments = CommandLine.arguments
let root = arguments[3] + "/"
var swift = "public enum \(arguments[2]) {\n    public static let files: [(path: String, text: StaticString)] = [\n"
for path in arguments.dropFirst(4).sorted() {
    let text = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
    var literal = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\\": literal += "\\\\"
        case "\"": literal += "\\\""
        case "\n": literal += "\\n"
        case "\r": literal += "\\r"
        case "\t": literal += "\\t"
        default: literal.unicodeScalars.append(scalar)
        }
    }
    swift += "        (\"\(path.dropFirst(root.count))\", \"\(literal)\"),\n"
}
swift += "    ]\n}\n"
try swift.write(to: URL(fileURLWithPath: arguments[1]), atomically: true, encoding: .utf8)
