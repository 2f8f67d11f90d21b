#!/usr/bin/env python3
"""Published scores, reproduced by the program through small rubrics of our format.

Usage: published.py [--program build/assess]

XCCDF result tables (rules in a tree of groups) in the models default, flat, flat-unweighted and
absolute; the worked cases of other programs (hand_cases.csv); and tables of our own.
The published data are looked for in $ASSESS_SHARED, else in ../shared/data beside the repository;
where they are absent their part is skipped by name, and that fails if CI is set.

  default   weighted mean of each group's children, recursively: a tree of dimensions, score = mean
  flat      the sum of the weights of the rules that pass: score = sum
  absolute  every rule passes: a level that needs all(rules = yes)

A rule directly in a group that has groups as well becomes a dimension of its own, for a dimension
has children or questions, not both. Rules that XCCDF leaves out of the score are not applicable.
"""
import argparse
import csv
import os
import sys
import tempfile
import xml.etree.ElementTree
from decimal import Decimal
from fractions import Fraction

import program

PASSES = {"pass", "fixed"}
LEFT_OUT = {"notapplicable", "notchecked", "notselected", "informational"}
HEAD = """[rubric]
id = %s
edition = 2025
format = 1
title = Published scores
levels = all_pass
dimensions = %s
score = %s

[level all_pass]
title = All pass
"""


class Rule:
    def __init__(self, number, row):
        self.id = "r%d" % number
        self.groups = [part for part in row["group_path"].split("/") if part]
        self.weight = row["weight"]
        self.passes = row["result"] in PASSES
        self.counts = row["result"] not in LEFT_OUT and row["role"] != "unscored"


def read_rules(path):
    with open(path, encoding="utf-8", newline="") as file:
        return [Rule(at, row) for at, row in enumerate(csv.DictReader(file), 1)]


def tree_of(rules):
    """Nested groups: {name: subtree}, the rules of a group under None."""
    root = {None: []}
    for rule in rules:
        node = root
        for group in rule.groups:
            node = node.setdefault(group, {None: []})
        node[None].append(rule)
    return root


def default_score(node):
    """The default model's exact score of a group in 0..1, None if nothing counts."""
    parts = [(Fraction(rule.weight), Fraction(int(rule.passes))) for rule in node[None]
             if rule.counts]
    for name, child in node.items():
        score = default_score(child) if name is not None else None
        if score is not None:
            parts.append((Fraction(1), score))
    total = sum(weight for weight, _ in parts)
    return sum(weight * score for weight, score in parts) / total if total else None


class Dimensions:
    """Writes the tree of groups as dimensions, and remembers each rule's."""

    def __init__(self, root):
        self.tops, self.lines, self.of_rule = [], [], {}
        self.place(root, None)

    def add(self, title, parent, weight="1"):
        ident = "g%d" % (len(self.lines) + 1)
        self.lines.append("[dimension %s]\ntitle = \"%s\"\nweight = %s\n%s" % (
            ident, title, weight, "parent = %s\n" % parent if parent else ""))
        if parent is None:
            self.tops.append(ident)
        return ident

    def place(self, node, parent):
        groups = [name for name in node if name is not None]
        for rule in node[None]:
            own = parent is None or groups
            self.of_rule[rule.id] = self.add("Rule " + rule.id, parent,
                                             rule.weight) if own else parent
        for name in groups:
            self.place(node[name], self.add(name, parent))


def questions(rules, dimension_of, weight_of):
    return "\n".join("[question %s]\ntype = yesno\nask = \"Rule %s\"\ndimension = %s\nweight = %s\n"
                     "na = yes\ngroups = rules\n"
                     % (rule.id, rule.id, dimension_of(rule), weight_of(rule))
                     for rule in rules)


def requirement(ident, needs):
    text = "\n[requirement %s]\nlevel = all_pass\ntitle = \"%s\"\nneeds = \"%s\"\n"
    return text % (ident, ident, needs)


