#!/usr/bin/env python3
"""Makes small random rubrics, and random answers for any rubric, the same for the same seed.

Usage: random_rubrics.py DIRECTORY [--count N] [--seed S]
Every function of the rules language, every question type, trees of dimensions, the three ways to a
score, profiles and both origins occur. Only what the contract allows is written.
"""
import argparse
import csv
import os
import random
import re

from answers import Company

COMPARISONS = ("<", "<=", ">", ">=", "=", "!=")
MOSTLY_UP = (">=", ">=", ">=", ">", "=", "!=", "<", "<=")


class RandomRubric:
    """Builds the text of one rubric; what exists so far steers what conditions may name."""

    def __init__(self, rng, number):
        self.rng = rng
        self.lines = []
        self.mode = rng.choice(["mean", "mean", "sum", "climb"])
        self.levels = ["rung%d" % at for at in range(1, rng.randint(2, 4) + 1)]
        self.leaves = {}
        self.requirements = []
        self.questions = {}
        self.official_words = set()
        self.number = number
        self.build()

    def text(self):
        return "\n".join(self.lines) + "\n"

    def section(self, name, **keys):
        self.lines += ["", "[%s]" % name]
        for key, value in keys.items():
            if value is not None:
                self.lines.append("%s = %s" % (key.replace("__", ".").replace("DASH", " "), value))

    def build(self):
        rng = self.rng
        tops = ["dim%d" % at for at in range(1, rng.randint(2, 3) + 1)]
        self.lines = ["; a random rubric"]
        self.section("rubric", id="random_%d" % self.number, edition="2025", format="1",
                     title="\"Random rubric\"", document="\"None\"", levels=", ".join(self.levels),
                     dimensions=", ".join(tops),
                     score=self.mode if rng.random() < 0.9 or self.mode != "mean" else None,
                     **{"pass": rng.choice(["80%", "50%", "0.6"]) if rng.random() < 0.5 else None})
        for level in self.levels:
            self.section("level " + level, title="Level " + level)
        self.dimensions(tops)
        self.scales()
        self.all_questions()
        for level in self.levels:
            for _ in range(rng.randint(1, 4)):
                self.requirement(level)
        self.profile()

    def weight(self):
        return self.rng.choice([None, None, None, "2", "0.5", "1.25", "0.333333", "3", "0"])

    def dimensions(self, tops):
        rng = self.rng
        for top in tops:
            self.section("dimension " + top, title="Part " + top, weight=self.weight_above_zero())
        self.tree = list(tops)
        self.scene_leaf = tops[0]
        self.free_leaves = tops[1:]
        if rng.random() < 0.6:
            parent = self.free_leaves.pop()
            children = [parent + "a", parent + "b"]
            for child in children:
                self.section("dimension " + child, title="Part " + child, parent=parent,
                             weight=self.weight_above_zero())
            self.tree += children
            self.free_leaves += children

    def weight_above_zero(self):
        weight = self.weight()
        return None if weight == "0" else weight

    def scales(self):
        rng = self.rng
        self.steps = ["step%d" % at for at in range(1, rng.randint(3, 4) + 1)]
        titles = {"title__" + step: "Titel %s" % step.upper() for step in self.steps}
        titles.update({"title__%s[zh]" % step: "\"第%s级\"" % step[-1] for step in self.steps})
        self.section("scale ladder", options=", ".join(self.steps),
                     score=self.scores(len(self.steps)) if rng.random() < 0.6 else None, **titles)

    def scores(self, count):
        """Scores of options: rising or not, and beyond 0..1 where a sum allows it."""
        rng = self.rng
        if self.mode == "sum" and rng.random() < 0.5:
            values = [rng.choice(["-2", "-0.5", "0", "1", "2.5", "7"]) for _ in range(count)]
        else:
            values = ["0." + str(rng.randint(0, 999)) for _ in range(count - 1)] + ["1"]
        if rng.random() < 0.8:
            values.sort(key=float)
        return ", ".join(values)

    def all_questions(self):
        rng = self.rng
        self.section("field company", type="text", required="yes", ask="Company")
        self.section("field sector", type="choice", options="metals, food, cars", ask="Sector")
        self.section("group scenes", title="Scenes", type="choice", scale="ladder", na="yes")
        self.section("group figures", title="Figures", type="number")
        self.section("group rates", title="Rates", type="percent")
        self.section("group checks", title="Checks", type="yesno", na="yes", weight=self.weight())
        for at in range(rng.randint(2, 5)):
            self.question("scene%d" % at, "choice", groups="scenes", dimension=self.scene_leaf)
        for at in range(rng.randint(1, 3)):
            self.question("figure%d" % at, "number", groups="figures", **self.range_of("number"))
        for at in range(rng.randint(1, 3)):
            self.question("rate%d" % at, "percent", groups="rates", **self.range_of("percent"))
        for at in range(rng.randint(1, 3)):
            self.question("check%d" % at, "yesno", groups="checks")
        self.question("grade_one", "choice", own="choice", options="low, mid, high, top",
                      score=self.scores(4) if rng.random() < 0.5 else None)
        self.question("tools", "multi", own="multi", options="axe, saw, drill",
                      score=self.multi_scores() if rng.random() < 0.5 else None)
        self.question("since", "date", own="date")
        self.question("remark", "text", own="text")
        self.question("reverse", "yesno", own="yesno", score="1, 0" if rng.random() < 0.5 else None)

    def multi_scores(self):
        if self.mode == "sum":
            return self.rng.choice(["-1, 2, 0.5", "0.2, 0.3, 0.9", "-3, -1, -2"])
        return self.rng.choice(["0.5, 0.5, 0.5", "0.2, 0.3, 0.9", "0.1, 0.2, 0.3"])

    def range_of(self, kind):
        rng = self.rng
        keys = {}
        if rng.random() < 0.6:
            keys = {"worst": rng.choice(["0", "20", "12.5"]),
                    "best": rng.choice(["90", "100", "60.000001"])}
            if rng.random() < 0.3:
                keys = {"worst": keys["best"], "best": keys["worst"]}
        if rng.random() < 0.5 or (kind == "number" and rng.random() < 0.4):
            keys["min"] = rng.choice(["0", "10", "-5"]) if kind == "number" else rng.choice(["0",
                                                                                             "10"])
        if rng.random() < 0.5:
            keys["max"] = rng.choice(["100", "120.5"]) if kind == "number" else rng.choice(["100",
                                                                                            "80"])
        return keys

    def question(self, ident, kind, own=None, dimension=None, **keys):
        rng = self.rng
        if dimension is None and (own is None or rng.random() < 0.9):
            dimension = rng.choice(self.free_leaves or [self.scene_leaf + "x"])
        self.questions[ident] = dict(keys, kind=kind, dimension=dimension)
        self.section("question " + ident, type=own, dimension=dimension,
                     level=rng.choice(self.levels + [None]), weight=self.weight(),
                     na=rng.choice([None, None, "yes", "no"]), ask="\"What about %s?\"" % ident,
                     **keys)

    # conditions

    def requirement(self, level):
        rng = self.rng
        ident = "req%d" % (len(self.requirements) + 1)
        origin = rng.choice(["official", "house"])
        kind = rng.choice(["eligibility", "gate", "gate", "coverage", "outcome", "advice"])
        self.own_level, self.own_origin = level, origin
        needs = self.condition(rng.randint(0, 2))
        if origin == "official":
            self.official_words |= set(re.findall("[a-z0-9_]+", needs))
        profiles = "special" if rng.random() < 0.1 else None
        self.section("requirement " + ident, level=level, kind=kind, origin=origin,
                     clause="C.%d" % len(self.requirements) if origin == "official" else None,
                     title="Requirement " + ident, needs="\"%s\"" % needs,
                     waivable="yes" if rng.random() < 0.3 else None, profiles=profiles)
        self.requirements.append((ident, level, origin))

    def condition(self, depth):
        rng = self.rng
        if depth == 0:
            return self.leaf()
        kind = rng.randint(0, 4)
        if kind == 0:
            return "not (%s)" % self.condition(depth - 1)
        word = " and " if kind < 3 else " or "
        return word.join("(%s)" % self.condition(depth - 1) for _ in range(rng.randint(2, 3)))

    def leaf(self):
        return self.rng.choice([self.yesno, self.choice, self.field, self.numbers, self.parts,
                                self.numbers,
                                self.parts, self.over_options, self.ticked, self.answered,
                                self.reference, self.two_choices, self.age])()

    def named(self, kind):
        return self.rng.choice([ident for ident,
                                keys in self.questions.items() if keys["kind"] == kind])

    def yesno(self):
        return ("not " if self.rng.random() < 0.2 else "") + self.named("yesno")

    def choice(self):
        name, options = self.rng.choice([("grade_one", ["low", "mid", "high", "top"]),
                                         ("scene0", self.steps), ("scene1", self.steps)])
        if self.rng.random() < 0.1:
            return "%s %s %s" % (self.rng.choice(options), self.rng.choice(COMPARISONS), name)
        return "%s %s %s" % (name, self.rng.choice(MOSTLY_UP), self.rng.choice(options))

    def two_choices(self):
        return "scene0 %s scene1" % self.rng.choice(COMPARISONS)

    def age(self):
        return "years(since) %s %d" % (self.rng.choice(MOSTLY_UP), self.rng.randint(0, 4))

    def field(self):
        return "sector %s %s" % (self.rng.choice(["=", "!="]),
                                 self.rng.choice(["metals", "food", "cars"]))

    def test(self):
        """`group OP option`, now and then one that holds, or fails, for every option."""
        group = self.rng.choice(["scenes", "scenes", self.scene_leaf])
        step = self.rng.choice(self.steps if self.rng.random() < 0.2 else self.steps[1:-1])
        return "%s %s %s" % (group, self.rng.choice(MOSTLY_UP), step)

    def over_options(self):
        if self.rng.random() < 0.3:
            return "%s(checks = yes)" % self.rng.choice(["any", "all"])
        return "%s(%s)" % (self.rng.choice(["any", "all"]), self.test())

    def ticked(self):
        return "has(tools, %s)" % self.rng.choice(["axe", "saw", "drill"])

    def answered(self):
        return "answered(%s)" % self.rng.choice(list(self.questions))

    def reference(self):
        rng = self.rng
        earlier = [ident for ident, _, origin in self.requirements
                   if self.own_origin == "house" or origin == "official"]
        lower = self.levels[:self.levels.index(self.own_level)]
        if lower and rng.random() < 0.5:
            return "held(%s)" % rng.choice(lower)
        return "met(%s)" % rng.choice(earlier) if earlier else self.yesno()

    def numbers(self):
        return "%s %s %s" % (self.quantity(2), self.rng.choice(MOSTLY_UP), self.quantity(0))

    def quantity(self, depth):
        rng = self.rng
        constant = rng.choice(["1", "2", "3", "0", "40", "12.5", "55"])
        if depth == 0:
            return constant if rng.random() < 0.8 else self.named("number")
        if rng.random() < 0.25:
            return "%s %s %s" % (self.quantity(depth - 1), rng.choice("+-*"),
                                 self.quantity(depth - 1))
        if rng.random() < 0.1:
            return "(%s) / %s" % (self.quantity(depth - 1),
                                  rng.choice(["4", "count(scenes >= %s)" % self.steps[1]]))
        if rng.random() < 0.05:
            return "-" + self.named("number")
        return rng.choice([self.named("number"), "count(%s)" % self.test(), "count(tools)",
                           "years(since)", "climb(%s)" % rng.choice(["80%", "0.5"]),
                           "min(figures)", "max(figures)", "sum(figures)", "mean(figures)",
                           "count(checks = yes)"])

    def parts(self):
        rng = self.rng
        return "%s %s %s" % (self.part(), rng.choice(MOSTLY_UP),
                             rng.choice(["20%", "50%", "60%", "33.3%", "75%"]))

    def part(self):
        rng = self.rng
        whole = {"sum": "score(all, %s)" % rng.choice(self.levels), "climb": "score(dim1)"}
        kind = rng.randint(0, 8)
        if kind == 0:
            return self.named("percent")
        if kind == 1:
            return "share(%s)" % self.test()
        if kind in (2, 3):
            high, low = self.steps[-1], self.steps[1]
            if rng.random() < 0.5:
                return "share(scenes >= %s, scenes >= %s)" % (high, low)
            return "share(scenes %s %s, scenes %s %s)" % (rng.choice(MOSTLY_UP),
                                                          rng.choice(self.steps),
                                                          rng.choice(MOSTLY_UP),
                                                          rng.choice(self.steps))
        if kind == 4:
            return "%s(rates)" % rng.choice(["min", "max", "sum", "mean"])
        if kind == 5:
            return "score(%s)" % rng.choice(self.tree)
        if kind == 6:
            return "score(%s, %s)" % (rng.choice(self.tree + ["all"]), rng.choice(self.levels))
        return whole.get(self.mode, "score()")

    def profile(self):
        rng = self.rng
        weights = {"weightDASH" + ident: rng.choice(["2", "0.75", "11"])
                   for ident in rng.sample(list(self.questions) + self.tree, 3)}
        self.section("profile special", title="Special case", skip=self.skippable(), **weights)

    def skippable(self):
        """A question no official requirement can rest on, if there is one."""
        words = self.official_words
        if words & ({"score", "climb", "met", "held"} | set(self.tree)):
            return None
        free = [ident for ident, keys in self.questions.items()
                if ident not in words and keys.get("groups") not in words]
        return self.rng.choice(free) if free else None


