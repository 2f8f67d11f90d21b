#!/usr/bin/env python3
"""Checks `assess batch` and `merge`: the rows against `assess score`, duplicates against a plain
program, and the same bytes whatever the workers, encodings, shards, kills and full disks. `--kills
N`: so many of them."""

import filecmp
import json
import pathlib
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import reports
import surveys

RUBRIC = reports.ROOT / "rubrics" / "miit_smart_factory_2025.ini"


def same_trees(one, other):
    """Whether two folders hold the same files with the same bytes."""
    names = sorted(path.relative_to(one) for path in one.rglob("*"))
    if names != sorted(path.relative_to(other) for path in other.rglob("*")):
        return False
    return all((one / name).is_dir() or filecmp.cmp(one / name, other / name, shallow=False)
               for name in names)


def number(bound):
    """A bound of a score as the table writes it."""
    return "" if bound is None else json.dumps(bound)


def expected(assessment):
    """What a row must say, from the JSON of the same company."""
    def ends(score):
        return [float(score["low"]), float(score["high"])] if score else [None, None]
    row = {"level": assessment["level"], "level_possible": assessment["level_possible"],
           "official_level": assessment["official"]["level"],
           "official_level_possible": assessment["official"]["level_possible"],
           "blockers": ";".join(assessment["blockers"]),
           "decisive_blanks": ";".join(assessment["decisive_blanks"][:5]),
           "company": assessment["fields"].get("company") or "",
           "findings": str(sum(" too" not in finding["message"]
                               for finding in assessment["findings"]))}
    if assessment["evidenced"]:
        row["evidenced_level"] = assessment["evidenced"]["level"]
        row["evidenced_level_possible"] = assessment["evidenced"]["level_possible"]
    row["score_low"], row["score_high"] = ends(assessment["score"])
    for part in assessment["dimensions"]:
        row[f"{part['id']}_low"], row[f"{part['id']}_high"] = ends(part["score"])
    states = [answer["state"] for answer in assessment["answers"]
              if answer["question"] not in assessment["fields"]]
    row["answered"] = str(states.count("answered"))
    row["not_applicable"] = str(states.count("not_applicable") + states.count("skipped"))
    row["asked"] = str(len(states) - int(row["not_applicable"]))
    return row


SIGNED = re.compile("[-+\uff0b\uff0d]([0-9]*([., \u00a0\u202f][0-9]+)+|[0-9]+\\.?)"
                    "([eE][-+]?[0-9]+)?( ?%)?")


def guarded(text):
    """A text as a cell that no spreadsheet runs."""
    runs = text != "" and text[0] in "=+-@\t\r\uff1d\uff0b\uff0d\uff20"
    return "'" + text if runs and not SIGNED.fullmatch(text) else text


def differences(row, facts):
    for key, value in facts.items():
        found = row[key]
        if key.endswith(("_low", "_high")):
            found = float(found) if found else None
        elif key == "company":
            value = guarded(value)
        if found != value:
            yield f"{key} is {found!r}, score says {value!r}"


