#include "intake/delimiter.h"

#include <stdlib.h>
#include <string.h>

static const char CANDIDATES[] = ",;\t|";
static const char *const NAMES[] = { "comma", "semicolon", "tab", "pipe", NULL };

typedef struct {
    DelimiterKnown known;
    gpointer data;
    guint known_cells;
    guint records;
    guint cells[DELIMITER_RECORDS]; /* of each record */
} Sample;

static gboolean count_cells(const CsvRecord *record, gpointer data)
{
    Sample *sample = data;

    if (record->record == 0 && sample->known)
        sample->known_cells = sample->known(record, sample->data);
    sample->cells[sample->records++] = record->n_cells;
    return sample->records < DELIMITER_RECORDS;
}

static int compare_cells(gconstpointer a, gconstpointer b)
{
    guint x = *(const guint *)a, y = *(const guint *)b;

    return x < y ? -1 : x > y;
}

/* How many records have the commonest number of cells, the largest of equally common ones, which is
 * put into `cells`. Sorts them. */
static guint commonest(Sample *sample, guint *cells)
{
    guint best = 0, n = 0;

    *cells = 0;
    qsort(sample->cells, sample->records, sizeof *sample->cells, compare_cells);
    for (guint i = 0; i < sample->records; i++) {
        n = i > 0 && sample->cells[i] == sample->cells[i - 1] ? n + 1 : 1;
        if (n >= best) {
            best = n;
            *cells = sample->cells[i];
        }
    }
    return best;
}

/* Greater is likelier: known cells, then being CSV, then evenness and number of cells together. Two
 * even columns are no proof against twenty that are a little ragged: texts hold semicolons. */
static guint64 likelihood(const CsvText *text, DelimiterKnown known, gpointer data)
{
    Sample sample = { .known = known, .data = data };
    CsvText strictly = *text;
    gboolean is_csv;
    guint cells, even;
    guint64 percent, weight;

    strictly.lenient = FALSE; /* cut wrongly, quotes stand within cells */
    is_csv = csv_read(&strictly, count_cells, &sample, NULL);
    even = commonest(&sample, &cells);
    percent = sample.records ? even * 100 / sample.records : 0;
    weight = cells < 2 ? 0 : percent * percent * (guint)g_bit_storage(cells) + MIN(cells, 99);

    return (guint64)sample.known_cells << 32 | (guint64)is_csv << 31 | weight;
}

/* Cut a first line "sep=X" off. */
static gboolean take_sep_line(CsvText *text)
{
    gsize size = 5;

    if (text->size < size || g_ascii_strncasecmp(text->text, "sep=", 4) != 0 ||
        !strchr(CANDIDATES, text->text[4]))
        return FALSE;
    if (text->size > size && text->text[size] == '\r')
        size++;
    if (text->size > size && text->text[size] == '\n')
        size++;
    if (size == 5 && text->size > size)
        return FALSE;
    text->delimiter = text->text[4];
    text->text += size;
    text->size -= size;
    text->line++;
    return TRUE;
}

void delimiter_find(CsvText *text, DelimiterKnown known, gpointer data)
{
    guint64 best = 0;
    char found = ',';

    if (take_sep_line(text))
        return;
    for (const char *candidate = CANDIDATES; *candidate; candidate++) {
        guint64 likely;

        text->delimiter = *candidate;
        likely = likelihood(text, known, data);
        if (likely > best) {
            best = likely;
            found = *candidate;
        }
    }
    text->delimiter = found;
}

const char *delimiter_name(char delimiter)
{
    const char *at = delimiter ? strchr(CANDIDATES, delimiter) : NULL;

    return at ? NAMES[at - CANDIDATES] : NULL;
}

char delimiter_named(const char *name)
{
    for (guint i = 0; NAMES[i]; i++)
        if (strcmp(name, NAMES[i]) == 0 || (name[0] == CANDIDATES[i] && name[1] == '\0'))
            return CANDIDATES[i];
    return '\0';
}

const char *const *delimiter_names(void)
{
    return NAMES;
}
