import Formats

/// How many notices a feed holds.
private let feedLength = 20

extension Site {
    /// A feed's route without its ending.
    func feedBase(_ subject: FeedSubject) -> String {
        switch subject {
        case .site: "feed"
        case .team(let index): "notices/team/\(teams[index].id)"
        case .category(let index): "notices/category/\(configuration.categories[index].id)"
        }
    }

    /// The notices that a feed holds, of those that are public, the newest first.
    func notices(in subject: FeedSubject, among published: [Int]) -> [Int] {
        let matched: [Int]
        switch subject {
        case .site: matched = published
        case .team(let index):
            let key = Fingerprint(teams[index].id)
            matched = published.filter { facts[$0].team == key }
        case .category(let index):
            let key = Fingerprint(configuration.categories[index].id)
            matched = published.filter { facts[$0].category == key }
        }
        return Array(matched.prefix(feedLength))
    }
}
