#!/usr/bin/env python3
"""Reads the workbooks that the program makes as a spreadsheet does.

A form is filled in by its drop-downs and checks, its first sheet written as CSV and scored: no
finding, and the answers are those filled in. A result is compared with its JSON."""

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
import time

import reports

try:
    import openpyxl
except ImportError:  # another Python than Debian's, which has the packages of Debian
    if os.path.realpath(sys.executable) == os.path.realpath("/usr/bin/python3"):
        sys.exit("openpyxl is missing: run `scripts/setup test` first")
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])

RUBRICS = ("miit_smart_factory@2025", "gbt_39116@2020", "liaoning_advanced@2026",
           "miit_energy_storage@2027", str(reports.ROOT / "tests/cli/data/small.ini"))
SAMPLES = ("blanks_ceramics.csv", "waiver_chemicals.csv", "pilot_bearing_zh.csv",
           "below_basic_furniture.csv")
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
    assert not check.showDropDown  # which would hide it
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


def has_formula(book):
    return any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows()
               for cell in row)


class Forms:
    def __init__(self, program, tally):
        self.program, self.tally = program, tally

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
        check(not has_formula(book), f"{name}: has a formula")
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



SHEETS = 6  # of one language, of a rubric that has scenes and indicators


class Results:
    """The workbook of a result against the JSON of the same."""

    def __init__(self, program, tally):
        self.program, self.tally = program, tally

    def both(self, answers, languages, folder, *words):
        made = folder / f"{pathlib.Path(answers).stem}-{languages}"
        made.mkdir()
        self.program.run("score", answers, "-f", "xlsx,json", "--lang", languages, "-q", "--date",
                         reports.DATE, "-o", made, *words)
        return (openpyxl.load_workbook(next(made.glob("*.xlsx"))),
                json.loads(next(made.glob("*.json")).read_text(encoding="utf-8")))

    def rows(self, sheet):
        """Rows below the head by the id in the last column."""
        last = sheet.max_column - 1
        return {row[last].value: row for row in sheet.iter_rows(min_row=2) if row[last].value}

    def look(self, sheets, name):
        for sheet in sheets[1:]:
            at = f"{name}: {sheet.title}"
            self.tally.check(sheet.freeze_panes == "A2", f"{at}: frozen at {sheet.freeze_panes}")
            self.tally.check(sheet.auto_filter.ref or sheet.max_row < 3, f"{at}: no filter")
            self.tally.check(sheet.print_title_rows == "$1:$1", f"{at}: no head in print")
        self.tally.check(all(len(sheets[i].conditional_formatting) for i in (0, 1, 2, 4)),
                         f"{name}: no colours")

    def requirements(self, sheet, said, name):
        words, rows = {}, self.rows(sheet)
        listed_there = [one for level in said["levels"] for one in level["requirements"]]
        self.tally.check(list(rows) == [one["id"] for one in listed_there],
                         f"{name}: other requirements")
        for one in listed_there:
            if one["kind"] != "advice":
                words.setdefault(one["status"], set()).add(rows[one["id"]][1].value)
        self.tally.check(all(len(each) == 1 for each in words.values())
                         and len(set(map(tuple, words.values()))) == len(words),
                         f"{name}: statuses {words}")

    def answers(self, sheet, said, name):
        rows = self.rows(sheet)
        for one in said["answers"]:
            row = rows[one["question"]]
            cell, low, high = row[2], row[5].value, row[6].value
            if one["state"] == "answered" and cell.number_format.endswith("%"):
                self.tally.check(abs(cell.value - float(one["answer"]) / 100) < 1e-9,
                                 f"{name}: {one['question']} is {cell.value}")
            if one["score"]:
                self.tally.check(-1e-9 <= one["score"]["low"] - low < 0.00051
                                 or one["score"]["low"] == one["score"]["high"]
                                 and abs(one["score"]["low"] - low) < 0.00051,
                                 f"{name}: {one['question']} scores {low}")
                self.tally.check(high >= low, f"{name}: {one['question']} scores to {high}")
            else:
                self.tally.check(low is None and high is None, f"{name}: {one['question']}")

    def gaps(self, sheet, said, name):
        rows = self.rows(sheet)
        self.tally.check(list(rows) == said["blockers"], f"{name}: other gaps")
        self.tally.check(all(cell.value is None for row in rows.values() for cell in row[8:11]),
                         f"{name}: the plan is not empty")

    def sample(self, answers, languages, folder):
        name = f"{answers.name} in {languages}"
        book, said = self.both(answers, languages, folder)
        spoken = languages.split(",")
        self.tally.check(len(book.sheetnames) == SHEETS * len(spoken), f"{name}: sheets")
        self.tally.check(not has_formula(book), f"{name}: has a formula")
        for i in range(len(spoken)):
            sheets = book.worksheets[SHEETS * i:SHEETS * (i + 1)]
            self.look(sheets, name)
            self.requirements(sheets[1], said, name)
            self.answers(sheets[4], said, name)
            self.gaps(sheets[5], said, name)
            shown_there = [cell.value for row in sheets[0].iter_rows() for cell in row]
            self.tally.check(said["rubric"]["sha256"] in shown_there, f"{name}: no hash")
            self.tally.check(datetime.datetime.fromisoformat(reports.DATE) in shown_there,
                             f"{name}: no date")

    def hostile(self, folder):
        """Texts that would run, that no cell holds, that no XML may hold."""
        long, run = "\u957f" * 40000, '=HYPERLINK("http://x")'
        sheet = folder / "hostile.csv"
        text = io.StringIO()
        csv.writer(text).writerows([
            ["question", "answer", "evidence", "owner", "note"], ["company", run, "", "", ""],
            ["plan_done", "fully", long, "+1", "@x"],
            ["plan_signed", "n/a: _x0041_ bell \a", "\x02", "-2", "=1"]])
        sheet.write_text(text.getvalue(), encoding="utf-8")
        rubric = reports.ROOT / "tests/cli/data/small.ini"
        book, _ = self.both(sheet, "en", folder, "-r", rubric)
        rows = self.rows(book["Answers"])
        self.tally.check(not has_formula(book), "hostile: has a formula")
        self.tally.check(rows["company"][2].value == run, "hostile: a text is changed")
        self.tally.check([rows["plan_done"][i].value for i in (10, 11)] == ["+1", "@x"],
                         "hostile: signs are changed")
        self.tally.check(rows["plan_done"][11].number_format == "@", "hostile: would run if edited")
        self.tally.check(len(rows["plan_done"][8].value) == 32767
                         and rows["plan_done"][8].value.endswith("..."), "hostile: a long text")
        self.tally.check("bell" in rows["plan_signed"][2].value
                         and "_x0041_" in rows["plan_signed"][2].value, "hostile: an escape")


