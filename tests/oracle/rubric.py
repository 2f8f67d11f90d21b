"""A rubric in memory, as the contract words it: questions with options and scores, the tree of
dimensions, levels, requirements with parsed conditions, profiles. Expects a valid file."""
import os
from fractions import Fraction

from conditions import parse
from inifile import merge, read_ini

NEVER_INHERITED = {"title", "note"}
SCORED = ("yesno", "choice", "multi", "number", "percent")


def truth(text):
    return text == "yes"


def decimal(text):
    """A decimal of the file, with an optional percent sign, as an exact fraction."""
    text = text.strip()
    return Fraction(text[:-1].strip()) / 100 if text.endswith("%") else Fraction(text)


class Question:
    """A question or a field; `options` are ids, worst first, and `words` the texts accepted."""

    def __init__(self, ident, keys, sections, words_from):
        self.id = ident
        self.type = keys.get("type", "text")
        self.dimension = keys.get("dimension")
        self.level = keys.get("level")
        self.weight = decimal(keys.get("weight", "1"))
        self.may_be_na = truth(keys.get("na"))
        self.na_raises = truth(keys.get("na_raises"))
        self.record = truth(keys.get("record"))
        self.groups = split(keys.get("groups"))
        self.scale = keys.get("scale")
        self.read_options(keys, sections, words_from)
        self.read_range(keys)

    def read_options(self, keys, sections, words_from):
        source = sections.get("scale %s" % self.scale) if "options" not in keys else None
        listed = source.get("options") if source else keys.get("options")
        self.options = ["no", "yes"] if self.type == "yesno" else split(listed)
        if "options" in keys:
            self.scale = None
        holders = words_from + ([source] if source else [])
        self.words = {}
        for option in self.options:
            self.words[option] = [option]
            for holder in holders:
                self.words[option] += holder.texts("title.%s" % option)
        scores = keys.get("score") or (source.get("score") if source else None)
        self.scores = [decimal(part) for part in split(scores)] if scores else self.default_scores()

    def default_scores(self):
        count = len(self.options)
        if self.type == "multi":
            return [Fraction(1, count)] * count
        return [Fraction(at, count - 1)
                for at in range(count)] if count > 1 else [Fraction(1)] * count

    def read_range(self, keys):
        unit = Fraction(1, 100) if self.type == "percent" else Fraction(1)

        def number(key, default=None):
            if key not in keys:
                return default
            text = keys[key].strip()
            return decimal(text[:-1] if text.endswith("%") else text) * unit
        closed = self.type == "percent"
        self.min = number("min", Fraction(0) if closed else None)
        self.max = number("max", Fraction(1) if closed else None)
        self.worst, self.best = number("worst"), number("best")

    def has_score(self):
        """Whether the type can be scored at all (weights aside)."""
        if self.type in ("number", "percent"):
            return self.worst is not None
        return self.type in SCORED


class Requirement:
    def __init__(self, ident, section):
        self.id = ident
        self.level = section.get("level")
        self.kind = section.get("kind", "gate")
        self.origin = section.get("origin", "house")
        self.waivable = truth(section.get("waivable"))
        self.profiles = section.items("profiles")
        self.falls_with = section.items("falls_with")
        self.condition = parse(section.get("needs"))

    def is_under(self, profile):
        """A requirement with profiles is one under those alone."""
        return not self.profiles or profile in self.profiles

    def binds(self):
        return self.kind != "advice"


def split(text):
    return [part.strip() for part in text.split(",") if part.strip()] if text else []


def sections_of(path):
    """The sections of a file and of those below it; a base stands in the same folder."""
    own = read_ini(path)
    base = own["rubric"].get("base")
    if not base:
        return own
    return merge(own, sections_of(os.path.join(os.path.dirname(path),
                                               base.replace("@", "_") + ".ini")))


class Rubric:
    """Everything a grading needs; `profile` is applied while reading."""

    def __init__(self, path, profile=None):
        self.sections = sections_of(path)
        head = self.sections["rubric"]
        self.id, self.edition = head.get("id"), head.get("edition")
        self.levels = head.items("levels")
        self.score_mode = head.get("score", "mean")
        self.climb_pass = decimal(head.get("pass", "80%"))
        self.read_dimensions(head)
        self.questions = {q.id: q for q in map(self.question, self.idents("question"))}
        self.fields = {q.id: q for q in map(self.field, self.idents("field"))}
        self.requirements = {ident: Requirement(ident, self.sections["requirement " + ident])
                             for ident in self.idents("requirement")}
        self.read_groups()
        self.profile = profile
        self.skipped = set()
        if profile:
            self.apply_profile(self.sections["profile " + profile])

    def idents(self, kind):
        return [name.split()[1] for name in self.sections if name.split()[0] == kind]

    def question(self, ident):
        own = self.sections["question " + ident]
        holders, keys = [own], {}
        for group in own.items("groups"):
            section = self.sections.get("group " + group)
            if section is None:
                continue
            holders.append(section)
            for key, value in section.keys.items():
                if key not in NEVER_INHERITED:
                    keys.setdefault(key, value)
        if "options" in own.keys:
            keys.pop("scale", None)
        if "scale" in own.keys:
            keys.pop("options", None)
        keys.update(own.keys)
        return Question(ident, keys, self.sections, holders)

    def field(self, ident):
        section = self.sections["field " + ident]
        return Question(ident, section.keys, self.sections, [section])

    def read_dimensions(self, head):
        self.dimensions = head.items("dimensions")
        for ident in self.idents("dimension"):
            if ident not in self.dimensions:
                self.dimensions.append(ident)
        self.dimension_weight = {ident: Fraction(1) for ident in self.dimensions}
        self.parent = {}
        for ident in self.dimensions:
            section = self.sections.get("dimension " + ident)
            if section is not None:
                self.dimension_weight[ident] = decimal(section.get("weight", "1"))
                if section.get("parent"):
                    self.parent[ident] = section.get("parent")

    def read_groups(self):
        """Groups and dimensions alike: the ids of their questions, in the rubric's order."""
        self.groups = {ident: [] for ident in self.idents("group")}
        for ident in self.dimensions:
            self.groups[ident] = []
        for question in self.questions.values():
            for group in question.groups:
                self.groups.setdefault(group, []).append(question.id)
            dimension = question.dimension
            while dimension:
                self.groups[dimension].append(question.id)
                dimension = self.parent.get(dimension)

    def children(self, dimension):
        return [ident for ident in self.dimensions if self.parent.get(ident) == dimension]

    def apply_profile(self, section):
        self.skipped = set(section.items("skip"))
        for key, value in section.keys.items():
            words = key.split()
            if words[0] == "weight" and len(words) == 2:
                if words[1] in self.questions:
                    self.questions[words[1]].weight = decimal(value)
                else:
                    self.dimension_weight[words[1]] = decimal(value)
