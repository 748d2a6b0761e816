import Formats
import Statistics

/// Texts that new files begin with; blanks in them are `××`, which `check` lists.
public struct NewFiles: Sendable {
    /// The program's templates, by path below `templates/new/`, and files of the sample school, by path below `content/`.
    private let templates: [String: String]
    private let sample: [String: String]
    let today: Day

    /// The number that stands where one is to be filled in.
    static let blankPhone = "0000-0000000"

    public init(templates: [String: String], sample: [String: String], today: Day) {
        self.templates = templates
        self.sample = sample
        self.today = today
    }

    /// A whole site for a school, by path: it builds as it is, and everything that is the school's own is left blank.
    public func site(school: String) -> [(path: String, text: String)] {
        let values = ["school": school]
        let own = [
            ("content/site.yml", filled("site.yml", values)), (ClassList.file, filled("units.csv", values)),
            ("content/duty/\(today.description.prefix(7)).csv", filled("roster.csv", values)),
        ]
        // A new school begins in one language.
        let texts = sample.filter { !$0.key.hasSuffix("-en.md") }.sorted { $0.key < $1.key }
        return own + texts.map { ("content/\($0.key)", blank($0.value, school)) }
    }

    public func team(id: String, name: String, order: Int, unit: String) -> String {
        filled("team.md", ["id": id, "name": name, "order": "\(order)", "unit": unit, "phone": NewFiles.blankPhone])
    }

    public func page(title: String, order: Int) -> String {
        filled("page.md", ["title": quoted(title), "order": "\(order)"])
    }

    /// The body of a notice of a kind, with what a disease asks for; the kind's own form, or that of a 通知.
    func noticeBody(kind: String, disease: String?, phone: String) -> String {
        let part = disease.flatMap { templates["diseases/\($0).md"] } ?? ""
        let form = templates["kinds/\(kind).md"] == nil ? "通知" : kind
        return filled("kinds/\(form).md", ["disease": part, "phone": phone])
    }

    /// Diseases that there is a text for, by id and by the name in its heading (`## 流感要点`).
    public var diseases: [(id: String, name: String)] {
        templates.filter { $0.key.hasPrefix("diseases/") }.sorted { $0.key < $1.key }.map { path, text in
            let name = text.firstMatch(of: /## (.*)要点/).map { String($0.1) } ?? ""
            return (String(path.dropFirst(9).dropLast(3)), name)
        }
    }
}

extension NewFiles {
    private func filled(_ name: String, _ values: [String: String]) -> String {
        var text = templates[name] ?? ""
        for (key, value) in values.merging(["today": today.description], uniquingKeysWith: { a, _ in a }) {
            text = text.replacing("{{\(key)}}", with: value)
        }
        return text
    }

    /// A text of the sample school with its names, numbers, hours and days left blank.
    private func blank(_ text: String, _ school: String) -> String {
        var text = text.replacing("青石镇中心学校", with: school).replacing("青石镇", with: "××镇")
        text = text.replacing(/0000-555[0-9]{4}/, with: NewFiles.blankPhone)
        text = text.replacing(/[0-9]{1,2}:[0-9]{2}[–-](次日)?[0-9]{1,2}:[0-9]{2}/, with: "××:××–××:××")
        text = text.replacing(/(updated: )[0-9]{4}-[0-9]{2}-[0-9]{2}/) { "\($0.1)\(today)" }
        // Pictures are the sample school's own.
        text = text.replacing(/!\[[^\]]*\]\(\.\.\/files[^)]*\)\n\n/, with: "")
        // Staff are counted by a number of their own, which a report must not reach before it is known.
        text = text.replacing(/[ ]*publish: \{[^}]*of: [0-9]+[^}]*\}\n/, with: "")
        return text
    }
}

/// A text as YAML takes it behind `key: `, within braces too.
func quoted(_ text: String) -> String {
    let isPlain = !text.contains { "\"'#:{}[],&*!|>%@`?\\".contains($0) } && text == text.trimmed && !text.isEmpty
    return isPlain ? text : "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
}
