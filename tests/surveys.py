"""Surveys for tests: tables of random companies, drawn from a rubric, with what real ones have."""

import csv
import io
import random
import sys
import unicodedata

import reports

sys.path.insert(0, str(reports.ROOT / "tests" / "oracle"))
import rubric as rubrics  # pylint: disable=wrong-import-position

SMALL = """[rubric]
id = small
edition = 2025
format = 1
title = "Small"
levels = basic, better
dimensions = left, right

[level basic]
[level better]

[dimension left]
[dimension right]

[field company]
type = text

[field uscc]
type = uscc

[field province]
type = choice
options = north, south
cohort = yes

[field town]
type = text
cohort = yes

[question safe]
dimension = left
type = yesno

[question depth]
dimension = left
type = choice
options = none_yet, some, much

[question rate]
dimension = right
type = percent
worst = 0
best = 100

[question since]
dimension = right
type = date

[question kinds]
dimension = right
type = multi
options = a, b, c

[requirement safe_at_all]
level = basic
kind = gate
needs = "safe"

[requirement third]
level = basic
kind = gate
needs = "rate >= 100% / 3"

[requirement deep]
level = better
kind = gate
needs = "depth = much and score(right) >= 50%"
"""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
NAMES = ("Acme", "=cmd", "-5", "Tie, \"Knot\"", "东方机械", "Two\nLines", "Ｆｕｌｌ Width", "a;b")
QUOTED = NAMES + ("Pipe 5\"", "The \"Big\" One")


def code(number):
    """A unified social credit code with the right check character."""
    body = f"91{number % 1000000:06d}" + f"{number:09d}"
    weights = [pow(3, at, 31) for at in range(17)]
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(body, weights))
    return body + ALPHABET[(31 - total % 31) % 31]


def cell(question, rng):
    """A text for one answer: mostly good, now and then blank or nonsense."""
    draw = rng.random()
    if draw < 0.06:
        return ""
    if draw < 0.07:
        return "what?"
    if question.type in ("yesno", "choice"):
        best = rng.random() < 0.6
        return question.options[-1] if best else rng.choice(question.options)
    if question.type == "multi":
        return ";".join(option for option in question.options if rng.random() < 0.6) or "none"
    if question.type == "percent":
        return rng.choice(("0", "100", "33.333333", "33.333334", "60%", f"{rng.randrange(101)}"))
    if question.type == "number":
        return str(rng.randrange(1000))
    if question.type == "date":
        return f"20{rng.randrange(10, 25)}-0{rng.randrange(1, 10)}-1{rng.randrange(10)}"
    return "text"


def field(ident, kind, number, rng, names):
    if ident == "company":
        return f"{rng.choice(names)} {number}" if rng.random() < 0.9 else rng.choice(names)
    if kind.type == "uscc":
        return code(number) if rng.random() < 0.6 else ""
    return rng.choice(kind.options) if kind.options else rng.choice(("Ulm", "+1", "", "济南"))


def bare(cell):
    """A cell as people write it by hand: in quotes only if it cannot be read otherwise."""
    needs = cell[:1] in ('"', " ") or any(char in cell for char in ",\r\n")
    return '"' + cell.replace('"', '""') + '"' if needs else cell


def table(path, rows, seed, write, *, end="\r\n", copies=0.0, evidence=(), names=NAMES,
          lone=False):
    """Write the rows with `write`, header first; of them `copies` are of an earlier company. `lone`
    leaves quotes within cells as they are where that can be read."""
    rng = random.Random(seed)
    rubric = rubrics.Rubric(str(path))
    kinds = dict(rubric.fields) | dict(rubric.questions)
    idents = [ident for ident in kinds if ident != "assessor"]

    def put(cells):
        if lone:
            write(",".join(map(bare, cells)) + end)
            return
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerow(cells)
        write(text.getvalue()[:-2] + end)
    put(idents + [f"evidence:{ident}" for ident in evidence])
    for row in range(1, rows + 1):
        number = rng.randrange(1, row + 1) if rng.random() < copies else row
        if rng.random() < 0.01:
            put([""] * len(idents))
            continue
        cells = [field(ident, kinds[ident], number, rng, names) if ident in rubric.fields
                 else cell(kinds[ident], rng) for ident in idents]
        put(cells + [rng.choice(("", "shown")) for _ in evidence]
            + (["too much"] if rng.random() < 0.005 else []))
        if rng.random() < 0.01:
            write(end)


def write_table(rubric, rows, seed, path, **how):
    with open(path, "w", encoding="utf-8", newline="") as file:
        table(rubric, rows, seed, file.write, **how)
    return path


def write_long(wide, path):
    """A survey as a table with one row an answer."""
    with open(wide, encoding="utf-8", newline="") as file, \
            open(path, "w", encoding="utf-8", newline="") as out:
        records = csv.reader(file)
        idents = next(records)
        writer = csv.writer(out)
        writer.writerow(("company_id", "company", "question", "answer"))
        for number, cells in enumerate((record for record in records if any(record)), 1):
            for ident, text in zip(idents[1:], cells[1:]):
                if text:
                    writer.writerow((number, cells[0], ident, text))
    return path


def read_csv(path):
    """Rows of a CSV of ours as dictionaries."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def rows_of(path, header):
    """The same of a file without a header."""
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, header)


def kept_by(rows, policy):
    """Records that count under a policy of duplicates, by a plain reading of the rules."""
    levels = ("none", "basic", "better")

    def standing(row):
        return (levels.index(row["level"]), float(row["score_low"] or "-inf"),
                float(row["score_high"] or "-inf"))
    groups = {}
    for row in rows:
        key = row["uscc"] or " ".join(unicodedata.normalize(
            "NFKC", row["company"].removeprefix("'")).casefold().split())
        groups.setdefault(key or f"record {row['record']}", []).append(row)
    kept = set()
    for group in groups.values():
        ranked = sorted(group, key=lambda row: (standing(row), int(row["record"])))
        worst = [row for row in ranked if standing(row) == standing(ranked[0])]
        chosen = {"last": group[-1], "first": group[0], "best": ranked[-1], "worst": worst[-1],
                  "median": ranked[(len(ranked) - 1) // 2],
                  "error": group[0] if len(group) == 1 else None}[policy]
        if chosen:
            kept.add(chosen["record"])
    return kept
