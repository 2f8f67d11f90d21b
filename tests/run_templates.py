#!/usr/bin/env python3
"""Renders every sample sheet of every rubric with the templates `application` and `brief`, in both
languages: a sound file of the right length that says where it comes from. Pages of one sheet are
compared with tests/golden/templates; --update makes those anew.
"""

import hashlib
import pathlib
import re
import sys
import tempfile

import images
import render
import reports

PAGES = reports.ROOT / "tests" / "golden" / "templates"
GOLDEN = reports.SAMPLES / "blanks_ceramics.csv"
TEMPLATES = ("application", "brief")
MOST_PAGES = {"application": 40, "brief": 2}
SAID = {  # what must stand on the pages, by template and language
    ("application", "en"): ["1. The applicant", "Register of evidence", "Commitment", "DRAFT"],
    ("application", "zh"): ["一、申报单位基本信息", "证明材料清单", "申报承诺书", "草稿"],
    ("brief", "en"): ["Brief for the board"],
    ("brief", "zh"): ["评估简报"],
}


def sheets():
    """Every sheet with the rubric that it answers."""
    for sheet in reports.sheets():
        yield sheet, "miit_smart_factory@2025"
    for folder in sorted(path for path in reports.SAMPLES.iterdir() if path.is_dir()):
        for sheet in sorted(folder.glob("*.csv")):
            yield sheet, "@".join(folder.name.rsplit("_", 1))


class Looker:
    def __init__(self, program, update):
        self.program, self.update = program, update
        self.tally = reports.Tally()

    def look(self, sheet, rubric, template, language, work):
        name = f"{sheet.stem}.{template}.{language}"
        pdf = work / (name + ".pdf")
        command = ("score", sheet, "-r", rubric, "--template", template, "--lang", language,
                   "--date", reports.DATE, "-q", "-o", "-")
        pdf.write_bytes(self.program.run(*command))
        self.tally.check(pdf.read_bytes() == self.program.run(*command),
                         f"{name}: two runs differ")
        self.tally.check("WARNING" not in render.tool("qpdf", "--check", pdf),
                         f"{name}: qpdf warns")
        text = render.squeezed(render.tool("pdftotext", "-raw", pdf, "-"))
        pages = int(render.tool("pdfinfo", pdf).partition("Pages:")[2].split()[0])
        self.tally.check(pages <= MOST_PAGES[template], f"{name}: has {pages} pages")
        self.tally.check(template != "brief" or pages == 2, f"{name}: has {pages} pages, not 2")
        file = reports.ROOT / "templates" / (template + ".ini")
        for words in SAID[template, language] + [
                hashlib.sha256(sheet.read_bytes()).hexdigest(),
                hashlib.sha256(file.read_bytes()).hexdigest(), reports.DATE]:
            self.tally.check(render.squeezed(words) in text, f'{name}: "{words}" is not there')
        if sheet == GOLDEN:
            blank, _ = render.blank_characters(pdf) if template == "brief" else ([], 0)
            self.tally.check(not blank, f"{name}: no ink for {', '.join(blank[:8])}")
            self.compare(f"{template}.{language}", pdf)

    def compare(self, name, pdf):
        actual = render.rasterise(pdf, render.GOLDEN_DPI)
        if self.update:
            for number, image in enumerate(actual, 1):
                images.write_png(PAGES / f"{name}.{number}.png", image)
            return
        self.tally.check(len(actual) == len(list(PAGES.glob(f"{name}.*.png"))),
                         f"{name}: has {len(actual)} pages, not as many as before")
        for number, image in enumerate(actual, 1):
            golden = PAGES / f"{name}.{number}.png"
            reason = (images.difference(images.read_png(golden), image) if golden.is_file()
                      else "is new")
            self.tally.check(reason is None, f"{name}: page {number} {reason}")

    def letter(self, sheet, rubric, language, work):
        """A brief stays two pages on American paper."""
        (work / "letter.ini").write_text("[report]\nbase = brief\n[page]\nsize = Letter\n",
                                         encoding="utf-8")
        pdf = work / "letter.pdf"
        pdf.write_bytes(self.program.run(
            "score", sheet, "-r", rubric, "--template", work / "letter.ini", "--lang", language,
            "--date", reports.DATE, "-q", "-o", "-"))
        told = render.tool("pdfinfo", pdf)
        self.tally.check(re.search(r"Pages: +2\n", told) and "612 x 792" in told,
                         f"{sheet.stem}.brief.{language}: not two pages of Letter")

    def final(self):
        """--final takes the word away, and nothing else."""
        command = ("score", GOLDEN, "--template", "application", "--date", reports.DATE, "-q",
                   "-o", "-")
        with tempfile.TemporaryDirectory() as folder:
            texts = []
            for more in ((), ("--final",)):
                pdf = pathlib.Path(folder) / "report.pdf"
                pdf.write_bytes(self.program.run(*command, *more))
                texts.append(render.squeezed(render.tool("pdftotext", "-raw", pdf, "-")))
        self.tally.check("DRAFT" in texts[0], "application: no draft")
        self.tally.check(texts[0].replace("DRAFT", "") == texts[1],
                         "--final: changes more than the word")


def check_words(tally):
    """The words of the template and those that the code asks for are the same."""
    code = "".join(path.read_text(encoding="utf-8")
                   for path in sorted((reports.ROOT / "assess").glob("*/*.c")))
    literals = set(re.findall(r'"([a-z][a-z0-9_]*)"', code))
    asked = set(re.findall(r'(?:story_word|STORY_FILL)\(\s*[&*\w>-]+,\s*"(\w+)"', code))
    text = (reports.ROOT / "templates" / "consultant.ini").read_text(encoding="utf-8")
    section = text.partition("\n[words]\n")[2].partition("\n[")[0]
    words = set(re.findall(r"^([a-z]\w*) =", section, re.M))
    tally.check(len(words) > 200 and len(asked) > 150, "words or calls were not found")
    for word in sorted(asked - words):
        tally.check(False, f"[words] lacks {word}")
    for word in sorted(words):
        stem = re.sub(r"_(one|\d+)(_house)?$", "", word)
        tally.check(word in literals or stem in literals or stem in ("method", "part"),
                    f"[words] {word} is asked for nowhere")


def main():
    parser = reports.parser(__doc__)
    parser.add_argument("--update", action="store_true", help="make the golden pages anew")
    options = parser.parse_args()
    looker = Looker(reports.Program(options.program), options.update)
    if options.update:
        PAGES.mkdir(parents=True, exist_ok=True)
        for path in PAGES.glob("*.png"):
            path.unlink()
    with tempfile.TemporaryDirectory() as work:
        for sheet, rubric in sheets():
            for template in TEMPLATES:
                for language in reports.LANGUAGES:
                    looker.tally.attempt(sheet.name, lambda: looker.look(
                        sheet, rubric, template, language, pathlib.Path(work)))
            for language in reports.LANGUAGES:
                looker.tally.attempt(sheet.name, lambda: looker.letter(
                    sheet, rubric, language, pathlib.Path(work)))
    looker.tally.attempt("--final", looker.final)
    check_words(looker.tally)
    return looker.tally.close()


if __name__ == "__main__":
    sys.exit(main())
