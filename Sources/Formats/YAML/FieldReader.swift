/// Reads the fields of a YAML mapping by name, collects what is wrong with them, and knows which ones nobody asked for.
///
/// A field may have several names (Chinese and English); the first one is used in messages.
public struct FieldReader {
    public let source: SourceFile
    public private(set) var diagnostics: [Diagnostic] = []
    private let order: [YAMLNode.Entry]
    /// The entries' keys, to be compared by.
    private let keys: [NameKey]
    /// Where a missing field is reported.
    public let place: Range<Int>
    /// Names that were asked for, and which entries they found.
    private var known: [[String]] = []
    private var isRead: [Bool]
    /// Where something else stands than fields, nothing can be missed.
    private let isMapping: Bool
    /// Names of required fields that are not there.
    private var absent: [(names: [String], diagnostic: Diagnostic)] = []

    public init(_ source: SourceFile, _ node: YAMLNode?) {
        self.source = source
        order = node?.mapping ?? []
        keys = order.map { NameKey($0.key) }
        isRead = [Bool](repeating: false, count: order.count)
        isMapping = node.map { $0.mapping != nil || $0.isNull } ?? true
        place = node.map { source.line(at: $0.range.lowerBound) } ?? source.line(at: 0)
        known.reserveCapacity(40)
        if let node, node.mapping == nil, !node.isNull { diagnostics.append(notFields(node)) }
    }

    /// The value of a field under any of its names; nil where it is absent or empty.
    public mutating func node(_ names: [String], required: Bool = false) -> YAMLNode? {
        known.append(names)
        var found: YAMLNode.Entry?
        for name in names {
            guard let entry = entry(name) else { continue }
            if let found { diagnostics.append(twice(found, entry)) }
            found = found ?? entry
        }
        if let value = found?.value, !value.isNull, value.text?.trimmed.isEmpty != true { return value }
        if required, isMapping { absent.append((names, missing(names[0], found?.keyRange))) }
        return nil
    }

    /// All lines of a block mapping's field, from its key to the next one's, or to the mapping's end.
    public func lines(of names: [String]) -> Range<Int>? {
        guard let index = order.firstIndex(where: { names.contains($0.key) }) else { return nil }
        let start = source.line(at: order[index].keyRange.lowerBound).lowerBound
        // In braces, other fields may stand on the same lines.
        guard start == order[index].keyRange.lowerBound else { return nil }
        let next =
            order.indices.contains(index + 1) ? order[index + 1].keyRange.lowerBound : FrontMatter.end(of: source)
        return start..<source.line(at: next).lowerBound
    }

    /// Keys that give a field in other languages, each with its language: `name_en` is `name` in `en`, `name_zh-HK` in `zh-HK`.
    func keys(translating name: String) -> [(key: String, language: String)] {
        order.compactMap { entry in
            guard entry.key.hasPrefix(name + "_") else { return nil }
            let language = String(entry.key.dropFirst(name.count + 1))
            return language.wholeMatch(of: /[a-z]{2}(-[A-Za-z]{2,4})?/) == nil ? nil : (entry.key, language)
        }
    }

    public mutating func text(_ names: String..., required: Bool = false) -> String? {
        node(names, required: required).flatMap { text(of: $0) }
    }

