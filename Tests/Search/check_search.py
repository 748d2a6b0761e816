"""Searches the built site in Chromium and compares with a plain search through all pages.

usage: check_search.py PROGRAM
The sample school is searched with queries.json, whose hits are written down; a corpus of 10,000 notices with queries whose
hits this program finds by itself in the published pages. For each query what was transferred is measured, compressed. The
search is also tried from file://, and its folding with the vectors that the Swift tests use.
"""
import functools
import gzip
import html
import http.server
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import unicodedata

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Support"))
from waiting import wait_until  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# The promise: what a query transfers, compressed, and from how many files after the first.
BYTES, REQUESTS = 50_000, 4

passed, failed = 0, 0


def check(what, problem=""):
    global passed, failed
    if problem:
        failed += 1
        print(f"FAILED {what}: {problem}")
    else:
        passed += 1


class Counting(http.server.SimpleHTTPRequestHandler):
    """Counts the files that are asked for, and their bytes as a server would compress them."""
    log = []

    def log_message(self, *_):
        pass

    def do_GET(self):
        path = self.translate_path(self.path.split("?")[0])
        if pathlib.Path(path).is_file():
            Counting.log.append((self.path, len(gzip.compress(pathlib.Path(path).read_bytes(), 9))))
        super().do_GET()


