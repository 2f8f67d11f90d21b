#include "cli/say.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "base/text.h"

static char *shown(const Place *place, const char *message, const char *hint)
{
    g_autoptr(Findings) findings = findings_new();
    Finding *finding = findings_add(findings, SEVERITY_ERROR, place, "%s", message);

    if (hint)
        finding_hint(finding, "%s", hint);
    return finding_text(&(Translation){ NULL, NULL }, finding, FALSE, 80);
}

Test(say, shows_a_place_in_a_rubric_with_a_caret)
{
    Place place = { "r.ini", 12, 0, 6, "abc = defg", 4 };
    g_autofree char *text = shown(&place, "bad", "do better");

    cr_expect(eq(str, text,
                 "r.ini:12:6: error: bad\n"
                 "   12 | abc = defg\n"
                 "      |      ^~~~\n"
                 "hint: do better\n"));
}

Test(say, counts_the_columns_of_wide_characters)
{
    Place place = { "r.ini", 1, 0, 3, "\u7b49\u7ea7\u5341x", 1 };
    g_autofree char *text = shown(&place, "bad", NULL);

    cr_expect(eq(str, text,
                 "r.ini:1:3: error: bad\n"
                 "    1 | \u7b49\u7ea7\u5341x\n"
                 "      |     ^~\n"));
}

Test(say, names_record_and_column_of_answers)
{
    Place place = { "a.csv", 4, 3, 2, NULL, 0 };
    Place whole = { "a.csv", 0, 0, 0, NULL, 0 };
    Place input = { "-", 2, 0, 0, NULL, 0 };
    g_autofree char *first = shown(&place, "bad", NULL);
    g_autofree char *second = shown(&whole, "bad", NULL);
    g_autofree char *third = shown(&input, "bad", NULL);
    g_autofree char *fourth = shown(NULL, "bad", NULL);

    cr_expect(eq(str, first, "a.csv:4 (record 3, column 2): error: bad\n"));
    cr_expect(eq(str, second, "a.csv: error: bad\n"));
    cr_expect(eq(str, third, "standard input:2: error: bad\n"));
    cr_expect(eq(str, fourth, "error: bad\n"));
}

Test(say, lets_no_control_character_through)
{
    Place place = { "a\033[31m.ini", 1, 0, 1, "x\033]0;t\007y\u202e", 3 };
    g_autofree char *text = shown(&place, "bad \033[2J\r\n\u202e", "\b\b");

    for (const char *at = text; *at; at = g_utf8_next_char(at))
        cr_expect(at[0] == '\n' || !g_unichar_iscntrl(g_utf8_get_char(at)), "in %s", text);
    cr_expect(eq(ptr, strstr(text, "\u202e"), NULL));
}

Test(say, keeps_a_long_line_within_the_columns_and_the_caret_under_the_fault)
{
    for (guint column = 1; column <= 900; column += 31) {
        g_autofree char *line = g_strnfill(900, 'x');
        Place place = { "r.ini", 7, 0, column, line, 5 };
        g_autofree char *text = NULL;
        g_auto(GStrv) lines = NULL;

        line[column - 1] = '!';
        text = shown(&place, "bad", NULL);
        lines = g_strsplit(text, "\n", -1);
        cr_assert(eq(sz, g_strv_length(lines), 4), "%s", text);
        cr_expect(text_columns(lines[1]) <= 80 && text_columns(lines[2]) <= 80);
        cr_expect(eq(sz, strcspn(lines[1], "!"), strcspn(lines[2], "^")), "%s", text);
    }
}

Test(say, ranks_the_statuses)
{
    cr_expect(eq(int, status_worse(EXIT_DONE, EXIT_DONE), EXIT_DONE));
    cr_expect(eq(int, status_worse(EXIT_IO, EXIT_USAGE), EXIT_USAGE));
    cr_expect(eq(int, status_worse(EXIT_IO, EXIT_REFUSED), EXIT_IO));
    cr_expect(eq(int, status_worse(EXIT_NOT_REACHED, EXIT_REFUSED), EXIT_REFUSED));
    cr_expect(eq(int, status_worse(EXIT_UNDETERMINED, EXIT_NOT_REACHED), EXIT_NOT_REACHED));
    cr_expect(eq(int, status_worse(EXIT_UNDETERMINED, EXIT_DONE), EXIT_UNDETERMINED));
}

Test(say, counts_one_as_one)
{
    g_autofree char *none = say_count(0, "record", "records"),
                    *one = say_count(1, "record", "records"),
                    *many = say_count(12, "record", "records");

    cr_assert_str_eq(none, "0 records");
    cr_assert_str_eq(one, "1 record");
    cr_assert_str_eq(many, "12 records");
}
