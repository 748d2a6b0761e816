"""Gives the program hostile content, case by case, and looks at its answer: see cases.py.

usage: test_hostile.py PROGRAM [CASE]
Whatever is refused leaves the published site as it was, byte for byte, and is told with a file; nothing takes more than 30
seconds or a gigabyte, and nothing is written outside of the site.
"""
import concurrent.futures
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

from cases import CASES

HERE = pathlib.Path(__file__).resolve().parent
BASE = HERE.parent / "Golden" / "base" / "site"
NOW = ["--now", "2026-11-23T08:30:00+08:00"]
SECONDS, BYTES = 30, 1_000_000_000


def listing(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (4 * BYTES, 4 * BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(program, arguments):
    """The exit status, and what was told."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as told:
        process = subprocess.Popen([program, *arguments], stdin=subprocess.DEVNULL, stdout=out, stderr=told, preexec_fn=limit)
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return None, "it takes too long"
        told.seek(0)
        return process.returncode, told.read().decode("utf-8", "replace")


def answer(program, case):
    """What is wrong with the program's answer, or nothing."""
    with tempfile.TemporaryDirectory() as folder:
        site = pathlib.Path(folder) / "site"
        shutil.copytree(BASE, site)
        build = ["build", "--site", str(site), *NOW]
        if not case.name.startswith("output"):
            subprocess.run([program, *build], check=True, capture_output=True)
        before = listing(site / "public") if (site / "public").is_dir() else {}
        case.change(site)
        beside = set(os.listdir(folder))
        command = [case.command[0], *(str(site / path) for path in case.command[1:]), "--site", str(site), *NOW, "--format", "json"]
        if case.command[0] == "import":
            command.remove("--format"), command.remove("json")
        status, told = run(program, command)
        if set(os.listdir(folder)) != beside:
            return "something was written beside the site"
        if status is None or status < 0:
            return f"killed or crashed: {status} {told[-300:]}"
        return verdict(case, status, told, before, site)


def verdict(case, status, told, before, site):
    found = [json.loads(line).get("id", "") for line in told.splitlines() if line.startswith("{")]
    expected = case.status if case.status is not None else 1 if case.refused else 0
    if status != expected:
        return f"exit {status}, not {expected}: {sorted(set(found))} {told[:300]}"
    wanted = case.refused or case.told
    if wanted and not any(one.startswith(wanted) for one in found):
        return f"told {sorted(set(found))}, not {wanted}"
    after = listing(site / "public") if not (site / "public").is_symlink() else before
    if status != 0 and after != before:
        return "the published site was changed"
    for name, data in after.items():
        # Where marks are code; a calendar's code are its lines.
        if name.endswith(".ics" if case.absent.startswith("\n") else (".html", ".xml", ".svg")) and case.absent and case.absent.encode() in data:
            return f"“{case.absent}” stands in {name}"
    if "root:x:0" in told or any(b"root:x:0" in data for data in after.values()):
        return "a file of the machine was read"
    return ""


def main():
    program = os.path.abspath(sys.argv[1])
    cases = [case for case in CASES if len(sys.argv) < 3 or sys.argv[2] in case.name]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for case, problem in zip(cases, pool.map(lambda case: answer(program, case), cases)):
            if problem:
                failed += 1
                print(f"FAILED {case.name}: {problem}", flush=True)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    if usage > BYTES:
        failed += 1
        print(f"FAILED memory: {usage >> 20} MB")
    print(f"{len(cases)} hostile cases, at most {usage >> 20} MB: {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
