"""Gives every number that a site may hold an extreme: each field, each column, each cell of a workbook.

usage: test_extremes.py PROGRAM [PLACE]
In the text of a site below, `«42»` is a place with the number that is written there otherwise. For each place and each extreme
the site is built from nothing, the screens' and the offices' outputs with it. The program answers: it publishes, or it refuses
with a file and a line; it never dies, and of a report of persons it never tells the number.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import sys
import tempfile

from cases import workbook
from test_hostile import BASE, NOW, run

PLACE = re.compile("«([^»]*)»")
EXTREMES = [
    "0", "-0", "-1", "1", "2", "99", "1000", "99999", "100000", "2147483648", "9007199254740993", "9223372036854775807",
    "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551616", "7" * 400,
    "0.5", "-0.5", "0." + "3" * 300, "1e9", "1E308", "1e999", "-1e999", "NaN", "inf", "0x7f", "007", "1,000", "１２", "一百", "½", "",
]
FILES = {
    "content/site.yml": (BASE / "content/site.yml").read_text(encoding="utf-8")
    .replace("per_page: 2", "per_page: «2»").replace("size: 1920x1080", "size: «1920»x«1080»")
    .replace("signature: 示例小学", "signature: 示例小学\n  sms_parts: «2»") + "statistics: {k: «10»}\n",
    "content/teams/isolation.md": re.sub(
        "order: *[0-9]+", "order: «3»", (BASE / "content/teams/isolation.md").read_text(encoding="utf-8")),
    "content/statistics/datasets.yml": """
- id: attendance
  name: 学生出勤
  kind: persons
  team: isolation
  due: "09:00"
  columns:
    - {id: grade, label: 年级, type: grade}
    - {id: class, label: 班级, type: class}
    - {id: enrolled, label: 应到, type: persons, least: «1», most: «999»}
    - {id: present, label: 实到, type: persons}
    - {id: fever, label: 发热, type: persons}
    - {id: gastro, label: 肠胃, type: persons}
    - {id: leave, label: 请假, type: persons}
  rules: ["present <= enrolled", "enrolled - present = fever + gastro + leave"]
  publish: {id: absent, label: 缺勤, done: 出勤, count: enrolled - present, of: enrolled, by: class}
  alerts:
    - {name: 发热, count: fever, in: class, days: «1», least: «3»}
    - {name: 病假, count: fever, in: class, share: «30», of: enrolled}
- id: visitors
  name: 来访
  kind: persons
  team: isolation
  due: "09:00"
  columns:
    - {id: area, label: 场所, type: text}
    - {id: held, label: 已建档, type: persons}
  publish: {id: files, label: 未建档, done: 已建档, count: held, of: «87», by: school}
- id: disinfection
  name: 消毒
  kind: operational
  counts: rooms
  team: isolation
  due: "17:00"
  summary: 各场所消毒
  columns:
    - {id: area, label: 场所, type: text}
    - {id: planned, label: 应消毒, type: count, unit: 间, least: «0», most: «90»}
    - {id: done, label: 已消毒, type: count, unit: 间}
    - {id: warmth, label: 温度, type: number, unit: ℃, least: «-30.5», most: «50.5»}
    - {id: at, label: 时间, type: time}
  rules: ["done <= planned"]
  show: {completion: {done: done, of: planned, by: area}}
- id: store
  name: 物资
  kind: operational
  counts: rooms
  team: isolation
  due: "17:00"
  columns:
    - {id: item, label: 名称, type: text}
    - {id: balance, label: 库存, type: count}
    - {id: use, label: 领用, type: number}
  show: {reserve: {balance: balance, use: use, by: item, least: «10»}}
- id: lessons
  name: 宣教
  kind: operational
  counts: rooms
  team: isolation
  due: "17:00"
  columns:
    - {id: topic, label: 主题, type: text}
    - {id: held, label: 场次, type: count}
  show: {total: {of: held, by: topic}}
""",
    "content/statistics/units.csv": """grade,class,enrolled,from,until,aliases
一年级,一（1）班,«42»,2026-09-01,,
一年级,一（2）班,41,2026-09-01,,
一年级,一（3）班,43,2026-09-01,,
""",
    "content/statistics/attendance/2026-11-20.csv": """年级,班级,应到,实到,发热,肠胃,请假
