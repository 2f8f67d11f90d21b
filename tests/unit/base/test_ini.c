#include "base/ini.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

static Ini *parse_bytes(const char *text, gsize size, Findings *findings)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, size);

    return ini_parse("a.ini", bytes, findings);
}

/* What is said of a text: "LINE:COLUMN+WIDTH: MESSAGE" a line. Free with g_free(). */
static char *faults_in(const char *text, gsize size)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Ini) ini = parse_bytes(text, size, findings);
    GString *says = g_string_new(NULL);

    for (guint i = 0; i < findings_count(findings); i++) {
        const Finding *finding = findings_at(findings, i);

        g_string_append_printf(says, "%s%u:%u+%u: %s", i ? "\n" : "", finding->line,
                               finding->column, finding->width, finding->message);
    }
    return g_string_free(says, FALSE);
}

static Ini *parse(const char *text)
{
    g_autoptr(Findings) findings = findings_new();
    Ini *ini = parse_bytes(text, strlen(text), findings);

    for (guint i = 0; i < findings_count(findings); i++)
        g_printerr("%u: %s\n", findings_at(findings, i)->line, findings_at(findings, i)->message);
    g_assert_cmpuint(findings_count(findings), ==, 0);
    return ini;
}

Test(ini, reads_sections_keys_languages_and_comments)
{
    g_autoptr(Ini) ini =
        parse("; top\n[one]   ; head\n  a = 1 ; no\nb=\"x; y # z\" ; no\nempty =\nnone = \"\"\n"
              "a[zh_CN] = 一  \n[two  three four]\r\na = 2\r\n  # end");
    const IniSection *one = ini_section(ini, "one", NULL),
                     *two = ini_section(ini, "two", "three four");

    cr_assert(one && two);
    cr_expect(eq(str, (char *)ini_value(one, "a"), "1"));
    cr_expect(eq(str, (char *)ini_value(one, "b"), "x; y # z"));
    cr_expect(eq(str, (char *)ini_value(one, "empty"), ""));
    cr_expect(eq(str, (char *)ini_value(one, "none"), ""));
    cr_expect(eq(str, (char *)ini_value(two, "a"), "2"));
    cr_expect(zero(ptr, (void *)ini_value(one, "c")));
    cr_expect(zero(ptr, (void *)ini_section(ini, "One", NULL)), "sections are compared exactly");
    cr_assert(eq(uint, one->entries->len, 5));
    cr_expect(eq(str, ((IniEntry *)g_ptr_array_index(one->entries, 4))->language, "zh_CN"));
    cr_expect(eq(str, ((IniEntry *)g_ptr_array_index(one->entries, 4))->value, "一"));
}

Test(ini, decodes_line_breaks_and_quotes_only_in_double_quotes)
{
    g_autoptr(Ini) ini =
        parse("[s]\na = \"1\\n2 ''3'' \\t 4\"\nb = 1\\n''2''\nc = \"  blanks  \"\n");
    const IniSection *section = ini_section(ini, "s", NULL);

    cr_expect(eq(str, (char *)ini_value(section, "a"), "1\n2 \"3\" \\t 4"));
    cr_expect(eq(str, (char *)ini_value(section, "b"), "1\\n''2''"));
    cr_expect(eq(str, (char *)ini_value(section, "c"), "  blanks  "));
}

Test(ini, joins_continuations_as_text_and_as_list)
{
    g_autoptr(Ini) ini = parse("[s]\na = x, y\na[zh] = 甲\nb = 1\na.2 = z\na[zh].2 = 乙\n");
    const IniSection *section = ini_section(ini, "s", NULL);
    const IniEntry *entry = ini_entry(section, "a");
    g_autoptr(GArray) offsets = NULL;
    g_auto(GStrv) items = ini_list(entry, &offsets);

    cr_expect(eq(str, entry->value, "x, yz"));
    cr_expect(eq(uint, g_strv_length(items), 3));
    cr_expect(eq(str, items[2], "z"));
    cr_expect(eq(uint, ini_place(ini, entry, g_array_index(offsets, gsize, 2)).line, 5));
    cr_expect(eq(str, ((IniEntry *)g_ptr_array_index(section->entries, 1))->value, "甲乙"));
}

