#!/usr/bin/env python3
"""Writes the levels of a rubric as JSON, for peers that are not SQL: survey_tree.py OUT.json.
Options: --rubric, --cells."""

import argparse
import json
import pathlib

import survey_logic



def tree(rubric, cells="codes"):
    """Cells and counts by name, and by verdict the truths of the levels, lowest first."""
    algebra = survey_logic.Trees()
    logic = survey_logic.Logic(rubric, algebra, survey_logic.ids_or_codes(cells))
    verdicts = {prefix: [truth for _, truth in logic.levels(official)]
                for prefix, official in (("", False), ("official_", True))}
    return {"cells": algebra.cells, "counts": algebra.counts, "levels": rubric.levels,
            "verdicts": verdicts}


def write(path, rubric, cells="codes"):
    path.write_text(json.dumps(tree(rubric, cells)), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--rubric", default=survey_logic.RUBRIC)
    parser.add_argument("--cells", choices=("codes", "ids"), default="codes")
    options = parser.parse_args()
    write(options.out, survey_logic.read_rubric(options.rubric), options.cells)


if __name__ == "__main__":
    main()