def default_rubric(rules, exact):
    dimensions = Dimensions(tree_of(rules))
    text = HEAD % ("xccdf_default", ", ".join(dimensions.tops),
                   "mean") + "\n".join(dimensions.lines)
    text += "\n[group rules]\ntitle = Rules\n\n" + questions(
        rules, lambda rule: dimensions.of_rule[rule.id], lambda rule: rule.weight)
    needs = "score() = %d / %d" % (exact.numerator, exact.denominator)
    return text + requirement("exact", needs) + requirement("absolute", "all(rules = yes)")


def flat_rubric(rules, exact, weighted):
    text = HEAD % ("xccdf_flat", "benchmark",
                   "sum") + "\n[dimension benchmark]\ntitle = Benchmark\n"
    text += "\n[group rules]\ntitle = Rules\n\n" + questions(
        rules, lambda _: "benchmark", lambda rule: rule.weight if weighted else "1")
    needs = "score() = %d / %d" % (exact.numerator, exact.denominator)
    return text + requirement("exact", needs) + requirement("absolute", "all(rules = yes)")


class Publication:
    def __init__(self, binary, directory):
        self.binary, self.directory = binary, directory
        self.tally = program.Tally()
        self.serial = 0

    def grade(self, rubric, rows):
        """Assessments of rows of {id: answer} under the text of a rubric."""
        self.serial += 1
        base = os.path.join(self.directory, "%03d" % self.serial)
        with open(base + ".ini", "w", encoding="utf-8") as file:
            file.write(rubric)
        idents = list(rows[0])
        with open(base + ".csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["company"] + idents)
            for at, row in enumerate(rows):
                writer.writerow(["Row %d" % at] + [row[ident] for ident in idents])
        if "[field company]" not in rubric:
            with open(base + ".ini", "a", encoding="utf-8") as file:
                file.write("\n[field company]\nask = Company\ntype = text\n")
        try:
            found = program.score(self.binary, base + ".ini", [base + ".csv"])
        except program.ProgramFailed as failure:
            self.tally.note(False, base, failure)
            return None
        if len(found) != len(rows):
            self.tally.note(False, base,
                            "expected %d assessments, found %d" % (len(rows), len(found)))
            return None
        return found

    def equal(self, name, expected, found):
        self.tally.note(expected == found, "%s: expected %s, found %s" % (name, expected, found))

    # XCCDF

    def table(self, path, name, published):
        """One result table in all models; `published` maps a model to what was printed for it."""
        rules = read_rules(path)
        actual = {rule.id: "n/a: left out" if not rule.counts else "yes" if rule.passes else "no"
                  for rule in rules}
        best = {ident: "yes" if answer == "no" else answer for ident, answer in actual.items()}
        exact = default_score(tree_of(rules))
        found = self.grade(default_rubric(rules, exact), [actual])
        if found:
            self.default_model(name, exact, found[0], published.get("default"))
            held = found[0]["levels"][0]["requirements"][1]["status"] == "met"
            self.equal(name + " absolute", all(r.passes for r in rules if r.counts), held)
            if "absolute" in published:
                self.equal(name + " absolute, published", published["absolute"] > 0, held)
        for model, weighted in (("flat", True), ("flat-unweighted", False)):
            self.flat_model(name, model, weighted, rules, [actual, best], published.get(model))

    def default_model(self, name, exact, found, published):
        self.equal(name + " default, exact", "met", found["levels"][0]["requirements"][0]["status"])
        printed = point(found)
        self.equal(name + " default, printed", program.rounded((exact, exact))["low"], printed)
        if published is not None:
            self.equal(name + " default, published", six_digits(published),
                       six_digits(printed * 100))

    def flat_model(self, name, model, weighted, rules, rows, published):
        weights = {r.id: Fraction(r.weight) if weighted else Fraction(1) for r in rules if r.counts}
        total = sum(weights[r.id] for r in rules if r.counts and r.passes)
        found = self.grade(flat_rubric(rules, total, weighted), rows)
        if not found:
            return
        self.equal("%s %s, exact" % (name, model), "met",
                   found[0]["levels"][0]["requirements"][0]["status"])
        self.equal("%s %s, printed" % (name, model), [total, sum(weights.values())],
                   [point(f) for f in found])
        if published is not None:
            self.equal("%s %s, published" % (name, model), published, [point(f) for f in found])

    def own_tables(self):
        """Worked by hand: b is 1 (own_3), a (2*1 + 1*0 + 1*1) / 4 = 3/4, c is 0, d has no score;
        the whole (3/4 + 0) / 2 = 3/8. Flat: 2 + 0.5 of 13.5; unweighted 2 of 4."""
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "xccdf_own.csv")
        self.table(path, "own table", {"default": Fraction("37.5"), "absolute": 0,
                                       "flat": [Fraction("2.5"), Fraction("13.5")],
                                       "flat-unweighted": [Fraction(2), Fraction(4)]})

    def shared_tables(self, oracles):
        where = os.path.join(oracles, "xccdf")
        overrides = os.path.join(where, "derived_test_xccdf_overrides.arf.csv")
        for row in hand_rows(oracles):
            if row["model"] == "xccdf-default":
                exact = Fraction(row["expected"].split()[0])
                self.table(overrides, "overrides", {
                    "default": exact, "flat": [Fraction(11), Fraction(23)]})
                mine = default_score(tree_of(read_rules(overrides))) * 100
                self.equal("overrides, all digits", True, abs(mine - exact) < Fraction(1, 10 ** 12))
                self.equal("overrides, float32", six_digits(Fraction("34.722221")),
                           six_digits(mine))
        for name, source in (("test_fix_resultid_by_suffix", "test_fix_resultid_by_suffix.xml"),
                             ("xccdf11-results", "xccdf11-results.xml")):
            published = published_scores(os.path.join(where, source))
            self.table(os.path.join(where, "derived_%s.csv" % name), name, published)

    # other programs' hand cases

    def hand_cases(self, oracles):
        known = {"mixed scales weighted mean": self.mixed, "all at max": self.all_at_max,
                 "mean of section means": self.section_means, "raw weighted sum": self.raw_sum,
                 "N/A replaced by target ratio": self.target_ratio,
                 "scale 10..20 one answer 15": self.offset, "section A mean": self.radar,
                 "weighted mean with inconclusive excluded": self.inconclusive,
                 "rating symbol": self.symbols}
        for row in hand_rows(oracles):
            if row["case"] in known:
                known[row["case"]](row["expected"])
        self.dii([row for row in hand_rows(oracles) if row["model"] == "dii"])

    def sections(self, answers):
        """Grades number questions, given as (id, (worst, best), weight, dimension, answer)."""
        dims = sorted({where for _, _, _, where, _ in answers})
        text = HEAD % ("ciso", ", ".join(dims), "mean")
        text += "".join("\n[dimension %s]\ntitle = %s\n" % (d, d) for d in dims)
        for ident, ends, weight, where, _ in answers:
            text += ("\n[question %s]\ntype = number\nask = %s\nmin = %s\nmax = %s\n"
                     "worst = %s\nbest = %s\nweight = %s\ndimension = %s\nna = yes\n"
                     % (ident, ident, *ends, *ends, weight, where))
        text += requirement("present", "score() >= 0")
        found = self.grade(text, [{ident: answer for ident, _, _, _, answer in answers}])
        return found[0] if found else None

    def ciso(self, name, answers, exact, expected, low=0, high=5):
        """The exact score, and what the other program prints: on its scale, cut to a tenth."""
        found = self.sections(answers)
        if not found:
            return
        self.equal(name, program.rounded((exact, exact))["low"], point(found))
        scaled = low + exact * (high - low)
        self.equal(name + ", truncated", Fraction(expected.split()[0]),
                   Fraction(int(scaled * 10), 10))

    def mixed(self, expected):
        self.ciso("mixed scales",
                  [("a1", (0, 5), 1, "all_sections", "4"), ("a2", (0, 1), 1, "all_sections", "1"),
                                   ("b1", (0, 5), 1, "all_sections", "2"),
                                   ("b2", (0, 5), 3, "all_sections", "5")], Fraction(13, 15),
                  expected)

    def all_at_max(self, expected):
        self.ciso("all at max",
                  [("a1", (0, 5), 1, "all_sections", "5"), ("a2", (0, 1), 1, "all_sections", "1"),
                                 ("b1", (0, 5), 1, "all_sections", "5"),
                                 ("b2", (0, 5), 3, "all_sections", "5")], Fraction(1), expected)

    def section_means(self, expected):
        self.ciso("mean of section means",
                  [("a1", (0, 5), 1, "a", "4"), ("a2", (0, 1), 1, "a", "1"),
                   ("b1", (0, 5), 1, "b", "2"), ("b2", (0, 5), 3, "b", "5")], Fraction(7, 8),
                  expected)

    def offset(self, expected):
        self.ciso("scale 10..20", [("a1", (10, 20), 1, "a", "15")], Fraction(1, 2), expected, 10,
                  20)

    def radar(self, expected):
        found = self.sections([("a1", (0, 5), 1, "a", "4"), ("a2", (0, 1), 1, "a", "1"),
                               ("b1", (0, 5), 1, "b", "0")])
        if found:
            score = {d["id"]: d["score"] for d in found["dimensions"]}["a"]
            self.equal("section A mean", Fraction(expected),
                       Fraction(Decimal(str(score["low"]))) * 5)

    def raw_sum(self, expected):
        """Points as they are: options that score 0..5, score = sum."""
        text = HEAD % ("ciso_sum", "a", "sum") + "\n[dimension a]\ntitle = a\n"
        asked = (("a1", 5, 1, 4), ("a2", 1, 1, 1), ("b1", 5, 1, 2), ("b2", 5, 3, 5))
        for ident, top, weight, _ in asked:
            text += ("\n[question %s]\ntype = choice\nask = %s\noptions = %s\nscore = %s\n"
                     "weight = %d\ndimension = a\n") % (
                ident, ident, ", ".join("p%d" % p for p in range(top + 1)),
                ", ".join(str(p) for p in range(top + 1)), weight)
        text += requirement("exact", "score() = 22")
        found = self.grade(text, [{ident: "p%d" % points for ident, _, _, points in asked}])
        if found:
            self.equal("raw weighted sum", Fraction(expected), point(found[0]))

    def target_ratio(self, expected):
        answers = [("a1", (0, 5), 1, "s", "5"), ("a2", (0, 1), 1, "s", "1"),
                   ("b1", (0, 5), 1, "s", "n/a: x"),
                   ("b2", (0, 5), 3, "s", "5")]
        found = self.sections(answers)
        if found:
            print("not reproduced: N/A replaced by target ratio expects %s: there a not applicable "
                  "item takes its target's ratio; here it leaves numerator and denominator, which "
                  "gives 5.0" % expected.split()[0])
            self.equal("n/a leaves the mean", Fraction(1), point(found))
        self.ciso("the target entered as an answer",
                  [a if a[0] != "b1" else a[:4] + ("4",) for a in answers],
                  Fraction(29, 30), expected)

    def inconclusive(self, _expected):
        """The formula on numbers of ours: (10*10 + 7.5*5 + 2.5*0) / 20 = 6.875 of 10."""
        rows = [("critical", "10", "10"), ("high", "7.5", "5"),
                ("medium", "5", "n/a: inconclusive"),
                ("low", "2.5", "0")]
        answers = [(name, (0, 10), weight, "checks", answer) for name, weight, answer in rows]
        found = self.sections(answers)
        if found:
            self.equal("inconclusive excluded", Fraction("0.6875"), point(found))
        nothing = self.sections([a[:4] + ("n/a: inconclusive",) for a in answers])
        if nothing:
            self.equal("nothing conclusive", None, nothing["score"])
            print("not reproduced: weighted mean with total weight 0 expects -1: here no score is "
                  "null, never a number")

    def symbols(self, expected):
        """0 | 0+ | 1 | 1+ | 2 | 2+ | 3 as rungs over the exact score; the gaps have a place."""
        rungs = [("plus0", "> 0"), ("one", ">= 1"), ("plus1", "> 1"), ("two", ">= 2"),
                 ("plus2", "> 2"),
                 ("three", ">= 3")]
        symbol = dict(zip(["none"] + [name for name, _ in rungs],
                          [part.strip() for part in expected.split("(")[0].split("|")]))
        text = (HEAD % ("samm", "d", "mean")).replace("levels = all_pass", "levels = " + ", ".join(
            name for name, _ in rungs)).replace("[level all_pass]\ntitle = All pass\n", "")
        text += "\n[dimension d]\ntitle = d\n" + "".join("\n[level %s]\ntitle = %s\n" % (n, n)
                                                         for n, _ in rungs)
        text += ("\n[question v]\ntype = number\nask = v\nmin = 0\nmax = 3\nworst = 0\nbest = 3\n"
                 "dimension = d\n")
        text += "".join(requirement("needs_" + n, "v " + test).replace("all_pass", n)
                        for n, test in rungs)
        cases = [("0", "0"), ("0.01", "0+"), ("0.99", "0+"), ("0.995", "0+"), ("1", "1"),
                 ("1.01", "1+"),
                 ("1.995", "1+"), ("2", "2"), ("2.5", "2+"), ("3", "3")]
        found = self.grade(text, [{"v": value} for value, _ in cases])
        for (value, wanted), one in zip(cases, found or []):
            self.equal("symbol of " + value, wanted, symbol.get(one["level"]))

    def dii(self, published):
        """Rungs over the count of twelve yes or no; the ladder's lowest rung is `none`."""
        rungs = [("low", 4), ("high", 7), ("very_high", 10)]
        levels = "levels = low, high, very_high"
        text = (HEAD % ("dii", "d", "mean")).replace("levels = all_pass", levels).replace(
            "[level all_pass]\ntitle = All pass\n", "")
        text += "\n[dimension d]\ntitle = d\n" + "".join("\n[level %s]\ntitle = %s\n" % (n, n)
                                                         for n, _ in rungs)
        text += "\n[group uses]\ntitle = Uses\ntype = yesno\ndimension = d\n"
        text += "".join("\n[question u%d]\nask = %d\ngroups = uses\n" % (at, at)
                        for at in range(12))
        text += "".join(requirement("enough_" + n,
                                    "count(uses = yes) >= %d" % least).replace("all_pass", n)
                        for n, least in rungs)
        found = self.grade(text, [{"u%d" % at: "yes" if at < count else "no" for at in range(12)}
                                  for count in range(13)])
        for row in published:
            for count in range(13) if found else ():
                self.dii_case(row, count, found[count]["level"])

    def dii_case(self, row, count, level):
        wanted = row["expected"]
        if row["case"] == "at least basic":
            self.equal("dii basic at %d" % count, count >= 4, level != "none")
        elif int(row["inputs"].split("..")[0]) <= count <= int(row["inputs"].split("..")[1]):
            self.equal("dii at %d" % count, wanted,
                       {"none": "very low"}.get(level, level.replace("_", " ")))


