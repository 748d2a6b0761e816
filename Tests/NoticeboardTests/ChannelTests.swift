import Formats
import Foundation
import Testing

@testable import Noticeboard

/// Where notices go, and what becomes of them there.
@Suite struct ChannelTests {
    /// 3GPP TS 23.040: 70 units in one message, 67 in each of several; a sign outside the basic plane takes two.
    @Test(arguments: [(0, 1), (70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)])
    func messagesAreCounted(_ units: Int, _ parts: Int) {
        let length = MessageLength(String(repeating: "字", count: units))
        #expect(length.units == units && length.parts == parts)
        if units % 2 == 0 {
            let faces = MessageLength(String(repeating: "😷", count: units / 2))
            #expect(faces.units == units && faces.parts == parts)
        }
    }

    @Test(arguments: [
        ("通知", Notice.Urgency.normal, "site board wechat group"), ("通知", .important, "site board screen wechat group"),
        ("通知", .emergency, "site board screen wechat group sms"), ("提示", .normal, "site wechat"),
        ("提示", .emergency, "site screen wechat sms"),
    ])
    func usualChannels(_ kind: String, _ urgency: Notice.Urgency, _ expected: String) {
        var settings = ChannelSettings()
        settings.byKind = ["提示": [.site, .wechat]]
        let usual = settings.usual(kind: kind, urgency: urgency)
        #expect(Channel.allCases.filter(usual.contains).map(\.rawValue).joined(separator: " ") == expected)
    }

