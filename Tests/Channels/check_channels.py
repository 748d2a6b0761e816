"""Looks at every form of a notice as those who receive it do.

usage: check_channels.py PROGRAM
Builds the sample school with some odd notices added, prints it with Chromium, and checks: sizes, margins and the grid of
22 lines by 28 characters with poppler; that nothing is cut; that QR codes lead to the page (zbar); screens at three sizes,
slide by slide, with and without JavaScript; articles for WeChat against its editor's whitelist; feeds and calendars with
independent parsers; and that all forms state the same facts.
"""
import glob, html, json, os, re, shutil, subprocess, sys, tempfile
from html.parser import HTMLParser

import feedparser, icalendar
from playwright.sync_api import sync_playwright

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NOW = "2026-11-23T08:30:00+08:00"
ADDRESS = "https://board.qingshi-school.example.cn/"
MM = 72 / 25.4
HAN = "各班每天早上和中午各测一次体温并登记缺勤原因发热学生立即送到临时留观处由校医复测并通知家长接回就医痊愈后凭证明返校上课"
HEAD = """---
title: {title}
id: "{name}"
kind: 通知
issuer: 青石镇中心学校
date: 2026-11-23
team: emergency
category: epidemic
channels: [site, board, screen, wechat, group, sms]
summary: {summary}
{more}---
{body}
"""
ODD = {
    "one-line": ("一行的通知", "只有一行。", "", "只有一行。"),
    "three-pages": ("三页的通知", "三页纸的通知。", "", "\n\n".join([HAN * 7] * 5)),
    "long-table": (
        "带长表格的通知", "表格要打印完整。", "",
        "| 时间 | 地点 | 事项 | 负责人 | 电话 |\n|---|---|---|---|---|\n"
        + "\n".join(f"| 7:{i % 60:02} | 教学楼{i}层东侧走廊 | 晨检登记、复测和消毒 | 班主任 | 0000-5550101 |" for i in range(60))),
    "long-word": ("带长网址的通知", "网址再长也不能切掉。", "", "请看 <https://example.org/" + "a" * 300 + ">，或" + "W" * 200 + "。"),
    "odd-marks": (
        "“引号”、<尖括号>&符号", "一行 & 两行 <三行>。", "number: 青中校〔2026〕88号\nreply_slip: {due: 2026-11-30, items: [班级, 是否同意]}\n"
        "event: {start: \"2026-12-01 14:30\", end: \"2026-12-01 16:00\", place: 体育馆}\nexpires_at: 2026-12-31\n",
        "## 一、要做的事\n\n3. 第三件\n4. 第四件\n\n   接着说第四件。\n\n- 甲\n  - 乙\n    1. 丙\n\n> 引用的话，**重点**，*强调*，`代码`。\n\n"
        "```\nif a < b && c > d { }\n```\n\n### 小标题\n\n---\n\n[站内](../../pages/faq.md) [站外](https://example.org/?a=1&b=2) "
        "[电话](tel:0000-5550101)\n\n![流程图](../../files/flow.png)\n\n咨询电话：0000-5550101，2026年12月1日前报名，共45人。"),
    "crowded": (
        "关于冬季传染病防控期间全校师生健康监测和家校配合事项的通知", HAN[:58] * 2,
        "sms: |\n  第一行\n\n  第二行\nscreen_text: \"换行\\n也是一行\"\nexpires_at: 2026-12-31 18:00\n"
        "event: {start: \"2026-12-01 14:30\", end: \"2026-12-02 16:00\", place: 学校体育馆二层东侧的多功能会议室}\n",
        "| 甲 | 乙 | 丙 | 丁 |\n|---|---|---|---|\n| 150 | 120 | 360 | 24 |\n"),
    "numbers": ("数字的表格", "", "", "| 甲 | 乙 | 丙 | 丁 |\n|---|---|---|---|\n| 150 | 120 | 360 | 24 |\n\n```\n第一行\n第二行\n```\n\n正文&#13;&#10;的&#27;字。"),
    "long-title": ("关于" + "冬季传染病防控期间健康监测通风消毒请假返校" * 4 + "的通知", "标题太长。", f"sms: {HAN * 3}\n", "正文。"),
}
SCREENS = [
    ("hall", 1920, 1080), ("lecture", 3840, 2160), ("gate", 1080, 1920), ("old", 1024, 768), ("square", 1280, 1280), ("office", 1280, 1024), ("wide", 1920, 1200)]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")

