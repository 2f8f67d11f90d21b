#!/usr/bin/env python3
"""Measures one company: time, peak memory and size of the report, beside their targets.

Times are medians over runs after one that warms the caches; memory is the largest seen. Nothing is
asserted: another machine has other figures. Options: --program, --runs, --sample.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def measure(command, work, runs):
    """Median wall time in ms and peak memory in MB."""
    times, peak = [], 0
    for run in range(runs + 1):
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=work, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        complaint = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stderr.close()
        if process.returncode != 0:
            sys.exit(f"{' '.join(command)}: status {process.returncode}\n{complaint.decode()}")
        if run > 0:
            times.append(elapsed * 1000)
        peak = max(peak, usage.ru_maxrss / 1024)
    return statistics.median(times), peak


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=ROOT / "build" / "assess")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--sample", type=pathlib.Path, help="a sheet; default: the largest sample")
    options = parser.parse_args()
    sample = options.sample or max(
        (path for path in (ROOT / "templates" / "samples").glob("*.csv")
         if path.read_text(encoding="utf-8-sig").startswith("question")),
        key=lambda path: path.stat().st_size)
    score = [str(pathlib.Path(options.program).resolve()), "score", str(sample.resolve()), "-q",
             "--date", "2025-11-25"]

    with tempfile.TemporaryDirectory() as work:
        json_time, json_peak = measure(score + ["-f", "json", "-o", "-"], work, options.runs)
        pdf_time, pdf_peak = measure(
            score + ["-f", "pdf", "--lang", "zh", "--force", "-o", work], work, options.runs)
        [pdf] = pathlib.Path(work).glob("*.pdf")
        size = pdf.stat().st_size / 1024
    print(f"{sample.name}, {options.runs} runs, {os.cpu_count()} cores\n")
    print(f"{'figure':<32}{'measured':>12}{'at most':>12}")
    for figure, measured, target, unit in (
            ("JSON only, wall time", json_time, 15, "ms"),
            ("JSON only, peak memory", json_peak, 20, "MB"),
            ("Chinese PDF, wall time", pdf_time, 120, "ms"),
            ("Chinese PDF, peak memory", pdf_peak, 80, "MB"),
            ("Chinese PDF, size", size, 250, "KB")):
        verdict = "ok" if measured <= target else "MISSED"
        print(f"{figure:<32}{measured:>9.1f} {unit}{target:>9} {unit}  {verdict}")


if __name__ == "__main__":
    main()
