import Testing

@testable import Formats

/// What channels are written in: calendars, codes, character sets, pieces of HTML.
@Suite struct ChannelFormatTests {
    /// RFC 5545 §3.1: no line above 75 octets, no character cut, and unfolding gives the text back.
    @Test(arguments: 1...120)
    func calendarLinesAreFolded(_ length: Int) throws {
        let words = String(repeating: "通知a", count: length)
        var calendar = ICalendar(name: "值班", product: "Test")
        calendar.add(.init(uid: "1@x", stamp: Moment(seconds: 0), span: .time(Moment(seconds: 0), nil), summary: words))
        let text = try #require(String(validating: calendar.bytes, as: UTF8.self))
        for line in text.replacing("\r\n", with: "\n").split(separator: "\n") {
            #expect(line.utf8.count <= 75)
            #expect(String(validating: Array(line.utf8), as: UTF8.self) != nil)
        }
        #expect(text.replacing("\r\n ", with: "").contains("SUMMARY:\(words)\r\n"))
    }

    @Test func calendarSpansAndEscapes() throws {
        var calendar = ICalendar(name: "a", product: "Test")
        let day = try #require(Day(year: 2026, month: 12, day: 31))
        calendar.add(
            .init(uid: "d", stamp: Moment(seconds: 0), span: .days(day, day), summary: "一,二;三\\四\n五", place: "校门"))
        calendar.add(
            .init(
                uid: "t", stamp: Moment(seconds: 86_399), span: .time(Moment(seconds: 60), Moment(seconds: 120)),
                summary: "x"))
        let text = String(decoding: calendar.bytes, as: UTF8.self)
        for line in [
            "DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "SUMMARY:一\\,二\\;三\\\\四\\n五", "LOCATION:校门",
            "DTSTAMP:19700101T235959Z", "DTSTART:19700101T000100Z", "DTEND:19700101T000200Z", "END:VCALENDAR",
        ] {
            #expect(text.contains("\r\n\(line)\r\n"), "\(line)")
        }
    }

    /// Three finder patterns, and the quiet zone around them (ISO/IEC 18004, §6.3.3 and §9.1).
    @Test func codesHaveTheirFinders() throws {
        let code = try #require(QRCode("https://board.example.cn/"))
        func finder(_ row: Int, _ column: Int) -> Bool {
            (0..<7).allSatisfy { y in
                (0..<7).allSatisfy { x in
                    let isDark = x == 0 || x == 6 || y == 0 || y == 6 || (2...4).contains(x) && (2...4).contains(y)
                    return code.modules[(row + y) * code.size + column + x] == isDark
                }
            }
        }
        #expect(finder(0, 0) && finder(0, code.size - 7) && finder(code.size - 7, 0))
        let svg = String(decoding: code.svg(label: "“首页”<"), as: UTF8.self)
        #expect(svg.contains("viewBox=\"0 0 \(code.size + 8) \(code.size + 8)\"") && svg.contains("“首页”&lt;"))
        #expect(svg.contains("M4 4h7v1h-7z"))
        #expect(QRCode("") == nil && QRCode(String(repeating: "a", count: 2332)) == nil)
        #expect(QRCode(String(repeating: "a", count: 2331)) != nil)
    }

    @Test(arguments: [
        ("发热不到校，每天开窗三次", ""), ("ABC 123 ，。〔2026〕", ""), ("测温®后😷入校®", "®😷"), ("—…“”《》℃", ""), ("漢字镕", "漢镕"),
    ])
    func stripsShowGB2312(_ text: String, _ missing: String) {
        #expect(String(GB2312.missing(from: text)) == missing)
    }

    /// What the renderer writes, read back: the pieces hold the same text and addresses.
    @Test func piecesOfOurHTML() {
        let source = SourceFile(
            path: "a.md",
            text: "[链接](https://a.cn/?x=1&y='2') <3 & \"4\"\n\n![图<](a.png)\n\n| 甲 | 乙 |\n|--|-:|\n| 1 | 2 |\n")
        var ignored: [Diagnostic] = []
        let pieces = HTMLPiece.pieces(of: Markdown.render(source, into: &ignored).html)
        #expect(pieces.contains { $0.attribute("href") == "https://a.cn/?x=1&y='2'" })
        #expect(pieces.contains(.text(" <3 & \"4\"")))
        #expect(pieces.contains { $0.attribute("alt") == "图<" })
        #expect(pieces.contains { $0.attribute("class") == "right" })
        let names = pieces.compactMap { if case .open(let name, _) = $0 { name } else { nil } }
        #expect(names == ["p", "a", "p", "img", "div", "table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"])
    }
}
