/// Pairs of units with what follows them, written as text and put in the order of their shards; see `SearchBlock`.
struct PairGroups {
    private var text: PostingWriter
    /// Where each pair's text lies, in the order of shards.
    private var groups: [Range<Int>] = []
    /// Where each shard's pairs begin among the groups, and where the last one's end.
    private(set) var starts: [Int] = []

    /// - Parameter text: Memory for the text of these triples; see `SearchScratch`.
    init(sorted triples: UnsafeBufferPointer<UInt64>, shardBits: Int, text: UnsafeMutableBufferPointer<UInt8>) {
        self.text = PostingWriter(text)
        var found: [(shard: Int, bytes: Range<Int>)] = []
        found.reserveCapacity(triples.count / 2)
        var start = 0
        while start < triples.count {
            var end = start
            while end < triples.count, triples[end] >> 32 == triples[start] >> 32 { end += 1 }
            let pair = UnsafeBufferPointer(rebasing: triples[start..<end])
            let (first, second) = (UInt16(pair[0] >> 48), UInt16(truncatingIfNeeded: pair[0] >> 32))
            found.append((SearchBlock.shard(first, second, bits: shardBits), self.text.put(pair, first, second)))
            start = end
        }
        sort(found, shards: 1 << shardBits)
    }

    /// Those of a shard stay in their order.
    private mutating func sort(_ found: [(shard: Int, bytes: Range<Int>)], shards: Int) {
        starts = [Int](repeating: 0, count: shards + 1)
        for group in found { starts[group.shard + 1] += 1 }
        for shard in 0..<shards { starts[shard + 1] += starts[shard] }
        var next = starts
        groups = [Range<Int>](repeating: 0..<0, count: found.count)
        for group in found {
            groups[next[group.shard]] = group.bytes
            next[group.shard] += 1
        }
    }

    /// How many bytes all parts have of the block of a number.
    func size(number: Int) -> Int {
        zip(starts, starts.dropFirst()).reduce(text.count) { size, own in
            own.0 == own.1 ? size : size + PostingWriter.length(number) + PostingWriter.length(own.1 - own.0)
        }
    }

    /// Writes a shard's part; nothing where there is none.
    func write(_ shard: Int, number: Int, to parts: UnsafeMutableRawBufferPointer, at place: inout Int) {
        let own = starts[shard]..<starts[shard + 1]
        if own.isEmpty { return }
        var head = PostingWriter(UnsafeMutableBufferPointer(rebasing: parts.bindMemory(to: UInt8.self)[place...]))
        head.put(number: number)
        head.put(number: own.count)
        place += head.count
        for group in groups[own] {
            let piece = UnsafeMutableRawBufferPointer(rebasing: parts[place..<place + group.count])
            piece.copyMemory(from: UnsafeRawBufferPointer(rebasing: text.written[group]))
            place += group.count
        }
    }
}

/// Writes units and numbers as text into memory that is large enough.
private struct PostingWriter {
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(_ bytes: UnsafeMutableBufferPointer<UInt8>) { self.bytes = bytes }

    var written: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<count]) }

    /// All triples of a pair; returns where they were written.
    mutating func put(_ triples: UnsafeBufferPointer<UInt64>, _ first: UInt16, _ second: UInt16) -> Range<Int> {
        let start = count
        put(unit: first)
        put(unit: second)
        put(number: PostingWriter.thirds(triples))
        var index = 0
        while index < triples.count {
            let (end, documents) = PostingWriter.run(triples, from: index)
            put(unit: UInt16(truncatingIfNeeded: triples[index] >> 16))
            put(number: documents)
            putDocuments(triples, index, end)
            index = end
        }
        return start..<count
    }

    /// How many different units follow the pair.
    private static func thirds(_ triples: UnsafeBufferPointer<UInt64>) -> Int {
        var count = 1
        for index in 1..<max(1, triples.count) where triples[index] >> 16 != triples[index - 1] >> 16 { count += 1 }
        return count
    }

    /// Where the triples end that have the same third unit, and how many documents have this one.
    private static func run(_ triples: UnsafeBufferPointer<UInt64>, from start: Int) -> (end: Int, documents: Int) {
        var (end, documents) = (start + 1, 1)
        while end < triples.count, triples[end] >> 16 == triples[start] >> 16 {
            if triples[end] >> 1 != triples[end - 1] >> 1 { documents += 1 }
            end += 1
        }
        return (end, documents)
    }

    private mutating func putDocuments(_ triples: UnsafeBufferPointer<UInt64>, _ start: Int, _ end: Int) {
        var last = -1
        for index in start..<end {
            let document = Int(triples[index] >> 1 & 255)
            if document == last { continue }
            put(number: (document - max(last, 0)) << 1 | (triples[index] & 1 == 0 ? 1 : 0))
            last = document
        }
    }

    @inline(__always)
    private mutating func put(_ byte: UInt8) {
        bytes[count] = byte
        count += 1
    }

    /// A unit as UTF-8; there are no halves of pairs among them.
    @inline(__always)
    private mutating func put(unit: UInt16) {
        switch unit {
        case 0..<0x80: put(UInt8(unit))
        case 0x80..<0x800:
            put(UInt8(0xC0 | unit >> 6))
            put(UInt8(0x80 | unit & 63))
        default:
            put(UInt8(0xE0 | unit >> 12))
            put(UInt8(0x80 | unit >> 6 & 63))
            put(UInt8(0x80 | unit & 63))
        }
    }

    /// A number in signs of five bits each, the lowest first; the second half of the alphabet says that more follow.
    @inline(__always)
    mutating func put(number: Int) {
        var rest = number
        while rest >= 32 {
            put(digit(32 + (rest & 31)))
            rest >>= 5
        }
        put(digit(rest))
    }

    /// How many signs a number has.
    static func length(_ number: Int) -> Int { number < 32 ? 1 : 1 + length(number >> 5) }
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
