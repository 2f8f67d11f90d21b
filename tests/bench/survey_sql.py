#!/usr/bin/env python3
"""Words a rubric as one SQL query for DuckDB, which grades a survey of survey_data.py: an oracle
for every row, and a peer of the benchmark. survey_sql.py SURVEY.csv OUT.csv prints the query.

Levels by SQL's own three-valued logic. With --scores also the exact score intervals of the whole
and of each dimension: two numerators and the denominator, whole numbers.
Options: --rubric, --cells, --scores.
"""

import argparse
import csv
import math

import survey_logic


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def listed(texts):
    return "(" + ", ".join(map(quoted, texts)) + ")"


SHARE = """CASE WHEN {known} > 0 AND {joint} * {unit} >= {low} * ({known} + {blank}) THEN TRUE
WHEN {known} + {blank} = 0 OR ({joint} + {blank}) * {unit} < {low} * ({known} + {blank}) THEN FALSE
END"""


def counted(parts):
    return " + ".join(f"coalesce({part}, FALSE)::INTEGER" for part in parts)


def worded(tree):
    """A tree of survey_logic.Trees in SQL, where a truth is a boolean or NULL."""
    kind, *parts = tree
    if kind == "name":
        return parts[0]
    if kind == "atom":
        column, yes, no = parts
        return (f"CASE WHEN {column} IN {listed(yes)} THEN TRUE "
                f"WHEN {column} IN {listed(no)} THEN FALSE END")
    if kind == "excused":
        return excused(parts[0])
    if kind in ("and", "or"):
        return "(" + f" {kind.upper()} ".join(map(worded, parts)) + ")"
    if kind == "not":
        return f"(NOT {worded(parts[0])})"
    if kind == "true":
        return counted(map(worded, parts))
    if kind == "blank":
        return counted(" AND ".join([f"({worded(truth)} IS NULL"] + [
            f"NOT {worded(excuse)}" for excuse in excuses]) + ")" for truth, *excuses in parts)
    names = dict(zip(("joint", "known", "blank"), map(worded, parts[:3])))
    return SHARE.format(low=parts[3], unit=parts[4], **names)


def excused(column):
    return f"coalesce(starts_with({column}, 'n/a:'), FALSE)"


def ranks(levels, official):
    """The select list: by level whether it holds, then the highest that holds for certain, and
    that may hold."""
    prefix = "official" if official else "full"
    names = [f"{prefix}_{level}" for level, _ in levels]
    return names, [f"{worded(truth)} AS {name}" for name, (_, truth) in zip(names, levels)]


def highest(names, levels, test):
    """The highest level of which and of those below it `test` holds."""
    cases = []
    for at in range(len(names), 0, -1):
        cases.append("WHEN " + " AND ".join(f"{name} {test}" for name in names[:at])
                     + f" THEN {quoted(levels[at - 1])}")
    return "CASE " + " ".join(cases) + " ELSE 'none' END"


def whole(fractions):
    """The least common denominator."""
    return math.lcm(1, *(fraction.denominator for fraction in fractions))


