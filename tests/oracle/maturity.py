#!/usr/bin/env python3
"""Capability maturity from the formulas of GB/T 39117, compared with what the program says.

Usage: maturity.py [--program build/assess] [--count N] [--seed S]

The weights stand here a second time, in percent, typed from the list of facts that the rubrics were
made from and not read from the rubrics: those of the 2020 edition are recalled, those of the
draft of 2024 are from one source, with equal weights inside a domain. From the rubric come only the
ids of the statements, SUBDOMAIN_LEVEL and a letter.

  X        a statement: fully 1, mostly 0.8, partly 0.5, not 0
  D        a subdomain at a level: the mean of its statements
  A(n)     the whole at level n: means weighted up the tree
  S        k + A(k + 1), where k levels from the first on have A >= 0.8
  level n  n - 0.2 <= S < n + 0.8
"""
import argparse
import csv
import os
import random
import re
import subprocess
import sys
import tempfile
from fractions import Fraction

import program

X = {"fully": Fraction(1), "mostly": Fraction(4, 5), "partly": Fraction(1, 2), "none": Fraction(0)}
TITLES = {"Fully met": "fully", "Mostly met": "mostly", "Partly met": "partly", "Not met": "none",
          "完全满足": "fully", "大部分满足": "mostly", "部分满足": "partly", "不满足": "none"}
LEVELS = range(1, 6)
BANDS = ((5, Fraction(24, 5)), (4, Fraction(19, 5)), (3, Fraction(14, 5)), (2, Fraction(9, 5)),
         (1, Fraction(4, 5)))

# Weight of a part in its whole, in percent, and the parts that it has.
PERSONNEL = {"strategy": (50, None), "skills": (50, None)}
TECHNOLOGY = {"data": (46, None), "integration": (27, None), "security": (27, None)}
RESOURCES = {"equipment": (67, None), "network": (33, None)}
PROCESS = {
    "personnel": (6, PERSONNEL), "technology": (11, TECHNOLOGY), "resources": (15, RESOURCES),
    "manufacturing": (68, {
        "design": (4, {"process_design": (100, None)}),
        "production": (63, {
            "procurement": (14, None), "planning": (16, None), "operation": (23, None),
            "equipment_management": (15, None), "safety": (12, None), "warehousing": (10, None),
            "energy": (10, None)}),
        "logistics": (15, None), "sales": (15, None),
        "service": (3, {"customer_service": (100, None)})})}
DISCRETE = {
    "personnel": (6, PERSONNEL), "technology": (11, TECHNOLOGY), "resources": (6, RESOURCES),
    "manufacturing": (77, {
        "design": (13, {"product_design": (50, None), "process_design": (50, None)}),
        "production": (48, {
            "procurement": (14, None), "planning": (16, None), "operation": (16, None),
            "equipment_management": (14, None), "safety": (14, None), "warehousing": (14, None),
            "energy": (12, None)}),
        "logistics": (13, None), "sales": (13, None),
        "service": (13, {"product_service": (50, None), "customer_service": (50, None)})})}


def draft(*weights):
    """The draft: five domains; subdomains weigh the same inside one."""
    domains = (("strategy", "skills"),
               ("factory_planning", "equipment", "network", "data", "integration", "security"),
               ("product_design", "process_design"),
               ("planning", "operation", "equipment_management", "warehousing", "safety",
                "energy carbon", "lean"),
               ("procurement", "logistics", "sales", "customer_service", "product_service"))
    return {at: (weight, {part: (1, None) for part in parts})
            for at, (weight, parts) in enumerate(zip(weights, domains))}


TREES = {("2020", "process"): PROCESS, ("2020", "discrete"): DISCRETE,
         ("2024", "process"): draft(7, 24, 4, 42, 23),
         ("2024", "discrete"): draft(7, 15, 11, 37, 30)}
SAMPLES = (("2020", "discrete", "level2_pumps"), ("2024", "process", "level1_soda_zh"))


def cells(questions):
    """Statements by subdomain, as their ids begin, and level."""
    found = {}
    for question in questions:
        part, level = re.fullmatch(r"(\w+)_([1-5])[a-z]", question).groups()
        found.setdefault((part, int(level)), []).append(question)
    return found


def level_score(tree, level, statements, answers, blank):
    """A(level); what is not answered counts `blank`."""
    total = weights = Fraction(0)
    for name, (weight, parts) in tree.items():
        if parts:
            score = level_score(parts, level, statements, answers, blank)
        else:
            asked = [one for part in name.split() for one in statements[part, level]]
            score = sum(X.get(answers.get(one), blank) for one in asked) / len(asked)
        total, weights = total + weight * score, weights + weight
    return total / weights


