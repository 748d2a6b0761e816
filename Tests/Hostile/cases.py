"""What hostile or broken content may hold, and what the program must answer: a table of cases.

Each case changes a copy of a small school's site. `refused` names the diagnostic that stops the build; `told` one that is a
warning; where neither is given, the site is published and the change does no harm: `absent` must stand in no output.
"""
import dataclasses
import io
import os
import pathlib
import unicodedata
import zipfile

NOTICE = "content/notices/2026/second.md"
BODY = "请各班参加。"
SCRIPT = "<script>alert(1)</script>"
MARK = "<script>alert"


@dataclasses.dataclass
class Case:
    name: str
    change: callable
    refused: str = ""
    told: str = ""
    absent: str = ""
    command: list = dataclasses.field(default_factory=lambda: ["build"])
    status: int | None = None


def write(path, text):
    def change(site):
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        data = text() if callable(text) else text
        target.write_bytes(data if isinstance(data, bytes) else data.encode())
    return change


def replace(path, old, new):
    def change(site):
        target = site / path
        text = target.read_text(encoding="utf-8")
        assert old in text, f"{path}: {old}"
        target.write_text(text.replace(old, new, 1), encoding="utf-8")
    return change


def body(text):
    return replace(NOTICE, BODY, text)


def field(line):
    return replace(NOTICE, "责任组: isolation\n", f"责任组: isolation\n{line}\n")


def title(text):
    return replace(NOTICE, "关于演练的通知", text)


def link(path, target):
    def change(site):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).symlink_to(target)
    return change


def both(*changes):
    def change(site):
        for one in changes:
            one(site)
    return change


def new_notice(name, number="N9", more=""):
    text = f"---\n标题: 又一条\n编号: {number}\n文种: 通知\n落款: 安全办\n成文日期: 2026-11-20\n责任组: isolation\n类别: drill\n摘要: 一句话。\n{more}---\n正文。\n"
    return write(f"content/notices/2026/{name}.md", text)


def fifo(path):
    return lambda site: os.mkfifo(site / path)


def attachment(name, data):
    return both(write(f"content/files/{name}", data), field(f'附件: [{{file: "content/files/{name}", title: 附件}}]'))


def archive(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return buffer.getvalue()


def workbook(sheet, shared="<sst/>", more=None):
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return archive({
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns:r="{links}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="rId1" Type="{links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": shared, **(more or {}),
    })


def lazily(make):
    """A change whose content is too large to be kept."""
    return lambda site: make()(site)


def imported(name, data, status=1):
    """A workbook that is imported as a daily report."""
    return dict(change=write(f"inbox/{name}", data), command=["import", f"inbox/{name}"], status=status)


ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)) + "]>"
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
BIG = 100_000_000

