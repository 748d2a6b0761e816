"""Rebuilding after any edits gives what a clean build gives: byte for byte, names and diagnostics included.

usage: test_rebuild.py PROGRAM [SEQUENCES] [ROUNDS] [SEED]
Each sequence is a site of its own that is edited at random, built, edited again …; some builds are killed at a random
moment. After every build that was not killed a copy of the content is built into an empty folder and compared. A round goes
through all sites before the next begins, so that files have rested by then and their stamps are trusted; every third round
follows at once, while they are not.
"""
import datetime
import multiprocessing
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import edits

HERE = pathlib.Path(__file__).resolve().parent
BASE = HERE.parent / "Golden" / "base" / "site"
START = int(datetime.datetime(2026, 11, 23, 0, 30, tzinfo=datetime.timezone.utc).timestamp())
LOST_ADDRESS = "publish.address-lost"
NOTES = [LOST_ADDRESS, "memory.damaged", "notice.uncorrected", "按文件"]


def listing(folder):
    """Every file and folder below a folder, with the bytes of files."""
    found = {}
    for root, folders, files in os.walk(folder):
        for name in folders:
            found[os.path.relpath(os.path.join(root, name), folder) + "/"] = b""
        for name in files:
            path = os.path.join(root, name)
            found[os.path.relpath(path, folder)] = pathlib.Path(path).read_bytes()
    return found


def arguments(program, site, now):
    moment = datetime.datetime.fromtimestamp(now, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    return [program, "build", "--site", str(site), "--now", moment, "--format", "line"]


def told(result):
    """What was told, without the notes about what stood there before, which a clean build cannot know."""
    lines = [line for line in result.stderr.split("\n") if not any(note in line for note in NOTES)]
    # A summary counts those notes as well.
    return [line for line in lines if not line.startswith("  ") and line]


def kill(command, chance):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(chance.random() * 0.03)
    process.send_signal(signal.SIGKILL)
    process.wait()


def compare(program, site):
    """Builds a site and a copy of it into nothing; what differs, or None."""
    with tempfile.TemporaryDirectory(dir=site.folder.parent) as clean:
        for name in ["content", "templates"]:
            if site.path(name).exists():
                shutil.copytree(site.path(name), os.path.join(clean, name))
        before = listing(site.path("public"))
        ours = subprocess.run(arguments(program, site.folder, site.now), capture_output=True, text=True)
        theirs = subprocess.run(arguments(program, clean, site.now), capture_output=True, text=True)
        if ours.returncode == 1 and "ledger.lost" in ours.stderr:
            return None  # a clean copy has no output whose ledger could be missed
        if ours.returncode == 1 and "publish.address-lost" in ours.stderr:
            # A clean copy has no address that could be lost: the site stays as it is, and is then given up.
            if listing(site.path("public")) != before and not site.was_killed:
                return "a refused build changed the site"
            shutil.rmtree(site.path("public"))
            return compare(program, site)
        if ours.returncode != theirs.returncode or ours.returncode not in (0, 1):
            return f"exit {ours.returncode}, clean {theirs.returncode}\n{ours.stderr}{theirs.stderr}"
        if told(ours) != told(theirs):
            return f"told {told(ours)}\nclean {told(theirs)}"
        after = listing(site.path("public"))
        if ours.returncode == 1:
            wanted = {name: data for name, data in before.items() if not name.startswith(".noticeboard-")}
            after = {name: data for name, data in after.items() if not name.startswith(".noticeboard-")}
            same = after == wanted or site.was_killed
            return None if same else "a refused build changed the site"
        wanted = listing(os.path.join(clean, "public"))
        wrong = sorted(name for name in after.keys() | wanted.keys() if after.get(name) != wanted.get(name))
        if wrong:
            return "differs: " + ", ".join(wrong[:9])
        if site.path(LEDGER).exists() and listing(site.path(LEDGER)) != listing(os.path.join(clean, LEDGER)):
            return "the ledgers differ"
        return None


LEDGER = "content/statistics/ledger"


def step(work):
    """One round of one sequence: edits, perhaps a killed build, and the comparison."""
    program, site, round_number = work
    chance = site.random
    done = []
    if round_number % 3 != 2 or chance.random() < 0.5:
        for _ in range(chance.choice([1, 1, 1, 2, 4])):
            edit = chance.choice(edits.CONTENT if chance.random() < 0.85 else edits.ACCIDENTS)
            edit(site)
            done.append(edit.__name__)
    if round_number % 2 and chance.random() < 0.6:
        edits.mend(site)
    site.was_killed = chance.random() < 0.2
    if site.was_killed:
        kill(arguments(program, site.folder, site.now), chance)
    problem = compare(program, site)
    return site, problem and f"after {done}{' and a kill' if site.was_killed else ''}: {problem}"


def main():
    program = os.path.abspath(sys.argv[1])
    sequences, rounds, seed = (int(given) for given in (sys.argv[2:] + ["500", "6", "4"][len(sys.argv) - 2:]))
    with tempfile.TemporaryDirectory() as folder, multiprocessing.Pool(os.cpu_count()) as pool:
        sites = []
        for number in range(sequences):
            place = os.path.join(folder, str(number), "site")
            shutil.copytree(BASE, place)
            sites.append(edits.Site(place, random.Random(f"{seed} {number}"), START))
        builds = 0
        for round_number in range(rounds):
            results = pool.map(step, [(program, site, round_number) for site in sites], chunksize=4)
            sites = [site for site, _ in results]
            builds += len(results)
            for number, (_, problem) in enumerate(results):
                if problem:
                    sys.exit(f"sequence {number}, round {round_number}, seed {seed}, {problem}")
    print(f"{sequences} sequences, {builds} rebuilds: every one equals the clean build")


if __name__ == "__main__":
    main()