def climbed(tree, statements, answers, blank):
    """S."""
    for passed, level in enumerate(LEVELS):
        score = level_score(tree, level, statements, answers, blank)
        if score < Fraction(4, 5):
            return passed + score
    return Fraction(len(LEVELS))


def level_of(total):
    return next(("level%d" % level for level, least in BANDS if total >= least), "none")


def expected(tree, statements, answers):
    ends = [climbed(tree, statements, answers, Fraction(blank)) for blank in (0, 1)]
    return ends, [level_of(end) for end in ends]


def random_answers(rng, questions):
    """Each level leans its own way, near the pass mark more often than not; some have blanks."""
    blanks = rng.choice((0, 0, 0.02))
    answers = {}
    for level in LEVELS:
        weights = rng.choice(((1, 0, 0, 0), (0, 1, 0, 0), (6, 10, 2, 1), (8, 6, 3, 1),
                              (3, 12, 1, 0), (2, 3, 5, 8)))
        for question in questions:
            if question[:-1].endswith("_%d" % level):
                answers[question] = ("" if rng.random() < blanks
                                     else rng.choices(tuple(X), weights)[0])
    return answers


def edges(rng, questions):
    """All at the pass mark, and the same with one statement a step lower."""
    yield {question: "mostly" for question in questions}
    for _ in range(20):
        yield {question: "mostly" for question in questions} | {rng.choice(questions): "partly"}


def write_table(path, questions, companies):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["company"] + questions)
        for at, answers in enumerate(companies):
            writer.writerow(["Company %d" % at] + [answers[question] for question in questions])


def questions_of(path, rubric):
    """Ids of the statements, from an empty questionnaire."""
    text = subprocess.run([path, "form", "-r", rubric], capture_output=True, check=True).stdout
    ids = [row[0] for row in csv.reader(text.decode("utf-8-sig").splitlines())]
    return [one for one in ids if re.fullmatch(r"\w+_[1-5][a-z]", one)]


def compare(tally, what, tree, statements, answers, assessment):
    ends, levels = expected(tree, statements, answers)
    found = [assessment["level"], assessment["level_possible"]]
    tally.note(program.same_score(ends, assessment["score"]) and found == levels,
               "%s: S is %s to %s, %s; the program says %s, %s" %
               (what, float(ends[0]), float(ends[1]), levels, assessment["score"], found))
    return levels[0]


def check_companies(tally, options, edition, profile, rng):
    rubric = "gbt_39116@" + edition
    questions = questions_of(options.program, rubric)
    statements = cells(questions)
    companies = list(edges(rng, questions))
    companies += [random_answers(rng, questions) for _ in range(options.count)]
    with tempfile.TemporaryDirectory() as folder:
        table = os.path.join(folder, "companies.csv")
        write_table(table, questions, companies)
        assessments = program.score(options.program, rubric, [table], profile)
    tally.note(len(assessments) == len(companies), rubric, "a company is missing")
    seen = {compare(tally, "%s %s, company %d" % (rubric, profile, at),
                    TREES[edition, profile], statements, answers, assessment)
            for at, (answers, assessment) in enumerate(zip(companies, assessments))}
    tally.note(len(seen) == 1 + len(LEVELS), rubric + " " + profile,
               "levels seen: " + ", ".join(sorted(seen)))


def check_sample(tally, options, edition, profile, name):
    path = os.path.join(program.ROOT, "templates", "samples", "gbt_39116_" + edition, name + ".csv")
    with open(path, encoding="utf-8-sig", newline="") as file:
        answers = {row["question"]: TITLES.get(row["answer"], "") for row in csv.DictReader(file)}
    statements = cells(one for one in answers if re.fullmatch(r"\w+_[1-5][a-z]", one))
    for assessment in program.score(options.program, "gbt_39116@" + edition, [path], profile):
        compare(tally, name, TREES[edition, profile], statements, answers, assessment)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    program.add_program_option(parser)
    parser.add_argument("--count", type=int, default=300, help="random companies a profile")
    parser.add_argument("--seed", type=int, default=39116)
    options = parser.parse_args()
    tally, rng = program.Tally(), random.Random(options.seed)
    for sample in SAMPLES:
        check_sample(tally, options, *sample)
    for edition, profile in TREES:
        check_companies(tally, options, edition, profile, rng)
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