passed, failed = 0, 0


def check(what, problem):
    """Counts one check; `problem` is empty when it passed."""
    global passed, failed
    if problem:
        failed += 1
        print(f"FAILED {what}: {problem}")
    else:
        passed += 1


def build(program, folder):
    site = os.path.join(folder, "site")
    for part in ["content", "templates"]:
        shutil.copytree(os.path.join(ROOT, part), os.path.join(site, part))
    for name, (title, summary, more, body) in ODD.items():
        with open(f"{site}/content/notices/2026/{name}.md", "w", encoding="utf-8") as file:
            file.write(HEAD.format(name=name, title=json.dumps(title, ensure_ascii=False), summary=json.dumps(summary, ensure_ascii=False), more=more, body=body))
    with open(f"{site}/content/files/flow.png", "wb") as file:
        file.write(PNG)
    config = f"{site}/content/site.yml"
    with open(config, encoding="utf-8") as file:
        text = file.read().replace("screens:\n", "screens:\n" + "".join(f"  - {{id: {name}, name: {name}, size: {width}x{height}}}\n" for name, width, height in SCREENS[3:]))
    # Notices are made and changed here without anybody's review.
    text = re.sub(r"^reviews:\n(  .*\n)+", "", text, flags=re.M)
    with open(config, "w", encoding="utf-8") as file:
        file.write(text)
    crowded = f"{site}/content/notices/2026/crowded.md"
    with open(crowded, encoding="utf-8") as file:
        text = file.read().replace("issuer: 青石镇中心学校", "issuer: 青石镇中心学校联防联控工作领导小组办公室（设在安全办公室）")
    with open(crowded, "w", encoding="utf-8") as file:
        file.write(text)
    told = run_build(program, site)
    for rule, place in [("channel.wechat-long", "2:8"), ("channel.sms-long", "11:6")]:
        check(f"{rule} is told", "" if f"long-title.md:{place}: " in told and rule in told else f"not told at {place}")
    return site


def run_build(program, site, now=NOW):
    result = subprocess.run([program, "build", site, "--now", now], capture_output=True, text=True)
    if result.returncode:
        sys.exit(result.stderr)
    return result.stderr


def text_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


# Paper

