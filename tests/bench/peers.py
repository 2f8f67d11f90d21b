#!/usr/bin/env python3
"""Draws the four-page report of four_pages.py with assess and with ReportLab, cairo, WeasyPrint and
typst, by turns in one run, and prints how many PDFs a second each makes on a core, as medians, and
the median of the pairs' ratios beside its target; what tags cost, two threads, the first report,
its size, and memory over many reports. Nothing is asserted. Options: --bench, --rounds, --reports.
"""

import argparse
import pathlib
import statistics
import subprocess
import tempfile

import four_pages
import node_peers

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PYTHON = "/usr/bin/python3"  # Debian's: it has the packages
# Name, command, reports a round, how many times as fast as it assess is to be.
PEERS = (
    ("ReportLab", [PYTHON, HERE / "peer_reportlab.py"], 40, 8),
    ("cairo", [PYTHON, HERE / "peer_cairo.py"], 80, 5),
    ("typst", ["node", HERE / "peer_typst.js"], 10, 20),
    ("WeasyPrint", [PYTHON, HERE / "peer_weasyprint.py"], 1, 500),
)
OWN_REPORTS = 600  # a round
THREAD_PAIRS = 10


def seconds(command, environment=None):
    """What a program says it took; None if it cannot run."""
    done = subprocess.run([str(word) for word in command], cwd=ROOT, check=False,
                          capture_output=True, text=True, env=environment)
    return float(done.stdout) if done.returncode == 0 else None


class Comparison:
    def __init__(self, bench, texts, rounds):
        self.bench, self.texts, self.rounds = bench, texts, rounds

    def own(self, reports=OWN_REPORTS, threads=1, *more):
        return reports / seconds([self.bench, self.texts, "rate", reports, threads, *more])

    def peer(self, name, command, reports, target, environment):
        """By turns, so that what else the machine does strikes both."""
        pairs = []
        for _ in range(self.rounds if reports > 1 else min(self.rounds, 3)):
            own = self.own()
            took = seconds([*command, self.texts, reports], environment)
            if took is None:
                print(f"{name:<24}not measured: it is not installed")
                return
            pairs.append((own, reports / took))
        ratio = statistics.median(own / other for own, other in pairs)
        print(f"{name:<24}{statistics.median(other for _, other in pairs):>10.1f}/s"
              f"{ratio:>10.1f} x{target:>10} x  {'ok' if ratio >= target else 'MISSED'}")

    def pairs(self, title, first, second, target):
        """How many times as fast the second way is."""
        ratio = statistics.median(1 / first() * second() for _ in range(THREAD_PAIRS))
        verdict = "" if target is None else f"{target:>10} x  " + (
            "ok" if ratio >= target else "MISSED")
        print(f"{title:<36}{ratio:>10.2f} x{verdict}")


def peak(command):
    """Peak memory in MB."""
    done = subprocess.run(["/usr/bin/time", "-f", "%M", *(str(word) for word in command)], cwd=ROOT,
                          check=True, capture_output=True, text=True)
    return int(done.stderr.split()[-1]) / 1024


def row(title, measured, target, unit):
    print(f"{title:<36}{measured:>8.1f} {unit}{target:>10} {unit}  "
          f"{'ok' if measured <= target else 'MISSED'}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--bench", default=ROOT / "build" / "pdf_bench", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--reports", type=int, default=10000, help="for the memory of a run")
    options = parser.parse_args()
    bench = options.bench.resolve()
    typst = node_peers.install(bench.parent / "bench")
    with tempfile.TemporaryDirectory() as work:
        texts = pathlib.Path(work) / "texts.json"
        texts.write_text(four_pages.dumped(), encoding="utf-8")
        compare = Comparison(bench, texts, options.rounds)
        print(f"{'the four-page report':<24}{'PDFs':>10}{'ratio':>14}{'at least':>12}")
        print(f"{'assess, tagged':<24}{compare.own():>10.1f}/s")
        for name, command, reports, target in PEERS:
            compare.peer(name, command, reports, target, typst if name == "typst" else None)
        print()
        compare.pairs("without tags", compare.own, lambda: compare.own(OWN_REPORTS, 1, "untagged"),
                      None)
        compare.pairs("with attachments", compare.own,
                      lambda: compare.own(OWN_REPORTS, 1, "attached"), None)
        compare.pairs("two threads to one", lambda: compare.own(OWN_REPORTS, 1),
                      lambda: compare.own(2 * OWN_REPORTS, 2), 1.7)
        row("first report of a run", statistics.median(
            seconds([bench, texts, "first"]) for _ in range(15)), 60, "ms")
        pdf = pathlib.Path(work) / "one.pdf"
        subprocess.run([str(bench), str(texts), "write", str(pdf)], cwd=ROOT, check=True)
        row("its size", pdf.stat().st_size / 1024, 60, "KB")
        row("peak memory, 100 reports", peak([bench, texts, "rate", 100, 1]), 100, "MB")
        row(f"peak memory, {options.reports} reports",
            peak([bench, texts, "rate", options.reports, 1]), 100, "MB")


if __name__ == "__main__":
    main()
