#!/usr/bin/env python3
"""Writes the answers of companies as survey tools export them, each tool with its own columns,
header rows, ways of telling choices, its rows that are no answers, its encoding.
vendors.py FOLDER [RUBRIC.ini] writes all. What a tool does was read from real exports and from the
code of tools and of importers; nothing here knows how assess reads.
"""

import codecs
import csv
import io
import pathlib
import random
import sys

import asked

ADDRESS, MAIL, RESPONDENT = "192.0.2.77", "li.wei@example.org", "Li Wei Secretname"
PRIVATE = (ADDRESS, MAIL, RESPONDENT)


class Export:
    """Rows of a file. `partial` names companies whose rows a reader has to leave out."""

    def __init__(self, rows, encoding="utf-8", mark=False, partial=(), **dialect):
        self.rows, self.encoding, self.mark, self.partial = rows, encoding, mark, list(partial)
        self.dialect = {"lineterminator": "\r\n", **dialect}

    def bytes(self):
        text = io.StringIO()
        csv.writer(text, **self.dialect).writerows(self.rows)
        data = text.getvalue().encode(self.encoding)
        return codecs.BOM_UTF8 + data if self.mark else data


class Writer:
    """What the writers of tools share. `words` are a tool's texts for no and yes."""

    language = "en"
    words = ("No", "Yes")
    blank = ""
    layout = None  # one that a person has to name, for what no export tells
    decoys = ()  # names of companies whose rows do not count

    def __init__(self, survey, companies):
        self.survey, self.companies = survey, companies
        self.chance = random.Random(11)

    def label(self, question, place):
        return question.titles[self.language][place]

    def ask(self, question):
        return question.ask[self.language]

    def day(self, day):
        return day.isoformat()

    def amount(self, question, amount):  # pylint: disable=unused-argument
        return str(amount)

    def chosen(self, question, place):
        return self.label(question, place)

    def joined(self, question, places):
        raise NotImplementedError

    def cell(self, question, answer):
        """The one cell of a question."""
        if answer is None:
            return self.blank
        if question.type == "yesno":
            return self.words[answer]
        if question.type == "choice":
            return self.chosen(question, answer)
        if question.type == "multi":
            return self.joined(question, answer)
        if question.type in ("number", "percent"):
            return self.amount(question, answer)
        return self.day(answer) if question.type == "date" else answer

    def ticked(self, question, place, is_ticked, is_blank):
        """The cell of an option that has its own column."""
        raise NotImplementedError

    def cells(self, question, answer):
        """The cells of a question whose options have columns."""
        if question.type != "multi":
            return [self.cell(question, answer)]
        return [self.ticked(question, place, place in (answer or ()), answer is None)
                for place in range(len(question.options))]

    def row(self, company):
        row = []
        for question in self.survey.questions:
            row += self.cells(question, company[question.id])
        return row

    def names(self, one, of_option=None):
        """A header row: `one(question)`, and of a multi `of_option(question, place)`."""
        row = []
        for question in self.survey.questions:
            if question.type == "multi" and of_option:
                row += [of_option(question, place) for place in range(len(question.options))]
            else:
                row.append(one(question))
        return row

    def numbered(self):
        """The companies from 1 on, and after them those whose rows do not count."""
        rows = [(number, company, None) for number, company in enumerate(self.companies, 1)]
        for kind, decoy in enumerate(self.decoys):
            company = {**self.companies[kind], "company": decoy, "uscc": None}
            rows.append((len(rows) + 1, company, kind))
        return rows


class OneCell(Writer):
    """Tools that tell several choices in one cell."""

    between = ";"

    def cells(self, question, answer):
        return [self.cell(question, answer)]

    def joined(self, question, places):
        return self.between.join(self.label(question, place) for place in places)


class Plain(OneCell):
    """A table of our own: ids over ids."""

    words = ("no", "yes")

    def label(self, question, place):
        return question.options[place]

    def export(self):
        return Export([self.names(lambda q: q.id)] + [self.row(c) for c in self.companies])


