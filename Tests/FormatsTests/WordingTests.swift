import Testing

@testable import Formats

/// What a site says in its languages, and what is wrong with a file of it.
@Suite struct WordingTests {
    private func wording(_ text: String, _ language: String = "en") -> (Wording, [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        let source = SourceFile(path: "templates/locales/\(language).yml", text: text)
        return (Wording(source, language: language, into: &diagnostics), diagnostics)
    }

    @Test func textsTakeValues() {
        let (wording, found) = wording("found: \"{{count}} of {{all}}\"\nplain: 没有变化。\n")
        #expect(found.isEmpty)
        #expect(wording.text("found", ["count": "3", "all": "5"]) == "3 of 5")
        #expect(wording.text("plain") == "没有变化。")
        #expect(wording.text("missing") == "missing")
    }

    @Test func daysFollowTheLanguage() {
        let months = (1...12).map { "month.\($0): M\($0)\n" }.joined()
        let weekdays = (0...6).map { "weekday.\($0): D\($0)\n" }.joined()
        let patterns = "day: \"{{day}} {{month-name}} {{year}}\"\nday.weekday: \"{{weekday}}, {{month}}/{{day}}\"\n"
        let (wording, _) = wording(months + weekdays + patterns)
        let day = Day(year: 2026, month: 11, day: 23)!
        #expect(wording.date(day) == "23 M11 2026")
        #expect(wording.date(day, .withWeekday) == "D1, 11/23")
    }

    /// A text is a piece of a template: its names are checked, and mistakes have their place in the file of texts.
    @Test func textsArePiecesOfTemplates() {
        let (wording, _) = wording("count: \"Notices: {{count}}{{#more}}, page {{page}}{{/more}}\"\nopen: \"a {{\"\n")
        var found: [Diagnostic] = []
        let page = SourceFile(path: "templates/a/a.mustache", text: "<p>{{>t.count}}</p>{{>t.none}}")
        let set = TemplateSet(["a": page], wording: wording, into: &found)
        #expect(found.map(\.id) == ["template.open-tag", "template.unknown-partial"])
        #expect(found[0].location.path == "templates/locales/en.yml" && found[0].location.line == 2)
        var output: [UInt8] = []
        var ignored: [Diagnostic] = []
        let record: Record = ["count": .text("3"), "more": .flag(true), "page": .text("2")]
        TemplateRenderer(set).render("a", [record], page: "a", root: "", to: &output, into: &ignored)
        #expect(String(decoding: output, as: UTF8.self) == "<p>Notices: 3, page 2</p>")
    }

    @Test func whatIsMissingOrEmptyIsAnError() {
        let (complete, _) = wording("one: 一\ntwo: 二\nthree: 三\n", "zh-CN")
        let (other, found) = wording("one: one\ntow: two\nfive: \"\"\nsix: [a]\nseven: \"a\\nb\"\n")
        #expect(found.map(\.id) == ["locale.not-plain", "locale.not-plain"])
        let differences = other.differences(from: complete, needs: ["one", "eight"])
        #expect(differences.map(\.id) == ["locale.missing", "locale.missing", "locale.missing", "locale.empty"])
        #expect(differences.contains { $0.message.en.contains("“two”") && $0.fix.en.contains("“tow”") })
        #expect(complete.differences(from: complete) == [])
        #expect(wording("one: \"Search\ntwo: x\n").0.differences(from: complete) == [])
        #expect(wording("one: a & b\n").1.map(\.id) == ["locale.sign"])
        let (values, _) = wording("one: \"{{titel}}\"\n")
        let (given, _) = wording("one: \"{{title}}\"\n", "zh-CN")
        #expect(values.differences(from: given, needs: ["one"]).map(\.id) == ["locale.value"])
    }

    @Test func translationsStandBesideTheirField() {
        var diagnostics: [Diagnostic] = []
        let source = SourceFile(path: "a.yml", text: "name: 学校\nname_en: School\nname_zh-HK: 學校\nname_english: no\n")
        var reader = FieldReader(source, YAML.parse(source, into: &diagnostics))
        let name = reader.translated("name")
        reader.finish()
        #expect(name.text(in: "en") == "School" && name.text(in: "zh-HK") == "學校" && name.text(in: "fr") == "学校")
        #expect(reader.diagnostics.map(\.id) == ["field.unknown"])
    }
}
