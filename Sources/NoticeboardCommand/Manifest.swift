import Crypto
import Formats
import Glibc
import Noticeboard
import Statistics

/// The files that we own in an output folder, with the SHA-256 of each: `OUTPUT/.noticeboard-manifest`.
///
/// It holds nothing that is not public: hashes, and where the ledger of statements ended. Only files that it names are ever
/// replaced or deleted. It is kept as its bytes, a line for each file in the order of routes, so that one of many thousand
/// lines is found or changed without turning the others into text.
struct Manifest: Equatable, Sendable {
    static let name = ".noticeboard-manifest"
    private static let header = "noticeboard-manifest 1"
    private static let hashLength = 64

    let bytes: [UInt8]
    /// The end of the ledger that the site was published with; nil where it was not remembered in one.
    let ledger: Ledger.Head?
    /// Where each file's line lies, without its end.
    fileprivate let lines: [Range<Int>]

    /// The manifest of no file.
    static let empty = Manifest(ManifestWriter(ledger: nil))

    init(_ writer: ManifestWriter) {
        bytes = writer.bytes
        ledger = writer.ledger
        lines = writer.lines
    }

    /// Reads a manifest; nil where it is damaged.
    init?(_ bytes: [UInt8]) {
        var ranges: [Range<Int>] = []
        var start = 0
        while start < bytes.count {
            guard let end = lineEnd(bytes, start) else { return nil }
            ranges.append(start..<end)
            start = end + 1
        }
        guard let first = ranges.first, bytes[first].elementsEqual(Manifest.header.utf8) else { return nil }
        ledger = ranges.count > 1 ? Manifest.ledger(String(decoding: bytes[ranges[1]], as: UTF8.self)) : nil
        lines = Array(ranges.dropFirst(ledger == nil ? 1 : 2))
        self.bytes = bytes
        for line in lines {
            guard line.count > Manifest.hashLength + 2,
                bytes[line].dropFirst(Manifest.hashLength).starts(with: [32, 32]),
                Manifest.isSafe(bytes[route(line)])
            else { return nil }
        }
        for (a, b) in zip(lines, lines.dropFirst())
        where !bytes[route(a)].lexicographicallyPrecedes(bytes[route(b)]) { return nil }
    }

    /// Only where the ledger ended, of a manifest's bytes.
    static func ledger(in bytes: [UInt8]) -> Ledger.Head? {
        let lines = bytes.prefix(200).split(separator: 10)
        guard lines.count > 1, lines[0].elementsEqual(header.utf8) else { return nil }
        return ledger(String(decoding: lines[1], as: UTF8.self))
    }

    var count: Int { lines.count }

    func route(_ index: Int) -> String { String(decoding: bytes[route(lines[index])], as: UTF8.self) }

    /// Compares the route of a file with another: negative, zero or positive.
    func compare(_ index: Int, _ route: String) -> Int {
        let own = self.route(lines[index])
        return bytes.withUnsafeBytes { compareBytes(UnsafeRawBufferPointer(rebasing: $0[own]), route) }
    }

    func hash(_ index: Int) -> ArraySlice<UInt8> { bytes[lines[index]].prefix(Manifest.hashLength) }

    /// The place of a route among the files; nil where it is none of ours.
    func index(of route: String) -> Int? {
        var (low, high) = (0, lines.count)
        while low < high {
            let middle = (low + high) / 2
            if compare(middle, route) < 0 { low = middle + 1 } else { high = middle }
        }
        return low < lines.count && compare(low, route) == 0 ? low : nil
    }

    /// The routes of pages that a plan does not have. Both are in order.
    func routes(missingIn plan: SitePlan) -> [String] {
        var missing: [String] = []
        var next = 0
        for index in lines.indices {
            while next < plan.outputs.count, compare(index, plan.outputs[next].route) > 0 { next += 1 }
            if next == plan.outputs.count || compare(index, plan.outputs[next].route) < 0 {
                let route = route(index)
                if route.hasSuffix(".html") { missing.append(route) }
            }
        }
        return missing
    }

