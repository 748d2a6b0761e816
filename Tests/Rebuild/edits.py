"""Everything that people, programs and accidents do to a site's folder between two builds, at random."""
import os
import pathlib
import shutil

WORDS = ["洗手", "通风", "晨检", "返校", "演练", "食堂", "接种", "体检", "消毒", "请假"]


class Site:
    """A site's folder, and the moment at which it is looked at (seconds since 1970)."""

    def __init__(self, folder, random, now):
        self.folder, self.random, self.now = pathlib.Path(folder), random, now
        self.numbers = 0

    def path(self, name):
        return self.folder / name

    def some(self, pattern):
        found = sorted(self.folder.glob(pattern))
        return self.random.choice(found) if found else None

    def words(self):
        return "".join(self.random.choice(WORDS) for _ in range(self.random.randint(1, 4)))

    def fresh(self):
        self.numbers += 1
        return self.numbers

    def write(self, path, text):
        path = self.path(path) if isinstance(path, str) else path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, path, edit):
        if path is not None and path.exists():
            try:
                text = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                return
            self.write(path, edit(text))


def notice(site):
    return site.some("content/notices/*/*.md")


def field(site, path, names, line):
    """Sets a field of the front matter: any of its names is replaced."""

    def edit(text):
        head, found, rest = text.partition("\n---")
        lines = [given for given in head.split("\n") if given.split(":")[0] not in names]
        return "\n".join(lines + ([line] if line else [])) + found + rest

    site.change(path, edit)


def body(site):
    site.change(notice(site), lambda text: text + f"\n{site.words()}。\n")


def body_of_the_same_size(site):
    def edit(text):
        word = site.random.choice(WORDS)
        known = [other for other in WORDS if other in text]
        return text.replace(site.random.choice(known), word, 1) if known else text

    site.change(notice(site), edit)


def title(site):
    field(site, notice(site), ["标题", "title"], f"title: 关于{site.words()}的通知")


def summary(site):
    field(site, notice(site), ["摘要", "summary"], site.random.choice(["", f"summary: {site.words()}。"]))


def date(site):
    field(site, notice(site), ["成文日期", "date"], f"date: {site.random.choice([2025, 2026])}-11-{site.random.randint(1, 30):02}")


def publication(site):
    field(site, notice(site), ["发布", "publish_at"], f"publish_at: 2026-11-{site.random.randint(18, 30):02}T{site.random.randint(0, 23):02}:00:00+08:00")


def expiry(site):
    field(site, notice(site), ["失效", "expires_at"], f"expires_at: {site.random.choice([2026, 2027])}-12-{site.random.randint(1, 30):02}")


def urgency(site):
    field(site, notice(site), ["紧急", "urgency"], f"urgency: {site.random.choice(['normal', 'important', 'emergency'])}")


def status(site):
    path = notice(site)
    choice = site.random.choice(["draft", "final", "withdrawn", "removed"])
    field(site, path, ["状态", "status"], f"status: {choice}")
    field(site, path, ["withdrawn", "撤回原因"], "withdrawn: 写错了。" if choice == "withdrawn" else "")


def team_of_notice(site):
    field(site, notice(site), ["责任组", "team"], f"team: {site.random.choice([path.stem for path in site.folder.glob('content/teams/*.md')])}")


def category_of_notice(site):
    field(site, notice(site), ["类别", "category"], f"category: {site.random.choice(['epidemic', 'drill'])}")


def add_notice(site):
    number = site.fresh()
    fields = [f"title: 第{number}号{site.words()}", f"id: R{number}", "kind: 通知", "issuer: 校医室", f"date: 2026-11-{site.random.randint(1, 28):02}", "team: isolation", "category: epidemic"]
    if site.random.random() < 0.2:
        fields.append("supersedes: [N1]")
    if site.random.random() < 0.2:
        fields += ["translation_of: N2", "lang: en"]
    if site.random.random() < 0.2:
        fields.append("corrections: [{date: 2026-11-22, text: 改了时间。}]")
    link = site.random.choice(["", "", "[要求](../../pages/requirements.md)", "[首页](/index.html)"])
    site.write(f"content/notices/{site.random.choice([2025, 2026])}/r{number}.md", "---\n" + "\n".join(fields) + f"\n---\n{site.words()}{link}。\n")


