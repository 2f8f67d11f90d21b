#!/usr/bin/env python3
"""Checks the shelf: every rubric ships with cases and sheets, and these grade as a person did.

The sheets of a rubric are templates/samples/ID_EDITION/NAME.csv; those of the default rubric lie in
templates/samples itself, and tests/cli/samples_verdicts.case has their levels. Beside each sheet
stands NAME.reasoning.txt, whose first lines are "level: ID" and "level_possible: ID", and
"profile: ID" where the sheet is to be graded under one.
"""

import json
import re
import sys

import reports

RUBRICS = reports.ROOT / "rubrics"
DEFAULT = "miit_smart_factory_2025"
CASES = 10
STATED = re.compile(r"level: (\w+)\nlevel_possible: (\w+)\n(?:profile: (\w+)\n)?\n")


def grade(program, rubric, profile, sheet):
    """Level and possible level of a sheet, which must give no finding."""
    text = program.run("score", sheet, "-r", rubric, "-f", "json", "-o", "-", "-q",
                       "--date", reports.DATE, *(("--profile", profile) if profile else ()))
    assessment = json.loads(text)
    if assessment["findings"]:
        raise reports.ReportError(assessment["findings"][0]["message"])
    return assessment["level"], assessment["level_possible"]


def check_sheet(tally, program, rubric, sheet):
    name = sheet.relative_to(reports.SAMPLES)
    reasoning = sheet.with_suffix(".reasoning.txt")
    text = reasoning.read_text(encoding="utf-8") if reasoning.is_file() else ""
    stated = STATED.match(text)
    if not tally.check(stated, f"{name}: {reasoning.name} does not begin with the lines "
                               "`level: ID`, `level_possible: ID` and an empty one"):
        return
    *levels, profile = stated.groups()
    graded = tally.attempt(name, lambda: grade(program, rubric, profile, sheet))
    if graded:
        tally.check(graded == tuple(levels),
                    f"{name}: {rubric} gives {graded}, the reasoning {tuple(levels)}")


def check_rubric(tally, program, path):
    rubric = "@".join(path.stem.rsplit("_", 1))
    text = path.read_text(encoding="utf-8")
    cases = len(re.findall(r"^\[case ", text, re.M))
    tally.check(cases >= CASES, f"{path.name} has {cases} cases, not {CASES}")
    named = "@".join(re.search(rf"^{key} *= *(\S+)", text, re.M)[1] for key in ("id", "edition"))
    tally.check(named == rubric, f"{path.name} says that it is {named}")
    sheets = sorted((reports.SAMPLES / path.stem).glob("*.csv"))
    tally.check(sheets or path.stem == DEFAULT, f"{path.name} has no sheet in "
                                                f"templates/samples/{path.stem}")
    for sheet in sheets:
        check_sheet(tally, program, rubric, sheet)


def main():
    options = reports.parser(__doc__).parse_args()
    tally, program = reports.Tally(), reports.Program(options.program)
    rubrics = sorted(RUBRICS.glob("*.ini"))
    for path in rubrics:
        check_rubric(tally, program, path)
    for folder in sorted(path for path in reports.SAMPLES.iterdir() if path.is_dir()):
        tally.check(folder.name in [path.stem for path in rubrics],
                    f"templates/samples/{folder.name} belongs to no rubric")
    tally.check(reports.sheets(), f"{DEFAULT} has no sheet in templates/samples")
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
