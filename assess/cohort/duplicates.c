#include "cohort/duplicates.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cohort/folder.h"
#include "cohort/sorter.h"
#include "cohort/writer.h"

enum {
    KEY_WORDS = 3,      /* key, record */
    STANDING_WORDS = 6, /* and level, low, high */
    LEFT_WORDS = 2,
    LIKE_WORDS = 3
};

static const char *const names[] = {
    [DUPLICATES_LAST] = "last",
    [DUPLICATES_FIRST] = "first",
    [DUPLICATES_BEST] = "best",
    [DUPLICATES_WORST] = "worst",
    [DUPLICATES_MEDIAN] = "median",
    [DUPLICATES_ERROR] = "error",
    NULL,
};

gboolean duplicates_policy(const char *name, DuplicatePolicy *policy)
{
    for (guint i = 0; names[i]; i++) {
        if (strcmp(names[i], name) == 0) {
            *policy = (DuplicatePolicy)i;
            return TRUE;
        }
    }
    *policy = DUPLICATES_LAST;
    return FALSE;
}

const char *duplicates_name(DuplicatePolicy policy)
{
    return names[policy];
}

const char *const *duplicates_names(void)
{
    return names;
}

/* ---- companies by key ---- */

typedef struct {
    Sorter *by_key, *left_out, *by_answers;
    DuplicatePolicy policy;
    DuplicateCount *count;
    guint64 key[2];
    GArray *group; /* of Company: those of one key, in the order of records */
    GError *error;
} Resolving;

static gboolean add_key(const Company *company, const LeftOut *left_out, gpointer data)
{
    Resolving *resolving = data;
    const guint64 row[STANDING_WORDS] = { company->key[0],       company->key[1],
                                          company->record,       (guint64)company->level,
                                          (guint64)company->low, (guint64)company->high };

    (void)left_out;
    return !company_has_key(company) || sorter_add(resolving->by_key, row, &resolving->error);
}

static gboolean asks_standing(DuplicatePolicy policy)
{
    return policy == DUPLICATES_BEST || policy == DUPLICATES_WORST || policy == DUPLICATES_MEDIAN;
}

static int by_standing(gconstpointer a, gconstpointer b)
{
    const Company *one = a, *other = b;
    int order = company_compare(one, other);

    return order != 0 ? order : (one->record > other->record) - (one->record < other->record);
}

/* The one that counts, of two or more; NULL if none does. */
static const Company *chosen(const Resolving *resolving)
{
    const Company *group = (const Company *)(const void *)resolving->group->data;
    const guint n = resolving->group->len;
    guint last = n - 1;

    switch (resolving->policy) {
    case DUPLICATES_FIRST:
        return &group[0];
    case DUPLICATES_LAST:
        return &group[last];
    case DUPLICATES_BEST:
        qsort(resolving->group->data, n, sizeof(Company), by_standing);
        return &group[last];
    case DUPLICATES_WORST:
        qsort(resolving->group->data, n, sizeof(Company), by_standing);
        for (last = 0; last + 1 < n && company_compare(&group[last], &group[last + 1]) == 0; last++)
            ;
        return &group[last];
    case DUPLICATES_MEDIAN:
        qsort(resolving->group->data, n, sizeof(Company), by_standing);
        return &group[(n - 1) / 2];
    case DUPLICATES_ERROR:
        break;
    }
    return NULL;
}

static void count_group(DuplicateCount *count, const GArray *group)
{
    if (count->companies == 0) {
        count->first = g_array_index(group, Company, 0).record;
        count->second = g_array_index(group, Company, 1).record;
    }
    count->companies++;
}

/* FALSE with an error in `resolving`. */
static gboolean end_group(Resolving *resolving)
{
    const Company *kept;

    if (resolving->group->len > 1) {
        count_group(resolving->count, resolving->group);
        kept = chosen(resolving);
        for (guint i = 0; i < resolving->group->len; i++) {
            const Company *company = &g_array_index(resolving->group, Company, i);
            const guint64 row[LEFT_WORDS] = { company->record, kept ? kept->record : 0 };

            if (company == kept)
                continue;
            resolving->count->left_out++;
            if (!sorter_add(resolving->left_out, row, &resolving->error))
                return FALSE;
        }
    }
    g_array_set_size(resolving->group, 0);
    return TRUE;
}

