import Formats

/// Blocks of the search's index that an earlier build made. One is taken from here only if the documents in it have the
/// fingerprint that they had then.
public struct KeptSearch: Sendable {
    public struct Entry: Sendable {
        /// Of the documents.
        public let key: Fingerprint
        /// Of the block's bytes.
        public let seal: Fingerprint
        public let slice: RecordSlice

        public init(key: Fingerprint, seal: Fingerprint, slice: RecordSlice) {
            (self.key, self.seal, self.slice) = (key, seal, slice)
        }
    }

    /// What was kept of each block, by its number.
    private let entry: @Sendable (_ block: Int) -> Entry?

    public init(_ entry: @escaping @Sendable (_ block: Int) -> Entry?) { self.entry = entry }

    public static let none = KeptSearch { _ in nil }

    subscript(block: Int) -> Entry? { entry(block) }
}

/// Where everything that can be searched is found: a block for every 256 documents, cut into shards.
public struct SearchIndex: Sendable {
    let corpus: SearchCorpus
    /// Of each block's documents.
    public let keys: [Fingerprint]
    private let blocks: [(block: SearchBlock, wasKept: Bool)]

    /// - Parameter keys: Of each block's documents; the blocks of which these are as they were are not made again.
    init(_ corpus: SearchCorpus, keys: [Fingerprint], _ documents: SearchDocuments, kept: KeptSearch, jobs: Int) throws
    {
        (self.corpus, self.keys) = (corpus, keys)
        blocks = try parallelChunks(corpus.blocks, jobs: jobs) { range in
            Result {
                var scratch = SearchScratch()
                return try range.map { number -> (block: SearchBlock, wasKept: Bool) in
                    if let block = SearchIndex.block(kept[number], keys[number], corpus) { return (block, true) }
                    let texts = try corpus.documents(of: number).map(documents.text)
                    let block = SearchBlock(
                        number: number, documents: texts, shardBits: corpus.shardBits, scratch: &scratch)
                    return (block, false)
                }
            }
        }.flatMap { try $0.get() }
    }

    private static func block(_ kept: KeptSearch.Entry?, _ key: Fingerprint, _ corpus: SearchCorpus) -> SearchBlock? {
        guard let kept, kept.key == key, Fingerprint(kept.slice.bytes) == kept.seal else { return nil }
        return SearchBlock(kept: kept.slice, shardBits: corpus.shardBits)
    }

    /// Of what all blocks have in a shard.
    func fingerprint(ofShard shard: Int) -> Fingerprint {
        var whole = Fingerprint()
        for (block, _) in blocks { whole.mix(block.fingerprint(shard)) }
        return whole
    }

    /// What all blocks have in a shard.
    func parts(_ shard: Int) -> [UnsafeRawBufferPointer] { blocks.map { $0.block.part(shard) } }

    /// The bytes of each block, and whether they are those that were kept.
    public var records: [(slice: RecordSlice, wasKept: Bool)] { blocks.map { ($0.block.slice, $0.wasKept) } }
}