def delete_notice(site):
    """A published address must not die, so most are purged as the guide says."""
    path = notice(site)
    if path and site.random.random() < 0.2:
        path.unlink()
    else:
        field(site, path, ["状态", "status"], "status: removed")


def rename_notice(site):
    path = notice(site)
    if path:
        path.rename(path.with_name(f"{path.stem[:8]}-{site.fresh()}.md"))


def attachment(site):
    number = site.random.randint(1, 3)
    site.write(f"content/files/form-{number}.txt", site.words() * site.random.randint(1, 400))
    field(site, notice(site), ["attachments"], f"attachments: [{{file: files/form-{number}.txt, title: 表{number}}}]")


def attachment_content(site):
    site.change(site.some("content/files/*"), lambda text: site.words() * site.random.randint(1, 400))


def add_team(site):
    number = site.random.randint(1, 3)
    site.write(f"content/teams/extra-{number}.md", f"---\nid: extra-{number}\nname: {site.words()}组\norder: {site.random.randint(1, 9)}\n---\n## 职责\n\n1. {site.words()}。\n")


def team_name(site):
    field(site, site.some("content/teams/*.md"), ["name"], f"name: {site.words()}组")


def team_duty(site):
    site.change(site.some("content/teams/*.md"), lambda text: text + f"\n3. {site.words()}。\n")


def delete_team(site):
    path = site.some("content/teams/extra-*.md")
    if path:
        path.unlink()


def page(site):
    site.write(f"content/pages/p{site.random.randint(1, 3)}.md", f"---\ntitle: {site.words()}\norder: {site.random.randint(1, 9)}\n---\n## {site.words()}\n\n{site.words()}。\n")


def delete_page(site):
    path = site.some("content/pages/p*.md")
    if path:
        path.unlink()


def configuration(site):
    choices = [("per_page: 2", "per_page: 3"), ("per_page: 3", "per_page: 2"), ("title: 公告栏", "title: 布告栏"), ("title: 布告栏", "title: 公告栏"), ("time_zone: Asia/Shanghai", "time_zone: Asia/Tokyo"), ("time_zone: Asia/Tokyo", "time_zone: Asia/Shanghai")]
    site.change(site.path("content/site.yml"), lambda text: text.replace(*site.random.choice(choices)))


def precompressed(site):
    def edit(text):
        line = "precompress: true\n"
        return text.replace(line, "") if line in text else line + text
    site.change(site.path("content/site.yml"), edit)


def contacts(site):
    choices = [("hours: 全天", "hours: 白天"), ("hours: 白天", "hours: 全天"), ('id: school, name: 学校, phone: "0000-5550101"', 'id: school, name: 学校, phone: "0000-5550109"')]
    site.change(site.path("content/organisation.yml"), lambda text: text.replace(*site.random.choice(choices)))


def roster(site):
    site.change(site.some("content/duty/*.csv"), lambda text: text.replace("0101", "0102", 1))


def work_done(site):
    day = site.random.randint(16, 22)
    site.write(f"content/statistics/disinfection/2026-11-{day}.csv", f"场所,应消毒,已消毒\n教室,9,{site.random.randint(0, 9)}\n食堂,2,1\n")


def attendance(site):
    day = site.random.randint(16, 22)
    rows = []
    for name, roll in [("一（1）班", 42), ("一（2）班", 41), ("一（3）班", 43)]:
        fever, leave = site.random.choice([0, 0, 1, 2, 6]), site.random.choice([0, 0, 1, 3])
        rows.append(f"一年级,{name},{roll},{roll - fever - leave},{fever},{leave}")
    if site.random.random() < 0.2:
        rows.pop()
    site.write(f"content/statistics/attendance/2026-11-{day}.csv", "年级,班级,应到,实到,发热,请假\n" + "\n".join(rows) + "\n")


def delete_report(site):
    path = site.some("content/statistics/disinfection/*.csv")
    if path:
        path.unlink()


