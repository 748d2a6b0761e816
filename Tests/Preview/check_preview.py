"""The preview in a real browser: a save shows at once, a broken one keeps the page with the error over it, mending removes it.

usage: check_preview.py PROGRAM [NOTICES]
With a number of notices it also prints how long a save takes until the page shows it (nothing is asserted of time).
"""
import http.client
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Support"))
from waiting import wait_until  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NOW = "2026-11-23T08:30:00+08:00"
results = {"passed": 0, "failed": 0}
# What runs behind a shell's & ignores the signal that ends the preview, and so would all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)


def check(holds, what):
    results["passed" if holds else "failed"] += 1
    if not holds:
        print("FAILED", what)


class Server:
    """`noticeboard serve` on a port of its own."""

    def __init__(self, program, site):
        self.log = open(site.parent / "serve.log", "w+")
        self.process = subprocess.Popen(
            [program, "serve", "--site", str(site), "--port", "0", "--now", NOW], stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.port = int(re.search(r":([0-9]+)/", self.process.stdout.readline()).group(1))
        self.address = f"http://localhost:{self.port}"
        self.wait()

    def wait(self):
        """Waits for the next line about the sources."""
        return self.process.stdout.readline()

    def ask(self, path, method="GET", headers=None, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=180)
        connection.putrequest(method, path, skip_host=True)
        for name, value in {"Host": f"localhost:{self.port}", **(headers or {})}.items():
            if value is not None:
                connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        return response.status, response.read(), dict(response.getheaders())

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


def edit(file, change):
    """As editors save: another file, renamed."""
    aside = file.with_suffix(".tmp~")
    aside.write_text(change(file.read_text()))
    aside.rename(file)


def snapshot(site):
    return {str(path): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def check_live(page, server, site):
    notice = site / "content/notices/2026/2026-11-09-flu-season.md"
    good = notice.read_text()
    page.goto(f"{server.address}/notices/2026/2026-11-09-flu-season.html")
    # The second round is of a notice that is not read anew but remembered.
    for number in range(2):
        edit(notice, lambda text: text.replace("进入流感流行季", f"第{number}次改动，进入流感流行季"))
        page.get_by_text(f"第{number}次改动").first.wait_for(timeout=180_000)
        check(page.locator("#noticeboard-preview .errors").count() == 0, "no error is shown for a good save")
        edit(site / "content/pages/faq.md", lambda text: text + f"\n第{number}句。\n")
        time.sleep(2.2)
    edit(notice, lambda text: text.replace("category: epidemic", "categry: epidemic"))
    errors = page.locator("#noticeboard-preview .errors")
    errors.wait_for(timeout=180_000)
    words = errors.inner_text()
    check("2026-11-09-flu-season.md:8:1" in words and "改法" in words and "categry" in words, f"the overlay names the line and the fix: {words}")
    check(page.locator("#noticeboard-preview mark").first.inner_text() == "categry", "the overlay marks the place")
    check("第1次改动" in page.locator("main").inner_text(), "the last good page stays below the error")
    box = errors.bounding_box()
    check(box["height"] > 60 and box["y"] + box["height"] <= page.viewport_size["height"] + 1, "the overlay is in sight")
    page.goto(f"{server.address}/index.html")
    check(page.locator("#noticeboard-preview .errors").count() == 1, "other pages show the error too")
    page.goto(f"{server.address}/notices/2026/2026-11-09-flu-season.html")
    edit(notice, lambda text: text.replace("categry: epidemic", "category: epidemic"))
    wait_until(page, "!document.querySelector('#noticeboard-preview .errors')")
    edit(notice, lambda text: good)
    wait_until(page, "!document.body.innerText.includes('第1次改动')")


def check_policy(browser, server):
    """Nothing of the preview's own is against the pages' content policy."""
    page = browser.new_page()
    forbidden = []
    page.on("console", lambda message: forbidden.append(message.text) if "Content Security Policy" in message.text else None)
    for route in ("index.html", "notices/2026/2026-11-09-flu-season/poster.html", "screens/hall.html", "desk/2026/2026-11-09-flu-season.html"):
        page.goto(f"{server.address}/{route}")
        check(page.locator("#noticeboard-preview").count() == 1 and not forbidden, f"content policy of {route}: {forbidden}")
    page.close()


def check_drafts(page, server):
    page.goto(f"{server.address}/notices/2026/2026-11-23-winter-vacation-draft.html")
    check("草稿" in page.locator("#noticeboard-preview .note").first.inner_text(), "a draft is marked")
    page.goto(f"{server.address}/notices/2026/2026-12-07-family-lecture.html")
    check("2026-12-07" in page.locator("#noticeboard-preview .note").first.inner_text(), "a scheduled notice says when it comes")
    page.goto(f"{server.address}/notices/")
    link = page.locator("main a[href*='winter-vacation-draft']").first
    content = link.evaluate("a => getComputedStyle(a, '::after').content")
    check("草稿" in content, f"lists mark drafts: {content}")
    page.goto(f"{server.address}/?now=2027-01-25")
    page.goto(f"{server.address}/notices/2026/2026-11-09-flu-season.html")
    check("2027-01-25" in page.locator("#noticeboard-preview").inner_text() and "失效" in page.locator("main").inner_text(), "time travel is remembered: the notice has expired")
    page.get_by_text("回到现在").click()
    check("2027-01-25" not in page.content(), "and left again")


def check_requests(server):
    ok = lambda path, **more: server.ask(path, **more)[0]
    check(ok("/") == 200 and ok("/index.html") == 200 and ok("/notices/") == 200, "pages")
    check(server.ask("/notices")[2].get("Location") == "/notices/", "a folder without its slash")
    check(server.ask("/", method="HEAD")[1] == b"", "HEAD has no body")
    for host in ["evil.example", "localhost.evil.example", f"127.0.0.1.evil.example:{server.port}", "", f"localhost:{server.port + 1}", None]:
        check(ok("/", headers={"Host": host}) in (400, 421), f"Host {host} is refused")
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"]:
        check(ok("/", method=method) == 405, f"{method} is refused")
    for path in ["/../content/site.yml", "/..%2f..%2fetc/passwd", "/%2e%2e/content/site.yml", "/content/site.yml", "/.noticeboard/index", "//etc/passwd", "/.preview/../../x",
                 "/.preview/page.mustache", "/public/index.html", "/%00", "/%ff", "/statistics/ledger/2026.txt", "/internal/2026-11-23.md"]:
        status, body, _ = server.ask(path)
        check(status in (400, 404) and b"root:" not in body and "categories" not in body.decode(errors="ignore"), f"{path}: {status}")
    check(ok("/", headers={"X-Long": "a" * 20_000}) in (400, 431), "long headers are refused")
    check(ok("/", body=b"a" * 10) == 413, "bodies are refused")
    check(ok("/?now=yesterday") == 400 and ok("/?now=%0d%0aX") == 400, "a moment that is none")
    check(server.ask("/")[2]["Content-Type"].startswith("text/html"), "types")


def check_new_folder(page, server, site):
    """A folder that is made later is watched too."""
    folder = site / "content/notices/2027"
    folder.mkdir()
    time.sleep(0.3)
    text = (site / "content/notices/2026/2026-11-18-home-study.md").read_text()
    (folder / "new.md").write_text(re.sub(r'id: .*', 'id: "2027-001"', text, count=1))
    for _ in range(1800):
        if server.ask("/notices/2027/new.html")[0] == 200:
            break
        time.sleep(0.1)
    check(server.ask("/notices/2027/new.html")[0] == 200, "a notice in a new folder")
    shutil.rmtree(folder)


def measure(page, program, count):
    """How long a save takes until the page shows it."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        site = pathlib.Path(folder) / "site"
        subprocess.run([sys.executable, str(ROOT / "Benchmarks/corpus.py"), str(count), str(site)], check=True, stdout=subprocess.DEVNULL)
        server = Server(program, site)
        notice = sorted((site / "content/notices").rglob("*.md"))[-1]
        route = notice.relative_to(site / "content").with_suffix(".html")
        page.goto(f"{server.address}/{route}")
        shown = []
        for number in range(8):
            time.sleep(2.3)
            start = time.time()
            edit(notice, lambda text: text + f"\n第{number}句话。\n")
            page.get_by_text(f"第{number}句话").first.wait_for(timeout=10_000)
            shown.append((time.time() - start) * 1000)
        lines = [server.wait() for _ in range(8)]
        server.stop()
        inside = [int(re.search(r", ([0-9]+) ms", line).group(1)) for line in lines]
        print(f"{count} notices: a save is seen in the browser after {statistics.median(shown):.0f} ms, of which the program takes {statistics.median(inside):.0f} ms")


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = pathlib.Path(folder) / "site"
        site.mkdir()
        shutil.copytree(ROOT / "content", site / "content")
        before = snapshot(site)
        server = Server(program, site)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        check_policy(browser, server)
        # What the test itself asks of a page is text that is run as code, which the policy forbids.
        page = browser.new_page(viewport={"width": 1280, "height": 800}, bypass_csp=True)
        problems = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        check_requests(server)
        check_live(page, server, site)
        check_drafts(page, server)
        check_new_folder(page, server, site)
        check(problems == [], f"scripts run without errors: {problems}")
        check(server.process.poll() is None, "the server still runs")
        server.stop()
        edit(site / "content/pages/faq.md", lambda text: (ROOT / "content/pages/faq.md").read_text())
        check(snapshot(site) == before, "the preview writes nothing")
        if len(sys.argv) > 2:
            measure(page, program, int(sys.argv[2]))
        browser.close()
    print(f"{results['passed']} passed, {results['failed']} failed")
    sys.exit(results["failed"] > 0)


main()
