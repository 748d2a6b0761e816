"""A school that hands in the sample's fourteen reports every school day for ten years: rolls change each year, classes
sometimes fail to report, and reports are corrected afterwards."""
import csv
import datetime
import io
import pathlib
import random
import shutil


def school_days(year, count=200):
    """The first days of a school year that are neither weekends nor holidays: September to January, February to July."""
    day, days = datetime.date(year, 9, 1), []
    while len(days) < count:
        is_term = (day.month, day.day) >= (9, 1) or (day.month, day.day) <= (1, 20) or (2, 16) <= (day.month, day.day) <= (7, 10)
        if day.weekday() < 5 and is_term:
            days.append(day)
        day += datetime.timedelta(days=1)
    return days


class School:
    """`grades` gives each grade's name and the rolls of its classes; the sample school's where none are given."""

    CAUSES = ["fever", "respiratory", "gastro", "other", "isolated", "leave"]

    def __init__(self, sample, site, first_year, years, grades=None, seed=1):
        self.random = random.Random(seed)
        self.site, self.sample = pathlib.Path(site), pathlib.Path(sample)
        statistics = self.sample / "statistics"
        self.models = {folder.name: [self.rows(path) for path in sorted(folder.glob("*.csv"))] for folder in statistics.iterdir() if folder.is_dir() and folder.name != "ledger"}
        self.grades = grades or self.sample_grades(statistics / "units.csv")
        self.rolls = {}
        for year in range(first_year, first_year + years):
            self.rolls[year] = {grade: {name: max(9, roll + self.random.choice([-1, 0, 0, 1])) for name, roll in classes.items()} for grade, classes in self.grades.items()}
        self.prepare()

    @staticmethod
    def rows(path):
        return list(csv.reader(path.read_text().splitlines()))

    @staticmethod
    def sample_grades(path):
        grades = {}
        for grade, name, roll, *_ in School.rows(path)[1:]:
            grades.setdefault(grade, {})[name] = int(roll)
        return grades

    def prepare(self):
        shutil.copytree(self.sample, self.site / "content")
        statistics = self.site / "content/statistics"
        for name in [*self.models, "ledger"]:
            shutil.rmtree(statistics / name)
        lines = ["grade,class,enrolled,from,until,aliases"]
        for year, grades in self.rolls.items():
            for grade, classes in grades.items():
                lines += [f"{grade},{name},{roll},{year}-09-01,{year + 1}-08-31," for name, roll in classes.items()]
        (statistics / "units.csv").write_text("\n".join(lines) + "\n")

    def reports(self, day):
        """Every dataset's report of a day, as text."""
        rolls = self.rolls[day.year if day.month > 8 else day.year - 1]
        return {dataset: self.text(getattr(self, dataset.replace("-", "_"), self.usual)(dataset, rolls)) for dataset in self.models}

    @staticmethod
    def text(rows):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        return out.getvalue()

    def usual(self, dataset, rolls):
        return self.random.choice(self.models[dataset])

    def attendance(self, dataset, rolls):
        rows = [["年级", "班级", "应到", "实到", "发热", "呼吸道症状", "胃肠道症状", "其他疾病", "隔离", "请假"]]
        for grade, classes in rolls.items():
            for name, roll in classes.items():
                if self.random.random() < 0.01:
                    continue
                counts = [self.random.choices([0, 1, 2, 5], [86, 10, 3, 1])[0] for _ in self.CAUSES]
                if sum(counts) > roll:
                    counts = [0] * 6
                rows.append([grade, name, roll, roll - sum(counts), *counts])
        return rows

    def of_roll(self, rolls, header, row):
        return [header] + [[grade, *row(sum(classes.values()))] for grade, classes in rolls.items()]

    def health_records(self, dataset, rolls):
        missing = lambda: self.random.choice([0, 0, 0, 1, 3])
        return self.of_roll(rolls, ["年级", "应建", "已建"], lambda roll: (roll, roll - missing()))

    def vaccination(self, dataset, rolls):
        def row(roll):
            missing = self.random.choice([0, 1, 2, 6])
            return roll, roll - missing, missing
        return self.of_roll(rolls, ["年级", "应种", "已种", "未种"], row)

    def return_screening(self, dataset, rolls):
        def row(roll):
            due = self.random.choice([0, 1, 3, 8])
            return due, due, 0
        return self.of_roll(rolls, ["年级", "应返", "已返", "暂缓"], row)

    def key_persons(self, dataset, rolls):
        return self.of_roll(rolls, ["年级", "列入", "已核实"], lambda roll: (2, 2))

    def checks(self, dataset, rolls):
        return [["年级", "检次", "应检", "已检"]] + [[grade, check, len(classes), len(classes)] for grade, classes in rolls.items() for check in ("晨检", "午检", "晚检")]
