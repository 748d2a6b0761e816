"""Kills the program at every one of its calls that change files, lets every one of them fail, and looks at the site.

usage: test_crash.py PROGRAM
After each fault: every page is whole, the old one or the new one; no page is lost; without a journal the site is the old one
or the new one altogether; and the next command gives, byte for byte and name for name, what it gives where nothing failed.
"""
import concurrent.futures
import errno
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
BASE = HERE.parent / "Golden" / "base" / "site"
NOW = "2026-11-23T08:30:00+08:00"
NOTICE = "content/notices/2026/second.md"
WITHDRAWN = "状态: 撤回\n撤回原因: 写错了。\n"
ADDED = "content/notices/2026/added.md"
JOURNAL = ".noticeboard-journal"
# Of the notice that is taken back; records hold it in UTF-16 as well.
SAID = ["请各班参加".encode(coding) for coding in ("utf-8", "utf-16-le")]
# Folders are copied thousands of times.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
ERRORS = [errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EIO, errno.EMFILE]


def listing(folder):
    """Every file and folder below a folder, with the bytes of files."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"folder"
        for path in folder.rglob("*")
    } if folder.exists() else {}


def served(files):
    """What a visitor can read: no names that begin with a dot, and no empty folders."""
    return {name: data for name, data in files.items() if data != b"folder" and not name.startswith(".")}


class Run:
    """The program, with faults put between it and the C library."""

    def __init__(self, program, library, work):
        self.program, self.library, self.work = program, library, work
        self.site = work / "site"

    def command(self, verb):
        now = [] if verb == "rollback" else ["--now", NOW, "--jobs", "1"]
        return [self.program, verb, "--site", str(self.site), *now]

    def environment(self, fault, count=None, shift=None):
        more = {"FAULT": fault} | ({"FAULT_COUNT": str(count)} if count else {}) | ({"CLOCK_SHIFT": shift} if shift else {})
        return os.environ | {"LD_PRELOAD": str(self.library)} | more

    def __call__(self, verb, fault="", count=None, shift=None):
        return subprocess.run(self.command(verb), capture_output=True, text=True, env=self.environment(fault, count, shift))

    def calls(self, verb):
        count = self.work / "count"
        result = self(verb, count=count)
        assert result.returncode == 0, result.stderr
        return int(count.read_text())

    def restore(self, state):
        """The folder as it was: under the same path, because the program remembers it."""
        shutil.rmtree(self.site, ignore_errors=True)
        shutil.copytree(state, self.site, symlinks=True)

    def public(self):
        return listing(self.site / "public")


def prepare(run, states):
    """The site unbuilt, built once and edited, built twice, and then with a notice withdrawn: with each the command that comes
    next."""
    shutil.copytree(BASE, run.site)
    shutil.copytree(run.site, states / "first")
    build(run)
    notice = run.site / NOTICE
    text = notice.read_text()
    notice.write_text(text.replace("关于演练的通知", "改过的标题"))
    (run.site / ADDED).write_text(text.replace("编号: N2", "编号: N9").replace("替代: [N1]\n", "").replace("请各班参加", "请参加"))
    day = run.site / "content/statistics/disinfection"
    shutil.copy(day / "2026-11-19.csv", day / "2026-11-18.csv")
    # Fewer pages: files that go, and a folder with them.
    settings = run.site / "content/site.yml"
    settings.write_text(settings.read_text().replace("per_page: 2", "per_page: 50"))
    shutil.copytree(run.site, states / "change")
    build(run)
    shutil.copytree(run.site, states / "rollback")
    give_former_ledger(run)
    shutil.copytree(run.site, states / "former ledger")
    run.restore(states / "rollback")
    take_back(notice, WITHDRAWN)
    shutil.copytree(run.site, states / "taken back")
    return {"first": "build", "change": "build", "rollback": "rollback", "former ledger": "build", "taken back": "build"}


def give_former_ledger(run):
    """Puts the ledger's former form in the place of the yearly files, and a day that is not published yet beside it."""
    fields = lambda group, part, word, roll: f"2026-11-20,attendance,{group},{part},absent,{word},{roll},class/full,5,{NOW}"
    rows = [fields("", "", "<5", 83), fields("一年级", "", "unstated", 83), fields("一年级", "一（1）班", "unstated", 42),
            fields("一年级", "一（2）班", "unstated", 41), fields("一年级", "一（3）班", "missing", 43)]
    lines, check = ["date,dataset,group,part,measure,statement,roll,template,k,build,check"], ""
    for row in rows:
        value = 0xCBF29CE484222325
        for byte in "".join(text + "\x1f" for text in [check, *row.split(",")]).encode():
            value = (value ^ byte) * 0x100000001B3 & (1 << 64) - 1
        check = "".join(chr(97 + (value >> 60 - 4 * place & 15)) for place in range(16))
        lines.append(f"{row},{check}")
    statistics = run.site / "content/statistics"
    shutil.rmtree(statistics / "ledger")
    (statistics / "ledger.csv").write_text("\n".join(lines) + "\n")
    manifest = run.site / "public/.noticeboard-manifest"
    manifest.write_text(re.sub("(?m)^ledger.*", f"ledger {len(rows)} {check}", manifest.read_text(), count=1))
    shutil.copy(statistics / "attendance/2026-11-20.csv", statistics / "attendance/2026-11-19.csv")
    shutil.rmtree(run.site / ".noticeboard")


