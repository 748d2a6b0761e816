import Formats
import Statistics

/// The fingerprints of everything that outputs of a plan depend on.
///
/// This works only if an output declares all that its page shows; the test that compares random rebuilds with clean
/// builds is there to find one that does not.
struct PlanFingerprints: Sendable {
    private let site: Site
    private let notices: [Fingerprint]
    private let items: [Fingerprint]
    private let templates: [String: Fingerprint]
    // What every page depends on is at hand.
    private let style: Fingerprint
    private let configuration: Fingerprint
    private let organisation: Fingerprint
    private var values: [SharedValue: Fingerprint]
    private let spoken: Fingerprint
    /// What the statistics are read with.
    private let declared: [Fingerprint]
    private var codes: [Fingerprint]
    private var searchBlocks: [Fingerprint] = []
    private var searchShards: [Fingerprint] = []

    init(
        _ site: Site, states: [NoticeState], index: NoticeIndex, local: LocalTime, templates: SiteTemplates,
        routes: NameList
    ) {
        self.site = site
        let ledger = site.ledger.fingerprints
        (notices, items) = PlanFingerprints.notices(site, states, index)
        self.templates = templates.fingerprints
        style = templates.style
        spoken = templates.spoken
        configuration = site.fingerprint(of: "content/site.yml")
        organisation = site.fingerprint(of: "content/organisation.yml")
        values = [
            .day: Fingerprint("\(local.day)"),
            .zone: Fingerprint("\(site.configuration.zone.minutesEast(on: local.day))"),
            .years: Fingerprint("\(index.years)"),
            .teams: PlanFingerprints.mixed(site.teams.map(PlanFingerprints.label)),
            .duty: PlanFingerprints.mixed([
                PlanFingerprints.files(site, under: "content/duty/"),
                Fingerprint("\(site.duty.shifts(from: local).map(\.span)) \(site.duty.shifts(at: local).map(\.span))"),
            ]),
            .routes: Fingerprint(routes.bytes),
        ]
        for dataset in site.datasets {
            values[.freshness(dataset.definition.id)] = Fingerprint("\(Freshness(dataset)?.isStale(local) ?? false)")
        }
        for (index, screen) in site.configuration.screens.enumerated() {
            values[.screen(index)] = Fingerprint("\(screen.isOn(local))")
        }
        for index in site.teams.indices { values[.team(index)] = PlanFingerprints.label(site.teams[index]) }
        declared = ["units.csv", "datasets.yml", "corrections.csv"].map {
            site.fingerprint(of: "content/statistics/\($0)")
        }
        for id in site.datasets.map(\.definition.id) {
            let reports = PlanFingerprints.files(site, under: "content/statistics/\(id)/")
            values[.dataset(id)] = PlanFingerprints.mixed(declared + [reports, ledger.datasets[id] ?? Fingerprint()])
        }
        codes = [Fingerprint](repeating: Fingerprint(), count: NoticeCode.signs.count)
        for index in index.published {
            let code = NoticeCode(value: site.facts[index].code)
            codes[code.group].mix(items[index])
            codes[code.group].mix(code.value)
        }
        for (day, fingerprint) in ledger.days {
            values[.published(day)] = PlanFingerprints.mixed(declared + [fingerprint])
        }
        values[.figures] = PlanFingerprints.mixed(
            site.datasets.map { values[.dataset($0.definition.id)] ?? Fingerprint() }
                + [Fingerprint("\(site.nextClosing.map { "\($0)" } ?? "")")])
    }

    /// Of the documents in each block of the search.
    func searchKeys(_ corpus: SearchCorpus) -> [Fingerprint] {
        (0..<corpus.blocks).map { number in
            // How many shards there are decides what lies in each.
            var key = configuration
            key.mix(UInt64(corpus.shardBits))
            for document in corpus.documents(of: number) { key.mix(of(document)) }
            return key
        }
    }

