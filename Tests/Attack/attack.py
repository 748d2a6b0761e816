"""An attacker who reads what a site publishes and works out what it does not say.

Reads nothing but `figures/*.json` below a published site. For each day it sets up the linear program of all complete
tables (units by causes) that agree with every line, and finds for every count, listed or not, the least and the greatest
possible value. Constraints of this kind have whole-numbered corners, so the program's optimum is exact.
"""
import json, os, random

import numpy
from scipy.optimize import linprog
from scipy.sparse import coo_array

UNKNOWN = 10_000


class Day:
    """One day's tables: variables are persons of a leaf unit by cause, the last cause being none of those named."""

    def __init__(self, versions):
        self.versions = versions
        lines = versions[0]["lines"]
        self.measure = lines[0]["measure"]
        self.causes = [l["measure"] for l in lines if not l["group"] and l["measure"] != self.measure]
        groups = {l["group"]: l for l in lines if l["group"] and not l["part"]}
        self.leaves, self.rolls = [], []
        for name, line in groups.items():
            parts = [l for l in lines if l["group"] == name and l["part"] and l["state"] != "missing"]
            if line["state"] == "missing":
                continue
            for part in parts or [line]:
                self.leaves.append((name, part["part"]))
                self.rolls.append(part.get("roll", UNKNOWN))
        self.columns = len(self.causes) + 1
        self.size = len(self.leaves) * self.columns
        self.bounds_of_rows = []
        self.rows = []
        for index in range(len(versions)):
            self.add_version(index)
        self.link_versions()

    def indices(self, group="", part="", cause=None, version=0):
        """The variables that a count adds up."""
        leaves = [i for i, (g, p) in enumerate(self.leaves) if (not group or g == group) and (not part or p == part)]
        columns = range(self.columns) if cause is None else cause if isinstance(cause, list) else [cause]
        return [version * self.size + i * self.columns + c for i in leaves for c in columns]

    def add_version(self, version):
        for leaf, roll in enumerate(self.rolls):
            base = version * self.size + leaf * self.columns
            self.add_row(range(base, base + self.columns), 0, roll)
        for line in self.versions[version]["lines"]:
            if line["state"] == "stated":
                cause = None if line["measure"] == self.measure else self.causes.index(line["measure"])
                where = self.indices(line["group"], line["part"], cause, version)
                self.add_row(where, line["lo"], numpy.inf if line["hi"] is None else line["hi"])

    def link_versions(self):
        """The reader's strongest assumption: a class of which the same is said in both versions did not change at all."""
        for version in range(1, len(self.versions)):
            said = [{(l["group"], l["part"]): (l.get("lo"), l.get("hi")) for l in v["lines"] if l["part"]} for v in (self.versions[0], self.versions[version])]
            for leaf, unit in enumerate(self.leaves):
                if said[0].get(unit, (None,))[0] is not None and said[0][unit] == said[1].get(unit):
                    for column in range(self.columns):
                        base = leaf * self.columns + column
                        self.rows.append(([base, version * self.size + base], [1, -1]))
                        self.bounds_of_rows.append((0, 0))

    def add_row(self, where, low, high):
        where = list(where)
        self.rows.append((where, [1] * len(where)))
        self.bounds_of_rows.append((low, high))

    def matrix(self):
        row, column, value, limit = [], [], [], []
        for (where, signs), (low, high) in zip(self.rows, self.bounds_of_rows):
            for sign, end in ((1, high), (-1, -low)):
                if end == numpy.inf:
                    continue
                row += [len(limit)] * len(where)
                column += where
                value += [sign * s for s in signs]
                limit.append(end)
        shape = (len(limit), self.size * len(self.versions))
        return coo_array((value, (row, column)), shape=shape).tocsc(), numpy.array(limit, dtype=float)

    def counts(self):
        """Every count that the guarantee speaks of: its name, its variables and its unit's roll, in the last version."""
        last = len(self.versions) - 1
        measures = [None, *range(len(self.causes))] + ([list(range(len(self.causes)))] if self.causes else [])
        units = [("", "")] + [(g, "") for g in dict.fromkeys(g for g, _ in self.leaves)] + [u for u in self.leaves if u[1]]
        for group, part in units:
            for cause in measures:
                where = self.indices(group, part, cause, last)
                leaves = {variable % self.size // self.columns for variable in where}
                yield (group, part, cause), where, sum(self.rolls[leaf] for leaf in leaves)

    def intervals(self, seed=0):
        """The least and greatest value of each count. Corners found for one count often show an end of others as well;
        only what they leave open is solved for by itself."""
        matrix, limit = self.matrix()
        counts = list(self.counts())
        sums = coo_array(
            ([1.0] * sum(len(w) for _, w, _ in counts), ([i for i, (_, w, _) in enumerate(counts) for _ in w], [v for _, w, _ in counts for v in w])),
            shape=(len(counts), matrix.shape[1])).tocsr()
        low, high = numpy.full(len(counts), numpy.inf), numpy.full(len(counts), -numpy.inf)
        caps = numpy.array([min(4, roll) for _, _, roll in counts])

        def solve(objective):
            solution = linprog(objective, A_ub=matrix, b_ub=limit, bounds=(0, UNKNOWN), method="highs")
            if solution.status != 0:
                raise ValueError(f"no table agrees with what was published: {solution.message}")
            values = numpy.rint(sums @ solution.x)
            numpy.minimum(low, values, out=low)
            numpy.maximum(high, values, out=high)
            return values

        def aim(chosen, sign):
            if len(chosen):
                solve(sign * sums[chosen].sum(axis=0))

        chance = random.Random(seed)
        solve(numpy.zeros(matrix.shape[1]))
        for _ in range(40):
            aim(numpy.flatnonzero(low > 0), 1)
            rest = list(numpy.flatnonzero(high < caps))
            aim(chance.sample(rest, min(8, len(rest))), -1)
        for index in range(len(counts)):
            if low[index] > 0:
                low[index] = solve(sums[[index]].toarray()[0])[index]
            if high[index] < caps[index]:
                high[index] = solve(-sums[[index]].toarray()[0])[index]
        return [(name, int(low[i]), int(high[i]), roll) for i, (name, _, roll) in enumerate(counts)]


def published(folder):
    """All days of all downloads of a published site: (dataset, date) → what is said."""
    found = {}
    figures = os.path.join(folder, "figures")
    for name in sorted(os.listdir(figures)):
        if name.endswith(".json"):
            data = json.load(open(os.path.join(figures, name), encoding="utf-8"))
            for day in data["days"]:
                found[data["dataset"], day["date"]] = day
    return found
