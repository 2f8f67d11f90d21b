#!/usr/bin/env python3
"""Compares the engine that grades by column with the one that grades company by company.

run_blocks.py [--bench build/block_bench] [--rows N] [--rubrics N] [--seed S]
Over the rubrics of the shelf and small random ones, under every profile, with companies made at
random: blanks, invalid and not applicable answers, evidence, waivers, dates in the future. Every
output of every row is compared.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
RANDOM = ROOT / "tests" / "oracle" / "random_rubrics.py"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", default=ROOT / "build" / "block_bench")
    parser.add_argument("--rows", type=int, default=64, help="of every rubric and profile")
    parser.add_argument("--rubrics", type=int, default=60, help="random ones")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, RANDOM, folder, "--count", str(options.rubrics),
                        "--seed", str(options.seed)], check=True, stdout=subprocess.DEVNULL)
        rubrics = sorted((ROOT / "rubrics").glob("*.ini")) + sorted(
            pathlib.Path(folder).glob("*.ini"))
        return subprocess.run([options.bench, "check", str(options.rows), str(options.seed)]
                              + rubrics, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
