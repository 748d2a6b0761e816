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

    private let bytes: [UInt8]
    /// Where each shard's part ends.
    private let ends: [Int]

    /// - Parameters:
    ///   - number: Counted from 0; the first document is number × 256.
    ///   - shardBits: There are 2 to the power of these shards.
    public init(number: Int, documents: [SearchDocument], shardBits: Int) {
        var groups = PairGroups(sorted: sortedTriples(documents), shardBits: shardBits)
        (bytes, ends) = groups.parts(number: number)
    }

    /// The part of a shard; empty where nothing of the block is in it.
    public func part(_ shard: Int) -> ArraySlice<UInt8> { bytes[(shard == 0 ? 0 : ends[shard - 1])..<ends[shard]] }

    /// The shard of a pair of units. The browser computes the same with `Math.imul`.
    static func shard(_ first: UInt16, _ second: UInt16, bits: Int) -> Int {
        if bits == 0 { return 0 }
        var hash = UInt32(first) &* 31 &+ UInt32(second)
        hash = (hash ^ hash >> 7) &* 0x9E37_79B1
        return Int(hash >> UInt32(32 - bits))
    }
}

/// Three units in the upper 48 bits, then the document's number in the block, then 0 for its title and 1 for its body: in
/// order of units, documents of the same three in their order.
private func sortedTriples(_ documents: [SearchDocument]) -> [UInt64] {
    var triples: [UInt64] = []
    triples.reserveCapacity(documents.reduce(0) { $0 + $1.title.count + $1.body.count })
    for (number, document) in documents.enumerated() {
        for (field, units) in [document.title, document.body].enumerated() {
            units.withUnsafeBufferPointer { units in
                let low = UInt64(number << 1 | field)
                for index in 0..<max(0, units.count - 1) where units[index + 1] != 32 {
                    let third = index + 2 < units.count ? units[index + 2] : 32
                    let pair = UInt64(units[index]) << 48 | UInt64(units[index + 1]) << 32
                    triples.append(pair | UInt64(third) << 16 | low)
                }
            }
        }
    }
    return radixSorted(triples)
}

/// Sorted by the upper 48 bits; equal ones keep their order.
private func radixSorted(_ values: [UInt64]) -> [UInt64] {
    var (from, to) = (values, [UInt64](repeating: 0, count: values.count))
    for shift in stride(from: UInt64(16), to: 64, by: 12) {
        from.withUnsafeBufferPointer { from in
            to.withUnsafeMutableBufferPointer { to in
                withUnsafeTemporaryAllocation(of: Int.self, capacity: 4097) { places in
                    places.initialize(repeating: 0)
                    for value in from { places[Int(value >> shift & 4095) + 1] += 1 }
                    for digit in 0..<4096 { places[digit + 1] += places[digit] }
                    for value in from {
                        let digit = Int(value >> shift & 4095)
                        to[places[digit]] = value
                        places[digit] += 1
                    }
                }
            }
        }
        swap(&from, &to)
    }
    return from
}

/// Pairs of units with what follows them, written as text, and the shard of each.
private struct PairGroups {
    private var text: [UInt8] = []
    private var groups: [(shard: Int, bytes: Range<Int>)] = []
    private let shardBits: Int

    init(sorted triples: [UInt64], shardBits: Int) {
        self.shardBits = shardBits
        triples.withUnsafeBufferPointer { triples in
            var start = 0
            while start < triples.count {
                var end = start
                while end < triples.count, triples[end] >> 32 == triples[start] >> 32 { end += 1 }
                add(UnsafeBufferPointer(rebasing: triples[start..<end]))
                start = end
            }
        }
    }

    private mutating func add(_ triples: UnsafeBufferPointer<UInt64>) {
        let (first, second) = (UInt16(triples[0] >> 48), UInt16(truncatingIfNeeded: triples[0] >> 32))
        let start = text.count
        text.append(unit: first)
        text.append(unit: second)
        text.append(number: zip(triples, triples.dropFirst()).reduce(1) { $0 + ($1.0 >> 16 != $1.1 >> 16 ? 1 : 0) })
        var index = 0
        while index < triples.count {
            var (end, documents) = (index, 0)
            while end < triples.count, triples[end] >> 16 == triples[index] >> 16 {
                if end == index || triples[end] >> 1 != triples[end - 1] >> 1 { documents += 1 }
                end += 1
            }
            text.append(unit: UInt16(truncatingIfNeeded: triples[index] >> 16))
            text.append(number: documents)
            addDocuments(triples[index..<end])
            index = end
        }
        groups.append((SearchBlock.shard(first, second, bits: shardBits), start..<text.count))
    }

    private mutating func addDocuments(_ triples: Slice<UnsafeBufferPointer<UInt64>>) {
        var last = -1
        for triple in triples {
            let document = Int(triple >> 1 & 255)
            if document == last { continue }
            text.append(number: (document - max(last, 0)) << 1 | (triple & 1 == 0 ? 1 : 0))
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
    fileprivate mutating func append(number: Int) {
        var rest = number
        while rest >= 32 {
            append(digits[32 + (rest & 31)])
            rest >>= 5
        }
        append(digits[rest])
    }
}

private let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
