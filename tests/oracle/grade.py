#!/usr/bin/env python3
"""Grades a company by the published contract, a second time and independently of the C engine.

Usage: grade.py RUBRIC.ini SHEET.csv... [--date D] [--profile P]

Exact fractions throughout; counts and shares are found by trying every completion rather than by a
formula. Slow and plain on purpose.
"""
import argparse
import datetime
import functools
import json
import math
import sys
from fractions import Fraction

import conditions
from answers import Answer, Company, read_sheet
from conditions import F, N, T, U, UNDEFINED, INFINITY
from rubric import Rubric

PLACES = 10 ** 6


@functools.lru_cache(maxsize=None)
def share_bounds(outcomes):
    """Tightest bounds of a two-part share. `outcomes` has one item a question: the set of what it
    can add to (counted, both). Every reachable pair of counts is tried."""
    reachable = {(0, 0)}
    for choices in outcomes:
        reachable = {(n + dn, b + db) for n, b in reachable for dn, db in choices}
    shares = [Fraction(b, n) for n, b in reachable if n]
    if not shares:
        return UNDEFINED
    return (min(shares), max(shares), any(n == 0 for n, _ in reachable))


class Grading:
    """Evaluates the conditions of a rubric over one company's answers, in one mode.

    `official` restricts verdicts, and what held() looks at, to requirements of official origin.
    """

    def __init__(self, rubric, answers, waivers, date, official=False):
        self.rubric, self.answers, self.waivers = rubric, answers, waivers
        self.date, self.official = date, official
        self.capped = rubric.score_mode != "sum"
        self.scores = {ident: answer.score(self.capped) for ident, answer in answers.items()
                       if ident in rubric.questions}
        self.known = {}
        self.statuses = {}

    # conditions

    def truth(self, tree):
        """T, F, U or N of a condition."""
        if tree not in self.known:
            self.known[tree] = self.find_truth(tree)
        return self.known[tree]

    def find_truth(self, tree):
        kind = tree[0]
        if kind == "and":
            return conditions.conjunction([self.truth(part) for part in tree[1]])
        if kind == "or":
            return conditions.disjunction([self.truth(part) for part in tree[1]])
        if kind == "not":
            return conditions.negation(self.truth(tree[1]))
        if kind == "compare":
            return self.compare(*tree[1:])
        if kind == "name":
            return self.positions_match(self.answers[tree[1]], "=", 1)
        return getattr(self, "truth_" + tree[1])(*tree[2])

    def compare(self, operator, left, right):
        for a, b, sign in ((left, right, operator), (right, left, conditions.MIRROR[operator])):
            question = self.chosen(a)
            if question and b[0] == "name" and b[1] in question.options:
                return self.positions_match(self.answers[a[1]], sign, question.options.index(b[1]))
        if self.chosen(left) and self.chosen(right):
            one, other = self.answers[left[1]], self.answers[right[1]]
            if not one.applicable or not other.applicable:
                return N
            return conditions.compare_intervals(operator, (one.low, one.high),
                                                (other.low, other.high))
        return conditions.compare(operator, self.number(left), self.number(right))

    def chosen(self, tree):
        """The choice question or field a bare name stands for, else None."""
        if tree[0] != "name":
            return None
        question = self.rubric.questions.get(tree[1]) or self.rubric.fields.get(tree[1])
        return question if question and question.type in ("choice", "yesno") else None

    @staticmethod
    def positions_match(answer, operator, position):
        if not answer.applicable:
            return N
        return conditions.compare_intervals(operator, (answer.low, answer.high),
                                            (position, position))

    def each_of(self, test):
        """Truth of `group OP option` for each applicable question of the group. A blank is open,
        unless all its options are on one side."""
        _, operator, group, option = test
        found = []
        for ident in self.rubric.groups[group[1]]:
            answer = self.answers[ident]
            if answer.applicable:
                position = answer.question.options.index(option[1])
                found.append(self.positions_match(answer, operator, position))
        return found

    def truth_any(self, test):
        return conditions.disjunction(self.each_of(test))

    def truth_all(self, test):
        return conditions.conjunction(self.each_of(test))

    def truth_has(self, question, option):
        answer = self.answers[question[1]]
        if not answer.applicable:
            return N
        return T if option[1] in answer.must else U if option[1] in answer.may else F

    def truth_answered(self, question):
        answer = self.answers[question[1]]
        if not answer.applicable:
            return N
        return U if answer.blank else T

    def truth_met(self, requirement):
        status = self.status(self.rubric.requirements[requirement[1]])
        return {"met": T, "waived": T, "unmet": F, "unknown": U, "not_applicable": N}[status]

    def truth_held(self, level):
        if self.is_held(level[1], possible=False):
            return T
        return U if self.is_held(level[1], possible=True) else F

    # numbers

    def number(self, tree):
        """A number, as conditions.py words it."""
        if tree not in self.known:
            self.known[tree] = self.find_number(tree)
        return self.known[tree]

    def find_number(self, tree):
        kind = tree[0]
        if kind == "number":
            return conditions.point(tree[1])
        if kind == "negative":
            return conditions.arithmetic("-", conditions.point(0), self.number(tree[1]))
        if kind == "name":
            answer = self.answers[tree[1]]
            return (answer.low, answer.high, False) if answer.applicable else None
        if kind == "call":
            return getattr(self, "number_" + tree[1])(*tree[2])
        return conditions.arithmetic(kind, self.number(tree[1]), self.number(tree[2]))

    def number_score(self, dimension=None, level=None):
        found = self.score(dimension and dimension[1], level and level[1])
        return found and found + (False,)

    def number_count(self, test):
        if test[0] == "name":
            answer = self.answers[test[1]]
            if not answer.applicable:
                return None
            return (Fraction(len(answer.must)), Fraction(len(answer.may)), False)
        found = self.each_of(test)
        if not found:
            return None
        return (Fraction(found.count(T)), Fraction(found.count(T) + found.count(U)), False)

    def number_share(self, test, base=None):
        if base is not None:
            return self.two_part_share(test, base)
        found = self.each_of(test)
        if not found:
            return None
        return (Fraction(found.count(T), len(found)),
                Fraction(found.count(T) + found.count(U), len(found)), False)

    def two_part_share(self, test, base):
        outcomes = []
        for ident in self.rubric.groups[test[2][1]]:
            answer = self.answers[ident]
            if answer.applicable:
                outcomes.append(frozenset(
                    self.outcome(answer.question, position, test, base)
                    for position in range(answer.low, answer.high + 1)))
        if not outcomes:
            return None
        return share_bounds(tuple(sorted(outcomes, key=sorted)))

    @staticmethod
    def outcome(question, position, test, base):
        """What an answer adds to the number counted, and to the number that is also the first."""
        def holds(which):
            wanted = question.options.index(which[3][1])
            return conditions.compare_intervals(which[1], (position,) * 2, (wanted,) * 2) == T
        counted = holds(base)
        return (int(counted), int(counted and holds(test)))

    def ends_of(self, group):
        found = [self.answers[ident] for ident in self.rubric.groups[group[1]]]
        return [(a.low, a.high) for a in found if a.applicable]

    def over_group(self, group, function):
        ends = self.ends_of(group)
        if not ends:
            return None
        return (function([low for low, _ in ends]), function([high for _, high in ends]), False)

    def number_min(self, group):
        return self.over_group(group, min)

    def number_max(self, group):
        return self.over_group(group, max)

    def number_sum(self, group):
        return self.over_group(group, sum)

    def number_mean(self, group):
        return self.over_group(group, lambda values: sum(values) / len(values))

    def number_years(self, question):
        answer = self.answers[question[1]]
        if not answer.applicable:
            return None
        if answer.blank:
            return (Fraction(0), INFINITY, False)
        return (Fraction(self.years(answer.high)), Fraction(self.years(answer.low)), False)

    def years(self, since):
        today = self.date
        return today.year - since.year - ((today.month, today.day) < (since.month, since.day))

    def number_climb(self, threshold):
        bar = self.number(threshold)[0]
        found = self.climb(bar)
        return found and found + (False,)

    # scores

    def climb(self, bar):
        ends = [self.mean_of_tops(level) for level in self.rubric.levels]
        ends = [end for end in ends if end is not None]
        return tuple(climbed([end[side] for end in ends], bar) for side in (0, 1)) if ends else None

    def score(self, dimension=None, level=None):
        """(low, high) of score(...), None where nothing is scored."""
        if dimension is None:
            if self.rubric.score_mode == "sum":
                return self.weighted_sum()
            if self.rubric.score_mode == "climb":
                return self.climb(self.rubric.climb_pass)
        if dimension in (None, "all"):
            return self.mean_of_tops(level)
        return self.dimension_score(dimension, level)

    def weighted_sum(self):
        parts = [(self.rubric.questions[ident].weight, score)
                 for ident, score in self.scores.items()
                 if score is not None]
        if not parts:
            return None
        return tuple(sum(weight * score[side] for weight, score in parts) for side in (0, 1))

    def mean_of_tops(self, level=None):
        tops = [ident for ident in self.rubric.dimensions if ident not in self.rubric.parent]
        return self.mean_of_dimensions(tops, level)

    def mean_of_dimensions(self, idents, level):
        return weighted_mean([(self.rubric.dimension_weight[ident],
                               self.dimension_score(ident, level))
                              for ident in idents])

    def dimension_score(self, dimension, level=None):
        children = self.rubric.children(dimension)
        if children:
            return self.mean_of_dimensions(children, level)
        return weighted_mean([(question.weight, self.scores[ident])
                              for ident, question in self.rubric.questions.items()
                              if question.dimension == dimension
                              and level in (None, question.level)])

    # verdicts

    def status(self, requirement):
        if requirement.id not in self.statuses:
            self.statuses[requirement.id] = self.find_status(requirement)
        return self.statuses[requirement.id]

    def find_status(self, requirement):
        if not requirement.is_under(self.rubric.profile):
            return "not_applicable"
        truth = self.truth(requirement.condition)
        if truth in (F, U) and requirement.waivable and requirement.id in self.waivers:
            return "waived"
        return {T: "met", F: "unmet", U: "unknown", N: "not_applicable"}[truth]

    def binding(self, level):
        """The requirements that begin to bind at the level, in the rubric's order."""
        return [r for r in self.rubric.requirements.values()
                if r.level == level and r.binds() and (r.origin == "official" or not self.official)]

    def is_held(self, level, possible):
        enough = ("met", "unknown") if possible else ("met",)
        upto = self.rubric.levels[:self.rubric.levels.index(level) + 1]
        for lower in upto:
            for requirement in self.binding(lower):
                if self.status(requirement) not in enough + ("waived", "not_applicable"):
                    return False
        return any(self.status(requirement) in enough or (possible and self.may_be_met(requirement))
                   for requirement in self.binding(level))

    def may_be_met(self, requirement):
        """A waived requirement still turns out met, should the blanks be filled so."""
        return self.status(requirement) == "waived" and self.truth(requirement.condition) == U

    def verdict(self):
        result = {}
        for key, possible in (("level", False), ("level_possible", True)):
            held = [level for level in self.rubric.levels if self.is_held(level, possible)]
            result[key] = held[-1] if held else "none"
        return result

    def blockers(self):
        level = self.verdict()["level"]
        rank = self.rubric.levels.index(level) + 1 if level != "none" else 0
        if rank == len(self.rubric.levels):
            return []
        found = self.binding(self.rubric.levels[rank])
        return [r.id for status in ("unmet", "unknown") for r in found if self.status(r) == status]

    # decisive blanks

    def decisive_blanks(self):
        verdict = self.verdict()
        ranks = {"none": -1}
        ranks.update((level, rank) for rank, level in enumerate(self.rubric.levels))
        counts = {}
        least, most = ranks[verdict["level"]] + 1, ranks[verdict["level_possible"]]
        for level in self.rubric.levels[least:most + 1]:
            for requirement in self.binding(level):
                for ident in self.rests_on(requirement):
                    counts[ident] = counts.get(ident, 0) + 1
        idents = [*self.rubric.questions, *self.rubric.fields]
        order = {ident: at for at, ident in enumerate(idents)}
        return sorted(counts, key=lambda ident: (-counts[ident], order[ident]))

    def rests_on(self, requirement):
        """The blank questions and fields that keep a requirement unknown."""
        if self.status(requirement) != "unknown":
            return set()
        return self.blanks_of(requirement.condition)

    def blanks_of(self, tree):
        if self.truth(tree) != U:
            return set()
        kind = tree[0]
        if kind in ("and", "or"):
            return set().union(*(self.blanks_of(part) for part in tree[1]))
        if kind == "not":
            return self.blanks_of(tree[1])
        if kind == "call" and tree[1] == "met":
            return self.rests_on(self.rubric.requirements[tree[2][0][1]])
        if kind == "call" and tree[1] == "held":
            upto = self.rubric.levels[:self.rubric.levels.index(tree[2][0][1]) + 1]
            return set().union(*(self.rests_on(r) for level in upto for r in self.binding(level)))
        return {ident for ident in self.named(tree) if self.answers[ident].blank}

    def named(self, tree):
        """Ids of the questions a leaf of a condition looks at."""
        if tree[0] == "name":
            if tree[1] in self.answers:
                return {tree[1]}
            return set(self.rubric.groups.get(tree[1], ()))
        if tree[0] == "call" and tree[1] in ("score", "climb"):
            return self.scored_by(tree)
        parts = tree[2] if tree[0] == "call" else tree[1:]
        if tree[0] == "compare":
            parts = self.without_option(*tree[1:])
        if tree[0] == "call" and tree[1] == "has":
            parts = tree[2][:1]
        return set().union(*(self.named(part) for part in parts if isinstance(part, tuple)))

    def without_option(self, _operator, left, right):
        """Of a comparison the sides that are not the name of an option."""
        for a, b in ((left, right), (right, left)):
            holders = [self.chosen(a)] if a[0] == "name" and self.chosen(a) else []
            if a[0] == "name" and not holders:
                holders = [self.rubric.questions[i] for i in self.rubric.groups.get(a[1], ())]
            if b[0] == "name" and any(b[1] in holder.options for holder in holders):
                return (a,)
        return (left, right)

    def scored_by(self, tree):
        words = [part[1] for part in tree[2]] if tree[1] == "score" else []
        level = words[1] if len(words) > 1 else None
        climbs = tree[1] == "climb" or (not words and self.rubric.score_mode == "climb")
        found = {ident for ident, score in self.scores.items() if score is not None}
        questions = self.rubric.questions
        if words and words[0] != "all":
            found &= set(self.rubric.groups[words[0]])
        elif self.rubric.score_mode != "sum" or words or climbs:
            found = {ident for ident in found if questions[ident].dimension}
        if climbs:
            found = {ident for ident in found if questions[ident].level}
        return {ident for ident in found if level in (None, questions[ident].level)}


