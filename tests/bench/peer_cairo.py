"""The four-page report by cairo: peer_cairo.py TEXTS.json COUNT [FILE], as peer_reportlab.py."""

import io
import math

import cairo

import peer

FAMILY = "WenQuanYi Micro Hei"
LEFT, TOP, LEADING = 56, 62, 16


def show(page, x, y, text, size):
    page.set_font_size(size)
    page.move_to(x, y)
    page.show_text(text)


def radar(page, axes):
    middle, radius, n = (200, 280), 90, len(axes)

    def corner(at, distance):
        angle = 2 * math.pi * at / n - math.pi / 2
        return middle[0] + distance * math.cos(angle), middle[1] + distance * math.sin(angle)

    rings = [[radius * ring / 4] * n for ring in range(1, 5)]
    for ring in rings + [[radius * axis["value"] for axis in axes]]:
        page.move_to(*corner(0, ring[0]))
        for at in range(1, n):
            page.line_to(*corner(at, ring[at]))
        page.close_path()
        page.stroke()
    for at, axis in enumerate(axes):
        page.move_to(*middle)
        page.line_to(*corner(at, radius))
        page.stroke()
        show(page, 340, 200 + 20 * at, axis["title"], 7.5)
        show(page, 500, 200 + 20 * at, f"{100 * axis['value']:.1f}%", 7.5)


def table(page, heads, rows, columns):
    for number, row in enumerate([heads] + rows):
        y = TOP + 30 + LEADING * number
        for x, text in zip(columns, row):
            show(page, x, y, text, 7.5)
        page.move_to(LEFT, y + 4)
        page.line_to(540, y + 4)
        page.stroke()


def report(texts, number):
    file = io.BytesIO()
    surface = cairo.PDFSurface(file, 595.28, 841.89)
    surface.set_metadata(cairo.PDF_METADATA_TITLE, texts["title"])
    page = cairo.Context(surface)
    page.select_font_face(FAMILY)
    page.set_line_width(0.5)
    heads = texts["heads"]
    show(page, LEFT, TOP, texts["title"], 24)
    show(page, LEFT, TOP + 60, f"{texts['company']}{number}", 24)
    for at, line in enumerate(texts["lines"] * 2):
        show(page, LEFT, TOP + 120 + LEADING * at, line, 10)
    page.show_page()
    for at, draw in enumerate((
            lambda: radar(page, texts["axes"]),
            lambda: table(page, texts["columns"], texts["rows"], (56, 90, 250, 320, 380)),
            lambda: table(page, texts["columns"][:3], texts["gaps"], (56, 90, 380)))):
        show(page, LEFT, TOP, heads[at], 17)
        surface.add_outline(0, heads[at], f"page={at + 2}", cairo.PDF_OUTLINE_FLAG_OPEN)
        draw()
        page.show_page()
    surface.finish()
    return file.getvalue()


if __name__ == "__main__":
    peer.run(report)
