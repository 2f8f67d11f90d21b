#!/usr/bin/env python3
"""Grades one generated survey with `assess batch` and with DuckDB, polars, pandas and Miller, which
compute the same levels, by turns in one run: rows a second, and the median of the pairs' ratios
beside its target. Then libcsv alone, two workers to one, time and memory by size, what further
outputs cost, and whether levels and scores of every row are those of the SQL. Nothing is asserted.
Options: --program, --rows, --rounds, --most (rows of the largest file), --cells, --only PART...
"""

import argparse
import collections
import csv
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import node_peers
import survey_data
import survey_logic
import survey_sql
import survey_tree

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PYTHON = "/usr/bin/python3"  # Debian's: it has pandas
DATE = "2026-01-01"
WORKERS = 2
PAIRS = 10  # of two workers to one
LEVELS = ("level", "level_possible", "official_level", "official_level_possible")

# Largest file a peer is asked to read, how many times as fast as it assess is to be.
Peer = collections.namedtuple("Peer", "name most target command")


class Bench:
    def __init__(self, options, work):
        self.options, self.work = options, work
        self.rubric = survey_logic.read_rubric()
        self.surveys = {}
        self.tree = work / "tree.json"
        self.environment = dict(os.environ, POLARS_MAX_THREADS=str(WORKERS))
        survey_tree.write(self.tree, self.rubric, options.cells)

    def survey(self, rows):
        if rows not in self.surveys:
            path = self.work / f"survey_{rows}.csv"
            survey_data.make(rows, path, cells=self.options.cells,
                             generator=self.build("survey_generator"))
            self.surveys[rows] = path
        return self.surveys[rows]

    def build(self, name):
        return self.options.program.parent / name

    def run(self, command, output=None):
        """What it prints and the seconds it took; None where it is not installed or fails."""
        os.sync()  # no program writes back what the one before it wrote
        start = time.perf_counter()
        try:
            with open(output or os.devnull, "wb") as file:
                done = subprocess.run([str(word) for word in command], cwd=self.work, check=False,
                                      stdout=file if output else subprocess.PIPE,
                                      stderr=subprocess.PIPE, env=self.environment)
        except FileNotFoundError:
            return None
        took = time.perf_counter() - start
        if done.returncode:
            print(done.stderr.decode("utf-8", "replace").strip()[-400:], file=sys.stderr)
            return None
        return (done.stdout or b"").decode(), took

    # assess

    def folder(self):
        return self.work / "out"

    def put_aside(self):
        """Make room for the next output. Thousands of files are not deleted while times are taken:
        ext4 looks for other places than those that were freed a moment ago, file by file."""
        if (self.folder() / "reports").exists():
            self.folder().rename(self.work / f"aside{len(list(self.work.glob('aside*')))}")
        else:
            shutil.rmtree(self.folder(), ignore_errors=True)

    def clear(self):
        for folder in self.work.glob("aside*"):
            shutil.rmtree(folder)

    def own_command(self, rows, workers, *more):
        if self.options.cells == "codes":
            more += ("--layout", HERE / "survey_codes.ini")
        return [self.options.program, "batch", self.survey(rows), "-o", self.folder(), "-q",
                "--rubric", survey_logic.RUBRIC, "--date", DATE, "-j", workers, *more]

    def own(self, rows, workers=WORKERS, *more):
        """Seconds of a whole run, from its start to its end."""
        self.put_aside()
        done = self.run(self.own_command(rows, workers, *more))
        return done and done[1]

    def own_peak(self, rows):
        """Peak memory in MB. A small program starts the one that is measured: what Python starts
        is charged with Python's own peak."""
        self.put_aside()
        command = ["/usr/bin/time", "-f", "%M", *self.own_command(rows, WORKERS)]
        done = subprocess.run([str(word) for word in command], cwd=self.work, check=True,
                              capture_output=True, text=True)
        return int(done.stderr.split()[-1]) / 1024

    # the peers: each the seconds for a survey, without the start of its interpreter

    def seconds(self, command):
        done = self.run(command)
        return done and float(done[0].split()[0])

    def duckdb(self, rows, scores=False):
        query = self.work / "query.sql"
        query.write_text(survey_sql.query(self.survey(rows), self.work / "duckdb.csv", self.rubric,
                                          self.options.cells, scores), encoding="utf-8")
        return self.seconds(["node", HERE / "survey_duckdb.js", query, WORKERS])

    def polars(self, rows):
        return self.seconds(["node", HERE / "survey_polars.js", self.tree, self.survey(rows),
                             self.work / "polars.csv"])

    def pandas(self, way):
        return lambda rows: self.seconds([PYTHON, HERE / "survey_pandas.py", way, self.tree,
                                          self.survey(rows), self.work / f"pandas_{way}.csv"])

    def miller(self, rows):
        program = self.work / "levels.mlr"
        done = self.run([sys.executable, HERE / "survey_miller.py", self.tree], program)
        done = done and self.run(["mlr", "-S", "--csv", "put", "-f", program, self.survey(rows)],
                                 self.work / "miller.csv")
        return done and done[1]

    def libcsv(self, rows):
        return self.seconds([self.build("survey_libcsv"), self.survey(rows), WORKERS])

    def peers(self):
        rows = self.options.rows
        yield Peer("DuckDB", rows, 2.5, self.duckdb)
        yield Peer("polars", rows, 1.5, self.polars)
        yield Peer("pandas", min(rows, 200000), 25, self.pandas("plain"))
        yield Peer("pandas, tuned", min(rows, 200000), None, self.pandas("tuned"))
        yield Peer("Miller", min(rows, 50000), 50, self.miller)
        yield Peer("libcsv, no work", rows, 0.5, self.libcsv)

    # the parts

    def compare(self):
        """Every peer by turns with assess on the same file."""
        heading(f"{'rows a second':<20}{'rows':>10}{'peer':>12}{'assess':>12}")
        for peer in self.peers():
            pairs = []
            for _ in range(self.options.rounds):
                pairs.append((self.own(peer.most), peer.command(peer.most)))
                if pairs[-1][1] is None:
                    break
            self.show(peer, pairs)

    @staticmethod
    def show(peer, pairs):
        if pairs[-1][1] is None:
            print(f"{peer.name:<20}not measured: it is not installed, or failed")
            return
        line = f"{peer.name:<20}{peer.most:>10}{peer.most / middle(p for _, p in pairs):>12,.0f}"
        if pairs[-1][0] is None:
            print(line + f"{'no batch':>12}")
            return
        ratio = middle(theirs / own for own, theirs in pairs)
        print(line + f"{peer.most / middle(own for own, _ in pairs):>12,.0f}{ratio:>10.2f} x"
              + verdict(peer.target, ratio, "x"))

    def workers(self):
        """Two workers to one."""
        rows = self.options.rows
        ratio = middle(self.own(rows, 1) / self.own(rows, 2) for _ in range(PAIRS))
        heading(f"{'two workers to one':<54}")
        print(f"{f'median of {PAIRS} pairs, {rows} rows':<54}{ratio:>10.2f} x"
              + verdict(1.7, ratio, "x"))

    def sizes(self):
        """Time a row and peak memory, which are to be flat."""
        print(f"\n{'rows':>10}{'us a row':>12}{'MB':>10}")
        rows = 10000
        while rows <= self.options.most:
            times = [self.own(rows) for _ in range(3)]
            print(f"{rows:>10}{middle(times) / rows * 1e6:>12.3f}{self.own_peak(rows):>10.1f}")
            rows = min(rows * 10, self.options.most) if rows < self.options.most else rows + 1

    def outputs(self):
        """What each further output costs, by turns with the plain run."""
        rows = min(self.options.rows, 50000)
        print(f"\n{f'further outputs, {rows} rows':<40}{'us a row':>12}{'companies/s':>14}")
        plain = middle(self.own(rows) for _ in range(self.options.rounds))
        print(f"{'none':<40}{plain / rows * 1e6:>12.2f}{rows / plain:>14,.0f}")
        for more in (["--json"], ["--xlsx"],
                     ["--reports", "all", "--template", "brief", "--lang", "zh"]):
            times = [self.own(rows, WORKERS, *more) for _ in range(min(3, self.options.rounds))]
            if times[-1] is None:
                print(f"{' '.join(more[:2]):<40}not there")
                continue
            took = middle(times)
            cost = (took - plain) / rows * 1e6
            print(f"{' '.join(more[:2]):<40}{cost:>12.2f}{rows / took:>14,.0f}")

    def agreement(self):
        """The levels and scores of every row against those of the SQL."""
        rows = self.options.rows
        if self.own(rows) is None or self.duckdb(rows, True) is None:
            print("\nagreement: not measured")
            return
        with open(self.work / "duckdb.csv", encoding="utf-8", newline="") as file:
            theirs = {row["uscc"]: row for row in csv.DictReader(file)}
        levels = scores = total = 0
        parts = ["score", *self.rubric.dimensions]
        with open(self.folder() / "results.csv", encoding="utf-8-sig", newline="") as file:
            for own in csv.DictReader(file):
                other = theirs[own["uscc"]]
                total += 1
                levels += any(own[level] != other[level] for level in LEVELS)
                scores += not all(same_score(own, other, part) for part in parts)
        print(f"\n{total} of {rows} rows graded; by SQL {levels} have other levels, "
              f"{scores} other scores")


