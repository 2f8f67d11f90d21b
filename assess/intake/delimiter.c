#include "intake/delimiter.h"

#include <string.h>

static const char CANDIDATES[] = ",;\t";

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

    if (record->record == 0)
        sample->known_cells = sample->known(record, sample->data);
    sample->cells[sample->records++] = record->n_cells;
    return sample->records < DELIMITER_RECORDS;
}

/* How many records have the commonest number of cells, which is put into `cells`. */
static guint commonest(const Sample *sample, guint *cells)
{
    guint best = 0;

    *cells = 0;
    for (guint i = 0; i < sample->records; i++) {
        guint n = 0;

        for (guint k = 0; k < sample->records; k++)
            n += sample->cells[k] == sample->cells[i];
        if (n > best || (n == best && sample->cells[i] > *cells)) {
            best = n;
            *cells = sample->cells[i];
        }
    }
    return best;
}

/* Greater is likelier: known cells, then being CSV, then evenness in percent, then cells. */
static guint64 likelihood(const CsvText *text, DelimiterKnown known, gpointer data)
{
    Sample sample = { .known = known, .data = data };
    gboolean is_csv = csv_read(text, count_cells, &sample, NULL);
    guint cells;
    guint even = commonest(&sample, &cells);
    guint64 percent = sample.records ? even * 100 / sample.records : 0;

    if (cells < 2)
        percent = 0;
    return (guint64)sample.known_cells << 32 | (guint64)is_csv << 31 | percent << 24 |
           MIN(cells, 0xffffff);
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
