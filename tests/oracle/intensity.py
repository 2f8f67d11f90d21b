#!/usr/bin/env python3
"""A rubric of another kind, after Eurostat's digital intensity index: all 4,096 answer sets graded.

Usage: intensity.py [--program build/assess]

Twelve yes/no criteria are counted; four bands of the count are the levels: 0-3, 4-6, 7-9, 10-12.
One table holds every set of answers, a row each; level and score are compared with a count made
here. Then rows with blanks: a blank may still be yes, so the levels are those of the count without
and with them. The sheet beside the rubric must grade as its reasoning says.
"""
import argparse
import csv
import os
import random
import re
import sys
import tempfile

import program

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "intensity")
RUBRIC = os.path.join(FOLDER, "digital_intensity_2023.ini")
BANDS = ((10, "very_high"), (7, "high"), (4, "low"), (0, "very_low"))
BLANK_ROWS = 1000


def criteria():
    with open(RUBRIC, encoding="utf-8") as file:
        return re.findall(r"^\[question (\w+)\]", file.read(), re.M)


def band(count):
    return next(level for least, level in BANDS if count >= least)


def complete_rows(names):
    for bits in range(1 << len(names)):
        yield ["yes" if bits >> i & 1 else "no" for i in range(len(names))]


def rows_with_blanks(names):
    chance = random.Random(12)
    for _ in range(BLANK_ROWS):
        yield [chance.choice(("yes", "no", "")) for _ in names]


def grade(path, names, rows, tested):
    """The program's assessments of the rows, each a company of its own."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["company", "size", *names])
        for number, row in enumerate(rows):
            table.writerow(["firm %d" % number, "small", *row])
    return program.score(tested, RUBRIC, [path])


def faults(rows, assessments):
    """What differs from the count, in words."""
    if len(rows) != len(assessments):
        yield "%d rows gave %d assessments" % (len(rows), len(assessments))
        return
    for row, assessment in zip(rows, assessments):
        low = row.count("yes")
        high = low + row.count("")
        expected = (band(low), band(high), low, high)
        score = assessment["score"]
        found = (assessment["level"], assessment["level_possible"], score["low"], score["high"])
        if found != expected:
            yield "%s: found %s, expected %s" % (",".join(row), found, expected)


def sheet_faults(tested):
    sheet = os.path.join(FOLDER, "bakery.csv")
    with open(os.path.join(FOLDER, "bakery.reasoning.txt"), encoding="utf-8") as file:
        stated = re.match(r"level: (\w+)\nlevel_possible: (\w+)\n", file.read()).groups()
    assessment = program.score(tested, RUBRIC, [sheet])[0]
    found = (assessment["level"], assessment["level_possible"])
    if found != stated or assessment["findings"]:
        yield "bakery.csv: found %s, the reasoning says %s" % (found, stated)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    program.add_program_option(parser)
    options = parser.parse_args()
    names = criteria()
    told, tried = [], 0
    if len(names) != 12:
        told.append("the rubric has %d criteria, not 12" % len(names))
    with tempfile.TemporaryDirectory() as folder:
        for kind, rows in (("complete", list(complete_rows(names))),
                           ("blank", list(rows_with_blanks(names)))):
            path = os.path.join(folder, kind + ".csv")
            told += faults(rows, grade(path, names, rows, options.program))
            tried += len(rows)
    told += sheet_faults(options.program)
    for line in told[:20]:
        print("failed: " + line)
    print("%d passed, %d failed" % (tried + 1 - len(told), len(told)))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
