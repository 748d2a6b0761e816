import Formats
import Testing

@testable import Noticeboard

/// What `check` advises, on the sample school with one thing changed.
@Suite struct AdviceTests {
    private func advice(_ change: (inout [String: String]) -> Void, now: Moment = Sample.now) throws -> [Diagnostic] {
        var texts = Dictionary(
            uniqueKeysWithValues: try Sample.tree.files.map {
                ($0.path, String(decoding: try Sample.tree.bytes(of: $0), as: UTF8.self))
            })
        change(&texts)
        let tree = SourceTree(texts.map { .init(path: $0.key, bytes: Array($0.value.utf8)) })
        let plan = Sample.build(tree, now: now).renderer.plan
        return try SiteAdvice(plan, tree: tree).diagnostics()
    }

    private func ids(_ change: (inout [String: String]) -> Void) throws -> Set<String> {
        Set(try advice(change).map(\.id))
    }

    private static let notice = "content/notices/2026/2026-11-18-home-study.md"

    @Test func sampleSchoolNeedsItsReportsOnly() throws {
        #expect(try ids { _ in } == ["advice.report-missing"])
    }

    @Test func texts() throws {
        let long = String(repeating: "各班每天通风", count: 20)
        #expect(try ids { $0["content/pages/faq.md"]! += "\n\(long)。\n" }.contains("advice.long-sentence"))
        #expect(
            try ids { $0["content/pages/faq.md"]! += "\n| 甲 | |\n|---|---|\n| 一 | 二 |\n" }.contains(
                "advice.table-header"))
        #expect(
            try ids { $0["content/pages/faq.md"]! += "\n#### 太深\n\n## 二\n\n### 三\n" }.contains("advice.heading-order"))
        #expect(
            try !ids { $0["content/pages/faq.md"]! += "\n## 一\n\n### 二\n\n## 三\n" }.contains("advice.heading-order"))
        #expect(
            try ids {
                $0[AdviceTests.notice] = $0[AdviceTests.notice]!.replacing("title: ", with: "title: \(long.prefix(60))")
            }
            .isDisjoint(with: ["advice.long-title"]), "a notice without its reviews is not looked at")
        #expect(
            try ids {
                let path = "content/notices/2026/2026-11-16-response-training.md"
                $0[path] = $0[path]!.replacing("title: ", with: "title: \(long.prefix(60))")
            }.contains("advice.long-title"))
    }

    @Test func linksToWhatHoldsNoMore() throws {
        let link = "\n见[通知](../notices/2026/2026-11-04-autumn-checks.md)。\n"
        let found = try advice { $0["content/pages/faq.md"]! += link }.filter { $0.id == "advice.old-link" }
        #expect(found.count == 1 && found[0].message.zh.contains("替代") && found[0].location.line > 40)
    }

    @Test func teams() throws {
        let path = "content/teams/06-isolation.md"
        func change(_ from: String, _ to: String) throws -> Set<String> {
            try ids { texts in
                let name = texts.keys.first { $0.hasPrefix("content/teams/") && $0.contains("isolation") } ?? path
                texts[name] = texts[name]!.replacing(try! Regex(from), with: to)
            }
        }
        #expect(try change("leaders: .*", "leaders: []").contains("advice.no-leader"))
        #expect(try change("units: .*", "units: []").contains("advice.no-unit"))
    }

    @Test func roster() throws {
        let head = "日期,班次,带班领导,值班人员,电话\n"
        func found(_ rows: [String]) throws -> [String] {
            try advice {
                $0 = $0.filter { !$0.key.hasPrefix("content/duty/") }
                $0["content/duty/a.csv"] = head + rows.map { "\($0),0000-5550108\n" }.joined()
            }.map(\.id).filter { $0.hasPrefix("advice.duty") }
        }
        func days(_ count: Int, _ row: (Int) -> String) -> [String] { (1...count).map(row) }
        let whole = days(9) { "2026-11-0\($0),全天 08:00–次日08:00,领导\($0),教师" }
        #expect(try found(whole) == [])
        #expect(try found(whole.filter { !$0.hasPrefix("2026-11-05") }) == ["advice.duty-day-missing"])
        let late = whole.map { $0.hasPrefix("2026-11-05") ? $0.replacing("全天 08:00", with: "全天 10:00") : $0 }
        #expect(try found(late) == ["advice.duty-gap"])
        #expect(try found(whole + ["2026-11-03,巡查 20:00–22:00,领导3,教师"]) == ["advice.duty-twice"])
        #expect(try found(whole + ["2026-11-03,巡查 20:00–22:00,领导4,教师"]) == [])
        // A school that has nobody at night is not told so every day.
        #expect(try found(days(9) { "2026-11-0\($0),白班 08:00–17:00,领导,教师" }) == [])
    }

    @Test func reports() throws {
        let day = "content/statistics/attendance/2026-11-20.csv"
        let found = try advice {
            $0[day] = $0[day]!.split(separator: "\n").filter { !$0.contains("三（2）班") }.joined(separator: "\n") + "\n"
        }
        let missing = found.filter { $0.id == "advice.units-missing" }
        #expect(missing.count == 1 && missing[0].message.zh.contains("三（2）班"))
        // On Monday morning the reports due by then are missed, and no other.
        #expect(
            found.filter { $0.id == "advice.report-missing" }.map(\.message.zh) == [
                "2026年11月23日应报而未报：教职工出勤、教职工体温（未报不是0）。"
            ])
    }
}