    /// An id: letters, digits, `-` and `_` of ASCII, because it becomes part of an address.
    public mutating func id(_ names: String..., required: Bool = true) -> String? {
        guard let given = node(names, required: required), let text = text(of: given) else { return nil }
        let isPlain = text.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == UInt8(ascii: "-")
                || $0 == UInt8(ascii: "_")
        }
        if isPlain, text.utf8.count <= 64 { return text }
        diagnostics.append(
            source.error(
                "field.id", at: given.range, "编号只能用英文字母、数字和连字符。", "An id has letters a–z, digits and hyphens only.",
                fix: .init("例如 isolation 或 food-safety。", "For example isolation, or food-safety.")
            ).fixed(by: plain(text).flatMap { source.replacing(text, in: given.range, with: $0) }))
        return nil
    }

    /// An id without the signs that none may have; nil where nothing remains of it.
    private func plain(_ text: String) -> String? {
        let kept = text.lowercased().split { !$0.isASCII || !$0.isLetter && !$0.isNumber }.joined(separator: "-")
        return kept.isEmpty ? nil : String(kept.prefix(64))
    }

    /// Text with its place, for references that are checked later.
    public mutating func reference(_ names: String..., required: Bool = false) -> Reference? {
        guard let node = node(names, required: required), let text = text(of: node) else { return nil }
        return Reference(name: text, range: node.range)
    }

    /// A list of texts; a single text is a list of one, or of as many as its `、` part.
    public mutating func texts(_ names: String...) -> [String] { references(names).map(\.name) }

    public mutating func references(_ names: [String]) -> [Reference] {
        guard let node = node(names) else { return [] }
        if let line = node.text, line.holds("、") {
            return line.split(separator: "、").map { Reference(name: String($0).trimmed, range: node.range) }
        }
        return (node.sequence ?? [node]).compactMap { item in
            text(of: item).map { Reference(name: $0, range: item.range) }
        }
    }

    /// One of a few values, each under its names.
    @inlinable
    public mutating func choice<Choice>(_ names: [String], _ choices: [(names: [String], value: Choice)]) -> Choice? {
        choice(names, among: { choices.map(\.names) }) { name in choices.firstIndex { $0.names.contains(name) } }.map {
            choices[$0].value
        }
    }

    @usableFromInline
    mutating func choice(
        _ names: [String], among choices: () -> [[String]], _ find: (_ name: String) -> Int?
    ) -> Int? {
        guard let node = node(names), let text = text(of: node) else { return nil }
        if let index = find(text.lowercased()) { return index }
        diagnostics.append(
            source.error(
                "field.value", at: node.range, "“\(names[0])”不能是“\(text)”。", "“\(names[0])” cannot be “\(text)”.",
                fix: NearMiss.fix(for: text, among: choices().flatMap { $0 })
            ).fixed(by: source.correcting(text, in: node.range, among: choices().flatMap { $0 })))
        return nil
    }

    public mutating func integer(_ names: String..., in range: ClosedRange<Int>) -> Int? {
        guard let node = node(names), let text = text(of: node) else { return nil }
        if let value = Int(text.halfWidth), range.contains(value) { return value }
        diagnostics.append(
            source.error(
                "field.number", at: node.range, "“\(names[0])”要写\(range.lowerBound)到\(range.upperBound)的整数。",
                "“\(names[0])” must be a whole number from \(range.lowerBound) to \(range.upperBound).",
                fix: .init("例如 \(names[0]): \(range.lowerBound)", "For example \(names[0]): \(range.lowerBound)")
            ).fixed(
                by: Int(text.halfWidth.filter { $0.isASCII && $0.isNumber || $0 == "-" }).map { number in
                    source.replacing(node.range, with: "\(min(max(number, range.lowerBound), range.upperBound))")
                }))
        return nil
    }

    /// A decimal number.
    public mutating func decimal(_ names: String..., in range: ClosedRange<Double>) -> Double? {
        guard let node = node(names), let text = text(of: node) else { return nil }
        if let value = Double(text.halfWidth), range.contains(value) { return value }
        func plain(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
        let (low, high) = (plain(range.lowerBound), plain(range.upperBound))
        diagnostics.append(
            source.error(
                "field.number", at: node.range, "“\(names[0])”要写\(low)到\(high)的数。",
                "“\(names[0])” must be a number from \(low) to \(high).",
                fix: .init("例如 \(names[0]): 0", "For example \(names[0]): 0")))
        return nil
    }

    public mutating func flag(_ names: String...) -> Bool {
        choice(names, [(["true", "是", "yes"], true), (["false", "否", "no"], false)]) ?? false
    }

    public mutating func day(_ names: String..., required: Bool = false) -> Day? {
        guard let node = node(names, required: required), let text = text(of: node) else { return nil }
        switch DateReading(text) {
        case .day(let day): return day
        case .moment(let local, _): return local.day
        case let reading:
            diagnostics.append(reading.diagnostic(source, node.range, name: names[0]))
            return nil
        }
    }

    /// A day, or a day and a time of day in `zone` or with an offset of its own.
    public mutating func time(_ names: String..., zone: TimeZone) -> TimeOfField? {
        guard let node = node(names), let text = text(of: node) else { return nil }
        switch DateReading(text) {
        case .day(let day): return TimeOfField(moment: zone.moment(LocalTime(day)), day: day, isDay: true)
        case .moment(let local, let offset):
            let own = offset.map { TimeZone(name: "", offset: $0) } ?? zone
            return TimeOfField(moment: own.moment(local), day: local.day, isDay: false)
        case let reading:
            diagnostics.append(reading.diagnostic(source, node.range, name: names[0]))
            return nil
        }
    }

    /// A reader for a mapping inside this one.
    public mutating func fields(_ names: String..., required: Bool = false) -> FieldReader? {
        node(names, required: required).map { FieldReader(source, $0) }
    }

    /// Readers for a list of mappings.
    public mutating func list(_ names: String..., required: Bool = false) -> [FieldReader] {
        guard let node = node(names, required: required) else { return [] }
        return (node.sequence ?? [node]).map { FieldReader(source, $0) }
    }

    /// Takes over what another reader of the same file found, after its unknown fields are reported.
    public mutating func take(_ other: inout FieldReader) {
        other.finish()
        diagnostics += other.diagnostics
    }

    /// An error at a list whose entries share an id.
    public mutating func reportRepeated(_ list: String, _ ids: [String]) {
        for (index, id) in ids.enumerated() where ids.firstIndex(of: id) != index {
            let range = order.first { $0.key == list }?.keyRange ?? place
            diagnostics.append(
                source.error(
                    "field.repeated-id", at: range, "“\(list)”里的编号“\(id)”用了两次。",
                    "The id “\(id)” is used twice in “\(list)”.",
                    fix: .init("换一个编号。", "Choose another id.")))
        }
    }

    public mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    /// Names of fields that may be there although nobody reads them.
    public mutating func allow(_ names: String...) {
        known.append(names)
        for name in names { _ = entry(name) }
    }

    /// Reports every field that was not asked for, and every required one that is missing, unless it is just mistyped.
    public mutating func finish() {
        // Nobody mends more than a hundred of them one by one.
        for (entry, _) in zip(order, isRead).filter({ !$0.1 }).prefix(100) {
            let known = known.flatMap { $0 }
            let meant = NearMiss.suggestions(for: entry.key, among: known, limit: 1)
            absent.removeAll { $0.names.contains { meant.contains($0) } }
            diagnostics.append(
                source.error(
                    "field.unknown", at: entry.keyRange, "没有名为“\(entry.key)”的字段。", "There is no field “\(entry.key)”.",
                    fix: NearMiss.fix(for: entry.key, among: known)
                ).fixed(by: source.correcting(entry.key, in: entry.keyRange, among: known)))
        }
        diagnostics += absent.map(\.diagnostic)
        absent = []
    }
}

