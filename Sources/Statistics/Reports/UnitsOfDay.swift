import Formats

/// The classes and grades that exist on one day.
struct UnitsOfDay: Sendable {
    /// Grades with their classes, with their rolls, in the file's order.
    let grades: [(unit: Shape.Unit, parts: [Shape.Unit])]
    /// A class's grade and roll, by its name.
    private let classes: [String: (grade: String, roll: Int)]
    /// A grade's roll, by its name.
    private let rolls: [String: Int]
    /// A class's name by any of its spellings.
    private let names: [String: String]
    /// The same by its numbers alone; nil where several classes have them.
    private let numbers: [String: String?]

    init(_ list: ClassList, on day: Day) {
        var places: [String: Int] = [:]
        var grades: [(name: String, parts: [Shape.Unit])] = []
        var classes: [String: (grade: String, roll: Int)] = [:]
        var names: [String: String] = [:]
        for entry in list.entries where entry.exists(on: day) {
            let place = places[entry.grade] ?? grades.count
            if place == grades.count {
                places[entry.grade] = place
                grades.append((entry.grade, []))
            }
            grades[place].parts.append(Shape.Unit(name: entry.name, roll: entry.enrolled))
            classes[entry.name] = (entry.grade, entry.enrolled)
            for spelling in entry.spellings { names[spelling] = entry.name }
        }
        self.grades = grades.map { (Shape.Unit(name: $0.name, roll: $0.parts.reduce(0) { $0 + $1.roll }), $0.parts) }
        rolls = Dictionary(uniqueKeysWithValues: self.grades.map { ($0.unit.name, $0.unit.roll) })
        self.classes = classes
        self.names = names
        numbers = Dictionary(classes.keys.map { (UnitsOfDay.numbers(in: $0), $0) }) { _, _ in nil }
    }

    var classNames: [String] { grades.flatMap { $0.parts.map(\.name) } }

    var gradeNames: [String] { grades.map(\.unit.name) }

    /// The classes or grades that a dataset asks to report; nil where it is by neither.
    func asked(by definition: DatasetDefinition) -> [String]? {
        let kinds = definition.columns.map(\.kind)
        return kinds.contains(.class) ? classNames : kinds.contains(.grade) ? gradeNames : nil
    }

    /// The class that a report means: by its name or an alias, whatever the width of digits and brackets.
    func className(for spelling: String) -> String? {
        names[spelling] ?? names[ClassList.folded(spelling)] ?? numbers[UnitsOfDay.numbers(in: spelling)] ?? nil
    }

    /// A class's grade and number, however they are written: 三（2）班, 三年级二班 and 三2班 are `3 2 班`. Ten and more are written
    /// in too many ways with Chinese numerals to be told by them.
    private static let numerals = Array("一二三四五六七八九")

    private static func numbers(in name: String) -> String {
        var words: [String] = []
        var digits = ""
        for character in name.halfWidth where !character.isWhitespace {
            if character.isASCII, character.isNumber { digits.append(character); continue }
            if !digits.isEmpty { words.append(digits) }
            digits = ""
            if let value = numerals.firstIndex(of: character) {
                words.append("\(value + 1)")
            } else if !"()年级第".contains(character) {
                words.append(String(character))
            }
        }
        return (words + [digits]).filter { !$0.isEmpty }.joined(separator: " ")
    }

    func gradeName(for spelling: String) -> String? {
        rolls[spelling] != nil ? spelling : gradeNames.first { $0 == spelling.halfWidth }
    }

    func grade(ofClass name: String) -> String? { classes[name]?.grade }

    func roll(ofClass name: String) -> Int? { classes[name]?.roll }

    func roll(ofGrade name: String) -> Int? { rolls[name] }
}
