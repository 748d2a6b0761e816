/// The steps of a publication, put down before the first one is taken.
struct Journal {
    static let name = ".noticeboard-journal"
    private static let header = "noticeboard-journal 1"

    let writes: [String]
    let deletes: [String]

    init(writes: [String], deletes: [String]) {
        self.writes = writes
        self.deletes = deletes
    }

    /// Reads a journal; nil where it was not written to its end.
    init?(_ bytes: [UInt8]) {
        let lines = bytes.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
        guard lines.first == Journal.header, lines.last == "end" else { return nil }
        let steps = lines.dropFirst().dropLast()
        guard steps.allSatisfy({ Manifest.isSafe(String($0.dropFirst(2))) }) else { return nil }
        writes = steps.filter { $0.hasPrefix("w ") }.map { String($0.dropFirst(2)) }
        deletes = steps.filter { $0.hasPrefix("d ") }.map { String($0.dropFirst(2)) }
    }

    var bytes: [UInt8] {
        let lines = [Journal.header] + writes.map { "w \($0)" } + deletes.map { "d \($0)" } + ["end"]
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }
}
