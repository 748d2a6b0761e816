/// The searchable text of a document: its title and everything else, each as `SearchText` makes it.
public struct SearchDocument: Sendable {
    public let title: [UInt16]
    public let body: [UInt16]

    public init(title: [UInt16], body: [UInt16]) {
        self.title = title
        self.body = body
    }
}

/// Where every three units in a row occur among up to 256 documents, cut into shards by the first two of the three.
///
/// Whoever looks for two units takes all groups of three that begin with them; longer words are found by two or three
/// groups that cover them. A shard's part is text that stands in a script: a block's number and how many pairs there are; for
/// each pair its two units and how many third units follow; for each of those the unit, how many documents there are, and for
/// each document its distance from the one before, twice, plus one where the title has it.
public struct SearchBlock: Sendable {
    public static let size = 256

    /// Where each shard's part ends, four bytes each; the parts' fingerprints, eight bytes each; then the parts.
    public let slice: RecordSlice
    private let shards: Int

    /// - Parameters:
    ///   - number: Counted from 0; the first document is number × 256.
    ///   - shardBits: There are 2 to the power of these shards.
    ///   - scratch: Memory that the next block can use again.
    public init(number: Int, documents: [SearchDocument], shardBits: Int, scratch: inout SearchScratch) {
        let sorted = scratch.sortedTriples(documents)
        var groups = PairGroups(sorted: UnsafeBufferPointer(sorted), shardBits: shardBits)
        self.init(groups.parts(number: number))
    }

    /// One that was kept; nil where it was made for other shards.
    public init?(kept slice: RecordSlice, shardBits: Int) {
        self.init(slice, shards: 1 << shardBits)
        guard slice.range.count >= head, head + end(shards - 1) == slice.range.count else { return nil }
    }

    private init(_ slice: RecordSlice, shards: Int) {
        (self.slice, self.shards) = (slice, shards)
    }

    private init(_ parts: (bytes: [UInt8], ends: [Int])) {
        let shards = parts.ends.count
        let size = shards * 12 + parts.bytes.count
        let memory = RecordMemory(size: size) { buffer in
            parts.bytes.withUnsafeBytes { bytes in
                var start = 0
                for (shard, end) in parts.ends.enumerated() {
                    let part = Fingerprint(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
                    buffer.storeBytes(of: UInt32(end), toByteOffset: shard * 4, as: UInt32.self)
                    buffer.storeBytes(of: part.value, toByteOffset: shards * 4 + shard * 8, as: UInt64.self)
                    start = end
                }
                UnsafeMutableRawBufferPointer(rebasing: buffer[(shards * 12)...]).copyMemory(from: bytes)
            }
        }
        self.init(RecordSlice(memory, 0..<size), shards: shards)
    }

    private var head: Int { shards * 12 }

    private func end(_ shard: Int) -> Int {
        Int(slice.bytes.loadUnaligned(fromByteOffset: shard * 4, as: UInt32.self))
    }

    /// The part of a shard; empty where nothing of the block is in it. Valid as long as the block's memory.
    public func part(_ shard: Int) -> UnsafeRawBufferPointer {
        let start = head + (shard == 0 ? 0 : end(shard - 1))
        return UnsafeRawBufferPointer(rebasing: slice.bytes[start..<head + end(shard)])
    }

    /// Of a shard's part.
    public func fingerprint(_ shard: Int) -> Fingerprint {
        Fingerprint(kept: slice.bytes.loadUnaligned(fromByteOffset: shards * 4 + shard * 8, as: UInt64.self))
    }

    /// The shard of a pair of units. The browser computes the same with `Math.imul`.
    static func shard(_ first: UInt16, _ second: UInt16, bits: Int) -> Int {
        if bits == 0 { return 0 }
        var hash = UInt32(first) &* 31 &+ UInt32(second)
        hash = (hash ^ hash >> 7) &* 0x9E37_79B1
        return Int(hash >> UInt32(32 - bits))
    }
}

/// Pairs of units with what follows them, written as text, and the shard of each.
private struct PairGroups {
    private var text: [UInt8] = []
    private var groups: [(shard: Int, bytes: Range<Int>)] = []
    private let shardBits: Int

