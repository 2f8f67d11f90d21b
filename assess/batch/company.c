#include "batch/company.h"

#include <string.h>

#include "base/text.h"
#include "batch/digest.h"
#include "intake/uscc.h"

/* Names of Chinese characters and plain letters fold to themselves, but for capitals: most names,
 * at a tenth of the cost. FALSE if the name is another one. */
static gboolean fold_plainly(const char *name, gsize length, GString *folded)
{
    for (gsize i = 0; i < length;) {
        guchar first = (guchar)name[i];

        if (first >= 0xe4 && first <= 0xe9 && i + 2 < length) { /* U+4000 to U+9FFF */
            g_string_append_len(folded, name + i, 3);
            i += 3;
        } else if (g_ascii_isalnum(first)) {
            g_string_append_c(folded, g_ascii_tolower(name[i++]));
        } else {
            return FALSE;
        }
    }
    return TRUE;
}

static void key_of_name(Company *company, const char *name, gsize length)
{
    g_autoptr(GString) folded = g_string_sized_new(length + 1);
    g_autofree char *text = NULL;
    g_autofree char *copy = NULL;

    if (!fold_plainly(name, length, folded)) {
        copy = g_strndup(name, length);
        text = text_fold(copy);
        g_string_assign(folded, text);
    }
    if (folded->len > 0)
        digest_of('n', folded->str, folded->len, company->key);
}

static void key_of_code(Company *company, const char *code, gsize length)
{
    char upper[USCC_LENGTH];

    for (gsize i = 0; i < length; i++)
        upper[i] = g_ascii_toupper(code[i]);
    digest_of('c', upper, length, company->key);
}

void company_fill(Company *company, const Results *results, const Block *block,
                  const Grades *grades, guint row)
{
    const GradeScore *score = &grades->scores[GRADE_ALL];
    gboolean has_score = score->state[row] != GRADE_NONE;
    BlockText code = results_code(results, block, row);
    BlockText name = results_company(results, block, row);

    memset(company, 0, sizeof *company);
    company->record = block->record[row];
    company->when = block->when[row];
    company->level = grades->level[READING_FULL][row];
    company->level_possible = grades->level_possible[READING_FULL][row];
    company->low = has_score ? score->low[row] : G_MININT64;
    company->high = has_score ? score->high[row] : G_MININT64;
    if (code.length == USCC_LENGTH)
        key_of_code(company, block->text->str + code.offset, code.length);
    else if (name.length > 0)
        key_of_name(company, block->text->str + name.offset, name.length);
}

static int compare(gint64 a, gint64 b)
{
    return (a > b) - (a < b);
}

int company_compare(const Company *a, const Company *b)
{
    int order = compare(a->level, b->level);

    if (order == 0)
        order = compare(a->low, b->low);
    return order != 0 ? order : compare(a->high, b->high);
}

gboolean company_has_key(const Company *company)
{
    return company->key[0] != 0 || company->key[1] != 0;
}