class LimeSurvey(Writer):
    """UTF-8 with mark, everything quoted, line breaks in cells are LF, an empty line at the end."""

    decoys = ("Half Done Ltd",)

    def records(self):
        for number, company, decoy in self.numbered():
            when = f"2026-09-03 12:{number % 60:02}:07"
            yield [str(number), "" if decoy is not None else when, "3", "en",
                   str(1580000000 + number), when, when, ADDRESS] + self.row(company)

    def finish(self, header):
        return Export([header, *self.records(), []], mark=True, partial=self.decoys,
                      delimiter=";", quoting=csv.QUOTE_ALL)


class LimeSurveyCodes(LimeSurvey):
    """Codes of questions take letters and digits alone; answers are coded A1 ..., options of a
    multiple choice SQ001 ...; numbers have ten places, days a time."""

    words = ("N", "Y")

    def chosen(self, question, place):
        return f"A{place + 1}"

    def amount(self, question, amount):
        return f"{amount:.10f}"

    def day(self, day):
        return f"{day.isoformat()} 00:00:00"

    def ticked(self, question, place, is_ticked, is_blank):
        return "Y" if is_ticked else ""

    @staticmethod
    def code(question):
        return question.id.replace("_", "")

    def export(self):
        header = ["id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp",
                  "ipaddr"]
        return self.finish(header + self.names(
            self.code, lambda q, place: f"{self.code(q)}[SQ{place + 1:03}]"))


class LimeSurveyLabels(LimeSurvey):
    """Whole wordings; N/A is a question that was not shown."""

    def cell(self, question, answer):
        if answer is None and question.type in ("yesno", "choice") and self.chance.random() < 0.3:
            return "N/A"
        return super().cell(question, answer)

    def ticked(self, question, place, is_ticked, is_blank):
        return "" if is_blank else self.words[is_ticked]

    def export(self):
        header = ["Response ID", "Date submitted", "Last page", "Start language", "Seed",
                  "Date started", "Date last action", "IP address"]
        return self.finish(header + self.names(
            self.ask, lambda q, place: f"{self.ask(q)} [{self.label(q, place)}]"))


class Qualtrics(OneCell):
    """Three header rows: name, wording, import id. Previews and unfinished answers stay in. Several
    choices are joined by commas, also where a choice has one in it."""

    between = ","
    decoys = ("Preview Ltd", "Half Done Ltd")
    META = (("StartDate", "Start Date"), ("EndDate", "End Date"), ("Status", "Response Type"),
            ("IPAddress", "IP Address"), ("Progress", "Progress"),
            ("Duration (in seconds)", "Duration (in seconds)"), ("Finished", "Finished"),
            ("RecordedDate", "Recorded Date"), ("ResponseId", "Response ID"),
            ("RecipientLastName", "Recipient Last Name"),
            ("RecipientFirstName", "Recipient First Name"), ("RecipientEmail", "Recipient Email"),
            ("ExternalReference", "External Data Reference"),
            ("LocationLatitude", "Location Latitude"), ("LocationLongitude", "Location Longitude"),
            ("DistributionChannel", "Distribution Channel"), ("UserLanguage", "User Language"))

    def import_id(self, question):
        return f'{{"ImportId":"QID{self.survey.questions.index(question) + 1}_TEXT"}}'

    def headers(self):
        ids = ['{"ImportId":"%s"}' % (name[0].lower() + name[1:]) for name, _ in self.META]
        ids[0] = '{"ImportId":"startDate","timeZone":"Asia/Shanghai"}'
        return [[name for name, _ in self.META] + self.names(lambda q: q.id),
                [text for _, text in self.META] + self.names(self.ask),
                ids + self.names(self.import_id)]

    def export(self):
        rows = self.headers()
        for number, company, decoy in self.numbered():
            when = f"2026-09-03 12:{number % 60:02}:07"
            rows.append([when, when, "Survey Preview" if decoy == 0 else "IP Address", ADDRESS,
                         "41" if decoy == 1 else "100", "185",
                         "False" if decoy == 1 else "True", when, f"R_{number:015}", RESPONDENT, "",
                         MAIL, "", "31.2", "121.5", "anonymous", "EN"] + self.row(company))
        return Export(rows, partial=self.decoys, lineterminator="\n")


