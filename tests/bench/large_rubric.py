"""A rubric as large as one may become, for the measurements: questions of every type with options
and titles in two languages, groups, requirements of every kind of condition, cases."""

TYPES = ("choice", "yesno", "multi", "percent", "number")
HEAD = """[rubric]
id = large
edition = 2025
format = 1
title = Large
title[zh] = 大型
levels = low, middle, high
"""
SCALE = """[scale deployment]
options = absent, planned, built, extended
score = 0, 0.2, 0.7, 1
"""


def titled(kind, name, **keys):
    lines = [f"[{kind} {name}]", f"title = The {kind} {name}", f"title[zh] = 名称 {name}"]
    return "\n".join(lines + [f"{key} = {value}" for key, value in keys.items()]) + "\n\n"


def options(names):
    return "".join(f"title.{name} = Option {name}\ntitle.{name}[zh] = 选项 {name}\n"
                   for name in names)


def question(number):
    kind = TYPES[number % len(TYPES)]
    text = (f"[question q{number}]\ngroups = g{number % 50}_{kind}\n"
            f"ask = \"How far has the factory come with matter {number}, seen over the year?\"\n"
            f"ask[zh] = \"工厂在第{number}项上的全年进展如何？\"\n"
            f"evidence = \"Records and screens of matter {number}\"\n"
            f"evidence[zh] = \"第{number}项的记录与系统界面\"\n"
            f"dimension = d{number % 20}\nweight = {1 + number % 3}\nna = yes\n")
    if kind == "multi":
        text += "options = one, two, three, four\n" + options(("one", "two", "three", "four"))
    if kind in ("percent", "number"):
        text += "min = 0\nmax = 100\nworst = 0\nbest = 90\n"
    return text + "\n"


def condition(number, questions):
    base = number * len(TYPES) % (questions - len(TYPES))
    base -= base % len(TYPES)  # q{base} is a choice, the next ones have the types that follow
    group = base % 50
    return (f"\"q{base} >= built and (q{base + 1} or has(q{base + 2}, two)) and q{base + 3} >= "
            f"{number % 90}% and q{base + 4} > {number % 80} and "
            f"share(g{group}_choice >= built) >= 40% and score(d{number % 20}) >= 0.3\"")


def rubric(questions=1000, requirements=200):
    """The text of a rubric without a fault or a warning."""
    levels = ("low", "middle", "high")
    parts = [HEAD, "dimensions = " + ", ".join(f"d{i}" for i in range(20)) + "\n\n",
             SCALE, options(("absent", "planned", "built", "extended")), "\n"]
    parts += [titled("level", level) for level in levels]
    parts += [titled("dimension", f"d{i}", weight=1 + i) for i in range(20)]
    for i in range(50):
        kind = TYPES[i % len(TYPES)]
        extra = {"scale": "deployment"} if kind == "choice" else {}
        parts.append(titled("group", f"g{i}_{kind}", type=kind, **extra))
    parts += [question(i) for i in range(questions)]
    parts += [titled("requirement", f"r{i}", level=levels[i % 3], origin="official",
                     clause=f"{i % 9}.{i}", needs=condition(i, questions))
              for i in range(requirements)]
    parts += [f"[case {word}]\ndefault = {word}\nlevel = {level}\n\n"
              for word, level in (("best", "high"), ("worst", "none"))]
    return "".join(parts)


if __name__ == "__main__":
    print(rubric(), end="")
