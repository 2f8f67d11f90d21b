#!/usr/bin/env python3
"""Soundness by brute force: every completion of a company's blanks stays within what was promised.

Usage: brute.py [--program build/assess | --grader] [--count N] [--seed S]

Random rubrics, a random company with a few blanks, all completions of them (numbers and dates by a
grid that holds the ends of their ranges). The program grades the company and all its completions as
one table; with --grader the grader does it instead.
"""
import argparse
import datetime
import itertools
import os
import random
import sys
import tempfile

import program
from answers import Company
from grade import assessment
from random_rubrics import RandomAnswers, write_rubric, write_table
from rubric import Rubric

MOST = 400
STAYS = {"met": {"met"}, "unmet": {"unmet"}, "not_applicable": {"not_applicable"},
         "unknown": {"met", "unmet"}}


def values_of(question):
    """Texts that complete a blank: all there are, or a grid where there is no end of them."""
    if question.type in ("choice", "yesno"):
        return list(question.options)
    if question.type == "multi":
        return ["; ".join(ticked) if ticked else "none"
                for count in range(len(question.options) + 1)
                for ticked in itertools.combinations(question.options, count)]
    if question.type == "number":
        low = -1000 if question.min is None else question.min
        high = 1000 if question.max is None else question.max
        inner = [value for value in (0, 1, 12.5, 40, 55) if low < value < high]
        return ["%s" % decimal(value) for value in [low, *inner, high]]
    if question.type == "percent":
        low, high = question.min * 100, question.max * 100
        return [decimal(low), *(t for t in ("33.3", "50%", "60")
                                if low < float(t.rstrip("%")) < high), decimal(high)]
    if question.type == "date":
        return ["2026-01-01", "2025-01-01", "2024-01-02", "2013-06-30", "1950-12-31"]
    return ["a word"]


def decimal(value):
    return ("%.6f" % float(value)).rstrip("0").rstrip(".")


def blank_some(cells, rubric, rng):
    """Blanks one to four questions of the company; returns all its completions, itself first."""
    blanks = rng.sample(list(rubric.questions), rng.randint(1, 4))
    spaces = [values_of(rubric.questions[ident]) for ident in blanks]
    grid = list(itertools.product(*spaces))
    if len(grid) > MOST:
        grid = rng.sample(grid, MOST)
    open_cells = dict(cells, **{ident: "" for ident in blanks})
    return [open_cells] + [dict(open_cells, **dict(zip(blanks, texts))) for texts in grid]


def rank(facts, key, levels):
    return -1 if facts[key] == "none" else levels.index(facts[key])


def escapes(promise, outcome, levels):
    """What of a completed assessment lies outside what the one with blanks promised."""
    for label, wide, narrow in (("", promise, outcome),
                                ("official ", promise["official"], outcome["official"])):
        low, high = rank(wide, "level", levels), rank(wide, "level_possible", levels)
        for key in ("level", "level_possible"):
            if not low <= rank(narrow, key, levels) <= high:
                yield "%s%s %s not within %s..%s" % (label, key, narrow[key], wide["level"],
                                                     wide["level_possible"])
    for label, wide, narrow in [("score", promise["score"], outcome["score"])] + [
            ("score of " + one["id"], one["score"], two["score"])
            for one, two in zip(promise["dimensions"], outcome["dimensions"])]:
        if not program.is_within(narrow, wide):
            yield "%s %s not within %s" % (label, narrow, wide)
    if outcome["level"] != outcome["level_possible"]:
        yield "complete, but %s..%s" % (outcome["level"], outcome["level_possible"])
    for one, two in zip(promise["levels"], outcome["levels"]):
        for wide, narrow in zip(one["requirements"], two["requirements"]):
            if narrow["status"] not in STAYS[wide["status"]]:
                yield "requirement %s was %s and became %s" % (wide["id"], wide["status"],
                                                               narrow["status"])


def numbers(facts):
    """Makes the grader's Fractions decimals, as the program's JSON has them."""
    for holder in [facts] + facts["dimensions"]:
        if holder["score"] is not None:
            holder["score"] = {side: float(value) for side, value in holder["score"].items()}
    return facts


def grade_all(options, path, profile, rows, directory):
    rubric = Rubric(path, profile)
    if not options.grader:
        table = os.path.join(directory, "table.csv")
        write_table(table, rubric, [(cells, {}) for cells in rows], False)
        return program.score(options.program, path, [table], profile)
    results = []
    for cells in rows:
        company = Company()
        company.add(cells)
        results.append(numbers(assessment(rubric, company,
                                          datetime.date.fromisoformat(program.DATE))))
    return results


def one_case(options, number, directory, tally):
    rng = random.Random("brute %d" % number)
    path = os.path.join(directory, "random_%d.ini" % number)
    write_rubric(path, number)
    profile = rng.choice([None, "special"])
    rubric = Rubric(path, profile)
    cells, _ = RandomAnswers(rubric, rng).company("x", complete=True)
    rows = blank_some(cells, rubric, rng)
    for at, row in enumerate(rows):
        row["company"] = "Completion %d" % at
    try:
        found = grade_all(options, path, profile, rows, directory)
    except program.ProgramFailed as failure:
        tally.note(False, path, failure)
        return
    if len(found) != len(rows):
        tally.note(False, path, "expected %d assessments, found %d" % (len(rows), len(found)))
        return
    for row, outcome in zip(rows[1:], found[1:]):
        faults = list(escapes(found[0], outcome, rubric.levels))
        filled = {ident: text for ident, text in row.items() if text != rows[0][ident]}
        tally.note(not faults, "%s profile %s completed by %s" % (path, profile, filled),
                   *faults[:5])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    program.add_program_option(parser)
    parser.add_argument("--grader", action="store_true")
    parser.add_argument("--count", type=int, default=60, help="random rubrics")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    directory = tempfile.mkdtemp(prefix="assess-brute-")
    tally = program.Tally()
    for at in range(options.count):
        one_case(options, options.seed * 100000 + at, directory, tally)
    return tally.finish(directory)


if __name__ == "__main__":
    sys.exit(main())
