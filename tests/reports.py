"""The samples, and reports of them: shared by the tests that look at what the program writes."""

import argparse
import os
import pathlib
import shlex
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "templates" / "samples"
DATE = "2025-11-25"
LANGUAGES = ("en", "zh")


def parser(about, **more):
    """Of a script's options; `about` is what it says of itself, and its first line is shown."""
    options = argparse.ArgumentParser(description=about.strip().splitlines()[0], **more)
    options.add_argument("--program", type=lambda path: pathlib.Path(path).resolve(),
                         default=ROOT / os.environ.get("BUILD", "build") / "assess")
    return options


class ReportError(Exception):
    """The program did not do what every sample must allow."""


def is_sheet(path):
    """One company a file, told by the header; the others are tables."""
    return path.read_text(encoding="utf-8-sig").lower().startswith("question")


def sheets():
    return sorted(path for path in SAMPLES.glob("*.csv") if is_sheet(path))


def tables():
    return sorted(path for path in SAMPLES.glob("*.csv") if not is_sheet(path))


def environment(program):
    """A clean environment; a program outside the tree is told where the rubrics are."""
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": "/nonexistent"}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
        if name in os.environ:
            env[name] = os.environ[name]
    if not (pathlib.Path(program).resolve().parent.parent / "rubrics").is_dir():
        env["ASSESS_PATH"] = str(ROOT)
    return env


class Program:
    def __init__(self, path, wrap=""):
        self.command = shlex.split(wrap) + [str(pathlib.Path(path).resolve())]
        self.environment = environment(path)

    def run(self, *words, cwd=ROOT, expect=(0,)):
        """Standard output of a run that must end with one of the statuses `expect`."""
        done = subprocess.run(self.command + [str(word) for word in words], cwd=cwd, check=False,
                              env=self.environment, stdin=subprocess.DEVNULL, capture_output=True)
        if done.returncode not in expect:
            said = done.stderr.decode("utf-8", "replace")
            raise ReportError(f"`assess {' '.join(map(str, words))}` ended with "
                              f"{done.returncode}\n{said}")
        return done.stdout

    def report(self, answers, kind, language, folder):
        """Score into a folder of its own; the one file of that kind found there."""
        folder.mkdir(parents=True, exist_ok=True)
        self.run("score", answers, "-f", kind, "--lang", language, "--date", DATE, "-q",
                 "-o", folder)
        found = sorted(folder.glob(f"*.{kind}"))
        if len(found) != 1:
            raise ReportError(f"{answers.name} gave {len(found)} {kind} files, not 1")
        return found[0]


class Tally:
    """Counts checks and says what failed."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, holds, message):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"failed: {message}")
        return bool(holds)

    def attempt(self, name, action):
        """Run `action`; a ReportError is a failure, its return value is handed on."""
        try:
            return action()
        except ReportError as error:
            self.check(False, f"{name}: {error}")
            return None

    def close(self):
        """The status of the script: a test that looked at nothing failed, too."""
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed or not self.passed else 0
