"""A day of the two people who use the program, in real terminals; what they see stands in the guide.

usage: day.py PROGRAM [--update]
Runs the day in tmux on a copy of the sample school and compares both terminals with docs/it-guide.zh-CN.md (or writes them there).
Milliseconds are written as “…”, because they differ.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GUIDE = ROOT / "docs" / "it-guide.zh-CN.md"
NOW = "2026-11-23T08:30:00+08:00"
NOTICE = "content/notices/2026/2026-11-23-norovirus.md"

FILLED = """---
title: 关于预防诺如病毒感染的通知
id: "2026-030"
kind: 通知
audience: [全体教职工, 全体学生, 学生家长]
team: emergency
category: epidemic
issuer: 青石镇中心学校
date: 2026-11-23
disease: norovirus
summary: 勤洗手，呕吐、腹泻不到校。
---
诺如病毒进入流行季，请大家做好下面几件事。

1. 饭前便后用肥皂和流动水洗手，免洗消毒液不能代替。
2. 呕吐、腹泻的不到校，症状消失满72小时后返校，先到校医室。

有疑问请打0000-5550105。
"""


class Terminal:
    """A window of tmux with a shell in it."""

    def __init__(self, name, folder, path):
        self.name = name
        self.tmux("new-session", "-d", "-s", name, "-x", "240", "-y", "50", "-c", str(folder),
                  f"env -i PATH={path}:/usr/bin:/bin HOME={folder} LANG=C.UTF-8 TERM=screen PS1='$ ' bash --norc --noprofile")
        self.tmux("set-option", "-t", name, "history-limit", "5000")
        self.wait("$")

    def tmux(self, *arguments):
        return subprocess.run(["tmux", "-L", "noticeboard-day", *arguments], check=True, capture_output=True, text=True).stdout

    def screen(self):
        text = self.tmux("capture-pane", "-p", "-J", "-S", "-", "-t", self.name)
        return "\n".join(line.rstrip() for line in text.rstrip().split("\n"))

    def wait(self, ending, seconds=180):
        """Waits until the last line ends so."""
        for _ in range(seconds * 20):
            if self.screen().endswith(ending):
                return
            time.sleep(0.05)
        sys.exit(f"{self.name}: waited for {ending!r}\n{self.screen()}")

    def type(self, line, ending="$"):
        # Only once the line is echoed does a prompt at the end belong to what comes after it.
        self.tmux("send-keys", "-t", self.name, "-l", line)
        self.wait(line.rstrip()[-20:])
        self.tmux("send-keys", "-t", self.name, "Enter")
        self.wait(ending)

    def end(self):
        self.tmux("kill-session", "-t", self.name)


def save(site, text):
    """As an editor saves."""
    aside = site / (NOTICE + "~")
    aside.write_text(text)
    aside.rename(site / NOTICE)


def seen(server, change):
    """Makes a change, and waits until the preview has told of it and is quiet."""
    def looks():
        return len(re.findall(r" ms$", server.screen(), re.M))
    before = looks()
    change()
    for _ in range(3600):
        if looks() > before:
            break
        time.sleep(0.05)
    # Quiet is what has not changed for a while, also where another process keeps the machine busy.
    screen, since = server.screen(), time.monotonic()
    while time.monotonic() - since < 2:
        time.sleep(0.1)
        if server.screen() != screen:
            screen, since = server.screen(), time.monotonic()


def report(fixed):
    """The day's attendance as the teachers' office sends it, with three mistakes unless they are mended."""
    lines = (ROOT / "content/statistics/attendance/2026-11-20.csv").read_text().split("\n")
    lines[0] = "级部,班级,应到人数,实到人数,发热,咽痛流涕咳嗽,腹泻,其他,隔离,事假"
    if not fixed:
        lines[1] = lines[1].replace("一（1）班,42,41,1", "一（1）班,42,41,")
        lines[2] = lines[2].replace("一（2）班", "二班")
        lines[3] = lines[3].replace("43,40", "43,44")
    lines.append("合计,,,,,,,,,")
    return "\n".join(lines).encode("gb18030")


def day(program):
    """Both terminals' texts."""
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        site = home / "school"
        shutil.copytree(ROOT / "content", site / "content")
        # The clock stands at half past eight on a Monday.
        tool = home / "bin" / "noticeboard"
        tool.parent.mkdir()
        tool.write_text(f'#!/bin/sh\nexec {program} "$@" --now {NOW}\n')
        tool.chmod(0o755)
        writer, server = Terminal("writer", site, tool.parent), Terminal("server", site, tool.parent)
        writer.type("noticeboard build")
        writer.type("noticeboard new notice 关于预防诺如病毒感染的通知 --team emergency --disease norovirus")
        server.type("noticeboard serve --port 8123", " ms")
        for wrong in (FILLED.replace("category: epidemic", "category：epidemic"), FILLED.replace("date: 2026-11-23", "date: 11月23日"),
                      FILLED.replace("请大家做好", "三（2）班一名学生呕吐，请大家做好"), FILLED):
            seen(server, lambda: save(site, wrong))
        for stage, post in [("初审", "政教处主任"), ("复审", "安全办主任"), ("终审", "校长")]:
            seen(server, lambda: writer.type(f"noticeboard review {NOTICE} --stage {stage} --by {post}"))
        (home / "出勤2026-11-23.csv").write_bytes(report(fixed=False))
        writer.type("noticeboard import ../出勤2026-11-23.csv")
        (home / "出勤2026-11-23.csv").write_bytes(report(fixed=True))
        seen(server, lambda: writer.type("noticeboard import ../出勤2026-11-23.csv"))
        writer.type("cat internal/2026-11-23.md")
        writer.type("noticeboard build")
        writer.type("noticeboard next")
        texts = writer.screen(), server.screen()
        writer.end()
        server.end()
        return [plain(text) for text in texts]


def plain(text):
    text = re.sub(r"用时[0-9]+毫秒", "用时…毫秒", text)
    text = re.sub(r"[0-9]+ ms$", "… ms", text, flags=re.M)
    # How often the preview looks at one change depends on how its steps fall.
    told = re.split(r"(?<=… ms)\n", text)
    text = "\n".join(one for one, last in zip(told, [None, *told]) if one != last)
    return re.sub(r"\n\$$", "", text)


def main():
    texts = day(str(pathlib.Path(sys.argv[1]).resolve()))
    guide = GUIDE.read_text()
    for name, text in zip(("writer", "server"), texts):
        block = f"<!-- day: {name} -->\n```\n{text}\n```\n<!-- end -->"
        pattern = re.compile(f"<!-- day: {name} -->.*?<!-- end -->", re.S)
        if "--update" in sys.argv:
            guide = pattern.sub(lambda _: block, guide)
        elif block not in guide:
            print(f"{GUIDE.name} does not show what the {name}'s terminal shows now:\n{text}")
            sys.exit(1)
    GUIDE.write_text(guide) if "--update" in sys.argv else None
    print(f"the day in the guide is what the terminals show ({sum(text.count(chr(10)) for text in texts)} lines)")


main()
