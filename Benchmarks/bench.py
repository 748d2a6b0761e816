"""Measures builds against Hugo and against what the machine allows, all in the same run.

usage: bench.py PROGRAM [--sizes 1000,10000] [--rounds 5] [--hugo hugo] [--place /dev/shm] [--ext4] [--no-hugo]
For each size a site is written; then the programs take turns, round by round, and medians and ratios are printed. `limit` is
the C program that reads, parses and writes the same (limits/build.c), `walk` the one that asks for the stamps of all
sources (limits/walk.c). Times are of whole processes in milliseconds, except for `limit`, which leaves out listing the finished
site. `--ext4` builds on a journalled file system in a loop-mounted image (needs root).
"""
import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
NOW = "2026-09-01T08:00:00+08:00"
# A file rests when its stamps are older than this; before that a rebuild has to read it.
REST = 2.5


def run(command, **options):
    """Runs a command; milliseconds, peak memory in MB, and its output."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **options)
    output = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command} failed")
    return (time.monotonic() - start) * 1000, usage.ru_maxrss / 1024, output


class Bench:
    def __init__(self, options, size, folder):
        self.options, self.size, self.folder = options, size, pathlib.Path(folder)
        self.site, self.hugo_out = self.folder / "site", self.folder / "hugo"
        self.figures = {}
        self.edits = 0
        days = ["--days", "60"]
        subprocess.run([sys.executable, HERE / "corpus.py", str(size), self.site, *days], check=True)
        for name in ["walk", "build"]:
            library = ["-lcmark"] if name == "build" else []
            subprocess.run([shutil.which("cc") or "clang", "-O2", "-pthread", HERE / "limits" / f"{name}.c", "-o", self.folder / name, *library], check=True)

    def note(self, row, who, milliseconds, memory=None):
        times, memories = self.figures.setdefault(row, {}).setdefault(who, ([], []))
        times.append(milliseconds)
        if memory:
            memories.append(memory)

    def ours(self, row, *arguments):
        milliseconds, memory, output = run([self.options.program, "build", str(self.site), "--now", NOW, *arguments])
        self.note(row, "noticeboard", milliseconds, memory)
        written, deleted = re.search(r"(\d+) written, (\d+) deleted", output).groups()
        self.figures[row]["written"] = int(written)
        return int(written)

    def hugo(self, row):
        if self.options.no_hugo:
            return
        command = [self.options.hugo, "--source", HERE / "hugo", "--contentDir", self.site / "content", "--destination", self.hugo_out, "--noBuildLock", "--quiet"]
        milliseconds, memory, _ = run([str(part) for part in command], env={**os.environ, "HUGO_CACHEDIR": str(self.folder / "cache")})
        self.note(row, "hugo", milliseconds, memory)

    def limit(self, row):
        out = self.folder / "limit"
        _, memory, output = run([self.folder / "build", self.site / "content", self.site / "public", out, str(os.cpu_count())])
        self.note(row, "limit", float(output), memory)
        shutil.rmtree(out)

    def walk(self, row):
        self.note(row, "walk", run([self.folder / "walk", self.site / "content", str(os.cpu_count())])[0])

    def notice(self):
        found = sorted(self.site.glob("content/notices/2025/*.md"))
        self.edits += 1
        return found[self.edits * 7 % len(found)]

    def forget(self):
        for folder in [self.site / "public", self.site / ".noticeboard", self.hugo_out]:
            shutil.rmtree(folder, ignore_errors=True)

    def round(self):
        self.forget()
        self.ours("clean")
        self.limit("clean")
        self.hugo("clean")
        self.ours("again, --full", "--full")
        time.sleep(REST)
        run([self.options.program, "build", str(self.site), "--now", NOW])
        self.ours("nothing changed")
        self.walk("nothing changed")
        self.hugo("nothing changed")
        self.edit_rows()

    def edit_rows(self):
        path = self.notice()
        path.write_text(path.read_text() + "\n补充一句，请知悉。\n")
        self.ours("a body edited")
        self.walk("a body edited")
        self.hugo("a body edited")
        path = self.notice()
        path.write_text(re.sub("^title: .*", f"title: 改过{self.edits}次的标题", path.read_text(), count=1, flags=re.M))
        self.ours("a title edited")
        self.walk("a title edited")
        template = self.site / "templates/notice/notice.mustache"
        template.parent.mkdir(parents=True, exist_ok=True)
        source = (HERE.parent / "templates/notice/notice.mustache").read_text()
        template.write_text(source.replace("</article>", f"<!-- {self.edits} --></article>"))
        self.ours("a template edited")
        day = self.site / f"content/statistics/disinfection/2026-04-{self.edits:02}.csv"
        day.write_text("地点,应消毒,已消毒\n1号楼,40,38\n")
        self.ours("a day added")

    def print(self):
        print(f"\n{self.size} notices, {len(list(self.site.glob('public/**/*.*')))} files, medians of {self.options.rounds} rounds")
        print(f"{'':18} {'ms':>9} {'peak MB':>8} {'written':>8}   ratios")
        for row, figures in self.figures.items():
            times = {who: statistics.median(found[0]) for who, found in figures.items() if who != "written"}
            ours = times["noticeboard"]
            ratios = []
            for who in ["limit", "walk"]:
                if who in times:
                    ratios.append(f"{ours / times[who]:.2f} × {who} ({times[who]:.1f} ms)")
            if "hugo" in times:
                memory = statistics.median(figures["hugo"][1])
                ratios.append(f"Hugo takes {times['hugo'] / ours:.1f} × ({times['hugo']:.0f} ms, {memory:.0f} MB)")
            memory = statistics.median(figures["noticeboard"][1])
            print(f"{row:18} {ours:9.1f} {memory:8.0f} {figures['written']:8}   {', '.join(ratios)}")


class Image:
    """An ext4 file system with a journal, in a file; new for every size."""

    def __init__(self, place):
        self.file, self.folder = tempfile.mktemp(dir=place), tempfile.mkdtemp()
        subprocess.run(["truncate", "-s", "8G", self.file], check=True)
        subprocess.run(["mkfs.ext4", "-q", "-F", self.file], check=True)
        subprocess.run(["mount", "-o", "loop", self.file, self.folder], check=True)

    def __enter__(self):
        return self.folder

    def __exit__(self, *_):
        subprocess.run(["umount", self.folder], check=True)
        os.rmdir(self.folder)
        os.unlink(self.file)


def main():
    parser = argparse.ArgumentParser(formatter_class=argparse.RawDescriptionHelpFormatter, description=__doc__)
    parser.add_argument("program", type=os.path.abspath)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--hugo", default=shutil.which("hugo") or "hugo")
    parser.add_argument("--place", default="/dev/shm")
    parser.add_argument("--ext4", action="store_true")
    parser.add_argument("--no-hugo", action="store_true")
    options = parser.parse_args()
    for size in map(int, options.sizes.split(",")):
        with Image(options.place) if options.ext4 else tempfile.TemporaryDirectory(dir=options.place) as folder:
            bench = Bench(options, size, folder)
            for _ in range(options.rounds):
                bench.round()
            bench.print()


if __name__ == "__main__":
    main()
