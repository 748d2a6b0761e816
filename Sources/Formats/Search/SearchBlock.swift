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
        let sorted = UnsafeBufferPointer(scratch.sortedTriples(documents))
        let groups = PairGroups(sorted: sorted, shardBits: shardBits, text: scratch.text(ofTriples: sorted.count))
        self.init(groups, number: number)
    }

    /// One that was kept; nil where it was made for other shards.
    public init?(kept slice: RecordSlice, shardBits: Int) {
        self.init(slice, shards: 1 << shardBits)
        guard slice.range.count >= head, head + end(shards - 1) == slice.range.count else { return nil }
    }

    private init(_ slice: RecordSlice, shards: Int) {
        (self.slice, self.shards) = (slice, shards)
    }

    private init(_ groups: PairGroups, number: Int) {
        let shards = groups.starts.count - 1
        let size = shards * 12 + groups.size(number: number)
        let memory = RecordMemory(size: size) { buffer in
            let parts = UnsafeMutableRawBufferPointer(rebasing: buffer[(shards * 12)...])
            var end = 0
            for shard in 0..<shards {
                let start = end
                groups.write(shard, number: number, to: parts, at: &end)
                let part = Fingerprint(UnsafeRawBufferPointer(rebasing: parts[start..<end]))
                buffer.storeBytes(of: UInt32(end), toByteOffset: shard * 4, as: UInt32.self)
                buffer.storeBytes(of: part.value, toByteOffset: shards * 4 + shard * 8, as: UInt64.self)
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
        let (start, end) = (head + (shard == 0 ? 0 : end(shard - 1)), head + end(shard))
        // What was kept lies in a file, which somebody may write to.
        guard start <= end, end <= slice.range.count else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(rebasing: slice.bytes[start..<end])
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
