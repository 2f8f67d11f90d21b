#!/usr/bin/env python3
"""Checks the references of the formats of rubrics, templates and layouts: docs/rubric-format.md is
what `assess help format` prints, docs/template-format.md what `assess help template` does,
docs/survey-format.md what `assess help survey` does; the rubric, the template and the layout shown
are without a fault, and the rubric holds its own cases.

--update writes the pages anew.
"""

import pathlib
import re
import sys
import tempfile

import reports

DOCS = reports.ROOT / "docs"


def shown(tally, page, folder):
    """The first ini block of a page, as a file."""
    block = re.search(r"^```ini\n(.*?)^```$", page, re.M | re.S)
    path = pathlib.Path(folder) / "example.ini"
    if tally.check(block, "the page shows no file"):
        path.write_text(block[1], encoding="utf-8")
    return path


def check_rubric(tally, program, page):
    with tempfile.TemporaryDirectory() as folder:
        path = shown(tally, page, folder)
        said = tally.attempt("the rubric shown", lambda: program.run(
            "check", "--strict", "--no-proofs", path).decode())
        cases = path.read_text(encoding="utf-8").count("[case ")
        tally.check(said and f"{cases} of {cases} cases hold" in said,
                    f"the rubric shown does not hold its cases: {said}")


def check_template(tally, program, page):
    with tempfile.TemporaryDirectory() as folder:
        path = shown(tally, page, folder)
        tally.attempt("the template shown", lambda: program.run("check", "--strict", path))
        tally.attempt("a report by it", lambda: program.run(
            "score", reports.sheets()[0], "--template", path, "-o", "-", "-q"))


def check_layout(tally, program, page):
    with tempfile.TemporaryDirectory() as folder:
        path = shown(tally, page, folder)
        survey = pathlib.Path(folder) / "survey.csv"
        survey.write_text("respondent_no,finished_at,a_score\nNo,At,Score\n1,3.9.2026,5\n",
                          encoding="utf-8")
        said = tally.attempt("the layout shown", lambda: program.run(
            "inspect", survey, "--layout", path).decode())
        tally.check(said and "Our survey server" in said, f"the layout shown is not taken: {said}")


def check_page(tally, program, topic, file, check, update):
    page = program.run("help", topic).decode()
    path = DOCS / file
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(page, encoding="utf-8")
    tally.check(path.read_text(encoding="utf-8") == page,
                f"docs/{file} is not what `assess help {topic}` prints: run `make docs`")
    tally.check("{{" not in page, f"docs/{file}: a mark was not replaced")
    check(tally, program, page)


def main():
    parser = reports.parser(__doc__)
    parser.add_argument("--update", action="store_true", help="write the pages")
    options = parser.parse_args()
    program, tally = reports.Program(options.program), reports.Tally()
    for topic, file, check in (("format", "rubric-format.md", check_rubric),
                               ("template", "template-format.md", check_template),
                               ("survey", "survey-format.md", check_layout)):
        check_page(tally, program, topic, file, check, options.update)
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
