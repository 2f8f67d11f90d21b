#!/usr/bin/env python3
"""Compares the program with the grader on random companies, field by field.

Usage: compare.py [--program build/assess] [--count N] [--seed S] [--rubric FILE] [--rows R]

Without --rubric: two thirds of the N companies on random rubrics, the rest on the shipped rubric.
With it: all on that rubric. Files of a difference are kept and named.
"""
import argparse
import datetime
import os
import random
import sys
import tempfile

import program
from answers import Company
from grade import assessment
from random_rubrics import RandomAnswers, write_rubric, write_sheet, write_table
from rubric import Rubric

DATE = "2026-06-15"
SHIPPED = os.path.join(program.ROOT, "rubrics", "miit_smart_factory_2025.ini")


class Comparison:
    def __init__(self, options, directory):
        self.program, self.directory = options.program, directory
        self.tally = program.Tally()
        self.serial = 0

    def path(self, ending):
        self.serial += 1
        return os.path.join(self.directory, "%05d%s" % (self.serial, ending))

    def check(self, path, profile, companies, files, names):
        """Grades the companies of the files both ways. `names` tells them apart in messages."""
        where = "rubric %s profile %s answers %s" % (path, profile, " ".join(files))
        try:
            theirs = program.score(self.program, path, files, profile, DATE)
        except program.ProgramFailed as failure:
            self.tally.note(False, where, failure)
            return
        if len(theirs) != len(companies):
            self.tally.note(False, where,
                            "expected %d assessments, found %d" % (len(companies), len(theirs)))
            return
        rubric = Rubric(path, profile)
        date = datetime.date.fromisoformat(DATE)
        for company, found, name in zip(companies, theirs, names):
            mine = assessment(rubric, company, date, program.exact)
            differing = program.differences(mine, found)
            self.tally.note(not differing, "%s company %s" % (where, name),
                            *("  %s: oracle %s, program %s" % each for each in differing[:8]))

    def table(self, path, profile, rng, rows):
        """One table of random companies."""
        rubric = Rubric(path, profile)
        maker = RandomAnswers(rubric, rng)
        names = ["Company %d" % at for at in range(1, rows + 1)]
        table = self.path(".csv")
        companies = write_table(table, rubric, [maker.company(name) for name in names],
                                rng.random() < 0.5)
        self.check(path, profile, companies, [table], names)

    def sheets(self, path, profile, rng):
        """One company in one to three sheets that mostly agree, with waivers."""
        rubric = Rubric(path, profile)
        maker = RandomAnswers(rubric, rng)
        name = "Sheet company"
        first, _ = maker.company(name)
        company, files = Company(), []
        for _ in range(rng.choice([1, 2, 2, 3])):
            other, evidence = maker.company(name)
            with_evidence = rng.random() < 0.5
            cells = {ident: other[ident] if files and rng.random() < 0.2
                     and ident in rubric.questions
                     else text for ident, text in first.items()}
            for ident, requirement in rubric.requirements.items():
                if rng.random() < (0.5 if requirement.waivable else 0.05):
                    cells["waive:" + ident] = "agreed with the authority"
            files.append(self.path(".csv"))
            write_sheet(files[-1], cells, evidence if with_evidence else None)
            company.add(cells, evidence if with_evidence else None)
        self.check(path, profile, [company], files, [name])


def profile_for(path, rng):
    profiles = Rubric(path).idents("profile")
    return rng.choice([None] + profiles)


def on_random_rubrics(comparison, count, seed, rows):
    at = 0
    while comparison.tally.passed + comparison.tally.failed < count:
        number = seed * 100000 + at
        rng = random.Random("answers %d" % number)
        path = os.path.join(comparison.directory, "random_%d.ini" % number)
        write_rubric(path, number)
        comparison.table(path, profile_for(path, rng), rng, rows)
        for _ in range(2):
            comparison.sheets(path, profile_for(path, rng), rng)
        at += 1


def on_rubric(comparison, path, count, seed):
    rng = random.Random("shipped %d" % seed)
    profiles = [None] + Rubric(path).idents("profile")
    for profile in profiles:
        comparison.table(path, profile, rng, max(1, count // len(profiles)))
    for _ in range(max(3, count // 20)):
        comparison.sheets(path, rng.choice(profiles), rng)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    program.add_program_option(parser)
    parser.add_argument("--count", type=int, default=2400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, default=20, help="companies a random rubric")
    parser.add_argument("--rubric")
    options = parser.parse_args()
    directory = tempfile.mkdtemp(prefix="assess-compare-")
    comparison = Comparison(options, directory)
    if options.rubric:
        on_rubric(comparison, options.rubric, options.count, options.seed)
    else:
        on_random_rubrics(comparison, options.count * 9 // 10, options.seed, options.rows)
        on_rubric(comparison, SHIPPED, options.count // 10, options.seed)
    return comparison.tally.finish(directory)


if __name__ == "__main__":
    sys.exit(main())
