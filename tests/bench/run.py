#!/usr/bin/env python3
"""Measures one company - time, peak memory and size of the report - and the loading of rubrics,
beside their targets.

Times are medians over runs after one that warms the caches and gives the peak memory. Nothing is
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
sys.path.insert(0, str(ROOT / "tests"))
import reports  # pylint: disable=wrong-import-position
import large_rubric  # pylint: disable=wrong-import-position


def run(command, work, environment):
    """Standard error of a run that must succeed."""
    done = subprocess.run(command, cwd=work, env=environment, check=False,
                          stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: status {done.returncode}\n{done.stderr.decode()}")
    return done.stderr.decode()


def measure(command, work, runs, environment):
    """Wall times in ms, and peak memory in MB. A small program starts the one whose memory is
    measured: what Python starts is charged with Python's own peak."""
    times = []
    said = run(["/usr/bin/time", "-f", "%M", *command], work, environment)
    for _ in range(runs):
        start = time.perf_counter()
        run(command, work, environment)
        times.append((time.perf_counter() - start) * 1000)
    return times, int(said.split()[-1]) / 1024


def measure_rubrics(options, work, environment):
    """Wall times of a check without proofs, of the largest rubric and of a made one with 1,000
    questions; peak memory in MB of that one."""
    check = [str(pathlib.Path(options.program).resolve()), "check", "--no-proofs", "-q"]
    largest = max((ROOT / "rubrics").glob("*.ini"), key=lambda path: path.stat().st_size)
    made = pathlib.Path(work) / "large.ini"
    made.write_text(large_rubric.rubric(), encoding="utf-8")
    times, _ = measure(check + [str(largest)], work, options.runs, environment)
    made_times, peak = measure(check + [str(made)], work, options.runs, environment)
    return times, made_times, peak


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=ROOT / "build" / "assess")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--sample", type=pathlib.Path, help="a sheet; default: the largest sample")
    options = parser.parse_args()
    sample = options.sample or max(
        reports.sheets(), key=lambda path: path.stat().st_size)
    environment = reports.environment(options.program)
    score = [str(pathlib.Path(options.program).resolve()), "score", str(sample.resolve()), "-q",
             "--date", "2025-11-25"]

    with tempfile.TemporaryDirectory() as work:
        json_times, json_peak = measure(score + ["-f", "json", "-o", "-"], work, options.runs,
                                        environment)
        pdf_times, pdf_peak = measure(
            score + ["-f", "pdf", "--lang", "zh", "--force", "-o", work], work,
            options.runs, environment)
        check_times, large_times, large_peak = measure_rubrics(options, work, environment)
        [pdf] = pathlib.Path(work).glob("*.pdf")
        size = pdf.stat().st_size / 1024
    print(f"{sample.name}, {options.runs} runs, {os.cpu_count()} cores, load "
          f"{os.getloadavg()[0]:.1f}\n")
    print(f"{'figure':<32}{'measured':>12}{'at most':>12}")
    for figure, measured, target, unit in (
            ("JSON only, wall time", statistics.median(json_times), 15, "ms"),
            ("   fastest run", min(json_times), 15, "ms"),
            ("JSON only, peak memory", json_peak, 20, "MB"),
            ("Chinese PDF, wall time", statistics.median(pdf_times), 120, "ms"),
            ("   fastest run", min(pdf_times), 120, "ms"),
            ("Chinese PDF, peak memory", pdf_peak, 80, "MB"),
            ("Chinese PDF with attachments, size", size, 310, "KB"),
            ("check of the largest rubric", statistics.median(check_times), 50, "ms"),
            ("   fastest run", min(check_times), 50, "ms"),
            ("check of 1,000 questions", statistics.median(large_times), 100, "ms"),
            ("   fastest run", min(large_times), 100, "ms"),
            ("check of 1,000 questions, peak", large_peak, 80, "MB")):
        verdict = "ok" if measured <= target else "MISSED"
        print(f"{figure:<32}{measured:>9.1f} {unit}{target:>9} {unit}  {verdict}")


if __name__ == "__main__":
    main()
