"""A survey and the answers of companies to it, before any tool has written them down.

An answer is None (blank), a bool (yesno), the place of an option (choice), a list of places
(multi, never empty: most exports do not tell nothing ticked from not answered), a Decimal (number,
percent), a date or a text.
"""

import datetime
import pathlib
import random
import sys
from decimal import Decimal

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests" / folder) for folder in ("oracle", "bench")]
import rubric as rubrics  # pylint: disable=wrong-import-position
import survey_data  # pylint: disable=wrong-import-position

USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
REMARKS = ("", "", "", "无", "Two plants, one survey", '改造中，预计"明年"完成', "第一行\n第二行",
           "50 % done; rest later")


class Question:
    """A question or field as a tool shows it: its name, its wording and its options by language."""

    def __init__(self, source, section, holders):
        self.id, self.type, self.source = source.id, source.type, source
        self.ask = {"en": section.get("ask"), "zh": section.translated[("ask", "zh")]}
        self.options = source.options if source.type != "yesno" else []
        self.titles = {"en": [], "zh": []}
        for option in self.options:
            held = next(h.translated for h in holders if "title." + option in h.keys)
            english = held[("title." + option, None)]
            self.titles["en"].append(english)
            self.titles["zh"].append(held.get(("title." + option, "zh"), english))


class Survey:
    """What is asked, in order: fields first."""

    def __init__(self, path):
        self.rubric = rubrics.Rubric(str(path))
        self.questions = [self.question("field", q) for q in self.rubric.fields.values()
                          if q.id not in ("assessor", "factory")]
        self.questions += [self.question("question", q) for q in self.rubric.questions.values()]

    def question(self, kind, source):
        sections = self.rubric.sections
        own = sections[f"{kind} {source.id}"]
        holders = [own] + [sections[f"group {group}"] for group in source.groups
                           if f"group {group}" in sections]
        if source.scale:
            holders.append(sections[f"scale {source.scale}"])
        return Question(source, own, holders)

    def companies(self, count, seed=5):
        """Their answers, by question id. Tiers go round, so that all levels occur."""
        chance = random.Random(seed)
        tiers = len(survey_data.TIERS)
        return [self.company(chance, number, number % tiers) for number in range(count)]

    def company(self, chance, number, tier):
        blank = (0, 0, 0.02, 0.15)[number % 4]
        answers = {}
        for question in self.questions:
            if question.id == "company":
                answers["company"] = name(chance, number)
            elif question.type == "uscc":
                answers[question.id] = social_credit_code(chance)
            else:
                answers[question.id] = self.answer(chance, question, tier)
                if chance.random() < blank:
                    answers[question.id] = None
        return answers

    def answer(self, chance, question, tier):
        source = question.source
        if question.type in ("yesno", "choice"):
            if question.id in self.rubric.fields:
                return chance.randrange(len(question.options))
            place = self.place(chance, source, tier)
            return bool(place) if question.type == "yesno" else place
        if question.type == "multi":
            count = chance.randint(1, min(len(question.options), 1 + tier))
            return sorted(chance.sample(range(len(question.options)), count))
        if question.type in ("number", "percent"):
            return self.amount(chance, source, tier)
        if question.type == "date":
            return datetime.date(2025, 6, 30) - datetime.timedelta(chance.randint(20, 3000))
        return chance.choice(REMARKS) or None

    def place(self, chance, source, tier):
        """Of an option; a rubric that the benchmark's tiers do not know gets any, the better the
        more often on a higher tier."""
        weights = survey_data.chances_by_tier(source, self.rubric.levels)[tier]
        if self.rubric.id != "miit_smart_factory":
            weights = [1 + tier * at for at in range(len(source.options))]
        return chance.choices(range(len(weights)), weights)[0]

    @staticmethod
    def amount(chance, source, tier):
        """Half of them whole. -2 and -3 are what Wenjuanxing writes where there is no answer."""
        unit = 100 if source.type == "percent" else 1
        low = Decimal(-20 if source.min is None else int(source.min * unit))
        high = Decimal(300 if source.max is None else int(source.max * unit))
        span = min(high, Decimal(100)) - max(low, Decimal(-20))
        if source.best is not None:
            ends = (Decimal(float(end * unit)) for end in (source.worst, source.best))
            low, high = sorted(ends)
            span = (high - low) * min(tier + 1, 4) / 4
            if source.best < source.worst:
                low = high - span
        value = max(low, Decimal(-20)) + span * chance.randint(0, 400) / 400
        value = round(value) if chance.random() < 0.5 else round(value, 2)
        return value - 2 if value in (-2, -3) else value


def name(chance, number):
    """Names as companies have them: with commas, quotes, brackets, in both scripts."""
    middle = "".join(chance.choice(survey_data.BRANDS) for _ in range(2))
    chinese = f"{chance.choice(survey_data.CITIES)}{middle}{chance.choice(survey_data.TRADES)}有限公司"
    forms = (chinese, chinese, f"{middle}（{chance.choice(survey_data.CITIES)}）有限公司",
             f"Example {number + 1}, Inc.", f'"{middle}" Holding {number + 1}; Ltd')
    return forms[number % len(forms)]


def social_credit_code(chance):
    code = "91" + "".join(chance.choice("0123456789") for _ in range(15))
    total = sum(USCC.index(digit) * pow(3, place, 31) for place, digit in enumerate(code))
    return code + USCC[(31 - total % 31) % 31]
