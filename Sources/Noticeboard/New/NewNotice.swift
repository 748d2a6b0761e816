import Formats

/// A notice to begin with: whatever the site can tell is filled in.
public struct NewNotice: Sendable {
    public let path: String
    public let text: String

    /// - Parameters:
    ///   - kind: One of the site's kinds; the first where nothing is given.
    ///   - team: A team's id; the first team's where nothing is given.
    ///   - category: A category's id; that of the team's newest notice where nothing is given.
    ///   - disease: One of `NewFiles.diseases`.
    public init(
        title: String, kind: String?, team: String?, category: String?, disease: String?, name: String?, in site: Site,
        _ files: NewFiles
    ) {
        let kind = kind ?? site.configuration.kinds.first ?? "通知"
        let team = team ?? site.teams.first?.id ?? "××"
        // Notices stand in their order, the newest first.
        let like =
            site.notices.first { $0.facts.team == Fingerprint(team) && $0.kind == kind }
            ?? site.notices.first { $0.facts.team == Fingerprint(team) } ?? site.notices.first
        let usual = like.flatMap { notice in
            site.configuration.categories.first { Fingerprint($0.id) == notice.facts.category }?.id
        }
        let ofDisease = disease == nil ? nil : site.configuration.categories.first { $0.id == "epidemic" }?.id
        let number = NewNotice.nextNumber(site, year: files.today.year)
        let office = site.configuration.name
        let contact = site.organisation.contacts.first?.phone ?? NewFiles.blankPhone
        var lines = [
            "title: \(quoted(title))", "id: \"\(files.today.year)-\(padded(number, 3))\"", "kind: \(kind)",
            "audience: [\((like?.audience ?? ["全体教职工", "全体学生", "学生家长"]).joined(separator: ", "))]", "team: \(team)",
            "category: \(category ?? ofDisease ?? usual ?? site.configuration.categories.first?.id ?? "××")",
            "issuer: \(quoted(office))",
            "date: \(files.today)", "status: draft",
        ]
        if let disease { lines.append("disease: \(disease)") }
        lines.append("summary: ××××。")
        let body = files.noticeBody(kind: kind, disease: disease, phone: contact)
        text = "---\n\(lines.joined(separator: "\n"))\n---\n\(body)"
        let stem = name ?? disease ?? padded(number, 3)
        path = "content/notices/\(files.today.year)/\(files.today)-\(stem).md"
    }

    /// Behind the highest number of the year: ids are YEAR-NUMBER.
    private static func nextNumber(_ site: Site, year: Int) -> Int {
        let numbers = site.notices.compactMap { notice -> Int? in
            let parts = notice.id.split(separator: "-")
            return parts.count == 2 && parts[0] == "\(year)" ? Int(parts[1]) : nil
        }
        return (numbers.max() ?? 0) + 1
    }
}
