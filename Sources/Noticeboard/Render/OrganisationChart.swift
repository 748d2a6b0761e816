import Formats

/// The organisation as a tree: leading group on top, partners beside it, the teams below. Its words stand in the page
/// as a list too, so the drawing is hidden from screen readers.
struct OrganisationChart {
    let site: Site

    func svg() -> Markup {
        var svg = SVG(width: width, height: 510)
        leadingGroup(&svg)
        partners(&svg)
        teams(&svg)
        return Markup(svg.finished(hidden: true))
    }
}

extension OrganisationChart {
    private var width: Int { max(1080, site.teams.count * 180) }

    private func leadingGroup(_ svg: inout SVG) {
        svg.box(x: width / 2 - 190, y: 10, width: 380, height: 124, class: "chart-root")
        svg.text(x: width / 2, y: 40, site.organisation.leadingGroupName, class: "chart-title")
        svg.text(x: width / 2, y: 68, "组长：" + posts("组长").joined(separator: "、").shortened(to: 18), class: "chart-text")
        for (index, line) in wrapped(posts("副组长"), width: 22, lines: 2).enumerated() {
            svg.text(x: width / 2, y: 94 + index * 22, (index == 0 ? "副组长：" : "") + line, class: "chart-small")
        }
    }

    private func posts(_ role: String) -> [String] {
        site.organisation.posts.filter { $0.role == role }.map(\.post)
    }

    private func partners(_ svg: inout SVG) {
        let partners = site.organisation.partners.prefix(4)
        for (index, partner) in partners.enumerated() {
            let y = 24 + index * 34
            svg.box(x: width - 250, y: y, width: 250, height: 28, class: "chart-partner")
            svg.text(x: width - 125, y: y + 19, partner.name.shortened(to: 16), class: "chart-small")
        }
        if !partners.isEmpty { svg.line(width / 2 + 190, 72, width - 250, 72, class: "chart-dashed") }
    }

    private func teams(_ svg: inout SVG) {
        guard !site.teams.isEmpty else { return }
        let step = width / site.teams.count
        let center = { (index: Int) in step * index + step / 2 }
        svg.line(width / 2, 134, width / 2, 170, class: "chart-line")
        svg.line(center(0), 170, center(site.teams.count - 1), 170, class: "chart-line")
        for (index, team) in site.teams.enumerated() { box(team, center: center(index), step: step, &svg) }
    }

    private func box(_ team: Team, center: Int, step: Int, _ svg: inout SVG) {
        svg.line(center, 170, center, 200, class: "chart-line")
        svg.box(x: center - step / 2 + 6, y: 200, width: step - 12, height: 304, class: "chart-team")
        svg.text(x: center, y: 230, team.name, class: "chart-title")
        var y = 260
        let units = team.units.map { $0.name == "grades" ? "各年级" : site.organisation.office($0.name)?.short ?? $0.name }
        let blocks = [
            (team.unitLabel, units), ("组长", team.leaders), ("副组长", team.deputies), ("成员", team.members),
        ]
        for (label, names) in blocks where !names.isEmpty {
            svg.text(x: center, y: y, label, class: "chart-label")
            y += 20
            for line in wrapped(names, width: 11, lines: 4) {
                svg.text(x: center, y: y, line, class: "chart-small")
                y += 19
            }
            y += 5
        }
    }

    /// Names put on lines of at most `width` characters; what does not fit on `lines` of them ends in 等.
    private func wrapped(_ names: [String], width: Int, lines limit: Int) -> [String] {
        var lines: [String] = []
        for name in names {
            if let last = lines.last, last.count + name.count < width {
                lines[lines.count - 1] = last + "、" + name
            } else {
                lines.append(name.shortened(to: width + 1))
            }
        }
        for index in lines.indices.dropLast() { lines[index] += "、" }
        if lines.count <= limit { return lines }
        return lines.prefix(limit - 1) + [lines[limit - 1].shortened(to: width - 1) + "等"]
    }
}

extension String {
    func shortened(to count: Int) -> String { self.count <= count ? self : prefix(count - 1) + "…" }
}
