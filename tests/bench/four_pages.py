"""The texts of the four-page report that all programs of the comparison draw: a cover, a radar, a
table of 41 rows and 5 columns, 20 gaps. Chinese from a shipped rubric, at most 250 different
characters, all lines short enough to need no breaking."""

import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CHARACTERS_LIMIT = 250
ROWS, GAPS, AXES = 41, 20, 8


def texts_of(rubric, shortest, longest):
    """Chinese values of a rubric of this many characters, each once."""
    found = re.findall(r'^[a-z.]+[a-z0-9_.]*\[zh\] = "?([^"\n]+)"?$', rubric, re.M)
    chosen = dict.fromkeys(text for text in found if shortest <= len(text) <= longest)
    return [text for text in chosen if re.match("[\u4e00-\u9fff]", text)]


def choose(texts, number, known, limit):
    """The first texts that bring no more than `limit` characters together."""
    chosen = []
    for text in texts:
        if len(chosen) < number and len(known | set(text)) <= limit:
            known |= set(text)
            chosen.append(text)
    return [chosen[at % len(chosen)] for at in range(number)]


def report():
    rubric = (ROOT / "rubrics" / "miit_smart_factory_2025.ini").read_text(encoding="utf-8")
    known = set("智能工厂评估报告企业得分维度问题回答证据差距与建议第页共级明华机床有限公司0123456789.%")
    axes = choose(texts_of(rubric, 4, 8), AXES, known, 75)
    topics = choose(texts_of(rubric, 5, 14), ROWS, known, 170)
    evidence = choose(texts_of(rubric, 5, 12)[ROWS:], ROWS, known, 210)
    gaps = choose(texts_of(rubric, 14, 30), GAPS, known, CHARACTERS_LIMIT - 6)
    answers = ["智能级", "明", "有限", "得分级"]
    return {
        "title": "智能工厂评估报告",
        "company": "明华机床有限公司",
        "lines": axes[:3],
        "heads": ["得分与维度", "问题与回答", "差距与建议"],
        "columns": ["1", "问题", "回答", "得分", "证据"],
        "axes": [{"title": title, "value": 0.35 + 0.07 * at} for at, title in enumerate(axes)],
        "rows": [[f"{at // 9 + 1}.{at % 9 + 1}", topic, answers[at % 4], f"{40 + at}.5%", proof]
                 for at, (topic, proof) in enumerate(zip(topics, evidence))],
        "gaps": [[f"{at + 1}", gap, topics[at]] for at, gap in enumerate(gaps)],
    }


def dumped():
    return json.dumps(report(), ensure_ascii=False, indent=1)