def ledger(run):
    """The yearly files, and the former one where it is still there."""
    statistics = run.site / "content/statistics"
    return {name: data for name, data in listing(statistics).items() if name.startswith("ledger")}


def take_back(notice, status):
    """Withdraws or removes a notice, and what it said."""
    notice.write_text(notice.read_text().replace("责任组:", status + "责任组:", 1).replace("请各班参加", "略"))


def build(run):
    result = run("build")
    assert result.returncode == 0, result.stderr


class Expected:
    """The site before and after a command, and after the one that follows it."""

    def __init__(self, run, state, verb):
        run.restore(state)
        self.old = run.public()
        self.count = run.calls(verb)
        self.new = run.public()
        self.after_build = self.built(run)
        self.ledger = ledger(run)

    @staticmethod
    def built(run):
        build(run)
        return run.public()


def problem_with(run, expected):
    """What is wrong with the site right after a fault, or nothing."""
    files = run.public()
    pages, old, new = served(files), served(expected.old), served(expected.new)
    for name, data in pages.items():
        if data not in (old.get(name), new.get(name)):
            return f"{name} is torn"
    lost = [name for name in old if name in new and name not in pages]
    if lost:
        return f"{lost[0]} is lost"
    if JOURNAL not in files and pages not in (old, new):
        return "half a site without a journal"
    return None


def problem_after(run, expected, state, is_kept):
    """What is wrong once the next build has run, and a rollback behind it. A site that could not be kept, as the program then
    said, may be settled by the next command; else the one that stands stays. What was taken back never comes again."""
    result = run("build")
    if result.returncode != 0:
        return f"the next build fails: {result.stderr}"
    if run.public() != expected.after_build:
        return f"not converged: {sorted(set(run.public().items()) ^ set(expected.after_build.items()))[:2]}"
    beside = [path.name for path in run.site.iterdir() if path.name.startswith(".") and path.name != ".noticeboard"]
    kept = [path.name for path in (run.site / ".noticeboard").iterdir() if path.name.endswith("-new")]
    if beside or kept:
        return f"left behind: {beside + kept}"
    if ledger(run) != expected.ledger:
        return "the ledger differs"
    if state == "taken back":
        kept = [name for name, data in listing(run.site / ".noticeboard").items() if any(said in data for said in SAID)]
        run("rollback")
        shown = [name for name, data in run.public().items() if any(said in data for said in SAID)]
        if kept or shown:
            return f"taken back, and {kept} keep it, {shown} show it"
    if state == "change":
        result = run("rollback")
        answer = result.returncode, served(run.public())
        wanted = [(0, served(expected.old))] + ([] if is_kept else [(2, served(expected.after_build))])
        if answer not in wanted:
            return f"cannot go back: {result.stderr}"
    return None


def look(run, state, verb, expected, fault):
    """One fault, and what follows; the problem, if there is one, and whether the fault came to pass."""
    run.restore(state)
    result = run(verb, fault)
    kind = fault.split()[0]
    if kind in ("kill", "half"):
        if result.returncode != -signal.SIGKILL:
            return None, False
    elif result.returncode not in (0, 3):
        return f"exit {result.returncode}: {result.stderr}", True
    elif result.returncode == 3 and not re.search("机器故障.*\n.*The machine failed", result.stderr):
        return f"no clear message: {result.stderr}", True
    problem = problem_with(run, expected)
    if not problem and result.returncode == 3 and "没有改动" in result.stderr and served(run.public()) != served(expected.old):
        problem = "it says that nothing was changed"
    return problem or problem_after(run, expected, state.name, "publish.not-kept" not in result.stderr), True


