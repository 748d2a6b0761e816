import Formats

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
        let shown = plan.channels.filter { $0.channels.contains(.screen) }.map(\.index)
        let emergencies = shown.filter { site.notices[$0].urgency == .emergency }
        let isOn = screen.isOn(plan.local)
        let room = Slides.Room.of(width: width, height: height)
        // What is urgent takes the whole screen, at any hour.
        let slides =
            try emergencies.isEmpty
            ? isOn ? today(room) + shown.flatMap { try noticeSlides($0, room) } : [rest(screen, room)]
            : emergencies.flatMap { try noticeSlides($0, room) }
        let own: Record = [
            "name": .text(screen.name), "is_emergency": .flag(!emergencies.isEmpty),
            "is_resting": .flag(emergencies.isEmpty && !isOn),
            "width": .text("\(width)"), "height": .text("\(height)"), "is_upright": .flag(height > width),
            "as_of": .text(plan.local.day.chineseShort), "as_of_iso": .text("\(plan.local.day)"),
            "cycle": .text("\(slides.count * Self.pace)s"), "pace": .text("\(Self.pace)s"),
            "turn": .text(percent(1, of: slides.count)), "is_turning": .flag(slides.count > 1),
            "slides": .list(
                slides.enumerated().map { index, slide in
                    .record([
                        "kind": .text(slide.kind), "title": .list(slide.slide.title.map(Value.text)),
                        "lines": .list(slide.slide.lines.map(Value.text)),
                        "has_lines": .flag(!slide.slide.lines.isEmpty),
                        "foot": .list(slide.foot.map(Value.text)),
                        "delay": .text("\((index - slides.count) * Self.pace)s"),
                        "place": .text("\(index + 1)/\(slides.count)"),
                    ])
                }),
            "script": .address("assets/screen.js"),
        ]
        return PageRecord(title: screen.name, asOf: plan.local.day, record: own)
    }

    /// What an LED strip shows: a line for each notice, or the emergency alone.
    func stripText(_ number: Int) -> [UInt8] {
        let shown = plan.channels.filter { $0.channels.contains(.screen) }.map(\.index)
        let emergencies = shown.filter { site.notices[$0].urgency == .emergency }
        let isOn = site.configuration.screens[number].isOn(plan.local)
        let lines = (emergencies.isEmpty ? isOn ? shown : [] : emergencies).map { forms.text(of: $0).strip }
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    private func percent(_ part: Int, of whole: Int) -> String {
        let thousandths = part * 100_000 / max(1, whole)
        return "\(thousandths / 1000).\(padded(thousandths % 1000, 3))%"
    }
}

extension SiteRenderer {
    /// The day, who is on duty, and the figures.
    private func today(_ room: Slides.Room) -> [ScreenSlide] {
        let shifts = site.duty.shifts.filter { $0.day == plan.local.day }
        let duty = shifts.flatMap { shift in
            [shift.name, "带班：\(shift.leader)", shift.phone.isEmpty ? "值班：\(shift.onDuty)" : "电话：\(shift.phone)"]
        }
        let figures = figureSentences().compactMap { value -> String? in
            guard case .record(let record) = value, case .text(let name)? = record["name"],
                case .text(let sentence)? = record["sentence"]
            else { return nil }
            return "\(name)：\(sentence)"
        }
        let foot = newestReportDay.map { ["统计截至\($0.chinese)"] } ?? []
        return slides("今日", "\(plan.local.day.chineseShort)值班", duty.isEmpty ? ["今天没有排班"] : duty, [], room)
            + (figures.isEmpty ? [] : slides("", "每日情况", figures, foot, room))
    }

    private func noticeSlides(_ index: Int, _ room: Slides.Room) throws -> [ScreenSlide] {
        let facts = forms.facts(of: index)
        let notice = site.notices[index]
        let kind = notice.urgency == .emergency ? "紧急" : notice.urgency == .important ? "重要" : facts.kind
        let event = facts.event.map { ["时间：\($0.when)", "地点：\($0.place)"] } ?? []
        // The writer's own words for screens are all that is shown; else the whole text is, on as many slides as it takes.
        let texts =
            try notice.screenText.map { [$0] + event }
            ?? [facts.summary] + event + PlainLines.lines(of: forms.body(of: index))
        let contact = facts.contact.map { ["咨询\($0.phone)"] } ?? []
        return slides(kind, facts.title, texts, [facts.issuer, facts.date] + contact, room)
    }

    private func rest(_ screen: Screen, _ room: Slides.Room) -> ScreenSlide {
        let title = Slides.wrap(site.configuration.name, width: room.title)
        return ScreenSlide(kind: "", slide: .init(title: title, lines: []), foot: [site.configuration.title])
    }

    private func slides(
        _ kind: String, _ title: String, _ texts: [String], _ foot: [String], _ room: Slides.Room
    ) -> [ScreenSlide] {
        Slides(title: title, texts: texts.filter { !$0.isEmpty }, room: room).slides.map {
            ScreenSlide(kind: kind, slide: $0, foot: foot)
        }
    }
}
