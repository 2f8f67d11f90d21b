#!/usr/bin/env python3
"""Runs the commands that the documents show, so that none of them is stale.

Of README.md and CONTRIBUTING.md the blocks that open with ```sh run, of the man page every line of
EXAMPLES that begins with "assess". All commands of a document run in one fresh folder that holds
the program as build/assess and on the PATH, and copies of templates/samples, also as samples/; all
must succeed. The man page's SYNOPSIS has the options that each command's --help has.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import reports

MARKDOWN = ("README.md", "CONTRIBUTING.md")
MAN_PAGE = pathlib.Path("man/assess.1")


def markdown_commands(path):
    return re.findall(r"^```sh run\n(.*?)^```$", path.read_text(encoding="utf-8"), re.M | re.S)


def man_commands(path):
    """The `.Dl` lines of EXAMPLES."""
    examples = re.search(r"^\.Sh EXAMPLES\n(.*?)^\.Sh ", path.read_text(encoding="utf-8"),
                         re.M | re.S)
    lines = re.findall(r"^\.Dl (assess .*)$", examples[1] if examples else "", re.M)
    return [line.replace("\\-", "-").replace("\\(aq", "'") for line in lines]


def synopsis(path):
    """The options of each command, as they stand behind `.Cm COMMAND`: "q", "-lang"."""
    text = re.search(r"^\.Sh SYNOPSIS\n(.*?)^\.Sh ", path.read_text(encoding="utf-8"), re.M | re.S)
    options = {}
    for block in text[1].split(".Nm\n"):
        command = re.match(r"\.Cm ([a-z]+)\n", block)
        if command:
            known = options.setdefault(command[1], set())
            for line in re.findall(r"^\.(?:Op )?Fl (.*)$", block, re.M):
                known.update(word for word in re.split(r" Ar .*| \| ", line) if word)
    return options


def compare_options(tally, path, program):
    for command, shown in synopsis(path).items():
        done = subprocess.run([program, command, "--help"], env=reports.environment(program),
                              check=True, capture_output=True, text=True)
        had = {short or long for short, long in
               re.findall(r"^  (?:-([a-z]), )?-(-[a-z-]+)", done.stdout, re.M)}
        had -= {"h", "-version"}
        tally.check(shown == had, f"{path}: the synopsis of {command} and its --help differ in "
                                  f"{', '.join(sorted(shown ^ had))}")


def run(tally, name, commands, program):
    tally.check(commands, f"{name} shows no command")
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        (work / "bin").mkdir()
        (work / "bin" / "assess").symlink_to(program)
        (work / "build").symlink_to(work / "bin")
        shutil.copytree(reports.SAMPLES, work / "samples")
        shutil.copytree(reports.SAMPLES, work / "templates" / "samples")
        env = reports.environment(program)
        env["PATH"] = f"{work / 'bin'}:{env['PATH']}"
        for command in commands:
            done = subprocess.run(["bash", "-e", "-c", command], cwd=work, env=env, check=False,
                                  stdin=subprocess.DEVNULL, capture_output=True, text=True)
            tally.check(done.returncode == 0, f"{name}: {command.strip()}\nended with "
                                              f"{done.returncode}\n{done.stdout}{done.stderr}")


def main():
    options = reports.parser(__doc__).parse_args()
    tally = reports.Tally()
    for name in MARKDOWN:
        run(tally, name, markdown_commands(reports.ROOT / name), options.program)
    run(tally, str(MAN_PAGE), man_commands(reports.ROOT / MAN_PAGE), options.program)
    compare_options(tally, reports.ROOT / MAN_PAGE, options.program)
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