def same_score(own, other, part):
    """Whether the interval printed is the exact one, whose ends the SQL gives as fractions: a point
    half up, else the low end down and the high end up, to six places or as many as are shown."""
    low, high, of = (int(other[f"{part}_{side}"]) for side in ("low", "high", "of"))
    shown = own[part + "_low"], own[part + "_high"]
    if not of:
        return shown == ("", "")
    for text, end, extra in zip(shown, (low, high), (0, of - 1)):
        whole, _, decimals = text.partition(".")
        scale = 10 ** max(6, len(decimals))
        value = int(whole) * scale + int(decimals.ljust(6, "0"))
        exact = (2 * end * scale + of) // (2 * of) if low == high else (end * scale + extra) // of
        if value != exact:
            return False
    return True


def heading(start):
    print(f"\n{start}{'ratio':>12}{'at least':>12}")


def middle(values):
    return statistics.median(values)


def verdict(target, ratio, unit):
    if target is None:
        return ""
    return f"{target:>10} {unit}  {'ok' if ratio >= target else 'MISSED'}"


PARTS = ("compare", "workers", "sizes", "outputs", "agreement")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--program", default=ROOT / "build" / "assess", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=1000000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--most", type=int, default=5000000)
    parser.add_argument("--cells", choices=("codes", "ids"), default="codes")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    options = parser.parse_args()
    options.program = options.program.resolve()
    found = node_peers.install(options.program.parent / "bench")
    with tempfile.TemporaryDirectory(prefix="assess-bench-") as work:
        bench = Bench(options, pathlib.Path(work))
        bench.environment.update(found or {})
        size = bench.survey(options.rows).stat().st_size
        print(f"{options.rows} companies, {len(bench.rubric.questions)} questions, "
              f"{size / options.rows:.0f} bytes a row")
        for part in PARTS:
            if part in options.only:
                getattr(bench, part)()
                bench.clear()


if __name__ == "__main__":
    main()
