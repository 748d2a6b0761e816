import Crypto
import Formats

/// A screen's size, and what it holds below a number of lines in the foot.
private struct ScreenRoom {
    let width: Int
    let height: Int

    /// Whether two lines of text may be set larger.
    var isWide: Bool { width * 2 >= height * 3 }

    func slides(feet: Int) -> Slides.Room { .of(width: width, height: height, feet: feet) }
}

/// One picture of a screen's cycle.
private struct ScreenSlide {
    let kind: String
    let slide: Slides.Slide
    let foot: [String]
}

extension SiteRenderer {
    /// Seconds that a slide stands.
    private static let pace = 12

    /// A page that turns its own pages, for a screen that nobody touches.
    func screenPage(_ number: Int) throws -> PageRecord {
        let screen = site.configuration.screens[number]
        guard case .page(let width, let height) = screen.form else {
            return PageRecord(title: screen.name, record: [:])
        }
        let (emergencies, others) = notices(on: screen)
        let isOn = screen.isOn(plan.local)
        let room = ScreenRoom(width: width, height: height)
        let slides =
            try emergencies.isEmpty
            ? isOn ? regularSlides(others, room) : [rest(screen, room)]
            : emergencies.flatMap { try noticeSlides($0, room) }
        let turning = turning(slides.count)
        let own: Record = [
            "name": .text(screen.name), "school": topName(room),
            "is_emergency": .flag(!emergencies.isEmpty),
            "is_resting": .flag(emergencies.isEmpty && !isOn),
            "width": .text("\(width)"), "height": .text("\(height)"), "is_upright": .flag(height > width),
            "as_of": .text(plan.local.day.chineseShort), "as_of_iso": .text("\(plan.local.day)"),
            "turning": turning.map(Value.text) ?? .absent,
            "turning_hash": .optional(turning.map { "sha256-\(base64(SHA256.hash(data: Array($0.utf8))))" }),
            "slides": .list(
                slides.enumerated().map { index, slide in
                    .record([
                        "kind": .text(slide.kind), "title": .list(slide.slide.title.map(Value.text)),
                        "lines": .list(slide.slide.lines.map(Value.text)),
                        "has_lines": .flag(!slide.slide.lines.isEmpty),
                        "is_short": .flag(room.isWide && slide.slide.lines.count < 3),
                        "foot": .list(slide.foot.map(Value.text)),
                        "place": .text("\(index + 1)/\(slides.count)"),
                    ])
                }),
            "script": .address("assets/screen.js"),
        ]
        return PageRecord(title: screen.name, asOf: plan.local.day, record: own)
    }

    /// What an LED strip shows: a line for each notice, or the emergency alone.
    func stripText(_ number: Int) -> [UInt8] {
        let (emergencies, others) = notices(on: site.configuration.screens[number])
        let lines = (emergencies + others).map { forms.text(of: $0).strip }
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    /// What a screen shows now. What is urgent takes the whole screen, at any hour.
    private func notices(on screen: Screen) -> (emergencies: [Int], others: [Int]) {
        let all = plan.channels.indices(for: .screen)
        let emergencies = all.filter { site.notices[$0].urgency == .emergency }
        return (emergencies, emergencies.isEmpty && screen.isOn(plan.local) ? all : [])
    }

    /// The school's name, where the line above the slides holds it beside the day and the clock.
    private func topName(_ room: ScreenRoom) -> Value {
        let name = site.configuration.name
        let width = name.reduce(0) { $0 + Slides.width($1) }
        return width + 17 <= room.slides(feet: 1).foot ? .text(name) : .absent
    }

    /// The style that shows one slide after the other; how many there are decides it, so it stands on the page, which names
    /// its hash (Content Security Policy Level 3, section 2.3.1). Nothing where one slide stands alone.
    private func turning(_ count: Int) -> String? {
        if count < 2 { return nil }
        let thousandths = 100_000 / count
        let share = "\(thousandths / 1000).\(padded(thousandths % 1000, 3))%"
        let delays = (0..<count).map { ".slide:nth-child(\($0 + 1)){animation-delay:\(($0 - count) * Self.pace)s}" }
        return ".slide{animation:turn \(count * Self.pace)s step-end infinite}\(delays.joined())"
            + "@keyframes turn{0%{visibility:visible}\(share){visibility:hidden}100%{visibility:hidden}}"
            + ".bar i{animation:fill \(Self.pace)s linear infinite}"
    }
}

extension SiteRenderer {
    /// Who is on duty, what is important, the figures, and everything else.
    private func regularSlides(_ shown: [Int], _ room: ScreenRoom) throws -> [ScreenSlide] {
        let important = shown.filter { site.notices[$0].urgency != .normal }
        let others = shown.filter { site.notices[$0].urgency == .normal }
        return try dutySlides(room) + important.flatMap { try noticeSlides($0, room) } + figureSlides(room)
            + others.flatMap { try noticeSlides($0, room) }
    }

