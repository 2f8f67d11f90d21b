#!/usr/bin/env python3
"""Checks what `assess batch` makes of its results - rank.csv, sample.csv, results.xlsx,
assessments.jsonl, the PDFs - against other ways of making the same: sorting all rows, hashing all
keys, `assess score`."""

import collections
import decimal
import hashlib
import html
import pathlib
import random
import re
import sys
import tempfile
import zipfile

import reports
import surveys

LEVELS = {"none": -1, "basic": 0, "better": 1}


def value(text):
    """A score; blank is less than any."""
    return decimal.Decimal(text) if text else decimal.Decimal("-Infinity")


def rank_key(row):
    """What is certain first; the greater is the better."""
    return (LEVELS[row["level"]], value(row["score_low"]), LEVELS[row["level_possible"]],
            value(row["score_high"]))


def expected_rank(rows, quota):
    """(place, record, mark) of each row of rank.csv."""
    ordered = sorted(rows, key=lambda row: (rank_key(row), -int(row["record"])), reverse=True)
    counts = collections.Counter(map(rank_key, rows))
    if not ordered:
        return []
    cut = rank_key(ordered[min(quota, len(ordered)) - 1])
    better = sum(rank_key(row) > cut for row in rows)
    mark = "tied at the cut" if better + counts[cut] > quota else ""
    told = []
    for row in ordered:
        key = rank_key(row)
        if key < cut:
            break
        place = 1 + sum(rank_key(other) > key for other in rows)
        told.append((str(place), row["record"], mark if key == cut else ""))
    for row in rows:
        best = (LEVELS[row["level_possible"]], value(row["score_high"]))
        if len(rows) > quota and rank_key(row) < cut and best > cut[:2]:
            told.append(("", row["record"], "undetermined"))
    return told


def expected_sample(rows, size, seed):
    """(record, hash) of the rows drawn, in their order."""
    drawn = []
    for row in rows:
        key = row["uscc"] or row["company"] or row["record"]
        digest = hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()
        drawn.append((digest, int(row["record"])))
    return [(str(record), digest) for digest, record in sorted(drawn)[:size]]


