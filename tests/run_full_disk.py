#!/usr/bin/env python3
"""Checks `assess batch` on disks that are too small for it, a file system of so many bytes each:
the status is 5, the message names a file, nothing unfinished stands in its place, and the run goes
on when there is room and ends with the bytes of one that was never stopped. Sizes are looked for at
which each of its files is the one without room. Skipped where no file system can be mounted."""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import reports
import surveys
from run_batch import same_trees

PAGE = 4096
ROOM = 64 << 20
NAMED = re.compile(r'cannot write "([^"]*)": no space left on device|no room for "([^"]*)"')


def may_mount():
    """Whether this process, or one in a namespace of its own, may mount a file system."""
    done = subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/tmp"], check=False,
                          capture_output=True)
    return done.returncode == 0


class Disk:
    """A folder that is a file system of its own; only in a namespace of mounts of our own."""

    def __init__(self, folder, size):
        self.folder, self.size = folder, size

    def __enter__(self):
        self.folder.mkdir(exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={self.size}", "tmpfs", self.folder],
                       check=True)
        return self

    def grow(self):
        subprocess.run(["mount", "-o", f"remount,size={ROOM}", self.folder], check=True)

    def __exit__(self, *_):
        subprocess.run(["umount", self.folder], check=True)


def kind(path):
    """The file that a path names, whatever the company or the run."""
    name = re.sub(r".*/out[^/]*/", "", path)
    name = re.sub(r"^\.assess/(done/)?", "", name)
    name = re.sub(r"\.assess-[0-9a-f]{8}", "", name)
    name = re.sub(r"count-\d+", "count", name)
    name = re.sub(r".*/assess-long-.*", "long", name)
    return re.sub(r"^reports/\d+/.*", "reports/*", name)


class Checks:
    def __init__(self, program, folder, tally):
        self.program, self.folder, self.tally = program, folder, tally
        self.small = folder / "small.ini"
        self.small.write_text(surveys.SMALL, encoding="utf-8")

    def run(self, out, words, source=None, temporary=None):
        """Status and what is said of `assess batch`."""
        environment = dict(self.program.environment)
        if temporary:
            environment["TMPDIR"] = str(temporary)
        with open(source or os.devnull, "rb") as stdin:
            command = [str(word) for word in (*self.program.command, *words, "-o", out)]
            done = subprocess.run(command, env=environment, stdin=stdin, capture_output=True,
                                  check=False)
        return done.returncode, done.stderr.decode("utf-8", "replace")

    def probe(self, size, words, whole, source, at_temporary):
        """What had no room on a disk of this size; None if all had."""
        with Disk(self.folder / "disk", size) as disk:
            out = disk.folder / "out"
            again = (*words, "--force" if words[0] == "merge" else "--resume")
            temporary = disk.folder if at_temporary else None
            status, said = self.run(out, again, source, temporary)
            named = NAMED.search(said)
            self.tally.check(status in (0, 5) and (status == 0 or named),
                             f"a disk of {size} bytes: status {status}: {said}")
            if status == 0:
                return None
            places = sorted(path.name for path in out.glob("*") if path.name != ".assess")
            disk.grow()
            status, more = self.run(out, again, source, temporary)
            self.tally.check(status == 0, f"{size} bytes, with room: status {status}: {more}")
            self.tally.check(same_trees(whole, out), f"{size} bytes, gone on: other files than of "
                             f"a run that was not stopped; it said {said}")
            left = [path.name for path in disk.folder.iterdir() if path.name != "out"]
            self.tally.check(not left, f"{size} bytes: {left} are left")
            self.tally.check(not places, f"{size} bytes: {places} stand there unfinished")
            return kind(named[1] or named[2]) if named else "nothing"

    def explore(self, name, words, expected, begin=2, source=None, at_temporary=False):
        """All that may have no room, on disks of `begin` pages and more. Pages that are enough."""
        whole = self.folder / f"whole-{name}"
        status, said = self.run(whole, words, source)
        self.tally.check(status == 0, f"{name}: {status}: {said}")
        found = {}

        def at(pages):
            if pages not in found:
                found[pages] = self.probe(pages * PAGE, words, whole, source, at_temporary)
            return found[pages]

        def between(low, high):
            if high - low > 1 and at(low) != at(high):
                middle = (low + high) // 2
                between(low, middle)
                between(middle, high)
        high = begin
        while at(high) is not None:
            high *= 2
        between(begin, high)
        names = {what for what in found.values() if what}
        print(f"{name}: {len(found)} sizes, without room: {' '.join(sorted(names))}", flush=True)
        self.tally.check(expected <= names, f"{name}: never without room: {expected - names}")
        return min(pages for pages, what in found.items() if what is None)


def long_table(path, rows):
    """A table with a row for each answer."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("respondent,question,answer\n")
        for row in range(rows):
            file.write(f"{row},company,Firm {row}\n{row},safe,yes\n{row},rate,{row % 101}\n")
    return path


def check(options):
    tally = reports.Tally()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        checks = Checks(reports.Program(options.program), folder, tally)
        survey = surveys.write_table(checks.small, 60, 5, folder / "survey.csv", copies=0.3)
        plain = ("batch", survey, "-r", checks.small, "-q", "--date", reports.DATE, "-j", "4")
        pages = checks.explore("results", plain, {
            "journal", "results", "companies", "results.csv", "rejects.csv", "cohort.json",
            "cohort.html", "cohort.pdf"}) - 8
        checks.explore("reports", (*plain, "--reports", "all"), {"reports/*"}, pages)
        checks.explore("more", (*plain, "--json", "--xlsx", "--rank", "30", "--sample", "20",
                                "--seed", "1"), {"assessments.jsonl", "results.xlsx"}, pages,
                       at_temporary=True)
        large = surveys.write_table(checks.small, 2000, 6, folder / "large.csv")
        checks.explore("pipe", ("batch", "-", *plain[2:]), {"input"}, source=large)
        checks.explore("long", ("batch", long_table(folder / "long.csv", 2000), *plain[2:]),
                       {"long", "results"}, at_temporary=True)
        for at in (1, 2):
            checks.run(folder / f"part{at}", (*plain, "--shard", f"{at}/2"))
        checks.explore("shard", (*plain, "--shard", "1/2"), {"shard/run", "run.ini"})
        checks.explore("merge", ("merge", folder / "part1", folder / "part2", "-q", "--json"),
                       {"results", "assessments.jsonl"})
    return tally.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=reports.ROOT / "build" / "assess")
    parser.add_argument("--mounts", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.mounts:
        return check(options)
    if not may_mount():  # run_batch.py has a full disk, too, by a limit of the file's size
        print("skipped: no file system can be mounted here\n0 passed, 0 failed, 1 skipped")
        return 0
    return subprocess.run(["unshare", "-rm", sys.executable, __file__, "--mounts", "--program",
                           options.program], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
