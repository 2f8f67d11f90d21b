#!/usr/bin/env python3
"""Reads the workbooks that the program makes as a spreadsheet does.

A form is filled in by its drop-downs and checks, its first sheet written as CSV and scored: no
finding, and the answers are those filled in."""

import argparse
import csv
import datetime
import io
import itertools
import json
import os
import pathlib
import re
import sys
import tempfile

import reports

try:
    import openpyxl
except ImportError:  # another Python than Debian's, which has the packages of Debian
    if os.path.realpath(sys.executable) == os.path.realpath("/usr/bin/python3"):
        sys.exit("openpyxl is missing: run `scripts/setup test` first")
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])

RUBRICS = ("miit_smart_factory@2025", "gbt_39116@2020", "liaoning_advanced@2026",
           "miit_energy_storage@2027", str(reports.ROOT / "tests/cli/data/small.ini"))
FORM_LANGUAGES = (None, "en", "zh", "zh,en")
COLUMNS = ["question", "ask", "answer", "options", "evidence", "owner", "note", "confidence",
           "evidence_asked", "help"]
CODE = "91110000MA0000000H"  # a made-up social credit code with its right last digit
DAY = datetime.datetime(2024, 3, 1)


def shown(cell):
    """A cell's text as a spreadsheet writes it into CSV."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, datetime.datetime):
        assert cell.number_format == "yyyy-mm-dd", cell.number_format
        return cell.value.strftime("%Y-%m-%d")
    return str(cell.value)


def as_csv(sheet):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in sheet.iter_rows():
        writer.writerow([shown(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def validations(sheet):
    """The check of each cell that has one, by its place."""
    found = {}
    for check in sheet.data_validations.dataValidation:
        for area in check.sqref.ranges:
            for row, column in itertools.product(range(area.min_row, area.max_row + 1),
                                                 range(area.min_col, area.max_col + 1)):
                assert (row, column) not in found, f"two checks at {row}, {column}"
                found[row, column] = check
    return found


def listed(book, check):
    """The options of a drop-down, which stand on the hidden sheet."""
    name, _, area = check.formula1.partition("!")
    assert book[name].sheet_state == "hidden", name
    return [cell.value for row in book[name][area.replace("$", "")] for cell in row]


def number(formula):
    """A number that a check of numbers lets pass, written as people do."""
    low = re.search(r">=(-?[\d.]+)", formula)
    high = re.search(r"<=(-?[\d.]+)", formula)
    least = float(low[1]) if low else float(high[1]) - 10 if high else 1.5
    most = float(high[1]) if high else least + 10
    return f"{(least + most) / 2:g}" + ("%" if '"%"' in formula else "")


def pick(book, check, options, turn):
    """An answer that fits the cell's check; `turn` varies it."""
    if check is None:
        return f"=1+{turn}"  # a text, and none that is calculated
    if check.type == "list":
        choices = listed(book, check)
        return choices[turn % len(choices)]
    if check.type == "date":
        return DAY
    if check.type == "custom":
        return CODE if "TRIM" in check.formula1 else number(check.formula1)
    return options.partition(": ")[2].partition("：")[0].split(" | ")[0] \
        if ": " in options else options.partition("：")[2].split(" | ")[0]


class Workbooks:
    def __init__(self, program):
        self.program, self.tally = program, reports.Tally()

    def form(self, rubric, languages, path):
        words = ("--lang", languages) if languages else ()
        self.program.run("form", "-r", rubric, "-f", "xlsx", *words, "-o", path, "--force")
        return openpyxl.load_workbook(path)

    def look(self, book, languages, name):
        """What holds for every form."""
        check, sheet = self.tally.check, book.worksheets[0]
        head = [cell.value.partition(" / ")[0] for cell in sheet[1]]
        wanted = list(COLUMNS)
        if len((languages or "en,zh").split(",")) == 2:
            wanted.insert(1, "ask")
        check(head == wanted, f"{name}: columns {head}")
        check(book.active is sheet, f"{name}: another sheet is in front")
        check(sheet.freeze_panes == "B2", f"{name}: frozen at {sheet.freeze_panes}")
        check(sheet.print_title_rows == "$1:$1", f"{name}: the head is not on every page")
        check(sheet.protection.sheet and not sheet.protection.password, f"{name}: protection")
        check([each.sheet_state for each in book] == ["visible", "visible", "hidden"],
              f"{name}: sheets {book.sheetnames}")
        check(all(cell.data_type != "f" for each in book for row in each.iter_rows()
                  for cell in row), f"{name}: has a formula")
        said = " ".join(str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row)
        check("CSV UTF-8" in said and ("n/a:" in said or "不适用" in said), f"{name}: instructions")

    def fill(self, book):
        """Fill in every answer; the answers by question."""
        sheet, filled = book.worksheets[0], {}
        head = [cell.value.partition(" / ")[0] for cell in sheet[1]]
        answer, options = head.index("answer") + 1, head.index("options") + 1
        checks = validations(sheet)
        for row in range(2, sheet.max_row + 1):
            question, cell = sheet.cell(row, 1).value, sheet.cell(row, answer)
            if not question:
                continue
            assert not cell.protection.locked, cell.coordinate
            assert sheet.cell(row, 1).protection.locked, cell.coordinate
            cell.value = pick(book, checks.get((row, answer)), sheet.cell(row, options).value, row)
            confidence = sheet.cell(row, head.index("confidence") + 1)
            confidence.value = listed(book, checks[row, confidence.column])[row % 3]
            filled[question] = shown(cell)
        return filled

    def scored(self, rubric, text, folder):
        path = folder / "filled.csv"
        path.write_text(text, encoding="utf-8", newline="")
        said = self.program.run("score", path, "-r", rubric, "-f", "json", "-o", "-", "--strict",
                                "--date", reports.DATE)
        return json.loads(said)

    def round_trip(self, rubric, languages, folder):
        name = f"{pathlib.Path(rubric).name} in {languages}"
        book = self.form(rubric, languages, folder / "form.xlsx")
        self.look(book, languages, name)
        filled = self.fill(book)
        result = self.scored(rubric, as_csv(book.worksheets[0]), folder)
        told = [each["message"] for each in result["findings"]]
        self.tally.check(not told, f"{name}: {told[:3]}")
        blank = [each["question"] for each in result["answers"] if each["state"] != "answered"]
        self.tally.check(not blank, f"{name}: not read: {blank[:3]}")
        self.tally.check(set(filled) >= {each["question"] for each in result["answers"]},
                         f"{name}: questions are missing")

    def same_bytes(self, folder):
        for zone in ("UTC", "Asia/Shanghai"):
            self.program.environment["TZ"] = zone
            self.program.run("form", "-f", "xlsx", "-o", folder / f"{zone[:3]}.xlsx")
        del self.program.environment["TZ"]
        self.tally.check((folder / "UTC.xlsx").read_bytes() == (folder / "Asi.xlsx").read_bytes(),
                         "forms: two runs differ")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default="build/assess")
    books = Workbooks(reports.Program(parser.parse_args().program))
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        for rubric, languages in itertools.product(RUBRICS, FORM_LANGUAGES):
            books.round_trip(rubric, languages, folder)
        books.same_bytes(folder)
    return books.tally.close()


if __name__ == "__main__":
    sys.exit(main())
