"""The verdicts of a rubric for programs that know no rubrics: its conditions, parsed as the oracle
of the tests does, are handed to an *algebra*, which words them in SQL, in polars, in Miller's
language or computes them at once. Three values throughout: what is blank or cannot be read is
unknown; what is not applicable leaves the condition.

An algebra has: atom(column, yes, no), excused(column) - whether the cell says "not applicable" -,
conjunction(list), disjunction(list), negation(x), and share_at_least(both, base, low, unit), each
of the two a list of (atom, excused or None). Nothing is guessed: a condition that no algebra here
can word raises Unknown.
"""

import pathlib
import sys
from fractions import Fraction

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "oracle"))
import conditions  # pylint: disable=wrong-import-position
import rubric as rubrics  # pylint: disable=wrong-import-position

RUBRIC = ROOT / "rubrics" / "miit_smart_factory_2025.ini"

COMPARE = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b,
           ">=": lambda a, b: a >= b, "=": lambda a, b: a == b, "!=": lambda a, b: a != b}


def read_rubric(path=RUBRIC):
    return rubrics.Rubric(str(path))


class Unknown(Exception):
    """A condition of a kind that is not worded."""


class Logic:
    """Conditions of one rubric in one algebra. `texts(question)` are the cells that stand for its
    options, worst first, each a list. A condition is (truth, excused or None); None: it always
    applies."""

    def __init__(self, rubric, algebra, texts):
        self.rubric, self.algebra, self.texts = rubric, algebra, texts

    def question(self, tree):
        if tree[0] != "name":
            return None
        return self.rubric.questions.get(tree[1]) or self.rubric.fields.get(tree[1])

    def atom(self, question, operator, position):
        """`question OP option`."""
        if question.type not in ("choice", "yesno"):
            raise Unknown(f"{question.id} is no choice")
        yes, no = [], []
        for at, texts in enumerate(self.texts(question)):
            (yes if COMPARE[operator](at, position) else no).extend(texts)
        excused = self.algebra.excused(question.id) if question.may_be_na else None
        return self.algebra.atom(question.id, yes, no), excused

    def condition(self, tree):
        kind = tree[0]
        if kind == "and":
            return self.conjunction([self.condition(part) for part in tree[1]])
        if kind == "or":
            return self.disjunction([self.condition(part) for part in tree[1]])
        if kind == "not":
            truth, excused = self.condition(tree[1])
            return self.algebra.negation(truth), excused
        if kind == "name":
            return self.atom(self.question(tree), "=", 1)
        if kind == "compare":
            return self.comparison(*tree[1:])
        if kind == "call" and tree[1] in ("any", "all"):
            join = self.disjunction if tree[1] == "any" else self.conjunction
            return join(self.each_of(tree[2][0]))
        if kind == "call" and tree[1] == "met":
            return self.condition(self.rubric.requirements[tree[2][0][1]].condition)
        raise Unknown(f"{tree[1]}() is not worded")

    def conjunction(self, parts):
        """What is excused is neutral; all of it excused, so is the whole."""
        join = self.algebra.disjunction
        return (self.algebra.conjunction([truth if excused is None else join([excused, truth])
                                          for truth, excused in parts]), self.all_excused(parts))

    def disjunction(self, parts):
        def there(truth, excused):
            return self.algebra.conjunction([self.algebra.negation(excused), truth])
        return (self.algebra.disjunction([truth if excused is None else there(truth, excused)
                                          for truth, excused in parts]), self.all_excused(parts))

    def all_excused(self, parts):
        if any(excused is None for _, excused in parts):
            return None
        return self.algebra.conjunction([excused for _, excused in parts])

    def each_of(self, test):
        _, operator, group, option = test
        questions = [self.rubric.questions[ident] for ident in self.rubric.groups[group[1]]]
        return [self.atom(question, operator, question.options.index(option[1]))
                for question in questions]

    def comparison(self, operator, left, right):
        for a, b, sign in ((left, right, operator), (right, left, conditions.MIRROR[operator])):
            question = self.question(a)
            if question and b[0] == "name" and b[1] in question.options:
                return self.atom(question, sign, question.options.index(b[1]))
        if left[:2] == ("call", "share") and operator == ">=" and right[0] == "number":
            return self.share(left[2], right[1])
        raise Unknown(f"a comparison by {operator} of {left[:2]} and {right[:2]}")

    def share(self, tests, least):
        """The part of those that compare as the second which also compare as the first."""
        if len(tests) != 2 or not 0 < least < 1:
            raise Unknown("a share of one part")
        both, base = map(self.each_of, self.nested(*tests))
        if self.all_excused(base) is not None:
            raise Unknown("a share that may not apply")
        least = Fraction(least)
        return self.algebra.share_at_least(both, base, least.numerator, least.denominator), None

    def nested(self, first, second):
        """The bounds of the share rest on this: `q >= b` implies `q >= a`, and a blank can still
        fall in each of the three parts."""
        question = self.rubric.questions[self.rubric.groups[first[2][1]][0]]
        options = [question.options.index(test[3][1]) for test in (first, second)]
        if first[1:3] != second[1:3] or first[1] != ">=" or not 0 < options[1] < options[0]:
            raise Unknown("a share of two parts that are not one in the other")
        return first, second

    def levels(self, official=False):
        """By level: the truth of "no requirement of it fails". A level has to have a requirement
        that always applies, so that one of its own is met where none fails."""
        for level in self.rubric.levels:
            binding = [r for r in self.rubric.requirements.values()
                       if r.level == level and r.binds() and r.is_under(self.rubric.profile)
                       and (r.origin == "official" or not official)]
            parts = [self.condition(r.condition) for r in binding]
            truth, excused = self.conjunction(parts)
            if excused is not None:
                raise Unknown(f"nothing of {level} may apply")
            yield level, truth


class Trees:
    """An algebra of nested lists, to be worded elsewhere. What is used in several places stands
    once, in `cells` and, made of them, in `counts`: by name."""

    def __init__(self):
        self.cells, self.counts, self.known = {}, {}, {}

    def named(self, columns, prefix, tree):
        key = repr(tree)
        if key not in self.known:
            self.known[key] = f"{prefix}{len(columns)}"
            columns[self.known[key]] = tree
        return ["name", self.known[key]]

    def atom(self, column, yes, no):
        return self.named(self.cells, "cell", ["atom", column, yes, no])

    def excused(self, column):
        return self.named(self.cells, "cell", ["excused", column])

    @staticmethod
    def conjunction(parts):
        return ["and", *parts]

    @staticmethod
    def disjunction(parts):
        return ["or", *parts]

    @staticmethod
    def negation(part):
        return ["not", part]

    def share_at_least(self, both, base, low, unit):
        """Where nothing is counted for certain, `joint` is 0, and so the share is not reached."""
        joint = self.named(self.counts, "count", ["true", *(truth for truth, _ in both)])
        known = self.named(self.counts, "count", ["true", *(truth for truth, _ in base)])
        blank = self.named(self.counts, "count", ["blank", *(
            [truth] if excuse is None else [truth, excuse] for truth, excuse in base)])
        return ["share", joint, known, blank, low, unit]


def ids_or_codes(cells):
    """What Logic takes as `texts` for the surveys of survey_data.py."""
    def texts(question):
        if question.type == "yesno":
            return [["0"], ["1"]] if cells == "codes" else [["no"], ["yes"]]
        if cells == "codes" and question.type == "choice":
            return [[str(at + 1)] for at in range(len(question.options))]
        return [[option] for option in question.options]
    return texts
