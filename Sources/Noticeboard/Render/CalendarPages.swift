import Formats

extension SiteRenderer {
    /// A calendar for telephones and computers, whose events keep their ids.
    func calendar(_ subject: CalendarSubject) -> [UInt8] {
        let name =
            switch subject {
            case .duty: "\(site.configuration.name)值班表"
            case .events: "\(site.configuration.name)活动安排"
            }
        var calendar = ICalendar(name: name, product: "Noticeboard")
        switch subject {
        case .duty: for shift in site.duty.shifts { calendar.add(event(shift)) }
        case .events: for notice in plan.channels { if let event = event(notice.index) { calendar.add(event) } }
        }
        return calendar.bytes
    }

    private func event(_ shift: DutyRoster.Shift) -> ICalendar.Event {
        let midnight = site.configuration.zone.moment(LocalTime(shift.day)).seconds
        let span: ICalendar.Span =
            shift.hours.map {
                .time(Moment(seconds: midnight + $0.lowerBound), Moment(seconds: midnight + $0.upperBound))
            } ?? .days(shift.day, shift.day)
        let words = [
            shift.onDuty.isEmpty ? nil : "值班：\(shift.onDuty)", shift.phone.isEmpty ? nil : "电话：\(shift.phone)",
        ]
        return ICalendar.Event(
            uid: "duty-\(shift.day)-\(String(Fingerprint(shift.name).value, radix: 36))@\(host)",
            stamp: Moment(seconds: midnight), span: span, summary: "\(shift.name) 带班\(shift.leader)",
            description: words.compactMap(\.self).joined(separator: "\n"), url: site.configuration.address + "duty.html"
        )
    }

    private func event(_ index: Int) -> ICalendar.Event? {
        let notice = site.notices[index]
        guard let event = notice.event else { return nil }
        let end = event.end
        let span: ICalendar.Span =
            event.start.isDay
            ? .days(event.start.day, max(event.start.day, end?.day ?? event.start.day))
            : .time(event.start.moment, end.map { $0.isDay ? Moment(seconds: $0.moment.seconds + 86_400) : $0.moment })
        let address = site.configuration.address + percentEncoded(notice.route)
        return ICalendar.Event(
            uid: "notice-\(percentEncoded(notice.id))@\(host)", stamp: updateTime(of: notice), span: span,
            summary: notice.title, place: event.place, description: "\(notice.summary)\n\(address)", url: address)
    }

    /// The site's host, for ids that nobody else gives.
    private var host: String {
        let rest = site.configuration.address.split(separator: "/").dropFirst().first ?? "localhost"
        return String(rest.prefix { $0 != ":" })
    }
}
