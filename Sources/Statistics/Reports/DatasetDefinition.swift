import Formats
import Privacy

/// What a dataset is, as `statistics/datasets.yml` declares it; a new one needs no code.
public struct DatasetDefinition: Sendable {
    public enum Kind: Sendable {
        /// Things and work done: published exactly.
        case operational
        /// Counts of persons: never published as they are.
        case persons
    }

    public struct Column: Sendable {
        public enum Kind: String, Sendable, CaseIterable {
            case text
            /// A class of `units.csv`, under its name or an alias.
            case `class`
            case grade
            /// A whole number of things.
            case count
            /// A whole number of persons.
            case persons
            /// A decimal number.
            case number
            /// A time of day, 08:30.
            case time
        }

        public let id: String
        public let label: String
        public let kind: Kind
        public let unit: String
        /// Everything that a header may call the column.
        public let names: [String]
        /// The numbers that a cell may hold, ends included.
        let range: ClosedRange<Double>
    }

    /// How an operational dataset is summed up.
    public enum Show: Sendable {
        /// `done` out of `of`.
        case completion(done: Int, of: Int, by: Int)
        /// Days that `balance` lasts at `use` a day; below `least` is too little.
        case reserve(balance: Int, use: Int, by: Int, least: Int)
        case total(of: Int, by: Int)
    }

    public let id: String
    public let name: String
    public let kind: Kind
    public let team: Reference
    /// The time of day by which a day's report is due.
    public let due: String
    /// The same as the second of the day; nil where none was given.
    public var secondOfDue: Int? { DatasetDefinition.secondOfDay(due) }
    public let summary: String
    public let columns: [Column]
    public let show: Show?
    /// Nil for an operational dataset, and for one of persons of which nothing is published but who reported.
    public let publication: Publication?
    let rules: [Rule]
    /// Internal thresholds; none for an operational dataset.
    let alerts: [Alert]

    /// Where datasets are declared, below the site.
    public static let file = "content/statistics/datasets.yml"

    /// Where its days' reports lie, below the site.
    public var folder: String { "content/statistics/\(id)/" }

    /// The report of a day.
    public func path(of day: Day) -> String { "\(folder)\(day).csv" }

    /// Reads `datasets.yml`.
    public static func load(_ source: SourceFile, into diagnostics: inout [Diagnostic]) -> [DatasetDefinition] {
        guard let root = YAML.parse(source, into: &diagnostics) else { return [] }
        var definitions: [DatasetDefinition] = []
        for node in root.sequence ?? [root] {
            var reader = FieldReader(source, node)
            if let definition = DatasetDefinition(&reader, at: node.range) {
                if definitions.contains(where: { $0.id == definition.id }) {
                    reader.report(repeated(source, node.range, definition.id))
                }
                if definition.folder == Ledger.folder { reader.report(reserved(source, node.range)) }
                definitions.append(definition)
            }
            reader.finish()
            diagnostics += reader.diagnostics
        }
        diagnostics += overlaps(definitions, source)
        return definitions
    }
}

extension DatasetDefinition {
    private init?(_ reader: inout FieldReader, at range: Range<Int>) {
        let id = reader.id("id")
        let name = reader.text("name", "名称", required: true)
        let kind = reader.choice(["kind", "类型"], [(["operational"], Kind.operational), (["persons"], .persons)])
        let team = reader.reference("team", "责任组", required: true)
        due = DatasetDefinition.time("due", "截止", of: &reader) ?? ""
        var summary = reader.text("summary", "摘要") ?? ""
        while summary.hasSuffix("。") { summary.removeLast() }
        self.summary = summary
        var columns: [Column] = []
        for var column in reader.list("columns", "列", required: true) {
            if let read = Column(&column) { columns.append(read) }
            reader.take(&column)
        }
        let isTold = reader.node(["counts", "数的是"]) != nil
        let counts = DatasetDefinition.counts(&reader)
        rules = reader.references(["rules", "规则"]).compactMap { Rule($0, columns: columns, &reader) }
        let sign = PersonSign(id: id ?? "", name: name ?? "", columns: columns)
        let ofPersons = columns.first { $0.kind == .persons } ?? sign.map { _ in columns.first } ?? nil
        let isUntold = counts == nil && columns.contains { [.count, .number].contains($0.kind) }
        let hasPersons = ofPersons != nil || sign != nil || isUntold
        show = Show(&reader, columns: columns)
        let isOfPersons = hasPersons || kind != .operational
        publication =
            isOfPersons
            ? DatasetDefinition.publication(&reader, called: name ?? "", columns: columns, rules: rules, due: due) : nil
        alerts = isOfPersons ? Alert.load(&reader, columns: columns, roll: publication?.roll) : []
        guard let id, let name, let team else { return nil }
        if kind != .persons {
            if let sign {
                reader.report(mustBePersons(reader.source, range, id, sign))
            } else if isUntold, !isTold, kind == .operational {
                reader.report(untold(reader.source, range, id, columns))
            }
        }
        self.id = id
        self.name = name
        // Persons unless said otherwise: forgetting the line must never publish a count.
        self.kind = hasPersons ? .persons : kind ?? .persons
        self.team = team
        self.columns = columns
    }
}

