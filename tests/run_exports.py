#!/usr/bin/env python3
"""Checks what `assess inspect` says of real and of invented exports against tests/exports.txt.

The table was made by looking at the files, not from the program. The status is 1 if the program
says something else, if a file has no row, or a row no file.
"""

import json
import os
import pathlib
import subprocess
import sys

import reports

TABLE = reports.ROOT / "tests" / "exports.txt"
KEYS = ("is", "encoding", "delimiter", "line_ends", "layout", "header_rows", "records", "columns")
NO_EXPORTS = {"SOURCES", "README.txt"}


def expected():
    """The table: what is said of each file, by path."""
    rows = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        words, mark, why = line.partition(" # ")
        if not words.strip() or line.startswith("#"):
            continue
        path, *values = words.split()
        if len(values) != len(KEYS) or not mark or not why or path in rows:
            sys.exit(f"{TABLE}: {line}")
        rows[path] = dict(zip(KEYS, values))
    return rows


def inspected(program, path):
    """What the program says, in the words of the table."""
    done = subprocess.run([program, "inspect", "-q", "-f", "json", str(path)], check=False,
                          env=reports.environment(program), stdin=subprocess.DEVNULL,
                          capture_output=True)
    said = json.loads(done.stdout)
    said["encoding"] = said.get("encoding", {}).get("name")
    said["columns"] = len(said.get("columns", ()))
    values = {key: said.get(key) for key in KEYS}
    return {key: "-" if value is None else str(value) for key, value in values.items()}


def main():
    options = reports.parser(__doc__).parse_args()
    program = options.program
    tally = reports.Tally()
    shared = pathlib.Path(os.environ.get("ASSESS_SHARED") or reports.ROOT.parent / "shared/data")
    if not shared.is_dir() and "CI" not in os.environ:
        print(f"skipped: {shared} is not there\n0 passed, 0 failed, 1 skipped")
        return 0
    rows = expected()
    files = {str(path.relative_to(shared)): path
             for folder in ("exports", "synthetic") for path in (shared / folder).rglob("*")
             if path.is_file() and path.name not in NO_EXPORTS}
    for name in sorted(rows.keys() | files.keys()):
        if name not in files or name not in rows:
            tally.check(False, f"{name}: {'no row' if name in files else 'no file'}")
            continue
        said = inspected(program, files[name])
        tally.check(said == rows[name], f"{name}: " + ", ".join(
            f"{key} is {said[key]}, expected {rows[name][key]}"
            for key in KEYS if said[key] != rows[name][key]))
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