def lines_of(pdf):
    """For each page its size and its lines as (left, top, right, bottom, text), in points."""
    layout = subprocess.run(["pdftotext", "-bbox-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    pages = []
    for page in layout.split("<page ")[1:]:
        size = tuple(float(number) for number in re.match(r'width="([\d.]+)" height="([\d.]+)"', page).groups())
        lines = []
        for line in page.split("<line ")[1:]:
            box = [float(number) for number in re.match(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', line).groups()]
            words = "".join(html.unescape(word) for word in re.findall(r"<word[^>]*>([^<]*)</word>", line.split("</line>")[0]))
            lines.append((*box, words))
        pages.append((size, lines))
    return pages


def check_paper(program, site, folder):
    pdf = os.path.join(site, "pdf")
    subprocess.run([program, "print", "--site", site], check=True, stdout=subprocess.DEVNULL)
    printed = sorted(glob.glob(f"{pdf}/**/*.pdf", recursive=True))
    check("everything is printed", "" if len(printed) > 2 * len(ODD) + 2 else f"{len(printed)} files")
    for path in printed:
        name = os.path.relpath(path, pdf)
        pages = lines_of(path)
        is_large = name.endswith("poster.pdf") or name == "board/week.pdf"
        want = (297 * MM, 420 * MM) if is_large else (210 * MM, 297 * MM)
        for size, lines in pages:
            wrong = [a for a, b in zip(size, want) if abs(a - b) > MM]
            check(f"size of {name}", f"{size}" if wrong else "")
            cut = [words for left, top, right, bottom, words in lines if left < 0 or top < -MM or right > size[0] or bottom > size[1] + MM]
            check(f"nothing leaves the paper of {name}", "; ".join(cut[:2]))
        if is_large or name == "board/temperature.pdf":
            check(f"one sheet for {name}", f"{len(pages)} pages" if len(pages) != 1 else "")
        if name.endswith("/print.pdf"):
            check_document(name, pages)
        if not name.endswith("temperature.pdf"):
            check_code(path, name, folder)
    for words, status, told in [
        ([f"{folder}/nowhere"], 2, "noticeboard build"), ([site, "notices/2026/none/print.html"], 2, "没有发布过"),
        ([site, "../content/site.yml"], 2, "没有发布过"), ([site], 3, "apt-get install chromium")]:
        path = "/nowhere" if status == 3 else os.environ["PATH"]
        result = subprocess.run([program, "print", "--site", *words], capture_output=True, text=True, env={"PATH": path})
        check(f"print {words[1:]} is refused", "" if result.returncode == status and told in result.stderr else f"{result.returncode} {result.stderr}")
    check_grid(lines_of(f"{pdf}/notices/2026/three-pages/print.pdf"))
    rows = [words for _, lines in lines_of(f"{pdf}/notices/2026/long-table/print.pdf") for *_, words in lines]
    for number in range(60):
        check(f"row {number} is printed", "" if any(f"教学楼{number}层" in words for words in rows) else "missing")
    letters = "".join(words for _, lines in lines_of(f"{pdf}/notices/2026/long-word/print.pdf") for *_, words in lines)
    check("long words are whole", "" if letters.count("a") >= 300 and letters.count("W") >= 200 else "cut")
    crowded = "".join(words for _, lines in lines_of(f"{pdf}/notices/2026/crowded/poster.pdf") for *_, words in lines)
    for part in ["家校配合事项的通知", "0000-5550101", "crowded.html"]:
        check(f"the crowded poster shows {part}", "" if part in crowded.replace(" ", "") else crowded)
    print(f"{len(printed)} PDF files")


def check_document(name, pages):
    """GB/T 9704: margins 37, 35, 28 and 26 mm; a page number in every foot."""
    for number, (size, lines) in enumerate(pages, 1):
        body = [line for line in lines if not re.fullmatch(r"—\d+—", line[4].replace(" ", ""))]
        check(f"{name} page {number} has its number", "" if len(body) == len(lines) - 1 else f"{len(lines) - len(body)} numbers")
        wide = [words for left, _, right, _, words in body if left < 27 * MM or right > size[0] - 25 * MM]
        check(f"{name} page {number} keeps its side margins", "; ".join(wide[:2]))
        # A line's box is higher than its characters; what counts is its middle.
        high = [words for _, top, _, bottom, words in body if (top + bottom) / 2 < 37 * MM or (top + bottom) / 2 > size[1] - 35 * MM]
        check(f"{name} page {number} keeps its upper and lower margins", "; ".join(high[:2]))


def check_grid(pages):
    check("three pages", "" if len(pages) >= 3 else f"{len(pages)} pages")
    size, lines = pages[1]
    body = [line for line in lines if not line[4].startswith("—")]
    check("22 lines on a full page", "" if len(body) == 22 else f"{len(body)} lines")
    full = [line for line in body if len(line[4]) == 28]
    check("28 characters a line", "" if len(full) >= 15 else f"{len(full)} full lines, {[len(line[4]) for line in body]}")
    for left, _, right, _, words in full:
        check("a line is 156 mm wide", "" if abs((right - left) / MM - 156) < 1 and abs(left / MM - 28) < 1 else f"{left / MM:.1f} to {right / MM:.1f} mm")
    pace = (body[-1][1] - body[0][1]) / 21 / MM
    check("lines stand 225/22 mm apart", "" if abs(pace - 225 / 22) < 0.05 else f"{pace:.2f} mm")


def check_code(path, name, folder):
    page = len(lines_of(path))
    found = ""
    for number in range(1, page + 1):
        subprocess.run(["pdftoppm", "-r", "150", "-png", "-f", str(number), "-l", str(number), path, f"{folder}/raster"], check=True)
        for raster in glob.glob(f"{folder}/raster*.png"):
            found += subprocess.run(["zbarimg", "-q", "--raw", raster], capture_output=True, text=True).stdout
            os.unlink(raster)
    route = "" if name == "board/week.pdf" else os.path.dirname(name) + ".html"
    check(f"code of {name}", "" if found.strip() == ADDRESS + route else f"reads {found.strip()!r}")


# Screens

SHOWN = """() => [...document.querySelectorAll('.slide')].filter(s => getComputedStyle(s).visibility === 'visible').map(s => s.innerText.replace(/\\s+/g, ' ').trim())"""
# Text of a slide that is outside of the screen, of its own line, below another one's, or too small to be read.
CUT = """least => {
  const problems = [], boxes = [];
  const slide = [...document.querySelectorAll('.slide')].find(s => getComputedStyle(s).visibility === 'visible');
  for (const root of [document.querySelector('.top'), slide]) for (const element of root.querySelectorAll('span, .kind, time')) {
    if (!element.textContent.trim() || element.querySelector('time, span')) continue;
    const range = document.createRange(); range.selectNodeContents(element);
    const box = range.getBoundingClientRect(), size = parseFloat(getComputedStyle(element).fontSize), words = element.textContent.slice(0, 20);
    if (box.left < 0 || box.top < 0 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5) problems.push('leaves the screen: ' + words);
    if (size < least - 0.01) problems.push(size + ' px: ' + words);
    for (const other of boxes) if (box.left < other.right - 1 && other.left < box.right - 1 && box.top + size * 0.25 < other.bottom - size * 0.25 && other.top + size * 0.25 < box.bottom - size * 0.25) problems.push('lies on another: ' + words);
    boxes.push(box);
  }
  if (document.scrollingElement.scrollWidth > innerWidth || document.scrollingElement.scrollHeight > innerHeight) problems.push('scrolls');
  return problems;
}"""


def check_screens(browser, public, what):
    for name, width, height in SCREENS:
        address = f"file://{public}/screens/{name}.html"
        told = {}
        for script in [True, False]:
            context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=script)
            page = context.new_page()
            requests = []
            page.on("request", lambda request: requests.append(request.url))
            page.goto(address)
            if script:
                told[script] = walk(page, f"{what} {name}", 48 * min(width, height) / 1080)
            else:
                others = [request for request in requests if request != address and "/assets/screen.css" not in request]
                check(f"{what} {name} without script asks for its style only", f"{others}" if others else "")
                source = re.sub(r"(?s)<script.*?</script>", "", text_of(f"{public}/screens/{name}.html"))
                told[script] = [re.sub(r"\s+", "", re.sub(r"<[^>]*>", "", slide)) for slide in re.findall(r'(?s)<section class="slide.*?</section>', source)]
                page.screenshot()
            context.close()
        check(f"{what} {name} shows the same without script", "" if [re.sub(r"\s+", "", slide) for slide in told[True]] == [html.unescape(slide) for slide in told[False]] else "other slides")
    check_standing(browser, public)


def walk(page, what, least):
    """Stops the cycle in the middle of every slide."""
    count = page.evaluate("document.querySelectorAll('.slide').length")
    seen = []
    for number in range(count):
        page.evaluate("at => document.getAnimations().forEach(a => { a.pause(); if (a.animationName === 'turn') a.currentTime = at })", number * 12000 + 6000)
        shown = page.evaluate(SHOWN)
        check(f"{what} slide {number + 1} is alone", "" if len(shown) == 1 else f"{len(shown)} slides are visible")
        seen += shown[:1]
        check(f"{what} slide {number + 1}", "; ".join(page.evaluate(CUT, least)))
    check(f"{what} shows every slide once", "" if len(set(seen)) == count else f"{len(set(seen))} of {count}")
    return seen


def check_standing(browser, public):
    """A page that nobody renews says so, without script too: here the delay is passed over."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.route("**/screen.js", lambda route: route.abort())
    page.goto(f"file://{public}/screens/hall.html")
    stale = "getComputedStyle(document.querySelector('.stale')).visibility"
    check("a new page is not called old", "" if page.evaluate(stale) == "hidden" else "it is")
    page.evaluate("document.getAnimations().forEach(a => { if (a.animationName === 'reveal') a.currentTime = 26 * 3600 * 1000 + 2000 })")
    check("a page left standing says so", "" if page.evaluate(stale) == "visible" else "it does not")
    context.close()


# WeChat

TAGS = set("section p span strong em h1 h2 h3 h4 h5 h6 ul ol li blockquote table thead tbody tr td th img hr br".split())
ATTRIBUTES = {"style", "colspan", "rowspan", "src", "alt"}
PROPERTIES = set(
    "color background-color font-size font-weight font-style line-height letter-spacing text-align margin padding padding-left border border-left border-top border-collapse width".split())
BLOCKS = set("section p h1 h2 h3 h4 h5 h6 li blockquote table td th".split())


class Whitelist(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.problems, self.text, self.open = [], "", []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        style = dict(part.split(":", 1) for part in given.get("style", "").split(";") if part)
        if tag not in TAGS:
            self.problems.append(f"<{tag}>")
        self.problems += [f"{tag} {name}" for name in given if name not in ATTRIBUTES]
        self.problems += [f"{tag} style {name}" for name in style if name.strip() not in PROPERTIES]
        if tag in BLOCKS and "color" not in style:
            self.problems.append(f"{tag} without a colour")
        if tag not in {"br", "hr", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, _):
        self.problems.append("a comment")

    def handle_decl(self, _):
        self.problems.append("a declaration")


def check_wechat(browser, public):
    articles = sorted(glob.glob(f"{public}/notices/**/wechat.html", recursive=True))
    check("articles for WeChat", "" if len(articles) > len(ODD) else f"{len(articles)}")
    for path in articles:
        source, name = text_of(path), os.path.relpath(path, public)
        parser = Whitelist()
        parser.feed(source)
        parser.close()
        check(f"whitelist {name}", "; ".join(sorted(set(parser.problems))[:4]) or ("" if not parser.open else f"open {parser.open}"))
        check(f"length of {name}", "" if len(parser.text) < 20_000 and len(source.encode()) < 1_000_000 else "too long")
        desk = text_of(f"{public}/desk/{name.removeprefix('notices/').removesuffix('/wechat.html')}.html")
        check(f"the desk shows {name}", "" if source in desk else "something else")
    odd = text_of(f"{public}/notices/2026/odd-marks/wechat.html")
    for part in ["站内[1]", "站外[2]", "[2] https://example.org/?a=1&amp;b=2", "此处插入图1：流程图", "3. ", "4. "]:
        check(f"article holds {part}", "" if part in odd else "missing")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"file://{public}/desk/2026/odd-marks.html")
    page.evaluate("window.copied = []; document.addEventListener('copy', () => copied.push(String(getSelection())))")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    for button in page.query_selector_all("button[data-copy]"):
        button.click()
    copied = page.evaluate("copied")
    for want in ["要做的事", "【青石镇中心学校】"]:
        check(f"buttons copy {want}", "" if any(want in text for text in copied) else f"{[text[:20] for text in copied]}")
    page.close()


# Feeds and calendars

def check_feeds(program, site, public):
    names = ["feed"] + [f"notices/{kind}/{name}" for kind, name in [("team", "emergency"), ("category", "epidemic"), ("team", "study")]]
    for name in names:
        atom = feedparser.parse(f"{public}/{name}.xml")
        check(f"{name}.xml is well-formed", "" if not atom.bozo and atom.version == "atom10" else f"{atom.get('bozo_exception')}")
        feed = json.loads(text_of(f"{public}/{name}.json"))
        check(f"{name}.json is JSON Feed 1.1", "" if feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"] and feed["feed_url"] == f"{ADDRESS}{name}.json" else "not")
        for item in feed["items"]:
            lacking = [key for key in ["id", "url", "title", "content_text", "date_published", "date_modified"] if not item.get(key)]
            check(f"{name}.json item {item.get('id')}", f"lacks {lacking}" if lacking else "")
            check(f"{name}.json time", "" if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", item["date_published"]) else item["date_published"])
        check(f"{name} lists the same twice", "" if [entry.id for entry in atom.entries] == [item["id"] for item in feed["items"]] else "other entries")
        for entry in atom.entries:
            check(f"{name} entry", "" if entry.get("title") and entry.get("updated_parsed") and entry.get("links") else f"{entry.get('id')}")
        ids = [atom.feed.id] + [entry.id for entry in atom.entries]
        check(f"{name} ids are unique", "" if len(set(ids)) == len(ids) else "repeated")
    latest = json.loads(text_of(f"{public}/latest.json"))
    check("latest.json", "" if latest["as_of"] == "2026-11-23" and latest["notices"] and all(figure["csv"] for figure in latest["figures"]) else "incomplete")
    for figure in latest["figures"]:
        for form in ["csv", "json"]:
            path = public + "/" + figure[form].removeprefix(ADDRESS)
            check(f"{figure['name']} as {form}", "" if os.path.exists(path) else "missing")
        json.loads(text_of(public + "/" + figure["json"].removeprefix(ADDRESS)))
    before = ids_of(public)
    path = f"{site}/content/notices/2026/odd-marks.md"
    edited = re.sub("^title: .*", 'title: "改过的标题"', text_of(path), count=1, flags=re.M)
    with open(path, "w", encoding="utf-8") as file:
        file.write(edited)
    run_build(program, site)
    check("ids outlive a change of title", "" if ids_of(public) == before else "they changed")


def ids_of(public):
    events = icalendar.Calendar.from_ical(text_of(f"{public}/events.ics")).walk("VEVENT")
    return [entry.id for entry in feedparser.parse(f"{public}/feed.xml").entries] + [str(event["UID"]) for event in events]


def check_calendars(public):
    for name in ["duty", "events"]:
        with open(f"{public}/{name}.ics", "rb") as file:
            raw = file.read()
        check(f"{name}.ics ends its lines", "" if raw.count(b"\n") == raw.count(b"\r\n") and raw.endswith(b"\r\n") else "not with CR LF")
        long = [line for line in raw.split(b"\r\n") if len(line) > 75]
        check(f"{name}.ics folds its lines", f"{len(long)} are longer than 75 octets" if long else "")
        for line in raw.split(b"\r\n"):
            line.decode("utf-8")
        calendar = icalendar.Calendar.from_ical(raw)
        events = calendar.walk("VEVENT")
        uids = [str(event["UID"]) for event in events]
        check(f"{name}.ics has events", "" if events and len(set(uids)) == len(uids) else f"{len(events)} events")
        for event in events:
            lacking = [key for key in ["UID", "DTSTAMP", "DTSTART", "SUMMARY"] if key not in event]
            check(f"{name}.ics event", f"lacks {lacking}" if lacking else "" if "DTEND" not in event or event["DTEND"].dt > event["DTSTART"].dt else "ends before it starts")
    drill = [event for event in icalendar.Calendar.from_ical(text_of(f"{public}/events.ics")).walk("VEVENT") if "odd-marks" in str(event["UID"])]
    check("an event's time", "" if drill and drill[0]["DTSTART"].dt.isoformat() == "2026-12-01T06:30:00+00:00" and drill[0]["LOCATION"] == "体育馆" else "wrong")


# The same facts everywhere

def plain(source):
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"(?s)<(style|script).*?</\1>", "", source))))


def bare(text):
    return re.sub(r"\s+", "", text)


FACTS = [
    ("date", r"\d{4}年\d{1,2}月\d{1,2}日"), ("phone", r"\d{4}-\d{7}"), ("figure", r"\d+人"), ("time", r"\d{1,2}:\d\d(?!\d)")]


def check_facts(public):
    feed = {item["url"]: item for item in json.loads(text_of(f"{public}/feed.json"))["items"]}
    for folder in sorted(glob.glob(f"{public}/notices/2026/*/")):
        name = os.path.basename(os.path.dirname(folder))
        page = plain(text_of(f"{public}/notices/2026/{name}.html"))
        title = html.unescape(re.search(r"<h1>(.*?)</h1>", text_of(f"{public}/notices/2026/{name}.html")).group(1))
        forms = {os.path.basename(path): (bare if path.endswith(".txt") else plain)(text_of(path)) for path in glob.glob(folder + "*")}
        url = f"{ADDRESS}notices/2026/{name}.html"
        if url in feed:
            forms["feed"] = bare(feed[url]["title"] + feed[url]["summary"])
        contacts = plain(text_of(f"{public}/contacts.html"))
        for form, words in forms.items():
            if form not in {"sms.txt", "strip.txt"}:
                check(f"{name} {form} has the title", "" if bare(title) in words else "not")
            for fact, pattern in FACTS:
                # Whatever a form states, the page states too, or the page of contacts.
                strange = [found for found in re.findall(pattern, words) if found not in page and found not in contacts]
                check(f"{name} {form} {fact}", f"{strange[:3]} is not on the page" if strange else "")
            if form in {"print.html", "wechat.html"}:
                body = plain(re.search(r'(?s)<div class="prose">(.*?)</div>\n', text_of(f"{public}/notices/2026/{name}.html")).group(1))
                for fact, pattern in FACTS:
                    lost = set(re.findall(pattern, body)) - set(re.findall(pattern, words))
                    check(f"{name} {form} keeps each {fact}", f"{sorted(lost)[:3]} is lost" if lost else "")


def check_lines(public):
    """A text for a group has its few lines, a message and a strip's line have one, whatever was typed."""
    for form, most in [("sms", 1), ("strip", 1), ("group", 6)]:
        for path in glob.glob(f"{public}/notices/2026/*/{form}.txt"):
            lines = text_of(path).split("\n")
            odd = [line for line in lines if re.search(r"[\x00-\x1f\x7f]", line)]
            check(f"lines of {os.path.relpath(path, public)}", "" if len(lines) <= most + 1 and lines[-1] == "" and not odd else f"{lines}")
    words = plain(text_of(f"{public}/screens/hall.html"))
    for part in ["150｜120｜360｜24", "第一行第二行", "换行也是一行"]:
        check(f"screens show {part}", "" if part in words else "not")


def check_leaving(program, site, public):
    """A notice that is withdrawn or has expired is in no channel after the next build."""
    path = f"{site}/content/notices/2026/three-pages.md"
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEAD.format(name="three-pages", title="三页的通知", summary="撤回。", more="status: withdrawn\nwithdrawn: 内容有误\n", body="撤回。"))
    run_build(program, site)
    check("withdrawn forms are gone", "" if not os.path.exists(f"{public}/notices/2026/three-pages") and not os.path.exists(f"{public}/desk/2026/three-pages.html") else "still there")
    screens = "".join(text_of(path) for path in glob.glob(f"{public}/screens/*"))
    check("screens no longer show it", "" if "三页的通知" not in screens and "一行的通知" in screens else "they do")
    run_build(program, site, "2027-01-02T08:30:00+08:00")
    check("expired forms are gone", "" if not os.path.exists(f"{public}/notices/2026/odd-marks") else "still there")
    check("an address stays", "" if os.path.exists(f"{public}/notices/2026/odd-marks.html") else "gone")


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        site = build(program, folder)
        public = os.path.join(site, "public")
        check_paper(program, site, folder)
        check_calendars(public)
        check_facts(public)
        check_lines(public)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            check_wechat(browser, public)
            check_screens(browser, public, "screen")
            emergency = f"{site}/content/notices/2026/alarm.md"
            with open(emergency, "w", encoding="utf-8") as file:
                file.write(HEAD.format(name="alarm", title="今天下午停课的紧急通知", summary="今天下午停课。", more="urgency: emergency\n", body=HAN))
            run_build(program, site, "2026-11-23T22:00:00+08:00")
            words = text_of(f"{public}/screens/hall.html")
            check("an emergency takes the whole screen, at night too", "" if "停课" in words and "一行的通知" not in words and "urgent" in words else "it does not")
            check_screens(browser, public, "emergency")
            # Published, it can be taken off the site only on purpose.
            with open(emergency, encoding="utf-8") as file:
                text = file.read()
            with open(emergency, "w", encoding="utf-8") as file:
                file.write(text.replace("urgency: emergency\n", "urgency: emergency\nstatus: removed\n"))
            browser.close()
        run_build(program, site)
        check_feeds(program, site, public)
        check_leaving(program, site, public)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
