"""The four-page report by ReportLab's canvas: peer_reportlab.py TEXTS.json COUNT [FILE] prints the
seconds for COUNT reports, after one that is not counted; FILE gets the last."""

import io
import math

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

import peer

FONT = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
LEFT, TOP, LEADING = 56, 780, 16


def radar(page, axes):
    middle, radius, n = (200, 560), 90, len(axes)

    def corner(at, distance):
        angle = 2 * math.pi * at / n - math.pi / 2
        return middle[0] + distance * math.cos(angle), middle[1] - distance * math.sin(angle)

    rings = [[radius * ring / 4] * n for ring in range(1, 5)]
    for ring in rings + [[radius * axis["value"] for axis in axes]]:
        path = page.beginPath()
        path.moveTo(*corner(0, ring[0]))
        for at in range(1, n):
            path.lineTo(*corner(at, ring[at]))
        path.close()
        page.drawPath(path)
    for at, axis in enumerate(axes):
        page.line(*middle, *corner(at, radius))
        page.drawString(340, 640 - 20 * at, axis["title"])
        page.drawRightString(530, 640 - 20 * at, f"{100 * axis['value']:.1f}%")


def table(page, heads, rows, columns):
    for number, row in enumerate([heads] + rows):
        y = TOP - 30 - LEADING * number
        for x, text in zip(columns, row):
            page.drawString(x, y, text)
        page.line(LEFT, y - 4, 540, y - 4)


def report(texts, number):
    file = io.BytesIO()
    page = canvas.Canvas(file, pagesize=A4, pageCompression=1)
    page.setTitle(texts["title"])
    heads = texts["heads"]
    page.setFont("face", 24)
    page.drawString(LEFT, TOP, texts["title"])
    page.drawString(LEFT, TOP - 60, f"{texts['company']}{number}")
    page.setFont("face", 10)
    for at, line in enumerate(texts["lines"] * 2):
        page.drawString(LEFT, TOP - 120 - LEADING * at, line)
    page.showPage()
    for head, draw in ((heads[0], lambda: radar(page, texts["axes"])),
                       (heads[1], lambda: table(page, texts["columns"], texts["rows"],
                                                (56, 90, 250, 320, 380))),
                       (heads[2], lambda: table(page, texts["columns"][:3], texts["gaps"],
                                                (56, 90, 380)))):
        page.setFont("face", 17)
        page.drawString(LEFT, TOP, head)
        page.bookmarkPage(head)
        page.addOutlineEntry(head, head)
        page.setFont("face", 7.5)
        draw()
        page.showPage()
    page.save()
    return file.getvalue()


if __name__ == "__main__":
    pdfmetrics.registerFont(TTFont("face", FONT))
    peer.run(report)
