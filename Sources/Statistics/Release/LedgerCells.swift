import Formats

/// The units of a published day, with their rolls: grades and their classes in the school's order.
struct LedgerUnits: Hashable, Sendable {
    struct Unit: Hashable, Sendable {
        let name: String
        let roll: Int?
    }

    struct Group: Hashable, Sendable {
        let unit: Unit
        let parts: [Unit]
    }

    let groups: [Group]

    static let none = LedgerUnits(groups: [])

    private init(groups: [Group]) { self.groups = groups }

    init(_ day: ProtectedDay) {
        groups = day.groups.map { group in
            let parts = group.parts.map { Unit(name: $0.name, roll: $0.roll) }
            // A group that has parts has their rolls.
            return Group(unit: Unit(name: group.line.name, roll: parts.isEmpty ? group.line.roll : nil), parts: parts)
        }
    }

    var fields: [String] {
        groups.flatMap { group in
            [group.unit.name, text(group.unit.roll), "\(group.parts.count)"]
                + group.parts.flatMap { [$0.name, text($0.roll)] }
        }
    }

    /// Nil where they are not what `fields` gives.
    init?(fields: ArraySlice<String>) {
        var rest = fields
        func unit(_ name: String?, _ roll: String?) -> Unit? {
            guard let name, let roll, let number = optional(roll) else { return nil }
            return Unit(name: name, roll: number)
        }
        var groups: [Group] = []
        while !rest.isEmpty {
            guard let group = unit(rest.popFirst(), rest.popFirst()), let count = rest.popFirst().flatMap({ Int($0) }),
                count >= 0, rest.count >= 2 * count
            else { return nil }
            var parts: [Unit] = []
            for _ in 0..<count {
                guard let part = unit(rest.popFirst(), rest.popFirst()) else { return nil }
                parts.append(part)
            }
            groups.append(Group(unit: group, parts: parts))
        }
        self.groups = groups
    }
}

/// What the days of a dataset have in common: what is counted, down to which lines, and among whom.
struct LedgerTemplate: Hashable, Sendable {
    let dataset: String
    let measure: String
    let finest: DatasetDefinition.Publication.Finest
    let k: Int
    /// The number of its units' line; nil where the school alone has a line.
    let units: Int?
    /// The school's roll where no units have one.
    let roll: Int?
    let causes: [String]
    let hasRest: Bool

    init(_ day: ProtectedDay, units: Int?) {
        (dataset, measure, finest, k) = (day.dataset, day.measure, day.finest, day.k)
        self.units = units
        roll = units == nil ? day.total.roll : nil
        causes = day.causes.map(\.name)
        hasRest = day.hasRest
    }

    var fields: [String] {
        [
            dataset, measure, finest.rawValue, "\(k)", text(units), text(roll), causes.joined(separator: " "),
            hasRest ? "rest" : "",
        ]
    }

    /// Nil where they are not what `fields` gives.
    init?(fields: [String]) {
        guard fields.count == 8, let finest = DatasetDefinition.Publication.Finest(rawValue: fields[2]),
            let k = Int(fields[3]), k >= 5, let units = optional(fields[4]), let roll = optional(fields[5]),
            ["", "rest"].contains(fields[7])
        else { return nil }
        (dataset, measure, self.finest, self.k) = (fields[0], fields[1], finest, k)
        (self.units, self.roll) = (units, roll)
        causes = fields[6].split(separator: " ").map(String.init)
        hasRest = !fields[7].isEmpty
    }
}

/// What is said of one day, cell by cell: the school, its causes, each grade followed by its classes.
///
/// A cell is the number of its step (`0` is below k, `3` is 3k to 4k − 1), with `+` where that is open at its end, `.` where
/// nothing is said, `x` where the unit had not reported; `*n` repeats it. Rolls follow from the units and from who
/// reported; where one does not, it stands behind, as `cell=roll`.
struct LedgerCells {
    enum Word: Hashable {
        case says(Statement)
        case unstated
        case missing
    }

    private let template: LedgerTemplate
    private let units: LedgerUnits
    private var words: [Word]
    private var rolls: [Int?]

    /// A day's cells and rolls as fields of its line.
    static func fields(_ day: ProtectedDay, _ units: LedgerUnits, _ template: LedgerTemplate) -> [String] {
        let lines = day.lines
        let words = lines.map { $0.isMissing ? .missing : $0.statement.map(Word.says) ?? .unstated }
        let usual = LedgerCells(template, units, words)
        let others = lines.indices.filter { lines[$0].roll != usual.rolls[$0] }
        let cells = usual.text
        return others.isEmpty
            ? [cells] : [cells, others.map { "\($0)=\(Statistics.text(lines[$0].roll))" }.joined(separator: " ")]
    }

    private init(_ template: LedgerTemplate, _ units: LedgerUnits, _ words: [Word]) {
        (self.template, self.units, self.words) = (template, units, words)
        rolls = []
        rolls = usualRolls()
    }

