#!/usr/bin/env python3
"""Grades a survey as a job array on a Slurm of this host, and compares with a single run.

The scripts are those of templates/slurm.
"""

import csv
import filecmp
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import cluster
import reports

SHARDS, COMPANIES, PATIENCE = 3, 12000, 180
SCRIPTS = reports.ROOT / "templates" / "slurm"


def write_survey(path):
    """A table of the sample companies, again and again under other names."""
    sheets = []
    for sheet in reports.sheets():
        with open(sheet, encoding="utf-8-sig", newline="") as file:
            sheets.append({row["question"]: row["answer"] for row in csv.DictReader(file)
                           if not row["question"].startswith("waive:")})
    names = sorted(set().union(*sheets) - {"uscc"})
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        for i in range(COMPANIES):
            row = {name: sheets[i % len(sheets)].get(name, "") for name in names}
            row["company"] = f"{row['company']} {i % (COMPANIES - 50)}"  # some stand twice
            writer.writerow(row)


def files_below(folder):
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def compare(tally, one, other):
    names = files_below(one)
    tally.check(names, f"nothing in {one.name}")
    tally.check(names == files_below(other), f"{files_below(other)} instead of {names}")
    for name in names:
        tally.check((other / name).is_file() and filecmp.cmp(one / name, other / name, False),
                    f"{name} differs from that of a single run")


def grade(tally, program, folder, slurm):
    survey, single = folder / "survey.csv", folder / "single"
    write_survey(survey)
    reports.Program(program).run("batch", survey, "-o", single, "--date", reports.DATE, "-q")
    for name in ("shard.sh", "merge.sh", "submit.sh"):
        tally.check(os.access(SCRIPTS / name, os.X_OK), f"{name} cannot be run")
    merge = slurm.run(str(SCRIPTS / "submit.sh"), str(survey), str(folder / "array"), str(SHARDS),
                      "--date", reports.DATE, "-q", ASSESS=str(program))
    slurm.until(lambda: slurm.state_of(merge) in ("COMPLETED", "FAILED", "CANCELLED"),
                "the jobs have not ended", PATIENCE)
    for log in sorted((folder / "array").glob("*.log")):
        text = log.read_text(encoding="utf-8", errors="replace")
        count = f"{COMPANIES} records: {COMPANIES} graded, 0 not\n"
        expected = count if log.stem == "merge" else ""
        tally.check(text == expected, f"{log.name} says:\n{text}")
    tally.check(len(list((folder / "array").glob("shard-*/"))) >= SHARDS, "shards are missing")
    compare(tally, single, folder / "array" / "results")


def main():
    options = reports.parser(__doc__).parse_args()
    tally = reports.Tally()
    if not cluster.is_complete():
        sys.exit("Slurm is not installed: `make test-slurm` does it")
    with tempfile.TemporaryDirectory(prefix="slurm.") as folder:
        with cluster.Cluster(folder) as slurm:
            grade(tally, options.program, pathlib.Path(folder), slurm)
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
