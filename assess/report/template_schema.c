#include "report/template_schema.h"

#include "base/named.h"

#define KEY(name, type, help)                   \
    {                                           \
        name, TEMPLATE_##type, NULL, 0, 0, help \
    }
#define TEXT(name, places, help)                \
    {                                           \
        name, TEMPLATE_TEXT, places, 0, 0, help \
    }
#define POINTS(name, least, most, help)                \
    {                                                  \
        name, TEMPLATE_POINTS, NULL, least, most, help \
    }
#define END                                   \
    {                                         \
        NULL, TEMPLATE_TEXT, NULL, 0, 0, NULL \
    }
#define ABOUT " company rubric edition date author "
#define RUNNING ABOUT "page pages "

static const TemplateKey report_keys[] = {
    KEY("base", NAME,
        "a template to start from: keys here replace its keys; it need not be given "
        "whole then"),
    TEXT("title", NULL, "what `assess list` says of the template"),
    KEY("blocks", BLOCKS, "the parts of the report in their order, see below; one may stand twice"),
    KEY("draft", YESNO, "a word across every page until --final is given; default no"),
    KEY("attach", YESNO, "answers, rubric and assessment go into the PDF as files; default no"),
    END,
};

static const TemplateKey page_keys[] = {
    KEY("size", SIZE, "A4, Letter, or width x height in points"),
    POINTS("left", 0, 200, "margins, in points"),
    POINTS("right", 0, 200, ""),
    POINTS("top", 60, 200, ""),
    POINTS("bottom", 45, 200, ""),
    POINTS("gap", 0, 100, "between two blocks"),
    TEXT("head_left", RUNNING, "at the top of every page but the cover"),
    TEXT("head_right", RUNNING, ""),
    TEXT("foot_left", RUNNING, "at the bottom of every page but the cover"),
    TEXT("foot_right", RUNNING, ""),
    TEXT("confidential", ABOUT, "a notice on the cover and at the bottom of every page"),
    KEY("author_field", STRING, "the field of the answers that names who answers for the report"),
    END,
};

static const TemplateKey cover_keys[] = {
    KEY("logo", IMAGE,
        "a PNG file of at most 1 MiB and 2,000 x 2,000 dots, its path seen from the template"),
    POINTS("logo_height", 8, 120, "height of the logo in points; default 36"),
    TEXT("text", ABOUT, "a paragraph on the cover"),
    END,
};

static const TemplateKey font_keys[] = {
    KEY("family", STRING, "the font, by the name that the system finds it by"),
    KEY("file", STRING, "a file to take if it is not found by name"),
    KEY("fallback", STRING,
        "up to 4 further fonts, parted by commas, for characters that the first lacks; those that "
        "are not installed are passed over"),
    END,
};

static const TemplateKey chart_keys[] = {
    KEY("scenes", STRING, "the group that is shown as scenes"),
    KEY("built", STRING, "the option from which on an application tells of a scene"),
    KEY("applicant", STRING, "the group that is about who applies"),
    END,
};

static const TemplateKey colour_keys[] = {
    KEY("ink", COLOUR, "text"),
    KEY("muted", COLOUR, "details, labels"),
    KEY("hairline", COLOUR, "lines of tables"),
    KEY("panel", COLOUR, "a light ground"),
    KEY("accent", COLOUR, "headings, what is held"),
    KEY("accent_soft", COLOUR, "what is still possible"),
    KEY("paper", COLOUR, "what is left white"),
    KEY("met", COLOUR, "the signs of a requirement's status"),
    KEY("waived", COLOUR, ""),
    KEY("unmet", COLOUR, ""),
    KEY("unknown", COLOUR, ""),
    KEY("not_applicable", COLOUR, ""),
    KEY("official", COLOUR, "where a requirement comes from"),
    KEY("house", COLOUR, ""),
    END,
};

static const TemplateKey type_keys[] = {
    KEY("body", STYLE, "paragraphs"),
    KEY("strong", STYLE, "the message over a figure"),
    KEY("lead", STYLE, "the sentence that opens a part"),
    KEY("small", STYLE, "details"),
    KEY("note", STYLE, "remarks, sources"),
    KEY("label", STYLE, "heads of tables, labels of figures"),
    KEY("figure", STYLE, "large numbers"),
    KEY("cell", STYLE, "text in tables"),
    KEY("cell_strong", STYLE, ""),
    KEY("tag", STYLE, "words beside signs"),
    KEY("heading", STYLE, "chapters and their parts"),
    KEY("subheading", STYLE, ""),
    KEY("running", STYLE, "head and foot of the page"),
    KEY("cover_title", STYLE, "the cover: kind of document, company, text, verdict"),
    KEY("cover_name", STYLE, ""),
    KEY("cover_text", STYLE, ""),
    KEY("cover_verdict", STYLE, ""),
    END,
};

