#!/usr/bin/env python3
"""Checks the grader on cases worked by hand (hand/NAME.ini, .csv, .json), and its arithmetic.

Usage: test_grade.py [--program build/assess]

The same cases go through the program as well, where it is built.
"""
import argparse
import datetime
import glob
import json
import os
import sys
from decimal import Decimal
from fractions import Fraction

import conditions
import program
from answers import Company, read_sheet
from conditions import F, N, T, U
from grade import assessment, rounded, share_bounds
from rubric import Rubric

HERE = os.path.dirname(os.path.abspath(__file__))
DATE = datetime.date.fromisoformat(program.DATE)


def ends(score):
    return None if score is None else [Fraction(Decimal(str(plain(score[side]))))
                                       for side in ("low", "high")]


def plain(value):
    """A Fraction that has at most twelve places as a decimal text."""
    return value if not isinstance(value,
                                   Fraction) else Decimal(value.numerator) / value.denominator


def wanted_ends(pair):
    return None if pair is None else [Fraction(end) for end in pair]


def faults(expected, found):
    """(what, expected, found) of all the hand case names that the assessment does not have."""
    seen = {key: found[key] for key in ("level", "level_possible", "official", "evidenced",
                                        "blockers", "decisive_blanks")}
    seen["score"] = ends(found["score"])
    seen["levels"] = {level["id"]: level["status"] for level in found["levels"]}
    seen["statuses"] = {r["id"]: r["status"] for level in found["levels"]
                        for r in level["requirements"]}
    seen["states"] = {answer["question"]: answer["state"] for answer in found["answers"]}
    seen["scores"] = {answer["question"]: ends(answer["score"]) for answer in found["answers"]}
    seen["dimension_scores"] = {d["id"]: ends(d["score"]) for d in found["dimensions"]}
    seen["dimensions"] = {d["id"]: {key: d[key] for key in ("answered", "asked", "not_applicable")}
                          for d in found["dimensions"]}
    for what, value in expected.items():
        if what == "profile":
            continue
        if what == "score":
            value = wanted_ends([value["low"], value["high"]])
        if what in ("scores", "dimension_scores"):
            value = {key: wanted_ends(pair) for key, pair in value.items()}
        parts = value if isinstance(value, dict) and what not in ("official",
                                                                  "evidenced") else {None: value}
        for key, one in parts.items():
            other = seen[what] if key is None else seen[what].get(key)
            if one != other:
                yield "%s %s" % (what, key or ""), one, other


def hand_cases(tally, binary):
    for path in sorted(glob.glob(os.path.join(HERE, "hand", "*.json"))):
        base = path[:-len(".json")]
        with open(path, encoding="utf-8") as file:
            expected = json.load(file)
        sheets = [base + ".csv"] + sorted(glob.glob(base + ".[0-9].csv"))
        company = Company()
        for sheet in sheets:
            read_sheet(sheet, company)
        profile = expected.get("profile")
        mine = assessment(Rubric(base + ".ini", profile), company, DATE)
        bad = list(faults(expected, mine))
        tally.note(not bad, "grader, " + path,
                   *("  %s: expected %s, found %s" % each for each in bad))
        if binary:
            program_case(tally, binary, base, sheets, profile, expected)


def program_case(tally, binary, base, sheets, profile, expected):
    try:
        found = program.score(binary, base + ".ini", sheets, profile)
        bad = list(faults(expected, found[0])) if len(found) == 1 else [("assessments", 1,
                                                                         len(found))]
    except program.ProgramFailed as failure:
        bad = [("run", "status 0", failure)]
    tally.note(not bad, "program, " + base, *("  %s: expected %s, found %s" % each for each in bad))


def third(low, high, maybe=False):
    return (Fraction(low), Fraction(high), maybe)


def arithmetic_cases(tally):
    undefined, compare, step = conditions.UNDEFINED, conditions.compare, conditions.arithmetic
    cases = [
        (compare(">=", third(3, 5), third(3, 3)), T), (compare(">", third(3, 5), third(3, 3)), U),
        (compare("<", third(3, 5), third(3, 3)), F), (compare("=", third(3, 5), third(4, 4)), U),
        (compare("!=", third(3, 5), third(6, 6)), T), (compare("=", third(4, 4), third(4, 4)), T),
        (compare(">=", None, third(1, 1)), N), (compare("!=", undefined, third(1, 1)), F),
        (compare(">=", third(3, 3, True), third(1, 1)),
         U), (compare("<", third(3, 3, True), third(1, 1)), F),
        (step("-", third(1, 2), third(0, 5)), third(-4, 2)), (step("*", third(-1, 2), third(-3, 4)),
                                                              third(-6, 8)),
        (step("/", third(1, 2), third(0, 0)), undefined), (step("/", None, third(0, 0)), None),
        (step("/", third(8, 8), third(0, 40))[:2], (Fraction(1, 5), conditions.INFINITY)),
        (conditions.conjunction([N, N]), N), (conditions.conjunction([T, N, U]), U),
        (conditions.disjunction([F, N]), F), (conditions.disjunction([U, T]),
                                              T), (conditions.negation(N), N),
        (conditions.parse("not a and b or c >= -2 * 3%"),
         ("or", (("and", (("not", ("name", "a")), ("name", "b"))),
                 ("compare", ">=", ("name", "c"),
                  ("*", ("negative", ("number", Fraction(2))), ("number", Fraction(3, 100))))))),
        (share_bounds((frozenset({(0, 0)}),)), undefined),
        (share_bounds((frozenset({(1, 1)}), frozenset({(0, 0), (1, 0)}))),
         third(Fraction(1, 2), 1)),
        (share_bounds((frozenset({(0, 0), (1, 1)}),)), third(1, 1, True)),
        (rounded((Fraction(1, 3), Fraction(2, 3))),
         {"low": Fraction(333333, 10**6), "high": Fraction(666667, 10**6)}),
        (rounded((Fraction(5, 10**7),) * 2),
         {"low": Fraction(1, 10**6), "high": Fraction(1, 10**6)}),
        (rounded((Fraction(4, 10**7),) * 2), {"low": Fraction(0), "high": Fraction(0)}),
    ]
    for at, (found, expected) in enumerate(cases):
        tally.note(found == expected,
                   "arithmetic case %d: expected %s, found %s" % (at, expected, found))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    program.add_program_option(parser)
    options = parser.parse_args()
    tally = program.Tally()
    arithmetic_cases(tally)
    built = os.path.exists(options.program)
    if not built:
        print("skipped: hand cases in the program (no %s)" % options.program)
        tally.skipped += 1
    hand_cases(tally, options.program if built else None)
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
