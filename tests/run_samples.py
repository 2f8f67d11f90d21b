#!/usr/bin/env python3
"""Runs the program over every sample in every format, and checks what must hold for any answers:
two runs give the same bytes, the order of the rows changes nothing, nothing but the report is left.

--wrap puts a command before the program; a run that ends with another status than 0 is a failure.
"""

import csv
import io
import json
import pathlib
import sys
import tempfile

import reports

FORMATS = ("json", "csv", "pdf", "html", "xlsx")


def reversed_rows(sheet):
    """The sheet's text with its rows, header aside, in the opposite order."""
    rows = [row for row in csv.reader(io.StringIO(sheet.read_text(encoding="utf-8-sig"))) if row]
    out = io.StringIO()
    csv.writer(out).writerows(rows[:1] + rows[:0:-1])
    return out.getvalue()


def facts(text):
    """An assessment without what names its file; findings name lines, which the order moves."""
    assessment = json.loads(text)
    del assessment["sources"]
    findings = assessment.pop("findings")
    return assessment, sorted((item["severity"], item["message"]) for item in findings)


class Runs:
    def __init__(self, program, quick):
        self.program, self.quick = program, quick
        self.tally = reports.Tally()

    def score(self, answers, kind, language, folder):
        """Files written by one run, by name."""
        folder.mkdir(parents=True)
        self.program.run("score", answers, "-f", kind, "--lang", language, "-q",
                         "--date", reports.DATE, "-o", folder)
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    def formats(self, answers, work):
        for kind in FORMATS:
            for language in reports.LANGUAGES if kind in ("pdf", "html", "xlsx") else ("en",):
                name = f"{answers.stem}.{kind}.{language}"
                files = self.score(answers, kind, language, work / name)
                self.tally.check(files and all(files.values()), f"{name}: empty")
                self.tally.check(all(file.endswith("." + kind) for file in files),
                                 f"{name}: left {', '.join(files)}")
                if not self.quick:
                    again = self.score(answers, kind, language, work / (name + ".again"))
                    self.tally.check(files == again, f"{name}: two runs differ")

    def sheet(self, sheet, work):
        self.formats(sheet, work)
        said = work / "terminal"
        said.mkdir()
        for command in (("score", sheet, "-o", said), ("explain", sheet)):
            text = self.program.run(*command, "--date", reports.DATE).decode()
            self.tally.check(text and "\x1b" not in text,
                             f"{sheet.name}: {command[0]} says nothing, or in colour")
        if self.quick:
            return
        other = work / "reversed.csv"
        other.write_text(reversed_rows(sheet), encoding="utf-8")
        command = ("-f", "json", "-o", "-", "-q", "--date", reports.DATE)
        self.tally.check(facts(self.program.run("score", sheet, *command))
                         == facts(self.program.run("score", other, *command)),
                         f"{sheet.name}: the order of rows changes the assessment")


def main():
    parser = reports.parser(__doc__)
    parser.add_argument("--wrap", default="", help="a command to put before the program")
    options = parser.parse_args()
    runs = Runs(reports.Program(options.program, options.wrap), quick=bool(options.wrap))
    sheets, tables = reports.sheets(), reports.tables()
    runs.tally.check(sheets and tables, "there are no sample sheets or no sample table")
    with tempfile.TemporaryDirectory() as folder:
        for sheet in sheets:
            work = pathlib.Path(folder) / sheet.stem
            work.mkdir()
            runs.tally.attempt(sheet.name, lambda: runs.sheet(sheet, work))
        for table in tables:
            work = pathlib.Path(folder) / table.stem
            work.mkdir()
            runs.tally.attempt(table.name, lambda: runs.formats(table, work))
        for rubric in sorted((reports.ROOT / "rubrics").glob("*.ini")):
            for command in (("check", rubric), ("form", "-r", rubric),
                            ("explain", "--plan", "-r", rubric)):
                text = runs.tally.attempt(rubric.name, lambda: runs.program.run(*command))
                runs.tally.check(text, f"{rubric.name}: {command[0]} says nothing")
    return runs.tally.close()


if __name__ == "__main__":
    sys.exit(main())
