#!/usr/bin/env python3
"""What `assess check` proves of small random rubrics, against a look at all their complete sheets.

Usage: proofs.py [--program build/assess] [--count N] [--seed S] [--seconds T] [FILE.ini...]

Nothing may be proved that a sheet contradicts, and everything said to be there must be there. What
is not decided is counted.
"""
import argparse
import collections
import os
import re
import shutil
import subprocess
import sys
import tempfile

import program
from allsheets import Sheets, TooMany
from claims import Shown, facts_of_grader, read_claims, rubrics_of
from small_rubrics import write_rubric

MOST = 6000
QUOTED = re.compile('"([^"]*)"')


class Judged:
    """One rubric: what is claimed of it against what there is."""

    def __init__(self, path, claims):
        self.rubrics = rubrics_of(path)
        self.claims = claims
        self.sheets = {profile: Sheets(rubric, MOST) for profile, rubric in self.rubrics.items()}
        self.counts = collections.Counter()
        self.faults = []

    def fault(self, profile, text, *words):
        self.faults.append("%s%s" % (text % words, " under " + profile if profile else ""))

    def judge(self):
        for claim in self.claims:
            self.counts[claim.outcome] += 1
            if claim.sheets:
                facts = [facts_of_grader(self.rubrics[claim.profile], cells)
                         for cells in claim.sheets]
                for fault in Shown(self.rubrics, claim, facts).faults():
                    self.faults.append("%s: its sheets do not show it: %s" % (claim, fault))
        for profile, sheets in self.sheets.items():
            claims = {name: [c for c in self.claims if (c.property, c.profile) == (name, profile)]
                      for name in ("reachable", "open", "gap", "implied", "monotone",
                                   "not_applicable")}
            for name in ("reachable", "open", "gap", "implied"):
                self.one_each(profile, name, claims[name], getattr(sheets, name)())
            self.levels(profile, claims["reachable"], sheets)
            self.steps(profile, claims["monotone"], sheets)
            self.escapes(profile, claims["not_applicable"], sheets)
        self.idle()

    def compare(self, profile, name, subject, said, there):
        """One subject: whether a sheet is said to be, and whether there is one."""
        if said is None:
            self.undecided(profile)
        elif there and not said:
            self.fault(profile, "%s %s: a sheet shows it, and it is denied", name, subject)
        elif said and not there and not self.sheets[profile].is_sampled:
            self.fault(profile, "%s %s: no sheet shows it, and it is said to be", name, subject)
        else:
            self.counts["agreed"] += 1

    def undecided(self, profile):
        exact = not self.sheets[profile].is_sampled
        self.counts["undecided, all sheets known" if exact else "undecided, with numbers"] += 1

    def one_each(self, profile, name, claims, there):
        """Properties with a claim for each subject."""
        found = {claim.subject: claim for claim in claims}
        denials = ("refuted", "proved") + (("listed",) if name == "implied" else ())
        for subject in set(there) | set(found):
            claim = found.get(subject)
            if claim is None:
                self.fault(profile, "%s %s: no claim", name, subject)
            elif subject not in there:  # never missed, so nothing is said of what it follows from
                if claim.outcome != "undecided" and not self.sheets[profile].is_sampled:
                    self.fault(profile, "%s %s: nothing to claim", name, subject)
            else:
                said = None if claim.outcome == "undecided" else claim.outcome not in denials
                if name == "reachable" and subject == "none":
                    said = None if said is None else claim.outcome == "shown"
                self.compare(profile, name, subject, said, there[subject])
                self.origin(profile, name, claim)

    def origin(self, profile, name, claim):
        if name == "implied" and claim.outcome in ("listed", "refuted"):
            official = self.rubrics[profile].requirements[claim.subject].origin == "official"
            if official != (claim.outcome == "listed"):
                self.fault(profile, "%s: wrong outcome", claim)

    def levels(self, profile, claims, sheets):
        held = sheets.ever_held()
        for claim in claims:
            if claim.message.startswith("no answers hold") and claim.subject in held:
                self.fault(profile, "%s: a sheet holds it", claim)

    def declared(self, profile, requirement):
        """The questions whose falls a requirement declares."""
        rubric = self.rubrics[profile]
        found = set()
        for word in rubric.requirements[requirement].falls_with:
            found |= set(rubric.groups.get(word, {word}))
        return found

    def steps(self, profile, claims, sheets):
        there = sheets.monotone()
        said = {claim.subject for claim in claims if claim.outcome in ("refuted", "declared")}
        open_ones = {claim.subject for claim in claims if claim.outcome == "undecided"}
        for subject in there | {each for each in said if ":" in each}:
            requirement, question = subject.split(":")
            if {requirement, question} & open_ones and subject not in said:
                self.undecided(profile)
                continue
            if subject not in said and requirement != "score":
                declared = self.declared(profile, requirement)
                if question in declared and any("%s:%s" % (requirement, other) in said
                                                for other in declared):
                    continue  # one fall that is declared is enough
            self.compare(profile, "monotone", subject, subject in said, subject in there)
        in_time = not open_ones & set(self.rubrics[profile].questions)
        for requirement in sheets.binding:
            declared = self.declared(profile, requirement.id) if in_time else set()
            falls = any("%s:%s" % (requirement.id, other) in there for other in declared)
            if declared and requirement.id not in open_ones:
                self.compare(profile, "monotone as declared", requirement.id,
                             requirement.id not in said, falls)

    def escapes(self, profile, claims, sheets):
        there = sheets.not_applicable()
        said = {claim.subject for claim in claims if claim.outcome in ("refuted", "declared")}
        open_ones = {claim.subject for claim in claims if claim.outcome == "undecided"}
        for subject in there | {each for each in said if ":" in each}:
            self.compare(profile, "not_applicable", subject,
                         None if subject in open_ones else subject in said, subject in there)
        for question in sheets.questions:
            ident = question.id
            is_open = any(each.endswith(":" + ident) for each in open_ones)
            if question.question.na_raises and not question.is_skipped and not is_open:
                self.compare(profile, "na_raises", ident, ident not in said,
                             any(each.endswith(":" + ident) for each in there))

    def idle(self):
        """Of options that nothing tells apart under any profile."""
        all_sheets = list(self.sheets.values())
        claims = [c for c in self.claims if c.property == "active"]
        open_ones = {c.subject for c in claims if c.outcome == "undecided"}
        told = {c.subject: c for c in claims if c.outcome == "refuted"}
        for question in all_sheets[0].questions:
            if question.id in self.rubrics[None].fields or question.id in open_ones:
                continue
            claim = told.get(question.id)
            words = {words for _, _, words in question.pairs}
            idle = {each for each in words if all(
                (question.id, each) in sheets.idle_pairs() or sheets.questions[
                    sheets.place[question.id]].is_skipped for sheets in all_sheets)}
            whole = claim is not None and "neither a status" in claim.message
            if not words or whole:
                self.idle_question(question, claim, all_sheets)
            if not words:
                continue
            said = words if whole else self.pairs_told(question, claim)
            for each in words:
                self.compare(None, "active", "%s %s" % (question.id, "/".join(each)),
                             each not in said, each not in idle)

    def idle_question(self, question, claim, all_sheets):
        """Of a question it is said that nothing rests on it, "not applicable" included."""
        if claim and not all(sheets.is_idle(sheets.questions[sheets.place[question.id]])
                             for sheets in all_sheets):
            self.fault(None, "%s: it decides something", claim)
        self.counts["agreed"] += 1

    @staticmethod
    def pairs_told(question, claim):
        if claim is None:
            return set()
        words = [word for word in QUOTED.findall(claim.message) if word != question.id]
        if question.question.type == "multi":
            return {(word,) for word in words}
        return set(zip(words[::2], words[1::2]))