# answers for any rubric

class RandomAnswers:
    """Cells of random companies of one rubric; each company has its own leaning and gaps."""

    def __init__(self, rubric, rng):
        self.rubric, self.rng = rubric, rng
        self.complete = False

    def company(self, name, complete=False):
        """(cells, evidence) of one company; a complete one has neither blanks nor faults."""
        rng = self.rng
        self.complete = complete
        leaning = rng.choice([0.1, 0.5, 1, 2, 8, 50])
        gaps = 0 if complete else rng.choice([0, 0, 0.05, 0.3, 0.8])
        faults = 0 if complete else rng.choice([0, 0, 0.03])
        cells, evidence = {}, {}
        for question in list(self.rubric.questions.values()) + list(self.rubric.fields.values()):
            if question.id == "company":
                cells["company"] = name
                continue
            if question.id in self.rubric.fields and question.type not in ("choice", "text"):
                cells[question.id] = ""
                continue
            cells[question.id] = self.cell(question, leaning, gaps, faults)
            if question.id in self.rubric.questions and rng.random() < 0.7:
                evidence[question.id] = "record %d" % rng.randint(1, 99)
        return cells, evidence

    def cell(self, question, leaning, gaps, faults):
        rng = self.rng
        if rng.random() < gaps:
            return ""
        if rng.random() < faults:
            return rng.choice(["n/a", "garbage?", "n/a: not here"])
        if question.may_be_na and rng.random() < 0.12:
            return rng.choice(["n/a: does not exist here", "不适用：没有", "N/A: none"])
        return getattr(self, "cell_" + question.type)(question, leaning)

    def high(self, leaning):
        """A number in 0..1 that leans to 1 the more, the greater the leaning."""
        return self.rng.random() ** (1 / leaning)

    def cell_yesno(self, _question, leaning):
        good = self.high(leaning) > 0.4
        return self.rng.choice(["yes", "y", "true", "是", "对", "√", "✓"] if good else
                               ["no", "n", "false", "否", "错", "×", "✗"])

    def cell_choice(self, question, leaning):
        at = min(int(self.high(leaning) * len(question.options)), len(question.options) - 1)
        return self.rng.choice(question.words[question.options[at]])

    def cell_multi(self, question, leaning):
        ticked = [o for o in question.options if self.high(leaning) > 0.5]
        return self.rng.choice([";", "；", "|", "┋", "; "]).join(ticked) if ticked else "none"

    def cell_number(self, question, leaning):
        return self.decimal(question.min, question.max, leaning, 1)

    def cell_percent(self, question, leaning):
        text = self.decimal(question.min, question.max, leaning, 100)
        return text + self.rng.choice(["", "%", " %", " ％"])

    def decimal(self, low, high, leaning, unit):
        low = 0 if low is None else int(low * unit)
        high = max(low + 1, 150) if high is None else int(high * unit)
        places = self.rng.choice([0, 0, 1, 3, 6])
        value = low + int((high - low) * 10 ** places * self.high(leaning)) / 10 ** places
        return "%.*f" % (places, value)

    def cell_date(self, _question, leaning):
        if not self.complete and self.rng.random() < 0.5:
            return self.rng.choice(["2026-06-15", "2026-07-05", "2024-02-29", "2025-06-15",
                                    "2024-06-15",
                                    "2024-06-16", "2023-06-14", "2023-05-30"])
        year = 2025 - int(self.high(leaning) * 12)
        return "%04d-%02d-%02d" % (year, self.rng.randint(1, 12), self.rng.randint(1, 28))

    def cell_text(self, _question, _leaning):
        return self.rng.choice(["some words", "一些文字", "a, \"quoted\" text"])

    cell_uscc = cell_text


def write_table(path, rubric, rows, with_evidence):
    """A table of companies; returns the companies as the grader takes them."""
    idents = list(rubric.fields) + list(rubric.questions)
    head = idents + ([ident + ".evidence" for ident in rubric.questions] if with_evidence else [])
    companies = []
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        for cells, evidence in rows:
            writer.writerow([cells.get(ident, "") for ident in idents]
                            + ([evidence.get(ident, "") for ident in rubric.questions]
                               if with_evidence else []))
            company = Company()
            company.add(cells, evidence if with_evidence else None)
            companies.append(company)
    return companies


def write_sheet(path, cells, evidence=None):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["question", "answer"] + (["evidence"] if evidence is not None else []))
        for ident, text in cells.items():
            writer.writerow([ident, text]
                            + ([evidence.get(ident, "")] if evidence is not None else []))


def write_rubric(path, seed):
    text = RandomRubric(random.Random("rubric %s" % seed), seed).text()
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory")
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.makedirs(options.directory, exist_ok=True)
    for at in range(options.count):
        write_rubric(os.path.join(options.directory, "random_%d.ini" % at),
                     options.seed * 100000 + at)


if __name__ == "__main__":
    main()
