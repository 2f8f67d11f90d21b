#include "report/html.h"

#include <criterion/criterion.h>
#include <string.h>

#include "report/html_style.h"
#include "support.h"

static const char RUBRIC[] =
    "[rubric]\nid = t\nedition = 2025\nformat = 1\ntitle = Factories\ntitle[zh] = 工厂\nlevels = "
    "one, two\ndimensions = d\n"
    "[level one]\ntitle = First\ntitle[zh] = 一级\n[level two]\ntitle = Second\ntitle[zh] = 二级\n"
    "[dimension d]\ntitle = Making\ntitle[zh] = 生产\n"
    "[field company]\ntype = text\nask = Company\nask[zh] = 企业\n"
    "[question a]\ntype = yesno\ndimension = d\nask = \"Is A so?\"\nask[zh] = \"甲是否如此？\"\n"
    "[question b]\ntype = yesno\ndimension = d\nask = \"Is B so?\"\nask[zh] = \"乙是否如此？\"\n"
    "[question c]\ntype = yesno\nask = \"Is C so?\"\nask[zh] = \"丙是否如此？\"\n"
    "[requirement r1]\nlevel = one\nkind = gate\norigin = official\nclause = 1.7\ntitle = A first\n"
    "needs = a\n"
    "[requirement r2]\nlevel = two\nkind = gate\norigin = house\ntitle = B second\n"
    "needs = \"b and (a or c)\"\n"
    "[requirement r3]\nlevel = two\nkind = advice\norigin = house\ntitle = C too\nneeds = c\n";

static Template *consultant(void)
{
    g_autoptr(Findings) findings = findings_new();
    Template *template = template_load("templates/consultant.ini", NULL, NULL, findings, NULL);

    cr_assert_not_null(template);
    return template;
}

static char *page(const char *company, const char *languages)
{
    g_autoptr(Desk) desk = desk_of(RUBRIC, NULL);
    g_autoptr(Template) template = consultant();
    g_auto(GStrv) list = g_strsplit(languages, ",", -1);
    g_autoptr(GBytes) bytes = NULL;
    int field = desk_question(desk, "company");

    desk->answers->of[field].state = ANSWER_ANSWERED;
    desk->answers->of[field].text = g_strdup(company);
    desk_answer(desk, "a", "yes");
    desk_answer(desk, "c", "no");
    bytes = report_html(desk_assess(desk), template, (const char *const *)list);
    return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

/* What the first group of each match has caught. */
static GPtrArray *caught(const char *text, const char *pattern)
{
    g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    GPtrArray *all = g_ptr_array_new_with_free_func(g_free);

    g_regex_match(regex, text, 0, &match);
    for (; g_match_info_matches(match); g_match_info_next(match, NULL))
        g_ptr_array_add(all, g_match_info_fetch(match, 1));
    return all;
}

static gboolean has(const GPtrArray *all, const char *text)
{
    return g_ptr_array_find_with_equal_func((GPtrArray *)all, text, g_str_equal, NULL);
}

Test(html, leads_nowhere_but_to_its_own_places)
{
    g_autofree char *text = page("Acme", "en,zh");
    g_autoptr(GPtrArray) ids = caught(text, "\\sid=\"([^\"]*)\"");
    g_autoptr(GPtrArray) links = caught(text, "\\shref=\"([^\"]*)\"");
    g_autoptr(GPtrArray) names = caught(text, "aria-(?:labelledby|describedby)=\"([^\"]*)\"");
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < ids->len; i++)
        cr_assert(g_hash_table_add(seen, ids->pdata[i]), "%s stands twice", (char *)ids->pdata[i]);
    cr_assert_gt(links->len, 20);
    for (guint i = 0; i < links->len; i++) {
        const char *link = links->pdata[i];

        cr_assert(*link == '#' && has(ids, link + 1), "nothing is called %s", link);
    }
    for (guint i = 0; i < names->len; i++)
        cr_assert(has(ids, names->pdata[i]), "nothing is called %s", (char *)names->pdata[i]);
    cr_assert(has(links, "#en.requirement.r2"), "a blocker leads to its requirement");
    cr_assert_null(strstr(text, "src="));
    cr_assert_null(strstr(text, "<script"));
    cr_assert_null(strstr(text, " style="));
    cr_assert_null(strstr(text, "url("));
    cr_assert_null(strstr(text, "@import"));
}

