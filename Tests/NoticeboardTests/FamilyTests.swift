import Formats
import Testing

@testable import Noticeboard

/// What families are told: who answers now, what is overdue, whether a notice is genuine, in which language.
@Suite struct FamilyTests {
    /// Hours, and the minutes of the week that they mean.
    static let hours: [(words: String, code: String)] = [
        ("全天24小时", "0-10080"), ("全天", "0-10080"), ("24小时", "0-10080"),
        ("每天 7:00–21:00", "420-1260 1860-2700 3300-4140 4740-5580 6180-7020 7620-8460 9060-9900"),
        ("上学日 7:30-17:30", "450-1050 1890-2490 3330-3930 4770-5370 6210-6810"),
        ("周一至周二 8:00至12:00，14:00至17:30", "480-720 840-1050 1920-2160 2280-2490"),
        ("周末全天", "7200-10080"), ("周一~周二 8:00~9:00", "480-540 1920-1980"),
        ("周一 0:00-1:00，周日 18:00–次日7:00", "0-420 9720-10080"), ("周六 9:00–12:00", "7740-7920"),
        ("星期一到星期二 ９：００～１０：００", "540-600 1980-2040"),
        // Over midnight, and over the end of the week.
        ("周日 22:00–次日6:00", "0-360 9960-10080"),
        ("周四至周五 17:30–次日8:00，周末全天", "5370-6240 6810-10080"),
    ]

    @Test(arguments: hours)
    func hoursAreUnderstood(words: String, code: String) {
        #expect(OpeningHours(words)?.code == code, "\(words)")
    }

    @Test(arguments: [
        "", "夜间", "有事请打", "7:00–", "周八全天", "周五至周一 8:00–9:00", "每天 7点到21点", "25:00–26:00", "上学日 8:00-5:00",
        "每天 8:75-9:99", "每天 18:00–次日20:00", "7:00–21:00 除周末",
    ])
    func otherWordsAreNotGuessed(words: String) {
        #expect(OpeningHours(words) == nil)
    }

    @Test func daysOfTheWeek() {
        let weekend = OpeningHours("周五 22:00–次日2:00，周日全天")
        #expect((0..<7).filter { weekend?.isOpen(onDay: $0) == true } == [4, 5, 6])
        #expect(weekend?.code == "7080-7320 8640-10080")
    }

    /// What templates say stands in the files of languages, and nothing stands there that no page says.
    @Test func templatesSayNothingOfTheirOwn() throws {
        let texts = EmbeddedFiles.all.filter { $0.path.hasSuffix(".mustache") }.map {
            (path: $0.path, text: String(decoding: $0.bytes, as: UTF8.self))
        }
        #expect(texts.count > 30)
        for (path, text) in texts {
            #expect(text.firstMatch(of: /[\u{3000}-\u{303F}\u{4E00}-\u{9FFF}\u{FF00}-\u{FFEF}--[｜]]/) == nil, "\(path)")
        }
        let wording = Sample.build(Sample.tree).renderer.wording
        let asked = Set(texts.flatMap { $0.text.matches(of: /\{\{>t\.([\w.-]+)\}\}/).map { String($0.output.1) } })
        #expect(wording.keys.filter { !asked.contains($0) && !Phrase.keySet.contains($0) } == [])
    }

    /// The next school day's due time: weekends are known.
    @Test func figuresAreOverdueFromTheirDueTime() throws {
        let site = Sample.build(Sample.tree).renderer.site
        let disinfection = try #require(site.datasets.first { $0.definition.id == "disinfection" })
        let freshness = try #require(Freshness(disinfection))
        #expect("\(freshness.newest)" == "2026-11-20")
        #expect("\(freshness.due.day)" == "2026-11-23" && freshness.due.clock == disinfection.definition.due)
        #expect(!freshness.isStale(LocalTime(freshness.due.day, secondOfDay: freshness.due.secondOfDay - 1)))
        #expect(freshness.isStale(freshness.due))
        let now = LocalTime(freshness.due.day, secondOfDay: 8 * 3600)
        let next = try #require(site.nextStaleness(after: now))
        #expect(next > now && next <= freshness.due)
    }