CASES = [
    # Paths and links.
    Case("notice is a link out of the site", link("content/notices/2026/passwd.md", "/etc/passwd"), refused="site.not-a-file"),
    Case("folder is a link out of the site", link("content/notices/2025", "/etc"), refused="site.not-a-file"),
    Case("site.yml is a link", both(lambda site: (site / "content/site.yml").rename(site / "elsewhere.yml"), link("content/site.yml", "../elsewhere.yml")), refused="site.not-a-file"),
    Case("attachment is a link out of the site", both(link("content/files/a.pdf", "/etc/passwd"), field('附件: [{file: content/files/a.pdf, title: 附件}]')), refused="site.not-a-file"),
    Case("link to itself", link("content/notices/2026/loop.md", "loop.md"), refused="site.not-a-file"),
    Case("folders that are links to each other", link("content/pages/again", "../pages"), refused="site.not-a-file"),
    Case("pipe among the notices", fifo("content/notices/2026/pipe.md"), refused="site.not-a-file"),
    Case("attachment that leads out", field('附件: [{title: 附件, file: "../../../etc/passwd"}]'), refused="attachment.missing"),
    Case("attachment with an absolute path", field('附件: [{title: 附件, file: "/etc/passwd"}]'), refused="attachment.missing"),
    Case("link that leads out", body("[看](../../../../../../etc/passwd)"), refused="link.broken"),
    Case("link to a file of the machine", body("[看](file:///etc/passwd)"), refused="link.local-file"),
    Case("link with script", body("[看](javascript:alert(1))"), refused="link.unsafe"),
    Case("link with script in disguise", body("[看](&#106;ava&#115;cript:alert(1))"), refused="link.unsafe"),
    Case("link with script and a tab", body("[看](java&#9;script:alert(1))"), refused="link.unsafe"),
    Case("link with data", body("[看](data:text/html;base64,PHNjcmlwdD4=)"), refused="link.unsafe"),
    Case("automatic link with script", body("<javascript:alert(1)>"), refused="link.unsafe"),
    Case("picture from elsewhere", body("![图](https://evil.example/a.png)"), refused="image.outside"),
    Case("picture that leads out", body("![图](../../../../../etc/a.png)"), refused="image.missing"),
    Case("id of a notice that leads out", replace(NOTICE, "编号: N2", '编号: "../../x"'), absent="../../x.html"),
    Case("id of a team that leads out", replace("content/teams/isolation.md", "isolation", "../../isolation"), refused="field.id"),
    Case("id of a category that leads out", replace("content/site.yml", "{id: drill", '{id: "../drill"'), refused="field.id"),
    Case("id of a dataset that leads out", replace("content/statistics/datasets.yml", "id: disinfection", 'id: "../disinfection"'), refused="field.id"),
    Case("name with a line end", new_notice("a\nb"), refused="site.file-name"),
    Case("name with an escape", new_notice("a\x1b[31mb"), refused="site.file-name"),
    Case("name with a direction override", new_notice("a\u202egnp.exe"), refused="site.file-name"),
    Case("name with an invisible sign", new_notice("a\u200bb"), refused="site.file-name"),
    Case("name of 80 Chinese characters", new_notice("长" * 80), refused="site.file-name"),
    Case("name of 60 Chinese characters", new_notice("长" * 60)),
    Case("names that differ in case", both(new_notice("Second", "N8")), refused="plan.collision"),
    Case("names that differ in normal form", both(new_notice(unicodedata.normalize("NFC", "é"), "N8"), new_notice(unicodedata.normalize("NFD", "é"), "N9")), refused="plan.collision"),
    Case("name with quotes and angle brackets", new_notice("a\"><script>alert(1)<"), absent=MARK),
    Case("name with percent signs", new_notice("%2e%2e%2fx")),
    Case("folder named like a notice", lambda site: (site / "content/notices/2026/folder.md").mkdir()),
    Case("output that is a link elsewhere", link("public", "/tmp"), status=2),
    # Sizes.
    Case("notice of 100 MB", lazily(lambda: body("长" * (BIG // 3))), refused="file.too-large"),
    Case("attachment of 100 MB", lazily(lambda: attachment("a.pdf", b"%PDF-1.4\n" + bytes(BIG))), refused="file.too-large"),
    Case("day of 100 MB", lazily(lambda: write("content/statistics/disinfection/2026-11-18.csv", b"1,2,3\n" * (BIG // 6))), refused="file.too-large"),
    Case("sparse file of 8 GB", lambda site: os.truncate(os.open(site / "content/files.bin", os.O_CREAT | os.O_WRONLY), 1 << 33), refused="file.too-large"),
    Case("notice with zero bytes", body("\0" * 10), refused="encoding.unreadable"),
    Case("notice that is a program", write("content/notices/2026/program.md", b"\x7fELF" + bytes(range(256)) * 100), refused="encoding.unreadable"),
    Case("overlong UTF-8", write("content/notices/2026/overlong.md", b"---\n\xc0\xaf\xe0\x80\xaf\n---\n"), refused="encoding.unreadable"),
    Case("half a surrogate pair", write("content/notices/2026/surrogate.md", b"---\n\xed\xa0\x80\n---\n"), refused="encoding.unreadable"),
    Case("quotes nested 100,000 deep", body(">" * 100_000 + "深"), refused="markdown.too-deep"),
    Case("lists nested 20,000 deep", body("- " * 20_000 + "深"), refused="markdown.too-deep"),
    Case("100,000 brackets", body("[" * 100_000)),
    Case("100,000 brackets and their ends", body("[" * 50_000 + "](" * 50_000)),
    Case("pictures without end", body("![" * 50_000)),
    Case("emphasis that never ends", body("*a_ " * 50_000)),
    Case("a wall of stars", body("*" * 10_001 + "深" + "*" * 10_001)),
    Case("emphasis nested deep", body("*a " * 10_001 + "深" + " a*" * 10_001), refused="markdown.too-deep"),
    Case("backticks of every length", body(" ".join("`" * n for n in range(1, 600)))),
    Case("50,000 definitions", body("\n".join(f"[a{n}]: https://example.cn/{n}" for n in range(50_000)))),
    Case("table of 2,000 columns", body("|" + "a|" * 2_000 + "\n|" + "-|" * 2_000 + "\n|" + "b|" * 2_000)),
    Case("table of 20,000 rows", body("|a|b|\n|-|-|\n" + "|1|2|\n" * 20_000)),
    Case("50,000 headings", body("\n\n".join(f"## 一{n}" for n in range(50_000)))),
    Case("YAML aliases", replace(NOTICE, "责任组", "a: &a [1]\nb: *a\n责任组"), refused="yaml.alias"),
    Case("YAML nested 10,000 deep", replace(NOTICE, "摘要: 周三演练。", "摘要: " + "[" * 10_000), refused="yaml.too-deep"),
    Case("YAML tag of a program", field("摘要2: !!python/object/apply:os.system [id]"), refused="field.unknown"),
    Case("20,000 unknown fields", field("\n".join(f"k{n}: 1" for n in range(20_000))), refused="field.unknown"),
    Case("CSV of 20,000 columns", write("content/statistics/disinfection/2026-11-18.csv", ",".join("a" * 3 for _ in range(20_000)) + "\n"), refused="csv."),
    Case("CSV with an open quote", write("content/statistics/disinfection/2026-11-18.csv", '地点,应消\n"' + "a,\n" * 500_000), refused="csv.open-quote"),
    Case("number without end", replace("content/statistics/disinfection/2026-11-20.csv", "\n", "\n" + "9" * 5_000 + ",", ), refused="csv."),
    Case("year 99999", replace(NOTICE, "2026年11月20日", "99999-01-01"), refused="date."),
    Case("template that includes itself", write("templates/notice-item/notice-item.mustache", "{{>notice-item}}" * 10), refused="template.recursion"),
    Case("template whose parent is itself", write("templates/notice/notice.mustache", "{{<notice}}{{/notice}}" * 10), refused="template.recursion"),
    Case("template that includes itself within sections", write("templates/notice-item/notice-item.mustache", "{{^state}}{{#href}}" * 40 + "{{>notice-item}}" + "{{/href}}{{/state}}" * 40), refused="template.recursion"),
    Case("block that holds itself", write("templates/notice/notice.mustache", "{{<page}}{{$main}}{{$main}}{{$main}}x{{/main}}{{/main}}{{/main}}{{/page}}"), refused="template.recursion"),
    Case("sections nested 5,000 deep", write("templates/notice/notice.mustache", "{{#title}}" * 5_000 + "{{/title}}" * 5_000), refused="template."),
    # Words that would be code elsewhere.
    Case("HTML in a title", title(SCRIPT), absent=MARK),
    Case("HTML in a summary", replace(NOTICE, "周三演练。", f"'{SCRIPT}'"), absent=MARK),
    Case("HTML in an issuer", replace(NOTICE, "落款: 安全办", f"落款: '{SCRIPT}'"), absent=MARK),
    Case("HTML in a place", replace(NOTICE, "place: 操场", f"place: '\" onload=alert(1) {SCRIPT}'"), absent=MARK),
    Case("HTML in a correction", replace(NOTICE, "时间改为周三。", f"'{SCRIPT}'"), absent=MARK),
    Case("HTML in a body", body(SCRIPT), refused="markdown.raw-html", absent=MARK),
    Case("HTML in a table", body(f"|a|\n|-|\n|`{SCRIPT}`|"), absent=MARK),
    Case("HTML in a heading's id", body('## 一 {#a"onload="alert(1)}'), absent='onload="alert'),
    Case("HTML in a link's title", body("[a](https://example.cn 'x\" onclick=\"alert(1)')"), absent='" onclick="'),
    Case("HTML in a code block's language", body('```"><script>alert(1)</script>\na\n```'), absent=MARK),
    Case("HTML in the school's name", replace("content/site.yml", "name: ", f"name: '{SCRIPT}' #"), absent=MARK),
    Case("HTML in a team's name", replace("content/teams/isolation.md", "name: ", f"name: '{SCRIPT}' #"), absent=MARK),
    Case("HTML in a category's name", replace("content/site.yml", "{id: drill, name: ", f"{{id: drill, name: '{SCRIPT}' #"), refused="yaml."),
    Case("HTML in a unit", replace("content/statistics/units.csv", "\n", f"\n{SCRIPT},1班,40,2020-01-01,,\n"), absent=MARK),
    Case("HTML in the roster", replace("content/duty/2026-11.csv", "\n", f"\n2026-11-25,{SCRIPT},教师,教师,0000-5550101\n"), absent=MARK),
    Case("formula in the roster", replace("content/duty/2026-11.csv", "\n", "\n2026-11-25,=1+1,教师,教师,0000-5550101\n")),
    Case("calendar field in a title", title("通知\\nATTENDEE:mailto:a@example.cn"), absent="\nATTENDEE"),
    Case("end of CDATA in a title", title("通知]]><x>"), absent="]]><x>"),
    Case("braces of a template in a title", title("'{{site.name}}{{{body}}}'")),
    Case("direction override in a title", title("通知\u202e知通"), refused="encoding.control-character"),
    Case("direction override as an entity", body("通知&#x202E;知通"), refused="encoding.control-character"),
    Case("direction override as an escape", replace(NOTICE, "周三演练。", '"周三\\u202e演练。"'), refused="field.control-character"),
    Case("direction isolate in a body", body("通知\u2066知通"), refused="encoding.control-character"),
    Case("invisible sign in a telephone number", body("电话138\u200b0013\u200b8000"), refused="privacy.personal-value"),
    Case("telephone number over two lines", body("电话138\n0013\n8000"), refused="privacy.personal-value"),
    Case("escape for terminals in a title", title("通知\x1b[2J"), refused="encoding.control-character"),
    # Attachments.
    Case("SVG with script", attachment("a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), refused="attachment.kind"),
    Case("HTML as attachment", attachment("a.html", SCRIPT), refused="attachment.kind"),
    Case("program as attachment", attachment("a.exe", b"MZ"), refused="attachment.kind"),
    Case("workbook with macros", attachment("a.xlsm", b"PK"), refused="attachment.kind"),
    Case("two endings", attachment("a.pdf.html", SCRIPT), refused="attachment.kind"),
    Case("formula in a table to download", attachment("a.csv", "姓名,说明\n=cmd|' /C calc'!A0,一\n"), refused="csv.formula"),
    Case("picture that is a page", both(write("content/files/a.png", SCRIPT), body("![图](../../files/a.png)")), refused="image."),
    # Workbooks.
    Case("workbook that is a bomb", **imported("消毒 2026-11-23.xlsx", lambda: workbook(b"<worksheet><sheetData>" + b" " * 400_000_000))),
    Case("workbook with entities without end", **imported("消毒 2026-11-23.xlsx", workbook(f"<?xml version='1.0'?>{ENTITY}<worksheet><sheetData><row><c t='inlineStr'><is><t>&j;</t></is></c></row></sheetData></worksheet>"))),
    Case("workbook that reads the machine's files", **imported("消毒 2026-11-23.xlsx", workbook(f"<?xml version='1.0'?>{OUTSIDE}<worksheet><sheetData><row><c t='inlineStr'><is><t>&a;</t></is></c></row></sheetData></worksheet>"))),
    Case("workbook with a cell far away", **imported("消毒 2026-11-23.xlsx", workbook('<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'))),
    Case("workbook with names that lead out", **imported("消毒 2026-11-23.xlsx", workbook("<worksheet/>", more={"../../../etc/x": "x"}))),
    Case("workbook that is cut off", **imported("消毒 2026-11-23.xlsx", workbook("<worksheet/>")[:200])),
    Case("workbook nested deep", **imported("消毒 2026-11-23.xlsx", workbook("<a>" * 200_000))),
]
