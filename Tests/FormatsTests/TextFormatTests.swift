import Testing

@testable import Formats

@Suite struct YAMLTests {
    @Test func positionsAreBytesOfTheWholeFile() {
        let source = SourceFile(path: "a.md", text: "---\n标题: 通知\ndate: 2026-11-23\n---\n正文\n")
        var diagnostics: [Diagnostic] = []
        let parts = FrontMatter.split(source, into: &diagnostics)
        let entries = parts.fields?.mapping ?? []
        #expect(entries.map(\.key) == ["标题", "date"])
        #expect(entries.map { source.text($0.value.range) } == ["通知", "2026-11-23"])
        #expect(source.text(parts.body) == "正文\n")
        #expect(diagnostics == [])
    }

    @Test(arguments: ["---\r\na: 1\r\n---\r\n正文", "---  \na: 1\n---\t\n正文"])
    func frontMatterWithOtherLineEnds(_ text: String) {
        let source = SourceFile(path: "a.md", text: text)
        var diagnostics: [Diagnostic] = []
        let parts = FrontMatter.split(source, into: &diagnostics)
        #expect(parts.fields?.mapping?.map(\.key) == ["a"])
        #expect(source.text(parts.body) == "正文")
    }

    @Test(arguments: [
        ("a: [1, 2", "yaml.open-quote"), ("a: 1\n---\nb: 2", "yaml.several-documents"), ("a: *x", "yaml.alias"),
        ("a: 1\na: 2", "yaml.repeated-key"), ("? [a]\n: b", "yaml.key-not-text"),
        ("a：1\nb: 2", "yaml.full-width-colon"),
        ("a: b: c", "yaml.colon-in-value"), ("a:\n\tb: 1", "yaml.tab"), ("a: @x", "yaml.special-start"),
        ("a: 1\n  b: 2", "yaml.syntax"), ("a:1\nb: 2", "yaml.no-space"),
    ])
    func mistake(_ text: String, _ id: String) {
        var diagnostics: [Diagnostic] = []
        _ = YAML.parse(SourceFile(path: "a.yml", text: text), into: &diagnostics)
        #expect(diagnostics.map(\.id) == [id])
    }

    @Test func deepNestingIsRefused() {
        var diagnostics: [Diagnostic] = []
        _ = YAML.parse(SourceFile(path: "a.yml", text: String(repeating: "[", count: 100)), into: &diagnostics)
        #expect(diagnostics.map(\.id) == ["yaml.too-deep"])
    }
}

@Suite struct CSVTests {
    @Test(arguments: [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),
        ("\"a,b\",\"c\"\"d\"\n", [["a,b", "c\"d"]]), ("a,\"x\ny\"\n", [["a", "x\ny"]]), ("a,,\n", [["a", "", ""]]),
        ("a\tb\n1\t2\n", [["a", "b"], ["1", "2"]]), ("a；b\n1；2\n", [["a", "b"], ["1", "2"]]),
        ("a，b\n1，2\n", [["a", "b"], ["1", "2"]]), (" a\u{A0},\u{3000}b\n", [["a", "b"]]), ("\n\na\n\n", [["a"]]),
        ("", []),
    ])
    func rows(_ text: String, _ expected: [[String]]) {
        var diagnostics: [Diagnostic] = []
        let table = CSVTable(SourceFile(path: "a.csv", text: text), into: &diagnostics)
        #expect(table.rows.map { $0.map { table.text($0) } } == expected)
        #expect(!diagnostics.hasErrors)
    }

    @Test func openQuoteIsAnErrorAtItsPlace() {
        var diagnostics: [Diagnostic] = []
        let table = CSVTable(SourceFile(path: "a.csv", text: "a,b\n1,\"2\n3,4\n"), into: &diagnostics)
        #expect(table.rows.count == 1)
        #expect(diagnostics.map { "\($0.location)" } == ["a.csv:2:3"])
    }
}

