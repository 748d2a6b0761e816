import Crypto
import Statistics

/// The files that we own in an output folder, with the hash of each: `OUTPUT/.noticeboard-manifest`.
///
/// It holds nothing that is not public: hashes, and where the ledger of statements ended. Only files that it names are ever replaced or deleted.
struct Manifest: Equatable {
    static let name = ".noticeboard-manifest"
    private static let header = "noticeboard-manifest 1"

    /// SHA-256 in hexadecimal, by route.
    let hashes: [String: String]
    /// The end of the ledger that the site was published with; nil where it was not remembered in one.
    let ledger: Ledger.Head?

    init(_ pages: [(route: String, bytes: [UInt8])], ledger: Ledger.Head? = nil) {
        self.ledger = ledger
        hashes = Dictionary(uniqueKeysWithValues: pages.map { ($0.route, Manifest.hash($0.bytes)) })
    }

    /// Reads a manifest; nil where it is damaged.
    init?(_ bytes: [UInt8]) {
        // By bytes: to a String, CR LF is one character.
        let lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard lines.first == Manifest.header, lines.last == "" else { return nil }
        var hashes: [String: String] = [:]
        ledger = lines.count > 1 ? Manifest.ledger(lines[1]) : nil
        for line in lines.dropFirst(ledger == nil ? 1 : 2).dropLast() {
            guard line.utf8.count > 66, line.dropFirst(64).hasPrefix("  "), Manifest.isSafe(line.dropFirst(66)) else {
                return nil
            }
            hashes[String(line.dropFirst(66))] = String(line.prefix(64))
        }
        self.hashes = hashes
    }

    var bytes: [UInt8] {
        let routes = hashes.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let head = ledger.map { ["ledger \($0.rows) \($0.check)"] } ?? []
        return Array(
            (([Manifest.header] + head + routes.map { "\(hashes[$0]!)  \($0)" }).joined(separator: "\n") + "\n").utf8)
    }

    private static func ledger(_ line: String) -> Ledger.Head? {
        let words = line.split(separator: " ")
        guard words.count == 3, words[0] == "ledger", let rows = Int(words[1]) else { return nil }
        return Ledger.Head(rows: rows, check: String(words[2]))
    }

    static func hash(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// Whether a path stays inside of the output folder.
    static func isSafe(_ path: some StringProtocol) -> Bool {
        !path.isEmpty && !path.hasPrefix("/") && !path.unicodeScalars.contains { $0.value < 32 || $0.value == 127 }
            && !path.split(separator: "/", omittingEmptySubsequences: false).contains {
                $0 == ".." || $0 == "." || $0.isEmpty
            }
    }
}