def serve(folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Counting, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/"


def build(program, site, now):
    subprocess.run([program, "build", "--site", site, "--now", now], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return pathlib.Path(site) / "public"


class Oracle:
    """The published pages, as text: an index of nothing, searched from end to end."""

    def __init__(self, public, folded):
        self.folded = {folded[i]: folded[i + 1] for i in range(0, len(folded), 2)}
        self.pages = []
        for path in sorted([*public.glob("notices/2*/*.html"), *public.glob("pages/*.html"), *public.glob("teams/*.html")]):
            text = path.read_text()
            title = re.search(r"<h1>(.*?)(?: <span|</h1>)", text, re.S).group(1)
            number = re.search(r'<p class="meta"[^>]*>(.*?)</p>\n<h1>', text, re.S) if "/notices/" in str(path) else None
            number = html.unescape(re.sub("<[^>]*>", "", number.group(1))).split(" · ")[1:] if number else []
            summary = re.search(r'<p class="summary">(.*?)</p>', text, re.S)
            prose = re.search(r'<div class="prose">(.*?)\n</div>\n(?:<footer|<section|</article>)', text, re.S)
            date = re.search(r'<time datetime="([0-9-]+)"', text)
            route = str(path.relative_to(public))
            self.pages.append({
                "route": route, "title": self.fold(html.unescape(title)) + " " + self.fold(" ".join(number)),
                "body": self.fold(html.unescape(summary.group(1)) if summary else "") + " " + self.prose(prose.group(1) if prose else ""),
                "holds": "state" not in re.findall(r'<aside class="([a-z]+)', text),
                "order": (1, date.group(1), route) if route.startswith("notices/") else (0, "", ""),
            })
        self.standing(public)

    def standing(self, public):
        """Pages of the program's own, by what they show."""
        text = {name: (public / f"{name}.html").read_text() for name in ["contacts", "figures/index"]}
        plain = lambda found: ", ".join(html.unescape(re.sub("<[^>]*>", "", part)) for part in found)
        contacts = re.findall(r'<li id=.*?</li>', text["contacts"], re.S)
        own = [re.findall(r"<strong>(.*?)</strong>|<p>([^<]+)</p>|tel:([0-9-]+)", contact) for contact in contacts]
        names = re.findall(r'<h2><a[^>]*>(.*?)</a>|<li><strong>(.*?)</strong>', text["figures/index"])
        offices = re.findall(r'<tr><th scope="row">(.*?)</th>', text["contacts"])
        words = {
            "contacts": ("联系电话", plain(["，".join(filter(None, part)) for found in own for part in found] + offices) + "，电话号码"),
            "duty": ("值班·值班表", ""), "figures/index": ("每日情况", plain("".join(name) for name in names)),
            "verify": ("核验通知", "核验码，真伪"), "organisation": ("组织与职责", ""), "guide": ("要求与知识", ""),
        }
        for name, (title, body) in words.items():
            self.pages.append({"route": f"{name}.html", "title": self.fold(title), "body": self.fold(body), "order": (0, "", ""), "holds": True})

    def prose(self, text):
        text = re.sub(r"</?(?:a|em|strong|code|img|br)\b[^>]*>", "", text)
        return self.fold(html.unescape(re.sub(r"<[^>]*>", "|", text)))

    def fold(self, text):
        out, in_word, broken = "", False, False
        for sign in text:
            if re.match("[\\s\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]", sign):
                in_word = False
                continue
            small = unicodedata.normalize("NFKC", sign).lower() if 0xFF00 < ord(sign) < 0xFF5F else sign.lower()
            if len(small) != 1:
                small = sign
            is_letter = unicodedata.category(small)[0] in "LMN" and (small.isalnum() or ord(small) > 0x250) and ord(small) < 0x10000
            if not is_letter or (0x2000 <= ord(small) < 0x2E80 or 0x3000 <= ord(small) < 0x3005 or 0x3007 < ord(small) < 0x3040):
                in_word, broken = False, True
                continue
            if ord(small) < 0x250 and ord(small) < 0xC0 and not (small.isascii()):
                in_word, broken = False, True
                continue
            latin = ord(small) < 0x250
            if (not in_word if latin else broken) and not out.endswith(" ") and (latin or out):
                out += " "
            in_word, broken = latin, False
            out += small if latin else self.folded.get(small, small)
        return out

    def terms(self, query):
        terms = []
        for word in query.split():
            for term in re.split(r"(?= )", self.fold(word)):
                if len(term) > 1 and ord(term[1]) >= 0x250:
                    term = term.lstrip(" ")
                if len(term) > 1:
                    terms.append(term)
        return list(dict.fromkeys(terms))

    def search(self, query):
        terms = self.terms(query)
        hits = [page for page in self.pages if all(term in page["title"] + " " or term in page["body"] for term in terms)]
        score = lambda page: sum(term in page["title"] for term in terms)
        hits.sort(key=lambda page: page["order"], reverse=True)
        hits.sort(key=lambda page: page["holds"], reverse=True)
        hits.sort(key=score, reverse=True)
        return [(score(hit), hit["holds"], hit["route"]) for hit in hits] if terms else []


def ask(page, base, query, fields=""):
    """Searches; the number of hits that the page tells, and the routes that it shows first."""
    page.goto(f"{base}search.html?q={query}{fields}")
    wait_until(page, "document.querySelector('.search-status').textContent && (!document.querySelector('.search-results').children.length == /没有找到|请输入/.test(document.querySelector('.search-status').textContent))")
    page.wait_for_load_state("networkidle")
    told = re.search(r"找到(\d+)条", page.inner_text(".search-status"))
    links = page.eval_on_selector_all(".search-results a", "links => links.map(link => decodeURIComponent(link.href))")
    return int(told.group(1)) if told else 0, [link.split("#")[0].removeprefix(base) for link in links]


def compare(what, told, shown, hits):
    """Hits of the same rank and the same day may stand in any order."""
    routes = [route for _, _, route in hits]
    if told != len(routes):
        return check(what, f"{told} hits, expected {len(routes)}: {routes[:4]}")
    if routes and not shown:
        return check(what, "shows nothing")
    wrong = [route for route in shown if route not in routes]
    scores = {route: (score, holds) for score, holds, route in hits}
    ranks = [scores.get(route) for route in shown]
    best = [(score, holds) for score, holds, _ in hits[:len(shown)]]
    check(what, f"shows {wrong[:3]}" if wrong else f"ranks {ranks}, expected {best}" if ranks != best else "")


def transferred():
    files = [(path, size) for path, size in Counting.log if "/search/" in path or "/notices/" in path]
    first = [size for path, size in files if "/search/base.js" in path]
    rest = [size for path, size in files if "/search/base.js" not in path]
    Counting.log.clear()
    return sum(first) + sum(rest), len(rest)


def sample(program, folder, browser):
    site = pathlib.Path(folder) / "sample"
    for name in ["content", "templates"]:
        subprocess.run(["cp", "-r", ROOT / name, site / name] if site.mkdir(exist_ok=True) is None else [], check=True)
    public = build(program, site, "2026-11-23T08:30:00+08:00")
    server, base = serve(public)
    page = browser.new_page()
    # The table of folded characters comes with the first search.
    ask(page, base, "通风")
    vectors = json.loads((HERE / "vectors.json").read_text())
    for text, searched in vectors:
        own = page.evaluate("text => noticeboardSearch.text(text)", text)
        check(f"folding {text!r}", "" if own.strip() == searched.strip() else f"{own!r}, expected {searched!r}")
    oracle = Oracle(public, page_data(page, base)["folded"])
    for text, searched in vectors:
        check(f"the oracle's folding {text!r}", "" if oracle.fold(text).strip() == searched.strip() else repr(oracle.fold(text)))
    for entry in json.loads((HERE / "queries.json").read_text()):
        told, shown = ask(page, base, entry["q"], entry.get("fields", ""))
        expected = entry["hits"]
        problem = "" if told == entry.get("count", len(expected)) and set(expected) <= set(shown) else f"{told} {shown}"
        check(f"sample {entry['q']} {entry.get('fields', '')}", problem)
        if not entry.get("fields"):
            compare(f"sample, plainly {entry['q']}", told, shown, oracle.search(entry["q"]))
    extras(page, base)
    offline(browser, public)
    server.shutdown()


def page_data(page, base):
    """The search's first file."""
    import urllib.request
    text = urllib.request.urlopen(base + "search/base.js").read().decode()
    return json.loads(re.fullmatch(r'noticeboardSearch\("base",0,(.*)\);\n', text, re.S).group(1))


def extras(page, base):
    """What is shown beside the hits."""
    ask(page, base, "诺如病毒")
    marks = page.eval_on_selector_all(".search-results mark", "marks => marks.map(mark => mark.textContent)")
    check("words are marked", "" if marks and set(marks) == {"诺如病毒"} else str(marks))
    ask(page, base, "退热药")
    check("what stands around a word in the text", "" if "退热药" in page.inner_text(".search-results") else page.inner_text(".search-results"))
    told, shown = ask(page, base, "接")
    check("one character is too short", "" if told == 0 and "两个字" in page.inner_text(".search-status") else "searched")
    told, shown = ask(page, base, "发烧")
    check("what people say otherwise", "" if told > 0 and "“发热”" in page.inner_text(".search-status") else page.inner_text(".search-status"))
    for query, first in [("联系电话", "contacts.html"), ("核验码", "verify.html"), ("学生出勤", "figures/index.html"), ("值班表", "duty.html")]:
        told, shown = ask(page, base, query)
        check(f"the page of {query}", "" if shown[:1] == [first] else str(shown[:3]))
    told, shown = ask(page, base, "", "&category=3")
    check("a filter alone", "" if told > 0 and shown else "nothing")
    page.goto(base + "search.html?q=%E6%B5")
    check("a link that was cut off", "" if page.is_visible(".search-form") else "no form")
    told, shown = ask(page, base, "没有这样的词")
    check("nothing found", "" if told == 0 and "没有找到" in page.inner_text(".search-status") else "found")
    told, shown = ask(page, base, "<img src=x onerror=alert(1)>通风")
    check("markup is text", "" if page.query_selector(".search-results img") is None else "an image")
    page.goto(base + "search.html")
    page.fill("#q", "学校")
    page.keyboard.press("Enter")
    wait_until(page, "document.querySelectorAll('.search-results li').length > 0")
    before = page.eval_on_selector_all(".search-results li", "all => all.length")
    page.click(".search-more")
    wait_until(page, f"document.querySelectorAll('.search-results li').length > {before}")
    check("more is shown")
    check("the address can be passed on", "" if "q=%E5%AD%A6%E6%A0%A1" in page.url else page.url)
    page.goto(base + "en/search.html?q=fever")
    wait_until(page, "document.querySelectorAll('.search-results li').length > 0")
    check("in English", "" if page.inner_text(".search-status").startswith("Found") else page.inner_text(".search-status"))


def offline(browser, public):
    """From a stick: scripts may be loaded, and nothing else."""
    page = browser.new_page()
    told, shown = ask(page, f"file://{public}/", "晨检")
    check("from file://", "" if told > 0 and shown else "nothing found")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{public}/search.html")
    check("no script: no form", "" if not page.is_visible(".search-form") else "a form")
    check("no script: the archive", "" if page.locator("a", has_text="2026年").count() else "no links")


def corpus(program, folder, browser):
    site = pathlib.Path(folder) / "corpus"
    subprocess.run([sys.executable, ROOT / "Benchmarks" / "corpus.py", "10000", site], check=True, stdout=subprocess.DEVNULL)
    notices = sorted((site / "content/notices").glob("*/*.md"))
    for number, words in enumerate(["段落简写", "孤零零的一句话", "Anaphylaxis kit", "牙防所流动车"]):
        for path in notices[number * 700::2500]:
            path.write_text(path.read_text() + f"\n补充说明：{words}另行通知。\n")
    public = build(program, site, "2026-09-01T08:00:00+08:00")
    server, base = serve(public)
    page = browser.new_page()
    oracle = Oracle(public, page_data(page, base)["folded"])
    worst, most = (0, ""), (0, "")
    for query in CORPUS_QUERIES:
        context = browser.new_context()
        page = context.new_page()
        Counting.log.clear()
        told, shown = ask(page, base, query)
        size, requests = transferred()
        compare(f"10,000 notices: {query}", told, shown, oracle.search(query))
        check(f"transfer of {query}", "" if size < BYTES and requests <= REQUESTS else f"{size} bytes in {requests} files after the first")
        worst, most = max(worst, (size, query)), max(most, (requests, query))
        context.close()
    print(f"10,000 notices, {len(CORPUS_QUERIES)} queries: at most {worst[0]} bytes compressed ({worst[1]}), {most[0]} files after the first ({most[1]})")
    server.shutdown()


CORPUS_QUERIES = [
    "通风", "消毒记录", "通风消毒", "晨检登记表", "晨检", "检登", "登记", "段简", "段落简", "落简写", "孤零零", "零零的一句话", "Anaphylaxis", "anaph", "kit",
    "牙防所", "流动车", "防所流动", "家长", "学校", "校医", "接种证", "因病缺课", "缺课追踪表", "食堂留样", "留样台账", "洗手液", "口罩和洗手液的库存", "隔离观察",
    "隔離觀察", "ＡＮＡＰＨ", "返校复课证明", "视力检查的结果", "应急演练", "饮用水 检测", "值班电话", "班主任 晨检", "门卫 台账 口罩", "没有人会写的词组", "2026",
]


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        sample(program, folder, browser)
        corpus(program, folder, browser)
        browser.close()
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