static gboolean take_key(const guint64 *row, gpointer data)
{
    Resolving *resolving = data;
    Company company = {
        .record = row[2], .level = (gint8)row[3], .low = (gint64)row[4], .high = (gint64)row[5]
    };
    gboolean is_new = memcmp(row, resolving->key, sizeof resolving->key) != 0;

    if (is_new && !end_group(resolving))
        return FALSE;
    memcpy(resolving->key, row, sizeof resolving->key);
    if (asks_standing(resolving->policy)) {
        company.level = (gint8)row[3];
        company.low = (gint64)row[4];
        company.high = (gint64)row[5];
    }
    g_array_append_val(resolving->group, company);
    return TRUE;
}

/* ---- those left out, in the order of records ---- */

static gboolean write_left_out(const guint64 *row, gpointer data)
{
    LeftOut left_out = { row[0], row[1] };

    return writer_append(data, &left_out, sizeof left_out);
}

static gboolean save_left_out(Sorter *sorter, const char *folder, GError **error)
{
    g_autofree char *path = folder_part(folder, LEDGER_LEFT_OUT);
    g_autoptr(Writer) writer = writer_open(path, FALSE, 0, error);

    if (!writer || !sorter_each(sorter, write_left_out, writer, error))
        return FALSE;
    writer_sync(writer);
    if (!writer_error(writer))
        return TRUE;
    if (error)
        *error = g_error_copy(writer_error(writer));
    return FALSE;
}

static gboolean find_keys(Resolving *resolving, const char *folder, GError **error)
{
    g_autoptr(Ledger) ledger = ledger_open(folder, 0, error);

    return ledger && ledger_each(ledger, add_key, resolving, error) && !resolving->error &&
           sorter_each(resolving->by_key, take_key, resolving, error) && !resolving->error &&
           end_group(resolving);
}

/* ---- answers that are alike ---- */

typedef struct {
    guint64 like[2];
    guint64 n;
    DuplicateCount *count;
} Alike;

static gboolean add_answers(const Company *company, const LeftOut *left_out, gpointer data)
{
    Resolving *resolving = data;
    const guint64 row[LIKE_WORDS] = { company->like.high, company->like.low, company->record };

    return left_out || (row[0] == 0 && row[1] == 0) ||
           sorter_add(resolving->by_answers, row, &resolving->error);
}

static void end_alike(Alike *alike)
{
    if (alike->n > 1) {
        alike->count->alike += alike->n;
        alike->count->sets++;
    }
    alike->n = 0;
}

static gboolean take_answers(const guint64 *row, gpointer data)
{
    Alike *alike = data;

    if (memcmp(row, alike->like, sizeof alike->like) != 0)
        end_alike(alike);
    memcpy(alike->like, row, sizeof alike->like);
    alike->n++;
    return TRUE;
}

static gboolean find_alike(Resolving *resolving, const char *folder, GError **error)
{
    g_autoptr(Ledger) ledger = ledger_open(folder, 0, error);
    Alike alike = { .count = resolving->count };

    if (!ledger || !ledger_each(ledger, add_answers, resolving, error) || resolving->error ||
        !sorter_each(resolving->by_answers, take_answers, &alike, error))
        return FALSE;
    end_alike(&alike);
    return TRUE;
}

gboolean duplicates_resolve(const char *folder, DuplicatePolicy policy, DuplicateCount *count,
                            GError **error)
{
    g_autofree char *state = folder_path(folder, FOLDER_STATE);
    g_autofree char *before = folder_part(folder, LEDGER_LEFT_OUT);
    g_autoptr(GArray) group = g_array_new(FALSE, FALSE, sizeof(Company));
    Resolving resolving = { .policy = policy, .count = count, .group = group };
    gboolean is_resolved;

    *count = (DuplicateCount){ 0 };
    if (!folder_remove(before, error))
        return FALSE;
    resolving.by_key = sorter_new(asks_standing(policy) ? STANDING_WORDS : KEY_WORDS, state, 0);
    resolving.left_out = sorter_new(LEFT_WORDS, state, SORTER_MEMORY / 4);
    is_resolved = find_keys(&resolving, folder, error);
    g_clear_pointer(&resolving.by_key, sorter_free);
    is_resolved = is_resolved && save_left_out(resolving.left_out, folder, error);
    g_clear_pointer(&resolving.left_out, sorter_free);
    resolving.by_answers = sorter_new(LIKE_WORDS, state, 0);
    is_resolved = is_resolved && find_alike(&resolving, folder, error);
    sorter_free(resolving.by_answers);
    if (resolving.error)
        g_propagate_error(error, resolving.error);
    return is_resolved;
}
