"""Writes a whole site of N notices, the same ones for the same seed.

usage: corpus.py N DIR [--seed S] [--days D]
DIR/content gets site.yml, organisation.yml, six teams and N notices of 2 to 3 KB over three years; Hugo reads the same
notices from DIR/content/notices. `--days` adds D daily reports of a dataset of things, so that there are figures too.
"""
import argparse
import datetime
import os
import random

CATEGORIES = {"epidemic": "疫情防控", "vaccination": "预防接种", "food-safety": "食品安全", "checkup": "健康检查", "drill": "培训演练"}
TEAMS = {
    "coordination": "总体协调组", "emergency": "应急处置组", "logistics": "后勤保障组", "study": "教学保障组",
    "security": "安全保卫组", "isolation": "隔离观察组",
}
ISSUERS = ["校医室", "学校办公室", "后勤处", "教务处", "德育处"]
READERS = ["全体师生", "各班班主任", "学生家长", "住校学生", "食堂从业人员", "各年级组"]
URGENCIES = ["normal"] * 7 + ["important"] * 2 + ["emergency"]
WHO = ["班主任老师", "值班校医", "各年级组长", "食堂负责人", "宿舍值班老师", "校车随车老师", "保洁人员", "任课老师", "门卫", "家长委员会"]
DOES = ["每天早上认真填写", "要在放学之前交来", "请逐项核对", "会同校医一起检查", "按照方案落实", "在群里提醒家长查看", "负责保管", "每周五汇总"]
WHAT = [
    "晨检登记表", "通风消毒记录", "因病缺课追踪表", "接种证查验情况", "食堂留样台账", "口罩和洗手液的库存", "隔离观察室的使用登记", "返校复课证明",
    "视力检查的结果", "应急演练的脚本", "校车消毒记录", "饮用水检测报告",
]
WHY = [
    "有不清楚的地方打值班电话", "不要漏报，也不要重复上报", "遇到身体不适先告诉班主任", "回家以后先洗手再吃饭", "开窗通风时注意保暖", "外出回来及时更换衣物", "请保持电话畅通",
    "以年级组的安排为准", "资料只用于本次工作", "原件由校医室保存一个学期", "早睡早起，适量运动",
]
HEADINGS = ["工作要求", "时间安排", "需要准备的材料", "流程", "家长须知", "注意事项", "分工", "联系方式", "常见问题", "检查办法"]
SITES = ["https://www.example.org/health/", "https://cdc.example.cn/guide/", "https://edu.example.cn/notice/"]


def sentence(r):
    what = r.choice(WHAT)
    kind = r.random()
    if kind < 0.10:
        what = f"**{what}**"
    elif kind < 0.16:
        what = f"*{what}*"
    elif kind < 0.26:
        what = f"[{what}]({r.choice(SITES)}{r.randrange(900)})"
    elif kind < 0.29:
        what = f"`表{r.randrange(1, 40)}`"
    return f"{r.choice(WHO)}{r.choice(DOES)}{what}，{r.choice(WHY)}。"


def paragraph(r, low, high):
    return "".join(sentence(r) for _ in range(r.randint(low, high)))


def section(r, heading):
    lines = [f"## {heading}", "", paragraph(r, 2, 3), ""]
    kind = r.random()
    if kind < 0.4:
        lines += ["- " + sentence(r) for _ in range(r.randint(2, 4))] + [""]
    elif kind < 0.7:
        lines += [f"{number}. {sentence(r)}" for number in range(1, r.randint(3, 5))] + [""]
    elif kind < 0.8:
        lines += ["> " + sentence(r), ""]
    elif kind < 0.9:
        lines += ["| 地点 | 应做 | 已做 |", "|---|---:|---:|"]
        lines += [f"| {r.randint(1, 6)}号楼{floor}层 | {r.randint(40, 50)} | {r.randint(30, 40)} |" for floor in range(1, r.randint(3, 6))] + [""]
    return lines


def notice(r, number, day):
    category = r.choice(list(CATEGORIES))
    expiry = day.date() + datetime.timedelta(days=r.randrange(10, 100))
    fields = [
        "---",
        f'title: "关于做好{r.choice(WHAT)}工作的通知（{number}）"',
        "kind: 通知",
        f"id: B{number:06}",
        f"date: {day:%Y-%m-%d}",
        f"publish_at: {day:%Y-%m-%dT%H:%M:%S}+08:00",
        f"expires_at: {expiry}",
        f"issuer: {r.choice(ISSUERS)}",
        f"team: {r.choice(list(TEAMS))}",
        f"category: {category}",
        f"audience: [{', '.join(r.sample(READERS, r.randint(1, 2)))}]",
        f"urgency: {r.choice(URGENCIES)}",
        f'summary: "{CATEGORIES[category]}：{r.choice(WHO)}{r.choice(DOES)}{r.choice(WHAT)}，{r.choice(WHY)}。"',
        "---",
        "",
    ]
    body = [paragraph(r, 3, 4), ""]
    for heading in r.sample(HEADINGS, 3):
        body += section(r, heading)
    return "\n".join(fields + body)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def write_frame(content):
    categories = "".join(f"  - {{id: {key}, name: {name}}}\n" for key, name in CATEGORIES.items())
    write(
        f"{content}/site.yml",
        "name: 测试学校\nname_en: A School\ntitle: 健康通知\naddress: https://board.example.cn/\n"
        f"time_zone: Asia/Shanghai\nlanguage: zh-CN\nper_page: 20\nkinds: [通知]\ncategories:\n{categories}")
    write(
        f"{content}/organisation.yml",
        "name: 测试学校防控工作\nleading_group:\n  name: 领导小组\n  posts:\n    - {role: 组长, post: 校长}\n"
        "contacts:\n  - {id: doctor, name: 校医室, phone: '0000-5550101', hours: 全天, for: 身体不适, urgent: true}\n")
    for order, (key, name) in enumerate(TEAMS.items(), 1):
        write(
            f"{content}/teams/{key}.md",
            f"---\nid: {key}\nname: {name}\norder: {order}\nleaders: [副校长]\nsummary: {name}的工作。\n---\n\n"
            "## 职责 {#duties}\n\n1. 落实方案。\n2. 每天检查。\n")


def write_figures(content, start, days):
    write(
        f"{content}/statistics/datasets.yml",
        "- id: disinfection\n  name: 消毒\n  kind: operational\n  counts: rooms\n  team: logistics\n  due: \"17:00\"\n  summary: 各楼消毒\n  columns:\n"
        "    - {id: place, label: 地点, type: text}\n    - {id: planned, label: 应消毒, type: count}\n"
        "    - {id: done, label: 已消毒, type: count}\n  show: {completion: {done: done, of: planned, by: place}}\n")
    for index in range(days):
        day = start + datetime.timedelta(days=index)
        write(f"{content}/statistics/disinfection/{day:%Y-%m-%d}.csv", "地点,应消毒,已消毒\n" + "".join(f"{n}号楼,40,{30 + (index + n) % 10}\n" for n in range(1, 7)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--days", type=int, default=0)
    options = parser.parse_args()
    r = random.Random(options.seed)
    content = os.path.join(options.folder, "content")
    write_frame(content)
    start = datetime.datetime(2023, 9, 1, 7, 0)
    step = datetime.timedelta(days=3 * 365) / max(1, options.count)
    for number in range(1, options.count + 1):
        day = start + step * (number - 1)
        write(f"{content}/notices/{day:%Y}/{day:%m-%d}-{number:06}.md", notice(r, number, day))
    if options.days:
        write_figures(content, datetime.date(2026, 1, 5), options.days)


if __name__ == "__main__":
    main()
