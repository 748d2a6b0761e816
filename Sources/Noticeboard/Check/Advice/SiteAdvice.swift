import Formats
import Statistics

/// What makes a site better and is no mistake: `check` tells it, a build does not.
public struct SiteAdvice: Sendable {
    let plan: SitePlan
    let tree: SourceTree

    var site: Site { plan.site }

    public init(_ plan: SitePlan, tree: SourceTree) {
        self.plan = plan
        self.tree = tree
    }

    public func diagnostics() throws -> [Diagnostic] {
        try
            (texts() + oldLinks() + contacts() + teams() + attachments() + DutyAdvice(site.duty).diagnostics + reports())
            .ordered()
    }

    /// The addresses outside the site that a page leads to. None is asked for.
    public func outsideLinks(in page: [UInt8]) -> [String] {
        let text = String(decoding: page, as: UTF8.self)
        let all = text.matches(of: /<a [^>]*href="(https?:\/\/[^"]+)"/).map { String($0.1) }
        return all.filter { !$0.hasPrefix(site.configuration.address) }
    }
}

extension SiteAdvice {
    private func texts() throws -> [Diagnostic] {
        let notices = try site.notices.indices.filter { plan.states[$0] == .published || plan.states[$0] == .scheduled }
            .flatMap { index in
                let notice = site.notices[index]
                let source = try tree.source(notice.path)
                return TextAdvice(source).diagnostics + longTitle(notice.title, source)
            }
        return notices + site.pages.flatMap { TextAdvice($0.source).diagnostics }
    }

    /// A title takes two lines of 22 characters on the board, and a telephone shows no more.
    private func longTitle(_ title: String, _ source: SourceFile) -> [Diagnostic] {
        // Two Latin letters are as wide as one Han character.
        guard title.unicodeScalars.reduce(0, { $0 + ($1.value < 0x2E80 ? 1 : 2) }) > 88 else { return [] }
        return [
            source.warning(
                "advice.long-title", at: source.line(at: 0), "标题有\(title.count)个字，张贴和手机上都会很长。",
                "The title has \(title.count) characters.", fix: .init("缩到44个字以内。", "Keep it within 44."))
        ]
    }

    /// Links from pages, and from notices that hold, to notices that do not hold any more.
    private func oldLinks() throws -> [Diagnostic] {
        let states = Dictionary(
            zip(site.notices, plan.states).map { ($0.path, $1) }
        ) { first, _ in first }
        let notices = try site.notices.indices.filter { plan.states[$0] == .published }.flatMap { index in
            let notice = site.notices[index]
            let source = try tree.source(notice.path)
            return notice.links.compactMap { old($0, states, source) }
        }
        return notices + site.pages.flatMap { page in page.body.links.compactMap { old($0, states, page.source) } }
    }

    private func old(_ link: Document.Link, _ states: [String: NoticeState], _ source: SourceFile) -> Diagnostic? {
        let word: (zh: String, en: String)
        switch states[link.target(from: source.path)] {
        case .expired: word = ("已失效", "has expired")
        case .withdrawn: word = ("已撤回", "was withdrawn")
        case .superseded: word = ("已被新的通知替代", "was replaced by a newer one")
        default: return nil
        }
        return source.warning(
            "advice.old-link", at: link.range, "链接的通知\(word.zh)。", "The linked notice \(word.en).",
            fix: .init("改链到现行的通知，或删去链接。", "Link to the one that holds, or remove the link.")
        ).fixed(by: source.removingLink(to: link.path, in: link.range))
    }

    /// Files that a person must look into, because the program does not.
    private func attachments() -> [Diagnostic] {
        let kinds = [".doc", ".docx", ".ppt", ".pptx", ".pdf", ".wps", ".zip", ".mp3", ".mp4"]
        return site.files.keys.sorted().filter { name in kinds.contains(where: name.lowercased().hasSuffix) }.map {
            name in
            Diagnostic(
                .warning, "advice.not-looked-into", in: Route.contentPrefix + name, "程序看不到这种附件里面的内容。",
                "What is in this kind of attachment is not looked into.",
                fix: .init(
                    "请人打开看一遍：有没有姓名、病情、住址、批注和作者。",
                    "Have somebody open it: names, illnesses, addresses, comments, author."))
        }
    }