@Suite struct DecodingTests {
    @Test(
        arguments: [
            ([0xEF, 0xBB, 0xBF, 0x61], "a"), ([0xD6, 0xD0, 0xCE, 0xC4], "中文"), ([0xFF, 0xFE, 0x2D, 0x4E], "中"),
            ([0xFE, 0xFF, 0x4E, 0x2D], "中"), ([0x61, 0x0D, 0x0A], "a\r\n"), ([0x81, 0x30, 0x84, 0x36], "¥"),
        ] as [([UInt8], String)])
    func text(_ raw: [UInt8], _ expected: String) {
        var diagnostics: [Diagnostic] = []
        let source = SourceFile.decode(path: "a", raw: raw, into: &diagnostics)
        #expect(source.map { $0.text(0..<$0.bytes.count) } == expected)
    }

    @Test(arguments: [[0xFF, 0xFF], [0x61, 0x00], [0xEF, 0xBB, 0xBF, 0xC3], [0xD6, 0xD0, 0xCE]] as [[UInt8]])
    func unreadable(_ raw: [UInt8]) {
        var diagnostics: [Diagnostic] = []
        #expect(SourceFile.decode(path: "a", raw: raw, into: &diagnostics) == nil)
        #expect(diagnostics.map(\.id) == ["encoding.unreadable"])
    }
}

@Suite struct DateTests {
    @Test(arguments: [
        ("2020-02-03", "2020-02-03"), ("2020.2.3", "2020-02-03"), ("2020/2/3", "2020-02-03"),
        ("2020年2月3日", "2020-02-03"),
        ("２０２０－０２－０３", "2020-02-03"), ("2020年2月3号", "2020-02-03"), ("2024-02-29", "2024-02-29"),
    ])
    func days(_ text: String, _ expected: String) {
        guard case .day(let day) = DateReading(text) else {
            Issue.record("\(text)")
            return
        }
        #expect(day.description == expected)
    }

    @Test(arguments: [
        ("2月3日", DateReading.yearMissing), ("2-3", .yearMissing), ("2020-02-30", .noSuchDay),
        ("2023-02-29", .noSuchDay),
        ("43864", .serialNumber(Day(year: 2020, month: 2, day: 3)!)), ("明天", .notADate), ("20-02-03", .notADate),
        ("2020-02/03", .notADate), ("2020-02-03 25:00", .notADate), ("", .notADate),
    ])
    func others(_ text: String, _ expected: DateReading) {
        #expect(DateReading(text) == expected)
    }

    @Test(arguments: [
        ("2026-11-23T08:30:00+08:00", 1_795_393_800), ("2026-11-23 08:30", 1_795_393_800),
        ("2026-11-23T00:30:00Z", 1_795_393_800),
        ("2026年11月23日 08:30", 1_795_393_800),
    ])
    func moments(_ text: String, _ seconds: Int) {
        guard case .moment(let local, let offset) = DateReading(text) else {
            Issue.record("\(text)")
            return
        }
        let zone = offset.map { TimeZone(name: "", offset: $0) } ?? .shanghai
        #expect(zone.moment(local).seconds == seconds)
    }

    @Test func everyDayOfFourCenturiesSurvivesTheRoundTrip() {
        var day = Day(year: 1900, month: 1, day: 1)!
        for _ in 0..<146_097 {
            let next = day.adding(1)
            #expect(next > day && next.daysSince1970 == day.daysSince1970 + 1)
            day = next
        }
        #expect(day == Day(year: 2300, month: 1, day: 1))
        #expect(Day(year: 2026, month: 11, day: 23)?.weekday == 1)
    }
}

