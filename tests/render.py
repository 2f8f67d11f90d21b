#!/usr/bin/env python3
"""Looks at the PDFs of the samples as a reader would: every page rasterised.

For each sheet in both languages: a sound file of bounded size, fonts embedded and subset, the same
bytes twice, the text that must be there, ink where the text says that there is a character. Pages
of the samples in GOLDEN are compared with tests/golden/pages, and some of the reports about many
companies; --update makes those anew.
"""

import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import images
import reports

PAGES = reports.ROOT / "tests" / "golden" / "pages"
SIZE_LIMIT = 310 * 1024  # bytes of one report with what is attached, some 50 KB
GOLDEN_SHEETS = 2        # of the sheets, the first and the last are compared
GOLDEN_DPI = 48
COHORTS = {  # options of `batch`, and the pages that are compared
    "cohort": ((), {2, 3, 4, 7}),
    "cohort.withheld": (("--min-group", 5), {2, 3}),
}
IN_ORDER = {  # what every report of the samples says, first to last
    "en": ["The verdict", "The dimensions", "Every requirement", "Typical scenes: 40",
           "Indicators beside peers", "Findings about the input", "All answers",
           "Registered in mainland China?", "Lines or workshops are planned digitally",
           "Method and provenance", "What was not verified", "Date of assessment"],
    "zh": ["评估结论", "评估维度", "全部要求", "典型场景：按环节", "指标与同类工厂对照", "输入文件检查",
           "全部答案", "方法与来源", "未经核实的内容", "评估日期"],
}
INK_DPI = 96
INK_LEAST = 0.01         # of a character's box: the smallest is a full stop
INK_SHADE = 40           # that a pixel of ink is off the background


def tool(*command):
    """Standard output of a program that must succeed."""
    done = subprocess.run([str(word) for word in command], check=False, capture_output=True)
    if done.returncode != 0:
        raise reports.ReportError(f"{command[0]}: {done.stderr.decode('utf-8', 'replace')}"
                                  f"{done.stdout.decode('utf-8', 'replace')}")
    return done.stdout.decode("utf-8", "replace")


def rasterise(pdf, dpi):
    with tempfile.TemporaryDirectory() as folder:
        tool("pdftoppm", "-gray", "-r", dpi, pdf, pathlib.Path(folder) / "page")
        return [images.read_pgm(path) for path in sorted(pathlib.Path(folder).glob("*.pgm"))]


def squeezed(text):
    """Without white space: a wrapped word is still the word."""
    return re.sub(r"\s", "", text)