extension DatasetDefinition {
    /// Errors for datasets that publish the same pupils twice: what two templates say together would not be protected.
    private static func overlaps(_ definitions: [DatasetDefinition], _ source: SourceFile) -> [Diagnostic] {
        var owners: [String: DatasetDefinition] = [:]
        var found: [Diagnostic] = []
        for definition in definitions where definition.publication != nil && definition.isByUnit {
            for column in definition.countedColumns {
                let key = "\(column.id) \(column.label)"
                guard let other = owners[key], other.id != definition.id else { owners[key] = definition; continue }
                found.append(overlapping(source, definition, other, column))
                break
            }
        }
        return found
    }

    /// What the dataset counts instead of persons, by a word of the lexicon.
    private static func counts(_ reader: inout FieldReader) -> String? {
        guard let given = reader.reference("counts", "数的是") else { return nil }
        let thing = ThingWords.thing(given.name)
        if thing == nil { reader.report(noThing(reader.source, given)) }
        return thing
    }

    /// Whether a report has a row for each class or grade.
    var isByUnit: Bool { columns.contains(where: \.namesUnit) }

    /// The columns that the published count is made of, or that it is the sum of.
    private var countedColumns: [Column] {
        guard let publication else { return [] }
        let parts = rules.first { $0.isEquation && $0.left == publication.count }?.right.terms ?? []
        return (publication.count.terms + parts).map { columns[$0.column] }
    }

    /// A time of day, 08:30.
    static func time(
        _ name: String, _ chinese: String, of reader: inout FieldReader, called words: String = "上报时间"
    ) -> String? {
        guard let given = reader.reference(name, chinese) else { return nil }
        let time = given.name.halfWidth
        if time.wholeMatch(of: /([01]?[0-9]|2[0-3]):[0-5][0-9]/) == nil {
            reader.report(
                reader.source.error(
                    "dataset.due", at: given.range, "\(words)要在00:00到23:59之间，写成08:30的样子。",
                    "A time of day is written like 08:30.",
                    fix: .init("例如 \(name): \"17:00\"", "For example \(name): \"17:00\"")))
        }
        return time
    }

    /// A time of day as its second; nil where it is none.
    static func secondOfDay(_ time: String) -> Int? {
        let parts = time.split(separator: ":").compactMap { Int($0) }
        return parts.count == 2 ? parts[0] * 3600 + parts[1] * 60 : nil
    }
}

extension DatasetDefinition.Column {
    /// Whether the column says which class or grade a row is of.
    var namesUnit: Bool { kind == .class || kind == .grade }

    /// Whether the column counts ill persons, by what it is called.
    var namesIllness: Bool {
        let words = [
            "发热", "症状", "病", "隔离", "感染", "确诊", "腹泻", "呕吐", "咳", "疹", "阳性", "fever", "ill", "symptom", "isolat",
        ]
        return names.contains { name in
            words.contains(where: name.lowercased().contains) || ThingWords.namesIllness(name)
        }
    }

