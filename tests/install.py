#!/usr/bin/env python3
"""Checks what `make install` leaves: a program that finds its rubrics wherever it is put, a man
page, a library that a C program can be built against, a completion; and that uninstall takes it
away again."""

import os
import pathlib
import subprocess
import sys
import tempfile

import reports

CALLER = r"""
#include <assess.h>
#include <stdio.h>

int main(void)
{
    return puts(assess_version()) < 0;
}
"""

COMPLETE = r"""
. "$1"; COMP_WORDS=(assess $2); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=()
[ -n "$3" ] || { COMP_WORDS+=(""); COMP_CWORD=$((COMP_CWORD + 1)); }
_assess; printf '%s\n' "${COMPREPLY[@]}"
"""


def run(*command, **options):
    """Standard output of a program that must succeed."""
    done = subprocess.run([str(word) for word in command], check=False, capture_output=True,
                          text=True, **options)
    if done.returncode != 0:
        raise reports.ReportError(f"{command[0]} ended with {done.returncode}\n"
                                  f"{done.stdout}{done.stderr}")
    return done.stdout


def make(*words):
    build = os.environ.get("BUILD", "build")
    env = {name: value for name, value in os.environ.items()
           if name not in ("MAKEFLAGS", "MAKELEVEL")}
    return run("make", "-s", f"BUILD={build}", *words, cwd=reports.ROOT, env=env)


def files_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def check_program(tally, prefix, work):
    env = {"PATH": f"{prefix}/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(work)}
    sheet = next(prefix.glob("share/assess/templates/samples/*.csv"))
    (work / "out").mkdir()
    run("assess", "score", sheet, "--lang", "zh", "-o", "out", cwd=work, env=env)
    tally.check(list((work / "out").glob("*.pdf")), "the installed program wrote no PDF")
    told = run("assess", "verify", next((work / "out").glob("*.pdf")), cwd=work, env=env)
    tally.check("byte for byte" in told, "the installed program does not verify its report")
    tally.check("miit_smart_factory@2025" in run("assess", "list", cwd=work, env=env),
                "the installed program does not list its rubric")
    above = prefix / "share/assess/templates/samples/jiangsu_smart_factory_2025/advanced_motors.csv"
    graded = run("assess", "score", above, "-r", "jiangsu_smart_factory@2025", "-f", "json", "-o",
                 "-", "-q", cwd=work, env=env)
    tally.check('"base":"miit_smart_factory@2025"' in graded.replace(" ", ""),
                "the installed program does not grade by a rubric with a base")
    page = run("mandoc", "-T", "utf8", prefix / "share/man/man1/assess.1") if which("mandoc") \
        else (prefix / "share/man/man1/assess.1").read_text()
    tally.check("assess" in page, "the man page is empty")
    tally.check("Apache" in (prefix / "share/doc/assess/NOTICE").read_text(encoding="utf-8"),
                "NOTICE is not installed")


def which(program):
    return any((pathlib.Path(folder) / program).is_file()
               for folder in os.environ["PATH"].split(":"))


def check_library(tally, prefix, work):
    (work / "caller.c").write_text(CALLER)
    env = {**os.environ, "PKG_CONFIG_PATH": str(prefix / "lib/pkgconfig")}
    flags = run("pkg-config", "--cflags", "--libs", "assess", env=env).split()
    run(os.environ.get("CC", "gcc"), "-Wall", "-Werror", "-o", "caller", "caller.c", *flags,
        cwd=work)
    version = run("pkg-config", "--modversion", "assess", env=env)
    tally.check(run(work / "caller") == version, f"the library does not say version {version}")


def check_completion(tally, prefix):
    script = prefix / "share/bash-completion/completions/assess"

    def complete(words, partial=""):
        return run("bash", "-c", COMPLETE, "bash", script, words, partial,
                   env={"PATH": f"{prefix}/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}).split()

    tally.check("score" in complete("sc", "x"), "`assess sc<TAB>` does not give score")
    tally.check("--require" in complete("score --req", "x"), "an option is not completed")
    tally.check("zh" in complete("score --lang"), "a language is not completed")


def main():
    tally = reports.Tally()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        prefix = work / "prefix"
        staged = work / "stage"

        def attempt(name, action):
            tally.attempt(name, action)

        attempt("install", lambda: make("install", f"PREFIX={prefix}"))
        attempt("install", lambda: make("install", "PREFIX=/usr", f"DESTDIR={staged}"))
        tally.check(files_in(prefix) == files_in(staged / "usr"),
                    "DESTDIR changes what is installed")
        for check in (lambda: check_program(tally, prefix, work),
                      lambda: check_library(tally, prefix, work),
                      lambda: check_completion(tally, prefix)):
            attempt("installed", check)
        attempt("uninstall", lambda: make("uninstall", f"PREFIX={prefix}"))
        tally.check(not files_in(prefix), f"uninstall left {', '.join(files_in(prefix))}")
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
