#!/usr/bin/env python3
"""Tests of the case runner itself, with a shell script in the place of the program."""

import pathlib
import stat
import sys
import tempfile
import unittest

import run_cases

PROGRAM = """#!/bin/sh
case "$1" in
say) shift; printf '%s\\n' "$@" ;;
fail) echo "assess: no" >&2; exit 3 ;;
bare) printf 'no end' ;;
esac
"""

GOOD = """What it shows.
-- file a.csv --
question,answer
-- run --
assess say one two; cat a.csv
-- stdout --
one
two
question,answer
-- run --
assess fail
-- status --
3
-- stderr --
assess: no
"""


class RunnerTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)
        program = self.path / "program"
        program.write_text(PROGRAM)
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        self.program = program

    def run_case(self, text, **options):
        case = self.path / "x.case"
        case.write_text(text)
        return run_cases.Runner(self.program, **options).run(case)

    def expect(self, text, result, says=""):
        got, said = self.run_case(text)
        self.assertEqual(got, result, said)
        self.assertIn(says, said)

    def test_passes_what_fits(self):
        self.expect(GOOD, "passed")

    def test_fails_on_another_output(self):
        self.expect(GOOD.replace("two\nq", "three\nq"), "failed", "-three\n+two\n")

    def test_fails_on_another_status(self):
        self.expect(GOOD.replace("\n3\n", "\n2\n"), "failed", "-2\n+3\n")

    def test_fails_on_output_that_nothing_expects(self):
        self.expect("x\n-- run --\nassess say one\n", "failed", "+one\n")
        self.expect("x\n-- run --\nassess fail\n-- status --\n3\n", "failed", "+assess: no\n")

    def test_fails_on_a_status_that_nothing_expects(self):
        self.expect("x\n-- run --\nexit 5\n", "failed", "+5\n")

    def test_three_dots_stand_for_lines_and_text(self):
        self.expect("x\n-- run --\nassess say a b c abc\n-- stdout --\na\n...\na...c\n", "passed")
        self.expect("x\n-- run --\nassess say a b\n-- stdout --\n...\nc\n", "failed")
        self.expect("x\n-- run --\nassess say axb\n-- stdout --\na.b\n", "failed")

    def test_sees_a_missing_line_break_at_the_end(self):
        self.expect("x\n-- run --\nassess bare\n-- stdout --\nno end\n", "failed")

    def test_shows_carriage_returns(self):
        self.expect("x\n-- run --\nprintf 'a\\r\\nb\\n'\n-- stdout --\na\\r\nb\n", "passed")
        self.expect("x\n-- run --\nprintf 'a\\r\\n'\n-- stdout --\na\n", "failed")

    def test_makes_files_of_every_kind(self):
        self.expect("x\n-- hex a --\nff 00\n-- repeat a 3 \\x41\\n --\n-- bare a --\nend\n"
                    "-- crlf b --\nz\n-- run --\nod -An -tx1 a b\n-- stdout --\n"
                    " ff 00 41 0a 41 0a 41 0a 65 6e 64 7a 0d 0a\n", "passed")

    def test_looks_at_files(self):
        made = "x\n-- run --\necho 1 >a; echo 1 >b; echo 2 >c\n"
        self.expect(made + "-- exists a --\n-- absent d --\n-- same a b --\n"
                    "-- contents c --\n2\n", "passed")
        self.expect(made + "-- exists d --\n", "failed", "d does not exist")
        self.expect(made + "-- absent a --\n", "failed", "a exists")
        self.expect(made + "-- same a c --\n", "failed", "a c differ")
        self.expect(made + "-- contents c --\n3\n", "failed", "-3\n+2\n")

    def test_sets_the_environment(self):
        self.expect("x\n-- env --\nA=b\n-- run --\necho $A $TZ ${ASSESS_PATH-none}\n"
                    "-- stdout --\nb UTC none\n", "passed")

    def test_refuses_what_is_not_a_case(self):
        self.expect("x\n", "failed", "has no `-- run --`")
        self.expect("-- run --\ntrue\n", "failed", "says nothing")
        self.expect("x\n-- run --\ntrue\n-- stout --\n", "failed", "unknown section `-- stout --`")

    def test_update_writes_what_was_said(self):
        bad = GOOD.replace("two\nq", "three\nq").replace("-- status --\n3\n", "")
        self.assertEqual(self.run_case(bad, update=True)[0], "passed")
        self.assertEqual((self.path / "x.case").read_text(), GOOD)

    def test_update_leaves_what_fits(self):
        loose = GOOD.replace("one\ntwo\nquestion,answer", "...\nquestion,answer")
        self.run_case(loose, update=True)
        self.assertEqual((self.path / "x.case").read_text(), loose)


if __name__ == "__main__":
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(RunnerTest)
    outcome = unittest.TextTestRunner(stream=sys.stdout, verbosity=0).run(suite)
    failed = len(outcome.failures) + len(outcome.errors)
    print(f"{outcome.testsRun - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
