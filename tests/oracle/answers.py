"""Answers: sheets read from CSV, cells understood by type, several sheets of a company made one."""
import csv
import datetime
import io
import re
import unicodedata
from fractions import Fraction

from conditions import INFINITY

YES = {"yes", "y", "true", "是", "是的", "有", "对", "√", "✓", "✔", "☑"}
NO = {"no", "n", "false", "否", "不是", "无", "没有", "错", "×", "✗", "✘"}
NOT_APPLICABLE = re.compile(r"^(?:n/a|不适用)\s*(?::\s*(?P<reason>.*))?$", re.IGNORECASE | re.DOTALL)
NUMBER = re.compile(r"^[+-]?[0-9]{1,12}(\.[0-9]{1,6})?$")
BETWEEN_OPTIONS = re.compile(r"[;|┋\n]")


def folded(text):
    return unicodedata.normalize("NFKC", text).strip()


class Answer:
    """What is known of a question: its state, and the set of values it can still have.

    low..high are positions of options, numbers or dates; must and may are ticked options.
    `applicable` is false for what leaves every fraction, `blank` true where any answer may come.
    """

    def __init__(self, question, state="blank", low=None, high=None, must=None, may=None):
        self.question = question
        self.state = state
        self.applicable = state not in ("not_applicable", "skipped")
        self.blank = self.applicable and low is None and must is None
        self.evidence = False
        self.low, self.high = low, high
        self.must, self.may = must, may
        if self.blank:
            self.open_range()

    def open_range(self):
        question = self.question
        if question.type in ("choice", "yesno"):
            self.low, self.high = 0, len(question.options) - 1
        elif question.type == "multi":
            self.must, self.may = frozenset(), frozenset(question.options)
        elif question.type in ("number", "percent"):
            self.low = -INFINITY if question.min is None else question.min
            self.high = INFINITY if question.max is None else question.max

    def value(self):
        return (self.low, self.high, self.must, self.may)

    def score(self, capped):
        """Lowest and highest score, or None where there is none; `capped` keeps multi within 1."""
        question = self.question
        if not self.applicable or not question.has_score() or question.weight == 0:
            return None
        if question.type == "multi":
            return self.multi_score(capped)
        if question.type in ("choice", "yesno"):
            possible = question.scores[self.low:self.high + 1]
            return min(possible), max(possible)
        ends = sorted(linear(question, value) for value in (self.low, self.high))
        return ends[0], ends[1]

    def multi_score(self, capped):
        scores = dict(zip(self.question.options, self.question.scores))
        sure = sum((scores[option] for option in self.must), Fraction(0))
        open_ones = [scores[option] for option in self.may - self.must]
        low = sure + sum((score for score in open_ones if score < 0), Fraction(0))
        high = sure + sum((score for score in open_ones if score > 0), Fraction(0))
        return (min(low, Fraction(1)), min(high, Fraction(1))) if capped else (low, high)


def linear(question, value):
    """Where a number lies between worst (0) and best (1), clipped."""
    if value in (INFINITY, -INFINITY):
        upwards = question.best > question.worst
        return Fraction(1 if (value > 0) == upwards else 0)
    part = (value - question.worst) / (question.best - question.worst)
    return max(Fraction(0), min(Fraction(1), part))


def option_of(question, text):
    for at, option in enumerate(question.options):
        if any(folded(word) == text for word in question.words[option]):
            return at
    return None


def read_cell(question, text):
    """The answer a cell holds; what cannot be read is `invalid` and counts as blank."""
    text = folded(text)
    if not text:
        return Answer(question)
    excuse = NOT_APPLICABLE.match(text)
    if excuse:
        allowed = question.may_be_na and (excuse["reason"] or "").strip()
        return Answer(question, "not_applicable" if allowed else "invalid")
    reader = READERS[question.type]
    return reader(question, text) or Answer(question, "invalid")


def read_yesno(question, text):
    word = text.lower()
    if word not in YES | NO:
        return None
    at = 1 if word in YES else 0
    return Answer(question, "answered", at, at)