    /// A code changes with every word that is read, and with nothing else.
    @Test func codesAreOfWhatIsSaid() throws {
        func code(_ change: (String) -> String) -> String {
            let path = "content/notices/2026/2026-11-09-flu-season.md"
            let files = Sample.tree.files.map { file in
                let text = String(decoding: (try? Sample.tree.bytes(of: file)) ?? [], as: UTF8.self)
                return file.path == path ? SourceTree.File(path: path, bytes: Array(change(text).utf8)) : file
            }
            return Sample.build(SourceTree(files)).renderer.site.notices.first { $0.path == path }?.code ?? ""
        }
        let code0 = code { $0 }
        #expect(code0.wholeMatch(of: /[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}/) != nil)
        let same: [(String) -> String] = [
            { $0.replacing("\n", with: "\r\n") }, { $0.replacing("。\n", with: "。  \n") },
            { $0.replacing("channels: [site, board, screen, wechat, group, sms]", with: "channels: [site]") },
            { $0 + "\n\n" },
        ]
        for change in same { #expect(code(change) == code0) }
        let other: [(String) -> String] = [
            { $0.replacing("title: ", with: "title: 新") }, { $0.replacing("不少于3次", with: "不少于4次") },
            { $0.replacing("date: 2026-11-09", with: "date: 2026-11-08") },
            { $0.replacing("〔2026〕24号", with: "〔2026〕25号") },
            { $0.replacing("2027-01-22", with: "2027-01-23") },
            { $0.replacing("urgency: important", with: "urgency: normal") },
            { $0.replacing("sms: 流感季", with: "sms: 请缴费") }, { $0.replacing("三检一报不能少", with: "三检一报") },
            { $0.replacing("supersedes:", with: "corrections: [{date: 2026-11-10, text: 改一处}]\nsupersedes:") },
        ]
        #expect(Set(other.map(code) + [code0]).count == other.count + 1)
    }

    /// Nothing of what is not public, and of a withdrawn notice nothing but its title, is in the search's files.
    @Test func searchHoldsWhatIsPublic() {
        let draft = "---\ntitle: 草稿龘靐\nkind: 通知\ndate: 2026-11-17\nissuer: 校\nteam: study\ncategory: drill\n"
        let back = "status: withdrawn\nwithdrawn: 有误\nsummary: 摘要厵癵\n---\n正文驫鱺。\n"
        let files = [
            ("draft", draft + "status: draft\n---\n正文齉爨。\n"),
            ("later", draft.replacing("龘靐", with: "灪麤") + "publish_at: 2026-12-01\n---\n正文鱻虪。\n"),
            ("back", draft.replacing("草稿龘靐", with: "撤回标题齾") + back),
        ]
        let added = files.map { name, text in
            SourceTree.File(path: "content/notices/2026/\(name).md", bytes: Array(text.utf8))
        }
        let kept = ["search/", "en/", "verify", "worker.js", "sitemap.xml"]
        let pages = Sample.build(SourceTree(Sample.tree.files + added)).pages.filter { page in
            kept.contains { page.key.hasPrefix($0) }
        }
        let all = pages.values.map { String(decoding: $0, as: UTF8.self) }.joined()
        for sign in "龘靐齉爨灪麤鱻虪厵癵驫鱺" { #expect(!all.contains(sign), "\(sign)") }
        #expect(all.contains("撤回标题齾"))
    }

    @Test func heavyThingsAreTold() {
        #expect(PageWeight.isHeavyImage("content/files/a.JPG", bytes: 300_001))
        #expect(!PageWeight.isHeavyImage("content/files/a.jpg", bytes: 300_000))
        #expect(!PageWeight.isHeavyImage("content/files/a.pdf", bytes: 9_000_000))
        let source = SourceFile(path: "a.md", text: "")
        var random = SystemRandomNumberGenerator()
        let noise = (0..<60_000).map { _ in UInt8.random(in: 32...126, using: &random) }
        #expect(PageWeight.heavyText(noise, source)?.id == "page.heavy")
        #expect(PageWeight.heavyText([UInt8](repeating: 65, count: 200_000), source) == nil)
        #expect(PageWeight.heavyAssets([("site.css", noise)])?.id == "asset.heavy")
        #expect(PageWeight.heavyAssets([("site.css", Array(noise[..<9_000])), ("other.js", noise)]) == nil)
    }

    /// A notice that nobody translated is shown where it is urgent, in its own language; a language nobody wrote is an error.
    @Test func pagesInAnotherLanguage() throws {
        let pages = Sample.build(Sample.tree).pages
        let home = String(decoding: try #require(pages["en/index.html"]), as: UTF8.self)
        #expect(home.contains("<html id=\"large\" lang=\"en\" dir=\"ltr\" data-offset=\"480\">"))
        #expect(home.contains("If you are or have been in an epidemic area"))
        let notice = String(
            decoding: try #require(pages["notices/2026/2026-10-26-winter-norovirus.html"]), as: UTF8.self)
        #expect(notice.contains("hreflang=\"en\" href=\"https://"))
        let files = Sample.tree.files.map { file in
            let text = String(decoding: (try? Sample.tree.bytes(of: file)) ?? [], as: UTF8.self)
            return file.path == "content/site.yml"
                ? SourceTree.File(path: file.path, bytes: Array(text.replacing("[en]", with: "[en, xx]").utf8)) : file
        }
        let found = Sample.build(SourceTree(files)).diagnostics.filter { $0.severity == .error }
        #expect(found.map(\.id) == ["site.language"] && found[0].location.line == 8)
    }

    /// Published numbers in a text can be called; nothing within tags, links or longer numbers is touched.
    @Test func numbersInTextsAreLinks() {
        let phones = PhoneLinks(Sample.build(Sample.tree).renderer.site.organisation)
        func linked(_ html: String) -> String {
            let link = "<a href=\"tel:0000-5550105\">0000-5550105</a>"
            let bytes = phones.added(to: Markup(html)).bytes
            return String(decoding: bytes, as: UTF8.self).replacing(link, with: "LINK")
        }
        #expect(linked("<p>电话0000-5550105。0000-5550105</p>") == "<p>电话LINK。LINK</p>")
        for same in [
            "<a href=\"x\">打0000-5550105</a>", "<p title=\"0000-5550105\">x</p>", "10000-5550105", "0000-55501051",
            "0000-5550105-2",
            "0000-5559999", "",
        ] { #expect(linked(same) == same) }
        let slots = phones.added(
            to: Markup(
                bytes: Array("0000-5550105<a href=\"\">x</a>".utf8), slots: [.init(offset: 21, address: "index.html")]))
        var bytes: [UInt8] = []
        slots.write(to: &bytes, root: "../")
        #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("</a><a href=\"../index.html\">x</a>"))
    }

    /// A translation is no more public than its original, and hides nothing but itself.
    @Test func translationsFollowTheirOriginals() throws {
        let path = "content/notices/2026/2026-11-13-region-no-return"
        func pages(_ original: (String) -> String, _ translation: (String) -> String = { $0 }) -> (
            home: String, english: String?, ids: [String]
        ) {
            let files = Sample.tree.files.map { file in
                let text = String(decoding: (try? Sample.tree.bytes(of: file)) ?? [], as: UTF8.self)
                let changed =
                    file.path == "\(path).md" ? original(text) : file.path == "\(path)-en.md" ? translation(text) : text
                return changed == text ? file : SourceTree.File(path: file.path, bytes: Array(changed.utf8))
            }
            let (pages, _, found) = Sample.build(SourceTree(files))
            func text(_ route: String) -> String? { pages[route].map { String(decoding: $0, as: UTF8.self) } }
            return (
                text("index.html") ?? "", text("notices/2026/2026-11-13-region-no-return-en.html"),
                found.filter { $0.severity == .error }.map(\.id)
            )
        }
        let withdrawn = pages { $0.replacing("urgency: important", with: "status: withdrawn\nwithdrawn: 有误") }
        #expect(withdrawn.english?.contains("This notice has been withdrawn.") == true)
        #expect(
            withdrawn.english?.contains("Who does not return yet") == false
                && !withdrawn.home.contains("in an epidemic area"))
        for status in ["removed", "draft"] {
            #expect(pages { $0.replacing("urgency: important", with: "status: \(status)") }.english == nil)
        }
        #expect(
            pages { $0.replacing("expires_at: 2026-12-31", with: "expires_at: 2026-11-20") }.english?.contains(
                "This notice has expired") == true)
        // An emergency is seen, whatever is wrong with its translation.
        let emergency = pages { $0.replacing("urgency: important", with: "urgency: emergency") }
        #expect(emergency.home.contains("紧急：关于到过"))
        for wrong in ["2026-023", "2026-023-en", "2026-022"] {
            let found = pages {
                $0.replacing("urgency: important", with: "urgency: emergency\ntranslation_of: \"\(wrong)\"")
            }
            #expect(found.ids.contains("notice.no-translation") && found.home.contains("紧急：关于到过"), "\(wrong)")
        }
    }
}
