"""All complete sheets of a small rubric, graded; what they say about each property that
`assess check` proves, by looking at every one of them. Numbers are sampled: at the constants of the
rubric, between and beyond them."""
import datetime
import itertools
from fractions import Fraction

from answers import read_cell
from claims import DAY, missed
from grade import Grading

DATE = datetime.date.fromisoformat(DAY)
HELD = ("met", "not_applicable")
NA = "n/a: x"


class TooMany(Exception):
    pass


def constants(tree):
    """All numbers of a condition, whether they are amounts or shares."""
    if not isinstance(tree, tuple):
        return set()
    if tree[:1] == ("number",):
        return {tree[1]}
    return set().union(*map(constants, tree))


class Question:
    """The cells that may answer one question; those of `steps` lead to a better answer, those of
    `pairs` are neighbours, with the words that `check` has for them."""

    def __init__(self, question, rubric, bounds, is_read, is_field):
        self.id, self.question = question.id, question
        self.is_skipped = question.id in rubric.skipped
        self.steps, self.pairs = [], []
        self.worst = 0
        self.is_sampled = question.type in ("number", "percent")
        getattr(self, "cells_" + question.type)(question, bounds)
        if is_field:
            self.steps = []
        scored = not is_field and question.has_score() and question.weight > 0
        if is_read == "asked" and not scored:  # a blank is a state of its own
            self.cells = [*self.cells, ""]
            if question.type != "multi":
                self.steps = []
        self.na = len(self.cells)
        if question.may_be_na and not is_field:
            self.cells = [*self.cells, NA]
        if self.is_skipped:
            self.cells, self.steps, self.pairs, self.na = self.cells[:1], [], [], 1
        self.answers = [read_cell(question, cell) for cell in self.cells]
        if self.is_skipped:
            self.answers[0].state, self.answers[0].applicable = "skipped", False
            self.answers[0].blank = False
        assert all(answer.state != "invalid" for answer in self.answers), (self.id, self.cells)

    def in_order(self, cells):
        self.cells = cells
        self.steps = [(at, at + 1) for at in range(len(cells) - 1)]

    def cells_choice(self, question, _bounds):
        self.in_order(list(question.options))
        self.pairs = [(at, at + 1, (question.options[at], question.options[at + 1]))
                      for at in range(len(question.options) - 1)]

    def cells_yesno(self, question, _bounds):
        falls = question.scores[0] > question.scores[1]
        self.in_order(["yes", "no"] if falls else ["no", "yes"])
        self.pairs = [(0, 1, tuple(self.cells))]

    def cells_multi(self, question, _bounds):
        options = question.options
        sets = [frozenset(s) for n in range(len(options) + 1)
                for s in itertools.combinations(options, n)]
        self.cells = ["; ".join(sorted(s)) or "none" for s in sets]
        for option, score in zip(options, question.scores):
            for without in sets:
                if option not in without:
                    step = sets.index(without), sets.index(without | {option})
                    self.steps.append(step if score >= 0 else step[::-1])
                    self.pairs.append((*step, (option,)))

    def cells_number(self, question, bounds):
        bounds = set(bounds) | {question.min, question.max, question.worst, question.best}
        bounds = sorted(b for b in bounds if b is not None
                        and (question.min is None or b >= question.min)
                        and (question.max is None or b <= question.max)) or [Fraction(0)]
        values = set(bounds) | {(a + b) / 2 for a, b in zip(bounds, bounds[1:])}
        step = Fraction(1, 100) if question.type == "percent" else 1
        if question.min is None:
            values |= {bounds[0] - step, bounds[0] - 100 * step}
        if question.max is None:
            values |= {bounds[-1] + step, bounds[-1] + 100 * step}
        falls = question.worst is not None and question.best < question.worst
        unit = 100 if question.type == "percent" else 1
        cells = []
        for value in sorted(values, reverse=falls):
            text = ("%.6f" % float(value * unit)).rstrip("0").rstrip(".")
            if text not in cells:
                cells.append(text)
        self.in_order(cells)
        if question.worst is None:
            self.steps = []

    cells_percent = cells_number

    def cells_date(self, _question, bounds):
        last = max([int(bound) for bound in bounds] + [0]) + 1
        self.cells = ["%d-01-01" % (DATE.year - years) for years in range(min(last, 6) + 1)]

    def cells_text(self, _question, _bounds):
        self.cells = ["word"]


