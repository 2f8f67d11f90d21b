#!/usr/bin/env python3
"""Words the levels of survey_tree.py in Miller's language: survey_miller.py TREE.json > LEVELS.mlr,
for `mlr --csv put -f LEVELS.mlr SURVEY.csv`. A truth is 0 no, 1 unknown, 2 yes, so that `and` is
min and `or` is max."""

import json
import pathlib
import sys


def listed(texts, value):
    return [f'"{text}": {value}' for text in texts]


def worded(tree):
    kind, *parts = tree
    if kind == "name":
        return parts[0]
    if kind == "excused":
        return f'strlen(${parts[0]}) > 4 && substr(${parts[0]}, 0, 3) == "n/a:" ? 2 : 0'
    if kind in ("and", "or"):
        return f"{'min' if kind == 'and' else 'max'}({', '.join(map(worded, parts))})"
    if kind == "not":
        return f"(2 - {worded(parts[0])})"
    if kind == "true":
        return " + ".join(f"({worded(part)} == 2 ? 1 : 0)" for part in parts)
    if kind == "blank":
        return " + ".join(
            f"({worded(truth)} == 1" + "".join(f" && {worded(excuse)} == 0" for excuse in excuses)
            + " ? 1 : 0)" for truth, *excuses in parts)
    joint, known, blank = map(worded, parts[:3])
    low, unit = parts[3:]
    return (f"({known} > 0 && {joint} * {unit} >= {low} * ({known} + {blank}) ? 2 : "
            f"{known} + {blank} == 0 || ({joint} + {blank}) * {unit} < {low} * ({known} + {blank}) "
            f"? 0 : 1)")


def highest(levels, names, least):
    text = '"none"'
    for at, level in enumerate(levels):
        test = " && ".join(f"{name} >= {least}" for name in names[:at + 1])
        text = f'{test} ? "{level}" : {text}'
    return text


def program(tree):
    """Each different table of texts stands in one map, made once."""
    maps, body = {}, []
    for name, cell in tree["cells"].items():
        if cell[0] == "atom":
            table = "{" + ", ".join(listed(cell[2], 2) + listed(cell[3], 0)) + "}"
            table = maps.setdefault(table, f"@map{len(maps)}")
            cell = f"${cell[1]}"  # an empty key of a map is an error to Miller 6.6
            body.append(f'{name} = {cell} == "" ? 1 : {table}[{cell}] ?? 1;')
        else:
            body.append(f"{name} = {worded(cell)};")
    body += [f"{name} = {worded(count)};" for name, count in tree["counts"].items()]
    outputs = ['"company": $company', '"uscc": $uscc']
    for prefix, truths in tree["verdicts"].items():
        names = [f"{prefix}{level}" for level in tree["levels"]]
        body += [f"{name} = {worded(truth)};" for name, truth in zip(names, truths)]
        outputs.append(f'"{prefix}level": ' + highest(tree["levels"], names, 2))
        outputs.append(f'"{prefix}level_possible": ' + highest(tree["levels"], names, 1))
    begin = "\n".join(f"  {name} = {table};" for table, name in maps.items())
    return ("begin {\n" + begin + "\n}\n" + "\n".join(body) + "\n$* = {"
            + ", ".join(outputs) + "};")


def main():
    print(program(json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))))


if __name__ == "__main__":
    main()