Test(ini, keeps_empty_items_of_a_list)
{
    g_autoptr(Ini) ini = parse("[s]\na = , x,, y ,\n");
    g_auto(GStrv) items = ini_list(ini_entry(ini_section(ini, "s", NULL), "a"), NULL);
    g_autofree char *joined = g_strjoinv("|", items);

    cr_expect(eq(str, joined, "|x||y|"));
}

Test(ini, places_count_characters_as_written)
{
    g_autoptr(Ini) ini = parse("[s]\n键 = \"甲''乙\\n丙\"\n");
    const IniEntry *entry = ini_entry(ini_section(ini, "s", NULL), "键");
    const Place place = ini_place(ini, entry, (gsize)(strstr(entry->value, "丙") - entry->value));

    cr_expect(eq(uint, place.line, 2));
    cr_expect(eq(uint, place.column, 12));
    cr_expect(eq(str, (char *)place.excerpt, "键 = \"甲''乙\\n丙\""));
    cr_expect(eq(uint, ini_key_place(ini, entry).width, 1));
    cr_expect(eq(uint, ini_section_place(ini, ini_section(ini, "s", NULL)).column, 1));
}

Test(ini, skips_a_byte_order_mark_but_hashes_it)
{
    g_autoptr(Ini) with = parse("\xef\xbb\xbf[s]\na = 1\n");
    g_autoptr(Ini) without = parse("[s]\na = 1\n");

    cr_expect(eq(str, (char *)ini_value(ini_section(with, "s", NULL), "a"), "1"));
    cr_expect(ne(str, with->sha256, without->sha256));
    cr_expect(eq(uint, ini_key_place(with, ini_entry(ini_section(with, "s", NULL), "a")).line, 2));
}

Test(ini, tells_faults_with_line_column_and_width)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        { "", "0:0+0: file is empty: no section in it" },
        { " \n; only a comment\n", "0:0+0: file is empty: no section in it" },
        { "a = 1\nb = 2\n[s]\n", "1:1+1: \"a\" stands before the first section" },
        { "[s]\n甲 = C# x\n", "2:6+1: unquoted \"#\" cuts the value off after \"C\"" },
        { "[s]\na = x;y\n", "2:6+1: unquoted \";\" cuts the value off after \"x\"" },
        { "[s]\na = \"x\n", "2:5+1: missing closing quote" },
        { "[s]\na = \"x\"  yz\n", "2:10+2: \"yz\" after the closing quote" },
        { "[s]\na = x\\  \nb = 1\n", "2:6+1: line ends in a backslash" },
        { "[s]\na = 'x'\n", "2:5+1: value begins with a single quote" },
        { "[s]\n  abc\n", "2:3+3: no \"=\" in \"abc\", expected \"key = value\"" },
        { "[s]\na = 1\n[s]\na = 2\n", "3:1+3: section [s] stands twice, first on line 1" },
        { "[s]\n[S]\n", "2:1+3: section [S] stands twice, first on line 1" },
        { "[s]\na = 1\na[zh] = 1\na[zh] = 2\n", "4:1+5: \"a[zh]\" stands twice, first on line 3" },
        { "[s:t]\na = 1\n", "1:3+1: \":\" in a section's name" },
        { "[s\n", "1:1+2: section without a closing bracket" },
        { "[s]\na.2 = 1\n", "2:1+3: \"a.2\" continues nothing, expected \"a\" before it" },
        { "[s]\na[zh] = 1\na[zh].3 = 1\n",
          "3:1+7: \"a[zh].3\" continues nothing, expected \"a[zh].2\" before it" },
        { "[s]\na[zh = 1\n",
          "2:1+4: \"a[zh\" does not end in a language, expected one such as \"[zh]\"" },
        { "[s]\na = 1\v\n", "2:6+1: control character 0x0b" },
        { "[s]\ra = 1\r", "1:4+1: carriage return inside a line" },
        { "[s]\na = \xff\n", "2:5+0: not UTF-8: byte 0xff is byte 5 of the line" },
        { "[s]\na = 1\nb = \xce\xd2\nc = \xce\xd2\n",
          "3:5+0: not UTF-8: byte 0xce is byte 5 of the line" },
        { "\xff\xfe[", "0:0+0: file is UTF-16, expected UTF-8" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *says = faults_in(cases[i].text, strlen(cases[i].text));

        cr_expect(eq(str, says, (char *)cases[i].says), "of %s", cases[i].text);
    }
}