class QualtricsSplit(Qualtrics):
    """With the values of several choices in their own columns."""

    def cells(self, question, answer):
        return Writer.cells(self, question, answer)

    def ticked(self, question, place, is_ticked, is_blank):
        return self.label(question, place) if is_ticked else ""

    def headers(self):
        rows = super().headers()
        columns = len(self.META)
        rows[0][columns:] = self.names(lambda q: q.id, lambda q, place: f"{q.id}_{place + 1}")
        rows[1][columns:] = self.names(
            self.ask, lambda q, place: f"{self.ask(q)} - Selected Choice - {self.label(q, place)}")
        rows[2][columns:] = self.names(
            self.import_id, lambda q, place: '{"ImportId":"QID%d","choiceId":"%d"}'
            % (self.survey.questions.index(q) + 1, place + 1))
        return rows


class SurveyMonkey(Writer):
    """Two header rows; the wording stands over the first of a question's columns alone."""

    SECOND = {"yesno": "Response", "choice": "Response", "date": "Date"}

    def ticked(self, question, place, is_ticked, is_blank):
        return self.label(question, place) if is_ticked else ""

    def day(self, day):
        return f"{day.month:02}/{day.day:02}/{day.year}"

    def export(self):
        meta = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address",
                "Email Address", "First Name", "Last Name", "Custom Data 1"]
        first = self.names(self.ask, lambda q, place: "" if place else self.ask(q))
        second = self.names(lambda q: self.SECOND.get(q.type, "Open-Ended Response"), self.label)
        rows = [meta + first, [""] * len(meta) + second]
        for number, company, _ in self.numbered():
            when = f"09/03/2026 12:{number % 60:02}:07 PM"
            rows.append([str(114000000000 + number), "400000001", when, when, ADDRESS, MAIL,
                         RESPONDENT, "", ""] + self.row(company))
        return Export(rows, mark=True)


class GoogleForms(OneCell):
    """As downloaded; in a spreadsheet's copy choices are joined by a comma."""

    stamp = "2026/09/03 12:{:02}:07 PM GMT+8"

    def export(self):
        rows = [["Timestamp", "Username"] + self.names(self.ask)]
        for number, company, _ in self.numbered():
            rows.append([self.stamp.format(number % 60), MAIL] + self.row(company))
        return Export(rows)


class GoogleSheets(GoogleForms):
    between = ", "
    stamp = "9/3/2026 12:{:02}:07"

    def day(self, day):
        return f"{day.month}/{day.day}/{day.year}"


class MicrosoftForms(OneCell):
    """A workbook saved as CSV; wordings that are the same get a number."""

    META = ("Id", "Start time", "Completion time", "Email", "Name")
    encoding = "utf-8"

    def joined(self, question, places):
        return super().joined(question, places) + ";"

    def day(self, day):
        return f"{day.month}/{day.day}/{day.year}"

    def export(self):
        header, seen = [], {}
        for wording in self.names(self.ask):
            seen[wording] = seen.get(wording, 0) + 1
            header.append(wording if seen[wording] == 1 else f"{wording}{seen[wording]}")
        rows = [list(self.META) + header]
        for number, company, _ in self.numbered():
            when = f"9/3/2026 12:{number % 60:02}"
            rows.append([str(number), when, when, "anonymous", ""] + self.row(company))
        return Export(rows, encoding=self.encoding, mark=self.encoding == "utf-8")


class MicrosoftFormsChinese(MicrosoftForms):
    language = "zh"
    words = ("否", "是")
    META = ("ID", "开始时间", "完成时间", "电子邮件", "名称")
    encoding = "gb18030"

    def day(self, day):
        return f"{day.year}/{day.month}/{day.day}"


class Kobo(Writer):
    """Names, groups before them; several choices in one cell and in a column each."""

    words = ("no", "yes")
    group = "survey/"

    def chosen(self, question, place):
        return question.options[place]

    def joined(self, question, places):
        return " ".join(question.options[place] for place in places)

    def ticked(self, question, place, is_ticked, is_blank):
        return "" if is_blank else str(int(is_ticked))

    def cells(self, question, answer):
        whole = [self.cell(question, answer)]
        return whole + super().cells(question, answer) if question.type == "multi" else whole

    def header(self):
        row = []
        for question in self.survey.questions:
            row.append(self.group + question.id)
            row += [f"{self.group}{question.id}/{option}" for option in question.options
                    if question.type == "multi"]
        return row

    def export(self):
        tail = ["_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status",
                "_submitted_by", "__version__", "_tags", "_index"]
        rows = [["start", "end"] + self.header() + tail]
        for number, company, _ in self.numbered():
            when = f"2026-09-03T12:{number % 60:02}:07.123+08:00"
            rows.append([when, when] + self.row(company) + [
                str(7000 + number), f"00000000-0000-4000-8000-{number:012}", when[:19], "", "",
                "submitted_via_web", RESPONDENT, "vQ1", "", str(number)])
        return Export(rows, delimiter=";", quoting=csv.QUOTE_ALL)


