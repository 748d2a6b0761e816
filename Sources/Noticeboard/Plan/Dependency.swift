import Formats

/// Something that an output's bytes depend on. Each has a fingerprint in a plan; where all of them are as they were, so
/// is the output.
public enum Dependency: Hashable, Sendable {
    /// A source file, by its path.
    case file(String)
    /// All of a notice, by its index: its file, and what it is now.
    case notice(Int)
    /// What lists show of a notice.
    case item(Int)
    /// A part of the model that many outputs show.
    case value(SharedValue)
    /// A question, and the notices that answered it: one that is added, removed or changed changes the answer.
    indirect case query(NoticeQuery, matched: [Int])
    /// How many notices answered it, on all pages of a list.
    case count(Int)
    /// A template and all that it uses.
    case template(String)
}

/// A part of the model that many outputs show.
public enum SharedValue: Hashable, Sendable {
    /// The calendar day on which the site is looked at.
    case day
    /// How far the time zone lies east of Greenwich at noon of the day.
    case zone
    /// Names and addresses of all teams.
    case teams
    /// The name and the address of one, by its index.
    case team(Int)
    /// The years that have notices.
    case years
    case duty
    /// Everything of the statistics.
    case figures
    /// Whether a dataset is overdue, by its id.
    case freshness(String)
    /// One dataset: its declaration, its reports, and what was published of it.
    case dataset(String)
    /// What was published of all datasets for a day.
    case published(Day)
    /// Everything that can be searched.
    case search
    /// What can be searched in a block of it, and what its index has in a shard, each by its number.
    case searchBlock(Int)
    case searchShard(Int)
    /// The codes of public notices that begin with one of the signs, and what lists show of those notices.
    case codes(Int)
    /// The addresses of all pages.
    case routes
    /// Whether a screen, by its index, shows notices at this hour.
    case screen(Int)
    /// The style sheet, whose fingerprint stands in every page.
    case style
}

/// A question about notices.
public enum NoticeQuery: Hashable, Sendable, CustomStringConvertible {
    case all
    case latest
    /// The newest of a team, by its id.
    case newest(team: String)
    /// The newest of a category, by its id.
    case newestIn(category: String)
    /// Notices in force with an event.
    case events
    /// Notices in force that go to a channel.
    case channel(Channel)
    case current(page: Int)
    case category(String, page: Int)
    case team(String, page: Int)
    case year(Int, page: Int)
    case language(String, page: Int)

    public var description: String {
        switch self {
        case .all: "all notices"
        case .latest: "the latest notices"
        case .newest(let team): "the newest notices of \(team)"
        case .newestIn(let category): "the newest notices of \(category)"
        case .events: "notices with an event"
        case .channel(let channel): "notices for the channel \(channel.rawValue)"
        case .current(let page): "notices in force, page \(page)"
        case .category(let id, let page): "notices of category \(id), page \(page)"
        case .team(let id, let page): "notices of team \(id), page \(page)"
        case .year(let year, let page): "notices of \(year), page \(page)"
        case .language(let language, let page): "notices in \(language), page \(page)"
        }
    }
}
