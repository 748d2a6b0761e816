"""What `import` makes of reports, right and wrong, as CSV files and as workbooks.

usage: check_import.py PROGRAM
Every case has a golden of what is told (UPDATE_GOLDENS=1 rewrites them); the twin of a CSV file in a workbook must give the
same bytes; a file with errors must change nothing; and no count of persons may be told.
"""
import csv
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import cases
from workbook import rows, workbook

HERE = pathlib.Path(__file__).resolve().parent
BASE = HERE.parent / "Golden" / "base" / "site"
EXPECTED = HERE / "expected"
NOW = "2026-11-23T08:30:00+08:00"
program = str(pathlib.Path(sys.argv[1]).resolve())
results = {"passed": 0, "failed": 0}


def check(holds, what):
    results["passed" if holds else "failed"] += 1
    if not holds:
        print("FAILED", what)


def content(site):
    return {str(p.relative_to(site)): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


def run(site, arguments):
    command = [program, "import", *arguments, "--site", str(site), "--now", NOW]
    return subprocess.run(command, capture_output=True, text=True, cwd=site.parent)


class Case:
    """An import into a site of its own."""

    def __init__(self, folder, name, files, options=(), published=None):
        self.site = pathlib.Path(folder) / "site"
        shutil.copytree(BASE, self.site)
        # Of the twentieth two of three classes have reported.
        day = self.site / "content/statistics/attendance/2026-11-20.csv"
        day.write_text("".join(line for line in day.read_text().splitlines(keepends=True) if "一（3）班" not in line))
        for other, text in (published or {}).items():
            (day.parent / f"{other}.csv").write_text(text)
        if published:
            subprocess.run([program, "build", str(self.site), "--now", "2026-11-21T08:00:00+08:00"], check=True, capture_output=True)
        self.before = content(self.site)
        for file, data in files.items():
            (self.site.parent / file).write_bytes(data)
        self.result = run(self.site, [*files, *options])
        self.after = content(self.site)
        self.check(name)

    def check(self, name):
        told = f"exit {self.result.returncode}\n\n{self.result.stderr}\n{self.result.stdout}"
        golden = EXPECTED / f"{name}.txt"
        if os.environ.get("UPDATE_GOLDENS"):
            golden.write_text(told)
        check(golden.exists() and golden.read_text() == told, f"{name}: {golden.name} differs")
        if self.result.returncode:
            check(self.before == self.after, f"{name}: a file with errors changes nothing")
        else:
            self.check_files(name)

    def check_files(self, name):
        """What is written is read by the next build without a word about it, and stays in its place when imported again."""
        new = {path for path in self.after if self.before.get(path) != self.after[path]}
        places = ("content/statistics/", "internal/")
        check(all(path.startswith(places) for path in new), f"{name}: writes {new}")
        build = subprocess.run([program, "build", "--site", str(self.site), "--now", NOW, "--format", "line"], capture_output=True, text=True)
        check(build.returncode == 0, f"{name}: builds\n{build.stderr}")
        check(all(p.stat().st_mode & 0o77 == 0 for p in (self.site / "internal").rglob("*")), f"{name}: internal/ is for its owner")
        pages = [page for page in (self.site / "public").rglob("*") if page.is_file()]
        check(pages and not any("内部日报" in page.read_text(errors="ignore") for page in pages), f"{name}: internal words are published")

    def days(self):
        return {path: data for path, data in self.after.items() if path.startswith("content/statistics/")}


def single(name, files, options=(), published=None):
    with tempfile.TemporaryDirectory() as folder:
        return Case(folder, name, files, options, published)


def check_twins():
    for name, text in cases.TWINS.items():
        stem = cases.NAMES.get(name, cases.NAME)
        options = cases.OPTIONS.get(name, ())
        as_csv = single(f"{name}.csv", {f"{stem}.csv": text.encode()}, options)
        as_book = single(f"{name}.xlsx", {f"{stem}.xlsx": workbook({"日报": rows(text)})}, options)
        check(as_csv.result.returncode == as_book.result.returncode, f"{name}: twins end alike")
        check(as_csv.days() == as_book.days(), f"{name}: twins give the same bytes")
        ids = [re.findall(r"\[([a-z-]+\.[a-z0-9-]+)\]", case.result.stderr) for case in (as_csv, as_book)]
        check(ids[0] == ids[1], f"{name}: twins tell the same: {ids}")


def check_singles():
    right = single("00-right.csv", {f"{cases.NAME}.csv": cases.GOOD.encode()})
    for name, data in cases.SINGLE.items():
        stem, kind = name.rsplit(".", 1)
        case = single(name, {f"{cases.NAME if not stem.startswith('10') else '日报'}.{kind}": data})
        if stem.startswith(("01", "31")):
            check(case.days() == right.days(), f"{name}: the same as the plain file")


def check_merging():
    header = cases.HEADER
    one, two = (header + "一年级,一（1）班,42,41,1,0\n").encode(), (header + "一年级,一（3）班,43,42,0,1\n").encode()
    both = single("40-two-files", {"a2026-11-23.csv": one, "b2026-11-23.csv": two})
    day = both.after["content/statistics/attendance/2026-11-23.csv"].decode()
    check(day == header + "一年级,一（1）班,42,41,1,0\n一年级,一（3）班,43,42,0,1\n", "two files of a day are one")
    single("40-two-files-differ", {"a2026-11-23.csv": one, "b2026-11-23.csv": one.replace(b"41,1,0", b"40,1,1")})
    single("40-one-of-two-wrong", {"a2026-11-23.csv": one, "b2026-11-23.csv": two.replace(b"42,0,1", b"44,0,1")})
    # 2026-11-20 stands with two classes.
    day = "content/statistics/attendance/2026-11-20.csv"
    corrected = single("41-correction", {"a2026-11-20.csv": one.replace(b"41,1,0", b"40,1,1")})
    check(corrected.after[day].decode() == header + "一年级,一（1）班,42,40,1,1\n一年级,一（2）班,41,41,0,0\n", "a correction keeps the other rows")
    added = single("41-late-class", {"a2026-11-20.csv": two})
    check("一（3）班" in added.after[day].decode(), "a late class is added")
    again = single("41-the-same-again", {"a2026-11-20.csv": one})
    check(again.after[day] == again.before[day], "the same again changes nothing")
    replaced = single("41-replaced", {"a2026-11-20.csv": one}, ["--replace"])
    check(replaced.after[day].decode() == header + "一年级,一（1）班,42,41,1,0\n", "--replace drops what is not reported")
    # A day that is published: import asks, and then notes the day of the correction and nothing else.
    header_and_all = header + "一年级,一（1）班,42,41,1,0\n一年级,一（2）班,41,41,0,0\n一年级,一（3）班,43,43,0,0\n"
    for name, files, options, status in [
        ("44-published-day", {"a2026-11-19.csv": one.replace(b"41,1,0", b"40,1,1")}, [], 1),
        ("44-published-day-corrected", {"a2026-11-19.csv": one.replace(b"41,1,0", b"40,1,1")}, ["--correct"], 0),
    ]:
        case = single(name, files, options, published={"2026-11-19": header_and_all})
        note = case.after.get("content/statistics/corrections.csv", b"").decode()
        check(case.result.returncode == status, f"{name}: exit {status}")
        check(note == ("dataset,day,corrected\nattendance,2026-11-19,2026-11-23\n" if status == 0 else ""), f"{name}: {note}")
        check((case.before == case.after) == (status == 1), f"{name}: written or not")
    dry = single("42-dry-run", {"a2026-11-23.csv": one}, ["--dry-run"])
    check(dry.result.returncode == 0 and dry.before == dry.after, "--dry-run writes nothing")
    for name, files, options in [
        ("43-no-such-file", {}, ["nowhere.csv"]), ("43-no-such-dataset", {"a.csv": one}, ["--dataset", "attendence"]),
        ("43-no-day", {"a.csv": one}, []), ("43-day-given", {"a.csv": one}, ["--day", "2026年11月23日"]),
        ("43-days-differ", {"a2026-11-23.csv": ("2026年11月20日,,,,,\n" + header).encode() + two.split(b"\n", 1)[1]}, []),
    ]:
        single(name, files, options)


def check_what_stands():
    """What stands is not replaced unread, and internal reports go to no other folder."""
    data = (cases.HEADER + "一年级,一（1）班,42,41,1,0\n").encode()
    day = "content/statistics/attendance/2026-11-20.csv"
    for name, prepare in [
        ("unreadable day", lambda site: (site / day).write_bytes(b"\xff\xfe\x00\xd8" + bytes(range(128, 200)))),
        ("internal is a link", lambda site: ((site / "public").mkdir(), (site / "internal").symlink_to("public"))),
        ("internal is a file", lambda site: (site / "internal").write_text("a")),
        ("a link in the way", lambda site: (shutil.rmtree(site / "content/statistics/attendance"), (site / "other").mkdir(), (site / "content/statistics/attendance").symlink_to(site / "other"))),
    ]:
        with tempfile.TemporaryDirectory() as folder:
            site = pathlib.Path(folder) / "site"
            shutil.copytree(BASE, site)
            prepare(site)
            before = content(site)
            (site.parent / "a2026-11-20.csv").write_bytes(data)
            result = run(site, ["a2026-11-20.csv"])
            check(result.returncode in (1, 2), f"{name}: {result.returncode} {result.stderr}")
            check(content(site) == before, f"{name}: nothing is written")


def check_alerts():
    """Thresholds over several days, told in the internal report and nowhere else."""
    with tempfile.TemporaryDirectory() as folder:
        site = pathlib.Path(folder) / "site"
        shutil.copytree(BASE, site)
        told = ""
        for day, fever in [("2026-11-17", 2), ("2026-11-18", 2), ("2026-11-19", 1), ("2026-11-23", 3)]:
            file = site.parent / f"出勤{day}.csv"
            file.write_text(cases.HEADER + f"一年级,一（1）班,42,{42 - fever},{fever},0\n一年级,一（2）班,41,41,0,0\n")
            result = run(site, [str(file)])
            check(result.returncode == 0, f"{day}: {result.stderr}")
            told += result.stderr + result.stdout
        reports = {p.name: p.read_text() for p in (site / "internal").iterdir()}
        check("达到3例" not in reports["2026-11-18.md"] and "达到5例" not in reports["2026-11-18.md"], "two pupils ill for two days are no five cases")
        check("一（1）班“发热”一天内达到3例" in reports["2026-11-23.md"], "three in a day")
        check("一（3）班" in reports["2026-11-23.md"], "who has not reported")
        check("达到" not in told, "no alert is told on the terminal")


def check_silence():
    """No number of a report of persons stands in what is told, unless it is a place, a date or a count of rows."""
    rare = 37
    text = cases.HEADER + f"一年级,一（1）班,42人,{42 - rare},{rare}人,0\n一年级,一（2）班,41,{rare},{rare},0\n"
    for name, data in [("a2026-11-23.csv", text.encode()), ("a2026-11-23.xlsx", workbook({"日报": rows(text)}))]:
        with tempfile.TemporaryDirectory() as folder:
            site = pathlib.Path(folder) / "site"
            shutil.copytree(BASE, site)
            (site.parent / name).write_bytes(data)
            for options in ([], ["--format", "json"], ["--format", "line"]):
                result = run(site, [name, *options])
                check(str(rare) not in re.sub(r":[0-9]+:[0-9]+", "", result.stderr + result.stdout), f"{name} {options}: a count is told\n{result.stderr}")


def main():
    check_twins()
    check_singles()
    check_merging()
    check_what_stands()
    check_alerts()
    check_silence()
    known = {path.stem for path in EXPECTED.iterdir()}
    print(f"{len(known)} goldens")
    print(f"{results['passed']} passed, {results['failed']} failed")
    sys.exit(results["failed"] > 0)


main()
