import Formats
import Testing

@testable import Noticeboard

@Suite struct PastedTextTests {
    /// A day's weekday is looked up; a day without its year is the nearest one.
    @Test(arguments: [
        ("12月4日（星期一）", "星期五"), ("12月4日（星期五）", nil), ("12月4日周一", "周五"), ("2026年12月4日（礼拜天）", "礼拜五"),
        ("1月4日（星期一）", nil), ("1月4日（星期二）", "星期一"), ("12月6日（星期天）", nil), ("2月30日（星期一）", nil), ("2026-12-04（周一）", "周五"),
        ("2026.12.4（星期五）", nil), ("3-4 周一", nil),
        ("12月4日一年级", nil), ("本周一", nil),
    ])
    func weekdays(_ text: String, _ right: String?) throws {
        let date = try #require(Day(year: 2026, month: 11, day: 23))
        #expect(Weekdays.mistakes(in: text, near: date).map(\.correct) == (right.map { [$0] } ?? []))
    }

    /// The edit of a pasted table is a table.
    @Test func tablesWithTabs() throws {
        let source = SourceFile(path: "a.md", text: "前文\n\n时间\t地点\n8:00\t操场\n\n甲\t乙")
        let found = PastedTables(source, body: 0..<source.bytes.count).diagnostics
        #expect(found.map(\.id) == ["markdown.tab-table"] && found.map(\.location.line) == [3])
        guard case .replace(let span, let text) = try #require(found[0].edit) else {
            Issue.record("no text")
            return
        }
        let mended = try #require(source.applying(span, text))
        #expect(String(decoding: mended, as: UTF8.self) == "前文\n\n| 时间 | 地点 |\n|---|---|\n| 8:00 | 操场 |\n\n甲\t乙")
    }
}