def read_choice(question, text):
    at = option_of(question, text)
    return None if at is None else Answer(question, "answered", at, at)


def read_multi(question, text):
    ticked = set()
    if text not in ("none", "无"):
        for part in filter(None, (part.strip() for part in BETWEEN_OPTIONS.split(text))):
            at = option_of(question, part)
            if at is None:
                return None
            ticked.add(question.options[at])
    ticked = frozenset(ticked)
    return Answer(question, "answered", must=ticked, may=ticked)


def read_number(question, text):
    unit = Fraction(1)
    if question.type == "percent":
        unit = Fraction(1, 100)
        text = text[:-1].strip() if text.endswith("%") else text
    if not NUMBER.match(text):
        return None
    value = Fraction(text) * unit
    below = question.min is not None and value < question.min
    above = question.max is not None and value > question.max
    return None if below or above else Answer(question, "answered", value, value)


def read_date(question, text):
    try:
        value = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return Answer(question, "answered", value, value)


def read_text(question, text):
    return Answer(question, "answered", text, text)


READERS = {"yesno": read_yesno, "choice": read_choice, "multi": read_multi, "number": read_number,
           "percent": read_number, "date": read_date, "text": read_text, "uscc": read_text}


def merged(question, found):
    """One answer of what several sheets say."""
    told = [answer for answer in found if answer.state not in ("blank", "invalid")]
    if not told:
        invalid = any(answer.state == "invalid" for answer in found)
        return Answer(question, "invalid" if invalid else "blank")
    first = told[0]
    if all(a.state == first.state and a.value() == first.value() for a in told):
        first.evidence = any(answer.evidence for answer in found)
        return first
    if any(not answer.applicable for answer in told):
        return Answer(question, "disputed")
    if question.type == "multi":
        result = Answer(question, "disputed",
                        must=frozenset.intersection(*(a.must for a in told)),
                        may=frozenset.union(*(a.may for a in told)))
    else:
        result = Answer(question, "disputed", min(a.low for a in told), max(a.high for a in told))
    result.evidence = any(answer.evidence for answer in found)
    return result


def not_after(date, answer):
    """The answer, or an invalid one where a date (of any sheet) lies after the assessment's."""
    if answer.question.type == "date" and answer.high is not None and answer.high > date:
        return Answer(answer.question, "invalid")
    return answer


class Company:
    """Cells of one company: per sheet `answers`, `evidence` (None without a place), `waivers`."""

    def __init__(self):
        self.sheets = []
        self.waivers = set()

    def add(self, cells, evidence=None):
        """`cells` and `evidence` map ids to texts; waivers stand as waive:REQUIREMENT."""
        self.sheets.append((cells, evidence))
        for key, text in cells.items():
            if key.startswith("waive:") and text.strip():
                self.waivers.add(key[len("waive:"):].strip())

    def has_evidence(self):
        return any(evidence is not None for _, evidence in self.sheets)

    def read(self, rubric, date):
        """Answers of all questions and fields, by id."""
        result = {}
        for question in list(rubric.questions.values()) + list(rubric.fields.values()):
            if question.id in rubric.skipped:
                result[question.id] = Answer(question, "skipped")
                continue
            found = []
            for cells, evidence in self.sheets:
                answer = read_cell(question, cells.get(question.id, ""))
                answer.evidence = bool(evidence and evidence.get(question.id, "").strip())
                found.append(answer)
            result[question.id] = not_after(date, merged(question, found))
        return result


def read_sheet(path, company):
    """Adds one CSV sheet (columns question, answer, optionally evidence) to the company."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        text = file.read()
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    cells, evidence = {}, {}
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    for row in reader:
        row = {(key or "").strip().lower(): value or "" for key, value in row.items()
               if not isinstance(value, list)}
        ident = folded(row.get("question", ""))
        if not ident:
            continue
        cells[ident] = row.get("answer", "")
        evidence[ident] = row.get("evidence", "")
    company.add(cells,
                evidence if "evidence" in [n.strip().lower() for n in reader.fieldnames] else None)