def check_since(program, tally, folder):
    """A form of what is new asks the same as the CSV."""
    command = ("form", "-r", "miit_smart_factory@2025", "--since", "2024")
    program.run(*command, "-f", "xlsx", "-o", folder / "since.xlsx")
    sheet = openpyxl.load_workbook(folder / "since.xlsx").worksheets[0]
    ids = [cell.value for cell in sheet["A"][1:] if cell.value]
    rows = list(csv.reader(io.StringIO(program.run(*command).decode("utf-8-sig"))))
    tally.check(ids == [row[0] for row in rows[1:]], "since: other questions than in the CSV")


def make_large(folder, questions=500):
    rubric = folder / "large.ini"
    text = ["[rubric]\nid = large\nedition = 2025\nformat = 1\ntitle = Large\nlevels = one\n"
            "dimensions = d\n[level one]\ntitle = One\n[dimension d]\ntitle = D\n"
            "[field company]\ntype = text\nask = Company\n"
            "[requirement r]\nlevel = one\nkind = gate\norigin = house\ntitle = R\n"
            "needs = score() >= 50%\n"]
    text += [f"[question q{i}]\ndimension = d\ntype = choice\noptions = a{i}, b{i}, c{i}\n"
             f"ask = Question {i}\n" for i in range(questions)]
    rubric.write_text("".join(text), encoding="utf-8")
    return rubric


def check_large(program, tally, folder):
    """500 questions with a drop-down each, within a second each."""
    rubric = make_large(folder)
    for command in (("form",), ("score", folder / "large.csv", "-q")):
        (folder / "large.csv").write_text("question,answer\ncompany,Acme\n", encoding="utf-8")
        start = time.monotonic()
        program.run(*command, "-r", rubric, "-f", "xlsx", "-o", "-")
        took = time.monotonic() - start
        tally.check(took < 1, f"{command[0]} of 500 questions took {took:.2f} s")


def check_bytes(program, tally, folder):
    """The clock and its zone change nothing."""
    sheet = reports.SAMPLES / "waiver_chemicals.csv"
    for command in (("form",), ("score", sheet, "-q", "--date", reports.DATE)):
        made = []
        for zone in ("UTC", "Asia/Shanghai"):
            program.environment["TZ"] = zone
            made.append(program.run(*command, "-f", "xlsx", "-o", "-"))
            time.sleep(1.1)  # the library would tell the second
        tally.check(made[0] == made[1], f"{command[0]}: two runs differ")


def main():
    options = reports.parser(__doc__).parse_args()
    program, tally = reports.Program(options.program), reports.Tally()
    forms, results = Forms(program, tally), Results(program, tally)
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        for rubric, languages in itertools.product(RUBRICS, FORM_LANGUAGES):
            tally.attempt(rubric, lambda: forms.round_trip(rubric, languages, folder))
        for sample, languages in itertools.product(SAMPLES, ("en", "zh", "zh,en")):
            tally.attempt(sample,
                          lambda: results.sample(reports.SAMPLES / sample, languages, folder))
        tally.attempt("hostile", lambda: results.hostile(folder))
        tally.attempt("since", lambda: check_since(program, tally, folder))
        tally.attempt("large", lambda: check_large(program, tally, folder))
        tally.attempt("bytes", lambda: check_bytes(program, tally, folder))
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