Test(ini, tells_a_nul_and_says_how_to_mend_gb18030)
{
    static const char nul[] = "[s]\na = \0 1\n", chinese[] = "[s]\na = \xd6\xc7\xc4\xdc\n";
    g_autofree char *says = faults_in(nul, sizeof nul - 1);
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Ini) ini = parse_bytes(chinese, sizeof chinese - 1, findings);

    cr_expect(eq(str, says, "2:0+0: NUL byte: this is not a text file"));
    cr_assert(eq(uint, findings_count(findings), 1));
    cr_expect(eq(str, findings_at(findings, 0)->hint, "it may be GB18030; save the file as UTF-8"));
}

/* "[s]", then a line of `length` bytes. */
static char *line_of(guint length)
{
    g_autofree char *value = g_strnfill(length - 4, 'x');

    return g_strdup_printf("[s]\na = %s\nb = 1\n", value);
}

Test(ini, limits_hold_and_are_told_one_beyond)
{
    g_autofree char *line = line_of(INI_LINE_LIMIT), *longer = line_of(INI_LINE_LIMIT + 1);
    g_autofree char *name = g_strnfill(INI_NAME_LIMIT, 'n');
    g_autofree char *key = g_strdup_printf("[s]\n%s = 1\n", name),
                    *key_more = g_strdup_printf("[s]\n%sn = 1\n", name);
    g_autofree char *says = faults_in(line, strlen(line)),
                    *says_longer = faults_in(longer, strlen(longer));
    g_autofree char *says_key = faults_in(key, strlen(key)),
                    *says_more = faults_in(key_more, strlen(key_more));

    cr_expect(eq(str, says, ""));
    cr_expect(eq(str, says_longer, "2:0+0: line is 1001 bytes long, at most 1000"));
    cr_expect(eq(str, says_key, ""));
    cr_expect(eq(str, says_more, "2:1+201: key is 201 bytes long, at most 200"));
}

Test(ini, stops_after_many_faults)
{
    GString *text = g_string_new("[s]\n");
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Ini) ini = NULL;

    for (guint i = 0; i < 2 * INI_FAULTS_LIMIT; i++)
        g_string_append(text, "x\n");
    ini = parse_bytes(text->str, text->len, findings);
    cr_expect(eq(uint, findings_count(findings), INI_FAULTS_LIMIT + 1));
    cr_expect(eq(str, findings_at(findings, INI_FAULTS_LIMIT)->message,
                 "200 faults: the rest of the file is not read"));
    g_string_free(text, TRUE);
}

Test(ini, loads_many_sections_and_keys_as_they_stand)
{
    GString *text = g_string_new(NULL);
    g_autoptr(Ini) ini = NULL;

    for (guint i = 0; i < 700; i++)
        g_string_append_printf(text, "[s n%u]\na = %u\nb = \"x;%u\"\n", i, i, i);
    for (guint i = 0; i < 700; i++)
        g_string_append_printf(text, "k%u = %u\n", i, i);
    ini = parse(text->str);
    for (guint i = 0; i < 700; i++) {
        g_autofree char *name = g_strdup_printf("n%u", i), *value = g_strdup_printf("x;%u", i);

        cr_assert(eq(str, (char *)ini_value(ini_section(ini, "s", name), "b"), value));
    }
    cr_expect(eq(str, (char *)ini_value(ini_section(ini, "s", "n699"), "k699"), "699"));
    g_string_free(text, TRUE);
}

