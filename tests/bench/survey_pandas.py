#!/usr/bin/python3
"""The levels of survey_tree.py by pandas: survey_pandas.py plain|tuned TREE.json SURVEY.csv
OUT.csv; prints the seconds it took.

plain: cells are texts, truths nullable booleans with pandas' own three-valued logic. tuned: only
the columns needed are read, as categories, so that each text is looked at once; the rest is numpy,
and a truth a pair of arrays: for certain, and possibly."""

import functools
import json
import operator
import pathlib
import sys
import time

import numpy
import pandas


class Plain:
    """The values of the trees of survey_logic, columns; what stands once is computed once."""

    def __init__(self, tree, frame):
        self.frame, self.known = frame, {}
        for name, part in [*tree["cells"].items(), *tree["counts"].items()]:
            self.known[name] = self.value(part)

    @staticmethod
    def read(path, _):
        return pandas.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])

    def value(self, tree):
        kind, *parts = tree
        return getattr(self, "value_" + kind)(*parts)

    def value_name(self, name):
        return self.known[name]

    def value_atom(self, column, yes, no):
        meaning = dict.fromkeys(yes, True) | dict.fromkeys(no, False)
        return self.frame[column].map(meaning).astype("boolean")

    def value_excused(self, column):
        return self.frame[column].str.startswith("n/a:").fillna(False).astype("boolean")

    def value_and(self, *parts):
        return functools.reduce(operator.and_, map(self.value, parts))

    def value_or(self, *parts):
        return functools.reduce(operator.or_, map(self.value, parts))

    def value_not(self, part):
        return ~self.value(part)

    def value_true(self, *parts):
        return sum(self.value(part).fillna(False).astype(int) for part in parts)

    def value_blank(self, *parts):
        total = 0
        for truth, *excuses in parts:
            blank = self.value(truth).isna()
            for excuse in excuses:
                blank = blank & ~self.value(excuse)
            total = total + blank.astype(int)
        return total

    def value_share(self, joint, known, blank, low, unit):
        joint, known, blank = map(self.value, (joint, known, blank))
        least = low * (known + blank)
        truth = pandas.Series(pandas.NA, index=self.frame.index, dtype="boolean")
        truth[(known + blank == 0) | ((joint + blank) * unit < least)] = False
        truth[(known > 0) & (joint * unit >= least)] = True
        return truth

    def ranks(self, truths, possible):
        """How many levels, from the lowest on, hold."""
        truths = [self.value(truth).fillna(possible) for truth in truths]
        return sum(functools.reduce(operator.and_, truths[:upto + 1]).astype(int)
                   for upto in range(len(truths)))


class Tuned(Plain):
    @staticmethod
    def read(path, needed):
        types = {column: "category" for column in needed} | {"company": str, "uscc": str}
        return pandas.read_csv(path, usecols=list(types), dtype=types, keep_default_na=False,
                               na_values=[""])

    def table(self, column, test):
        """`test` of every row's text, asked once for each different text; a blank comes last."""
        cells = self.frame[column].cat
        answers = numpy.array([bool(test(text)) for text in cells.categories] + [test(None)])
        return answers[cells.codes]

    def value_atom(self, column, yes, no):
        yes, no = set(yes), set(no)
        return (self.table(column, lambda text: text in yes),
                self.table(column, lambda text: text not in no))

    def value_excused(self, column):
        found = self.table(column, lambda text: text is not None and text.startswith("n/a:"))
        return found, found

    def joined(self, join, parts):
        values = [self.value(part) for part in parts]
        return tuple(functools.reduce(join, [value[side] for value in values]) for side in (0, 1))

    def value_and(self, *parts):
        return self.joined(operator.and_, parts)

    def value_or(self, *parts):
        return self.joined(operator.or_, parts)

    def value_not(self, part):
        sure, possible = self.value(part)
        return ~possible, ~sure

    def value_true(self, *parts):
        return sum(self.value(part)[0].astype(numpy.int32) for part in parts)

    def value_blank(self, *parts):
        total = 0
        for truth, *excuses in parts:
            sure, possible = self.value(truth)
            blank = possible & ~sure
            for excuse in excuses:
                blank &= ~self.value(excuse)[0]
            total = total + blank.astype(numpy.int32)
        return total

    def value_share(self, joint, known, blank, low, unit):
        joint, known, blank = map(self.value, (joint, known, blank))
        least = low * (known + blank)
        sure = (known > 0) & (joint * unit >= least)
        return sure, ~((known + blank == 0) | ((joint + blank) * unit < least))

    def ranks(self, truths, possible):
        held = numpy.cumprod([self.value(truth)[possible] for truth in truths], axis=0)
        return held.sum(axis=0)


def main():
    way = {"plain": Plain, "tuned": Tuned}[sys.argv[1]]
    tree = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
    start = time.perf_counter()
    frame = way.read(sys.argv[3], {cell[1] for cell in tree["cells"].values()})
    levels = way(tree, frame)
    names = numpy.array(["none", *tree["levels"]])
    out = frame[["company", "uscc"]].copy()
    for prefix, truths in tree["verdicts"].items():
        out[prefix + "level"] = names[levels.ranks(truths, False)]
        out[prefix + "level_possible"] = names[levels.ranks(truths, True)]
    out.to_csv(sys.argv[4], index=False)
    print(f"{time.perf_counter() - start:.6f}")


if __name__ == "__main__":
    main()