    init(sorted triples: UnsafeBufferPointer<UInt64>, shardBits: Int) {
        self.shardBits = shardBits
        text.reserveCapacity(triples.count * 2)
        var start = 0
        while start < triples.count {
            var end = start
            while end < triples.count, triples[end] >> 32 == triples[start] >> 32 { end += 1 }
            add(UnsafeBufferPointer(rebasing: triples[start..<end]))
            start = end
        }
    }

    private mutating func add(_ triples: UnsafeBufferPointer<UInt64>) {
        let (first, second) = (UInt16(triples[0] >> 48), UInt16(truncatingIfNeeded: triples[0] >> 32))
        let start = text.count
        text.append(unit: first)
        text.append(unit: second)
        text.append(number: PairGroups.thirds(triples))
        var index = 0
        while index < triples.count {
            let (end, documents) = PairGroups.run(triples, from: index)
            text.append(unit: UInt16(truncatingIfNeeded: triples[index] >> 16))
            text.append(number: documents)
            addDocuments(triples, index, end)
            index = end
        }
        groups.append((SearchBlock.shard(first, second, bits: shardBits), start..<text.count))
    }

    /// How many different units follow the pair.
    private static func thirds(_ triples: UnsafeBufferPointer<UInt64>) -> Int {
        var count = 1
        for index in 1..<max(1, triples.count) where triples[index] >> 16 != triples[index - 1] >> 16 { count += 1 }
        return count
    }

    /// Where another third unit begins, and how many documents have this one.
    private static func run(_ triples: UnsafeBufferPointer<UInt64>, from start: Int) -> (end: Int, documents: Int) {
        var (end, documents) = (start + 1, 1)
        while end < triples.count, triples[end] >> 16 == triples[start] >> 16 {
            if triples[end] >> 1 != triples[end - 1] >> 1 { documents += 1 }
            end += 1
        }
        return (end, documents)
    }

    private mutating func addDocuments(_ triples: UnsafeBufferPointer<UInt64>, _ start: Int, _ end: Int) {
        var last = -1
        for index in start..<end {
            let document = Int(triples[index] >> 1 & 255)
            if document == last { continue }
            text.append(number: (document - max(last, 0)) << 1 | (triples[index] & 1 == 0 ? 1 : 0))
            last = document
        }
    }

    /// The parts of all shards behind each other, and where each ends.
    mutating func parts(number: Int) -> (bytes: [UInt8], ends: [Int]) {
        let shards = 1 << shardBits
        var counts = [Int](repeating: 0, count: shards + 1)
        for group in groups { counts[group.shard + 1] += 1 }
        for shard in 0..<shards { counts[shard + 1] += counts[shard] }
        var (order, next) = ([Int](repeating: 0, count: groups.count), counts)
        for (index, group) in groups.enumerated() {
            order[next[group.shard]] = index
            next[group.shard] += 1
        }
        var result: [UInt8] = []
        result.reserveCapacity(text.count + shards * 3)
        var ends: [Int] = []
        for shard in 0..<shards {
            let own = order[counts[shard]..<counts[shard + 1]]
            if !own.isEmpty {
                result.append(number: number)
                result.append(number: own.count)
            }
            for index in own { result += text[groups[index].bytes] }
            ends.append(result.count)
        }
        return (result, ends)
    }
}

extension [UInt8] {
    /// A unit as UTF-8; there are no halves of pairs among them.
    fileprivate mutating func append(unit: UInt16) {
        switch unit {
        case 0..<0x80: append(UInt8(unit))
        case 0x80..<0x800:
            append(UInt8(0xC0 | unit >> 6))
            append(UInt8(0x80 | unit & 63))
        default:
            append(UInt8(0xE0 | unit >> 12))
            append(UInt8(0x80 | unit >> 6 & 63))
            append(UInt8(0x80 | unit & 63))
        }
    }

    /// A number in signs of five bits each, the lowest first; the second half of the alphabet says that more follow.
    @inline(__always)
    fileprivate mutating func append(number: Int) {
        var rest = number
        while rest >= 32 {
            append(digit(32 + (rest & 31)))
            rest >>= 5
        }
        append(digit(rest))
    }
}

/// The sign of a number below 64: A–Z, a–z, 0–9, - and _.
@inline(__always)
private func digit(_ value: Int) -> UInt8 {
    switch value {
    case 0..<26: UInt8(65 + value)
    case 26..<52: UInt8(71 + value)
    case 52..<62: UInt8(value - 4)
    case 62: UInt8(ascii: "-")
    default: UInt8(ascii: "_")
    }
}
