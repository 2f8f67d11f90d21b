#include "survey/survey_faults.h"

#include <string.h>

#include "intake/personal.h"

struct SurveyFaults {
    guint n_columns;
    guint limit; /* texts of a column */
    guint64 count;
    SurveyFaultColumn *columns;
    GPtrArray **texts; /* by column: of SurveyFault *, by hash; NULL for none */
};

static void fault_free(gpointer data)
{
    SurveyFault *fault = data;

    g_free(fault->text);
    g_free(fault->message);
    g_free(fault->hint);
    g_free(fault);
}

SurveyFaults *survey_faults_new(guint n_columns)
{
    SurveyFaults *faults = g_new0(SurveyFaults, 1);

    faults->n_columns = n_columns;
    faults->limit =
        CLAMP(SURVEY_FAULTS_ALL / MAX(n_columns, 1), SURVEY_FAULTS_LEAST, SURVEY_FAULTS_MOST);
    faults->columns = g_new0(SurveyFaultColumn, n_columns);
    faults->texts = g_new0(GPtrArray *, n_columns);
    return faults;
}

void survey_faults_free(SurveyFaults *faults)
{
    if (!faults)
        return;
    for (guint i = 0; i < faults->n_columns; i++)
        g_clear_pointer(&faults->texts[i], g_ptr_array_unref);
    g_free(faults->texts);
    g_free(faults->columns);
    g_free(faults);
}