Test(html, allows_its_own_style_and_no_other)
{
    g_autofree char *text = page("Acme", "en");
    g_autoptr(GPtrArray) hashes = caught(text, "'sha256-([^']*)'");
    const char *from = strstr(text, "<style>"), *end = strstr(text, "</style>");
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[32];
    gsize length = sizeof digest;
    g_autofree char *hash = NULL;

    cr_assert(from && end);
    from += strlen("<style>");
    g_checksum_update(sum, (const guchar *)from, end - from);
    g_checksum_get_digest(sum, digest, &length);
    hash = g_base64_encode(digest, length);
    cr_assert_eq(hashes->len, 1);
    cr_assert_str_eq(hashes->pdata[0], hash);
    cr_assert_not_null(strstr(text, "content=\"default-src 'none'; "));
}

Test(html, folds_the_reasons_under_every_requirement)
{
    g_autofree char *text = page("Acme", "en");
    g_autoptr(GPtrArray) rows = caught(text, "<tr id=\"en.requirement.([^\"]*)\" data-s=");
    g_autoptr(GPtrArray) folds = caught(text, "<details class=\"reasons\"><summary>(Reasons)<");
    const char *row = strstr(text, "<tr id=\"en.requirement.r2\" data-s=\"unknown\" data-l=\"1\">");

    cr_assert_eq(rows->len, 3);
    cr_assert_eq(folds->len, 3);
    cr_assert_not_null(row);
    cr_assert_not_null(strstr(row, "Not known</span> <code>b</code><ul><li><span>Is B so? blank"));
    cr_assert_not_null(strstr(row, "Met</span> <code>a or c</code><ul>"));
    cr_assert_not_null(
        strstr(text, "<tr id=\"en.requirement.r3\" data-s=\"advised\" data-l=\"1\">"));
    cr_assert_not_null(strstr(text, "Official, 1.7"));
}

Test(html, offers_the_statuses_and_levels_that_there_are)
{
    g_autofree char *text = page("Acme", "zh");
    g_autoptr(GPtrArray) statuses = caught(text, "class=\"by-s\" value=\"([^\"]*)\"");
    g_autoptr(GPtrArray) levels = caught(text, "class=\"by-l\" value=\"([^\"]*)\"");

    cr_assert_eq(statuses->len, 3);
    cr_assert(has(statuses, "unknown") && has(statuses, "advised") && has(statuses, "met"));
    cr_assert_eq(levels->len, 2);
    cr_assert_not_null(strstr(text, "<span>二级</span> <span class=\"count\">2</span>"));
    cr_assert_not_null(strstr(text, "tr[data-s=advised]"));
}

Test(html, escapes_a_name_wherever_it_stands)
{
    g_autofree char *text = page("\"><script>alert(1)</script>\x01", "en,zh");

    cr_assert_null(strstr(text, "<script"));
    cr_assert_not_null(strstr(text, "<title>Assessment report: &quot;&gt;&lt;script&gt;"));
    cr_assert_not_null(strstr(text, "<h1>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</h1>"));
}

Test(html, runs_leftward_where_the_text_does)
{
    g_autofree char *text = page("مصنع", "en");

    cr_assert_not_null(strstr(text, "<h1 dir=\"auto\">مصنع</h1>"));
}

Test(html, gives_the_same_bytes_again)
{
    g_autofree char *first = page("Acme", "en,zh"), *second = page("Acme", "en,zh");

    cr_assert_str_eq(first, second);
}

Test(html, is_readable_in_the_dark)
{
    static const Tone TEXTS[] = { TONE_INK, TONE_MUTED, TONE_ACCENT };
    static const Tone MARKS[] = { TONE_MET,     TONE_WAIVED,         TONE_UNMET,
                                  TONE_UNKNOWN, TONE_NOT_APPLICABLE, TONE_ACCENT };
    g_autoptr(Template) template = consultant();
    Colour dark[TONES];

    html_dark_tones(template->theme, dark);
    for (gsize i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        cr_expect_geq(html_contrast(dark[TEXTS[i]], dark[TONE_PAPER]), 4.5);
        cr_expect_geq(html_contrast(dark[TEXTS[i]], dark[TONE_PANEL]), 4.5);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(MARKS); i++)
        cr_expect_geq(html_contrast(dark[MARKS[i]], dark[TONE_PAPER]), 3);
    cr_expect_geq(html_contrast(dark[TONE_PAPER], dark[TONE_ACCENT]), 4.5, "text on a filled step");
    cr_expect_lt(html_contrast(dark[TONE_PAPER], dark[TONE_PANEL]), 1.5);
    cr_expect_float_eq(html_contrast(0, 0xffffff), 21, 1e-9);
}
