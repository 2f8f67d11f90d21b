"""Makes random rubrics so small that all their complete sheets can be graded, with conditions of
every kind, among them such as few sheets meet. The same for the same seed."""
import random

COMPARISONS = ("<", "<=", ">", ">=", "=", "!=")
PARTS = ("0%", "10%", "25%", "33.3%", "40%", "50%", "60%", "66%", "75%", "90%", "100%")
AMOUNTS = ("0", "10", "20", "30")
LONGEST = 900  # a line of a rubric has 1,000 bytes
STEPS = ("s1", "s2", "s3")


class SmallRubric:
    """Builds the text of one rubric; what is asked steers what conditions may name."""

    def __init__(self, seed):
        self.rng = random.Random("small %s" % seed)
        self.lines = []
        self.of_kind = {}  # questions by kind
        self.requirements = []
        self.official_words = set()
        self.build(seed)

    def text(self):
        return "\n".join(self.lines) + "\n"

    def section(self, name, **keys):
        self.lines += ["", "[%s]" % name]
        self.lines += ["%s = %s" % (key.replace("__", ".").replace("SPACE", " "), value)
                       for key, value in keys.items() if value is not None]

    def build(self, seed):
        rng = self.rng
        self.mode = rng.choice(["mean", "mean", "sum", "climb"])
        self.levels = ["low", "mid", "top"][:rng.randint(2, 3)]
        self.tops = ["dim1", "dim2"]
        self.section("rubric", id="small_%s" % seed, edition="2025", format="1", title="Small",
                     levels=", ".join(self.levels), dimensions=", ".join(self.tops),
                     score=self.mode, **{"pass": rng.choice(["50%", "60%", "80%"])})
        for level in self.levels:
            self.section("level " + level, title="Level " + level)
        self.dimensions()
        self.section("scale steps", options=", ".join(STEPS),
                     score=rng.choice([None, None, "0, 0.3, 1", "0, 0.9, 0.6"]),
                     **{"title__" + step: "Step " + step for step in STEPS})
        self.section("group scenes", title="Scenes", type="choice", scale="steps")
        self.section("group figures", title="Figures", type="number")
        self.section("group rates", title="Rates", type="percent")
        self.section("group checks", title="Checks", type="yesno")
        self.questions()
        for level in self.levels:
            for _ in range(rng.randint(1, 2)):
                self.requirement(level)
        self.profile()

    def dimensions(self):
        self.leaves = list(self.tops)
        for top in self.tops:
            self.section("dimension " + top, title=top,
                         weight=self.rng.choice([None, None, "2", "0.5"]))
        if self.rng.random() < 0.25:
            self.leaves = ["dim1", "dim2a", "dim2b"]
            for leaf in self.leaves[1:]:
                self.section("dimension " + leaf, title=leaf, parent="dim2")

    def questions(self):
        """Three to six questions with at most some thousand sheets."""
        rng = self.rng
        sizes = {"scene": 3, "check": 2, "grade": 4, "tools": 4, "figure": 6, "rate": 6, "since": 4,
                 "remark": 2, "sector": 2}
        often = ["scene"] * 5 + ["check"] * 4 + ["tools", "figure", "remark"] * 2 + [
            "grade", "rate", "since", "sector"]
        room = 800
        for _ in range(rng.randint(3, 7)):
            kind = rng.choice(often)
            if sizes[kind] <= room and len(self.of_kind.get(kind, ())) < 4:
                room //= sizes[kind]
                getattr(self, "ask_" + kind)(kind)
        if not self.of_kind.keys() & {"scene", "check"}:
            self.ask_scene("scene")

    def ask(self, kind, group=None, weights=(None, None, "2", "0.5", "0"), **keys):
        rng = self.rng
        named = self.of_kind.setdefault(kind, [])
        named.append("%s%d" % (kind, len(named) + 1))
        na = rng.random() < 0.3
        raises = na and rng.random() < 0.3
        self.section("question " + named[-1], ask="What?", groups=group,
                     dimension=rng.choice(self.leaves), level=rng.choice(self.levels + [None]),
                     weight=rng.choice(weights), na="yes" if na else None,
                     na_raises="yes" if raises else None, note="It may." if raises else None,
                     **keys)

    def ask_scene(self, kind):
        self.ask(kind, "scenes")

    def ask_check(self, kind):
        self.ask(kind, "checks",
                 score=self.rng.choice([None, None, None, "1, 0"]))

    def ask_grade(self, kind):
        self.ask(kind, type="choice", options="g1, g2, g3",
                 score=self.rng.choice([None, "0, 0.5, 0.5", "0.5, 0.2, 1"]),
                 **{"title__g%d" % at: "Grade %d" % at for at in (1, 2, 3)})

    def ask_tools(self, kind):
        scores = ["-1, 2", "0.5, -0.5"] if self.mode == "sum" else ["0.7, 0.6", "0.2, 0", "1, 1"]
        self.ask(kind, type="multi", options="axe, saw", title__axe="Axe", title__saw="Saw",
                 score=self.rng.choice([None] + scores))

    def ends(self):
        rng = self.rng
        worst, best = rng.choice([("0", "30"), ("30", "10"), ("10", "20"), (None, None)])
        return {"worst": worst, "best": best}

    def ask_figure(self, kind):
        rng = self.rng
        least, most = rng.choice([("0", "40"), ("0", "40"), ("0", None), (None, None)])
        self.ask(kind, "figures", min=least, max=most, **self.ends())

    def ask_rate(self, kind):
        self.ask(kind, "rates", **self.ends())

    def ask_since(self, kind):
        self.ask(kind, type="date")

    def ask_remark(self, kind):
        kind_of = self.rng.choice(["text", "text", "multi", "choice", "yesno"])
        options = {}
        if kind_of in ("multi", "choice"):
            options = {"options": "one, two", "title__one": "1", "title__two": "2"}
        self.ask(kind, type=kind_of, weights=(None, "0", "0"), **options)

    def ask_sector(self, kind):
        if kind not in self.of_kind:
            self.of_kind[kind] = ["sector"]
            self.section("field sector", type="choice", options="metals, food", ask="Sector",
                         title__metals="Metals", title__food="Food")

    # conditions

    def requirement(self, level):
        rng = self.rng
        ident = "req%d" % (len(self.requirements) + 1)
        self.origin = rng.choice(["official", "house", "house"])
        self.level = level
        needs = self.condition(rng.choice([0, 1, 1, 2]))
        while len(needs) > LONGEST:
            needs = self.condition(1)
        falls = rng.choice(["scenes", "dim1", "checks"]) if rng.random() < 0.15 else None
        self.section("requirement " + ident, title=ident, level=level, needs="\"%s\"" % needs,
                     kind="advice" if rng.random() < 0.07 else None,
                     origin=self.origin, clause="1" if self.origin == "official" else None,
                     waivable="yes" if rng.random() < 0.2 else None,
                     profiles="special" if rng.random() < 0.1 else None,
                     falls_with=falls, note="It does." if falls else None)
        self.requirements.append((ident, self.origin))

    def condition(self, depth):
        rng = self.rng
        if depth == 0:
            return rng.choice([self.leaf, self.leaf, self.leaf, self.narrow, self.pinned])()
        one, other = self.condition(depth - 1), self.condition(rng.randint(0, depth - 1))
        return rng.choice(["({0}) and ({1})", "({0}) and ({1})", "({0}) or ({1})",
                           "not (({0}) and ({1}))", "({0}) and not ({1})",
                           "(({0}) or ({1})) and not (({0}) and ({1}))"]).format(one, other)

    def leaf(self):
        makers = [self.over_score, self.over_score, self.reference, self.asked]
        for kind, made in (("scene", (self.counted, self.counted, self.two_parts, self.quantified,
                                      self.option, self.compared)),
                           ("check", (self.yesno, self.yesno, self.quantified_checks)),
                           ("grade", (self.grade,)), ("tools", (self.ticked, self.ticked)),
                           ("figure", (self.amount, self.amounts, self.amounts)),
                           ("rate", (self.rate, self.rates)), ("since", (self.age,)),
                           ("sector", (self.sector,)), ("remark", (self.asked,))):
            makers += made * min(2, len(self.of_kind.get(kind, ())))
        return self.rng.choice(makers)()

    def narrow(self):
        """What few answers meet: numbers that have to be equal, or to lie between two others."""
        rng = self.rng
        number = self.number()
        if number is None:
            return self.leaf()
        kind = rng.randint(0, 2)
        if kind == 0:
            return "%s = %s" % (number, rng.choice("01234"))
        if kind == 1:
            return "%s >= 1 and %s < %s" % (number, number, rng.choice("23"))
        return "%s %s %s" % (number, rng.choice(COMPARISONS), self.number())

    def pinned(self):
        """Several numbers that have to be what they are in few sheets, of which no answer tells by
        itself which way to go."""
        rng = self.rng
        scores = ["score(dim1)", "score(dim2)", "score(all, %s)" % rng.choice(self.levels)]
        parts = ["%s = %s" % (self.number(), rng.choice("123"))] if self.number() else []
        parts.append("%s = %s" % (rng.choice(scores), rng.choice(PARTS)))
        if "scene" in self.of_kind:
            parts.append("share(%s) = %s" % (self.test(), rng.choice(PARTS)))
            parts.append("count(scenes = s2) = %s" % rng.choice("12"))
        if "tools" in self.of_kind:
            parts.append("count(%s) = 1" % self.one("tools"))
        return " and ".join(rng.sample(parts, min(len(parts), rng.randint(2, 3))))

    def number(self):
        """A count, or a sum of counts; None if nothing can be counted."""
        rng = self.rng
        parts = []
        if "scene" in self.of_kind:
            parts += ["count(%s)" % self.test() for _ in range(2)]
        if "check" in self.of_kind:
            parts.append("count(checks = %s)" % rng.choice(["yes", "no"]))
        if "tools" in self.of_kind:
            parts.append("count(%s)" % self.one("tools"))
        if not parts:
            return None
        return rng.choice(["{0}", "{0}", "{0} + {1}", "{0} - {1}", "2 * {0} + {1}",
                           "({0} + {1}) / 2", "-{0} + 3", "{0} * {1}"]).format(
                               rng.choice(parts), rng.choice(parts))

    def one(self, kind):
        return self.rng.choice(self.of_kind[kind])

    def sign(self):
        return self.rng.choice((">=", ">=", ">=") + COMPARISONS)

    def test(self):
        return "scenes %s %s" % (self.sign(), self.rng.choice(STEPS))

    def counted(self):
        rng = self.rng
        if rng.random() < 0.5:
            return "count(%s) %s %s" % (self.test(), self.sign(), rng.choice("0123"))
        return "share(%s) %s %s" % (self.test(), self.sign(), rng.choice(PARTS))

    def two_parts(self):
        rng = self.rng
        wide = "scenes >= s2" if rng.random() < 0.5 else self.test()
        narrow = "scenes >= s3" if rng.random() < 0.5 else self.test()
        return "share(%s, %s) %s %s" % (narrow, wide, self.sign(), rng.choice(PARTS))

    def quantified(self):
        return "%s(%s)" % (self.rng.choice(["any", "all"]), self.test())

    def quantified_checks(self):
        return "%s(checks = %s)" % (self.rng.choice(["any", "all"]), self.rng.choice(["yes", "no"]))

    def option(self):
        return "%s %s %s" % (self.one("scene"), self.sign(), self.rng.choice(STEPS))

    def compared(self):
        if len(self.of_kind["scene"]) < 2:
            return self.option()
        return "%s %s %s" % (*self.rng.sample(self.of_kind["scene"], 2)[:1], self.sign(),
                             self.one("scene"))

    def yesno(self):
        return self.rng.choice(["", "", "not "]) + self.one("check")

    def grade(self):
        return "%s %s %s" % (self.one("grade"), self.sign(), self.rng.choice(["g1", "g2", "g3"]))

    def ticked(self):
        return self.rng.choice(["has(%s, axe)", "has(%s, saw)", "not has(%s, saw)",
                                "count(%s) = 1"]) % self.one("tools")

    def amount(self):
        return "%s %s %s" % (self.one("figure"), self.sign(), self.rng.choice(AMOUNTS))

    def amounts(self):
        rng = self.rng
        left = rng.choice(["{0} + {1}", "{0} - {1}", "2 * {0} - {1}", "min(figures)",
                           "max(figures)", "sum(figures)", "mean(figures)", "{0} * {1}",
                           "max(figures) - min(figures)", "-{0}", "{0} / 2", "10 / {0}"])
        return "%s %s %s" % (left.format(self.one("figure"), self.one("figure")), self.sign(),
                             rng.choice(AMOUNTS))

    def rate(self):
        return "%s %s %s" % (self.one("rate"), self.sign(), self.rng.choice(PARTS))

    def rates(self):
        return "%s(rates) %s %s" % (self.rng.choice(["min", "max", "mean", "sum"]), self.sign(),
                                    self.rng.choice(PARTS))

    def age(self):
        return "years(%s) %s %s" % (self.one("since"), self.sign(), self.rng.choice("0123"))

    def sector(self):
        return "sector %s food" % self.rng.choice(["=", "!="])

    def over_score(self):
        rng = self.rng
        dimension = rng.choice(self.tops + self.leaves)
        parts = ["score(%s)" % dimension, "score(%s)" % dimension,
                 "score(%s, %s)" % (rng.choice([dimension, "all"]), rng.choice(self.levels))]
        if self.mode == "mean":
            parts.append("score()")
        if self.mode == "climb" or rng.random() < 0.2:
            return "%s %s %s" % (rng.choice(["climb(60%)", "climb(80%)"]
                                            + ["score()"] * (self.mode == "climb")),
                                 rng.choice((">=", ">", "<")), rng.choice(["0.5", "1", "1.5", "2"]))
        if self.mode == "sum" and rng.random() < 0.5:
            return "score() %s %s" % (self.sign(), rng.choice(["0", "1", "1.5", "3"]))
        if rng.random() < 0.2:
            return "score(dim1) %s score(dim2)" % rng.choice(COMPARISONS)
        return "%s %s %s" % (rng.choice(parts), self.sign(), rng.choice(PARTS))

    def reference(self):
        rng = self.rng
        earlier = [ident for ident, origin in self.requirements
                   if self.origin == "house" or origin == "official"]
        lower = self.levels[:self.levels.index(self.level)]
        if lower and rng.random() < 0.5:
            return "%sheld(%s)" % (rng.choice(["", "", "not "]), rng.choice(lower))
        if earlier:
            return "%smet(%s)" % (rng.choice(["", "", "not "]), rng.choice(earlier))
        return self.over_score()

    def asked(self):
        kinds = [kind for kind in ("remark", "remark", "since", "tools") if kind in self.of_kind]
        if not kinds:
            return self.over_score()
        return "%sanswered(%s)" % (self.rng.choice(["", "", "not "]),
                                   self.one(self.rng.choice(kinds)))

    def profile(self):
        rng = self.rng
        plain = [name for kind, names in self.of_kind.items() if kind != "sector" for name in names]
        weights = {"weightSPACE" + ident: rng.choice(["3", "0.25"])
                   for ident in rng.sample(plain, min(2, len(plain)))}
        official = any(origin == "official" for _, origin in self.requirements)
        self.section("profile special", title="Special",
                     skip=rng.choice(plain) if not official and rng.random() < 0.5 else None,
                     **weights)


def write_rubric(path, seed):
    with open(path, "w", encoding="utf-8") as file:
        file.write(SmallRubric(seed).text())