class Checks:
    def __init__(self, program, folder, tally):
        self.program, self.folder, self.tally = program, folder, tally
        self.small = folder / "small.ini"
        self.small.write_text(surveys.SMALL, encoding="utf-8")

    def batch(self, survey, name, *more, rubric=None, expect=(0,)):
        out = self.folder / name
        self.program.run("batch", survey, "-o", out, "--force", "-r", rubric or self.small, "-q",
                         "--date", reports.DATE, *more, expect=expect)
        return out

    def against_score(self, rubric, rows, seed, evidence=()):
        """Every row says what `assess score` says of the company."""
        survey = surveys.write_table(rubric, rows, seed, self.folder / f"score{seed}.csv",
                                     evidence=evidence)
        out = self.batch(survey, f"score{seed}", rubric=rubric)
        results = surveys.read_csv(out / "results.csv")
        rejects = surveys.read_csv(out / "rejects.csv")
        self.tally.check(len(results) + len(rejects) == rows,
                         f"{len(results)} results and {len(rejects)} rejects of {rows} records")
        kept = self.folder / "kept.csv"
        numbers = {int(row["record"]) for row in results}
        self.keep(survey, kept, numbers)
        told = self.program.run("score", kept, "-r", rubric, "-f", "json", "-o", "-", "-q",
                                "--date", reports.DATE)
        for row, line in zip(results, told.decode("utf-8").splitlines()):
            wrong = list(differences(row, expected(json.loads(line))))
            self.tally.check(not wrong, f"seed {seed}, record {row['record']}: {wrong}")

    @staticmethod
    def keep(survey, path, numbers):
        """The header and these records of a survey."""
        import csv  # pylint: disable=import-outside-toplevel
        with open(survey, encoding="utf-8", newline="") as file, \
                open(path, "w", encoding="utf-8", newline="") as out:
            records = [record for record in csv.reader(file) if record]
            writer = csv.writer(out)
            writer.writerow(records[0])
            writer.writerows(record for at, record in enumerate(records) if at in numbers)

    def same_bytes(self):
        """One worker and eight, a file and a pipe give the same bytes."""
        survey = surveys.write_table(self.small, 60000, 7, self.folder / "wide.csv", copies=0.2)
        one = self.batch(survey, "one", "-j", 1)
        for workers in (2, 3, 8):
            many = self.batch(survey, f"many{workers}", "-j", workers)
            self.tally.check(same_trees(one, many), f"{workers} workers give other bytes than one")
        total = sum(len(surveys.read_csv(one / name)) for name in ("results.csv", "rejects.csv"))
        self.tally.check(total == 60000, f"{total} rows for 60000 records")


    def encodings(self):
        """Results do not depend on the encoding of the survey, nor on its line ends."""
        survey = surveys.write_table(self.small, 20000, 8, self.folder / "utf8.csv")
        expected_rows = (self.batch(survey, "utf8") / "results.csv").read_bytes()
        text = survey.read_bytes().decode("utf-8")
        for name, data in (("utf-8-sig", text.encode("utf-8-sig")),
                           ("utf-16", text.encode("utf-16")),
                           ("gb18030", text.encode("gb18030"))):
            other = self.folder / f"{name}.csv"
            other.write_bytes(data)
            for workers in (1, 8):
                out = self.batch(other, f"{name}{workers}", "-j", workers)
                self.tally.check((out / "results.csv").read_bytes() == expected_rows,
                                 f"{name} gives other results than UTF-8")
        for end in ("\n", "\r"):
            other = surveys.write_table(self.small, 20000, 8, self.folder / "ends.csv", end=end)
            out = self.batch(other, f"end{ord(end)}")
            self.tally.check((out / "results.csv").read_bytes() == expected_rows,
                             f"line ends {end!r} give other results than CRLF")

    def quotes(self):
        """A quote within an unquoted cell changes nothing, wherever it stands."""
        how = {"copies": 0.1, "names": surveys.QUOTED}
        want = surveys.write_table(self.small, 60000, 16, self.folder / "quoted.csv", **how)
        lone = surveys.write_table(self.small, 60000, 16, self.folder / "lone.csv", **how,
                                   lone=True)
        self.tally.check(lone.stat().st_size < want.stat().st_size, "no quote stands alone")
        want, one = self.batch(want, "quoted"), self.batch(lone, "lone", "-j", 1)
        for name in ("results.csv", "cohort.json", "findings.csv"):
            self.tally.check(filecmp.cmp(want / name, one / name, shallow=False),
                             f"with quotes within unquoted cells {name} differs")
        self.tally.check(same_trees(one, self.batch(lone, "lone8", "-j", 8)),
                         "lone quotes: 8 workers give other bytes than one")
        for encoding in ("utf-16", "gb18030"):
            other = self.folder / f"lone-{encoding}.csv"
            other.write_bytes(lone.read_bytes().decode("utf-8").encode(encoding))
            out = self.batch(other, f"lone-{encoding}")
            self.tally.check(filecmp.cmp(one / "results.csv", out / "results.csv", shallow=False),
                             f"lone quotes in {encoding}: other results than in UTF-8")
        parts = [self.batch(lone, f"lone{at}", "--shard", f"{at}/3") for at in (1, 2, 3)]
        self.program.run("merge", *parts, "-o", self.folder / "lone-merged", "-q")
        self.tally.check(same_trees(one, self.folder / "lone-merged"),
                         "lone quotes: 3 shards give other files than one")

    def spoiled(self):
        """A byte that is no text costs the record in which it stands and no other."""
        survey = surveys.write_table(self.small, 20000, 9, self.folder / "good.csv")
        lines = survey.read_bytes().split(b"\r\n")
        good = {row["record"]: row
                for row in surveys.read_csv(self.batch(survey, "good") / "results.csv")}
        for name, encoding, bad in (("nul", "utf-8", b"\0"), ("cut", "utf-8", b"\xe4\xb8"),
                                    ("gb", "gb18030", b"\x81"), ("utf16", "utf-16-le", b"\0\xdc")):
            file = self.folder / f"{name}.csv"
            text = [line.decode("utf-8").encode(encoding) for line in lines]
            for at in (3, 4, 9000, 20000):
                cell = text[at].rindex(",".encode(encoding))
                text[at] = text[at][:cell] + bad + text[at][cell:]
            file.write_bytes("\r\n".encode(encoding).join(text))
            named = ("--encoding", encoding)
            outs = [self.batch(file, f"{name}{workers}", "-j", workers, *named)
                    for workers in (1, 8)]
            self.tally.check(same_trees(*outs), f"{name}: 8 workers give other bytes than one")
            self.check_spoiled(name, outs[0], good)
            parts = [self.batch(file, f"{name}part{at}", "--shard", f"{at}/3", *named)
                     for at in (1, 2, 3)]
            self.program.run("merge", *parts, "-o", self.folder / f"{name}merged", "-q")
            self.tally.check(same_trees(outs[0], self.folder / f"{name}merged"),
                             f"{name}: 3 shards give other files than one")

    def check_spoiled(self, name, out, good):
        rejects = surveys.read_csv(out / "rejects.csv")
        rows = {row["record"]: row for row in surveys.read_csv(out / "results.csv")}
        spoiled = {row["record"] for row in rejects if row["reason"].startswith("it holds")}
        self.tally.check(len(spoiled) == 4, f"{name}: {len(spoiled)} records are rejected, not 4")
        self.tally.check(len(rejects) + len(rows) == 20000, f"{name}: records are lost")
        self.tally.check(good.keys() - rows.keys() <= spoiled, f"{name}: rows are lost")
        self.tally.check(all(rows[key] == good[key] for key in rows.keys() & good.keys()),
                         f"{name}: other rows differ")

    def broken_quotes(self):
        """A quote that ends a cell too soon costs its record; those behind it are read on."""
        survey = surveys.write_table(self.small, 20000, 9, self.folder / "whole.csv")
        lines = survey.read_bytes().split(b"\r\n")
        for at in (3, 9000, 20000):
            lines[at] = b'"' + lines[at].replace(b",", b'" and more,', 1)
        broken = self.folder / "broken.csv"
        broken.write_bytes(b"\r\n".join(lines))
        outs = [self.batch(broken, f"broken{workers}", "-j", workers) for workers in (1, 8)]
        self.tally.check(same_trees(*outs), "wrong quotes: 8 workers give other bytes than one")
        rejects = surveys.read_csv(outs[0] / "rejects.csv")
        found = [int(row["record"]) for row in rejects if "quotes are wrong" in row["reason"]]
        self.tally.check(len(found) == 3, f"wrong quotes: {found} are rejected")
        rows = surveys.read_csv(outs[0] / "results.csv")
        self.tally.check(len(rejects) + len(rows) == 20000, "wrong quotes: records are lost")

    def duplicates(self):
        """Records of one company: what counts is what a plain program says."""
        survey = surveys.write_table(self.small, 4000, 12, self.folder / "twice.csv", copies=0.5)
        everything = self.batch(survey, "unique", "--shard", "1/1") / "shard"
        rows = list(surveys.rows_of(everything / "results", self.header()))
        for policy in ("last", "first", "best", "worst", "median", "error"):
            out = self.batch(survey, policy, "--duplicates", policy,
                             expect=(3,) if policy == "error" else (0,))
            kept = {row["record"] for row in surveys.read_csv(out / "results.csv")}
            wanted = surveys.kept_by(rows, policy)
            self.tally.check(kept == wanted, f"{policy} keeps {len(kept ^ wanted)} other records")
            rejects = surveys.read_csv(out / "rejects.csv")
            self.tally.check(len(kept) + len(rejects) == 4000, f"{policy}: records are lost")
            numbers = [int(row["record"]) for row in rejects]
            self.tally.check(numbers == sorted(numbers), f"{policy}: rejects are in disorder")
            self.same_numbers(survey, out, kept, policy)

    def one_company(self):
        """So many records of one company that they do not stay in memory."""
        rng = random.Random(18)
        count = 100000
        survey = self.folder / "one-company.csv"
        survey.write_text("company,safe,depth,rate\n" + "".join(
            f"Acme,{rng.choice(('yes', 'no'))},{rng.choice(('some', 'much', ''))},"
            f"{rng.randrange(101)}\n" for _ in range(count)), encoding="utf-8")
        everything = self.batch(survey, "all of it", "--shard", "1/1") / "shard"
        rows = list(surveys.rows_of(everything / "results", self.header()))
        for policy in ("last", "best", "median", "error"):
            out = self.batch(survey, policy, "--duplicates", policy,
                             expect=(3,) if policy == "error" else (0,))
            kept = {row["record"] for row in surveys.read_csv(out / "results.csv")}
            self.tally.check(kept == surveys.kept_by(rows, policy),
                             f"{policy} of {count} keeps {kept}")
            rejects = surveys.read_csv(out / "rejects.csv")
            reasons = {row["reason"] for row in rejects}
            wanted = {f"duplicate of record {record}" for record in kept}
            self.tally.check(len(rejects) + len(kept) == count and len(reasons) == 1
                             and reasons >= wanted, f"{policy} of {count}: rejected as {reasons}")

    def header(self):
        """The header of results.csv."""
        first = (self.folder / "one" / "results.csv").read_text(encoding="utf-8-sig")
        return first.partition("\n")[0].strip().split(",")

    def same_numbers(self, survey, out, kept, policy):
        """The cohort is that of a survey with the records that count alone."""
        alone = self.folder / "alone.csv"
        self.keep(survey, alone, {int(record) for record in kept})
        cohort = json.loads((out / "cohort.json").read_text(encoding="utf-8"))
        other = json.loads((self.batch(alone, "alone") / "cohort.json").read_text(encoding="utf-8"))
        for each in (cohort, other):
            each.pop("rejected", None)
        self.tally.check(cohort == other, f"{policy}: the cohort counts who is left out")

    def shards(self):
        """Shards that are merged give the same files as one run."""
        survey = surveys.write_table(self.small, 60000, 13, self.folder / "parted.csv", copies=0.2)
        one = self.batch(survey, "whole")
        for count in (1, 2, 5, 9):
            parts = [self.batch(survey, f"part{count}-{at}", "--shard", f"{at}/{count}")
                     for at in range(1, count + 1)]
            merged = self.folder / f"merged{count}"
            self.program.run("merge", *reversed(parts), "-o", merged, "-q")
            self.tally.check(same_trees(one, merged), f"{count} shards give other files than one")
        more = ("--json", "--rank", "50")
        where = ("--where", "province=north")
        one = self.batch(survey, "more", *where, *more)
        parts = [self.batch(survey, f"more{at}", "--shard", f"{at}/3", *where) for at in (1, 2, 3)]
        self.program.run("merge", *parts, "-o", self.folder / "all", "-q", *more)
        self.tally.check(same_trees(one, self.folder / "all"), "shards with more give other files")

    def encoded_shards(self):
        """Shards of a survey in any encoding, one row a company or one row an answer, merge."""
        wide = surveys.write_table(self.small, 6000, 17, self.folder / "8.csv", copies=0.2)
        long = surveys.write_long(wide, self.folder / "long8.csv")
        for survey in (wide, long):
            rows = (self.batch(survey, "in utf-8") / "results.csv").read_bytes()
            text = survey.read_bytes().decode("utf-8")
            for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030"):
                self.encoded_shard(self.folder / f"{encoding}-{survey.name}",
                                   text.encode(encoding), rows)
            tabs = text.replace("\t", " ").replace(",", "\t").replace("\r\n", "\r")
            self.encoded_shard(self.folder / f"tabs-{survey.name}", tabs.encode("utf-16"))

    def encoded_shard(self, survey, data, rows=None):
        """Write a survey; one run and its shards give the same files, and these rows."""
        survey.write_bytes(data)
        one = self.batch(survey, "encoded")
        self.tally.check(rows in (None, (one / "results.csv").read_bytes()),
                         f"{survey.name} gives other results than in UTF-8")
        parts = [self.batch(survey, f"encoded{at}", "--shard", f"{at}/3") for at in (1, 2, 3)]
        merged = self.folder / "encoded-merged"
        self.program.run("merge", *parts, "-o", merged, "-q", "--force")
        self.tally.check(same_trees(one, merged),
                         f"{survey.name}: shards give other files than one run")

    def piped(self):
        """A pipe gives the same files as the file, but for its name."""
        survey = surveys.write_table(self.small, 20000, 14, self.folder / "pipe.csv", copies=0.3)
        one = self.batch(survey, "filed")
        out = self.folder / "piped"
        with open(survey, "rb") as file:
            cat = subprocess.Popen(["cat"], stdin=file, stdout=subprocess.PIPE)
            subprocess.run(self.program.command + ["batch", "-", "-o", out, "-r", self.small, "-q",
                                                   "--date", reports.DATE],
                           env=self.program.environment, stdin=cat.stdout, check=True)
            cat.wait()
        for name in ("results.csv", "cohort.json", "findings.csv"):
            self.tally.check(filecmp.cmp(one / name, out / name, shallow=False),
                             f"{name} of a pipe differs")
        first = self.batch(survey, "first of each", "--duplicates", "first")
        told = self.program.run("batch", survey, "-o", "-", "-r", self.small, "-q", "--date",
                                reports.DATE)
        self.tally.check(told == (first / "results.csv").read_bytes(),
                         "standard output differs from results.csv")

    def kills(self, count, rows, *more):
        """Killed at random moments and resumed, a run ends with the files of one that was not."""
        rng = random.Random(15)
        survey = surveys.write_table(self.small, rows, 15, self.folder / "long.csv", copies=0.1,
                                     names=surveys.QUOTED, lone=True)
        begun = time.monotonic()
        one = self.batch(survey, "undisturbed", *more)
        length = time.monotonic() - begun
        out = self.folder / "disturbed"
        command = self.program.command + ["batch", survey, "-o", out, "-r", self.small, "-q",
                                          "--date", reports.DATE, "--resume", "--checkpoint", "0",
                                          *more]
        killed = 0
        while killed < count:
            with subprocess.Popen(command, env=self.program.environment,
                                  stderr=subprocess.DEVNULL) as run:
                try:
                    run.wait(rng.random() * length * 1.1)
                except subprocess.TimeoutExpired:
                    run.send_signal(rng.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM,
                                                signal.SIGINT)))
                    run.wait()
                    killed += 1
                    continue
            self.tally.check(run.returncode == 0 and same_trees(one, out),
                             f"after {killed} kills: status {run.returncode}, or other files")
            shutil.rmtree(out)
        self.program.run(*command[len(self.program.command):])
        self.tally.check(same_trees(one, out), f"after {killed} kills the files differ")
        shutil.rmtree(out)

    def full_disk(self):
        """No room: status 5, the run goes on when there is some."""
        survey = self.folder / "wide.csv"
        out = self.folder / "cramped"
        command = self.program.command + ["batch", survey, "-o", out, "-r", self.small, "-q",
                                          "--date", reports.DATE, "--resume", "--checkpoint", "0"]
        one = self.batch(survey, "roomy")

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (3000000, 3000000))
        done = subprocess.run(command, env=self.program.environment, check=False,
                              preexec_fn=limit, capture_output=True)
        self.tally.check(done.returncode == 5 and b"file too large" in done.stderr,
                         f"a full disk ends with {done.returncode}: {done.stderr}")
        self.program.run(*command[len(self.program.command):])
        self.tally.check(same_trees(one, out), "after a full disk the files differ")


