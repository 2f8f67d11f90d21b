#!/usr/bin/env python3
"""Runs `assess batch` and `merge` side by side in a program that was built with the race checker of
the compiler (`make check-race`): two threads that use the same memory without a lock or an atomic
number between them end it. GLib itself is not built so: no thread of ours meets another through its
locks. Interrupted runs go on. Files must be those of one worker."""

import argparse
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import reports
import surveys
from run_batch import same_trees

RACE = 66  # status of the checker, which no command has


class Checks:
    def __init__(self, program, folder, tally):
        self.program, self.folder, self.tally = program, folder, tally
        self.program.environment["TSAN_OPTIONS"] = f"exitcode={RACE}:halt_on_error=1"
        # GLib's own pieces of memory go from thread to thread under locks that are not seen
        self.program.environment["G_SLICE"] = "always-malloc"
        self.small = folder / "small.ini"
        self.small.write_text(surveys.SMALL, encoding="utf-8")

    def command(self, words, out, *more):
        return [*self.program.command, *map(str, words), "-o", str(out), "-q", *map(str, more)]

    def run(self, words, out, *more, source=None):
        """Run to the end; what the checker says is told."""
        done = subprocess.run(self.command(words, out, *more), env=self.program.environment,
                              stdin=source or subprocess.DEVNULL, capture_output=True, check=False)
        said = done.stderr.decode("utf-8", "replace")
        self.tally.check(done.returncode == 0, f"{words} {more}: {done.returncode}\n{said[:4000]}")
        return out

    def survey(self, rows, seed):
        path = self.folder / f"{rows}.csv"
        surveys.write_table(self.small, rows, seed, path, copies=0.2)
        return ("batch", path, "-r", self.small, "--date", reports.DATE)

    def alike(self, name, words, *more):
        """Four workers, with a checkpoint whenever there can be one, give the files of one."""
        often = ("--checkpoint", 0) if words[0] == "batch" else ()
        one = self.run(words, self.folder / f"{name}-one", "-j", 1, *more)
        many = self.run(words, self.folder / f"{name}-many", "-j", 4, *often, *more)
        self.tally.check(same_trees(one, many), f"{name}: four workers give other files than one")
        return one, many

    def interrupted(self, words, one, *more):
        """Stopped in order, again and again, and gone on."""
        rng = random.Random(7)
        out = self.folder / "interrupted"
        command = self.command(words, out, "-j", 4, "--checkpoint", 0, "--resume", *more)
        for _ in range(6):
            with subprocess.Popen(command, env=self.program.environment, stderr=subprocess.PIPE,
                                  stdout=subprocess.DEVNULL) as run:
                time.sleep(0.1 + rng.random() * 3)
                run.send_signal(signal.SIGINT)
                said = run.communicate()[1].decode("utf-8", "replace")
            self.tally.check(run.returncode in (0, 5, -signal.SIGINT),
                             f"interrupted: {run.returncode}\n{said[:4000]}")
        self.run(words, out, "-j", 4, "--resume", *more)
        self.tally.check(same_trees(one, out), "interrupted: other files")
        shutil.rmtree(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=reports.ROOT / "build-tsan" / "assess")
    options = parser.parse_args()
    tally = reports.Tally()
    with tempfile.TemporaryDirectory() as folder:
        checks = Checks(reports.Program(options.program), pathlib.Path(folder), tally)
        large, few = checks.survey(150000, 3), checks.survey(120, 4)
        one, _ = checks.alike("best", large, "--duplicates", "best", "--where", "level=basic")
        checks.interrupted(large, one, "--duplicates", "best", "--where", "level=basic")
        every = ("--reports", "all", "--json", "--xlsx", "--rank", 20)
        one, _ = checks.alike("reports", few, *every, "--lang", "en,zh")
        checks.interrupted(few, one, *every, "--lang", "en,zh")
        parts = [checks.run(large, checks.folder / f"part{at}", "-j", 4, "--shard", f"{at}/2")
                 for at in (1, 2)]
        checks.alike("merged", ("merge", *parts))
        with open(few[1], "rb") as source:
            checks.run(("batch", "-", *few[2:]), checks.folder / "piped", "-j", 4, "--json",
                       source=source)
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
