"""The claims of `assess check -o`: read from their folder, and held against what their sheets show
to a grader. A sheet's facts are a verdict and the status of each requirement."""
import csv
import datetime
import os

from answers import Company
from grade import Grading
from rubric import Rubric

DAY = "2000-01-01"


class Claim:
    def __init__(self, row, folder):
        self.property, self.outcome = row["property"], row["outcome"]
        self.profile, self.subject = row["profile"] or None, row["subject"]
        self.message = row["message"]
        self.names = [row[key] for key in ("sheet", "second_sheet") if row[key]]
        self.sheets = [read_cells(os.path.join(folder, name)) for name in self.names]

    def __str__(self):
        return "%s %s %s%s" % (self.property, self.outcome, self.subject,
                               " under " + self.profile if self.profile else "")


def read_cells(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return {row["question"]: row["answer"] for row in csv.DictReader(file)}


def read_claims(folder):
    with open(os.path.join(folder, "claims.csv"), encoding="utf-8-sig", newline="") as file:
        return [Claim(row, folder) for row in csv.DictReader(file)]


class Facts:
    """What one sheet shows: the highest level held, statuses by requirement, the score."""

    def __init__(self, level, statuses, score):
        self.level, self.score = level, score
        self.statuses = {ident: missed(status) for ident, status in statuses.items()}


def missed(status):
    """What rests on a blank that may stay one is not met: an answer is asked for, none given."""
    return "unmet" if status == "unknown" else status


def facts_of_program(found):
    """From the program's JSON."""
    return Facts(found["level"], {r["id"]: r["status"] for level in found["levels"]
                                  for r in level["requirements"]}, found["score"])


def facts_of_grader(rubric, cells):
    """From the independent grader."""
    company = Company()
    company.add(cells)
    date = datetime.date.fromisoformat(DAY)
    grading = Grading(rubric, company.read(rubric, date), set(), date)
    score = grading.score()
    return Facts(grading.verdict()["level"],
                 {ident: grading.status(r) for ident, r in rubric.requirements.items()},
                 score and {"low": score[0], "high": score[1]})


class Shown:
    """Whether the sheets of a claim show what it says; `faults` yields what is wrong."""

    def __init__(self, rubrics, claim, facts):
        """`rubrics` by profile; `facts` of each sheet."""
        self.rubric, self.claim, self.facts = rubrics[claim.profile], claim, facts
        self.cells = claim.sheets

    def faults(self):
        return getattr(self, "of_" + self.claim.property)()

    def rank(self, level):
        return -1 if level == "none" else self.rubric.levels.index(level)

    def binding(self):
        return [r for r in self.rubric.requirements.values()
                if r.binds() and r.is_under(self.rubric.profile)]

    def is_status(self, sheet, requirement, *statuses):
        found = self.facts[sheet].statuses[requirement]
        if found not in statuses:
            yield "%s is %s, not %s" % (requirement, found, " or ".join(statuses))

    def of_reachable(self):
        found, said = self.rank(self.facts[0].level), self.rank(self.claim.subject)
        if self.claim.outcome == "shown" and found != said:
            yield "the level is %s" % self.facts[0].level
        if self.claim.outcome == "refuted" and found <= said:
            yield "the level is %s, not a higher one" % self.facts[0].level

    def of_open(self):
        requirement, status = self.claim.subject.split(":")
        return self.is_status(0, requirement, status)

    def of_gap(self):
        level, below = self.claim.subject.split(":")
        yield from self.is_status(0, below, "unmet")
        for requirement in self.binding():
            if requirement.level == level:
                yield from self.is_status(0, requirement.id, "met", "not_applicable")

    def of_implied(self):
        subject = self.rubric.requirements[self.claim.subject]
        yield from self.is_status(0, subject.id, "unmet")
        for other in self.binding():
            if other is not subject and not other.waivable \
                    and self.rank(other.level) <= self.rank(subject.level):
                yield from self.is_status(0, other.id, "met", "not_applicable")

    def differs_only_in(self, question):
        before, after = self.cells
        for ident in {**before, **after}:
            same = before.get(ident, "") == after.get(ident, "")
            if same == (ident == question):
                yield "%s: %s and %s" % (ident, before.get(ident), after.get(ident))

    def of_monotone(self):
        requirement, ident = self.claim.subject.split(":")
        question = self.rubric.questions[ident]
        yield from self.differs_only_in(ident)
        if not is_better(question, self.cells[0][ident], self.cells[1][ident]):
            yield "%s is not better than %s" % (self.cells[1][ident], self.cells[0][ident])
        if requirement == "score":
            if not self.facts[1].score["low"] < self.facts[0].score["low"]:
                yield "the score does not fall"
            return
        yield from self.is_status(0, requirement, "met")
        yield from self.is_status(1, requirement, "unmet")
        words = set(self.rubric.requirements[requirement].falls_with)
        declared = any(word == ident or ident in self.rubric.groups.get(word, ()) for word in words)
        if (self.claim.outcome == "declared") != declared:
            yield "the outcome is not what the rubric declares"

    def of_not_applicable(self):
        requirement, ident = self.claim.subject.split(":")
        question = self.rubric.questions[ident]
        subject = self.rubric.requirements[requirement]
        yield from self.differs_only_in(ident)
        if not self.cells[1][ident].startswith("n/a: "):
            yield "%s is not \"not applicable\"" % self.cells[1][ident]
        if not is_worst(question, self.cells[0][ident]):
            yield "%s is not the worst answer" % self.cells[0][ident]
        yield from self.is_status(0, requirement, "unmet")
        yield from self.is_status(1, requirement, "met", "not_applicable")
        if subject.origin != "official" and self.rank(self.facts[1].level) < self.rank(
                subject.level):
            yield "the level is %s" % self.facts[1].level
        declared = subject.origin != "official" and question.na_raises
        if (self.claim.outcome == "declared") != declared:
            yield "the outcome is not what the rubric declares"


def value(question, text):
    return float(text.rstrip("%"))


def ticks(text):
    return {part.strip() for part in text.split(";")} - {"none"}


def is_better(question, before, after):
    """Whether an answer is better by the order of its options, or by its score."""
    if question.type == "choice":
        return question.options.index(after) > question.options.index(before)
    if question.type == "yesno":
        up = question.scores[0] <= question.scores[1]
        return (before, after) == (("no", "yes") if up else ("yes", "no"))
    if question.type == "multi":
        changed = ticks(before) ^ ticks(after)
        return len(changed) == 1 and all(
            (question.scores[question.options.index(option)] >= 0) == (option in ticks(after))
            for option in changed)
    if question.worst is None:
        return False
    return (value(question, after) > value(question, before)) == (question.best > question.worst)


def is_worst(question, text):
    """As far as it can be told: numbers without an end have no worst answer."""
    if question.type == "choice":
        return text == question.options[0]
    if question.type == "yesno":
        return text == ("no" if question.scores[0] <= question.scores[1] else "yes")
    if question.type == "multi":
        return not ticks(text)
    return True


def rubrics_of(path):
    """The rubric under no profile and under each, by profile."""
    plain = Rubric(path)
    return {profile: Rubric(path, profile) for profile in [None] + plain.idents("profile")}
