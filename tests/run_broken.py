#!/usr/bin/env python3
"""Checks the rubrics of tests/broken: NAME.ini is broken in one place, and `assess check` says
what NAME.txt says, "LINE:COLUMN: SEVERITY: MESSAGE", and nothing else.

The status is 1 if one of them is told in other words, at another place, or with more faults.
"""

import json
import subprocess
import sys

import reports

FOLDER = reports.ROOT / "tests" / "broken"
LEAST = 30  # as many kinds of faults are shown, at least


def told(program, path):
    """The status and the findings of a strict check, a line each."""
    done = subprocess.run([program, "check", "--no-proofs", "--strict", "-f", "json", path.name],
                          cwd=FOLDER, env=reports.environment(program), check=False,
                          stdin=subprocess.DEVNULL, capture_output=True)
    lines = []
    for finding in json.loads(done.stdout):
        place = ":".join(str(finding[key]) for key in ("line", "column") if finding[key])
        lines.append(f"{place}: {finding['severity']}: {finding['message']}\n")
    return done.returncode, "".join(lines)


def main():
    options = reports.parser(__doc__).parse_args()
    program = options.program
    tally = reports.Tally()
    paths = sorted(FOLDER.glob("*.ini"))
    tally.check(len(paths) > LEAST, f"{FOLDER} has {len(paths)} rubrics")
    for path in paths:
        expected = path.with_suffix(".txt").read_text(encoding="utf-8")
        status, lines = told(program, path)
        tally.check(lines == expected, f"{path.name} is told as\n{lines}expected\n{expected}")
        tally.check(status == (3 if expected else 0), f"{path.name} ended with {status}")
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