def has_ink(image, box):
    """Whether enough pixels of a box stand off its background, which may be coloured."""
    pixels = image.box(*box)
    if not pixels:
        return False
    background = sorted(pixels)[len(pixels) // 2]
    most = max(pixels, key=lambda shade: abs(shade - background))
    if abs(most - background) < INK_SHADE:
        return False
    ink = sum(abs(shade - background) >= INK_SHADE for shade in pixels)
    return ink >= INK_LEAST * len(pixels)


def blank_characters(pdf):
    """Chinese characters that the text has and the page does not show."""
    layout = re.sub("[\x00-\x08\x0b-\x1f]", "", tool("pdftotext", "-bbox", pdf, "-"))
    pages = xml.etree.ElementTree.fromstring(layout).iter("{http://www.w3.org/1999/xhtml}page")
    scale, blank, seen = INK_DPI / 72, [], 0
    for number, (page, image) in enumerate(zip(pages, rasterise(pdf, INK_DPI)), 1):
        for word in page:
            text = word.text or ""
            if not re.fullmatch("[\u4e00-\u9fff]+", text):
                continue
            left, top, right, bottom = (float(word.get(side)) * scale
                                        for side in ("xMin", "yMin", "xMax", "yMax"))
            width = (right - left) / len(text)
            for at, character in enumerate(text):
                seen += 1
                box = (left + at * width, top, left + (at + 1) * width, bottom)
                if not has_ink(image, box):
                    blank.append(f"{character} on page {number}")
    return blank, seen


class Reader:
    def __init__(self, program, update, kept):
        self.program, self.update, self.kept = program, update, kept
        self.tally = reports.Tally()

    def look(self, sheet, language, golden, work):
        """All checks of one sheet in one language."""
        name = f"{sheet.stem}.{language}"
        pdf = self.program.report(sheet, "pdf", language, work / name)
        again = self.program.report(sheet, "pdf", language, work / (name + ".again"))
        self.tally.check(pdf.read_bytes() == again.read_bytes(), f"{name}: two runs differ")
        self.sound(name, pdf)
        self.text(name, sheet, language, pdf)
        seen = self.ink(name, pdf)
        if language == "zh":
            self.tally.check(seen > 500, f"{name}: only {seen} Chinese characters")
        if golden:
            self.pages(name, pdf)

    def look_at_cohort(self, name, language, work):
        """The report about all sample companies."""
        words, golden = COHORTS[name]
        name = f"{name}.{language}"
        table, = reports.tables()
        self.program.run("batch", table, *words, "--lang", language, "--date", reports.DATE, "-q",
                         "-o", work / name)
        pdf = work / name / "cohort.pdf"
        self.sound(name, pdf)
        self.ink(name, pdf)
        self.pages(name, pdf, golden)

    def sound(self, name, pdf):
        size = pdf.stat().st_size
        self.tally.check(size <= SIZE_LIMIT, f"{name}: {size} bytes, {SIZE_LIMIT} are allowed")
        sound = tool("qpdf", "--check", pdf)
        self.tally.check("WARNING" not in sound, f"{name}: qpdf says\n{sound}")
        self.fonts(name, pdf)

    def ink(self, name, pdf):
        """How many Chinese characters there are; all of them are drawn."""
        blank, seen = blank_characters(pdf)
        self.tally.check(not blank, f"{name}: no ink for {', '.join(blank[:8])}")
        return seen

    def fonts(self, name, pdf):
        lines = tool("pdffonts", pdf).splitlines()[2:]
        self.tally.check(lines, f"{name}: has no font")
        for line in lines:
            flags = re.search(r"(yes|no) +(yes|no) +(yes|no) +\d+ +\d+ *$", line)
            self.tally.check(flags and flags[1] == flags[2] == flags[3] == "yes",
                             f"{name}: font not embedded, subset and with its text: {line}")

    def text(self, name, sheet, language, pdf):
        """Company, levels, edition, date and the hash of the answers are on the pages."""
        text = squeezed(tool("pdftotext", pdf, "-"))
        result = json.loads(self.program.run(
            "score", sheet, "-f", "json", "-o", "-", "-q", "--date", reports.DATE))
        wanted = [result["rubric"]["edition"], result["rubric"]["sha256"], result["date"],
                  hashlib.sha256(sheet.read_bytes()).hexdigest()]
        wanted += [value for key, value in result["fields"].items() if key == "company" and value]
        wanted += {"en": ["Advanced"], "zh": ["基础级", "先进级", "卓越级", "领航级"]}[language]
        for words in wanted:
            self.tally.check(squeezed(words) in text, f'{name}: "{words}" is not on its pages')
        self.tally.check("\ufffd" not in text, f"{name}: has a replacement character")
        self.order(name, language, pdf, text)

    def order(self, name, language, pdf, text):
        """Chapters and answers are read in their order, by eye and by a screen reader."""
        read = squeezed(tool("pdfinfo", "-struct-text", pdf)).replace('"', "")
        for way, words in (("copied", text), ("read out", read)):
            place = 0
            for heading in IN_ORDER[language]:
                place = words.find(squeezed(heading), place)
                if not self.tally.check(place >= 0, f"{name}: {heading} is {way} out of order"):
                    break

    def kept_reports(self, program, work):
        """reports/samples, one of each kind, is what the program makes today."""
        fresh = work / "samples"
        tool("env", *(f"{name}={value}" for name, value in self.program.environment.items()),
             reports.ROOT / "scripts" / "samples", program, fresh)
        kept = reports.ROOT / "reports" / "samples"
        names = sorted(path.name for path in fresh.iterdir())
        self.tally.check(names == sorted(path.name for path in kept.glob("*")),
                         f"reports/samples does not hold {', '.join(names)}")
        for name in names:
            self.tally.attempt(name, lambda: self.kept_report(kept / name, fresh / name))

    def kept_report(self, kept, fresh):
        same = kept.is_file() and kept.read_bytes() == fresh.read_bytes()
        alike = ""
        if not same and fresh.suffix == ".pdf" and kept.is_file():
            pairs = zip(rasterise(kept, GOLDEN_DPI), rasterise(fresh, GOLDEN_DPI))
            alike = (" in its bytes, not in pages and text"
                     if not any(images.difference(*pair) for pair in pairs)
                     and tool("pdftotext", kept, "-") == tool("pdftotext", fresh, "-")
                     else " in its pages or text")
        self.tally.check(same, f"{kept.name} differs{alike}: look why, then `make samples`")

    def pages(self, name, pdf, some=None):
        """All pages, or some of them, are those that were kept."""
        actual = rasterise(pdf, GOLDEN_DPI)
        numbers = sorted(some or range(1, len(actual) + 1))
        if self.update:
            for path in PAGES.glob(f"{name}.[0-9]*.png"):
                path.unlink()
        elif not self.tally.check(
                len(numbers) == len(list(PAGES.glob(f"{name}.[0-9]*.png")))
                and numbers[-1] <= len(actual),
                f"{name}: has {len(actual)} pages, not as many as before"):
            return
        for number in numbers:
            image = actual[number - 1]
            golden = PAGES / f"{name}.{number}.png"
            if self.update:
                images.write_png(golden, image)
                continue
            reason = images.difference(images.read_png(golden), image)
            if not self.tally.check(reason is None, f"{name}: page {number} {reason}"):
                self.kept.mkdir(parents=True, exist_ok=True)
                images.write_png(self.kept / golden.name, image)
                print(f"  compare {golden.relative_to(reports.ROOT)} with "
                      f"{self.kept / golden.name}")


def main():
    parser = reports.parser(__doc__)
    parser.add_argument("--update", action="store_true", help="make the golden pages anew")
    parser.add_argument("--languages", default=",".join(reports.LANGUAGES))
    parser.add_argument("sheets", nargs="*", type=pathlib.Path, help="default: all samples")
    options = parser.parse_args()
    sheets = reports.sheets()
    golden = {sheets[at] for at in range(0, len(sheets),
                                         max(1, (len(sheets) - 1) // (GOLDEN_SHEETS - 1)))
              } if sheets else set()
    reader = Reader(reports.Program(options.program), options.update,
                    options.program.parent / "render")
    reader.tally.check(sheets, "there are no sample sheets")
    if options.update and not options.sheets:
        PAGES.mkdir(parents=True, exist_ok=True)
        for path in PAGES.glob("*.png"):
            path.unlink()
    with tempfile.TemporaryDirectory() as work:
        for sheet in options.sheets or sheets:
            for language in options.languages.split(","):
                reader.tally.attempt(sheet.name, lambda: reader.look(
                    sheet, language, sheet in golden, pathlib.Path(work)))
        for name in () if options.sheets else COHORTS:
            for language in options.languages.split(","):
                reader.tally.attempt(name, lambda: reader.look_at_cohort(
                    name, language, pathlib.Path(work)))
        if not options.sheets and not options.update:
            reader.tally.attempt("reports/samples", lambda: reader.kept_reports(
                options.program, pathlib.Path(work)))
    return reader.tally.close()


if __name__ == "__main__":
    sys.exit(main())