    private func dutySlides(_ room: ScreenRoom) -> [ScreenSlide] {
        let shifts = site.duty.shifts(from: plan.local)
        let present = site.duty.shifts(at: plan.local)
        let duty = shifts.flatMap { shift in
            [
                (present.contains { $0.day == shift.day && $0.name == shift.name } ? "现在：" : "") + name(of: shift),
                "带班：\(shift.leader)", shift.phone.isEmpty ? "值班：\(shift.onDuty)" : "电话：\(shift.phone)",
            ]
        }
        return slides(
            "今日", "\(plan.local.day.chineseShort)值班", duty.isEmpty ? ["今天没有排班"] : duty, [], room)
    }

    private func figureSlides(_ room: ScreenRoom) -> [ScreenSlide] {
        let figures = figureSentences().compactMap { value -> String? in
            guard case .record(let record) = value, case .text(let name)? = record["name"],
                case .text(let sentence)? = record["sentence"]
            else { return nil }
            return "\(name)：\(sentence)"
        }
        let foot = newestReportDay.map { ["统计截至\($0.chinese)"] } ?? []
        return figures.isEmpty ? [] : slides("", "每日情况", figures, foot, room)
    }

    private func noticeSlides(_ index: Int, _ room: ScreenRoom) throws -> [ScreenSlide] {
        let facts = forms.facts(of: index)
        let notice = site.notices[index]
        let kind = notice.urgency == .emergency ? "紧急" : notice.urgency == .important ? "重要" : facts.kind
        let event = facts.event.map { ["时间：\($0.when)"] + ($0.place.isEmpty ? [] : ["地点：\($0.place)"]) } ?? []
        // The writer's own words for screens are all that is shown; else the whole text is, on as many slides as it takes.
        let texts =
            try notice.screenText.map { [$0] + event }
            ?? [facts.summary] + event + PlainLines.lines(of: forms.body(of: index))
        let contact = facts.contact.map { ["咨询\($0.phone)"] } ?? []
        return slides(kind, facts.title, texts, [facts.issuer, facts.date] + contact, room)
    }

    private func rest(_ screen: Screen, _ room: ScreenRoom) -> ScreenSlide {
        let title = Slides.wrap(site.configuration.name, width: room.slides(feet: 1).title)
        return ScreenSlide(kind: "", slide: .init(title: title, lines: []), foot: [site.configuration.title])
    }

    private func slides(
        _ kind: String, _ title: String, _ texts: [String], _ foot: [String], _ room: ScreenRoom
    ) -> [ScreenSlide] {
        // The place among the slides stands at the end of the foot.
        let lines = Slides.gathered(foot, width: room.slides(feet: 1).foot - 4)
        let own = room.slides(feet: max(1, lines.count))
        return Slides(title: title, texts: texts.filter { !$0.isEmpty }, room: own).slides.map {
            ScreenSlide(kind: kind, slide: $0, foot: lines)
        }
    }
}