static const TemplateSection sections[] = {
    { "report", TEMPLATE_KEYS, report_keys, "what the report is made of" },
    { "page", TEMPLATE_KEYS, page_keys, "every page" },
    { "cover", TEMPLATE_KEYS, cover_keys, "the cover, or the head of the first page" },
    { "colours", TEMPLATE_KEYS, colour_keys, "colours, each RRGGBB in hexadecimal" },
    { "type", TEMPLATE_KEYS, type_keys, "styles of text" },
    { "font", TEMPLATE_KEYS, font_keys, "the fonts of the report, with TrueType outlines" },
    { "charts", TEMPLATE_KEYS, chart_keys, "groups of the rubric that have parts of their own" },
    { "words", TEMPLATE_WORDS, NULL, "captions and sentences" },
    { "numbers", TEMPLATE_WORDS, NULL, "small numbers in words" },
    { "status", TEMPLATE_WORDS, NULL, "statuses of requirements" },
    { "level_status", TEMPLATE_WORDS, NULL, "states of levels" },
    { "states", TEMPLATE_WORDS, NULL, "states of answers" },
    { "kind", TEMPLATE_WORDS, NULL, "kinds of requirements" },
    { "origin", TEMPLATE_WORDS, NULL, "where requirements come from" },
    { "origin_band", TEMPLATE_WORDS, NULL, "the same, over a table's rows" },
    { "severity", TEMPLATE_WORDS, NULL, "severities of findings" },
    { "confidence", TEMPLATE_WORDS, NULL, "how sure an answer is" },
    { "disclosure", TEMPLATE_WORDS, NULL, "what harm a leak does" },
    { "references", TEMPLATE_WORDS, NULL, "figures of peers: their group, columns and source" },
    { "reference", TEMPLATE_FIGURES, NULL, "figures of peers for one question, by column" },
    { "finding", TEMPLATE_MESSAGES, NULL, "a message about the input, in other words" },
    { "cohort", TEMPLATE_COHORT, NULL, "captions and sentences of a cohort's report" },
    { "workbook", TEMPLATE_WORDS, NULL,
      "names of sheets and captions of a workbook, where they differ" },
    { NULL, TEMPLATE_KEYS, NULL, NULL },
};

const TemplateSection *template_sections(void)
{
    return sections;
}

const TemplateSection *template_section(const char *kind)
{
    return named_find(sections, sizeof *sections, kind);
}

const char *template_nearest_section(const char *kind)
{
    return named_nearest(sections, sizeof *sections, kind);
}

const TemplateKey *template_key(const TemplateSection *section, const char *key)
{
    return named_find(section->keys, sizeof *section->keys, key);
}

const char *template_nearest_key(const TemplateSection *section, const char *key)
{
    return named_nearest(section->keys, sizeof *section->keys, key);
}

char *template_expected(const TemplateKey *key)
{
    static const char *const expected[] = {
        [TEMPLATE_TEXT] = "a text",
        [TEMPLATE_STRING] = "a text",
        [TEMPLATE_NAME] = "the name of a template",
        [TEMPLATE_BLOCKS] = "blocks separated by commas",
        [TEMPLATE_YESNO] = "yes or no",
        [TEMPLATE_SIZE] = "A4, Letter, or points such as 595 x 842, each from 200 to 2000",
        [TEMPLATE_POINTS] = "points",
        [TEMPLATE_COLOUR] = "six hexadecimal digits such as 0B4F7D",
        [TEMPLATE_STYLE] = "size, distance of lines, colour and perhaps bold, such as "
                           "\"9.5, 14.5, ink\"",
        [TEMPLATE_IMAGE] = "the path of a PNG file",
    };

    if (key->type == TEMPLATE_POINTS)
        return g_strdup_printf("points from %g to %g", key->least, key->most);
    return g_strdup(expected[key->type]);
}