class OdkCentral(Kobo):
    decoys = ("Rejected Ltd",)
    group = "survey-"

    def export(self):
        tail = ["meta-instanceID", "KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent",
                "AttachmentsExpected", "Status", "ReviewState", "DeviceID", "Edits", "FormVersion"]
        rows = [["SubmissionDate", "start", "end"] + self.header() + tail]
        for number, company, decoy in self.numbered():
            when = f"2026-09-03T12:{number % 60:02}:07.000Z"
            key = f"uuid:00000000-0000-4000-8000-{number:012}"
            rows.append([when, when, when] + self.row(company) + [
                key, key, "5", RESPONDENT, "0", "0", "",
                "rejected" if decoy is not None else "approved", "", "0", "1"])
        return Export(rows, partial=self.decoys, lineterminator="\n")


class Wenjuanxing(OneCell):
    """问卷星, by text: wordings with numbers, choices joined by a box drawing character."""

    language = "zh"
    words = ("否", "是")
    blank = "(空)"
    between = "┋"

    def day(self, day):
        return f"{day.year}/{day.month}/{day.day}"

    def amount(self, question, amount):
        """Some people type a percent sign, or full-width digits."""
        text = str(amount)
        if question.type == "percent" and self.chance.random() < 0.3:
            wide = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
            text = (text + "%").translate(wide if self.chance.random() < 0.5 else {})
        return text

    def cell(self, question, answer):
        if answer is None and self.chance.random() < 0.3:
            return "(跳过)"
        return super().cell(question, answer)

    def export(self):
        header = [f"{at}、{wording}" for at, wording in enumerate(self.names(self.ask), 1)]
        rows = [["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"] + header + ["总分"]]
        for number, company, _ in self.numbered():
            rows.append([str(number), f"2026/9/3 12:{number % 60:02}:07", "125秒", "微信", "N/A",
                         f"{ADDRESS}(上海-上海)"] + self.row(company) + ["78"])
        return Export(rows, encoding="gb18030")


class WenjuanxingCodes(Wenjuanxing):
    """By number: options by their place, below zero what was not answered. Which of yes and no is 1
    only the form knows."""

    layout = "wenjuanxing_by_number"
    blank = "-3"

    def cell(self, question, answer):
        if answer is None and question.type not in ("yesno", "choice", "multi"):
            return "(空)"
        if question.type == "yesno" and answer is not None:
            return "1" if answer else "2"
        return Writer.cell(self, question, answer)

    def label(self, question, place):
        return str(place + 1)


class Tencent(Writer):
    """腾讯问卷: letters before options, newest first, an empty column at the end."""

    language = "zh"
    words = ("B.否", "A.是")
    decoys = ("无效答卷有限公司",)

    def label(self, question, place):
        return f"{chr(ord('A') + place)}.{question.titles['zh'][place]}" if place < 26 else \
            question.titles["zh"][place]

    def ticked(self, question, place, is_ticked, is_blank):
        return self.label(question, place) if is_ticked else ""

    def day(self, day):
        return f"{day.year}-{day.month:02}-{day.day:02}"

    def export(self):
        place_of = {q.id: at for at, q in enumerate(self.survey.questions, 1)}
        def named(question):
            return f"{place_of[question.id]}.{self.ask(question)}"
        header = self.names(named, lambda q, place: f"{named(q)}:{self.label(q, place)}")
        rows = [["编号", "开始答题时间", "结束答题时间", "答题时长"] + header + [
            "语言", "清洗数据结果", "智能清洗数据无效概率", "地理位置国家和地区", "地理位置省",
            "地理位置市", "用户类型", "用户标识", "昵称", "自定义字段", "IP", "UA", "Referrer", ""]]
        for number, company, decoy in reversed(self.numbered()):
            when = f"2026/5/26 12:{number % 60:02}"
            rows.append([str(number), when, when, "180"] + self.row(company) + [
                "zh-CN", "有效" if decoy is None else "无效", "0.03", "中国", "上海", "上海",
                "匿名用户", "", RESPONDENT, "", ADDRESS, "Mozilla/5.0", "", ""])
        return Export(rows, mark=True, partial=self.decoys)