    fileprivate init?(_ reader: inout FieldReader) {
        let id = reader.text("id", required: true)
        let label = reader.text("label", "名称", required: true)
        let kinds = Kind.allCases.map { (names: [$0.rawValue], value: $0) }
        // Required: a column that is taken for text would be published as it stands.
        let kind = reader.node(["type", "类型"], required: true).flatMap { _ in reader.choice(["type", "类型"], kinds) }
        unit = reader.text("unit", "单位") ?? ""
        let aliases = reader.texts("aliases", "别名")
        guard let id, let label else { return nil }
        self.id = id
        self.label = label
        self.kind = kind ?? .persons
        names = [id, label] + aliases
        range = Self.range(&reader, self.kind, unit: unit)
    }

    /// `least` and `most`, or what such numbers can be at all: no school counts a hundred thousand persons, and only a
    /// temperature is below zero without being told.
    private static func range(_ reader: inout FieldReader, _ kind: Kind, unit: String) -> ClosedRange<Double> {
        let usual: ClosedRange<Double> =
            switch kind {
            case .persons: 0...99_999
            case .count: 0...999_999_999
            default: ["℃", "°C", "度", "摄氏度"].contains(unit) ? -273.15...10_000 : 0...1e9
            }
        guard [.persons, .count, .number].contains(kind) else {
            reader.allow("least", "最小", "most", "最大")
            return usual
        }
        let widest = kind == .persons ? usual : -1e9...1e9
        let least = reader.decimal("least", "最小", in: widest) ?? usual.lowerBound
        let most = reader.decimal("most", "最大", in: widest) ?? max(least, usual.upperBound)
        if least <= most { return least...most }
        reader.report(emptyRange(reader.source, reader.place))
        return usual
    }
}

private func swapped(_ source: SourceFile, _ range: Range<Int>) -> Edit? {
    let text = source.text(range)
    guard let match = text.firstMatch(of: /(least: *)([-0-9.]+)(.*?most: *)([-0-9.]+)/) else { return nil }
    let start = range.lowerBound + text[..<match.range.lowerBound].utf8.count
    return source.replacing(
        start..<start + text[match.range].utf8.count, with: "\(match.1)\(match.4)\(match.3)\(match.2)")
}

private func emptyRange(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
    source.error(
        "dataset.range", at: range, "least大于most，没有一个数能填。", "least is above most, so no number fits.",
        fix: .init("把两个数对调。", "Swap the two.")
    ).fixed(by: swapped(source, range))
}

extension DatasetDefinition.Show {
    fileprivate init?(_ reader: inout FieldReader, columns: [DatasetDefinition.Column]) {
        guard var show = reader.fields("show", "展示") else { return nil }
        show.allow("completion", "reserve", "total")
        defer { reader.take(&show) }
        func column(_ name: String, _ form: inout FieldReader) -> Int? {
            form.reference(name, required: true).flatMap { DatasetDefinition.column($0, columns, &form) }
        }
        if var form = show.fields("completion") {
            defer { show.take(&form) }
            let (done, of, by) = (column("done", &form), column("of", &form), column("by", &form))
            guard let done, let of, let by else { return nil }
            self = .completion(done: done, of: of, by: by)
        } else if var form = show.fields("reserve") {
            defer { show.take(&form) }
            let least = form.integer("least", in: 1...365) ?? 10
            let (balance, use, by) = (column("balance", &form), column("use", &form), column("by", &form))
            guard let balance, let use, let by else { return nil }
            self = .reserve(balance: balance, use: use, by: by, least: least)
        } else if var form = show.fields("total") {
            defer { show.take(&form) }
            let (of, by) = (column("of", &form), column("by", &form))
            guard let of, let by else { return nil }
            self = .total(of: of, by: by)
        } else {
            return nil
        }
    }
}

func unknownColumn(_ source: SourceFile, _ reference: Reference, _ columns: [DatasetDefinition.Column]) -> Diagnostic {
    let meant = columns.first { $0.names.contains(reference.name) }?.id
    return source.error(
        "dataset.unknown-column", at: reference.range, "这个数据集没有“\(reference.name)”列。",
        "The dataset has no column “\(reference.name)”.",
        fix: meant.map { .init("要写列的id：“\($0)”。", "Write the column's id: “\($0)”.") }
            ?? NearMiss.fix(for: reference.name, among: columns.map(\.id))
    ).fixed(
        by: meant.flatMap { source.replacing(reference.name, in: reference.range, with: $0) }
            ?? source.correcting(reference.name, in: reference.range, among: columns.map(\.id)))
}