class Scores:
    """Exact scores of choice and yesno questions, as sums of whole numbers."""

    def __init__(self, rubric, texts):
        if rubric.score_mode != "mean" or rubric.parent:
            raise survey_logic.Unknown("a score other than a mean of dimensions")
        self.rubric, self.texts = rubric, texts
        scored = [q for q in rubric.questions.values()
                  if q.has_score() and q.weight and q.dimension]
        self.scored = {ident: [q for q in scored if q.dimension == ident]
                       for ident in rubric.dimensions}
        self.unit = whole([score * q.weight for q in scored for score in q.scores])
        self.weight_unit = whole([q.weight for q in scored])

    def score(self, question, low):
        unit = question.weight * self.unit
        cases = " ".join(f"WHEN {question.id} IN {listed(texts)} THEN {score * unit}"
                         for texts, score in zip(self.texts(question), question.scores))
        blank = (min if low else max)(question.scores) * unit
        if question.may_be_na:
            cases += f" WHEN starts_with({question.id}, 'n/a:') THEN 0"
        return f"CASE {cases} ELSE {blank} END"

    def weight(self, questions):
        sure = sum(q.weight * self.weight_unit for q in questions if not q.may_be_na)
        return " + ".join([str(sure)] + [
            f"CASE WHEN {excused(q.id)} THEN 0 ELSE {q.weight * self.weight_unit} END"
            for q in questions if q.may_be_na])

    def columns(self):
        """By dimension: the two sums and the weight; the mean is sum / unit / weight *
        weight_unit."""
        for ident, questions in self.scored.items():
            for side in ("low", "high"):
                parts = [self.score(q, side == "low") for q in questions]
                yield f"({' + '.join(parts) or '0'})::HUGEINT AS {ident}_{side}"
            yield f"({self.weight(questions)})::HUGEINT AS {ident}_weight"

    def results(self):
        """Of each dimension and of the whole: numerators and denominator, 0 without a value."""
        for ident in self.scored:
            for side in ("low", "high"):
                yield f"{ident}_{side} * {self.weight_unit} AS {ident}_{side}"
            yield f"{ident}_weight * {self.unit} AS {ident}_of"
        units = whole(self.rubric.dimension_weight.values())
        weights = {ident: self.rubric.dimension_weight[ident] * units for ident in self.scored}
        divisors = {ident: f"greatest({ident}_weight, 1)" for ident in self.scored}
        for side in ("low", "high"):
            parts = [" * ".join([f"{weights[ident]} * {self.weight_unit} * {ident}_{side}"]
                                + [divisors[other] for other in self.scored if other != ident])
                     for ident in self.scored]
            yield f"({' + '.join(parts)}) AS score_{side}"
        total = " + ".join(f"CASE WHEN {ident}_weight > 0 THEN {weights[ident]} ELSE 0 END"
                           for ident in self.scored)
        yield f"({total}) * {self.unit} * {' * '.join(divisors.values())} AS score_of"


def query(survey, out, rubric, cells="codes", scores=False):
    """The query, as a text. Column names come from the survey's first line."""
    with open(survey, encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    texts = survey_logic.ids_or_codes(cells)
    algebra = survey_logic.Trees()
    logic = survey_logic.Logic(rubric, algebra, texts)
    cells, inner, outer = [], [], []
    for official in (False, True):
        names, truths = ranks(list(logic.levels(official)), official)
        inner += truths
        prefix = "official_" if official else ""
        outer.append(highest(names, rubric.levels, "IS TRUE") + f" AS {prefix}level")
        outer.append(highest(names, rubric.levels, "IS NOT FALSE") + f" AS {prefix}level_possible")
    if scores:
        sums = Scores(rubric, texts)
        cells += sums.columns()
        outer += sums.results()
    cells += [f"{worded(tree)} AS {name}" for name, tree in algebra.cells.items()]
    counts = ["*"] + [f"{worded(tree)} AS {name}" for name, tree in algebra.counts.items()]
    keys = ["company", "uscc"]
    types = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in header)
    source = (f"read_csv({quoted(str(survey))}, header = true, auto_detect = false, delim = ',', "
              f"quote = '\"', escape = '\"', columns = {{{types}}})")
    for columns in (keys + cells, counts, ["*"] + inner, keys + outer):
        source = "(SELECT " + ",\n".join(columns) + f"\nFROM {source})"
    return f"COPY {source}\nTO {quoted(str(out))} (FORMAT csv, HEADER)"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("survey")
    parser.add_argument("out")
    parser.add_argument("--rubric", default=survey_logic.RUBRIC)
    parser.add_argument("--cells", choices=("codes", "ids"), default="codes")
    parser.add_argument("--scores", action="store_true")
    options = parser.parse_args()
    rubric = survey_logic.read_rubric(options.rubric)
    print(query(options.survey, options.out, rubric, options.cells, options.scores))


if __name__ == "__main__":
    main()
