#include "survey/layout_schema.h"

#include <string.h>

#include "base/named.h"

#define IN(field) offsetof(Layout, field)
#define KEY(name, type, place, help)                        \
    {                                                       \
        name, LAYOUT_##type, place, NULL, 0, 0, FALSE, help \
    }
#define WORD(name, place, words, help)                     \
    {                                                      \
        name, LAYOUT_WORD, place, words, 0, 0, FALSE, help \
    }
#define COUNT(name, place, least, most, help)                     \
    {                                                             \
        name, LAYOUT_COUNT, place, NULL, least, most, FALSE, help \
    }
#define NEEDED(name, type, place, help)                    \
    {                                                      \
        name, LAYOUT_##type, place, NULL, 0, 0, TRUE, help \
    }
#define END                                           \
    {                                                 \
        NULL, LAYOUT_TEXT, 0, NULL, 0, 0, FALSE, NULL \
    }

static const char *const role_words[] = { "nothing", "when", "respondent", NULL };
static const char *const row_words[] = { "auto", "1", "2", "3", NULL };
static const char *const decimal_words[] = { "point", "comma", "either", NULL };
static const char *const date_words[] = { "year_first", "day_first", "month_first", NULL };
static const char *const unticked_words[] = { "blank", "none", NULL };

static const LayoutKey layout_keys[] = {
    { "format", LAYOUT_COUNT, IN(format), NULL, 1, 1, TRUE, "the version of the format" },
    NEEDED("title", TEXT, IN(title), "the tool, as `assess list` shows it"),
    KEY("note", TEXT, IN(note), "what to know about its exports"),
    KEY("base", NAME, IN(base), "a layout to start from: keys here replace its keys"),
    KEY("named_only", YESNO, IN(named_only),
        "taken only where `--layout` names it, whatever its signs; default no"),
    KEY("numbered", NAME, IN(numbered),
        "a layout for exports of this tool in which yes and no stand as numbers: they hint at it"),
    END,
};

static const LayoutKey sign_keys[] = {
    COUNT("row", offsetof(LayoutSign, row), 1, 3, "the row to look at; default any of the first 3"),
    KEY("cells", LIST, offsetof(LayoutSign, cells),
        "names that stand in the row; `*` in a name is "
        "any text"),
    COUNT("least", offsetof(LayoutSign, least), 1, 99, "so many of them are enough; default all"),
    KEY("first", STRING, offsetof(LayoutSign, first), "the first cell of the row"),
    KEY("begins", STRING, offsetof(LayoutSign, begins),
        "every cell that is not blank begins so, two or more of them"),
    KEY("only", LIST, offsetof(LayoutSign, only),
        "one of these stands in the row, twice or more, and no other text than these"),
    KEY("gaps", LIST, offsetof(LayoutSign, gaps), "what may stand beside those of `only`"),
    END,
};

static const LayoutKey header_keys[] = {
    WORD("rows", IN(header_rows), row_words, "rows of the header; default auto"),
    KEY("fill", YESNO, IN(fill),
        "a blank cell of the first row belongs to the cell on its left; default no"),
    KEY("answer_words", LIST, IN(answer_words),
        "what stands in the second row over an answer, where another column has an option there"),
    END,
};

static const LayoutKey column_keys[] = {
    KEY("answer", PATTERNS, IN(answer), "names of a column with the answer to a question"),
    KEY("option", PATTERNS, IN(option), "names of a column for one option of a multiple choice"),
    KEY("other", PATTERNS, IN(other),
        "names of a column with words beside the options of a question, or a comment"),
    KEY("more_answer", PATTERNS, IN(more_answer),
        "more of them, looked at before those of the base"),
    KEY("more_option", PATTERNS, IN(more_option), "more of them, too"),
    KEY("more_other", PATTERNS, IN(more_other), "more of them, too"),
    KEY("evidence", PATTERNS, IN(evidence), "names of a column with evidence for a question"),
    END,
};

static const LayoutKey meta_keys[] = {
    NEEDED("names", LIST, offsetof(LayoutMeta, names),
           "the columns' names, in all languages of the tool; `*` is any text"),
    KEY("private", YESNO, offsetof(LayoutMeta, is_private),
        "about a person: never written anywhere; default no"),
    WORD("is", offsetof(LayoutMeta, role), role_words,
         "what it says: when the answer was given, or who the respondent is"),
    END,
};

static const LayoutKey field_keys[] = {
    NEEDED("names", LIST, offsetof(LayoutField, names),
           "what such a column is called; an id or a wording of the rubric goes before it"),
    KEY("endings", LIST, offsetof(LayoutField, endings),
        "what may stand behind the name of one of the field's options"),
    END,
};

static const LayoutKey drop_keys[] = {
    NEEDED("title", TEXT, offsetof(LayoutDrop, title), "why such a row is not graded"),
    NEEDED("columns", LIST, offsetof(LayoutDrop, columns),
           "the column that tells, by its names; the first that there is"),
    KEY("blank", YESNO, offsetof(LayoutDrop, blank), "the row is left out if it is blank there"),
    KEY("filled", YESNO, offsetof(LayoutDrop, filled), "... if something stands there"),
    KEY("is", LIST, offsetof(LayoutDrop, is), "... if the cell is one of these"),
    KEY("has", LIST, offsetof(LayoutDrop, has), "... if one of these stands in the cell"),
    { "below", LAYOUT_COUNT, offsetof(LayoutDrop, below), NULL, 1, 1000000, FALSE,
      "... if the cell is a number below this one" },
    END,
};