def climbed(scores, bar):
    steps = 0
    for score in scores:
        if score < bar:
            return steps + score
        steps += 1
    return Fraction(steps)


def weighted_mean(parts):
    """Mean of (weight, (low, high) or None), None where no weight has a score."""
    parts = [(weight, score) for weight, score in parts if score is not None]
    total = sum(weight for weight, _ in parts)
    if not total:
        return None
    return tuple(sum(weight * score[side] for weight, score in parts) / total for side in (0, 1))


def rounded(score, places=PLACES):
    """Printed ends of an interval: a point half up, else the low end down and the high end up."""
    if score is None:
        return None
    low, high = score
    if low == high:
        low = high = Fraction(math.floor(low * places + Fraction(1, 2)), places)
    else:
        low = Fraction(math.floor(low * places), places)
        high = Fraction(math.ceil(high * places), places)
    return {"low": low, "high": high}


def without_evidence(answers, rubric):
    """The answers as if those without evidence were blank."""
    result = {}
    for ident, answer in answers.items():
        hollow = ident in rubric.questions and answer.state in ("answered", "disputed")
        result[ident] = Answer(answer.question) if hollow and not answer.evidence else answer
    return result


def dimension_facts(grading, dimension, shown):
    answers = [grading.answers[ident] for ident in grading.rubric.groups[dimension]]
    states = [answer.state for answer in answers]
    return {"id": dimension, "score": shown(grading.score(dimension)),
            "answered": sum(state in ("answered", "disputed") and not answer.blank
                            for state, answer in zip(states, answers)),
            "asked": sum(answer.applicable for answer in answers),
            "not_applicable": sum(not answer.applicable for answer in answers)}


