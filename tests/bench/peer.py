"""What the peers written in Python share: the arguments TEXTS.json COUNT [FILE]; it prints the
seconds for COUNT reports, after one that is not counted; FILE gets the last."""

import json
import pathlib
import sys
import time


def run(report):
    """`report(texts, number)` gives the bytes of one PDF."""
    texts = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    last = report(texts, 0)
    start = time.perf_counter()
    for number in range(int(sys.argv[2])):
        last = report(texts, number)
    print(f"{time.perf_counter() - start:.6f}")
    if len(sys.argv) > 3:
        pathlib.Path(sys.argv[3]).write_bytes(last)
