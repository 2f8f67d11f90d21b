"""The four-page report by WeasyPrint: peer_weasyprint.py TEXTS.json COUNT [FILE], as
peer_reportlab.py."""

import html
import math

import weasyprint

import peer

STYLE = """@page { size: A4; margin: 50pt }
body { font: 7.5pt "WenQuanYi Micro Hei" } section { break-after: page }
td, th { border-bottom: 0.4pt solid; padding: 3pt; text-align: left } table { width: 100% }"""


def radar(axes):
    def points(distances):
        angles = [2 * math.pi * at / len(axes) - math.pi / 2 for at in range(len(axes))]
        return " ".join(f"{100 + d * math.cos(a):.2f},{100 + d * math.sin(a):.2f}"
                        for d, a in zip(distances, angles))

    rings = [[22.5 * ring] * len(axes) for ring in range(1, 5)]
    rings.append([90 * axis["value"] for axis in axes])
    shapes = "".join(f'<polygon points="{points(ring)}" fill="none" stroke="#888"/>'
                     for ring in rings)
    rows = table(["", ""], [[axis["title"], f"{100 * axis['value']:.1f}%"] for axis in axes])
    return f'<svg width="200" height="200">{shapes}</svg>{rows}'


def table(heads, rows):
    def line(tag, cells):
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    return ("<table><thead>" + line("th", heads) + "</thead>"
            + "".join(line("td", row) for row in rows) + "</table>")


def report(texts, number):
    heads = texts["heads"]
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in texts["lines"] * 2)
    parts = [f"<h1>{texts['title']}</h1><h1>{texts['company']}{number}</h1>{lines}",
             f"<h2>{heads[0]}</h2>" + radar(texts["axes"]),
             f"<h2>{heads[1]}</h2>" + table(texts["columns"], texts["rows"]),
             f"<h2>{heads[2]}</h2>" + table(texts["columns"][:3], texts["gaps"])]
    page = (f'<html lang="zh"><title>{texts["title"]}</title><style>{STYLE}</style>'
            + "".join(f"<section>{part}</section>" for part in parts) + "</html>")
    return weasyprint.HTML(string=page).write_pdf()


if __name__ == "__main__":
    peer.run(report)
