"""Runs the fuzzer on each parser for some time, from the repository's own files and from what was found before.

usage: fuzz.py FUZZER SECONDS JOBS [TARGET …]
JOBS parsers at a time. What is found lies in .build/fuzz/found, one file each; put it into Tests/Fuzz/findings/TARGET/ with its
cure, and every later run begins with it. Fails where anything is found.
"""
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "Tests" / "Fuzz"
WORK = ROOT / ".build" / "fuzz"
SEEDS = {
    "encoding": ["content/notices/**/*.md", "content/statistics/units.csv", "Tests/Golden/cases/**/*.md"],
    "front-matter": ["content/notices/**/*.md", "content/pages/*.md", "Tests/Golden/cases/**/*.md"],
    "yaml": ["content/*.yml", "content/statistics/*.yml", "templates/**/*.yml"],
    "csv": ["content/statistics/*.csv", "content/statistics/**/2026-11-2*.csv", "content/duty/*.csv"],
    "markdown": ["content/notices/**/*.md", "content/pages/*.md", "docs/*.md"],
    "mustache": ["templates/**/*.mustache", "templates/locales/*.yml", "templates/**/given.yml"],
    "workbook": ["Tests/**/*.xlsx", "content/**/*.xlsx"],
    "worksheet": [],
    "image": ["content/files/*", "docs/images/*"],
    "time": ["/usr/share/zoneinfo/Asia/Shanghai", "/usr/share/zoneinfo/Europe/Berlin", "Tests/Fuzz/seeds/time/*"],
    "notice": ["content/notices/**/*.md", "Tests/Golden/cases/**/*.md"],
}
# What each parser looks for; the fuzzer puts these in where it would take long to guess them.
WORDS = {
    "yaml": [": ", "- ", "\n  ", "[", "]", "{", "}", "&a", "*a", "|", ">", "'", '"', "---\n", "：", "\t", "!!", "# "],
    "csv": [",", "，", ";", "\t", '"', '""', "\r\n", "\ufeff", "少于", "-"],
    "markdown": ["|", "---", "**", "`", "```", "](", "![", "{#", "<", "&#x", "\\", "    ", "> ", "1. ", "　", "｜"],
    "mustache": ["{{", "}}", "{{{", "}}}", "{{#a}}", "{{/a}}", "{{^a}}", "{{$b}}", "{{/b}}", "{{<t}}", "{{/t}}", "{{>t}}", "{{=<% %>=}}", "{{!"],
    "time": ["年", "月", "日", "T", "+08:00", "Z", "-", ":", "TZif2", "CST-8", "\n"],
}
WORDS["worksheet"] = ["<row>", "<c r=\"A1\" t=\"s\"><v>0</v></c>", "<c r=\"XFD1048576\">", "t=\"inlineStr\"", "<is><t>", "<mergeCell ref=\"A1:B2\"/>", "<si><t>", "<numFmt ", "<xf numFmtId=\"14\"/>", "date1904=\"1\"", "&amp;", "\0"]
WORDS["notice"] = WORDS["front-matter"] = WORDS["yaml"] + ["title", "标题", "date", "supersedes", "event", "状态", "attachments"]


def seeds(target):
    """A folder of inputs to start from, none of them large."""
    folder = WORK / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    paths = [path for pattern in SEEDS[target] for path in ([pathlib.Path(pattern)] if pattern[0] == "/" else sorted(ROOT.glob(pattern)))]
    for number, path in enumerate(paths):
        if path.is_file() and path.stat().st_size < 20_000:
            shutil.copy(path, folder / f"seed-{number}")
    if target == "worksheet":
        (folder / "seed").write_bytes(worksheet())
    for path in (HERE / "findings" / target).glob("*"):
        shutil.copy(path, folder / path.name)
    return folder


def worksheet():
    """A sheet, its shared texts and its styles, as the repository's own workbook has them."""
    with zipfile.ZipFile(ROOT / "Tests/Golden/cases/101-spreadsheets-with-persons/content/files/form.xlsx") as archive:
        names = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
        return b"\0".join(archive.read(name) if name in archive.namelist() else b"<x/>" for name in names)


def dictionary(target):
    path = WORK / f"{target}.dict"
    quoted = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in WORDS.get(target, []))
    path.write_text("".join(f'"{word}"\n' for word in quoted))
    return [f"-dict={path}"] if WORDS.get(target) else []


def run(fuzzer, target, seconds):
    """The target's name, the fuzzer's closing figures, and what it found."""
    found = WORK / "found" / target
    shutil.rmtree(found, ignore_errors=True)
    found.mkdir(parents=True)
    command = [
        fuzzer, target, seeds(target), *dictionary(target), f"-max_total_time={seconds}", "-timeout=20",
        "-rss_limit_mb=2048", "-max_len=20000", f"-artifact_prefix={found}/", "-print_final_stats=1", "-detect_leaks=0",
    ]
    log = WORK / f"{target}.log"
    with open(log, "w", encoding="utf-8", errors="replace") as file:
        status = subprocess.run(command, stdout=file, stderr=subprocess.STDOUT, cwd=WORK).returncode
    text = log.read_text(encoding="utf-8", errors="replace")
    covered = re.findall(r"cov: (\d+) ft: (\d+)", text)
    runs = re.findall(r"stat::number_of_executed_units: *(\d+)", text)
    figures = f"{int(runs[-1]) if runs else 0:,} inputs, {covered[-1][0] if covered else 0} edges covered"
    return target, figures, [*found.iterdir()] or ([log] if status else [])


def main():
    fuzzer, seconds = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
    failed = False
    with concurrent.futures.ThreadPoolExecutor(int(sys.argv[3])) as pool:
        for target, figures, found in pool.map(lambda target: run(fuzzer, target, seconds), sys.argv[4:] or SEEDS):
            print(f"{target}: {figures}, {len(found)} findings" + "".join(f"\n  {path}" for path in found), flush=True)
            failed |= bool(found)
    sys.exit(failed)


if __name__ == "__main__":
    main()
