import Formats

/// Who does what at the school: posts, never persons' names.
public struct Organisation: Sendable {
    public struct Post: Sendable {
        public let role: String
        public let post: String
    }

    public struct Partner: Sendable {
        public let id: String
        public let name: String
        public let role: String
        public let does: String
        public let phone: String?
    }

    public struct Office: Sendable {
        public enum Kind: Sendable {
            case office, grade
        }

        public let id: String
        public let name: String
        public let short: String
        public let kind: Kind
        public let head: String?
        public let phone: String?
    }

    public struct Contact: Sendable {
        public let id: String
        public let label: Translated
        public let answeredBy: Translated
        public let phone: String
        public let answered: Translated
        public let use: Translated

        public var name: String { label.text }
        public var hours: String { answered.text }

        /// Shown on today's page and on every urgent notice.
        public let isUrgent: Bool
    }

    public var name = ""
    public var leadingGroupName = ""
    public var posts: [Post] = []
    public var duties: [String] = []
    public var partners: [Partner] = []
    public var offices: [Office] = []
    public var contacts: [Contact] = []

    public func office(_ id: String) -> Office? { offices.first { $0.id == id } }
}