class RedCap(Writer):
    """Raw values: options by number, a column of 0 and 1 for each option of a multiple choice."""

    words = ("0", "1")

    def chosen(self, question, place):
        return str(place + 1)

    def ticked(self, question, place, is_ticked, is_blank):
        return str(int(is_ticked))

    def export(self):
        header = self.names(lambda q: q.id, lambda q, place: f"{q.id}___{place + 1}")
        rows = [["record_id", "redcap_survey_identifier", "survey_timestamp"] + header
                + ["survey_complete"]]
        for number, company, _ in self.numbered():
            rows.append([str(number), "", f"2026-09-03 12:{number % 60:02}:07"] + self.row(company)
                        + ["2"])
        return Export(rows, lineterminator="\n")


class Typeform(Writer):
    """A row of wordings over the row that begins with `#`; the option over its own column."""

    words = ("0", "1")
    decoys = ("Started Ltd",)

    def ticked(self, question, place, is_ticked, is_blank):
        return self.label(question, place) if is_ticked else ""

    def export(self):
        first = [self.ask(q) if q.type == "multi" else "" for q in self.survey.questions
                 for _ in range(len(q.options) if q.type == "multi" else 1)]
        seen = set()
        for at, wording in enumerate(first):  # over the first of its columns alone
            if wording in seen:
                first[at] = ""
            seen.add(wording)
        tail = ["Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)",
                "Network ID", "Tags", "Ending"]
        rows = [[""] + first + [""] * len(tail), ["#"] + self.names(self.ask, self.label) + tail]
        for number, company, decoy in self.numbered():
            when = f"2026-09-03 12:{number % 60:02}:07"
            rows.append([f"{number:032x}"] + self.row(company) + [
                "completed" if decoy is None else "started", when, "",
                when if decoy is None else "", "a1b2c3", "", ""])
        return Export(rows, partial=self.decoys, lineterminator="\n")


class Jotform(OneCell):
    """Several choices stand below each other in a cell."""

    between = "\n"

    def export(self):
        rows = [["Submission Date"] + self.names(self.ask) + ["Submission IP", "Submission ID"]]
        for number, company, _ in self.numbered():
            rows.append([f"2026-09-03 12:{number % 60:02}:07"] + self.row(company)
                        + [ADDRESS, str(5300000000000000000 + number)])
        return Export(rows, mark=True, lineterminator="\n")


class Long(Plain):
    """An answer a row; several choices are several rows, what is blank has none."""

    def export(self):
        rows = [["company_id", "company", "question", "answer"]]
        for number, company in enumerate(self.companies, 1):
            for question in self.survey.questions[1:]:
                answer = company[question.id]
                for part in answer if question.type == "multi" and answer else [answer]:
                    if part is not None:
                        rows.append([f"C{number}", company["company"], question.id, self.cell(
                            question, [part] if question.type == "multi" else part)])
        return Export(rows)


VENDORS = {
    "plain": Plain, "limesurvey_codes": LimeSurveyCodes, "limesurvey_labels": LimeSurveyLabels,
    "qualtrics": Qualtrics, "qualtrics_split": QualtricsSplit, "surveymonkey": SurveyMonkey,
    "googleforms": GoogleForms, "googlesheets": GoogleSheets,
    "microsoftforms_en": MicrosoftForms, "microsoftforms_zh": MicrosoftFormsChinese,
    "kobo": Kobo, "odk_central": OdkCentral, "wenjuanxing": Wenjuanxing,
    "wenjuanxing_codes": WenjuanxingCodes, "tencent": Tencent, "redcap": RedCap,
    "typeform": Typeform, "jotform": Jotform, "long": Long,
}


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    survey = asked.Survey(sys.argv[2] if len(sys.argv) > 2 else
                            pathlib.Path(__file__).with_name("all_types.ini"))
    for name, vendor in VENDORS.items():
        export = vendor(survey, survey.companies(60)).export()
        (folder / f"{name}.csv").write_bytes(export.bytes())


if __name__ == "__main__":
    main()