一年级,一（1）班,«42»,«41»,«1»,«0»,«0»
一年级,一（2）班,41,41,0,0,0
""",
    "content/statistics/visitors/2026-11-20.csv": "场所,已建档\n门口,«80»\n",
    "content/statistics/disinfection/2026-11-19.csv": "场所,应消毒,已消毒,温度,时间\n教室,3,2,4.5,08:00\n食堂,2,2,-3,8点\n",
    "content/statistics/disinfection/2026-11-20.csv": "场所,应消毒,已消毒,温度,时间\n教室,«3»,«3»,«4.5»,«8»:«30»\n食堂,2,1,5,09:00\n",
    "content/statistics/store/2026-11-20.csv": "名称,库存,领用\n口罩,«100»,«5»\n",
    "content/statistics/lessons/2026-11-20.csv": "主题,场次\n洗手,«4»\n口腔,2\n",
}
#: Where a number is of persons: what a family may be known by.
PERSONS = ["content/statistics/attendance/", "content/statistics/visitors/", "content/statistics/units.csv"]


def places():
    return [(path, number) for path, text in FILES.items() for number in range(len(PLACE.findall(text)))]


def filled(text, number=None, value=None):
    """A text with its usual numbers, and another one at a place."""
    found = iter(range(len(text)))
    return PLACE.sub(lambda one: value if next(found) == number else one[1], text)


def laid(folder, path=None, number=None, value=None):
    """The site with its usual numbers, and another one at a place."""
    site = pathlib.Path(folder) / "site"
    shutil.copytree(BASE, site)
    for name, text in FILES.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(filled(text, number if name == path else None, value), encoding="utf-8")
    return site


def built(program, place, value):
    """What is wrong with the answer to an extreme at a place, or nothing; and whether it was published."""
    path, number = place
    with tempfile.TemporaryDirectory() as folder:
        site = laid(folder, path, number, value)
        status, told = run(program, ["build", "--site", str(site), *NOW, "--format", "json"])
        is_secret = any(path.startswith(start) for start in PERSONS) and len(value) > 8
        return wrong(status, told, value if is_secret else "", site), status


def imported(program, value, column):
    """The same of a cell of a workbook that is handed in."""
    cells = ["3", "3", "4.5", "0.35"]
    cells[column] = value
    words = "".join(f'<c t="inlineStr"><is><t>{word}</t></is></c>' for word in ["场所", "应消毒", "已消毒", "温度", "时间"])
    numbers = "".join(f"<c><v>{cell}</v></c>" for cell in cells)
    sheet = (f'<worksheet><sheetData><row>{words}</row><row><c t="inlineStr"><is><t>教室</t></is></c>{numbers}</row>'
             "</sheetData></worksheet>")
    with tempfile.TemporaryDirectory() as folder:
        site = laid(folder)
        (site / "消毒 2026-11-23.xlsx").write_bytes(workbook(sheet))
        status, told = run(program, ["import", str(site / "消毒 2026-11-23.xlsx"), "--site", str(site), *NOW])
        if status == 0:
            status, told = run(program, ["build", "--site", str(site), *NOW, "--format", "json"])
            if status != 0:
                return f"imported, and then not built: {told[:300]}", 1
        return ("" if status in (0, 1) else f"exit {status}: {told[-300:]}"), status


def wrong(status, told, secret, site):
    if status not in (0, 1):
        return f"exit {status}: {told[-300:]}"
    found = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    errors = [one for one in found if one.get("severity") == "error"]
    if status == 1 and not all(one["file"] for one in errors) or status == 1 and not errors:
        return f"refused without a file: {told[:300]}"
    if status == 1 and (site / "public").exists():
        return "refused and published"
    if secret and secret in told:
        return f"the number is told: {[one['id'] for one in found]}"
    if secret and any(secret.encode() in one.read_bytes() for one in (site / "public").rglob("*.*") if one.is_file()):
        return "the number is published"
    return ""


def main():
    program = os.path.abspath(sys.argv[1])
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    work = [(place, value) for place in places() for value in EXTREMES if wanted in place[0]]
    cells = [(value, column) for value in EXTREMES for column in range(4) if not wanted]
    failed = published = 0
    usual, status = built(program, ("", 0), "")
    if usual or status != 0:
        sys.exit(f"the site with its usual numbers is not published: {usual or status}")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: built(program, *one), work))
        answers += pool.map(lambda one: imported(program, *one), cells)
    for one, (problem, status) in zip(work + cells, answers):
        published += status == 0
        if problem:
            failed += 1
            print(f"FAILED {str(one)[:160]}: {problem}", flush=True)
    print(f"{len(work + cells)} extremes at {len(places()) + 4} places: {published} published, {failed} failed")
    sys.exit(failed != 0)


if __name__ == "__main__":
    main()