    /// Reads a day's fields; nil where they do not fit the template.
    init?(_ cells: String, rolls: String, _ template: LedgerTemplate, _ units: LedgerUnits) {
        var words: [Word] = []
        let count = 1 + template.causes.count + units.groups.reduce(0) { $0 + 1 + $1.parts.count }
        words.reserveCapacity(count)
        for token in cells.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false) {
            guard let (word, times) = LedgerCells.word(token, width: template.k), words.count + times <= count else {
                return nil
            }
            words.append(contentsOf: repeatElement(word, count: times))
        }
        guard words.count == count else { return nil }
        self.init(template, units, words)
        for other in rolls.split(separator: " ") {
            let parts = other.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, let cell = Int(parts[0]), self.rolls.indices.contains(cell),
                let roll = optional(String(parts[1]))
            else { return nil }
            self.rolls[cell] = roll
        }
    }

    func day(_ day: Day, _ level: Level) -> ProtectedDay {
        var cell = 0
        func line(_ name: String) -> ProtectedDay.Line {
            defer { cell += 1 }
            let statement: Statement? = if case .says(let statement) = words[cell] { statement } else { nil }
            return .init(name: name, statement: statement, roll: rolls[cell], isMissing: words[cell] == .missing)
        }
        let total = line("")
        let causes = template.causes.map(line)
        let groups = units.groups.map { group in
            ProtectedDay.Group(line: line(group.unit.name), parts: group.parts.map { line($0.name) })
        }
        return ProtectedDay(
            day: day, dataset: template.dataset, measure: template.measure, level: level, k: template.k,
            finest: template.finest, total: total, causes: causes, hasRest: template.hasRest, groups: groups)
    }
}

extension LedgerCells {
    /// The rolls that follow from the units and from who reported.
    private func usualRolls() -> [Int?] {
        func sum(_ rolls: [Int?]) -> Int? {
            rolls.reduce(0) { sum, roll in sum.flatMap { sum in roll.map { sum + $0 } } }
        }
        var below: [Int?] = []
        var reported: [Int?] = []
        var cell = 1 + template.causes.count
        for group in units.groups {
            let isMissing = words[cell] == .missing
            let parts = group.parts.indices.filter { isMissing || words[cell + 1 + $0] != .missing }
            let roll = group.parts.isEmpty ? group.unit.roll : sum(parts.map { group.parts[$0].roll })
            if !isMissing { reported.append(roll) }
            below += [roll] + group.parts.map(\.roll)
            cell += 1 + group.parts.count
        }
        let school = units.groups.isEmpty ? template.roll : sum(reported)
        return Array(repeating: school, count: 1 + template.causes.count) + below
    }

    private var text: String {
        var tokens: [String] = []
        var index = 0
        while index < words.count {
            let end = words[index...].firstIndex { $0 != words[index] } ?? words.count
            let token = LedgerCells.text(words[index], width: template.k)
            // A repetition is shorter from three on.
            if end - index > 2 {
                tokens.append("\(token)*\(end - index)")
            } else {
                tokens += repeatElement(token, count: end - index)
            }
            index = end
        }
        return tokens.joined(separator: " ")
    }

    private static func text(_ word: Word, width k: Int) -> String {
        switch word {
        case .unstated: "."
        case .missing: "x"
        case .says(let statement):
            if statement.low % k != 0 || statement.high.map({ $0 != statement.low + k - 1 }) ?? false {
                // No step: nothing that this program says, but what it may have to read and refuse.
                "\(statement.low)-\(Statistics.text(statement.high))"
            } else {
                "\(statement.low / k)\(statement.high == nil ? "+" : "")"
            }
        }
    }

    /// A cell, and how many times it stands there.
    private static func word(_ token: Substring.UTF8View, width k: Int) -> (Word, Int)? {
        let parts = token.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
        let times = parts.count == 1 ? 1 : number(parts[1])
        guard parts.count < 3, let times, times > 0, let cell = parts.first else { return nil }
        switch cell.first {
        case UInt8(ascii: ".") where cell.count == 1: return (.unstated, times)
        case UInt8(ascii: "x") where cell.count == 1: return (.missing, times)
        default: return statement(cell, width: k).map { (.says($0), times) }
        }
    }

    private static func statement(_ cell: Substring.UTF8View, width k: Int) -> Statement? {
        if let dash = cell.firstIndex(of: UInt8(ascii: "-")) {
            guard let low = number(cell[..<dash]) else { return nil }
            let high = cell[cell.index(after: dash)...]
            return high.isEmpty ? Statement(low: low, high: nil) : number(high).map { Statement(low: low, high: $0) }
        }
        let isOpen = cell.last == UInt8(ascii: "+")
        guard let step = number(isOpen ? cell.dropLast() : cell) else { return nil }
        return Statement(low: step * k, high: isOpen ? nil : step * k + k - 1)
    }

    /// Up to seven digits: more than any count of a school has.
    private static func number(_ digits: Substring.UTF8View) -> Int? {
        guard (1...7).contains(digits.count) else { return nil }
        var value = 0
        for digit in digits {
            guard digit >= 48, digit <= 57 else { return nil }
            value = value * 10 + Int(digit - 48)
        }
        return value
    }
}

private func text(_ number: Int?) -> String { number.map(String.init) ?? "" }

/// A number or nothing; nil where it is neither.
private func optional(_ text: String) -> Int?? { text.isEmpty ? .some(nil) : Int(text).map { .some($0) } }
