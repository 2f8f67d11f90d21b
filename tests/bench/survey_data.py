#!/usr/bin/env python3
"""Makes a survey export of many companies, the same for the same seed: survey_data.py ROWS OUT.csv

The columns are the rubric's own: fields that matter to a survey and all questions. A company has a
tier, which its answers follow more or less, so that all levels occur; some leave blanks, some cells
cannot be read, what may be "not applicable" sometimes is, some cells run over two lines. A C
program draws the rows (survey_generator.c), about half a million a second.
Options: --seed, --rubric, --generator, --cells codes|ids (options by number, 470 bytes a row; by
id, 1,100).
"""

import argparse
import datetime
import struct
import subprocess
import tempfile

import survey_logic

PICK, NUMBER, DATE, USCC, NAME = range(5)
TIERS = (0.25, 0.35, 0.22, 0.12, 0.06)  # below the first level, then by level
# A careful company, one that slips here and there, one that leaves much blank.
QUALITIES = {"careful": (0.55, 0.0, 0.0), "usual": (0.35, 0.012, 0.02), "sparse": (0.10, 0.02, 0.2)}
NOT_APPLICABLE = ("n/a: no such process", "n/a: 本厂无此工序", '"n/a: no own development, made to '
                  'drawings"', '"n/a: 仅代工，\n无产品研发"')
UNREADABLE = ("see annex",)
UNREADABLE_EVERY = 30  # every which question may hold such a cell
FIELDS = ("company", "factory", "uscc", "industry", "province")
FIRST_DAY, DAYS = datetime.date(2021, 1, 1), 1800

# By tier: the chances of the options, worst first, where a question does not follow its level.
BY_TIER = {
    "legal_form": ((2, 10, 88), (0, 5, 95), (0, 4, 96), (0, 3, 97), (0, 2, 98)),
    "branch_industry_named": ((9, 1),) * 5,
    "maturity": ((30, 50, 20, 0, 0, 0), (0, 0, 85, 15, 0, 0), (0, 0, 60, 38, 2, 0),
                 (0, 0, 0, 80, 20, 0), (0, 0, 0, 0, 80, 20)),
    "maturity_source": ((50, 40, 10), (10, 70, 20), (5, 55, 40), (0, 30, 70), (0, 10, 90)),
    "ai_exploration": ((90, 10), (70, 30), (40, 60), (0, 100), (0, 100)),
    "industry_leader": ((99, 1), (98, 2), (90, 10), (60, 40), (10, 90)),
    "award": ((95, 5, 0, 0, 0), (30, 70, 0, 0, 0), (0, 60, 40, 0, 0), (0, 0, 60, 40, 0),
              (0, 0, 0, 70, 30)),
    "covers_construction": ((80, 20), (50, 50), (30, 70), (0, 100), (0, 100)),
    "covers_design": ((80, 20), (50, 50), (30, 70), (0, 100), (0, 100)),
    "covers_management": ((60, 40), (30, 70), (0, 100), (0, 100), (0, 100)),
    "covers_operation": ((60, 40), (30, 70), (0, 100), (0, 100), (0, 100)),
    "covers_production": ((40, 60), (0, 100), (0, 100), (0, 100), (0, 100)),
}
SCENE = ((60, 30, 10, 0), (35, 30, 34, 1), (15, 20, 58, 7), (4, 6, 55, 35), (0, 1, 19, 80))
RUNG = ((70, 25, 5, 0, 0), (0, 75, 25, 0, 0), (0, 0, 75, 25, 0), (0, 0, 0, 80, 20),
        (0, 0, 0, 0, 100))
YES = ((15, 85), (0, 100), (0, 100), (0, 100), (0, 100))
# A criterion of a level: for companies below it by more than one tier, by one, and on it or above.
FULFILMENT = ((55, 35, 8, 2), (20, 45, 25, 10), (0, 0, 40, 60))

CITIES = ("北京", "上海", "天津", "重庆", "苏州", "无锡", "宁波", "杭州", "青岛", "济南", "武汉", "长沙", "合肥",
          "芜湖", "成都", "德阳", "西安", "宝鸡", "郑州", "洛阳", "沈阳", "大连", "长春", "哈尔滨", "广州", "深圳",
          "佛山", "东莞", "厦门", "泉州", "南昌", "赣州", "贵阳", "昆明", "南宁", "柳州", "太原", "石家庄", "唐山",
          "呼和浩特", "包头", "兰州", "银川", "乌鲁木齐", "西宁", "海口", "拉萨")
BRANDS = tuple(a + b for a in "华中东金永恒天宏海盛新长瑞科信德泰安联创" for b in "达光联通和源力维升昌诚远星峰兴邦润特锐杰")
TRADES = ("机械", "电子", "化工", "食品", "纺织", "汽车零部件", "新材料", "精密制造", "医药", "陶瓷", "钢铁", "智能装备",
          "电气", "光电", "包装", "轮胎", "水泥", "有色金属", "家具", "仪器仪表")
FORMS = ("有限公司", "有限公司", "有限公司", "股份有限公司", "有限责任公司", "集团有限公司", "（中国）有限公司")
PLANTS = ("一分厂", "二分厂", "三号车间", "总装厂", '"Plant 2, north gate"', '"东区工厂\n（原二厂）"', "新能源基地",
          "南区", "北区", "总厂", "华东制造基地", "Werk 3")


