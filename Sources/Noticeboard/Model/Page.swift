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
    public let body: Document
}