class Proofs:
    def __init__(self, options, directory):
        self.options, self.directory = options, directory
        self.tally = program.Tally()
        self.counts = collections.Counter()

    def claims_of(self, path):
        folder = os.path.join(self.directory, "sheets")
        shutil.rmtree(folder, ignore_errors=True)
        command = [self.options.program, "check", "-q", path, "-o", folder, "--seconds",
                   str(self.options.seconds)]
        done = subprocess.run(command, capture_output=True, check=False, text=True)
        if done.returncode not in (0, 3) or not os.path.isdir(folder):
            raise program.ProgramFailed("status %d: %s\n%s" % (done.returncode, " ".join(command),
                                                               done.stderr))
        return read_claims(os.path.join(folder, os.listdir(folder)[0]))

    def check(self, path):
        """True if the rubric is kept, for a fault was found."""
        try:
            claims = self.claims_of(path)
            judged = Judged(path, claims)
        except TooMany:
            self.counts["rubrics with too many sheets"] += 1
            return False
        except program.ProgramFailed as failure:
            self.tally.note(False, path, failure)
            return True
        judged.judge()
        self.counts.update(judged.counts)
        self.counts["sheets"] += sum(len(sheets.rows) for sheets in judged.sheets.values())
        self.tally.note(not judged.faults, path, *("  " + fault for fault in judged.faults))
        return bool(judged.faults)

    def random(self, count, seed):
        for number in range(seed * 100000, seed * 100000 + count):
            path = os.path.join(self.directory, "small_%d.ini" % number)
            write_rubric(path, number)
            if not self.check(path):
                os.remove(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)
    program.add_program_option(parser)
    parser.add_argument("--count", type=int, default=40, help="random rubrics")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=1, help="for one property of the program")
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()
    directory = tempfile.mkdtemp(prefix="assess-proofs-")
    proofs = Proofs(options, directory)
    for path in options.files:
        proofs.check(path)
    if not options.files:
        proofs.random(options.count, options.seed)
    print(", ".join("%d %s" % (count, name) for name, count in sorted(proofs.counts.items())))
    return proofs.tally.finish(directory)


if __name__ == "__main__":
    sys.exit(main())