Test(ini, merges_a_base_below)
{
    Ini *base = parse("[a]\nx = 1\ny = 1\n[b]\nx = 1\n");
    g_autoptr(Ini) over = parse("\n\n[c]\nx = 2\n[a]\nz = 2\nx = 2\n");
    g_autofree char *two = g_strconcat(over->sha256, ",", base->sha256, NULL);
    g_autofree char *hashes = NULL;
    const IniSection *a;

    ini_merge(over, base);
    hashes = ini_hashes(over);
    cr_expect(eq(str, hashes, two));
    a = ini_section(over, "a", NULL);
    cr_assert(eq(uint, over->sections->len, 3));
    cr_expect(eq(str, ((IniSection *)g_ptr_array_index(over->sections, 0))->kind, "a"));
    cr_expect(eq(str, ((IniSection *)g_ptr_array_index(over->sections, 2))->kind, "c"));
    cr_expect(eq(str, (char *)ini_value(a, "x"), "2"));
    cr_expect(eq(str, (char *)ini_value(a, "y"), "1"));
    cr_expect(eq(str, (char *)ini_value(a, "z"), "2"));
    cr_expect(eq(uint, ini_key_place(over, ini_entry(a, "x")).line, 7));
    cr_expect(eq(str, (char *)ini_place(over, ini_entry(a, "y"), 0).excerpt, "y = 1"));
}

/* ---- files of other INI readers, which may be absent ---- */

/* What is said of one file, as the table has it. */
static char *verdict_of(const char *directory, const char *name)
{
    g_autofree char *path = g_build_filename(directory, name, NULL);
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Ini) ini = ini_load(path, findings, NULL);
    GString *said = g_string_new(name);

    cr_assert(ne(ptr, ini, NULL), "%s", path);
    if (findings_count(findings) == 0)
        g_string_append_printf(said, ": loaded, sections: %u\n", ini->sections->len);
    else
        g_string_append(said, ": refused\n");
    for (guint i = 0; i < findings_count(findings); i++) {
        const Finding *finding = findings_at(findings, i);

        g_string_append_printf(said, "    %u:%u %s\n", finding->line, finding->column,
                               finding->message);
    }
    return g_string_free(said, FALSE);
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(char *const *)a, *(char *const *)b);
}

/* The names of all INI files below a directory, with their folders. */
static void collect(const char *directory, const char *below, GPtrArray *names)
{
    g_autofree char *path = g_build_filename(directory, below, NULL);
    g_autoptr(GDir) entries = g_dir_open(path, 0, NULL);

    for (const char *name = entries ? g_dir_read_name(entries) : NULL; name;
         name = g_dir_read_name(entries)) {
        g_autofree char *whole = *below ? g_build_filename(below, name, NULL) : g_strdup(name);
        g_autofree char *file = g_build_filename(directory, whole, NULL);

        if (g_file_test(file, G_FILE_TEST_IS_DIR))
            collect(directory, whole, names);
        else if (g_str_has_suffix(name, ".ini"))
            g_ptr_array_add(names, g_steal_pointer(&whole));
    }
}

Test(ini, loads_the_files_of_other_readers_or_refuses_them_at_the_right_lines)
{
    const char *shared = g_getenv("ASSESS_SHARED");
    g_autofree char *directory =
        g_build_filename(shared ? shared : "../shared", "data", "ini", NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) said = g_string_new(NULL);
    g_autofree char *table = NULL;

    if (!g_file_test(directory, G_FILE_TEST_IS_DIR)) {
        cr_expect(zero(ptr, (void *)g_getenv("CI")), "%s is absent", directory);
        cr_skip_test("%s is absent", directory);
    }
    collect(directory, "", names);
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *verdict = verdict_of(directory, g_ptr_array_index(names, i));

        g_string_append(said, verdict);
    }
    cr_assert(g_file_get_contents("tests/unit/base/ini_files.txt", &table, NULL, NULL));
    cr_expect(eq(str, said->str, table));
}
