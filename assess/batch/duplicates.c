#include "batch/duplicates.h"

#include <string.h>

#include "base/file.h"
#include "batch/folder.h"
#include "batch/sieve.h"
#include "batch/sorter.h"
#include "batch/spool.h"
#include "batch/writer.h"

enum {
    KEY_WORDS = 4,      /* key, when, record */
    STANDING_WORDS = 7, /* and level, low, high */
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

/* Records of one key, met in the order in which they count. */
typedef struct {
    guint64 key[2], n;
    guint64 kept;     /* the record that counts; 0: none, or it is not known yet */
    guint64 least[2]; /* its first two records */
    Spool *records;   /* all of them, where the one in the middle counts */
} SameKey;

typedef struct {
    Sieve *sieve;
    Sorter *by_key, *left_out, *by_answers;
    DuplicatePolicy policy;
    DuplicateCount *count;
    SameKey group;
    GError *error;
} Resolving;

static gboolean sift_key(const Company *company, const LeftOut *left_out, gpointer data)
{
    const Resolving *resolving = data;

    (void)left_out;
    if (company_has_key(company))
        sieve_add(resolving->sieve, company->key);
    return TRUE;
}

static gboolean asks_standing(DuplicatePolicy policy)
{
    return policy == DUPLICATES_BEST || policy == DUPLICATES_WORST || policy == DUPLICATES_MEDIAN;
}

/* Which records of a company come first: all ones if the last. */
static guint64 turn_of_time(DuplicatePolicy policy)
{
    return policy == DUPLICATES_LAST || policy == DUPLICATES_BEST || policy == DUPLICATES_WORST
               ? G_MAXUINT64
               : 0;
}

/* Signed numbers in the order of unsigned ones. */
static guint64 rising(gint64 number)
{
    return (guint64)number ^ G_GUINT64_CONSTANT(1) << 63;
}

/* The order in which records of a company count: the first, the last, or by company_compare(). */
static gboolean add_key(const Company *company, const LeftOut *left_out, gpointer data)
{
    Resolving *resolving = data;
    guint64 turn = resolving->policy == DUPLICATES_BEST ? G_MAXUINT64 : 0;
    guint64 later = turn_of_time(resolving->policy);
    guint64 row[STANDING_WORDS] = { company->key[0], company->key[1] };
    guint n = 2;

    (void)left_out;
    if (!company_has_key(company) || !sieve_holds(resolving->sieve, company->key))
        return TRUE;
    if (asks_standing(resolving->policy)) {
        row[n++] = rising(company->level) ^ turn;
        row[n++] = rising(company->low) ^ turn;
        row[n++] = rising(company->high) ^ turn;
    }
    row[n++] = rising(company->when) ^ later;
    row[n] = company->record ^ later;
    return sorter_add(resolving->by_key, row, &resolving->error);
}

/* FALSE with an error in `resolving`. */
static gboolean leave_out(Resolving *resolving, guint64 record)
{
    const guint64 row[LEFT_WORDS] = { record, resolving->group.kept };

    resolving->count->left_out++;
    return sorter_add(resolving->left_out, row, &resolving->error);
}

/* Of an even number the worse of the two in the middle. */
static gboolean leave_out_but_median(Resolving *resolving)
{
    SameKey *group = &resolving->group;
    guint64 middle = (group->n - 1) / 2, record;

    if (!spool_get(group->records, middle, &group->kept, &resolving->error))
        return FALSE;
    for (guint64 i = 0; i < group->n; i++)
        if (!spool_get(group->records, i, &record, &resolving->error) ||
            (i != middle && !leave_out(resolving, record)))
            return FALSE;
    return TRUE;
}

static gboolean end_group(Resolving *resolving)
{
    const SameKey *group = &resolving->group;

    if (group->n < 2)
        return TRUE;
    if (resolving->count->companies++ == 0) {
        resolving->count->first = group->least[0];
        resolving->count->second = group->least[1];
    }
    return resolving->policy != DUPLICATES_MEDIAN || leave_out_but_median(resolving);
}

static void begin_group(SameKey *group, const guint64 *key)
{
    memcpy(group->key, key, sizeof group->key);
    group->n = group->kept = 0;
    group->least[0] = group->least[1] = G_MAXUINT64;
    spool_clear(group->records);
}

static void note_record(SameKey *group, guint64 record)
{
    guint64 later = MAX(group->least[0], record);

    group->least[0] = MIN(group->least[0], record);
    group->least[1] = MIN(group->least[1], later);
    group->n++;
}

static gboolean take_record(Resolving *resolving, guint64 record)
{
    SameKey *group = &resolving->group;

    note_record(group, record);
    switch (resolving->policy) {
    case DUPLICATES_MEDIAN:
        return spool_add(group->records, record, &resolving->error);
    case DUPLICATES_ERROR: /* the first is left out when there is a second */
        return group->n == 1 || ((group->n > 2 || leave_out(resolving, group->least[0])) &&
                                 leave_out(resolving, record));
    default:
        if (group->n > 1)
            return leave_out(resolving, record);
        group->kept = record;
        return TRUE;
    }
}

static gboolean take_key(const guint64 *row, gpointer data)
{
    Resolving *resolving = data;
    guint last = asks_standing(resolving->policy) ? STANDING_WORDS - 1 : KEY_WORDS - 1;

    if (memcmp(row, resolving->group.key, sizeof resolving->group.key) != 0) {
        if (!end_group(resolving))
            return FALSE;
        begin_group(&resolving->group, row);
    }
    return take_record(resolving, row[last] ^ turn_of_time(resolving->policy));
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

/* Read the companies twice: all into a new sieve, then those that it holds into a sorter. */
static gboolean sift(Resolving *resolving, const char *folder, LedgerVisitor first,
                     LedgerVisitor second, GError **error)
{
    g_autoptr(Ledger) ledger = ledger_open(folder, 0, error);
    g_autoptr(Sieve) sieve = ledger ? sieve_new(ledger_size(ledger)) : NULL;
    gboolean is_sifted;

    resolving->sieve = sieve;
    is_sifted = sieve && ledger_each(ledger, first, resolving, error) &&
                ledger_each(ledger, second, resolving, error) && !resolving->error;
    resolving->sieve = NULL;
    return is_sifted;
}

static gboolean find_keys(Resolving *resolving, const char *folder, GError **error)
{
    return sift(resolving, folder, sift_key, add_key, error) &&
           sorter_each(resolving->by_key, take_key, resolving, error) && !resolving->error &&
           end_group(resolving);
}

/* ---- answers that are alike ---- */

typedef struct {
    guint64 like[2];
    guint64 n;
    DuplicateCount *count;
} Alike;

static gboolean has_answers(const Company *company, const LeftOut *left_out)
{
    return !left_out && (company->like.high != 0 || company->like.low != 0);
}

static gboolean sift_answers(const Company *company, const LeftOut *left_out, gpointer data)
{
    const Resolving *resolving = data;
    const guint64 key[2] = { company->like.high, company->like.low };

    if (has_answers(company, left_out))
        sieve_add(resolving->sieve, key);
    return TRUE;
}

static gboolean add_answers(const Company *company, const LeftOut *left_out, gpointer data)
{
    Resolving *resolving = data;
    const guint64 row[LIKE_WORDS] = { company->like.high, company->like.low, company->record };

    return !has_answers(company, left_out) || !sieve_holds(resolving->sieve, row) ||
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
    Alike alike = { .count = resolving->count };

    if (!sift(resolving, folder, sift_answers, add_answers, error) ||
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
    g_autoptr(Spool) records = spool_new(state);
    Resolving resolving = { .policy = policy, .count = count, .group = { .records = records } };
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
