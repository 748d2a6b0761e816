"""Attacks simulated schools, and judges by their raw reports what the attacker found out.

usage: test_attack.py PROGRAM [all]
Attacks a part of each school's days, or all of them (a quarter of an hour).
Fails if any count below 5 is recovered, proven to be more than zero, proven to be zero, or kept from being 4; if fewer
than 99 % of the days at normal incidence are published under the full template; or if the same attack finds nothing in
a site that merely hides small counts.
"""
import argparse, csv, glob, json, os, shutil, subprocess, sys, tempfile
from concurrent.futures import ProcessPoolExecutor

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "Benchmarks"))
import simulate_school
from attack import Day, published

K = 5
#      classes, rate, awkward, approved, attack every so many days
SCHOOLS = [
    (12, 1, True, True, 4), (12, 3, False, False, 8),
    (24, 0.5, False, True, 16), (24, 1, True, True, 8), (24, 1, False, True, 16), (24, 1, False, False, 16), (24, 3, True, True, 8),
    (60, 1, False, True, 50), (60, 3, True, True, 50),
]


class Truth:
    """The raw counts of a day, from the school's own report."""

    def __init__(self, site, date):
        with open(os.path.join(site, "content", "statistics", "attendance", f"{date}.csv"), encoding="utf-8") as file:
            self.rows = list(csv.reader(file))[1:]

    def count(self, group, part, cause, causes):
        columns = range(4, 10) if cause is None else [4 + simulate_school.CAUSES.index(causes[c]) for c in (cause if isinstance(cause, list) else [cause])]
        return sum(int(row[c]) for row in self.rows if (not group or row[0] == group) and (not part or row[1] == part) for c in columns)


def judge(day, truth):
    """What the attacker found out of one day: counts below k, and how many of them were recovered, proven or denied."""
    result = {"small": 0, "recovered": 0, "proven non-zero": 0, "proven zero": 0, "kept from 4": 0}
    for (group, part, cause), low, high, roll in day.intervals():
        value = truth.count(group, part, cause, day.causes)
        if value >= K:
            continue
        result["small"] += 1
        result["recovered"] += low == high
        result["proven non-zero"] += low > 0
        result["proven zero"] += high == 0
        result["kept from 4"] += high < min(K - 1, roll)
    return result


def attack(site, versions, date):
    """Attacks one day in all its versions."""
    said = [v for v in (published(folder).get(("attendance", date)) for folder in versions) if v and not v["withdrawn"] and v["lines"][0]["state"] == "stated"]
    distinct = [said[i] for i in range(len(said)) if i == 0 or said[i]["lines"] != said[i - 1]["lines"]]
    return judge(Day(distinct), Truth(site, date)) if distinct else {}


def naive(site, date, day):
    """The same lines as a site would give that shows every count but those from 1 to 4."""
    truth = Truth(site, date)
    causes = [l["measure"] for l in day["lines"] if not l["group"] and l["measure"] != "absent"]
    lines = []
    for line in day["lines"]:
        value = truth.count(line["group"], line["part"], None if line["measure"] == "absent" else causes.index(line["measure"]), causes)
        hidden = 0 < value < K
        if line["state"] != "missing":
            lines.append({**line, "state": "stated", "lo": 1 if hidden else value, "hi": 4 if hidden else value})
    return {**day, "lines": lines}


def build(program, site, now):
    subprocess.run([program, "build", site, "--now", f"{now}T23:00:00+08:00"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def correct(site, every):
    """Corrects a class by ten on some days, as a report that was mistyped, in turn of fevers and of leave: the dates."""
    changed = []
    for index, path in enumerate( sorted(glob.glob(os.path.join(site, "content/statistics/attendance/*.csv")))[::every]):
        rows = list(csv.reader(open(path, encoding="utf-8")))
        row = next((r for r in rows[1:] if int(r[3]) >= 15), None)
        if row:
            cause = (4, 9)[index % 2]
            row[3], row[cause] = str(int(row[3]) - 10), str(int(row[cause]) + 10)
            open(path, "w", encoding="utf-8").write("\n".join(",".join(r) for r in rows) + "\n")
            changed.append(os.path.basename(path)[:10])
    return changed


def differing(a, b):
    """Files of two folders that are not the same, byte by byte."""
    files = {os.path.relpath(path, folder) for folder in (a, b) for path in glob.glob(f"{folder}/**", recursive=True) if os.path.isfile(path)}
    return [name for name in files if not all(os.path.isfile(f"{folder}/{name}") for folder in (a, b)) or open(f"{a}/{name}", "rb").read() != open(f"{b}/{name}", "rb").read()]


def levels(site):
    """How many days were published at each level, and how many lines that could be stated were."""
    days = published(os.path.join(site, "public"))
    count, stated, lines = {}, 0, 0
    for day in days.values():
        count[day["level"]] = count.get(day["level"], 0) + 1
        stated += sum(l["state"] == "stated" for l in day["lines"])
        lines += sum(l["state"] != "missing" for l in day["lines"])
    return count, stated / max(1, lines)


def try_school(job):
    program, folder, (classes, rate, awkward, approved, every) = job
    site = os.path.join(folder, f"{classes}-{rate}-{awkward}-{approved}")
    options = [site, "--classes", str(classes), "--rate", str(rate)] + ["--awkward"] * awkward + ["--approved"] * approved
    last = simulate_school.simulate(simulate_school.parser().parse_args(options))
    build(program, site, last.replace(year=last.year + 1))
    versions = [os.path.join(site, "public"), os.path.join(site, "second")]
    shutil.copytree(versions[0], os.path.join(site, "first"))
    dates = [date for _, date in sorted(published(versions[0]))][::every]
    total = {}
    for date in dates:
        add(total, attack(site, versions[:1], date))
    share = levels(site)
    naive_total = {}
    for date in dates[:4]:
        day = published(versions[0])["attendance", date]
        add(naive_total, judge(Day([naive(site, date, day)]), Truth(site, date)))
    corrected = correct(site, 25)
    build(program, site, last.replace(year=last.year + 1))
    # A correction changes nothing that is public, whatever its size.
    again = {"replaced": 0, "changed by corrections": len(differing(os.path.join(site, "first"), versions[0]))}
    for date in corrected:
        again["replaced"] += published(versions[0])["attendance", date]["corrected"]
        add(again, attack(site, [os.path.join(site, "first"), versions[0]], date))
    return (classes, rate, awkward, approved), len(dates), total, share, naive_total, again


def add(total, result):
    for key, value in result.items():
        total[key] = total.get(key, 0) + value


def main():
    program = os.path.abspath(sys.argv[1])
    failed = 0
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(2) as pool:
        every_day = sys.argv[2:] == ["all"]
        jobs = [(program, folder, (*school[:4], 1 if every_day else school[4])) for school in SCHOOLS]
        for (classes, rate, awkward, approved), days, total, (count, stated), naive_total, again in pool.map(try_school, jobs):
            full = count.get("full", 0) / sum(count.values())
            leaks = sum(v for t in (total, again) for key, v in t.items() if key not in ("small", "replaced"))
            weak = naive_total["recovered"] == 0 or naive_total["proven non-zero"] == 0
            rare = rate <= 1 and not awkward and full < 0.99
            failed += bool(leaks) + weak + rare
            print(f"{classes} classes × {rate} incidence{', awkward' * awkward}{', causes' * approved}: {days} days, {total['small']} small counts, "
                  f"{leaks} found out; full template {full:.1%}, lines stated {stated:.1%}, levels {count}; "
                  f"corrected days {again}; naive site: {naive_total}")
    print("attack: failed" if failed else "attack: nothing found out")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
