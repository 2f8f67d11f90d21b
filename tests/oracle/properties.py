#!/usr/bin/env python3
"""Properties of the program on a real rubric, on random companies.

Usage: properties.py [--program build/assess] [--rubric FILE] [--count N] [--seed S]

 1 A better answer never lowers the level, nor the status of a requirement, nor the score, save
   through a two-part share: its denominator grows with every scene built.
 2 Filling a blank never leaves the interval, nor changes what was certain.
 3 Any order of a sheet's rows gives the same assessment, apart from what names places in the file.
 4 The same command twice gives the same bytes.
"""
import argparse
import os
import random
import sys
import tempfile
from decimal import Decimal

import program
from random_rubrics import RandomAnswers, write_sheet, write_table
from rubric import Rubric

SHIPPED = os.path.join(program.ROOT, "rubrics", "miit_smart_factory_2025.ini")
ORDER = {"unmet": 0, "unknown": 1, "met": 2}


class Properties:
    def __init__(self, options, directory):
        self.program, self.path, self.directory = options.program, options.rubric, directory
        self.rubric = Rubric(self.path)
        self.rng = random.Random("properties %d" % options.seed)
        self.maker = RandomAnswers(self.rubric, self.rng)
        self.tally = program.Tally()
        self.shares = {ident for ident in self.rubric.requirements if self.rests_on_share(ident)}

    def rests_on_share(self, ident, inside=()):
        """Whether a two-part share is in the requirement's condition or in one it names."""
        def within(tree):
            if not isinstance(tree, tuple):
                return False
            if tree[:2] == ("call", "share") and len(tree[2]) == 2:
                return True
            if tree[:2] == ("call", "met"):
                return self.rests_on_share(tree[2][0][1])
            if tree[:2] == ("call", "held"):
                upto = self.rubric.levels[:self.rubric.levels.index(tree[2][0][1]) + 1]
                return any(self.rests_on_share(r.id) for r in self.rubric.requirements.values()
                           if r.level in upto)
            return any(within(part) for part in tree)
        return within(self.rubric.requirements[ident].condition)

    def grade_table(self, rows):
        table = os.path.join(self.directory, "table.csv")
        for at, cells in enumerate(rows):
            cells["company"] = "Company %d" % at
        write_table(table, self.rubric, [(cells, {}) for cells in rows], False)
        found = program.score(self.program, self.path, [table])
        if len(found) != len(rows):
            raise program.ProgramFailed("expected %d assessments, found %d"
                                        % (len(rows), len(found)))
        return found

    def rank(self, facts, key):
        return -1 if facts[key] == "none" else self.rubric.levels.index(facts[key])

    # 1

    def better_answers(self, count):
        """Pairs of rows, the second with one answer a step better."""
        rows, steps = [], []
        while len(steps) < count:
            cells, _ = self.maker.company("x")
            for ident in self.rng.sample(list(self.rubric.questions),
                                         min(20, len(self.rubric.questions))):
                pair = self.improved(self.rubric.questions[ident])
                if pair and len(steps) < count:
                    rows += [dict(cells, **{ident: pair[0]}), dict(cells, **{ident: pair[1]})]
                    steps.append((ident, pair))
        found = self.grade_table(rows)
        for at, (ident, pair) in enumerate(steps):
            bad = list(self.worsened(found[2 * at], found[2 * at + 1]))
            self.tally.note(not bad, "better answer to %s: %s -> %s" % (ident, *pair), *bad)

    def improved(self, question):
        """Two answers of which the second scores more, None where the rubric does not say."""
        rng = self.rng
        if question.type in ("choice", "yesno"):
            scored = sorted(zip(question.scores, question.options))
            better = [(low[1], high[1]) for low, high in zip(scored, scored[1:])
                      if high[0] > low[0]]
            return rng.choice(better) if better else None
        if question.type == "multi":
            positive = [o for o, s in zip(question.options, question.scores) if s > 0]
            ticked = rng.sample(positive, rng.randint(1, len(positive)))
            return ("; ".join(ticked[:-1]) or "none", "; ".join(ticked))
        if question.type in ("number", "percent") and question.worst is not None:
            unit = 100 if question.type == "percent" else 1
            low, high = sorted((question.worst * unit, question.best * unit))
            values = sorted(rng.randint(int(low), int(high)) for _ in range(2))
            if question.best < question.worst:
                values.reverse()
            return ("%d" % values[0], "%d" % values[1]) if values[0] != values[1] else None
        return None

    def worsened(self, before, after):
        through_share = False
        for old, new in self.requirement_pairs(before, after):
            if ORDER.get(new["status"], 2) < ORDER.get(old["status"], 2):
                if old["id"] in self.shares:
                    through_share = True
                else:
                    yield "requirement %s was %s and became %s" % (old["id"], old["status"],
                                                                   new["status"])
        for key in ("level", "level_possible"):
            if not through_share and self.rank(after, key) < self.rank(before, key):
                yield "%s fell from %s to %s" % (key, before[key], after[key])
        for side in ("low", "high"):
            if before["score"] and end(after, side) < end(before, side):
                yield "score %s fell from %s to %s" % (side, before["score"], after["score"])

    @staticmethod
    def requirement_pairs(before, after):
        for old, new in zip(before["levels"], after["levels"]):
            yield from zip(old["requirements"], new["requirements"])

    # 2

    def filled_blanks(self, count):
        """Chains: a company with gaps, and the same with one blank after the other filled."""
        rows, chains = [], []
        while len(rows) < count:
            full, _ = self.maker.company("x", complete=True)
            open_ones = self.rng.sample(list(self.rubric.questions),
                                        min(8, len(self.rubric.questions)))
            cells = dict(full, **{ident: "" for ident in open_ones})
            chains.append((len(rows), open_ones))
            rows.append(cells)
            for ident in open_ones:
                cells = dict(cells, **{ident: full[ident]})
                rows.append(cells)
        found = self.grade_table(rows)
        for start, open_ones in chains:
            for at, ident in enumerate(open_ones):
                if full_is_na(rows[start + at + 1][ident]):
                    break
                bad = list(self.escaped(found[start + at], found[start + at + 1]))
                self.tally.note(not bad,
                                "filling %s with %s" % (ident, rows[start + at + 1][ident]), *bad)

    def escaped(self, wide, narrow):
        for one, two in ((wide, narrow), (wide["official"], narrow["official"])):
            if self.rank(two, "level") < self.rank(one, "level"):
                yield "level fell from %s to %s" % (one["level"], two["level"])
            if self.rank(two, "level_possible") > self.rank(one, "level_possible"):
                yield "level_possible rose from %s to %s" % (one["level_possible"],
                                                             two["level_possible"])
        if not program.is_within(narrow["score"], wide["score"]):
            yield "score %s left %s" % (narrow["score"], wide["score"])
        for old, new in self.requirement_pairs(wide, narrow):
            if old["status"] != "unknown" and old["status"] != new["status"]:
                yield "requirement %s was %s and became %s" % (old["id"], old["status"],
                                                               new["status"])

    # 3 and 4

    def orders(self, count):
        for at in range(count):
            cells, evidence = self.maker.company("Order %d" % at)
            shuffled = list(cells)
            self.rng.shuffle(shuffled)
            first = self.sheet("first.csv", cells, evidence)
            other = self.sheet("first.csv", {ident: cells[ident] for ident in shuffled}, evidence)
            self.tally.note(placeless(first) == placeless(other), "order of rows, company %d" % at,
                            *differing(placeless(first), placeless(other)))
            again = program.score_text(self.program, self.path,
                                       [os.path.join(self.directory, "first.csv")])
            once = program.score_text(self.program, self.path,
                                      [os.path.join(self.directory, "first.csv")])
            self.tally.note(again == once, "twice the same, company %d" % at)

    def sheet(self, name, cells, evidence):
        path = os.path.join(self.directory, name)
        write_sheet(path, cells, evidence)
        return program.score(self.program, self.path, [path])[0]


def end(facts, side):
    return Decimal(str(facts["score"][side]))


def full_is_na(text):
    """Blanks are completed by answers, never by not applicable."""
    return text.lower().startswith("n/a") or text.startswith("不适用")


def placeless(facts):
    """The assessment without sources, and its findings without lines and order."""
    kept = {key: value for key, value in facts.items() if key not in ("sources", "findings")}
    kept["findings"] = sorted((f["severity"], f["message"]) for f in facts.get("findings", []))
    return kept


def differing(one, other):
    return ["  %s: %s | %s" % (key, one[key], other.get(key)) for key in one
            if one[key] != other.get(key)]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)
    program.add_program_option(parser)
    parser.add_argument("--rubric", default=SHIPPED)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    directory = tempfile.mkdtemp(prefix="assess-properties-")
    properties = Properties(options, directory)
    for check, count in ((properties.better_answers, options.count),
                         (properties.filled_blanks, options.count),
                         (properties.orders, max(3, options.count // 15))):
        try:
            check(count)
        except program.ProgramFailed as failure:
            properties.tally.note(False, check.__name__, failure)
    return properties.tally.finish(directory)


if __name__ == "__main__":
    sys.exit(main())