static const LayoutKey choice_keys[] = {
    KEY("letters", YESNO, IN(letters), "an option has its letter before it: `A.label`"),
    KEY("numbers", YESNO, IN(numbers), "an option may have its number before it: `5 - label`"),
    KEY("coded", YESNO, IN(coded),
        "an option may be given as its number, from 1, where no option is called so"),
    KEY("code_begins", LIST, IN(code_begins), "what may stand before such a number: `A1`, `AO01`"),
    KEY("separators", MARKS, IN(separators),
        "what stands between the options of a multiple choice in one cell"),
    KEY("ticks", LIST, IN(ticks),
        "what stands in the column of an option that is ticked, besides the option itself"),
    KEY("no_ticks", LIST, IN(no_ticks), "what stands there if it is not ticked"),
    WORD("all_unticked", IN(all_unticked), unticked_words,
         "what it means that no option is ticked: no answer, or none of them; default blank"),
    KEY("other", LIST, IN(otherwise),
        "what stands in a cell if the answer is in the column beside"),
    KEY("opens", STRING, IN(opens), "where the words of the respondent begin after an option"),
    KEY("closes", STRING, IN(closes), "and where they end"),
    KEY("free_text", YESNO, IN(free_text),
        "words of the respondent may stand among the options of a cell: they are passed over if an "
        "option stands there, too"),
    END,
};

static const LayoutKey cell_keys[] = {
    KEY("strict", YESNO, IN(strict),
        "cells are read as those of an answer sheet, whatever else is said here; default no"),
    KEY("blank", LIST, IN(blank),
        "what stands in a cell without an answer; a number only where it cannot be the answer"),
    KEY("not_shown", LIST, IN(not_shown),
        "what stands in the cell of a question that was not shown: a blank, too"),
    KEY("yes", LIST, IN(yes), "further words for yes"),
    KEY("no", LIST, IN(no), "further words for no"),
    WORD("decimal", IN(decimal), decimal_words,
         "what stands before the decimals; default point; `either` takes a comma where it cannot "
         "part thousands"),
    WORD(
        "dates", IN(dates), date_words,
        "what a date with strokes or points begins with, unless with the year; default year_first"),
    END,
};

static const LayoutKey long_keys[] = {
    NEEDED("respondent", LIST, IN(respondent), "the column that says whose answer a row is"),
    NEEDED("question", LIST, IN(question), "the column with the question, by id or wording"),
    NEEDED("answer", LIST, IN(reply), "the column with the answer"),
    END,
};

static const LayoutSection sections[] = {
    { "layout", 0, 0, layout_keys, "the tool" },
    { "sign", IN(signs), sizeof(LayoutSign), sign_keys,
      "how an export is known: one sign whose keys all hold is enough" },
    { "header", 0, 0, header_keys, "the rows above the answers" },
    { "columns", 0, 0, column_keys, "how columns are named, see below" },
    { "meta", IN(metas), sizeof(LayoutMeta), meta_keys, "columns of the tool itself" },
    { "field", IN(fields), sizeof(LayoutField), field_keys,
      "columns for the rubric's field of this id, under names that people give them" },
    { "drop", IN(drops), sizeof(LayoutDrop), drop_keys,
      "rows that are no answers of a company: left out, and counted" },
    { "choices", 0, 0, choice_keys, "how choices are written" },
    { "cells", 0, 0, cell_keys, "how other answers are written" },
    { "long", 0, 0, long_keys, "one answer a row, the rows of a respondent together" },
    { NULL, 0, 0, NULL, NULL },
};

const LayoutSection *layout_sections(void)
{
    return sections;
}

const LayoutSection *layout_section(const char *kind)
{
    return named_find(sections, sizeof *sections, kind);
}

const char *layout_nearest_section(const char *kind)
{
    return named_nearest(sections, sizeof *sections, kind);
}

const LayoutKey *layout_key(const LayoutSection *section, const char *key)
{
    return named_find(section->keys, sizeof *section->keys, key);
}

const char *layout_nearest_key(const LayoutSection *section, const char *key)
{
    return named_nearest(section->keys, sizeof *section->keys, key);
}

char *layout_expected(const LayoutKey *key)
{
    static const char *const expected[] = {
        [LAYOUT_TEXT] = "a text",
        [LAYOUT_STRING] = "a text",
        [LAYOUT_NAME] = "the name of a layout",
        [LAYOUT_LIST] = "texts, separated by commas",
        [LAYOUT_MARKS] = "marks, separated by commas: comma, semicolon, newline, space, slash, or "
                         "the mark itself",
        [LAYOUT_PATTERNS] = "patterns, separated by commas",
        [LAYOUT_YESNO] = "yes or no",
    };

    if (key->type == LAYOUT_COUNT)
        return key->least == key->most
                   ? g_strdup_printf("%u", key->least)
                   : g_strdup_printf("a number from %u to %u", key->least, key->most);
    if (key->type == LAYOUT_WORD) {
        g_autofree char *words = g_strjoinv(", ", (char **)key->words);

        return g_strconcat("one of ", words, NULL);
    }
    return g_strdup(expected[key->type]);
}

const char *layout_mark(const char *item)
{
    static const struct {
        const char *name, *mark;
    } MARKS[] = {
        { "comma", "," },      { "semicolon", ";" },
        { "newline", "\x1f" }, /* survey_cell.c puts it where a line ends */
        { "space", " " },      { "slash", "/" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(MARKS); i++)
        if (strcmp(item, MARKS[i].name) == 0)
            return MARKS[i].mark;
    return item;
}
