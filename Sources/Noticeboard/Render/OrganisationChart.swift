import Formats

/// The organisation as a tree: leading group on top, partners beside it, the teams below. Its words stand in the page
/// as a list too, so the drawing is hidden from screen readers.
struct OrganisationChart {
    let site: Site

    func svg() -> Markup {
        var svg = SVG(width: width, height: 470)
        let group = site.organisation
        svg.box(x: width / 2 - 190, y: 10, width: 380, height: 104, class: "chart-root")
        svg.text(x: width / 2, y: 40, group.leadingGroupName, class: "chart-title")
        svg.text(x: width / 2, y: 68, line(role: "组长"), class: "chart-text")
        svg.text(x: width / 2, y: 92, line(role: "副组长"), class: "chart-small")
        partners(&svg)
        teams(&svg)
        return Markup(svg.finished(hidden: true))
    }
}

extension OrganisationChart {
    private var width: Int { max(1080, site.teams.count * 180) }

    private func line(role: String) -> String {
        let posts = site.organisation.posts.filter { $0.role == role }.map(\.post)
        return posts.isEmpty ? "" : "\(role)：\(posts.joined(separator: "、"))".shortened(to: role == "组长" ? 20 : 27)
    }

    private func partners(_ svg: inout SVG) {
        let partners = site.organisation.partners.prefix(4)
        for (index, partner) in partners.enumerated() {
            let y = 14 + index * 34
            svg.box(x: width - 250, y: y, width: 250, height: 28, class: "chart-partner")
            svg.text(x: width - 125, y: y + 19, partner.name.shortened(to: 16), class: "chart-small")
        }
        if !partners.isEmpty { svg.line(width / 2 + 190, 62, width - 250, 62, class: "chart-dashed") }
    }

    private func teams(_ svg: inout SVG) {
        guard !site.teams.isEmpty else { return }
        let step = width / site.teams.count
        let center = { (index: Int) in step * index + step / 2 }
        svg.line(width / 2, 114, width / 2, 150, class: "chart-line")
        svg.line(center(0), 150, center(site.teams.count - 1), 150, class: "chart-line")
        for (index, team) in site.teams.enumerated() { box(team, center: center(index), step: step, &svg) }
    }

    private func box(_ team: Team, center: Int, step: Int, _ svg: inout SVG) {
        svg.line(center, 150, center, 180, class: "chart-line")
        svg.box(x: center - step / 2 + 6, y: 180, width: step - 12, height: 284, class: "chart-team")
        svg.text(x: center, y: 210, team.name, class: "chart-title")
        var y = 240
        let units = team.units.map { $0.name == "grades" ? "各年级" : site.organisation.office($0.name)?.short ?? $0.name }
        let blocks = [
            (team.unitLabel, units), ("组长", team.leaders), ("副组长", team.deputies), ("成员", team.members),
        ]
        for (label, names) in blocks where !names.isEmpty {
            svg.text(x: center, y: y, label, class: "chart-label")
            y += 20
            for line in lines(names) {
                svg.text(x: center, y: y, line, class: "chart-small")
                y += 19
            }
            y += 5
        }
    }

    /// Names put on lines of at most eleven characters, three lines at most.
    private func lines(_ names: [String]) -> [String] {
        var lines: [String] = []
        for name in names {
            if let last = lines.last, last.count + name.count < 11 {
                lines[lines.count - 1] = last + "、" + name
            } else {
                lines.append(name.shortened(to: 12))
            }
        }
        return lines.count > 3 ? Array(lines.prefix(2)) + [lines[2].shortened(to: 10) + "等"] : lines
    }
}

extension String {
    func shortened(to count: Int) -> String { self.count <= count ? self : prefix(count - 1) + "…" }
}
