#!/usr/bin/env python3
"""The same answers in the layouts of all survey tools: `assess batch` has to give every company the
same levels and scores in each, leave out the rows that are no answers, and write nothing of the
columns about persons. The plain table's levels and scores are those of the tests' own grader.

run_surveys.py [VENDOR...] - all by default. Options: --program, --companies, --keep FOLDER.
"""

import csv
import datetime
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / folder) for folder in ("surveys", "oracle")]
import asked  # pylint: disable=wrong-import-position
import grade  # pylint: disable=wrong-import-position
import program as oracle  # pylint: disable=wrong-import-position
import reports  # pylint: disable=wrong-import-position
import vendors  # pylint: disable=wrong-import-position

RUBRICS = (ROOT / "tests" / "surveys" / "all_types.ini",
           ROOT / "rubrics" / "miit_smart_factory_2025.ini")
DATE = datetime.date(2026, 1, 1)
LEVELS = ("level", "level_possible", "official_level", "official_level_possible")


def table(path):
    """Rows of a file that batch wrote, by company."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return {row["company"]: row for row in csv.DictReader(file)}


def facts(row):
    """What has to be the same whoever wrote the answers."""
    return {key: value for key, value in row.items()
            if key in LEVELS or key.endswith(("_low", "_high"))
            or key in ("answered", "asked", "blockers", "decisive_blanks")}


class Check:
    def __init__(self, program, tally, rubric, count, folder):
        self.program, self.tally, self.rubric, self.folder = program, tally, rubric, folder
        self.survey = asked.Survey(rubric)
        self.companies = self.survey.companies(count)
        self.expected = None

    def batch(self, name, export, layout=None):
        """The folder with the results, or None where batch failed."""
        path, out = self.folder / f"{name}.csv", self.folder / name
        path.write_bytes(export.bytes())
        shutil.rmtree(out, ignore_errors=True)
        done = subprocess.run(
            [self.program, "batch", path, "-o", out, "-r", self.rubric, "--date",
             DATE.isoformat(), *(["--layout", layout] if layout else [])],
            capture_output=True, text=True, check=False)
        said = done.stderr.strip()
        (self.folder / f"{name}.txt").write_text(done.stdout + said, encoding="utf-8")
        good = self.tally.check(done.returncode == 0, f"{name}: status {done.returncode}: "
                                f"{said.partition(chr(10))[0]}")
        return out if good else None

    def plain(self):
        out = self.batch("plain", vendors.Plain(self.survey, self.companies).export())
        if out:
            self.expected = {name: facts(row) for name, row in table(out / "results.csv").items()}
            cells = csv.DictReader(self.folder.joinpath("plain.csv").read_text(
                encoding="utf-8").splitlines(keepends=True))
            for row in cells:
                self.grade_again(row)

    def grade_again(self, row):
        """The same company by the tests' own grader."""
        company = grade.Company()
        company.add(row)
        mine = grade.assessment(self.survey.rubric, company, DATE, oracle.exact)
        theirs = self.expected[row["company"]]
        levels = (mine["level"], mine["level_possible"], mine["official"]["level"],
                  mine["official"]["level_possible"])
        found = tuple(theirs[level] for level in LEVELS)
        score = {side: theirs["score_" + side] for side in ("low", "high")}
        same = oracle.same_score(mine["score"], score if score["low"] else None)
        self.tally.check(found == levels and same,
                         f"{row['company']}: {found} {score}, the grader of the tests gives "
                         f"{levels} {oracle.shown(mine['score'])}")

    def vendor(self, name):
        writer = vendors.VENDORS[name](self.survey, self.companies)
        export = writer.export()
        out = self.batch(name, export, writer.layout)
        if not out:
            return
        results = table(out / "results.csv")
        differing = [(company, key, value, results.get(company, {}).get(key))
                     for company, wanted in self.expected.items()
                     for key, value in wanted.items()
                     if results.get(company, {}).get(key) != value]
        companies = len({company for company, *_ in differing})
        self.tally.check(not differing, f"{self.survey.rubric.id} {name}: {companies} of "
                         f"{len(self.expected)} companies differ: {differing[:3]}")
        extra = set(results) - set(self.expected)
        self.tally.check(not extra, f"{name}: graded {sorted(extra)}, which are no answers")
        self.check_rejects(name, out, export)
        self.check_privacy(name, out)

    def check_rejects(self, name, out, export):
        with open(out / "rejects.csv", encoding="utf-8-sig", newline="") as file:
            rejected = list(csv.DictReader(file))
        self.tally.check(len(rejected) == len(export.partial),
                         f"{name}: {len(rejected)} rows rejected, not {len(export.partial)}: "
                         f"{rejected[:2]}")

    def check_privacy(self, name, out):
        for path in out.rglob("*"):
            data = path.read_bytes() if path.is_file() else b""
            found = [text for text in vendors.PRIVATE if text.encode() in data]
            self.tally.check(not found, f"{name}: {path.name} tells {found}")


def main():
    parser = reports.parser(__doc__)
    parser.add_argument("vendors", nargs="*", default=[v for v in vendors.VENDORS if v != "plain"])
    parser.add_argument("--companies", type=int, default=60)
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    tally = reports.Tally()
    with tempfile.TemporaryDirectory() as work:
        for rubric in RUBRICS:
            folder = (options.keep or pathlib.Path(work)) / rubric.stem
            folder.mkdir(parents=True, exist_ok=True)
            check = Check(options.program, tally, rubric, options.companies, folder)
            check.plain()
            for name in options.vendors if check.expected else ():
                check.vendor(name)
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