def main():
    parser = reports.parser(__doc__)
    parser.add_argument("--kills", type=int, default=5)
    options = parser.parse_args()
    tally = reports.Tally()
    with tempfile.TemporaryDirectory() as folder:
        checks = Checks(reports.Program(options.program), pathlib.Path(folder), tally)
        for seed in range(3):
            tally.attempt("small", lambda seed=seed: checks.against_score(
                checks.small, 300, seed, ("safe", "depth", "rate") if seed else ()))
        tally.attempt("rubric", lambda: checks.against_score(RUBRIC, 60, 11))
        tally.attempt("same bytes", checks.same_bytes)
        tally.attempt("encodings", checks.encodings)
        tally.attempt("quotes", checks.quotes)
        tally.attempt("spoiled", checks.spoiled)
        tally.attempt("broken quotes", checks.broken_quotes)
        tally.attempt("duplicates", checks.duplicates)
        tally.attempt("one company", checks.one_company)
        tally.attempt("shards", checks.shards)
        tally.attempt("encoded shards", checks.encoded_shards)
        tally.attempt("pipe", checks.piped)
        tally.attempt("full disk", checks.full_disk)
        tally.attempt("kills", lambda: checks.kills(options.kills, 250000))
        tally.attempt("kills of reports", lambda: checks.kills(
            options.kills, 400, "--reports", "all", "--json", "--xlsx"))
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