class Checks:
    def __init__(self, program, folder, tally):
        self.program, self.folder, self.tally = program, folder, tally
        self.small = folder / "small.ini"
        self.small.write_text(surveys.SMALL, encoding="utf-8")

    def batch(self, survey, name, *more):
        out = self.folder / name
        self.program.run("batch", survey, "-o", out, "-r", self.small, "-q", "--date",
                         reports.DATE, *more)
        return out

    def ranks(self, seed):
        """Quotas of all sizes, few scores so that many are equal."""
        rng = random.Random(seed)
        survey = surveys.write_table(self.small, rng.choice((1, 7, 60, 300)), seed,
                                     self.folder / f"rank{seed}.csv")
        quota = rng.choice((1, 2, 5, 50, 299, 1000))
        out = self.batch(survey, f"rank{seed}", "--rank", quota)
        rows = surveys.read_csv(out / "results.csv")
        told = [(row["place"], row["record"], row["mark"])
                for row in surveys.read_csv(out / "rank.csv")]
        self.tally.check(told == expected_rank(rows, quota),
                         f"seed {seed}: rank.csv of {quota} places is not the best of all rows")

    def wanted(self, seed):
        """--where leaves what a filter of the whole results leaves, and counts the others."""
        survey = self.folder / f"where{seed}.csv"
        surveys.write_table(self.small, 500, seed, self.folder / f"all{seed}.csv")
        self.clean(self.folder / f"all{seed}.csv", survey)
        whole = self.batch(survey, f"whole{seed}")
        rows = surveys.read_csv(whole / "results.csv")
        for number, (where, holds) in enumerate((
                (("province=north",), lambda row: row["province"] == "north"),
                (("province=",), lambda row: row["province"] == ""),
                (("province=north", "province=south", "level=basic"),
                 lambda row: row["province"] and row["level"] == "basic"),
                (("town=ULM", "level=none"),
                 lambda row: row["town"] == "Ulm" and row["level"] == "none"))):
            options = [word for condition in where for word in ("--where", condition)]
            out = self.batch(survey, f"part{seed}-{number}", *options, "--json")
            kept = surveys.read_csv(out / "results.csv")
            self.tally.check(kept == [row for row in rows if holds(row)],
                             f"seed {seed}: {where} leaves other rows")
            rejects = surveys.read_csv(out / "rejects.csv")
            told = dict(line.split("=", 1) for line in
                        (out / "run.ini").read_text(encoding="utf-8").splitlines() if "=" in line)
            self.tally.check(int(told["records"]) ==
                             len(kept) + len(rejects) + int(told["filtered"]),
                             f"seed {seed}: {where} loses records")
            lines = (out / "assessments.jsonl").read_bytes().count(b"\n")
            self.tally.check(lines == len(kept), f"seed {seed}: {where}: {lines} assessments")

    def samples(self, seed):
        """The draw is that of the hash, and does not depend on the order of the survey."""
        survey = surveys.write_table(self.small, 400, seed, self.folder / f"draw{seed}.csv")
        options = ("--sample", 30, "--seed", f"2026/{seed}")
        out = self.batch(survey, f"draw{seed}", *options)
        rows = surveys.read_csv(out / "results.csv")
        sample = surveys.read_csv(out / "sample.csv")
        told = [(row["record"], row["sha256"]) for row in sample]
        self.tally.check(told == expected_sample(rows, 30, f"2026/{seed}"),
                         f"seed {seed}: sample.csv is not the first hashes")
        clean = self.folder / f"clean{seed}.csv"
        self.clean(survey, clean)
        one = surveys.read_csv(self.batch(clean, f"one{seed}", *options) / "sample.csv")
        other = surveys.read_csv(
            self.batch(self.reversed(clean), f"other{seed}", *options) / "sample.csv")
        self.tally.check([row["key"] for row in one] == [row["key"] for row in other],
                         f"seed {seed}: another order of the survey draws others")

    @staticmethod
    def reversed(survey):
        """The same companies, the last first."""
        import csv  # pylint: disable=import-outside-toplevel
        path = survey.with_suffix(".reversed.csv")
        with open(survey, encoding="utf-8", newline="") as file, \
                open(path, "w", encoding="utf-8", newline="") as out:
            header, *records = [record for record in csv.reader(file) if record]
            csv.writer(out).writerows([header] + records[::-1])
        return path

    def against_score(self):
        """Reports and assessments of a run are those of `score`, any number of workers."""
        survey = self.folder / "clean.csv"
        surveys.write_table(self.small, 60, 9, self.folder / "raw.csv")
        self.clean(self.folder / "raw.csv", survey)
        options = ("--reports", "all", "--json", "--lang", "zh")
        out = self.batch(survey, "reports", *options, "-j", 1)
        many = self.batch(survey, "reports8", *options, "-j", 8)
        single = self.folder / "single"
        single.mkdir()
        self.program.run("score", survey, "-r", self.small, "-q", "--date", reports.DATE,
                         "--template", "brief", "--lang", "zh", "-o", single)
        told = self.program.run("score", survey, "-r", self.small, "-q", "--date", reports.DATE,
                                "-f", "json", "-o", "-")
        self.tally.check((out / "assessments.jsonl").read_bytes() == told,
                         "assessments.jsonl is not what score writes")
        index = surveys.read_csv(out / "reports" / "index.csv")
        found = sorted((out / "reports" / row["file"]).read_bytes() for row in index)
        self.tally.check(found == sorted(path.read_bytes() for path in single.iterdir()),
                         "reports are not those that score makes")
        for path in sorted(out.rglob("*")):
            if path.is_file() and (path.suffix == ".pdf" or path.name in
                                   ("index.csv", "assessments.jsonl")):
                other = many / path.relative_to(out)
                self.tally.check(other.is_file() and other.read_bytes() == path.read_bytes(),
                                 f"eight workers give another {path.name}")

    def workbook(self):
        """results.xlsx has the cells of results.csv, levels by title, and the same bytes again."""
        survey = surveys.write_table(self.small, 300, 4, self.folder / "book.csv")
        out = self.batch(survey, "book", "--xlsx")
        again = self.batch(survey, "book8", "--xlsx", "-j", 8)
        self.tally.check((out / "results.xlsx").read_bytes() ==
                         (again / "results.xlsx").read_bytes(), "another results.xlsx again")
        with zipfile.ZipFile(out / "results.xlsx") as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode("utf-8")
        found = [{place: self.cell(kind, value) for place, kind, value in
                  re.findall(r'<c r="([A-Z]+)[0-9]+"[^>]*?(t="inlineStr")?>(.*?)</c>', row, re.S)}
                 for row in re.findall(r"<row [^>]*>(.*?)</row>", sheet, re.S)]
        rows = surveys.read_csv(out / "results.csv")
        self.tally.check(len(found) == len(rows) + 1, f"{len(found)} rows in results.xlsx")
        head = found[0]
        self.tally.check(list(head.values()) == list(rows[0]), f"the head is {head}")
        for row, cells in zip(rows, found[1:]):
            told = {name: cells.get(place, "") for place, name in head.items()}
            wrong = [name for name in row if not self.same_cell(name, row[name], told[name])]
            self.tally.check(not wrong, f"record {row['record']}: {wrong} differ in results.xlsx")
        self.tally.check('state="frozen"' in sheet and "<autoFilter" in sheet,
                         "results.xlsx has no frozen head or no filters")

    @staticmethod
    def cell(kind, value):
        """A text, or a number."""
        text = re.sub(r"<[^>]*>", "", value)
        return html.unescape(text) if kind else float(text)

    @staticmethod
    def same_cell(name, text, told):
        if name in ("level", "level_possible") or name.endswith(("_level", "_level_possible")):
            return told == {"none": "No level"}.get(text, text)
        if isinstance(told, float):
            return told == float(text)
        return told.replace("\r\n", "\n") == (text[1:] if text[:1] == "'" else text)

    @staticmethod
    def clean(survey, path):
        """Rows that are graded, each of a company of its own name."""
        import csv  # pylint: disable=import-outside-toplevel
        with open(survey, encoding="utf-8", newline="") as file, \
                open(path, "w", encoding="utf-8", newline="") as out:
            header, *records = [record for record in csv.reader(file) if record and any(record)]
            writer = csv.writer(out)
            writer.writerow(header)
            for number, record in enumerate(records):
                writer.writerow([f"{record[0]} No {number}"] + record[1:len(header)])


def main():
    options = reports.parser(__doc__).parse_args()
    tally = reports.Tally()
    with tempfile.TemporaryDirectory() as folder:
        checks = Checks(reports.Program(options.program), pathlib.Path(folder), tally)
        for seed in range(20):
            tally.attempt("rank", lambda seed=seed: checks.ranks(seed))
        for seed in range(2):
            tally.attempt("where", lambda seed=seed: checks.wanted(seed))
        for seed in range(3):
            tally.attempt("sample", lambda seed=seed: checks.samples(seed))
        tally.attempt("score", checks.against_score)
        tally.attempt("workbook", checks.workbook)
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
