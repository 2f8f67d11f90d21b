#!/usr/bin/env python3
"""Runs the command tests: tests/cli/*.case and tests/hostile/*.case, one file a case.

CONTRIBUTING.md describes the format. A case is run by `sh -c` in a fresh directory with a clean
environment; what the program says is compared with what the case expects. The last line printed is
"N passed, N failed, N skipped"; the status is 1 if a case failed.
"""

import argparse
import concurrent.futures
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATE = "1764028800"  # SOURCE_DATE_EPOCH of every case: 2025-11-25
MARKER = re.compile(r"-- (.+) --")
NO_NEWLINE = "\\ no line break at the end\n"
EXPECTATIONS = ("status", "stdout", "stderr")
TIME_LIMIT = 60  # seconds a command


class CaseError(Exception):
    """The case file itself cannot be read."""


def lines_of(text):
    """Lines with their line feeds; no other character ends a line."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


class Section:
    """A marker line, split into words, and the lines below it up to the next marker."""

    def __init__(self, words, text):
        self.words, self.text = words, text

    @property
    def kind(self):
        return self.words[0]

    def __str__(self):
        return "-- " + " ".join(self.words) + " --\n" + self.text


def parse(text):
    """The free text at the top and the sections."""
    about, sections = "", []
    for line in lines_of(text):
        marker = MARKER.fullmatch(line.rstrip("\n"))
        if marker:
            sections.append(Section(marker.group(1).split(), ""))
        elif sections:
            sections[-1].text += line
        else:
            about += line
    if not about.strip():
        raise CaseError("says nothing before its first section: what does it show?")
    if not any(section.kind == "run" for section in sections):
        raise CaseError("has no `-- run --`")
    return about, sections


def unescape(word):
    return word.encode("latin-1", "backslashreplace").decode("unicode_escape").encode("latin-1")


def file_bytes(section):
    """What a file section adds to its file; None for sections that are not about a file."""
    kind, text = section.kind, section.text
    if kind == "file":
        return text.encode()
    if kind == "bare":
        return text.removesuffix("\n").encode()
    if kind == "crlf":
        return text.replace("\n", "\r\n").encode()
    if kind == "hex":
        return bytes.fromhex(text)
    if kind == "repeat":
        return int(section.words[2]) * unescape(section.words[3])
    return None


def pattern_of(expected):
    """`...` alone in a line stands for any lines, within a line for any text."""
    parts = []
    for line in lines_of(expected):
        if line.rstrip("\n") == "...":
            parts.append(r"(?:[^\n]*\n)*")
        else:
            parts.append("[^\n]*".join(re.escape(piece) for piece in line.split("...")))
    return re.compile("".join(parts))


def differences(name, expected, actual):
    """A unified diff, empty if `actual` fits."""
    if pattern_of(expected).fullmatch(actual):
        return ""
    return "".join(difflib.unified_diff(
        lines_of(expected), lines_of(actual),
        f"{name} expected", f"{name} got", n=2))


class Runner:
    """Runs cases with one program; `update` writes what it says into the cases instead."""

    def __init__(self, program, wrap="", update=False):
        self.update = update
        self.wrap = wrap
        self.home = tempfile.TemporaryDirectory(prefix="cases-")
        self.bin = pathlib.Path(self.home.name) / "bin"
        self.bin.mkdir()
        self.install(pathlib.Path(program).resolve())

    def install(self, program):
        """Put the program on our PATH. It looks for rubrics beside the folder it is in."""
        if not program.is_file():
            sys.exit(f"{program} is not there: run `make` first")
        if program.parent.parent != ROOT:
            tree = pathlib.Path(self.home.name) / "tree"
            (tree / "build").mkdir(parents=True)
            program = pathlib.Path(shutil.copy2(program, tree / "build" / "assess"))
            for data in ("rubrics", "templates"):
                (tree / data).symlink_to(ROOT / data)
        script = self.bin / "assess"
        script.write_text(f'#!/bin/sh\nexec {self.wrap} {program} "$@"\n')
        script.chmod(0o755)

    def environment(self, work, sections):
        env = {
            "PATH": f"{self.bin}:/usr/local/bin:/usr/bin:/bin", "HOME": str(work),
            "LC_ALL": "C.UTF-8", "TZ": "UTC", "SOURCE_DATE_EPOCH": DATE, "ROOT": str(ROOT),
            "RUBRICS": str(ROOT / "rubrics"), "TEMPLATES": str(ROOT / "templates"),
            "SAMPLES": str(ROOT / "templates" / "samples"), "SHARED": str(ROOT.parent / "shared"),
            "ASAN_OPTIONS": "abort_on_error=1:detect_leaks=1",
            "UBSAN_OPTIONS": "print_stacktrace=1",
        }
        for section in sections:
            if section.kind == "env":
                env.update(line.split("=", 1) for line in section.text.splitlines() if line)
        return env

    def readable(self, data, work):
        """Output as text; places that differ from run to run have names, and CR shows as \\r."""
        text = data.decode("utf-8", "backslashreplace").replace("\r", "\\r")
        for path, name in ((work, "$WORK"), (f"{self.home.name}/tree", "$ROOT"), (ROOT, "$ROOT")):
            text = text.replace(str(path), name)
        return text + "\n" + NO_NEWLINE if text and not text.endswith("\n") else text

    def command(self, section, work, env):
        try:
            done = subprocess.run(["sh", "-c", section.text], cwd=work, env=env, check=False,
                                  stdin=subprocess.DEVNULL, capture_output=True, timeout=TIME_LIMIT)
        except subprocess.TimeoutExpired:
            return {"status": "out of time\n", "stdout": "", "stderr": ""}
        return {"status": f"{done.returncode}\n", "stdout": self.readable(done.stdout, work),
                "stderr": self.readable(done.stderr, work)}

    def check_run(self, sections, at, got):
        """Compare a run with the expectations that follow it. Returns the differences."""
        following = {}
        for section in sections[at + 1:]:
            if section.kind not in EXPECTATIONS:
                break
            if section.kind in following:
                raise CaseError(f"has `-- {section.kind} --` twice after one run")
            following[section.kind] = section
        wrong = ""
        for place, kind in enumerate(EXPECTATIONS):
            otherwise = "0\n" if kind == "status" else ""
            expected = following[kind].text if kind in following else otherwise
            diff = differences(kind, expected, got[kind])
            if diff and self.update:
                if kind not in following:
                    earlier = sum(other in following for other in EXPECTATIONS[:place])
                    following[kind] = Section([kind], "")
                    sections.insert(at + 1 + earlier, following[kind])
                following[kind].text = got[kind]
            elif diff:
                wrong += diff
        return wrong

    def check_file(self, section, work):
        """`exists`, `absent`, `same`, `contents`: the state of files after the run before."""
        paths = [work / word for word in section.words[1:]]
        names = " ".join(section.words[1:])
        if section.kind == "exists":
            return "" if all(path.exists() for path in paths) else f"{names} does not exist\n"
        if section.kind == "absent":
            return f"{names} exists\n" if any(os.path.lexists(path) for path in paths) else ""
        for path in paths:
            if not path.is_file():
                return f"{path.name} is not a file\n"
        if section.kind == "same":
            same = paths[0].read_bytes() == paths[1].read_bytes()
            return "" if same else f"{names} differ\n"
        actual = self.readable(paths[0].read_bytes(), work)
        diff = differences(names, section.text, actual)
        if diff and self.update:
            section.text = actual
            return ""
        return diff

    def steps(self, sections, work):
        wrong, env = "", self.environment(work, sections)
        for section in list(sections):
            data = file_bytes(section)
            if data is not None:
                path = work / section.words[1]
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("ab") as out:
                    out.write(data)
            elif section.kind == "run":
                got = self.command(section, work, env)
                diff = self.check_run(sections, sections.index(section), got)
                if diff:
                    wrong += "$ " + section.text + diff
            elif section.kind in ("exists", "absent", "same", "contents"):
                wrong += self.check_file(section, work)
            elif section.kind not in EXPECTATIONS + ("env", "needs"):
                raise CaseError(f"has an unknown section `-- {section.kind} --`")
        return wrong

    def run(self, path):
        """Returns ("passed" | "failed" | "skipped", what to say)."""
        try:
            original = path.read_text(encoding="utf-8")
            about, sections = parse(original)
            for section in sections:
                absent = section.kind == "needs" and not (ROOT / section.words[1]).exists()
                if absent and "CI" not in os.environ:
                    return "skipped", f"{section.words[1]} is absent\n"
                if absent:
                    raise CaseError(f"needs {section.words[1]}, which is absent")
            with tempfile.TemporaryDirectory(dir=self.home.name) as work:
                wrong = self.steps(sections, pathlib.Path(work).resolve())
        except (CaseError, ValueError, IndexError, OSError) as error:
            return "failed", f"{error}\n"
        written = about + "".join(str(section) for section in sections)
        if self.update and written != original:
            path.write_text(written, encoding="utf-8")
        return ("failed", wrong) if wrong else ("passed", "")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", nargs="*", type=pathlib.Path, help="case files; default: all")
    parser.add_argument("--program", default=ROOT / os.environ.get("BUILD", "build") / "assess")
    parser.add_argument("--wrap", default="", help="a command to put before the program")
    parser.add_argument("--update", action="store_true",
                        help="write what the program says into the cases; review the difference")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    parser.add_argument("-v", "--verbose", action="store_true", help="name every case")
    options = parser.parse_args()

    cases = options.cases or sorted(
        path for folder in ("cli", "hostile") for path in (ROOT / "tests" / folder).glob("*.case"))
    runner = Runner(options.program, options.wrap, options.update)
    count = {"passed": 0, "failed": 0, "skipped": 0}
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for path, (result, says) in zip(cases, pool.map(runner.run, cases)):
            count[result] += 1
            if says or options.verbose:
                print(f"{result}: {os.path.relpath(path)}")
                sys.stdout.write(says)
    print(", ".join(f"{number} {result}" for result, number in count.items()))
    return 1 if count["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
