"""Ten school years of the sample school's fourteen datasets.

usage: test_decade.py PROGRAM GROW-LEDGER [--every-day] [--years 10]
The ledger grows through the code that a build uses; real builds are made on the first day, at the end of each year and on the
last ten days, with imports and corrections on the way. With `--every-day` every day is imported and built, and all reports
stay; that takes hours. Prints the ledger's size by year and the time of the last day's build beside the first's.
"""
import datetime
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from school import School, school_days

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIRST = 2026
# Bytes a day: for the sample's fourteen datasets, and for a school of sixty classes.
SAMPLE_LIMIT, LARGE_LIMIT = 2048, 6144
# Older reports are moved to an archive, as the IT guide says: what was published of them stands in the ledger.
KEPT_DAYS = 20
failures = []
passed = 0


def check(condition, what):
    global passed
    if condition:
        passed += 1
    else:
        failures.append(what)
        print(f"FAILED: {what}")


class Decade:
    def __init__(self, program, grow, work, years, keeps_all):
        self.program, self.grow, self.keeps_all = program, grow, keeps_all
        self.work, self.site = work, work / "site"
        self.site.mkdir()
        self.school = School(ROOT / "content", self.site, FIRST, years)
        self.years = [school_days(year) for year in range(FIRST, FIRST + years)]
        self.build_times = []

    def run(self, *arguments):
        return subprocess.run([self.program, *arguments], cwd=self.site, capture_output=True, text=True)

    @staticmethod
    def evening(day):
        return f"{day}T18:00:00+08:00"

    def report_path(self, dataset, day):
        return self.site / f"content/statistics/{dataset}/{day}.csv"

    def hand_in(self, day):
        """A day's reports, imported as they are handed in."""
        inbox = self.work / "inbox"
        shutil.rmtree(inbox, ignore_errors=True)
        inbox.mkdir()
        for dataset, text in self.school.reports(day).items():
            (inbox / f"{dataset}{day}.csv").write_text(text)
        files = [str(path) for path in sorted(inbox.iterdir())]
        result = self.run("import", *files, "--now", self.evening(day))
        check(result.returncode == 0, f"import of {day}: {result.stderr[:300]}")

    def correct(self, day, now):
        """One class's report of a day, handed in again with nobody absent."""
        path = self.report_path("attendance", day)
        header, first, *_ = path.read_text().splitlines()
        cells = first.split(",")
        file = self.work / f"出勤{day}.csv"
        file.write_text("\n".join([header, ",".join(cells[:3] + [cells[2]] + ["0"] * 6)]) + "\n")
        result = self.run("import", str(file), "--day", str(day), "--correct", "--now", self.evening(now))
        check(result.returncode == 0, f"correction of {day}: {result.stderr[:300]}")

    def build(self, day):
        start = time.monotonic()
        result = self.run("build", "--now", self.evening(day))
        self.build_times.append((day, time.monotonic() - start))
        check(result.returncode == 0, f"build on {day}: {result.stderr[:600]}")
        page = self.site / "public/figures/attendance.html"
        check(page.exists() and f"{day.year}年{day.month}月{day.day}日" in page.read_text(), f"{day} is not published")

    def grow_to(self, days):
        """Days of which only the ledger is made, each with what was handed in on it."""
        reports = self.work / "reports"
        shutil.rmtree(reports, ignore_errors=True)
        for index, day in enumerate(days):
            today = self.school.reports(day)
            for dataset, text in today.items():
                self.put(reports / str(day) / dataset / f"{day}.csv", text)
            if index % 40 == 39:
                # Yesterday's attendance, reported anew by the whole school.
                before = days[index - 1]
                self.put(reports / str(day) / "attendance" / f"{before}.csv", self.school.reports(before)["attendance"])
            if index >= len(days) - KEPT_DAYS:
                for dataset, text in today.items():
                    self.put(self.report_path(dataset, day), text)
        self.archive(days[-1])
        subprocess.run([self.grow, str(self.site), str(reports)], check=True)
        shutil.rmtree(reports)

    @staticmethod
    def put(path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def archive(self, today):
        if self.keeps_all:
            return
        for path in (self.site / "content/statistics").glob("*/20??-*.csv"):
            if datetime.date.fromisoformat(path.stem) < today - datetime.timedelta(days=KEPT_DAYS * 7 // 5):
                path.unlink()

    def sizes(self):
        return {path.stem: path.stat().st_size for path in sorted((self.site / "content/statistics/ledger").glob("*.txt"))}


def every_day(decade):
    for days in decade.years:
        for index, day in enumerate(days):
            decade.hand_in(day)
            if index % 40 == 39:
                decade.correct(days[index - 1], day)
            decade.build(day)
        print(f"{days[-1]}: last build {decade.build_times[-1][1]:.2f} s, ledger {sum(decade.sizes().values()):,} bytes", flush=True)


def some_days(decade):
    first = decade.years[0][0]
    decade.hand_in(first)
    decade.build(first)
    rest = decade.years[0][1:]
    for number, days in enumerate(decade.years):
        is_last = number == len(decade.years) - 1
        rest = days[1:] if number == 0 else days
        decade.grow_to(rest[:-10] if is_last else rest[:-1])
        for day in rest[-10:] if is_last else rest[-1:]:
            decade.hand_in(day)
            decade.correct(days[days.index(day) - 1], day)
            decade.build(day)


def large_school(grow, work):
    """A year of sixty classes: how large its ledger becomes."""
    numerals = "一二三四五六七八九"
    grades = {f"{grade}年级": {f"{grade}（{number}）班": 40 + number for number in range(1, 8 if index < 6 else 7)} for index, grade in enumerate(numerals)}
    site = work / "large"
    site.mkdir()
    school = School(ROOT / "content", site, FIRST, 1, grades)
    reports = work / "large-reports"
    days = school_days(FIRST)
    for day in days:
        for dataset, text in school.reports(day).items():
            Decade.put(reports / str(day) / dataset / f"{day}.csv", text)
    subprocess.run([grow, str(site), str(reports)], check=True)
    size = sum(path.stat().st_size for path in (site / "content/statistics/ledger").glob("*.txt"))
    classes = sum(len(grade) for grade in grades.values())
    print(f"{classes} classes: {size // len(days):,} bytes a day")
    check(classes == 60 and size <= LARGE_LIMIT * len(days), "the ledger of sixty classes")


def main():
    program, grow = sys.argv[1:3]
    years = int(sys.argv[sys.argv.index("--years") + 1]) if "--years" in sys.argv else 10
    is_whole = "--every-day" in sys.argv
    # Tens of thousands of small files.
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as folder:
        work = pathlib.Path(folder)
        decade = Decade(program, grow, work, years, is_whole)
        (every_day if is_whole else some_days)(decade)
        days = sum(len(year) for year in decade.years)
        sizes = decade.sizes()
        print("ledger by year: " + ", ".join(f"{year} {size:,}" for year, size in sizes.items()))
        total = sum(sizes.values())
        print(f"{days} days, {total:,} bytes, {total // days:,} a day")
        check(total <= SAMPLE_LIMIT * days, "the ledger's size")
        check(len(sizes) == years + 1, "a file for each calendar year")
        (first, began), (last, ended) = decade.build_times[0], decade.build_times[-1]
        print(f"build on {first}: {began:.2f} s; on {last}: {ended:.2f} s ({len(decade.build_times)} builds)")
        result = decade.run("audit", "--now", decade.evening(last))
        check(result.returncode == 0, f"audit: {result.stderr[:300]}")
        print(result.stdout.strip())
        sized = [line for line in decade.run("doctor").stdout.splitlines() if "台账" in line]
        check(sized, "doctor does not tell the ledger's size")
        print(*sized, sep="\n")
        large_school(grow, work)
    print(f"{passed} passed, {len(failures)} failed")
    sys.exit(1 if failures else 0)


main()
