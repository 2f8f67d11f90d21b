#!/usr/bin/env python3
"""Every sheet that `assess check` writes for a rubric shows what its claim says, to two graders.

Usage: witnesses.py [--program build/assess] [RUBRIC.ini...]

Without files: all rubrics that are shipped, of which nothing may stay undecided or at fault. Sheets
are graded by the program and by the grader of this folder.
"""
import argparse
import glob
import os
import subprocess
import sys
import tempfile

import program
from claims import DAY, Shown, facts_of_grader, facts_of_program, read_claims, rubrics_of
from random_rubrics import write_table

SHELF = sorted(glob.glob(os.path.join(program.ROOT, "rubrics", "*.ini")))


class Witnesses:
    def __init__(self, binary, directory):
        self.binary, self.directory = binary, directory
        self.tally = program.Tally()
        self.sheets = 0

    def claims_of(self, path, rubric):
        command = [self.binary, "check", "-q", path, "-o", self.directory, "--force"]
        done = subprocess.run(command, capture_output=True, check=False, text=True)
        if done.returncode not in (0, 3):
            raise program.ProgramFailed("status %d: %s\n%s" % (done.returncode, command,
                                                               done.stderr))
        return read_claims(os.path.join(self.directory, "%s@%s" % (rubric.id, rubric.edition)))

    def graded(self, path, rubric, sheets):
        """The program's facts of many sheets, a row each of one table."""
        if not sheets:
            return []
        table = os.path.join(self.directory, "table.csv")
        write_table(table, rubric, [(dict(cells, company="Company %d" % at), {})
                                    for at, cells in enumerate(sheets)], False)
        found = program.score(self.binary, path, [table], rubric.profile, DAY, ["--strict"])
        if len(found) != len(sheets):
            raise program.ProgramFailed("expected %d assessments, found %d" % (len(sheets),
                                                                               len(found)))
        return [facts_of_program(each) for each in found]

    def check(self, path):
        rubrics = rubrics_of(path)
        claims = self.claims_of(path, rubrics[None])
        name = os.path.basename(path)
        self.tally.note(claims, "%s: no claims" % name)
        for claim in claims:
            self.tally.note(claim.outcome != "undecided", "%s: %s" % (name, claim))
        for profile, rubric in rubrics.items():
            shown = [claim for claim in claims if claim.sheets and claim.profile == profile]
            sheets = [cells for claim in shown for cells in claim.sheets]
            theirs = self.graded(path, rubric, sheets)
            mine = [facts_of_grader(rubric, cells) for cells in sheets]
            self.sheets += len(sheets)
            for claim in shown:
                count = len(claim.sheets)
                for grader, facts in (("the program", theirs), ("the grader", mine)):
                    faults = list(Shown(rubrics, claim, facts[:count]).faults())
                    self.tally.note(not faults, "%s: %s, by %s" % (name, claim, grader), *faults)
                theirs, mine = theirs[count:], mine[count:]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)
    program.add_program_option(parser)
    parser.add_argument("rubrics", nargs="*", default=SHELF)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="assess-witnesses-") as directory:
        witnesses = Witnesses(options.program, directory)
        for path in options.rubrics:
            try:
                witnesses.check(path)
            except program.ProgramFailed as failure:
                witnesses.tally.note(False, path, failure)
    print("%d sheets of %d rubrics, by two graders" % (witnesses.sheets, len(options.rubrics)))
    return witnesses.tally.close()


if __name__ == "__main__":
    sys.exit(main())
