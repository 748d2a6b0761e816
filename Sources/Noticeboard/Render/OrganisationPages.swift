import Formats

extension SiteRenderer {
    func organisationPage() -> PageRecord {
        let organisation = site.organisation
        let record: Record = [
            "group_name": .text(organisation.leadingGroupName),
            "posts": .list(
                postsByRole().map { role, posts in
                    .record(["role": .text(role), "posts": .text(posts.joined(separator: "、"))])
                }),
            "duties": .list(organisation.duties.map(Value.text)),
            "teams": .list(site.teams.map { .record(teamRecord($0)) }),
            "chart": .markup(OrganisationChart(site: site).svg()),
            "partners": .list(
                organisation.partners.map { partner in
                    .record([
                        "name": .text(partner.name), "role": .text(partner.role), "does": .text(partner.does),
                        "phone": .optional(partner.phone),
                    ])
                }),
            "offices": .list(officeValues(.office)), "grades": .list(officeValues(.grade)),
            "has_duties": .flag(!organisation.duties.isEmpty), "has_teams": .flag(!site.teams.isEmpty),
            "has_partners": .flag(!organisation.partners.isEmpty), "has_offices": .flag(!organisation.offices.isEmpty),
            "duties_page": .address("duties.html"),
        ]
        return PageRecord(title: wording.text(.organisationHeading), section: "organisation.html", record: record)
    }

    /// The matrix: which office or grade answers for which team, and all duties below.
    func dutiesPage() -> PageRecord {
        let offices = site.organisation.offices.filter { $0.kind == .office }.map { (name: $0.name, ids: [$0.id]) }
        let grades = site.organisation.offices.filter { $0.kind == .grade }.map(\.id)
        let rows = offices + (grades.isEmpty ? [] : [(name: "各年级", ids: grades + ["grades"])])
        let record: Record = [
            "teams": .list(site.teams.map { .record(teamRecord($0)) }),
            "rows": .list(
                rows.map { row in
                    .record([
                        "office": .text(row.name),
                        "cells": .list(
                            site.teams.map { team in
                                let isResponsible = team.units.contains { row.ids.contains($0.name) }
                                return .record(["is_responsible": .flag(isResponsible), "label": .text(team.unitLabel)])
                            }),
                    ])
                }),
            "count": .text("\(site.teams.reduce(0) { $0 + $1.duties.count })"),
            "organisation_page": .address("organisation.html"),
        ]
        return PageRecord(title: wording.text(.duties), section: "organisation.html", record: record)
    }

    func teamPage(_ team: Team) throws -> PageRecord {
        let notices = plan.index.published.filter { site.notices[$0].facts.team == Fingerprint(team.id) }
        let record = teamRecord(team).adding([
            "body": .markup(phones.added(to: try LinkTargets.markup(team.body, from: team.source.path, tree: tree))),
            "notices": noticeItems(notices.prefix(5)), "all_notices": .address("notices/team/\(team.id).html"),
            "organisation_page": .address("organisation.html"),
        ])
        return PageRecord(
            title: team.name, description: team.summary, section: "organisation.html", record: record)
    }

    /// The names of a team's units, as the site shows them.
    func unitNames(of team: Team) -> [String] {
        team.units.map { $0.name == "grades" ? "各年级" : site.organisation.office($0.name)?.name ?? $0.name }
    }
}

extension SiteRenderer {
    private func teamRecord(_ team: Team) -> Record {
        let route = Route.ofSource(team.source.path)
        return [
            "name": .text(team.name), "name_en": .optional(team.nameInEnglish), "href": .address(route),
            "summary": .text(team.summary), "unit_label": .text(team.unitLabel),
            "units": .text(unitNames(of: team).joined(separator: "、")),
            "leaders": .text(team.leaders.joined(separator: "、")),
            "deputies": .text(team.deputies.joined(separator: "、")),
            "members": .text(team.members.joined(separator: "、")),
            "duties": .list(
                team.duties.map { duty in
                    .record(["text": .text(duty.text), "href": .address("\(route)#\(duty.anchor)")])
                }),
        ]
    }

    private func postsByRole() -> [(String, [String])] {
        var roles: [(String, [String])] = []
        for post in site.organisation.posts {
            if let index = roles.firstIndex(where: { $0.0 == post.role }) {
                roles[index].1.append(post.post)
            } else {
                roles.append((post.role, [post.post]))
            }
        }
        return roles
    }

    private func officeValues(_ kind: Organisation.Office.Kind) -> [Value] {
        site.organisation.offices.filter { $0.kind == kind }.map { office in
            .record(["name": .text(office.name), "head": .optional(office.head), "phone": .optional(office.phone)])
        }
    }
}
