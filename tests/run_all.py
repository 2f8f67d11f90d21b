#!/usr/bin/env python3
"""Runs the test suites one after another, shows what each says, and adds up what they counted.

run_all.py [SUITE...] - all suites by default; BUILD names the build folder. The status is 1 if
anything failed, and the last line is "N passed, N failed, N skipped".
"""

import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TESTS = pathlib.Path("tests")
BUILD = pathlib.Path(os.environ.get("BUILD", "build"))
SANITIZED = BUILD.with_name(BUILD.name + "-asan")
PYTHON = sys.executable

COUNTED = re.compile(r"^(?:\w+: )?(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$", re.M)
CRITERION = re.compile(r"Tested: (\d+) \| Passing: (\d+) \| Failing: (\d+)")


def suites():
    """Name, what it shows, command; in the order they run, quick ones first."""
    program = str(BUILD / "assess")
    oracle = sorted(path for path in (ROOT / TESTS / "oracle").glob("*.py")
                    if path.name.startswith(("test_", "compare", "brute", "properties",
                                             "published", "maturity", "intensity",
                                             "witnesses", "proofs")))
    yield "runner", "the runner of cases itself", [PYTHON, TESTS / "test_run_cases.py"]
    yield "unit", "unit tests", [BUILD / "unit_tests", f"-j{os.cpu_count()}"]
    yield ("blocks", "grading by column and company by company",
           [PYTHON, TESTS / "run_blocks.py", "--bench", BUILD / "block_bench"])
    yield "cases", "commands", [PYTHON, TESTS / "run_cases.py", "--program", program]
    yield ("sanitized", "commands under the sanitizers",
           [PYTHON, TESTS / "run_cases.py", "--program", SANITIZED / "assess"])
    yield "broken", "one fault each", [PYTHON, TESTS / "run_broken.py", "--program", program]
    yield "exports", "what exports are", [PYTHON, TESTS / "run_exports.py", "--program", program]
    yield "samples", "every sample in every format", [PYTHON, TESTS / "run_samples.py",
                                                      "--program", program]
    yield "workbooks", "workbooks as a spreadsheet reads them", [
        PYTHON, TESTS / "run_workbooks.py", "--program", program]
    yield "shelf", "rubrics with their sheets", [PYTHON, TESTS / "run_shelf.py",
                                                 "--program", program]
    yield ("surveys", "the same answers in the layouts of all survey tools",
           [PYTHON, TESTS / "run_surveys.py", "--program", program])
    yield "batch", "surveys", [PYTHON, TESTS / "run_batch.py", "--program", program]
    yield "disk", "surveys on disks that are too small", [PYTHON, TESTS / "run_full_disk.py",
                                                          "--program", program]
    yield ("selection", "ranks, draws and reports of surveys",
           [PYTHON, TESTS / "run_selection.py", "--program", program])
    yield "render", "pages of the reports", [PYTHON, TESTS / "render.py", "--program", program]
    yield "ink", "characters of the reports", [PYTHON, TESTS / "ink.py", "--program", program]
    yield "templates", "reports of all templates", [PYTHON, TESTS / "run_templates.py",
                                                    "--program", program]
    yield ("reference", "the references of the formats",
           [PYTHON, TESTS / "run_reference.py", "--program", program])
    yield "docs", "commands of the documents", [PYTHON, TESTS / "run_docs.py",
                                                "--program", program]
    yield "install", "what make install leaves", [PYTHON, TESTS / "install.py"]
    for path in oracle:
        about = path.read_text(encoding="utf-8").partition('"""')[2].partition("\n")[0]
        yield "oracle", about, [PYTHON, path.relative_to(ROOT), "--program", program]


def count(output, status):
    """Passed, failed, skipped of one suite."""
    passed = failed = skipped = 0
    for match in COUNTED.finditer(output):
        passed, failed = passed + int(match[1]), failed + int(match[2])
        skipped += int(match[3] or 0)
    for match in CRITERION.finditer(output):
        passed, failed = passed + int(match[2]), failed + int(match[3])
    if status != 0 and failed == 0:
        failed = 1  # it ended before it could count
    return passed, failed, skipped


def run(command):
    """Run one suite, showing its output as it comes."""
    environment = {"ASAN_OPTIONS": "abort_on_error=1", **os.environ}
    if not (ROOT / BUILD.parent / "rubrics").is_dir():
        environment["ASSESS_PATH"] = str(ROOT)  # the program is not in the tree
    with subprocess.Popen([str(word) for word in command], cwd=ROOT, env=environment, text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, errors="replace") as process:
        lines = []
        for line in process.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            lines.append(line)
    return "".join(lines), process.returncode


def main():
    wanted = set(sys.argv[1:])
    unknown = wanted - {name for name, _, _ in suites()}
    if unknown:
        sys.exit(f'no suite "{sorted(unknown)[0]}"')
    total, failures = (0, 0, 0), []
    for name, shows, command in suites():
        if wanted and name not in wanted:
            continue
        print(f"== {name}: {shows}", flush=True)
        start = time.monotonic()
        output, status = run(command)
        counts = count(output, status)
        total = tuple(map(sum, zip(total, counts)))
        if counts[1]:
            failures.append(shows)
        print(f"   {time.monotonic() - start:.1f} s", flush=True)
    for shows in failures:
        print(f"failed: {shows}")
    print("{} passed, {} failed, {} skipped".format(*total))
    return 1 if total[1] else 0


if __name__ == "__main__":
    sys.exit(main())