    private func route(_ line: Range<Int>) -> Range<Int> { line.lowerBound + Manifest.hashLength + 2..<line.upperBound }

    private static func ledger(_ line: String) -> Ledger.Head? {
        let words = line.split(separator: " ")
        let forms = [Ledger.Head.Form.rows, .entries]
        guard words.count == 3, let form = forms.first(where: { word($0) == words[0] }), let count = Int(words[1])
        else { return nil }
        return Ledger.Head(form: form, count: count, check: String(words[2]))
    }

    /// How a ledger's end begins its line; rows of the former ledger.csv have the older word.
    fileprivate static func word(_ form: Ledger.Head.Form) -> String { form == .rows ? "ledger" : "ledger-entries" }

    /// SHA-256 in hexadecimal.
    static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(hashLength)
        for byte in SHA256.hash(data: bytes) {
            text.append(hexDigit(byte >> 4))
            text.append(hexDigit(byte & 15))
        }
        return text
    }

    /// Whether a path stays inside of the output folder.
    static func isSafe(_ path: String) -> Bool { isSafe(Array(path.utf8)[...]) }

    private static func isSafe(_ path: ArraySlice<UInt8>) -> Bool {
        path.withUnsafeBufferPointer { bytes in
            // How many dots a part has; nil once it holds anything else.
            var dots: Int? = 0
            for byte in bytes {
                switch byte {
                case 0..<32, 127: return false
                case UInt8(ascii: "/"):
                    if let dots, dots < 3 { return false }
                    dots = 0
                case UInt8(ascii: "."): dots = dots.map { $0 + 1 }
                default: dots = nil
                }
            }
            return dots.map { $0 > 2 } ?? true
        }
    }
}

private func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }

private func lineEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
    bytes.withUnsafeBytes { buffer in
        memchr(buffer.baseAddress! + start, 10, buffer.count - start).map { UnsafeRawPointer($0) - buffer.baseAddress! }
    }
}

/// Puts a manifest together, file by file in the order of routes.
struct ManifestWriter: Sendable {
    fileprivate private(set) var bytes: [UInt8]
    fileprivate private(set) var lines: [Range<Int>] = []
    fileprivate let ledger: Ledger.Head?

    /// - Parameter files: How many are expected.
    init(ledger: Ledger.Head?, files: Int = 0) {
        self.ledger = ledger
        bytes = Array("noticeboard-manifest 1\n".utf8)
        bytes.reserveCapacity(files * 110)
        lines.reserveCapacity(files)
        if let ledger { bytes += "\(Manifest.word(ledger.form)) \(ledger.count) \(ledger.check)\n".utf8 }
    }

    mutating func add(_ route: String, hash: ArraySlice<UInt8>) {
        let start = bytes.count
        bytes += hash
        bytes.append(32)
        bytes.append(32)
        bytes += route.utf8
        lines.append(start..<bytes.count)
        bytes.append(10)
    }

    /// Adds a file as another manifest has it.
    mutating func add(_ index: Int, of manifest: Manifest) {
        let (start, line) = (bytes.count, manifest.lines[index])
        // With its end.
        bytes += manifest.bytes[line.lowerBound...line.upperBound]
        lines.append(start..<start + line.count)
    }

    /// The lines of all files so far, as `sha256sum -c` reads them.
    var checksums: [UInt8] { lines.first.map { Array(bytes[$0.lowerBound...]) } ?? [] }

    /// Adds a file in its place among those that are there.
    mutating func insert(_ route: String, hash: ArraySlice<UInt8>) {
        let place = lines.firstIndex { !bytes[$0].dropFirst(hash.count + 2).lexicographicallyPrecedes(route.utf8) }
        let start = place.map { lines[$0].lowerBound } ?? bytes.count
        let line = Array(hash) + [32, 32] + route.utf8 + [10]
        bytes.insert(contentsOf: line, at: start)
        let rest = lines[(place ?? lines.count)...].map { $0.lowerBound + line.count..<$0.upperBound + line.count }
        lines = lines[..<(place ?? lines.count)] + [start..<start + line.count - 1] + rest
    }
}