def level_facts(grading, level):
    status = "held" if grading.is_held(level, False) else \
        "possible" if grading.is_held(level, True) else "not_held"
    return {"id": level, "status": status,
            "requirements": [{"id": r.id, "status": grading.status(r)}
                             for r in grading.rubric.requirements.values() if r.level == level]}


def assessment(rubric, company, date, shown=rounded):
    """The grading facts of one company; `shown` makes of a (low, high) or None what is kept."""
    answers = company.read(rubric, date)
    full = Grading(rubric, answers, company.waivers, date)
    official = Grading(rubric, answers, company.waivers, date, official=True)
    result = full.verdict()
    result["official"] = official.verdict()
    result["evidenced"] = None
    if company.has_evidence():
        proven = without_evidence(answers, rubric)
        result["evidenced"] = Grading(rubric, proven, company.waivers, date).verdict()
    result["score"] = shown(full.score())
    result["dimensions"] = [dimension_facts(full, ident, shown) for ident in rubric.dimensions]
    result["levels"] = [level_facts(full, level) for level in rubric.levels]
    result["answers"] = [{"question": ident, "state": answers[ident].state,
                          "score": shown(full.scores[ident])} for ident in rubric.questions]
    result["blockers"] = full.blockers()
    result["decisive_blanks"] = full.decisive_blanks()
    return result


def plain(value):
    """For json: a Fraction as a number (six places are exact enough to be read)."""
    return float(value) if value.denominator > 1 else int(value)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rubric")
    parser.add_argument("sheets", nargs="+")
    parser.add_argument("--date", default="2026-01-01")
    parser.add_argument("--profile")
    options = parser.parse_args()
    company = Company()
    for sheet in options.sheets:
        read_sheet(sheet, company)
    date = datetime.date.fromisoformat(options.date)
    facts = assessment(Rubric(options.rubric, options.profile), company, date)
    json.dump(facts, sys.stdout, default=plain, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