    /// Whether a telephone is answered now is told only where its hours are understood.
    private func contacts() throws -> [Diagnostic] {
        let source = try tree.source("content/organisation.yml")
        return site.organisation.contacts.filter { !$0.hours.isEmpty && OpeningHours($0.hours) == nil }.map { contact in
            let place = source.bytes.firstRange(of: Array(contact.hours.utf8)) ?? source.line(at: 0)
            return source.warning(
                "advice.hours", at: place, "看不懂“\(contact.name)”的接听时间，网页上不能提示现在有没有人接听。",
                "The hours of “\(contact.name)” are not understood, so nobody is told whether it is answered now.",
                fix: .init(
                    "写成“全天24小时”“每天 7:00–21:00”“上学日 7:30–17:30”“周一至周五 17:30–次日8:00，周末全天”的样子。",
                    "Write them like 每天 7:00–21:00, or 周一至周五 17:30–次日8:00，周末全天."))
        }
    }

    private func teams() -> [Diagnostic] {
        site.teams.flatMap { team -> [Diagnostic] in
            func advice(_ id: String, _ zh: String, _ en: String, _ field: String) -> Diagnostic {
                team.source.warning(
                    id, at: team.source.line(at: 0), "“\(team.name)”\(zh)。", "“\(team.name)” \(en).",
                    fix: .init("在文首补上\(field)。", "Add \(field) to its fields."))
            }
            return (team.leaders.isEmpty ? [advice("advice.no-leader", "没有组长", "has no leader", "leaders")] : [])
                + (team.units.isEmpty
                    ? [advice("advice.no-unit", "没有责任单位，职责没有人承担", "has no unit, so nobody owns its duties", "units")]
                    : [])
        }
    }

    /// Datasets that are reported every day, and have not been when it was due; classes that have not reported.
    private func reports() -> [Diagnostic] {
        var missing: [Day: [DatasetDefinition]] = [:]
        let units = site.datasets.flatMap { dataset -> [Diagnostic] in
            let days = Set(
                dataset.paths.compactMap { path -> Day? in
                    if case .day(let day) = DateReading(String(path.split(separator: "/").last?.dropLast(4) ?? "")) {
                        day
                    } else {
                        nil
                    }
                })
            let expected = lastDue(dataset.definition.secondOfDue ?? 86_400)
            var found: [Diagnostic] = []
            if (1...7).contains(where: { days.contains(expected.adding(-$0)) }), !days.contains(expected) {
                missing[expected, default: []].append(dataset.definition)
            }
            if let last = dataset.attendance.max(by: { $0.day < $1.day }), !last.missing.isEmpty {
                found.append(missingUnits(dataset.definition, last))
            }
            return found
        }
        return missing.map { noReport($0.value, $0.key) } + units
    }

    /// The last school day whose report is due by now. Holidays are not known; weekends are.
    private func lastDue(_ seconds: Int) -> Day {
        var day = plan.local.secondOfDay >= seconds ? plan.local.day : plan.local.day.adding(-1)
        while day.weekday == 0 || day.weekday == 6 { day = day.adding(-1) }
        return day
    }
}

/// One for all datasets of a day: on a holiday, none of them is reported.
private func noReport(_ definitions: [DatasetDefinition], _ day: Day) -> Diagnostic {
    let files = definitions.count == 1 ? definitions[0].path(of: day) : "content/statistics"
    return Diagnostic(
        .warning, "advice.report-missing", in: files,
        "\(day.chinese)应报而未报：\(definitions.map(\.name).joined(separator: "、"))（未报不是0）。",
        "Not reported for \(day), which is not zero: \(definitions.map(\.id).joined(separator: ", ")).",
        fix: .init(
            "催报后用noticeboard import导入；放假就不用处理。", "Ask for it and run noticeboard import; ignore it on a holiday."))
}

private func missingUnits(_ definition: DatasetDefinition, _ attendance: ReportAttendance) -> Diagnostic {
    let names = attendance.missing.joined(separator: "、")
    return Diagnostic(
        .warning, "advice.units-missing", in: definition.path(of: attendance.day),
        "\(attendance.day.chinese)还有\(attendance.missing.count)个没有报（未报不是0）：\(names)。",
        "\(attendance.missing.count) units have not reported: \(names).",
        fix: .init("催报后用noticeboard import补上。", "Ask for them and run noticeboard import."))
}