private func overlapping(
    _ source: SourceFile, _ definition: DatasetDefinition, _ other: DatasetDefinition,
    _ column: DatasetDefinition.Column
) -> Diagnostic {
    source.error(
        "dataset.overlap", at: definition.team.range,
        "“\(definition.id)”和“\(other.id)”公布的是同一批人（都用“\(column.label)”），两边一对照就没有保护了。",
        "“\(definition.id)” and “\(other.id)” publish the same persons (both use “\(column.id)”); together they protect nobody.",
        fix: .init("只留一处publish。", "Keep publish in one of them."))
}

private func reserved(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
    source.error(
        "dataset.reserved", at: source.line(at: range.lowerBound), "“ledger”是台账的文件夹，数据集不能用这个编号。",
        "The ledger lies in the folder that this id names.", fix: .init("改一个编号。", "Choose another id."))
}

private func repeated(_ source: SourceFile, _ range: Range<Int>, _ id: String) -> Diagnostic {
    source.error(
        "dataset.repeated", at: source.line(at: range.lowerBound), "数据集“\(id)”声明了两次。",
        "The dataset “\(id)” is declared twice.",
        fix: .init("改一个编号，或删去一处。", "Change one id, or remove one."))
}

/// The declaration's kind as persons: in the place of another, or as a line of its own.
private func kind(_ source: SourceFile, _ range: Range<Int>) -> Edit {
    let text = source.text(range)
    if let match = text.firstMatch(of: /(?:kind|类型)\s*:\s*([^\s,}]+)/) {
        let start = range.lowerBound + text[..<match.1.startIndex].utf8.count
        return source.replacing(start..<start + match.1.utf8.count, with: "persons")
    }
    let indent = source.text(source.line(at: range.lowerBound)).prefix { $0 == " " || $0 == "-" }.count
    return source.inserting(String(repeating: " ", count: indent) + "kind: persons", after: range.lowerBound)
}

private func mustBePersons(
    _ source: SourceFile, _ range: Range<Int>, _ id: String, _ sign: PersonSign
) -> Diagnostic {
    source.error(
        "dataset.persons", at: source.line(at: range.lowerBound),
        "“\(id)”的\(sign.place.zh)像是在数人或病情（“\(sign.word)”），类型必须是persons。",
        "\(sign.place.en) of “\(id)” seems to count persons or illness (“\(sign.word)”), so the kind must be persons.",
        fix: .init(
            "写成 kind: persons；如果数的是东西，名称里写清是什么东西，例如“隔离间”“学生宿舍”。",
            "Write kind: persons; if things are counted, name the thing, such as 隔离间 or 学生宿舍.")
    ).fixed(by: kind(source, range))
}

private func untold(
    _ source: SourceFile, _ range: Range<Int>, _ id: String, _ columns: [DatasetDefinition.Column]
) -> Diagnostic {
    let meant = columns.lazy.compactMap { ThingWords.thing(countedIn: $0.unit) }.first
    let indent = String(
        repeating: " ", count: source.text(source.line(at: range.lowerBound)).prefix { $0 == " " || $0 == "-" }.count)
    return source.error(
        "dataset.counts", at: source.line(at: range.lowerBound),
        "“\(id)”没有写数的是什么东西；没有写，就当作数人，不公布。",
        "“\(id)” does not say what thing it counts; as long as it does not, it is taken for persons and not published.",
        fix: .init(
            "加一行“counts: \(meant ?? "rooms")”；可以写：\(ThingWords.things.joined(separator: "、"))。数人的，写 kind: persons。",
            "Add a line “counts: \(meant ?? "rooms")”, or one of \(ThingWords.things.joined(separator: ", ")); write kind: persons where persons are counted."
        )
    ).fixed(by: meant.map { source.inserting("\(indent)counts: \($0)", after: range.lowerBound) })
}

private func noThing(_ source: SourceFile, _ given: Reference) -> Diagnostic {
    source.error(
        "dataset.counts", at: given.range, "counts不能写“\(given.name)”：这不是程序认识的东西。",
        "“\(given.name)” is no thing that may be counted.",
        fix: NearMiss.fix(for: given.name, among: ThingWords.things)
    ).fixed(by: source.correcting(given.name, in: given.range, among: ThingWords.things))
}