/* FNV-1a, and mixed: the order of the hashes must not follow that of the texts. */
static guint64 hash_of(const char *text, gsize size)
{
    guint64 hash = G_GUINT64_CONSTANT(0xcbf29ce484222325);

    for (gsize i = 0; i < size; i++)
        hash = (hash ^ (guchar)text[i]) * G_GUINT64_CONSTANT(0x100000001b3);
    hash = (hash ^ hash >> 31) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

/* Where a text of this hash stands, or would. */
static guint place_of(const GPtrArray *texts, guint64 hash)
{
    guint low = 0, high = texts->len;

    while (low < high) {
        guint middle = (low + high) / 2;

        if (((const SurveyFault *)g_ptr_array_index(texts, middle))->hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void note_first(guint64 *first, guint64 record)
{
    if (*first == 0 || record < *first)
        *first = record;
}

/* The text without what is about a person, cut between two characters. */
static char *excerpt(const char *text, gsize size)
{
    g_autofree char *whole = g_strndup(text, size);
    char *masked = personal_masked(whole);
    gsize cut = SURVEY_FAULT_TEXT;

    if (strlen(masked) <= cut)
        return masked;
    while (cut > 0 && ((guchar)masked[cut] & 0xc0) == 0x80)
        cut--;
    masked[cut] = '\0';
    return masked;
}

/* Takes nothing of `fault`. */
static void keep(SurveyFaults *faults, const SurveyFault *fault, gsize size)
{
    GPtrArray **texts = &faults->texts[fault->column];
    guint place;
    SurveyFault *kept;

    if (!*texts)
        *texts = g_ptr_array_new_with_free_func(fault_free);
    place = place_of(*texts, fault->hash);
    kept = place < (*texts)->len ? g_ptr_array_index(*texts, place) : NULL;
    if (kept && kept->hash == fault->hash) {
        kept->count += fault->count;
        note_first(&kept->first, fault->first);
        return;
    }
    if (place == faults->limit) {
        faults->columns[fault->column].more = TRUE;
        return;
    }
    kept = g_new(SurveyFault, 1);
    *kept = *fault;
    kept->text = excerpt(fault->text, size);
    kept->message = personal_masked(fault->message);
    kept->hint = fault->hint ? personal_masked(fault->hint) : NULL;
    g_ptr_array_insert(*texts, (gint)place, kept);
    if ((*texts)->len > faults->limit) {
        g_ptr_array_remove_index(*texts, faults->limit);
        faults->columns[fault->column].more = TRUE;
    }
}

static void count(SurveyFaults *faults, guint column, guint64 n, guint64 first)
{
    faults->count += n;
    faults->columns[column].count += n;
    if (n > 0)
        note_first(&faults->columns[column].first, first);
}

void survey_faults_add(SurveyFaults *faults, guint column, guint64 record, const char *text,
                       gsize size, const char *message, const char *hint)
{
    SurveyFault fault = { .column = column,
                          .text = (char *)text,
                          .message = (char *)message,
                          .hint = (char *)hint,
                          .count = 1,
                          .first = record,
                          .hash = hash_of(text, size) };

    count(faults, column, 1, record);
    keep(faults, &fault, size);
}

gboolean survey_faults_again(SurveyFaults *faults, guint column, guint64 record, const char *text,
                             gsize size)
{
    const GPtrArray *texts = faults->texts[column];
    guint64 hash = hash_of(text, size);
    guint place = texts ? place_of(texts, hash) : 0;
    SurveyFault *kept = texts && place < texts->len ? g_ptr_array_index(texts, place) : NULL;

    if (place == faults->limit) {
        faults->columns[column].more = TRUE;
    } else {
        if (!kept || kept->hash != hash)
            return FALSE;
        kept->count++;
        note_first(&kept->first, record);
    }
    count(faults, column, 1, record);
    return TRUE;
}

void survey_faults_merge(SurveyFaults *faults, const SurveyFaults *other)
{
    for (guint i = 0; i < other->n_columns; i++) {
        count(faults, i, other->columns[i].count, other->columns[i].first);
        faults->columns[i].more |= other->columns[i].more;
        for (guint k = 0; other->texts[i] && k < other->texts[i]->len; k++) {
            const SurveyFault *fault = g_ptr_array_index(other->texts[i], k);

            keep(faults, fault, strlen(fault->text));
        }
    }
}

#define PACKED "(ta(ttb)a(usssttt))"

GVariant *survey_faults_pack(const SurveyFaults *faults)
{
    g_autoptr(GVariantBuilder) columns = g_variant_builder_new(G_VARIANT_TYPE("a(ttb)"));
    g_autoptr(GVariantBuilder) texts = g_variant_builder_new(G_VARIANT_TYPE("a(usssttt)"));
    g_autoptr(GPtrArray) list = survey_faults_list(faults);

    for (guint i = 0; i < faults->n_columns; i++) {
        const SurveyFaultColumn *column = &faults->columns[i];

        g_variant_builder_add(columns, "(ttb)", column->count, column->first, column->more);
    }
    for (guint i = 0; i < list->len; i++) {
        const SurveyFault *fault = list->pdata[i];

        g_variant_builder_add(texts, "(usssttt)", fault->column, fault->text, fault->message,
                              fault->hint ? fault->hint : "", fault->count, fault->first,
                              fault->hash);
    }
    return g_variant_ref_sink(g_variant_new("(ta(ttb)a(usssttt))", faults->count, columns, texts));
}

SurveyFaults *survey_faults_unpack(GVariant *value, guint n_columns)
{
    SurveyFaults *faults = survey_faults_new(n_columns);
    g_autoptr(GVariantIter) columns = NULL;
    g_autoptr(GVariantIter) texts = NULL;
    SurveyFaultColumn column = { 0 };
    SurveyFault fault = { 0 };
    guint at = 0;

    if (!g_variant_is_of_type(value, G_VARIANT_TYPE(PACKED))) {
        survey_faults_free(faults);
        return NULL;
    }
    g_variant_get(value, PACKED, &faults->count, &columns, &texts);
    while (g_variant_iter_next(columns, "(ttb)", &column.count, &column.first, &column.more))
        if (at++ < n_columns)
            faults->columns[at - 1] = column;
    while (g_variant_iter_next(texts, "(u&s&s&sttt)", &fault.column, &fault.text, &fault.message,
                               &fault.hint, &fault.count, &fault.first, &fault.hash)) {
        fault.hint = *fault.hint == '\0' ? NULL : fault.hint;
        if (fault.column < n_columns)
            keep(faults, &fault, strlen(fault.text));
    }
    return faults;
}

guint64 survey_faults_count(const SurveyFaults *faults)
{
    return faults->count;
}

const SurveyFaultColumn *survey_faults_column(const SurveyFaults *faults, guint column)
{
    return &faults->columns[column];
}

static int by_frequency(gconstpointer a, gconstpointer b)
{
    const SurveyFault *one = *(const SurveyFault *const *)a,
                      *other = *(const SurveyFault *const *)b;

    if (one->column != other->column)
        return one->column < other->column ? -1 : 1;
    if (one->count != other->count)
        return one->count > other->count ? -1 : 1;
    if (one->first != other->first)
        return one->first < other->first ? -1 : 1;
    return one->hash < other->hash ? -1 : one->hash > other->hash;
}

GPtrArray *survey_faults_list(const SurveyFaults *faults)
{
    GPtrArray *list = g_ptr_array_new();

    for (guint i = 0; i < faults->n_columns; i++)
        for (guint k = 0; faults->texts[i] && k < faults->texts[i]->len; k++)
            g_ptr_array_add(list, g_ptr_array_index(faults->texts[i], k));
    g_ptr_array_sort(list, by_frequency);
    return list;
}
