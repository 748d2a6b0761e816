import Formats
import Foundation
import Testing

@testable import Noticeboard

/// Who is on duty now: across midnight, on every form, and when that changes.
@Suite struct DutyTests {
    private static let roster = """
        日期,班次,带班领导,值班人员,电话
        2026-11-22,夜班 17:30–次日07:30,教务处主任,九年级组长,0000-5550108
        2026-11-23,白班 07:30–17:30,校长,一年级组长,0000-5550108
        2026-11-23,夜班 17:30–次日07:30,安全办主任,七年级组长,0000-5550108
        2026-11-24,白班 07:30–17:30,副校长（德育）,二年级组长,0000-5550108

        """

    /// By hours after 2026-11-23 00:00: who leads, and the hour at which another shift begins.
    @Test(arguments: [
        (2.0, "教务处主任", 7.5), (7.0, "教务处主任", 7.5), (7.5, "校长", 17.5), (17.5, "安全办主任", 31.5),
        (24, "安全办主任", 31.5), (26, "安全办主任", 31.5), (31.5, "副校长（德育）", 41.5),
    ])
    func everyFormSaysWhoIsOnDuty(_ hour: Double, _ leader: String, _ next: Double) throws {
        let midnight = Sample.now.seconds - 30_600
        let files = Sample.tree.files.filter { !$0.path.hasPrefix("content/duty/") }
        let tree = SourceTree(files + [.init(path: "content/duty/2026-11.csv", bytes: Array(DutyTests.roster.utf8))])
        let (pages, renderer, _) = Sample.build(tree, now: Moment(seconds: midnight + Int(hour * 3600)))
        let latest = String(decoding: try #require(pages["latest.json"]), as: UTF8.self)
        let said = latest[try #require(latest.range(of: "\"on_duty\"")).upperBound...]
        #expect(said.firstMatch(of: /"leader": ?"([^"]*)"/)?.1 == Substring(leader))
        for route in ["index.html", "duty.html"] {
            #expect(try DutyTests.firstLeader(pages[route]) == leader, "\(route)")
        }
        let change = try #require(renderer.plan.site.duty.nextChange(after: renderer.plan.local))
        #expect(change == LocalTime(DutyTests.day.adding(Int(next) / 24), secondOfDay: Int(next * 3600) % 86_400))
        #expect(try #require(renderer.plan.nextChange).seconds <= midnight + Int(next * 3600))
    }

    private static let day = Day(year: 2026, month: 11, day: 23)!

    /// The first of the roster's leaders that a page names.
    private static func firstLeader(_ page: [UInt8]?) throws -> String? {
        let text = String(decoding: try #require(page), as: UTF8.self)
        let main = text[try #require(text.range(of: "<main")).lowerBound...]
        let leaders = ["教务处主任", "安全办主任", "副校长（德育）", "校长"]
        let found = leaders.compactMap { name in main.range(of: "带班：\(name)<").map { ($0.lowerBound, name) } }
        return found.min { $0.0 < $1.0 }?.1
    }

    /// Hours as rosters have them; what is not understood is told.
    @Test(arguments: [
        ("17:30–次日07:30", "17:30", "07:30"), ("17:30–31:30", "17:30", "07:30"), ("晚10点—早6点", "22:00", "06:00"),
        ("17时30分至次日7时30分", "17:30", "07:30"), ("17.30-7.30", "17:30", "07:30"), ("5:30PM-7:30AM", "17:30", "07:30"),
        ("下午5:30至次日早7:30", "17:30", "07:30"), ("22：00－06：00", "22:00", "06:00"), ("上午6时至晚10时", "06:00", "22:00"),
        ("5 PM–7", nil, nil), ("第1组", nil, nil), ("17:30起", nil, nil),
    ])
    func hoursOfShifts(_ hours: String, _ start: String?, _ end: String?) throws {
        let text = "日期,班次,带班领导,值班人员,电话\n2026-11-23,夜班 \(hours),校长,一年级组长,0000-5550108\n"
        let files = Sample.tree.files.filter { !$0.path.hasPrefix("content/duty/") }
        let tree = SourceTree(files + [.init(path: "content/duty/2026-11.csv", bytes: Array(text.utf8))])
        let (_, renderer, diagnostics) = Sample.build(tree)
        let read = try #require(renderer.plan.site.duty.shifts.first).hours
        func clock(_ seconds: Int) -> String { LocalTime(DutyTests.day, secondOfDay: seconds % 86_400).clock }
        #expect(read.map { clock($0.lowerBound) } == start && read.map { clock($0.upperBound) } == end)
        #expect(diagnostics.contains { $0.id == "duty.hours" } == (start == nil))
    }
}