@Suite struct DiagnosticTests {
    @Test func caretStandsUnderFullWidthText() {
        let source = SourceFile(path: "a.md", text: "标题：通知\n")
        let diagnostic = source.error("x", at: 6..<9, "冒号", "colon", fix: .init("改", "mend"))
        #expect(
            DiagnosticFormat.text.render(diagnostic) == """
                a.md:1:3: 错误 error [x]
                  冒号
                  colon
                  1 | 标题：通知
                    |     ^~
                  改法：改
                  Fix: mend
                """)
        #expect(DiagnosticFormat.line.render(diagnostic) == "a.md:1:3: error: [x] 冒号 colon 改法：改 Fix: mend")
        #expect(
            DiagnosticFormat.json.render(diagnostic)
                == #"{"severity":"error","id":"x","file":"a.md","line":1,"column":3,"message":{"zh":"冒号","en":"colon"},"fix":{"zh":"改","en":"mend"}}"#
        )
    }

    @Test func confidentialPlaceHasNoExcerpt() {
        let source = SourceFile(path: "a.csv", text: "13812345678\n")
        let diagnostic = source.error("x", at: 0..<11, "a", "b", fix: .init("c", "d"), confidential: true)
        for format in DiagnosticFormat.allCases { #expect(!format.render(diagnostic).contains("138")) }
    }

    @Test(arguments: [
        ("categry", ["category"]), ("titel", ["title"]), ("一班", ["一（1）班", "一班级"]), ("xyz", []), ("TITLE", ["title"]),
    ])
    func nearMiss(_ name: String, _ expected: [String]) {
        let known = ["title", "category", "date", "一（1）班", "一班级"]
        let found = NearMiss.suggestions(for: name, among: known)
        #expect(name == "一班" ? found.contains("一班级") : found == expected)
    }
}

@Suite struct EscapingTests {
    @Test func escapesAtEveryOffset() {
        for offset in 0..<40 {
            for special in ["&", "<", ">", "\""] {
                let text = String(repeating: "文", count: offset) + special + String(repeating: "a", count: 20)
                var output: [UInt8] = []
                appendEscaped(text, to: &output)
                let expected = text.map {
                    ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"][String($0)] ?? String($0)
                }.joined()
                #expect(String(decoding: output, as: UTF8.self) == expected)
            }
        }
    }
}

@Suite struct TimeZoneTests {
    /// A version 2 file with one change: UTC+8:05:43 until 1901, UTC+8 from then on.
    private let shanghai: [UInt8] = {
        func header(_ times: Int, _ types: Int) -> [UInt8] {
            func count(_ value: Int) -> [UInt8] { [0, 0, 0, UInt8(value)] }
            var bytes: [UInt8] = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
            for value in [0, 0, 0, times, types, 4] { bytes += [0, 0, 0, UInt8(value)] }
            return bytes
        }
        let change = withUnsafeBytes(of: Int64(-2_177_481_943).bigEndian) { Array($0) }
        let types: [UInt8] = [0, 0, 0x71, 0xD7, 0, 0, 0, 0, 0x70, 0x80, 0, 0]
        let names = Array("LMT\0".utf8)
        var bytes = header(0, 1)
        bytes += types.prefix(6)
        bytes += names
        bytes += header(1, 2)
        bytes += change
        bytes.append(1)
        bytes += types
        bytes += names
        return bytes
    }()

    @Test func offsetsFollowTheFile() throws {
        let zone = try #require(TimeZone(name: "Asia/Shanghai", tzif: shanghai))
        #expect(zone.offset(at: Moment(seconds: 0)) == 28_800)
        #expect(zone.offset(at: Moment(seconds: -2_200_000_000)) == 29_143)
        #expect(zone.rfc3339(Moment(seconds: 1_795_393_800)) == "2026-11-23T08:30:00+08:00")
        #expect(zone.moment(zone.local(Moment(seconds: 1_795_393_800))) == Moment(seconds: 1_795_393_800))
    }

    @Test func everyShortenedFileIsRefused() {
        for length in 0..<shanghai.count - 4 {
            #expect(TimeZone(name: "x", tzif: Array(shanghai.prefix(length))) == nil)
        }
    }
}
