"""Runs the program under test and reads its JSON; compares its facts with those of the grader."""
import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

from grade import PLACES, rounded

DATE = "2026-01-01"
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class ProgramFailed(Exception):
    pass


def add_program_option(parser):
    default = os.path.join(ROOT, os.environ.get("BUILD", "build"), "assess")
    parser.add_argument("--program", default=default, help="the program under test")


def score_text(program, rubric, files, profile=None, date=DATE, more=()):
    """What `score` prints as JSON for the given files; `more` are further options."""
    command = [program, "score", *files, "-r", rubric, "-f", "json", "-o", "-", "--date", date,
               *more]
    if profile:
        command += ["--profile", profile]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode != 0:
        text = done.stderr.decode("utf-8", "replace").strip()
        raise ProgramFailed("status %d: %s\n%s" % (done.returncode, " ".join(command), text))
    return done.stdout.decode("utf-8")


def score(program, rubric, files, profile=None, date=DATE, more=()):
    """The assessments of the given files, numbers as Decimals, in their order."""
    text = score_text(program, rubric, files, profile, date, more)
    return [json.loads(line, parse_float=Decimal) for line in text.splitlines() if line.strip()]


def with_numbers(value):
    """An end of an interval as JSON gave it: (exact value, scale it was printed at)."""
    text = str(value)
    exact = Fraction(Decimal(text))
    places = max(0, -Decimal(text).as_tuple().exponent)
    return exact, max(PLACES, 10 ** places)


def same_score(mine, theirs):
    """Whether a printed interval is the exact one rounded as the contract says.

    More places than six are allowed; then they have to be right as well.
    """
    if mine is None or theirs is None:
        return mine is None and theirs is None
    for side in ("low", "high"):
        value, places = with_numbers(theirs[side])
        if rounded(mine, places)[side] != value:
            return False
    return True


def keyed(facts, key):
    return {fact[key]: fact for fact in facts}


def differences(mine, theirs):
    """(field, oracle, program) of every grading fact on which the two differ."""
    found = []

    def check(field, one, other, equal):
        if not equal:
            found.append((field, one, other))

    def plain(field, one, other):
        check(field, one, other, one == other)
    for field in ("level", "level_possible", "official", "evidenced", "blockers",
                  "decisive_blanks"):
        plain(field, mine[field], theirs.get(field))
    check("score", shown(mine["score"]), theirs.get("score"),
          same_score(mine["score"], theirs.get("score")))
    for name, key, scored, fields in (
            ("dimensions", "id", True, ("answered", "asked", "not_applicable")),
            ("answers", "question", True, ("state",)), ("levels", "id", False, ("status",))):
        others = keyed(theirs.get(name, []), key)
        plain(name + " in order", [fact[key] for fact in mine[name]],
              [fact[key] for fact in theirs.get(name, [])])
        for fact in mine[name]:
            other = others.get(fact[key], {})
            label = "%s %s " % (name, fact[key])
            for field in fields:
                plain(label + field, fact[field], other.get(field))
            if scored:
                check(label + "score", shown(fact["score"]), other.get("score"),
                      same_score(fact["score"], other.get("score")))
            else:
                statuses = [{"id": r["id"], "status": r["status"]}
                            for r in other.get("requirements", [])]
                for one, two in zip(fact["requirements"], statuses):
                    plain(label + "requirement " + one["id"], one, two)
                plain(label + "count of requirements", len(fact["requirements"]), len(statuses))
    return found


def shown(score_pair):
    return None if score_pair is None else {
        side: str(float(value)) for side, value in rounded(score_pair).items()}


def exact(score_pair):
    """Kept as it is: for assessment(shown=...), so that any number of places can be checked."""
    return score_pair


def is_within(inner, outer):
    """Whether the printed interval `inner` lies in `outer`, a unit of the last place allowed."""
    if inner is None or outer is None:
        return inner is None and outer is None
    unit = Fraction(1, PLACES)
    low, high = (Fraction(Decimal(str(inner[side]))) for side in ("low", "high"))
    return (low >= Fraction(Decimal(str(outer["low"]))) - unit
            and high <= Fraction(Decimal(str(outer["high"]))) + unit)


class Tally:
    """Counts what passed and failed, and closes a script."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def note(self, good, *lines):
        if good:
            self.passed += 1
            return
        self.failed += 1
        if self.failed <= 20:
            print("\n".join(str(line) for line in lines))

    def close(self):
        skips = ", %d skipped" % self.skipped if self.skipped else ""
        print("%d passed, %d failed%s" % (self.passed, self.failed, skips))
        return 1 if self.failed or not self.passed else 0

    def finish(self, directory):
        """Close, and remove what the script made there if nothing failed."""
        status = self.close()
        if status == 0:
            shutil.rmtree(directory)
        else:
            print("files kept in " + directory, file=sys.stderr)
        return status