def template(site):
    name = site.random.choice(["notice", "list", "notice-item", "feed", "page", "today", "contact"])
    source = pathlib.Path(__file__).parents[2] / "templates" / name / f"{name}.mustache"
    text = source.read_text(encoding="utf-8").replace("</", f"<!-- {site.words()} --></", 1)
    site.write(f"templates/{name}/{name}.mustache", text)


def delete_template(site):
    path = site.some("templates/*/*")
    if path:
        path.unlink()


def style(site):
    site.write("templates/assets/site.css", f"body {{ color: #{site.random.randrange(0x1000):03x}; }}\n")


def mistake(site):
    """An error, mended by the next edit of the same file or by `mend`."""
    choice = site.random.randint(0, 4)
    if choice == 0:
        field(site, notice(site), ["team", "责任组"], "team: nobody")
    elif choice == 1:
        site.change(notice(site), lambda text: text + "\n[坏链接](nowhere.md)\n")
    elif choice == 2:
        site.write("content/teams/broken.md", "没有字段\n")
    elif choice == 3:
        site.write("templates/contact/contact.mustache", "{{unknown}}")
    else:
        site.write("content/notices/2026/wrong.txt.md", "---\ntitle: 一\n---\n")


def mend(site):
    for name in ["content/teams/broken.md", "templates/contact/contact.mustache", "content/notices/2026/wrong.txt.md"]:
        site.path(name).unlink(missing_ok=True)
    for path in site.folder.glob("content/notices/*/*.md"):
        site.change(path, lambda text: text.replace("\n[坏链接](nowhere.md)\n", "").replace("team: nobody", "team: isolation"))


def warning(site):
    site.change(notice(site), lambda text: text + f"\n联系人：××{site.words()}\n")


def time_passes(site):
    site.now += site.random.choice([60, 3600, 6 * 3600, 24 * 3600, 5 * 24 * 3600])


def clock_goes_back(site):
    site.now -= site.random.choice([60, 3600, 24 * 3600])


def touch(site):
    path = site.some("content/**/*.*")
    if path:
        os.utime(path)


def editors_save(site):
    """Many editors write a new file and rename it over the old one."""
    path = notice(site)
    if path:
        aside = path.with_suffix(".tmp")
        aside.write_bytes(path.read_bytes())
        aside.rename(path)


def lose_memory(site):
    shutil.rmtree(site.path(".noticeboard"), ignore_errors=True)


def damage_memory(site):
    path = site.some(".noticeboard/**/*")
    if path is None or not path.is_file():
        return
    data = bytearray(path.read_bytes())
    choice = site.random.randint(0, 3)
    if choice == 0:
        data = data[: site.random.randrange(len(data) + 1)]
    elif choice == 1 and data:
        for _ in range(site.random.randint(1, 9)):
            data[site.random.randrange(len(data))] ^= 1 << site.random.randrange(8)
    elif choice == 2:
        data = bytearray(site.random.randbytes(site.random.randrange(5000)))
    else:
        path.unlink()
        return
    path.write_bytes(bytes(data))


def older_memory(site):
    """Puts a memory back that was saved some builds ago, as a restored backup does."""
    kept, memory = site.path(".kept"), site.path(".noticeboard")
    if kept.exists():
        shutil.rmtree(memory, ignore_errors=True)
        kept.rename(memory)
    elif memory.exists():
        shutil.copytree(memory, kept)


def lose_page(site):
    path = site.some("public/**/*.html")
    if path:
        path.unlink()


def lose_folder(site):
    shutil.rmtree(site.path("public") / site.random.choice(["notices", "figures", "assets"]), ignore_errors=True)


def lose_output(site):
    shutil.rmtree(site.path("public"), ignore_errors=True)


CONTENT = [
    body, body, body, body_of_the_same_size, body_of_the_same_size, title, title, summary, date, publication, expiry, urgency, status, team_of_notice,
    category_of_notice, add_notice, add_notice, delete_notice, rename_notice, attachment, attachment_content, add_team,
    team_name, team_duty, delete_team, page, delete_page, configuration, precompressed, contacts, roster, work_done, attendance, delete_report,
    template, delete_template, style, warning, time_passes, time_passes, clock_goes_back, touch, editors_save,
]
ACCIDENTS = [mistake, lose_memory, damage_memory, damage_memory, older_memory, lose_page, lose_folder, lose_output]
