import Formats

/// A standing page: requirements, plans, knowledge, questions.
public struct Page: Sendable {
    public let source: SourceFile
    public let title: String
    public let titleInEnglish: String?
    public let order: Int
    public let menu: String?
    public let summary: String
    public let updated: Day?
    public let language: String
    /// The file name, without its ending, of the page that says the same in the original language.
    public let translationOf: Reference?
    public let body: Document

    /// Its file name without the ending.
    var name: String { source.path.split(separator: "/").last.map { String($0.dropLast(3)) } ?? "" }
}
