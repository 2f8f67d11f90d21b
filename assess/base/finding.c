#include "base/finding.h"

struct Findings {
    guint references;
    GPtrArray *items; /* of Finding * */
    guint n_of[SEVERITY_ERROR + 1];
};

static void finding_free(void *item)
{
    Finding *finding = item;

    g_free(finding->file);
    g_free(finding->message);
    g_free(finding->hint);
    g_free(finding->excerpt);
    g_free(finding);
}

Findings *findings_new(void)
{
    Findings *findings = g_new0(Findings, 1);

    findings->references = 1;
    findings->items = g_ptr_array_new_with_free_func(finding_free);
    return findings;
}

Findings *findings_ref(Findings *findings)
{
    findings->references++;
    return findings;
}

void findings_unref(Findings *findings)
{
    if (!findings || --findings->references > 0)
        return;
    g_ptr_array_unref(findings->items);
    g_free(findings);
}

static void take(Findings *findings, Finding *finding)
{
    g_ptr_array_add(findings->items, finding);
    findings->n_of[finding->severity]++;
}

Finding *findings_add(Findings *findings, Severity severity, const Place *place, const char *format,
                      ...)
{
    Finding *finding = g_new0(Finding, 1);
    va_list arguments;

    finding->severity = severity;
    if (place) {
        finding->file = g_strdup(place->file);
        finding->line = place->line;
        finding->record = place->record;
        finding->column = place->column;
        finding->excerpt = g_strdup(place->excerpt);
        finding->width = place->width;
    }
    va_start(arguments, format);
    finding->message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    take(findings, finding);
    return finding;
}

void finding_hint(Finding *finding, const char *format, ...)
{
    va_list arguments;

    if (!finding)
        return;
    g_free(finding->hint);
    va_start(arguments, format);
    finding->hint = g_strdup_vprintf(format, arguments);
    va_end(arguments);
}

guint findings_count(const Findings *findings)
{
    return findings->items->len;
}

const Finding *findings_at(const Findings *findings, guint index)
{
    g_return_val_if_fail(index < findings->items->len, NULL);
    return g_ptr_array_index(findings->items, index);
}

guint findings_of(const Findings *findings, Severity severity)
{
    return findings->n_of[severity];
}

static Finding *finding_copy(const Finding *from)
{
    Finding *finding = g_new(Finding, 1);

    *finding = *from;
    finding->file = g_strdup(from->file);
    finding->message = g_strdup(from->message);
    finding->hint = g_strdup(from->hint);
    finding->excerpt = g_strdup(from->excerpt);
    return finding;
}

void findings_append(Findings *findings, const Findings *from)
{
    guint n = from->items->len; /* counted first: a list may be appended to itself */

    for (guint i = 0; i < n; i++)
        take(findings, finding_copy(findings_at(from, i)));
}

static int compare_counts(guint a, guint b)
{
    return (a > b) - (a < b);
}

static int compare_places(gconstpointer a, gconstpointer b)
{
    const Finding *left = *(const Finding *const *)a, *right = *(const Finding *const *)b;
    int order = g_strcmp0(left->file, right->file);

    if (order == 0)
        order = compare_counts(left->line, right->line);
    if (order == 0)
        order = compare_counts(left->record, right->record);
    if (order == 0)
        order = compare_counts(left->column, right->column);
    return order;
}

void findings_sort(Findings *findings)
{
    g_ptr_array_sort(findings->items, compare_places); /* stable since GLib 2.32 */
}

/* At the place of the last error that is kept, so that it stays behind it when they are sorted. */
static void tell_cut(Findings *findings, guint last, guint limit)
{
    const Finding *at = findings_at(findings, last);
    const Place place = {
        .file = at->file, .line = at->line, .record = at->record, .column = at->column
    };

    findings_add(findings, SEVERITY_ERROR, &place, "more than %u faults: the others are not told",
                 limit);
}

void findings_cut(Findings *findings, guint limit)
{
    const guint n = findings->items->len;
    guint errors = 0, last = 0;

    if (findings->n_of[SEVERITY_ERROR] <= limit)
        return;
    for (guint i = 0; i < n && errors < limit; i++)
        if (findings_at(findings, i)->severity == SEVERITY_ERROR) {
            errors++;
            last = i;
        }
    for (guint i = n; i-- > last + 1;)
        if (findings_at(findings, i)->severity == SEVERITY_ERROR)
            g_ptr_array_remove_index(findings->items, i);
    findings->n_of[SEVERITY_ERROR] = limit;
    tell_cut(findings, last, limit);
}

const char *severity_name(Severity severity)
{
    static const char *const names[] = {
        [SEVERITY_NOTE] = "note",
        [SEVERITY_WARNING] = "warning",
        [SEVERITY_ERROR] = "error",
    };

    return names[severity];
}
