import Formats

/// A published day as rows of the ledger, and back.
extension ProtectedDay {
    /// The rows that publish the day: the school, causes, groups with their parts, in this order.
    func rows(build: String) -> [Ledger.Row] {
        func row(_ line: Line, _ group: String = "", _ part: String = "", measure: String? = nil) -> Ledger.Row {
            let word = line.isMissing ? .missing : line.statement.map(Ledger.Row.Word.says) ?? .unstated
            return Ledger.Row(
                day: day, dataset: dataset, group: group, part: part, measure: measure ?? self.measure, word: word,
                roll: line.roll, template: template, k: k, build: build)
        }
        var rows = [row(total)] + causes.map { row($0, measure: $0.name) }
        if hasRest {
            rows.append(row(Line(name: "", statement: nil, roll: total.roll, isMissing: false), measure: "rest"))
        }
        for group in groups {
            rows.append(row(group.line, group.line.name))
            rows += group.parts.map { row($0, group.line.name, $0.name) }
        }
        return rows
    }

    /// The row that takes the day's figures back.
    func withdrawal(build: String) -> Ledger.Row {
        Ledger.Row(
            day: day, dataset: dataset, measure: measure, word: .withdrawn, roll: nil,
            template: template, k: k, build: build)
    }

    /// The finest lines that the day could have had, and the level at which it was published.
    private var template: String { "\(finest.rawValue)/\(level.rawValue)" }

    /// Reads the rows of one publication; nil where they are not such.
    init?(_ rows: ArraySlice<Ledger.Row>) {
        guard let first = rows.first, first.group.isEmpty, case let names = first.template.split(separator: "/"),
            names.count == 2, let finest = DatasetDefinition.Publication.Finest(rawValue: String(names[0])),
            let level = Level(rawValue: String(names[1]))
        else { return nil }
        var causes: [Line] = []
        var hasRest = false
        var groups: [Group] = []
        for row in rows.dropFirst() {
            if row.group.isEmpty {
                if row.measure == "rest" { hasRest = true } else { causes.append(Line(row, row.measure)) }
            } else if row.part.isEmpty {
                groups.append(Group(line: Line(row, row.group), parts: []))
            } else if let group = groups.last, group.line.name == row.group {
                groups[groups.count - 1] = Group(line: group.line, parts: group.parts + [Line(row, row.part)])
            } else {
                return nil
            }
        }
        self.init(
            day: first.day, dataset: first.dataset, measure: first.measure, level: level, k: first.k, finest: finest,
            total: Line(first, ""), causes: causes, hasRest: hasRest, groups: groups)
    }

    /// The same day with nothing said of it any more.
    var withdrawn: ProtectedDay {
        func silent(_ line: Line) -> Line {
            Line(name: line.name, statement: nil, roll: line.roll, isMissing: line.isMissing)
        }
        var day = ProtectedDay(
            day: day, dataset: dataset, measure: measure, level: level, k: k, finest: finest, total: silent(total),
            causes: causes.map(silent), hasRest: hasRest,
            groups: groups.map { Group(line: silent($0.line), parts: $0.parts.map(silent)) })
        day.isWithdrawn = true
        return day
    }
}

extension ProtectedDay.Line {
    fileprivate init(_ row: Ledger.Row, _ name: String) {
        self.name = name
        if case .says(let statement) = row.word { self.statement = statement } else { statement = nil }
        roll = row.roll
        isMissing = row.word == .missing
    }
}

extension Ledger {
    /// One publication, or the taking back of one.
    struct Block {
        let rows: Range<Int>
        /// Nil where the rows are no publication.
        let day: ProtectedDay?
        let isWithdrawal: Bool
    }

    /// Publications in the order of the file.
    var blocks: [Block] {
        var blocks: [Block] = []
        var start = 0
        while start < rows.count {
            let first = rows[start]
            var end = start + 1
            if first.word != .withdrawn {
                while end < rows.count, rows[end].continues(first) { end += 1 }
            }
            let day = first.word == .withdrawn ? nil : ProtectedDay(rows[start..<end])
            blocks.append(Block(rows: start..<end, day: day, isWithdrawal: first.word == .withdrawn))
            start = end
        }
        return blocks
    }

    /// What stands published, by dataset, in the order of days.
    public var releases: [String: ProtectedRelease] {
        var days: [String: [Day: ProtectedDay]] = [:]
        for block in blocks {
            let first = rows[block.rows.lowerBound]
            let before = days[first.dataset]?[first.day]
            if block.isWithdrawal {
                days[first.dataset]?[first.day] = before?.withdrawn
            } else if var day = block.day {
                day.isCorrected = before != nil
                days[first.dataset, default: [:]][first.day] = day
            }
        }
        return days.mapValues { ProtectedRelease(days: $0.values.sorted { $0.day < $1.day }) }
    }
}

extension Ledger.Row {
    /// Whether the row belongs to the publication that begins with `first`, which is the school's own row.
    fileprivate func continues(_ first: Ledger.Row) -> Bool {
        word != .withdrawn && day == first.day && dataset == first.dataset && build == first.build
            && !(group.isEmpty && measure == first.measure)
    }
}
