"""Takes the pictures of the writer's guide from the sample school, in a browser.

usage: screenshots.py PROGRAM
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
NOW = "2026-11-23T08:30:00+08:00"


def main():
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = pathlib.Path(folder)
        shutil.copytree(ROOT / "content", site / "content")
        server = subprocess.Popen([sys.argv[1], "serve", "--site", folder, "--port", "0", "--now", NOW], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        address = "http://localhost:" + re.search(r":([0-9]+)/", server.stdout.readline()).group(1)
        server.stdout.readline()
        page = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"]).new_page(viewport={"width": 1000, "height": 620})

        def picture(name, route):
            page.goto(f"{address}/{route}")
            page.wait_for_timeout(400)
            page.screenshot(path=IMAGES / f"{name}.png")

        picture("preview-draft", "notices/2026/2026-11-23-winter-vacation-draft.html")
        picture("desk", "desk/2026/2026-11-09-flu-season.html")
        notice = site / "content/notices/2026/2026-11-09-flu-season.md"
        route = "notices/2026/2026-11-09-flu-season.html"
        page.goto(f"{address}/{route}")
        notice.write_text(notice.read_text().replace("category: epidemic", "category：epidemic"))
        page.locator("#noticeboard-preview .errors").wait_for()
        picture("preview-error", route)
        server.terminate()


main()