def faults(count):
    for number in range(1, count + 1):
        yield f"kill {number}"
        yield f"half {number}"
        yield f"{'fail' if number % 2 else 'full'} {number} {ERRORS[number // 2 % len(ERRORS)]}"


def share(program, library, number, of):
    """Every `of`-th fault of each scenario, in a folder of its own: how many came to pass, by kind, and the problems."""
    done, problems = {}, []
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        folder = pathlib.Path(folder)
        (folder / "states").mkdir()
        run = Run(program, library, folder)
        for name, verb in prepare(run, folder / "states").items():
            state = folder / "states" / name
            expected = Expected(run, state, verb)
            for index, fault in enumerate(faults(expected.count)):
                if index // 3 % of != number:
                    continue
                problem, happened = look(run, state, verb, expected, fault)
                key = (name, fault.split()[0])
                done[key] = done.get(key, 0) + happened
                if problem:
                    problems.append(f"{name}, {fault}: {problem}")
    return done, problems


def two_at_once(run, state):
    """A second build while one stands still: it says so, changes nothing, and the first one ends well."""
    problems = []
    for number in (2, 20, 60):
        run.restore(state)
        expected = Expected(run, state, "build")
        run.restore(state)
        first = subprocess.Popen(run.command("build"), env=run.environment(f"stop {number}"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        os.waitid(os.P_PID, first.pid, os.WSTOPPED | os.WNOWAIT)
        before = run.public()
        second = run("build")
        if second.returncode != 3 or "另一个noticeboard正在生成" not in second.stderr or run.public() != before:
            problems.append(f"two at once, {number}: exit {second.returncode} {second.stderr}")
        first.send_signal(signal.SIGCONT)
        first.communicate()
        if first.returncode != 0 or run.public() != expected.new:
            problems.append(f"the first of two, {number}: exit {first.returncode}")
    return problems


def two_outputs(run, state):
    """A build into another folder that began before one here and ends behind it: what the one here remembered stays as it is
    for whoever reads it, and the next build is right."""
    problems = []
    other = [*run.command("build"), "-o", str(run.work / "other")]
    # How many calls before its end the first one stops: among the last ones are those of its memory.
    for before_end in (6, 12):
        run.restore(state)
        # So many that new records go behind the old ones.
        for more in range(60):
            (run.site / ADDED).with_stem(f"more-{more}").write_text((run.site / ADDED).read_text().replace("N9", f"M{more}"))
        build(run)
        (run.site / ADDED).write_text((run.site / ADDED).read_text() + "\n又一句。\n")
        count = run.work / "count"
        subprocess.run(other, env=run.environment("", count), capture_output=True, check=True)
        shutil.rmtree(run.work / "other")
        build(run)
        (run.site / ADDED).write_text((run.site / ADDED).read_text() + "\n再一句。\n")
        stop = f"stop {int(count.read_text()) - before_end}"
        first = subprocess.Popen(other, env=run.environment(stop), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        os.waitid(os.P_PID, first.pid, os.WSTOPPED | os.WNOWAIT)
        notice = run.site / NOTICE
        notice.write_text(notice.read_text().replace("改过的标题", "又改的标题，更长"))
        build(run)
        with open(run.site / ".noticeboard/records", "rb") as records:
            before = records.read()
            first.send_signal(signal.SIGCONT)
            first.communicate()
            records.seek(0)
            # What nobody has read yet may be added.
            if first.returncode != 0 or records.read(len(before)) != before:
                problems.append(f"two outputs, {before_end}: exit {first.returncode}, or records that were read have changed")
        build(run)
        incremental = run.public()
        shutil.rmtree(run.site / ".noticeboard")
        build(run)
        if run.public() != incremental:
            problems.append(f"two outputs, {before_end}: the next build differs")
        shutil.rmtree(run.work / "other")
    return problems


def wrong_clock(run, state):
    """A build in the future, an edit, and a build when the clock was put right: what a clean one gives."""
    problems = []
    for shift in ("86400", "-86400", "40000000"):
        run.restore(state)
        run("build", shift=shift)
        notice = run.site / NOTICE
        notice.write_text(notice.read_text().replace("改过的标题", "又改的标题"))
        build(run)
        incremental = run.public()
        shutil.rmtree(run.site / ".noticeboard")
        build(run)
        if run.public() != incremental or not any("又改的标题".encode() in data for data in incremental.values()):
            problems.append(f"a clock that is {shift} s wrong")
    return problems


def taken_back(run, state):
    """What a notice said does not come again once it was withdrawn or removed; before that it does, and the log tells."""
    problems = []
    for status in (WITHDRAWN, WITHDRAWN.replace("撤回\n", "移除\n", 1)):
        run.restore(state)
        build(run)
        take_back(run.site / NOTICE, status)
        build(run)
        taken = run.public()
        result = run("rollback")
        kept = [name for name, data in listing(run.site / ".noticeboard").items() if any(said in data for said in SAID)]
        if result.returncode != 2 or run.public() != taken or kept:
            problems.append(f"taken back: exit {result.returncode}, {kept}")
    run.restore(state)
    build(run)
    result = run("rollback")
    if result.returncode != 0 or "rolled back" not in tell(run, "status").stdout or "the previous site is shown" not in tell(run, "doctor").stdout:
        problems.append(f"a rollback is not told: {result.stderr}")
    return problems


def tell(run, *arguments):
    return subprocess.run([run.program, *arguments, "--site", str(run.site)], capture_output=True, text=True)


def operations(run, state):
    """What doctor finds, and where status may write."""
    def remove(name):
        (run.site / name).unlink()

    cases = [
        ("fine", lambda: None, 0), ("manifest lost", lambda: remove("public/.noticeboard-manifest"), 3),
        ("manifest damaged", lambda: (run.site / "public/.noticeboard-manifest").write_text("x\n"), 3),
        ("no site.yml", lambda: remove("content/site.yml"), 3), ("open memory", lambda: (run.site / ".noticeboard").chmod(0o755), 3),
        ("cut off", lambda: (run.site / "public" / JOURNAL).write_text("x"), 0),
        ("another owner", lambda: os.geteuid() == 0 and os.chown(run.site / "public/notices", 12345, 12345), 3 if os.geteuid() == 0 else 0),
    ]
    problems = []
    for name, change, status in cases:
        run.restore(state)
        build(run)
        change()
        result = tell(run, "doctor")
        if result.returncode != status or (status == 3) != ("FAIL" in result.stdout):
            problems.append(f"doctor, {name}: exit {result.returncode} {result.stdout}")
    run.restore(state)
    build(run)
    for page, status in (("content/a.html", 2), ("public/a.html", 2), ("content/site.yml", 2), (".noticeboard/status.html", 0), (".noticeboard/status.html", 0), (".noticeboard/index", 2)):
        if tell(run, "status", "--html", str(run.site / page)).returncode != status:
            problems.append(f"status page in {page}")
    if len(tell(run, "changes", "--since", "/nowhere").stdout.splitlines()) < 50 or tell(run, "changes", "--since", str(run.site / "public/.noticeboard-manifest")).stdout:
        problems.append("changes since nothing, and since now")
    return problems


def main():
    program = os.path.abspath(sys.argv[1])
    jobs = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        library = pathlib.Path(folder) / "faults.so"
        subprocess.run(["clang", "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o", library, HERE / "faults.c", "-ldl"], check=True)
        done, problems = {}, []
        with concurrent.futures.ProcessPoolExecutor(jobs) as pool:
            for part, found in pool.map(share, [program] * jobs, [library] * jobs, range(jobs), [jobs] * jobs):
                problems += found
                for key, count in part.items():
                    done[key] = done.get(key, 0) + count
        run = Run(program, library, pathlib.Path(folder))
        states = pathlib.Path(folder) / "states"
        states.mkdir()
        prepare(run, states)
        problems += two_at_once(run, states / "change") + two_outputs(run, states / "change")
        problems += wrong_clock(run, states / "change")
        problems += taken_back(run, states / "change") + operations(run, states / "change")
    for (name, kind), count in sorted(done.items()):
        print(f"{name}: {count} × {kind}")
    print(*problems[:20], sep="\n")
    print(f"{sum(done.values())} faults, two builds at once, a wrong clock, notices taken back, doctor: {len(problems)} violations")
    sys.exit(1 if problems or sum(done.values()) < 500 else 0)


if __name__ == "__main__":
    main()
