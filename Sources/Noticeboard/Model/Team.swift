import Formats

/// A team of the plan, with its numbered duties.
public struct Team: Sendable {
    public struct Duty: Sendable {
        /// Nil for a duty that stands alone, unnumbered.
        public let number: Int?
        public let text: String
        /// Its anchor on the team's page.
        public let anchor: String
    }

    public let source: SourceFile
    public let id: String
    public let order: Int
    public let name: String
    public let nameInEnglish: String?
    /// What the units are called: 责任单位 or 责任处室.
    public let unitLabel: String
    /// Ids of offices; `grades` stands for all grades.
    public let units: [Reference]
    public let leaders: [String]
    public let deputies: [String]
    public let members: [String]
    public let summary: String
    public let body: Document

    var label: Translated { Translated(name, nameInEnglish.map { ["en": $0] } ?? [:]) }

    /// The section that holds the duties is the one whose heading is 职责, or has the id `duties`.
    public var duties: [Duty] {
        let numbered = body.numberedItems.filter { ["duties", "职责"].contains($0.heading) }
        if !numbered.isEmpty { return numbered.map { Duty(number: $0.number, text: $0.text, anchor: $0.id) } }
        return body.paragraphs.filter { ["duties", "职责"].contains($0.heading) }.map {
            Duty(number: nil, text: $0.text, anchor: $0.heading)
        }
    }
}
