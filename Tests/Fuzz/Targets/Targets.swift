import Formats
import Glibc
import Noticeboard

/// One parser of the program, given bytes that nobody wrote. It must neither trap nor hang, and what it tells must have its
/// place in the text.
struct Target: Sendable {
    let name: String
    let parse: @Sendable (_ raw: [UInt8]) -> Void

    static let all = [
        Target(name: "encoding", parse: encoding), Target(name: "front-matter", parse: frontMatter),
        Target(name: "yaml", parse: yaml), Target(name: "csv", parse: csv), Target(name: "markdown", parse: markdown),
        Target(name: "mustache", parse: mustache), Target(name: "workbook", parse: workbook),
        Target(name: "worksheet", parse: worksheet),
        Target(name: "image", parse: image), Target(name: "time", parse: time), Target(name: "notice", parse: notice),
    ]
}

/// The text of some bytes, as files are read.
private func source(_ raw: [UInt8], _ path: String = "a", _ found: inout [Diagnostic]) -> SourceFile? {
    SourceFile.decode(path: path, raw: raw, into: &found)
}

/// Every diagnostic can be shown, has lines and columns that there are, and fixes and notes.
private func show(_ found: [Diagnostic]) {
    for diagnostic in found {
        precondition(diagnostic.location.line >= 0 && diagnostic.location.column >= 0)
        precondition(!DiagnosticFormat.json.render(diagnostic).contains("\n"))
        precondition(!DiagnosticFormat.text.render(diagnostic).isEmpty)
    }
}

private let encoding: @Sendable ([UInt8]) -> Void = { raw in
    var found: [Diagnostic] = []
    if let source = source(raw, "a", &found) {
        precondition(String(validating: source.bytes, as: UTF8.self) != nil, "a text that is not UTF-8")
    } else {
        precondition(!found.isEmpty, "refused without a word")
    }
    show(found)
}

private let frontMatter: @Sendable ([UInt8]) -> Void = { raw in
    var found: [Diagnostic] = []
    guard let source = source(raw, "a", &found) else { return }
    _ = FrontMatter.split(source, into: &found)
    _ = FrontMatter.body(of: source)
    show(found)
}

private let yaml: @Sendable ([UInt8]) -> Void = { raw in
    var found: [Diagnostic] = []
    guard let source = source(raw, "a", &found) else { return }
    _ = YAML.parse(source, into: &found)
    show(found)
}

private let csv: @Sendable ([UInt8]) -> Void = { raw in
    var found: [Diagnostic] = []
    guard let source = source(raw, "a", &found) else { return }
    let table = CSVTable(source, into: &found)
    for row in table.rows {
        for cell in row { _ = csvCell(table.text(cell)) }
    }
    show(found)
}

private let markdown: @Sendable ([UInt8]) -> Void = { raw in
    var found: [Diagnostic] = []
    guard let source = source(raw, "a.md", &found) else { return }
    let document = Markdown.render(source, into: &found)
    precondition(document.links.allSatisfy { $0.offset <= document.html.count })
    let signs = document.html.reduce(into: (0, 0)) {
        $0.0 += $1 == 60 ? 1 : 0; $0.1 += $1 == 62 ? 1 : 0
    }
    precondition(signs.0 == signs.1, "a tag that is not closed, or a sign that is not escaped")
    show(found)
}

private let mustache: @Sendable ([UInt8]) -> Void = { raw in
    var found: [Diagnostic] = []
    guard let source = source(raw, "t.mustache", &found) else { return }
    let templates = TemplateSet(["t": source], into: &found)
    var output: [UInt8] = []
    let record: Record = ["a": .text("<x>"), "b": .list([.record(["a": .text("&")])]), "c": .flag(true)]
    TemplateRenderer(templates).render("t", [record], page: "p", root: "", to: &output, into: &found)
    _ = Wording(source, language: "zh-CN", into: &found)
    _ = TemplateSchema(["t": source], into: &found)
    show(found)
}

private let workbook: @Sendable ([UInt8]) -> Void = { raw in
    var found: [Diagnostic] = []
    for sheet in Workbook(path: "a.xlsx", raw: raw, into: &found)?.sheets ?? [] { _ = sheet.table(path: "a.xlsx") }
    show(found)
}

/// The files of a workbook, with a zero byte between them; mended where they are packed.
private let worksheet: @Sendable ([UInt8]) -> Void = { raw in
    let parts = raw.split(separator: 0, maxSplits: 3, omittingEmptySubsequences: false).map(Array.init)
    let relations = """
        <Relationships><Relationship Id="rId1" Type="http://a/worksheet" Target="worksheets/sheet1.xml"/></Relationships>
        """
    let book =
        #"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    let names = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"]
    var files = zip(names, parts).map { (name: $0, bytes: $1) }
    if files.count < 4 { files.append((name: "xl/workbook.xml", bytes: Array(book.utf8))) }
    files.append((name: "xl/_rels/workbook.xml.rels", bytes: Array(relations.utf8)))
    workbook(storedArchive(files))
}

private let image: @Sendable ([UInt8]) -> Void = { raw in
    _ = ImageSize(raw)
    _ = ImageMetadata(raw)
}

private let time: @Sendable ([UInt8]) -> Void = { raw in
    let text = String(decoding: raw.prefix(64), as: UTF8.self)
    if case .day(let day) = DateReading(text) {
        precondition(Day(daysSince1970: day.daysSince1970) == day)
        precondition(DateReading("\(day)") == .day(day), "a day that is read otherwise than it is written")
    }
    if let zone = TimeZone(name: "Some/Where", tzif: raw) {
        for seconds in [0, 1_800_000_000, 4_000_000_000] { _ = zone.local(Moment(seconds: seconds)) }
    }
}

/// A notice in a site of its own, through everything that is asked of notices.
private let notice: @Sendable ([UInt8]) -> Void = { raw in
    let settings = """
        name: 青石镇中心学校
        title: 公告栏
        address: https://board.example.cn/
        categories:
          - {id: epidemic, name: 疫情防控}
        """
    let team = "---\nid: emergency\norder: 1\nname: 应急组\nunits: [安全办]\nleaders: [副校长]\nsummary: 应急\n---\n1. 值守\n"
    let files = [
        ("content/site.yml", Array(settings.utf8)), ("content/organisation.yml", Array("group: {name: 小组}\n".utf8)),
        ("content/teams/emergency.md", Array(team.utf8)), ("content/notices/2026/2026-11-09-a.md", raw),
    ]
    let tree = SourceTree(files.map { SourceTree.File(path: $0.0, bytes: $0.1) })
    let now = Moment(seconds: 1_795_500_000)
    let loaded = try? SiteLoader(jobs: 1, zone: { _ in .shanghai }).load(tree) { _ in now }
    show(loaded?.diagnostics ?? [])
}