class Sheets:
    """All sheets of a rubric under its profile."""

    def __init__(self, rubric, limit):
        self.rubric = rubric
        self.reads = {}
        self.binding = [r for r in rubric.requirements.values()
                        if r.binds() and r.is_under(rubric.profile)]
        self.applying = [r for r in rubric.requirements.values() if r.is_under(rubric.profile)]
        self.questions = self.all_questions()
        self.place = {question.id: at for at, question in enumerate(self.questions)}
        self.is_sampled = any(question.is_sampled for question in self.questions)
        self.strides, count = [], 1
        for question in self.questions:
            self.strides.append(count)
            count *= len(question.cells)
        if count > limit:
            raise TooMany(count)
        self.rows = [row[::-1] for row in itertools.product(
            *(range(len(question.cells)) for question in self.questions[::-1]))]
        self.grade()

    # what rests on what

    def named(self, tree, asked):
        """Ids a condition looks at; `asked`: those under answered() alone."""
        grading = Grading(self.rubric, {}, set(), DATE)
        kind = tree[0]
        if kind == "call" and tree[1] == "answered":
            return {tree[2][0][1]} if asked else set()
        if kind in ("and", "or", "not"):
            parts = tree[1] if kind != "not" else (tree[1],)
            return set().union(*(self.named(part, asked) for part in parts))
        if asked or (kind == "call" and tree[1] in ("met", "held")):
            return set()
        return set(self.without_scores(grading, tree))

    def without_scores(self, grading, tree):
        """As the grader's, which looks at the scores of answers for score() and climb()."""
        grading.answers = {ident: None for ident in (*self.rubric.questions, *self.rubric.fields)}
        grading.scores = {ident: (question.has_score() and question.weight > 0) or None
                          for ident, question in self.rubric.questions.items()}
        return grading.named(tree)

    def calls(self, tree, name):
        """The words in name(...) anywhere in a condition."""
        if not isinstance(tree, tuple):
            return set()
        if tree[:2] == ("call", name):
            return {tree[2][0][1]}
        return set().union(*(self.calls(part, name) for part in tree))

    def rests_on(self, requirement):
        """Ids that its status rests on, through met() and held() too."""
        if requirement.id not in self.reads:
            tree = requirement.condition
            found = self.named(tree, False) | self.named(tree, True)
            for other in self.calls(tree, "met"):
                found |= self.rests_on(self.rubric.requirements[other])
            for level in self.calls(tree, "held"):
                upto = self.rubric.levels[:self.rubric.levels.index(level) + 1]
                for other in self.rubric.requirements.values():
                    if other.level in upto:
                        found |= self.rests_on(other)
            self.reads[requirement.id] = found
        return self.reads[requirement.id]

    def all_questions(self):
        rubric, trees = self.rubric, [r.condition for r in self.rubric.requirements.values()]
        read = set().union(*(self.named(tree, False) for tree in trees))
        asked = set().union(*(self.named(tree, True) for tree in trees))
        bounds = set().union(*map(constants, trees))
        found = []
        for ident, question in (*rubric.questions.items(), *rubric.fields.items()):
            is_field = ident in rubric.fields
            if is_field and ident not in read | asked:
                continue
            limits = {b for b in bounds if question.type == "date"
                      or (b <= 1) == (question.type == "percent") or b == 0}
            how = "asked" if ident in asked - read else "read"
            found.append(Question(question, rubric, limits, how, is_field))
        return found

    # grading

    def grade(self):
        scored = [ident for ident, question in self.rubric.questions.items()
                  if question.has_score()]
        order = {r.id: at for at, r in enumerate(self.applying)}
        columns = [self.column(self.rests_on(r), lambda grading, r=r: missed(grading.status(r)))
                   for r in self.applying]
        self.statuses = list(zip(*columns)) if columns else [()] * len(self.rows)
        self.order = order
        self.scores = self.column(scored, lambda grading: grading.score())
        verdicts = {}
        self.held = []
        for statuses in self.statuses:
            if statuses not in verdicts:
                verdicts[statuses] = self.levels_held(statuses)
            self.held.append(verdicts[statuses])

    def column(self, idents, measure):
        """What `measure` says of each sheet, found once for each answers to `idents`."""
        places = [self.place[ident] for ident in self.place if ident in idents]
        known, found = {}, []
        for row in self.rows:
            key = tuple([row[at] for at in places])
            if key not in known:
                answers = {question.id: question.answers[at]
                           for question, at in zip(self.questions, row)}
                for ident, field in self.rubric.fields.items():
                    answers.setdefault(ident, read_cell(field, ""))
                known[key] = measure(Grading(self.rubric, answers, set(), DATE))
            found.append(known[key])
        return found

    def levels_held(self, statuses):
        """The set of levels held."""
        found, is_open = set(), False
        for level in self.rubric.levels:
            own = [statuses[self.order[r.id]] for r in self.binding if r.level == level]
            is_open = is_open or any(status not in HELD for status in own)
            if "met" in own and not is_open:
                found.add(level)
        return found

    # properties: what there is, by subject

    def verdict(self, sheet):
        held = [level for level in self.rubric.levels if level in self.held[sheet]]
        return held[-1] if held else "none"

    def reachable(self):
        found = {self.verdict(sheet) for sheet in range(len(self.rows))}
        return {level: level in found for level in ("none", *self.rubric.levels)}

    def ever_held(self):
        return set().union(*self.held)

    def open(self):
        return {"%s:%s" % (r.id, side): any(statuses[self.order[r.id]] == side
                                            for statuses in self.statuses)
                for r in self.applying for side in ("met", "unmet")}

    def there_is(self, unmet, others):
        """Whether a sheet misses one requirement and none of the others."""
        at, rest = self.order[unmet.id], [self.order[other.id] for other in others]
        return any(statuses[at] == "unmet" and all(statuses[k] in HELD for k in rest)
                   for statuses in set(self.statuses))

    def gap(self):
        found = {}
        for rank, level in enumerate(self.rubric.levels):
            own = [r for r in self.binding if r.level == level]
            for lower in self.binding:
                if own and self.rubric.levels.index(lower.level) < rank:
                    found["%s:%s" % (level, lower.id)] = self.there_is(lower, own)
        return found

    def implied(self):
        """By requirement that may be missed: whether it may be missed alone."""
        rank = self.rubric.levels.index
        return {r.id: self.there_is(r, [other for other in self.binding if other is not r
                                        and not other.waivable and rank(other.level)
                                        <= rank(r.level)])
                for r in self.binding if self.there_is(r, ())}

    def neighbours(self, question, first, second):
        """Pairs of sheets that differ in one question."""
        at = self.place[question.id]
        move = (second - first) * self.strides[at]
        return ((sheet, sheet + move) for sheet, row in enumerate(self.rows) if row[at] == first)

    def monotone(self):
        found = set()
        for question in self.questions:
            those = [r for r in self.binding if question.id in self.rests_on(r)]
            for step in question.steps:
                for before, after in self.neighbours(question, *step):
                    self.falls(question, those, before, after, found)
        return found

    def falls(self, question, those, before, after, found):
        for r in those:
            at = self.order[r.id]
            if self.statuses[before][at] == "met" and self.statuses[after][at] == "unmet":
                found.add("%s:%s" % (r.id, question.id))
        one, other = self.scores[before], self.scores[after]
        if one and other and other[0] < one[0]:
            found.add("score:" + question.id)

    def not_applicable(self):
        found = set()
        for question in self.questions:
            if question.na == len(question.cells):
                continue
            for before, after in self.neighbours(question, question.worst, question.na):
                for r in self.binding:
                    at = self.order[r.id]
                    if self.statuses[before][at] == "unmet" and self.statuses[after][at] in HELD \
                            and (r.origin == "official" or r.level in self.held[after]):
                        found.add("%s:%s" % (r.id, question.id))
        return found

    def differ(self, before, after):
        one, other = self.scores[before], self.scores[after]
        return self.statuses[before] != self.statuses[after] or (one != other)

    def idle_pairs(self):
        """(question, words) of neighbours that no sheet tells apart."""
        found = set()
        for question in self.questions:
            for first, second, words in question.pairs:
                if not any(self.differ(*pair)
                           for pair in self.neighbours(question, first, second)):
                    found.add((question.id, words))
            if question.question.type == "multi":
                told = {words for first, second, words in question.pairs
                        if any(self.differ(*p) for p in self.neighbours(question, first, second))}
                found -= {(question.id, words) for words in told}
        return found

    def is_idle(self, question):
        """Whether no two answers to a question differ in anything."""
        return not any(self.differ(*pair) for at in range(1, len(question.cells))
                       for pair in self.neighbours(question, 0, at))
