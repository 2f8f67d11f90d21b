#!/usr/bin/env python3
"""Compares the ink of characters in the PDFs of the samples with the font's own drawing.

Every different character of all samples in both languages is looked at where it stands first: its
place on the rasterised page beside what FreeType draws from the font file. Text extraction does
not see a glyph that is missing, wrong or without its parts; this does.
"""

import functools
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

try:
    import freetype
except ImportError:  # Debian's module belongs to Debian's Python
    if sys.executable != "/usr/bin/python3":
        sys.exit(subprocess.call(["/usr/bin/python3", *sys.argv]))
    raise

import images
import reports

FONT = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
DPI = 144
TRIES = 3         # places of a character, of which the best counts: one may lie on a line
SHIFT = 2         # dots that a glyph may lie off, either way
LIKE = 0.8        # correlation with the font's drawing; another character's is far below
SMALLEST = 12     # dots of ink that a comparison needs
PAGE = "{http://www.w3.org/1999/xhtml}page"


class Drawn:
    """A character as the font draws it at a size, from the baseline on."""

    def __init__(self, face, character, size):
        face.set_char_size(int(size * 64), 0, DPI, DPI)
        face.load_char(character, freetype.FT_LOAD_RENDER | freetype.FT_LOAD_NO_HINTING)
        bitmap = face.glyph.bitmap
        self.width, self.height = bitmap.width, bitmap.rows
        self.left, self.top = face.glyph.bitmap_left, face.glyph.bitmap_top
        self.dots = [bitmap.buffer[y * bitmap.pitch + x] for y in range(bitmap.rows)
                     for x in range(bitmap.width)]


def words_of(pdf):
    """Page, text, left, right, top, bottom of each word."""
    layout = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True)
    text = re.sub("[\x00-\x08\x0b-\x1f]", "", layout.stdout.decode("utf-8"))
    for number, page in enumerate(xml.etree.ElementTree.fromstring(text).iter(PAGE), 1):
        for word in page:
            yield (number, word.text or "", *(float(word.get(side)) for side in
                                              ("xMin", "xMax", "yMin", "yMax")))


def places_of(pdf, face, missing):
    """Where characters stand: (character, page, size, x, baseline in points). The size follows
    from a word's width, for the font's advances are known."""
    rise = face.ascender / (face.ascender - face.descender)
    for page, text, left, right, top, bottom in words_of(pdf):
        if any(face.get_char_index(character) == 0 for character in text):
            missing.update(c for c in text if face.get_char_index(c) == 0)
            continue
        advances = []
        for character in text:
            face.load_char(character, freetype.FT_LOAD_NO_SCALE)
            advances.append(face.glyph.advance.x / face.units_per_EM)
        if not sum(advances):
            continue
        size, x = (right - left) / sum(advances), left
        for character, advance in zip(text, advances):
            yield character, page, size, x, top + rise * (bottom - top)
            x += advance * size


def correlation(first, second):
    n = len(first)
    mean_1, mean_2 = sum(first) / n, sum(second) / n
    both = sum((a - mean_1) * (b - mean_2) for a, b in zip(first, second))
    own_1 = sum((a - mean_1) ** 2 for a in first)
    own_2 = sum((b - mean_2) ** 2 for b in second)
    return both / (own_1 * own_2) ** 0.5 if own_1 and own_2 else 0.0


def likeness(image, drawn, x, baseline):
    """The best correlation of the drawing and a frame around it with the page; ink may be darker
    or lighter than its ground."""
    frame = [0] * ((drawn.width + 2) * (drawn.height + 2))
    for y in range(drawn.height):
        for at in range(drawn.width):
            frame[(y + 1) * (drawn.width + 2) + at + 1] = drawn.dots[y * drawn.width + at]
    left = round(x * DPI / 72) + drawn.left - 1
    top = round(baseline * DPI / 72) - drawn.top - 1
    best = 0.0
    for down in range(-SHIFT, SHIFT + 1):
        for across in range(-SHIFT, SHIFT + 1):
            box = image.box(left + across, top + down, left + across + drawn.width + 1,
                            top + down + drawn.height + 1)
            if len(box) == len(frame):
                best = max(best, abs(correlation(frame, box)))
    return best


def compare(face, character, places):
    """How like the character's drawing the best of the places is; 1 for too little ink to tell."""
    best = 0.0
    for pdf, page, size, x, baseline in places:
        drawn = Drawn(face, character, size)
        if sum(dot > 127 for dot in drawn.dots) < SMALLEST:
            return 1.0
        best = max(best, likeness(page_image(pdf, page), drawn, x, baseline))
        if best >= LIKE:
            break
    return best


@functools.lru_cache(maxsize=None)
def page_image(pdf, number):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-gray", "-r", str(DPI), "-f", str(number), "-l", str(number),
                        pdf, pathlib.Path(folder) / "page"], check=True)
        return images.read_pgm(next(pathlib.Path(folder).glob("*.pgm")))


def main():
    options = reports.parser(__doc__).parse_args()
    program, tally = reports.Program(options.program), reports.Tally()
    face = freetype.Face(FONT)
    places, missing = {}, set()
    with tempfile.TemporaryDirectory() as work:
        for sheet in reports.sheets():
            for language in reports.LANGUAGES:
                pdf = program.report(sheet, "pdf", language,
                                     pathlib.Path(work) / f"{sheet.stem}.{language}")
                for character, *place in places_of(pdf, face, missing):
                    known = places.setdefault(character, [])
                    if len(known) < TRIES:
                        known.append((pdf, *place))
        for character, known in places.items():
            best = compare(face, character, known)
            tally.check(best >= LIKE, f"{character} (U+{ord(character):04X}) on page {known[0][1]} "
                        f"of {known[0][0].name} is not what the font draws: {best:.2f}")
        # The measure itself: another character's drawing is not like it.
        others = sorted(set(places) & set("\u4e00\u4e8c\u5de5\u4eba\u5927\u80fd\u5382ABmi8"))
        for character, other in zip(others, others[1:]):
            best = compare(face, other, places[character])
            tally.check(best < LIKE, f"{other} passes for {character}: {best:.2f}")
    tally.check(len(places) > 700, f"only {len(places)} characters")
    if missing:
        print(f"of other fonts, not compared: {' '.join(sorted(missing))}")
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
