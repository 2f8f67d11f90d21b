#!/usr/bin/env python3
"""Checks the rules of the house that a compiler does not: who may include what, one fence around
each foreign header, lengths, comments, format. Prints "path:line: what is wrong"; status 1 if
anything is. That every header compiles alone is checked by `make headers`."""

import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

# The floors and their ranks: a file includes headers of its own floor and of lower ranks only.
RANKS = {"base": 0, "page": 1, "rubric": 1, "rules": 2, "scoring": 3, "proof": 4, "intake": 4,
         "report": 4, "survey": 5, "audit": 5, "cohort": 5, "batch": 6, "": 7, "cli": 8}
# "" is the public header and what implements it

# Foreign headers, each family included in one file of assess/ at most.
FENCES = {
    "libcsv": r"csv\.h",
    "iniparser": r"(iniparser/)?(iniparser|dictionary)\.h",
    "libharu": r"hpdf.*\.h",
    "jansson": r"jansson.*\.h",
    "libxlsxwriter": r"xlsxwriter.*\.h",
    "uchardet": r"uchardet/uchardet\.h",
    "libqpdf": r"qpdf/.*\.hh?",
    "GMP": r"gmp\.h",
    "HarfBuzz": r"(harfbuzz/)?hb.*\.h",
    "fontconfig": r"fontconfig/.*\.h",
    "zlib": r"zlib\.h",
    "libdeflate": r"libdeflate\.h",
    "unistring (normal forms)": r"uni(norm|case)\.h",
    "unistring (line breaks)": r"unilbrk\.h",
    "unistring (widths)": r"uniwidth\.h",
    "unistring (character types)": r"unictype\.h",
}

FUNCTION_LIMIT = 60        # lines between the braces
TEST_FUNCTION_LIMIT = 100  # of a test, where tables stand
SOURCE_LIMIT = 700         # lines of a source file
TEST_LIMIT = 1000          # lines of a test, which is a list
COLUMNS = 100

SKIPPED = {".git", "build", "reports", "golden", "__pycache__", "node_modules"}