def point(found):
    """The score of an assessment without blanks, as printed."""
    score = found["score"]
    if score is None or score["low"] != score["high"]:
        return score
    return Fraction(Decimal(str(score["low"])))


def six_digits(value):
    return "%.6g" % float(value)


def hand_rows(oracles):
    with open(os.path.join(oracles, "hand_cases.csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def published_scores(path):
    """The scores the first test result of an XCCDF file prints; flat ones with their maximum."""
    scores = {}
    for element in xml.etree.ElementTree.parse(path).iter():
        if element.tag.endswith("}score"):
            model = element.get("system").rpartition(":")[2]
            value = Fraction(Decimal(element.text.strip()))
            if model.startswith("flat"):
                value = [value, Fraction(Decimal(element.get("maximum")))]
            scores.setdefault(model, value)
    return scores


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)
    program.add_program_option(parser)
    options = parser.parse_args()
    directory = tempfile.mkdtemp(prefix="assess-published-")
    publication = Publication(options.program, directory)
    publication.own_tables()
    shared = os.environ.get("ASSESS_SHARED") or os.path.join(os.path.dirname(program.ROOT),
                                                             "shared", "data")
    oracles = os.path.join(shared, "oracles")
    missing = not os.path.isdir(oracles)
    if missing:
        print("skipped: published scores (no %s)" % oracles)
        publication.tally.skipped += 1
    else:
        publication.shared_tables(oracles)
        publication.hand_cases(oracles)
    status = publication.tally.finish(directory)
    return 1 if missing and os.environ.get("CI") else status


if __name__ == "__main__":
    sys.exit(main())
