"""Reports as teachers hand them in, right and wrong: the numbers are those of the twenty likely mistakes."""
from workbook import packed, prefixed, rows, workbook

HEADER = "年级,班级,应到,实到,发热,请假\n"
GOOD = HEADER + "一年级,一（1）班,42,41,1,0\n一年级,一（2）班,41,41,0,0\n一年级,一（3）班,43,41,1,1\n"
NAME = "出勤2026-11-23"


def changed(data, part, change):
    """A workbook with one of its documents changed."""
    import io
    import zipfile
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts[part] = change(parts[part])
    return packed(parts)


def report(*lines):
    return HEADER + "".join(line + "\n" for line in lines)


# Each is the text of a CSV file, and of its twin: the same cells in a workbook.
TWINS = {
    "00-right": GOOD,
    "07-full-width-digits": report("一年级,一（1）班,４２,４１,１,０", "一年级,一（2）班,41,41,0,0"),
    "08-date-column": "日期," + HEADER + "2026年11月23日,一年级,一（1）班,42,41,1,0\n2026.11.23,一年级,一（2）班,41,41,0,0\n2026/11/23,一年级,一（3）班,43,43,0,0\n",
    "08-day-with-weekday": "检查日期（年月日）," + HEADER + "2026年11月20日 星期五,一年级,一（1）班,42,41,1,0\n20261123,一年级,一（2）班,41,41,0,0\n",
    "08-day-of-another-year": "日期," + HEADER + "2025-11-23,一年级,一（1）班,42,41,1,0\n",
    "08-day-not-of-the-name": "日期," + HEADER + "2026-11-20,一年级,一（1）班,42,41,1,0\n",
    "08-day-of-several": "日期," + HEADER + "2026-11-23,一年级,一（1）班,42,41,1,0\n2026-11-20,一年级,一（2）班,41,41,0,0\n",
    "08-day-not-the-given": "日期," + HEADER + "2026-11-20,一年级,一（1）班,42,41,1,0\n",
    "07-thousands": report('一年级,一（1）班,"4,2",41,1,0', '一年级,一（2）班,"41,000",41,0,0'),
    "07-beyond-measure": report("一年级,一（1）班,5000000000000000000,41,1,0", "一年级,一（2）班,100000,41,0,0"),
    "13-formula": report("一年级,一（1）班,42,=D3-1,1,0"),
    "13-many-units-and-a-blank": "场所,应消毒,已消毒\n" + "".join(f"教室{n},24间,24\n" for n in range(1, 102)) + "教室102,24,\n",
    "15-blank-name": "年级,班级,,实到,发热,请假\n一年级,一（1）班,42,41,1,0\n",
    "15-other-header": "甲,乙,丙\n1,2,3\n",
    "22-only-a-line-end": "\n",
    "23-named-column": GOOD.replace("请假", "请假,消毒液浓度", 1).replace("一（1）班,42,41,1,0", "一（1）班,42,41,1,0,5"),
    "23-somebody's-column": GOOD.replace("请假", "请假,王小明", 1).replace("一（1）班,42,41,1,0", "一（1）班,42,41,1,0,5"),
    "08-year-missing": "日期," + HEADER + "11月23日,一年级,一（1）班,42,41,1,0\n",
    "09-no-such-date": "日期," + HEADER + "2026-02-30,一年级,一（1）班,42,41,1,0\n",
    "11-present-over-enrolled": report("一年级,一（1）班,42,43,0,0"),
    "12-total-is-not-the-sum": report("一年级,一（1）班,42,41,0,0"),
    "13-blank-count": report("一年级,一（1）班,42,41,,1"),
    "14-units-in-cells": report("一年级,一（1）班,42人,41人,1人,0人"),
    "15-two-row-header": "年级,班级,人数,,缺勤原因,\n,,应到,实到,发热,请假\n一年级,一（1）班,42,41,1,0\n",
    "16-totals-and-signatures": GOOD + "合计,,126,123,2,1\n填表人：,,,,,\n",
    "17-repeated-row": report("一年级,一（1）班,42,41,1,0", "一年级,一（1）班,42,42,0,0"),
    "18-unknown-class": report("一年级,一班,42,41,1,0"),
    "19-personal-column": "年级,班级,姓名,应到,实到,发热,请假\n一年级,一（1）班,某某,42,41,1,0\n",
    "19-identity-number": report("一年级,一（1）班,42,41,1,0") + "一年级,身份证11010519491231002X,41,41,0,0\n",
    "21-title-and-other-columns": "青石镇中心学校2026年11月23日出勤日报,,,,,,,\n序号,年级,班级,应到人数,实到人数,发热（人）,请假,备注\n1,一年级,一年级1班,42,41,1,0,已就医\n2,一年级,一(1)班,42,41,1,0,\n".replace("2,一年级,一(1)班,42,41,1,0", "2,一年级,一（2）班,41,41,0,0"),
    "22-two-days": "日期," + HEADER + "2026-11-20,一年级,一（1）班,42,40,1,1\n2026-11-23,一年级,一（1）班,42,41,1,0\n,一年级,一（2）班,41,41,0,0\n",
    "23-unknown-column": "年级,班级,应到,实到,发热,皮疹,请假\n一年级,一（1）班,42,41,1,0,0\n",
    "24-missing-column": "年级,班级,应到,实到,发热\n一年级,一（1）班,42,41,1\n",
    "25-no-report-at-all": "周一,周二\n鸡腿,豆腐\n",
    "26-future": "日期," + HEADER + "2027-01-04,一年级,一（1）班,42,41,1,0\n",
    "27-things-not-persons": "场所,应消毒（间）,已消毒\n教室,３,3间\n",
    "28-header-only": HEADER,
    "29-rows-short": report("一年级,一（1）班,42,41,1"),
    "33-grade-written-once": report("一年级,一（1）班,42,41,1,0", ",一（2）班,41,41,0,0", ",一（3）班,43,43,0,0"),
    "33-week": "2026年11月16日—11月23日学生出勤,,,,,\n" + GOOD,
    "33-week-to-a-day": "第12周 2026年11月16日至20日,,,,,\n" + GOOD,
    "33-other-totals": GOOD + "一年级,小计,126,123,2,1\n全校合计,,126,123,2,1\n班主任签名：,,,,,\n制表：某,,,,,\n共3个班,,,,,\n",
    "33-wrong-year": "日期," + HEADER + "2025-11-23,一年级,一（1）班,42,41,1,0\n",
    "33-remark-with-a-case": "年级,班级,应到,实到,发热,请假,出勤率,备注\n一年级,一（1）班,42,41,1,0,97.6%,李思远发热38.5\n",
    "33-numbers-for-names": report("一年级,一年级二班,41,41,0,0", "一年级,一3班,43,42,1,0"),
    "30-english-header": "GRADE,Class,enrolled,Present,fever,leave\n一年级,一（1）班,42,41,1,0\n",
}