    private func of(_ document: SearchCorpus.Document) -> Fingerprint {
        func named(_ path: String) -> Fingerprint {
            PlanFingerprints.mixed([Fingerprint(path), site.fingerprint(of: path)])
        }
        switch document {
        case .notice(let index): return of(Dependency.notice(index))
        case .page(let index): return named(site.pages[index].source.path)
        case .team(let index): return named(site.teams[index].source.path)
        case .standing: return PlanFingerprints.mixed([organisation, spoken] + declared)
        }
    }

    mutating func add(_ search: SearchIndex) {
        searchBlocks = search.keys
        searchShards = (0..<search.corpus.shards).map(search.fingerprint(ofShard:))
        values[.search] = PlanFingerprints.mixed(search.keys)
    }

    /// What a later build has to remember of outputs.
    func kept(_ outputs: [Output], _ routes: NameList) -> KeptOutputs {
        var (ends, words): ([Int], [UInt64]) = ([], [])
        ends.reserveCapacity(outputs.count)
        words.reserveCapacity(outputs.count * 8)
        var frame: (layout: String, words: [UInt64]) = ("", [])
        for output in outputs {
            // As in `Output.dependencies`, without putting a list together.
            if let index = output.content.notice { words.append(notices[index].value) }
            for dependency in output.own { words.append(of(dependency).value) }
            if let layout = output.content.layout {
                if frame.layout != layout {
                    let template = of(.template(layout))
                    frame = (layout, [template, configuration, organisation, style, of(.value(.zone))].map(\.value))
                }
                words += frame.words
            }
            ends.append(words.count)
        }
        return KeptOutputs(routes: routes, ends: ends, words: words)
    }

    func of(_ dependency: Dependency) -> Fingerprint {
        switch dependency {
        case .file("content/site.yml"): configuration
        case .file("content/organisation.yml"): organisation
        case .file(let path): site.fingerprint(of: path)
        case .notice(let index): PlanFingerprints.mixed([notices[index], items[index]])
        case .item(let index): items[index]
        case .value(.style): style
        case .value(.codes(let group)): codes[group]
        case .value(.searchBlock(let number)): searchBlocks[number]
        case .value(.searchShard(let number)): searchShards[number]
        case .value(let value): values[value] ?? Fingerprint()
        case .query(_, let matched): PlanFingerprints.mixed(matched.lazy.map { items[$0] })
        case .count(let count): Fingerprint(kept: UInt64(count))
        case .template(let name): templates[name] ?? Fingerprint()
        }
    }
}

extension PlanFingerprints {
    private static func notices(
        _ site: Site, _ states: [NoticeState], _ index: NoticeIndex
    ) -> (notices: [Fingerprint], items: [Fingerprint]) {
        var (notices, items): ([Fingerprint], [Fingerprint]) = ([], [])
        notices.reserveCapacity(states.count)
        items.reserveCapacity(states.count)
        for (number, state) in states.enumerated() {
            let facts = site.facts[number]
            var whole = facts.content
            whole.mix(state.code)
            notices.append(whole)
            var item = facts.face
            item.mix(state.code)
            if index.hasTranslations {
                for other in index.translations(of: site.notices[number]) { item.mix(site.facts[other].face) }
            }
            items.append(item)
        }
        return (notices, items)
    }

    private static func label(_ team: Team) -> Fingerprint {
        mixed([team.id, team.name, team.nameInEnglish ?? "", team.source.path].map { Fingerprint($0) })
    }

    private static func files(_ site: Site, under folder: String) -> Fingerprint {
        mixed(
            site.fingerprints.filter { $0.key.hasPrefix(folder) }.sorted { $0.key < $1.key }
                .flatMap { [Fingerprint($0.key), $0.value] })
    }

    private static func mixed(_ parts: some Sequence<Fingerprint>) -> Fingerprint {
        var whole = Fingerprint()
        for part in parts { whole.mix(part) }
        return whole
    }
}

extension NoticeState {
    /// A number for what a page shows of the state.
    fileprivate var code: UInt64 {
        switch self {
        case .draft: 1
        case .unreviewed: 20
        case .scheduled: 2
        case .published: 3
        case .superseded: 4
        case .expired: 5
        case .withdrawn: 6
        case .removed: 7
        }
    }
}