class Lint:
    def __init__(self):
        self.faults = 0
        self.texts = {}
        for path in sorted(ROOT.rglob("*")):
            parts = path.relative_to(ROOT).parts
            if SKIPPED & set(parts) or any(part.startswith("build-") for part in parts):
                continue
            if path.is_file() and path.suffix not in (".png", ".pdf", ".pyc", ".xlsx"):
                self.texts[path] = path.read_text(encoding="utf-8", errors="replace")

    def fault(self, path, line, message):
        self.faults += 1
        print(f"{path.relative_to(ROOT)}:{line}: {message}")

    def sources(self, *suffixes, under=""):
        for path, text in self.texts.items():
            if path.suffix in suffixes and str(path.relative_to(ROOT)).startswith(under):
                yield path, text

    def ranks(self):
        """Includes go down the ranks, or stay on the floor."""
        for path, text in self.sources(".c", ".h", under="assess/"):
            parts = path.relative_to(ROOT / "assess").parts
            own = parts[0] if len(parts) > 1 else ""
            if own not in RANKS:
                self.fault(path, 1, f'"{own}" is not a floor of the house')
                continue
            for number, line in enumerate(text.splitlines(), 1):
                include = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
                if not include:
                    continue
                if not (ROOT / "assess" / include[1]).is_file():
                    self.fault(path, number, f'"{include[1]}" is not a path below assess/')
                    continue
                floor = include[1].rpartition("/")[0].partition("/")[0]
                if floor != own and RANKS.get(floor, 99) >= RANKS[own]:
                    self.fault(path, number, f'"{own}" may not include "{include[1]}": '
                                             "includes go down the ranks only")

    def fences(self):
        """Each family of foreign headers is included in one file."""
        for family, pattern in FENCES.items():
            include = re.compile(rf"^\s*#\s*include\s+[<\"]{pattern}[>\"]", re.M)
            users = [path for path, text in self.sources(".c", ".h", under="assess/")
                     if include.search(text)]
            for path in users[1:]:
                self.fault(path, 1, f"includes {family}, which is fenced in "
                                    f"{users[0].relative_to(ROOT)}")

    def openings(self):
        """A header says its name and what it is for; a source includes its own header first."""
        for path, text in self.sources(".h"):
            if not text.startswith(f"/* {path.name} - "):
                self.fault(path, 1, f'must open with "/* {path.name} - what it is for"')
            if "#pragma once" not in text:
                self.fault(path, 1, "has no #pragma once")
        for path, text in self.sources(".c", under="assess/"):
            header = path.with_suffix(".h")
            first = re.search(r'^#include [<"](.+)[>"]', text, re.M)
            if header.is_file() and first and (ROOT / "assess" / first[1]) != header:
                self.fault(path, 1, f"must include its own header first, not {first[1]}")

    def lengths(self):
        for path, text in self.sources(".c", ".h"):
            lines = text.splitlines()
            in_tests = path.is_relative_to(ROOT / "tests")
            limit = TEST_LIMIT if in_tests else SOURCE_LIMIT
            longest = TEST_FUNCTION_LIMIT if in_tests else FUNCTION_LIMIT
            if len(lines) > limit:
                self.fault(path, limit, f"has {len(lines)} lines; {limit} are allowed")
            start = None
            for number, line in enumerate(lines, 1):
                if line == "{":
                    start = number
                elif line.startswith("}") and start:
                    if number - start - 1 > longest:
                        self.fault(path, start, f"a function of {number - start - 1} lines; "
                                                f"{longest} are allowed")
                    start = None
        for path, text in self.sources(".c", ".h", ".py", ".sh"):
            for number, line in enumerate(text.splitlines(), 1):
                if len(line) > COLUMNS:
                    self.fault(path, number, f"{len(line)} columns; {COLUMNS} are allowed")

    def words(self):
        """Nothing is left undone, no place of one machine, ASCII in code."""
        undone = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
        places = re.compile(r"(?<![\w.$}])/(work|home|tmp|root)/")
        for path, text in self.texts.items():
            in_tests = path.is_relative_to(ROOT / "tests")
            for number, line in enumerate(text.splitlines(), 1):
                if path.suffix != ".case" and undone.search(line):
                    self.fault(path, number, "says that something is left undone")
                if not in_tests and places.search(line):
                    self.fault(path, number, "names a place of one machine")
        for path, text in self.sources(".c", ".h", under="assess/"):
            for number, line in enumerate(text.splitlines(), 1):
                if not re.sub(r'"(\\.|[^"\\])*"', "", line).isascii():
                    self.fault(path, number, "is not ASCII outside a string")

    def tool(self, command, paths):
        if not shutil.which(command[0]):
            sys.exit(f"{command[0]} is missing: run `scripts/setup lint` first")
        if not paths:
            return
        done = subprocess.run(command + [str(path.relative_to(ROOT)) for path in paths], cwd=ROOT,
                              check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            sys.stdout.write(done.stdout.decode("utf-8", "replace"))
            self.faults += 1

    def tools(self):
        self.tool(["clang-format", "--dry-run", "-Werror"],
                  [path for path, _ in self.sources(".c", ".h")])
        self.tool(["shellcheck"], [path for path, text in self.texts.items()
                                   if re.match(r"#!/bin/(ba)?sh", text) or path.suffix == ".bash"])
        self.tool(["mandoc", "-T", "lint", "-W", "warning"],
                  [path for path, _ in self.sources(".1", under="man/")])


def main():
    lint = Lint()
    for check in (lint.ranks, lint.fences, lint.openings, lint.lengths, lint.words, lint.tools):
        check()
    print(f"lint: {len(lint.texts)} files, {lint.faults} faults")
    return 1 if lint.faults else 0


if __name__ == "__main__":
    sys.exit(main())