    /// Every character of a text is on some slide, in order; no slide holds more than it has room for.
    @Test(arguments: 0..<60)
    func slidesLoseNothing(_ seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        let signs = [
            "发", "热，", "诊。", "（甲）", "（乙），", "a", "W", "9月", "–", "https://a.cn/b 见", "2026年11月23日", "7:50–8:20",
        ]
        func text(_ limit: Int) -> String {
            (0..<Int.random(in: 1...limit, using: &random)).map { _ in signs.randomElement(using: &random)! }.joined()
        }
        let room = [Slides.Room.of(width: 1920, height: 1080), .of(width: 1080, height: 1920)][seed % 2]
        let (title, texts) = (text(60), (0..<4).map { _ in text(300) })
        let slides = Slides(title: title, texts: texts, room: room).slides
        func bare(_ text: String) -> String { String(text.filter { $0 != " " }) }
        let shown = bare(slides.flatMap(\.lines).joined())
        let hasTitle = !(slides.first?.title.isEmpty ?? true)
        #expect(shown == bare((hasTitle ? "" : title) + texts.joined()))
        for slide in slides {
            #expect(slide.title.count + slide.lines.count <= room.lines)
            if hasTitle { #expect(bare(slide.title.joined()) == bare(title)) }
            for line in slide.lines {
                let width = line.reduce(0.0) { $0 + ($1.isASCII || $1 == "–" ? $1 == "W" ? 1 : 0.65 : 1) }
                #expect(width <= room.text + 0.01 && !"，。）".contains(line.first ?? "a") || line.count < 3, "\(line)")
            }
        }
    }

    @Test(arguments: [
        ("6:00", "06:30", 0), ("6:30", "18:30", 0), ("12:00", "18:30", 0), ("18:30", "06:30", 1), ("23:59", "06:30", 1),
    ])
    func screensGoOnAndOff(_ now: String, _ next: String, _ days: Int) throws {
        func seconds(_ text: String) -> Int {
            let parts = text.split(separator: ":").map { Int($0)! }
            return parts[0] * 3600 + parts[1] * 60
        }
        let screen = Screen(id: "a", name: "a", form: .strip, hours: 6 * 3600 + 1800..<18 * 3600 + 1800)
        let day = try #require(Day(year: 2026, month: 11, day: 23))
        let time = LocalTime(day, secondOfDay: seconds(now))
        #expect(screen.isOn(time) == (seconds(now) >= seconds("6:30") && seconds(now) < seconds("18:30")))
        #expect(screen.nextChange(after: time) == LocalTime(day.adding(days), secondOfDay: seconds(next)))
        #expect(Screen(id: "a", name: "a", form: .strip, hours: nil).nextChange(after: time) == nil)
    }

    /// A notice that holds has its forms; one that does not has none, whatever channels it names.
    @Test(arguments: [
        ("", true), ("expires_at: 2026-11-10", false), ("status: withdrawn\nwithdrawn: 有误", false),
        ("status: draft", false),
        ("publish_at: 2026-11-24", false), ("status: removed", false),
    ])
    func formsFollowTheNotice(_ field: String, _ isThere: Bool) {
        let text =
            "---\ntitle: 渠道\nid: C1\nkind: 通知\nissuer: 安全办\ndate: 2026-11-01\nteam: isolation\ncategory: epidemic\nchannels: [site, board, screen, wechat, group, sms]\n\(field)\n---\n独特的正文。\n"
        let tree = SourceTree(
            Sample.tree.files + [.init(path: "content/notices/2026/channel.md", bytes: Array(text.utf8))])
        let pages = Sample.build(tree).pages
        for form in ["print.html", "poster.html", "wechat.html", "group.txt", "sms.txt", "strip.txt"] {
            #expect((pages["notices/2026/channel/\(form)"] != nil) == isThere, "\(form)")
        }
        #expect((pages["desk/2026/channel.html"] != nil) == isThere)
        let screen = String(decoding: pages["screens/hall.html"] ?? [], as: UTF8.self)
        #expect(screen.contains("独特的正文") == isThere)
    }

    /// The editor of WeChat loses lists within lists: an article has none, and all their items in their order.
    @Test func articlesHaveNoListsWithinLists() throws {
        let text =
            "---\ntitle: 渠道\nid: C1\nkind: 通知\nissuer: 安全办\ndate: 2026-11-01\nteam: isolation\ncategory: epidemic\nchannels: [site, wechat]\nsummary: 列表\n---\n1. 甲\n   - 乙\n     1. 丙\n   - 丁\n2. 戊\n"
        let tree = SourceTree(
            Sample.tree.files + [.init(path: "content/notices/2026/channel.md", bytes: Array(text.utf8))])
        let page = try #require(Sample.build(tree).pages["notices/2026/channel/wechat.html"])
        var (depth, items) = (0, "")
        for match in String(decoding: page, as: UTF8.self).matches(of: /<(\/?)[ou]l[ >]|[甲乙丙丁戊]/) {
            if let close = match.1 { depth += close.isEmpty ? 1 : -1 } else { items += match.0 }
            #expect(depth <= 1)
        }
        #expect(items == "甲乙丙丁戊" && depth == 0)
    }

    /// A reader of feeds learns of a withdrawal by its time: the entry and the feed are newer than before.
    @Test func withdrawalsAreNewsInFeeds() throws {
        func updated(_ field: String) throws -> (feed: String, entry: String) {
            let text =
                "---\ntitle: 渠道\nid: C1\nkind: 通知\nissuer: 安全办\ndate: 2026-11-01\npublish_at: 2026-11-23T08:00:00+08:00\nteam: isolation\ncategory: epidemic\n\(field)---\n正文。\n"
            // In a school without reviews.
            let config = String(decoding: try #require(try Sample.tree.bytes("content/site.yml")), as: UTF8.self)
                .replacing(/reviews:\n(  .*\n)+/, with: "")
            let tree = SourceTree(
                Sample.tree.files.filter { $0.path != "content/site.yml" } + [
                    .init(path: "content/site.yml", bytes: Array(config.utf8)),
                    .init(path: "content/notices/2026/channel.md", bytes: Array(text.utf8)),
                ])
            let feed = String(decoding: try #require(Sample.build(tree).pages["feed.xml"]), as: UTF8.self)
            let entry = feed[try #require(feed.range(of: "notices/2026/channel.html")).upperBound...]
            func time(_ text: Substring) throws -> String {
                String(try #require(text.firstMatch(of: /<updated>(.*?)</)).1)
            }
            return (try time(feed[...]), try time(entry))
        }
        let (before, after) = (try updated(""), try updated("status: withdrawn\nwithdrawn: 有误\n"))
        #expect(before.feed < after.feed && before.entry < after.entry)
    }

    /// Families are not led to what is made for others.
    @Test func sitemapHoldsPagesForFamiliesOnly() {
        let map = String(decoding: Sample.build(Sample.tree).pages["sitemap.xml"] ?? [], as: UTF8.self)
        #expect(map.contains("/notices/index.html") && map.contains("/feeds.html"))
        for part in ["/desk/", "/screens/", "/board/", "print.html", "poster.html", "wechat.html", "404"] {
            #expect(!map.contains(part), "\(part)")
        }
    }

    /// A site that says nothing of channels is its pages and feeds.
    @Test func nothingIsMadeForChannelsThatTheSchoolHasNot() throws {
        let files = Sample.tree.files.map { file in
            guard file.path == "content/site.yml" else { return file }
            let text = String(decoding: try! Sample.tree.bytes(of: file), as: UTF8.self)
            let start = text.ranges(of: "channels:").first!.lowerBound
            let end = text.ranges(of: "statistics:").first!.lowerBound
            return .init(path: file.path, bytes: Array((text[..<start] + text[end...]).utf8))
        }
        let pages = Sample.build(SourceTree(files)).pages
        for route in pages.keys {
            #expect(!["desk/", "screens/", "board/"].contains(where: route.hasPrefix), "\(route)")
            #expect(!["print.html", "wechat.html", "sms.txt"].contains(where: route.hasSuffix), "\(route)")
        }
        #expect(pages["feed.json"] != nil && pages["events.ics"] != nil)
    }
}
