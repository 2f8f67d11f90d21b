#!/usr/bin/env python3
"""Checks the reference of the rubric format: docs/rubric-format.md is what `assess help format`
prints, and the rubric that it shows is without a fault or a warning and holds its own cases.

--update writes the page anew.
"""

import argparse
import pathlib
import re
import sys
import tempfile

import reports

PAGE = reports.ROOT / "docs" / "rubric-format.md"


def check_example(tally, program, page):
    """The first ini block is a whole rubric."""
    block = re.search(r"^```ini\n(.*?)^```$", page, re.M | re.S)
    if not tally.check(block, "the page shows no rubric"):
        return
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "example.ini"
        path.write_text(block[1], encoding="utf-8")
        said = tally.attempt("the rubric shown", lambda: program.run(
            "check", "--strict", "--no-proofs", path).decode())
        cases = block[1].count("[case ")
        tally.check(said and f"{cases} of {cases} cases hold" in said,
                    f"the rubric shown does not hold its cases: {said}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=reports.ROOT / "build" / "assess")
    parser.add_argument("--update", action="store_true", help="write the page")
    options = parser.parse_args()
    program, tally = reports.Program(options.program), reports.Tally()
    page = program.run("help", "format").decode()
    if options.update:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page, encoding="utf-8")
    tally.check(PAGE.read_text(encoding="utf-8") == page,
                f"{PAGE.relative_to(reports.ROOT)} is not what `assess help format` prints: "
                "run `make docs`")
    tally.check("{{" not in page, "a mark was not replaced")
    check_example(tally, program, page)
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