OPTIONS = {"08-day-of-several": ["--day", "2026-11-23"], "13-many-units-and-a-blank": ["--day", "2026-11-23"], "27-things-not-persons": ["--day", "2026-11-23"], "08-day-not-the-given": ["--day", "2026-11-23"], "15-other-header": ["--dataset", "attendance", "--day", "2026-11-23"]}
NAMES = {"08-day-not-of-the-name": "出勤2026-11-23(2)"} | {key: "日报" for key in TWINS if key != "08-day-not-of-the-name" and key.startswith(("08", "09", "21", "22", "25", "26", "27", "33-w"))}

SHEET = "xl/worksheets/sheet1.xml"

# Files of which there is one form only: their bytes, or several files.
DATED = [["日期"] + rows(HEADER)[0]]
SINGLE = {
    "01-gb18030.csv": GOOD.encode("gb18030"),
    "01-bom.csv": GOOD.encode("utf-8-sig"),
    "01-utf16.csv": GOOD.encode("utf-16"),
    "01-semicolons.csv": GOOD.replace(",", ";").encode(),
    "01-tabs-crlf.csv": GOOD.replace(",", "\t").replace("\n", "\r\n").encode(),
    "02-neither.csv": GOOD.encode() + b"\xff\xff\x81",
    "10-serial.csv": ("日期," + HEADER + "46349,一年级,一（1）班,42,41,1,0\n").encode(),
    "10-serial-as-number.xlsx": workbook({"日报": DATED + [[46349] + rows(GOOD)[1]]}),
    **{f"10-serial-format-{n}.xlsx": workbook({"日报": DATED + [[(46349, n)] + rows(GOOD)[1]]}) for n in (14, 22, 27, 31, 36, 57)},
    "10-serial-own-format.xlsx": workbook({"日报": DATED + [[(46349, 'yyyy"年"m"月"d"日";@')] + rows(GOOD)[1]]}),
    "10-serial-1904.xlsx": workbook({"日报": DATED + [[(46349 - 1462, 14)] + rows(GOOD)[1]]}, uses_1904=True),
    "15-merged-header.xlsx": workbook({"日报": rows("年级,班级,人数,,缺勤原因,\n,,应到,实到,发热,请假\n一年级,一（1）班,42,41,1,0\n")}, merges=["C1:D1", "E1:F1", "A1:A2", "B1:B2"]),
    "15-merged-title.xlsx": workbook({"日报": rows("2026年11月23日出勤,,,,,\n" + GOOD)}, merges=["A1:F1"]),
    "15-merged-grade.xlsx": workbook({"日报": [[c if i in (0, 1) or j else "" for j, c in enumerate(r)] for i, r in enumerate(rows(GOOD))]}, merges=["A2:A4"]),
    "15-merged-count.xlsx": workbook({"日报": [[("" if i == 3 and j == 2 else c) for j, c in enumerate(r)] for i, r in enumerate(rows(GOOD))]}, merges=["C3:C4"]),
    "31-inline-texts.xlsx": workbook({"日报": rows(GOOD)}, inline=True),
    "31-prefixed-reading-aids.xlsx": prefixed(workbook({"日报": rows(GOOD)}, phonetic=True)),
    "31-hidden-and-other-sheets.xlsx": workbook({"旧": rows(GOOD), "日报": rows(GOOD), "菜单": [["周一"], ["豆腐"]]}, hidden=["旧"]),
    "34-row-below-all.xlsx": changed(workbook({"日报": rows(GOOD)}), SHEET, lambda t: t.replace('<row r="2">', '<row r="-9223372036854775808">')),
    "34-row-above-all.xlsx": changed(workbook({"日报": rows(GOOD)}), SHEET, lambda t: t.replace('<row r="2">', '<row r="9223372036854775807">').replace('<row r="3">', "<row>")),
    "34-endless-merge.xlsx": workbook({"日报": rows(GOOD)}, merges=["A2:A9223372036854775807", "B2:B1048576"]),
    "34-one-long-text.xlsx": changed(workbook({"日报": [["年级", "班级", "应到", "实到", "发热", "请假"]] + [["长"] * 6] * 3000}), "xl/sharedStrings.xml", lambda t: t.replace("长", "长" * 400_000)),
    "34-one-part-often.xlsx": changed(changed(workbook({"日报": rows(GOOD)}), "xl/workbook.xml", lambda t: t.replace("</sheets>", '<sheet name="x" sheetId="2" r:id="rId1"/>' * 3000 + "</sheets>")), SHEET, lambda t: t),
    "34-too-many-rows.csv": (HEADER + "一年级,一（1）班,42,41,1,0\n" * 6000).encode(),
    "32-empty.csv": b"",
    "32-text-named.xlsx": GOOD.encode(),
    "32-xls-renamed.csv": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
    "32-xlsx-renamed.csv": workbook({"日报": rows(GOOD)}),
    "32-cut-off.xlsx": workbook({"日报": rows(GOOD)})[:900],
    "32-not-a-workbook.xlsx": packed({"a.txt": "a"}),
    "32-entities.xlsx": packed({"xl/workbook.xml": '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><workbook>&b;</workbook>', "xl/_rels/workbook.xml.rels": "<Relationships/>"}),
    "32-bomb.xlsx": packed({"xl/workbook.xml": "<workbook>" + " " * (65 << 20) + "</workbook>", "xl/_rels/workbook.xml.rels": "<Relationships/>"}),
}