def shares_of(parts):
    """256 chances: the number of each item as often as its share says, none lost to rounding."""
    total, table, done = sum(parts), [], 0
    for at, part in enumerate(parts):
        done += part
        upto = round(256 * done / total)
        table += [at] * (upto - len(table))
    return table


def by_level(question, levels):
    rank = levels.index(question.level) + 1
    return tuple(FULFILMENT[min(2, max(0, tier - rank + 2))] for tier in range(len(TIERS)))


def chances_by_tier(question, levels):
    """The chances of the options of a choice or yesno question, by tier."""
    if question.id in BY_TIER:
        return BY_TIER[question.id]
    count = len(question.options)
    if question.type == "yesno":
        return YES
    if question.level and count == 4:
        return by_level(question, levels)
    if "scenes" in question.groups:
        return SCENE
    if count == 5:
        return RUNG
    return ((1,) * (count - 1) + (9,),) + ((0,) * (count - 1) + (1,),) * (len(TIERS) - 1)


def packed(text):
    data = text.encode("utf-8")
    return struct.pack("<I", len(data)) + data


def packed_list(texts):
    return struct.pack("<I", len(texts)) + b"".join(map(packed, texts))


def column(kind, title, tables, lists=(), low=0, high=0):
    lists = tuple(lists) + ((),) * (4 - len(lists))
    return (struct.pack("<I", kind) + packed(title) + struct.pack("<ii", low, high)
            + b"".join(map(packed_list, lists)) + b"".join(map(bytes, tables)))


def profiles():
    """Tier and quality of each profile, and how common it is."""
    for tier, common in enumerate(TIERS):
        for name, (part, _, _) in QUALITIES.items():
            yield tier, name, common * part


def question_texts(question, cells):
    """What the options are written as."""
    if question.type == "yesno":
        return ["0", "1"] if cells == "codes" else ["no", "yes"]
    if cells == "codes":
        return [str(at + 1) for at in range(len(question.options))]
    return list(question.options)


def pick(question, at, levels, cells):
    """A column of options: blank, the options, n/a, what cannot be read."""
    texts = [""] + question_texts(question, cells)
    by_tier, count = chances_by_tier(question, levels), len(texts) - 1
    excuses = NOT_APPLICABLE if question.may_be_na else ()
    unreadable = UNREADABLE if at % UNREADABLE_EVERY == 0 else ()
    tables = []
    for tier, quality, _ in profiles():
        _, slip, blank = QUALITIES[quality]
        options = by_tier[tier]
        known = 1 - blank - (0.08 if excuses else 0) - (0.004 if unreadable and blank else 0)
        parts = [blank]
        parts += [known * (slip / count + (1 - slip) * part / sum(options)) for part in options]
        parts += [0.08 / max(1, len(excuses))] * len(excuses)
        parts += [0.004 if blank else 0] * len(unreadable)
        tables.append(shares_of(parts))
    return column(PICK, question.id, tables, [texts + list(excuses) + list(unreadable)])


def measured(kind, title, low, high):
    tables = [shares_of((max(QUALITIES[quality][2], 0.03), 1)) for _, quality, _ in profiles()]
    return column(kind, title, tables, (), low, high)


def field(source, cells):
    ident = source.id
    always = [[1] * 256 for _ in profiles()]
    if ident == "uscc":
        return column(USCC, ident, always)
    if ident == "company":
        return column(NAME, ident, always, (CITIES, BRANDS, TRADES, FORMS))
    if source.type == "text":
        return column(NAME, ident, [shares_of((0.9, 0.1)) for _ in always], (PLANTS,))
    return column(PICK, ident, [shares_of([1] * len(source.options)) for _ in always],
                  [question_texts(source, cells)])


def spec(rubric, cells):
    known = [rubric.fields[ident] for ident in FIELDS if ident in rubric.fields]
    parts = [field(source, cells) for source in known]
    for at, question in enumerate(rubric.questions.values()):
        if question.type in ("choice", "yesno"):
            parts.append(pick(question, at, rubric.levels, cells))
        elif question.type == "date":
            parts.append(measured(DATE, question.id, 0, DAYS - 1))
        elif question.type == "percent":
            least = max(-200, int(question.min * 1000))
            parts.append(measured(NUMBER, question.id, least, min(1000, int(question.max * 1000))))
        elif question.type == "number":
            parts.append(measured(NUMBER, question.id, 0, 5000))
    days = [(FIRST_DAY + datetime.timedelta(at)).isoformat() for at in range(DAYS)]
    return (struct.pack("<II", len(parts), len(list(profiles())))
            + bytes(shares_of([part for _, _, part in profiles()])) + packed_list(days)
            + b"".join(parts))


def make(rows, path, seed=1, rubric=survey_logic.RUBRIC, cells="codes", generator=None):
    """Write the survey; `path` may be "-"."""
    with tempfile.NamedTemporaryFile(suffix=".spec") as file:
        file.write(spec(survey_logic.read_rubric(rubric), cells))
        file.flush()
        generator = generator or survey_logic.ROOT / "build" / "survey_generator"
        subprocess.run([str(generator), file.name, str(rows), str(seed), str(path)], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=int)
    parser.add_argument("path")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rubric", default=survey_logic.RUBRIC)
    parser.add_argument("--cells", choices=("codes", "ids"), default="codes")
    parser.add_argument("--generator")
    options = parser.parse_args()
    make(options.rows, options.path, options.seed, options.rubric, options.cells,
         options.generator)


if __name__ == "__main__":
    main()