/// A name that refers to something else, and where it was written.
public struct Reference: Sendable, Equatable {
    public let name: String
    public let range: Range<Int>

    public init(name: String, range: Range<Int>) {
        self.name = name
        self.range = range
    }
}

/// A time in a field: the moment, the day as it was written, and whether nothing but a day was given.
public struct TimeOfField: Sendable, Equatable {
    public let moment: Moment
    public let day: Day
    public let isDay: Bool
}

extension FieldReader {
    /// The first entry of a name. Mappings are small: a scan beats hashing.
    private mutating func entry(_ name: String) -> YAMLNode.Entry? {
        let key = NameKey(name)
        guard let index = keys.firstIndex(of: key) else { return nil }
        isRead[index] = true
        return order[index]
    }

    mutating func text(of node: YAMLNode) -> String? {
        if let text = node.text {
            if text.holdsControls {
                diagnostics.append(controlCharacter(node))
            }
            return text.onOneLine.trimmed
        }
        let mistake = YAMLMistake(source: source, range: node.range, place: node.range.lowerBound).fullWidthColon()
        diagnostics.append(
            mistake
                ?? source.error(
                    "field.not-text", at: node.range.lowerBound..<node.range.lowerBound + 1, "这里要写一段文字。",
                    "A piece of text belongs here.",
                    fix: .init("写成一行文字；有特殊符号时加双引号。", "Write one line of text, in quotes if it has special characters."))
        )
        return nil
    }

    private func controlCharacter(_ node: YAMLNode) -> Diagnostic {
        source.error(
            "field.control-character", at: node.range, "这里有看不见的控制字符。", "A control character stands here.",
            fix: .init("删去这个值，重新输入。", "Delete the value and type it again."), confidential: true
        ).fixed(
            by: source.replacing(
                node.range, with: "\"\(source.text(node.range).withoutControls.filter { $0 != "\"" && $0 != "\\" })\""))
    }

    private func notFields(_ node: YAMLNode) -> Diagnostic {
        YAMLMistake(source: source, range: node.range, place: node.range.lowerBound).fullWidthColon()
            ?? YAMLMistake(source: source, range: node.range, place: node.range.lowerBound).missingSpace()
            ?? source.error(
                "field.not-fields", at: node.range, "这里要写“名称: 内容”。", "“key: value” lines belong here.",
                fix: .init("每行写一个“名称: 内容”，冒号后空一格。", "Write one “key: value” a line, with a space after the colon."),
                confidential: true)
    }

    private func twice(_ first: YAMLNode.Entry, _ second: YAMLNode.Entry) -> Diagnostic {
        source.error(
            "field.twice", at: second.keyRange, "“\(second.key)”和“\(first.key)”是同一个字段，写了两次。",
            "“\(second.key)” and “\(first.key)” are the same field.",
            fix: .init("删去其中一个。", "Remove one of them."),
            notes: [.init(source.location(first.keyRange), .init("另一处在这里。", "The other one is here."))]
        ).fixed(by: source.removingLine(at: second.keyRange.lowerBound))
    }

    private func missing(_ name: String, _ key: Range<Int>?) -> Diagnostic {
        source.error(
            "field.missing", at: key ?? place, "缺少必填的“\(name)”。", "The required field “\(name)” is missing.",
            fix: .init("加一行“\(name): …”。", "Add a line “\(name): …”."))
    }
}
