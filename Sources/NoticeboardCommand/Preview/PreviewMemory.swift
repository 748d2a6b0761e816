import Formats
import Noticeboard

/// What a preview knows from its last look at the sources.
struct PreviewMemory: SourceMemory {
    let inventory: Inventory
    let notices: KeptNotices
    let search: KeptSearch
    private let fingerprints: [Fingerprint?]

    /// Knows nothing yet.
    init(_ inventory: Inventory) {
        self.inventory = inventory
        notices = .none
        search = .none
        fingerprints = [Fingerprint?](repeating: nil, count: inventory.count)
    }

    /// Knows the notices of a pipeline whose files are as they were, and had rested when they were looked at, at `time`.
    init(_ inventory: Inventory, after last: Pipeline, _ old: Inventory, at time: Int64) {
        self.inventory = inventory
        var kept: [Int: KeptNotices.Entry] = [:]
        var fingerprints = [Fingerprint?](repeating: nil, count: inventory.count)
        let places = inventory.paths.places(in: old.paths)
        let notices = Dictionary(last.plan.site.notices.map { ($0.file, $0) }) { first, _ in first }
        for file in 0..<inventory.count where places[file] >= 0 {
            let stamp = old.stamps[places[file]]
            guard stamp == inventory.stamps[file], !stamp.isYoung(at: time), let notice = notices[places[file]] else {
                continue
            }
            fingerprints[file] = notice.facts.content
            kept[file] = .init(facts: notice.facts, record: notice.record.slice, seal: Notice.seal(of: notice.record))
        }
        self.fingerprints = fingerprints
        let (keys, records) = (last.plan.search.keys, last.plan.search.records)
        search = KeptSearch { block in
            guard records.indices.contains(block) else { return nil }
            let slice = records[block].slice
            return .init(key: keys[block], seal: Fingerprint(slice.bytes), slice: slice)
        }
        self.notices = KeptNotices(reading: last.plan.site.reading) { [kept] in kept[$0] }
    }

    func fingerprint(_ file: Int) -> Fingerprint? { fingerprints[file] }
}
