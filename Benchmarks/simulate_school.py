"""Simulates a school's reports of attendance, as a whole site that can be built.

usage: simulate_school.py DIR --classes 24 --days 200 [--rate 1] [--seed 1] [--awkward] [--approved]

Normal incidence is 2 % absent, half of them ill; `--rate 3` triples it. Rolls change during the year, classes sometimes
fail to report, and illness comes in waves. `--awkward` adds a class of 5, a grade of one class, a grade of two, and days
on which everybody is absent.
"""
import argparse, datetime, os, random

CAUSES = ["fever", "respiratory", "gastro", "other", "isolated", "leave"]
SHARES = [0.15, 0.2, 0.08, 0.05, 0.02, 0.5]
LABELS = ["发热", "呼吸道症状", "胃肠道症状", "其他疾病", "隔离", "请假"]

DATASETS = """- id: attendance
  name: 学生出勤
  kind: persons
  team: emergency
  columns:
    - {id: grade, label: 年级, type: grade}
    - {id: class, label: 班级, type: class}
    - {id: enrolled, label: 应到, type: persons}
    - {id: present, label: 实到, type: persons}
""" + "".join(f"    - {{id: {c}, label: {l}, type: persons}}\n" for c, l in zip(CAUSES, LABELS)) + f"""  rules:
    - present <= enrolled
    - enrolled - present = {" + ".join(CAUSES)}
  publish:
    id: absent
    label: 缺勤
    done: 出勤
    count: enrolled - present
    of: enrolled
    by: class
    causes: [{", ".join(CAUSES[:5])}]
"""


def school_days(count):
    day = datetime.date(2025, 9, 1)
    while count:
        if day.weekday() < 5:
            yield day
            count -= 1
        day += datetime.timedelta(1)


def classes_of(arguments, chance):
    """Grades with their classes and rolls; each roll is a list of (first day's index, pupils)."""
    per_grade = {12: 2, 24: 4, 60: 10}.get(arguments.classes, 3)
    grades = [[] for _ in range(max(1, arguments.classes // per_grade))]
    for index in range(arguments.classes):
        grades[index % len(grades)].append(round(chance.gauss(45, 3)))
    if arguments.awkward:
        grades[0].append(5)
        grades += [[44], [46, 43]]
    result = []
    for grade, rolls in enumerate(grades):
        for index, roll in enumerate(rolls):
            changes = [(0, roll)]
            if chance.random() < 0.3:
                changes.append((chance.randrange(1, arguments.days), roll + chance.choice([-1, 1])))
            result.append((f"{grade + 1}年级", f"{grade + 1}-{index + 1}", changes))
    return result


def write(folder, name, text):
    path = os.path.join(folder, "content", name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def write_frame(arguments, classes, days):
    approved = "statistics: {illness_approved_by: 校长}\n" if arguments.approved else ""
    write(arguments.folder, "site.yml", f"name: 模拟学校\naddress: https://sim.example.cn/\ncategories: [{{id: a, name: 类}}]\n{approved}")
    write(arguments.folder, "organisation.yml", "leading_group: {name: 领导小组, posts: [], duties: []}\noffices: []\ncontacts: []\n")
    write(arguments.folder, "teams/emergency.md", "---\nid: emergency\nname: 应急组\norder: 1\n---\n## 职责\n\n1. 上报。\n")
    write(arguments.folder, "statistics/datasets.yml", DATASETS)
    lines = ["grade,class,enrolled,from,until,aliases"]
    for grade, name, changes in classes:
        for (start, roll), following in zip(changes, changes[1:] + [(None, None)]):
            until = "" if following[0] is None else str(days[following[0]] - datetime.timedelta(1))
            lines.append(f"{grade},{name},{roll},{days[start]},{until},")
    write(arguments.folder, "statistics/units.csv", "\n".join(lines) + "\n")


def write_day(arguments, chance, classes, index, day, wave):
    lines = ["年级,班级,应到,实到," + ",".join(LABELS)]
    everybody = arguments.awkward and index % 67 == 33
    for grade, name, changes in classes:
        roll = [pupils for start, pupils in changes if start <= index][-1]
        if chance.random() < 0.003:
            continue
        counts = [0] * 6
        for _ in range(roll):
            if everybody or chance.random() < 0.02 * arguments.rate * wave:
                counts[chance.choices(range(6), SHARES)[0]] += 1
        lines.append(",".join(map(str, [grade, name, roll, roll - sum(counts), *counts])))
    write(arguments.folder, f"statistics/attendance/{day}.csv", "\n".join(lines) + "\n")


def simulate(arguments):
    chance = random.Random(f"{arguments.seed} {arguments.classes} {arguments.rate}")
    days = list(school_days(arguments.days))
    classes = classes_of(arguments, chance)
    write_frame(arguments, classes, days)
    wave = 1.0
    for index, day in enumerate(days):
        wave = max(0.6, min(1.5, wave * chance.uniform(0.9, 1.11)))
        write_day(arguments, chance, classes, index, day, wave)
    return days[-1]


def parser():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--classes", type=int, default=24)
    parser.add_argument("--days", type=int, default=200)
    parser.add_argument("--rate", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--awkward", action="store_true")
    parser.add_argument("--approved", action="store_true")
    return parser


if __name__ == "__main__":
    print(simulate(parser().parse_args()))
