import Formats
import Glibc
import Noticeboard

/// What a build can take from the memory of the last one: whether anything has changed at all, what need not be read again,
/// and which outputs need not be made again.
struct Rebuild: SourceMemory {
    let memory: Memory?
    let inventory: Inventory
    /// For each file its place in the memory, or -1.
    private let places: [Int]
    /// Whether each place of the output and of the machine is as it was.
    private let rested: [String: Bool]
    private let isAllRested: Bool
    private let output: String

    init(_ memory: Memory?, _ inventory: Inventory, output: String, disk: Disk, boot: String) {
        self.inventory = inventory
        self.output = output
        // A crash of the machine may have lost what was not yet on the disk.
        let isSame = memory?.output == output && memory?.boot == boot
        self.memory = memory
        places = memory.map { $0.isHead ? [] : inventory.paths.places(in: $0.inventory.paths) } ?? []
        rested = Dictionary(
            (memory?.places ?? []).map { ($0.path, isSame && disk.stamp($0.path) == $0.stamp) }
        ) { $0 && $1 }
        isAllRested = memory != nil && rested.allSatisfy(\.value)
    }

    /// Whether a build at `now` would give what stands. The memory's head says that all files are as they were.
    func isCurrent(at now: Int) -> Bool {
        guard let memory else { return false }
        return memory.isHead && isAllRested && (memory.builtAt..<memory.changesAt).contains(now)
    }

    /// The fingerprint of a file that has not been touched.
    func fingerprint(_ file: Int) -> Fingerprint? {
        guard let memory, places[file] >= 0, memory.inventory.stamps[places[file]] == inventory.stamps[file] else {
            return nil
        }
        return Fingerprint(kept: memory.fingerprints[places[file]])
    }

    /// Whether the last build read the same from a file.
    func isAsBefore(_ file: Int, _ content: Fingerprint) -> Bool {
        memory.map { places[file] >= 0 && $0.fingerprints[places[file]] == content.value } ?? false
    }

    var notices: KeptNotices {
        guard let memory, let records = memory.records else { return .none }
        return KeptNotices(reading: memory.reading) { [places] file in
            guard places[file] >= 0, let kept = memory.notices[places[file]],
                let record = Rebuild.slice(records, kept.start, kept.count)
            else { return nil }
            return .init(facts: kept.facts, record: record, seal: Fingerprint(kept: kept.seal))
        }
    }

    var search: KeptSearch {
        guard let memory, let records = memory.records else { return .none }
        return KeptSearch { block in
            guard memory.search.indices.contains(block) else { return nil }
            let kept = memory.search[block]
            guard let slice = Rebuild.slice(records, kept.start, kept.count) else { return nil }
            return .init(key: Fingerprint(kept: kept.key), seal: Fingerprint(kept: kept.seal), slice: slice)
        }
    }

    private static func slice(_ records: RecordMemory, _ start: Int, _ count: Int) -> RecordSlice? {
        guard start >= 0, count >= 0, start + count <= records.bytes.count else { return nil }
        return RecordSlice(records, start..<start + count)
    }

    /// The outputs of the last build; nil where they went elsewhere, or were made in another time zone.
    func outputs(_ plan: SitePlan) -> KeptOutputs? {
        guard let memory, memory.output == output, memory.reading == plan.site.reading else { return nil }
        return memory.outputs
    }

    /// Whether the file of a route is the one that the last build left: neither its folder nor the manifest was changed since.
    func isRested(_ route: String) -> Bool {
        if isAllRested { return true }
        let folder = Publisher.folders(route).first.map { "\(output)/\($0)" } ?? output
        return rested[folder] == true && rested["\(output)/\(Manifest.name)"] == true
    }
}

extension Rebuild {
    /// What is to be remembered of a build that was just published.
    func remembered(_ pipeline: Pipeline, files: Int, told: [Diagnostic], at time: Int64) -> Memory {
        let plan = pipeline.plan
        var new = Memory()
        new.program = Program.fingerprint
        new.boot = Program.boot
        new.output = output
        new.places = Rebuild.places(output, plan).map { .init(path: $0, stamp: Disk.real.stamp($0)) }
        new.outputs = plan.kept
        new.files = files
        new.builtAt = plan.now.seconds
        new.changesAt = plan.nextChange?.seconds ?? .max
        new.zone = plan.site.configuration.zone.name
        new.next = plan.nextChangeText
        new.reading = plan.site.reading
        // A correction stands in the ledger now, and is told once.
        new.told = told.map(pipeline.privacy.withoutValues)
        rememberFiles(pipeline, in: &new, at: time)
        return new
    }

    private func rememberFiles(_ pipeline: Pipeline, in new: inout Memory, at time: Int64) {
        let site = pipeline.plan.site
        let news = site.ledger.news
        let own = news.flatMap { news in (0..<inventory.count).first { inventory.paths[$0] == news.path } }
        let stamps = inventory.stamps.indices.map {
            $0 == own || inventory.stamps[$0].isYoung(at: time) ? .none : inventory.stamps[$0]
        }
        new.inventory = Inventory(paths: inventory.paths, stamps: stamps)
        new.fingerprints = [UInt64](repeating: 0, count: inventory.count)
        new.notices = [Memory.KeptNotice?](repeating: nil, count: inventory.count)
        for (index, file) in pipeline.tree.files.enumerated()
        where !file.path.hasPrefix("content/notices/") {
            if let fingerprint = site.fingerprints[file.path] ?? file.fingerprint {
                new.fingerprints[index] = fingerprint.value
            }
        }
        if let news, let own { new.fingerprints[own] = Fingerprint(news.bytes).value }
        for notice in site.notices {
            new.fingerprints[notice.file] = notice.facts.content.value
            if notice.isKept, let memory { new.notices[notice.file] = memory.notices[places[notice.file]] }
        }
        let unsettled = stamps.indices.filter { stamps[$0] == .none }
        // More are read sooner by a build, which then remembers their stamps.
        if unsettled.count <= 64 {
            new.unsettled = unsettled.filter { new.fingerprints[$0] != 0 }.map {
                .init(file: $0, fingerprint: new.fingerprints[$0])
            }
        }
    }

    /// Whatever must be as it was for the output to be the last build's: its folders, its manifest; and the time zone's file.
    private static func places(_ output: String, _ plan: SitePlan) -> [String] {
        let folders = Publisher.folders(of: plan.outputs.map(\.route)).map { "\(output)/\($0)" }
        return [output, "\(output)/\(Manifest.name)"] + folders + [Clock.file(of: plan.site.configuration.zone.name)]
    }
}

/// The running program, and the machine since it was started.
enum Program {
    /// Of the program's file: whoever replaces it gets everything built anew.
    static var fingerprint: Fingerprint {
        let stamp = Disk.real.stamp(Disk.real.resolved("/proc/self/exe") ?? "/proc/self/exe")
        return Fingerprint("\(Version.text) \(stamp.size) \(stamp.modified) \(stamp.changed) \(stamp.inode)")
    }

    static var boot: String {
        let bytes = (try? Disk.real.read("/proc/sys/kernel/random/boot_id")) ?? []
        return String(decoding: bytes, as: UTF8.self)
    }
}
