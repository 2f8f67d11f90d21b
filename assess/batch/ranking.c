#include "batch/ranking.h"

#include <string.h>

#include "base/file.h"
#include "batch/batch.h"
#include "batch/podium.h"
#include "batch/roll.h"
#include "batch/writer.h"
#include "report/csv.h"

#define MARK_TIED "tied at the cut"
#define MARK_UNDETERMINED "undetermined"

enum { LEVEL, POSSIBLE, LOW, HIGH, NEEDED, COMPANY = NEEDED, CODE, COLUMNS };
static const char *const NAMES[COLUMNS] = {
    [LEVEL] = "level",     [POSSIBLE] = "level_possible", [LOW] = "score_low",
    [HIGH] = "score_high", [COMPANY] = "company",         [CODE] = "uscc"
};

/* What a company is ranked by. */
typedef struct {
    int level, possible; /* -1: none */
    const char *low, *high;
    guint64 record;
} Rank;

/* One that has a place, and its row without place and mark. */
typedef struct {
    Rank rank; /* low and high are its own */
    char *row;
} Placed;

typedef struct {
    const Rubric *rubric;
    const char *path; /* of results.csv */
    guint quota;
    int columns[COLUMNS]; /* of the roll */
    Podium *podium;
    Writer *writer;
    RankingCount *count;
    GString *text;
} Ranking;

/* ---- decimals ---- */

static int compare_sizes(const char *a, const char *b)
{
    gsize whole_a, whole_b;

    a += strspn(a, "0");
    b += strspn(b, "0");
    whole_a = strcspn(a, ".");
    whole_b = strcspn(b, ".");
    if (whole_a != whole_b)
        return whole_a < whole_b ? -1 : 1;
    for (; *a || *b; a += *a != '\0', b += *b != '\0') {
        char digit_a = *a && *a != '.' ? *a : '0', digit_b = *b && *b != '.' ? *b : '0';

        if (digit_a != digit_b)
            return digit_a < digit_b ? -1 : 1;
    }
    return 0;
}

int ranking_compare(const char *a, const char *b)
{
    gboolean below_a = *a == '-', below_b = *b == '-';

    if (!*a || !*b)
        return (*a != '\0') - (*b != '\0');
    if (below_a != below_b)
        return below_a ? -1 : 1;
    return below_a ? compare_sizes(b + 1, a + 1) : compare_sizes(a, b);
}

/* ---- the order ---- */

/* Below 0: the first one is better. */
static int compare_ranks(const Rank *a, const Rank *b)
{
    int order;

    if (a->level != b->level)
        return b->level - a->level;
    if ((order = ranking_compare(b->low, a->low)) != 0)
        return order;
    if (a->possible != b->possible)
        return b->possible - a->possible;
    return ranking_compare(b->high, a->high);
}

static int compare_placed(gconstpointer a, gconstpointer b)
{
    const Rank *first = &((const Placed *)a)->rank, *second = &((const Placed *)b)->rank;
    int order = compare_ranks(first, second);

    return order != 0 ? order : (first->record > second->record) - (first->record < second->record);
}

/* Whether the best that can come of it is better than what the cut has for certain. */
static gboolean could_pass(const Rank *rank, const Rank *cut)
{
    if (rank->possible != cut->level)
        return rank->possible > cut->level;
    return ranking_compare(rank->high, cut->low) > 0;
}

static void placed_free(gpointer data)
{
    Placed *placed = data;

    g_free((char *)placed->rank.low);
    g_free((char *)placed->rank.high);
    g_free(placed->row);
    g_free(placed);
}

/* ---- rows ---- */

static int level_of(const Ranking *ranking, const char *id)
{
    int level = -1;

    return rubric_find(ranking->rubric, id, &level) == NAME_LEVEL ? level : -1;
}

static Rank rank_of(const Ranking *ranking, const char *const *cells)
{
    const int *columns = ranking->columns;

    return (Rank){ level_of(ranking, cells[columns[LEVEL]]),
                   level_of(ranking, cells[columns[POSSIBLE]]), cells[columns[LOW]],
                   cells[columns[HIGH]], roll_record(cells) };
}

static void append_cells(const Ranking *ranking, GString *out, const char *const *cells)
{
    static const int ORDER[] = { COMPANY, CODE, LEVEL, POSSIBLE, LOW, HIGH };

    for (guint i = 0; i < G_N_ELEMENTS(ORDER); i++) {
        int column = ranking->columns[ORDER[i]];

        if (column == ROLL_NO_COLUMN)
            continue;
        g_string_append_c(out, ',');
        csv_cell(out, cells ? cells[column] : NAMES[ORDER[i]]);
    }
    g_string_append_printf(out, ",%s,", cells ? cells[0] : "record");
}

static Placed *placed_new(const Ranking *ranking, const Rank *rank, const char *const *cells)
{
    Placed *placed = g_new0(Placed, 1);
    GString *row = g_string_new(NULL);

    append_cells(ranking, row, cells);
    placed->rank = *rank;
    placed->rank.low = g_strdup(rank->low);
    placed->rank.high = g_strdup(rank->high);
    placed->row = g_string_free(row, FALSE);
    return placed;
}

/* ---- over results.csv ---- */

typedef void (*Visit)(Ranking *ranking, const Rank *rank, const char *const *cells, gpointer data);

static gboolean each_row(Ranking *ranking, Visit visit, gpointer data, GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autoptr(Roll) roll = roll_open(ranking->path, error);
    const char *const *cells;

    if (!roll)
        return FALSE;
    for (guint i = 0; i < COLUMNS; i++)
        ranking->columns[i] = roll_column(roll, NAMES[i]);
    for (guint i = 0; i < NEEDED; i++)
        if (ranking->columns[i] == ROLL_NO_COLUMN) {
            g_set_error(error, FILE_IO_ERROR, FILE_IO_ERROR_READ, "\"%s\" has no column \"%s\"",
                        ranking->path, NAMES[i]);
            return FALSE;
        }
    while ((cells = roll_next(roll, &fault)) != NULL) {
        Rank rank = rank_of(ranking, cells);

        visit(ranking, &rank, cells, data);
    }
    if (!fault)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&fault));
    return FALSE;
}

static void offer(Ranking *ranking, const Rank *rank, const char *const *cells, gpointer data)
{
    const Placed candidate = { *rank, NULL };

    (void)data;
    ranking->count->companies++;
    if (podium_wants(ranking->podium, &candidate))
        podium_add(ranking->podium, placed_new(ranking, rank, cells));
}

static void count_tied(Ranking *ranking, const Rank *rank, const char *const *cells, gpointer cut)
{
    (void)cells;
    ranking->count->tied += compare_ranks(rank, cut) == 0;
}

static void write_row(Ranking *ranking, guint64 place, const char *row, const char *mark)
{
    g_string_truncate(ranking->text, 0);
    if (place > 0)
        g_string_append_printf(ranking->text, "%" G_GUINT64_FORMAT, place);
    g_string_append(ranking->text, row);
    g_string_append(ranking->text, mark);
    g_string_append(ranking->text, "\r\n");
    writer_append(ranking->writer, ranking->text->str, ranking->text->len);
}

typedef struct {
    const Rank *rank;
    guint64 place;
    gboolean is_even; /* those at the cut are as many as its places */
} Cut;

static void write_tied(Ranking *ranking, const Rank *rank, const char *const *cells, gpointer data)
{
    const Cut *cut = data;
    g_autoptr(GString) row = NULL;

    if (compare_ranks(rank, cut->rank) != 0)
        return;
    row = g_string_new(NULL);
    append_cells(ranking, row, cells);
    write_row(ranking, cut->place, row->str, cut->is_even ? "" : MARK_TIED);
    ranking->count->listed++;
}

static void write_undetermined(Ranking *ranking, const Rank *rank, const char *const *cells,
                               gpointer data)
{
    const Cut *cut = data;
    g_autoptr(GString) row = NULL;

    if (compare_ranks(rank, cut->rank) <= 0 || !could_pass(rank, cut->rank))
        return;
    row = g_string_new(NULL);
    append_cells(ranking, row, cells);
    write_row(ranking, 0, row->str, MARK_UNDETERMINED);
    ranking->count->undetermined++;
}

/* ---- the file ---- */

/* Rows above the cut. Result: how many. */
static guint write_above(Ranking *ranking, const GPtrArray *placed, const Rank *cut)
{
    guint64 place = 0;
    guint i = 0;

    for (; i < placed->len; i++) {
        const Placed *it = placed->pdata[i];

        if (compare_ranks(&it->rank, cut) == 0)
            break;
        if (i == 0 || compare_ranks(&it->rank, &((const Placed *)placed->pdata[i - 1])->rank) != 0)
            place = i + 1;
        write_row(ranking, place, it->row, "");
    }
    ranking->count->listed = i;
    return i;
}

static gboolean write_rows(Ranking *ranking, GError **error)
{
    const GPtrArray *placed = podium_order(ranking->podium);
    RankingCount *count = ranking->count;
    Cut cut = { 0 };

    if (placed->len == 0)
        return TRUE;
    cut.rank = &((const Placed *)placed->pdata[placed->len - 1])->rank;
    if (!each_row(ranking, count_tied, (gpointer)cut.rank, error))
        return FALSE;
    cut.place = write_above(ranking, placed, cut.rank) + 1;
    cut.is_even = cut.place - 1 + count->tied <= ranking->quota;
    if (!each_row(ranking, write_tied, &cut, error))
        return FALSE;
    if (cut.is_even)
        count->tied = 0;
    return count->companies <= ranking->quota || each_row(ranking, write_undetermined, &cut, error);
}

static void write_header(Ranking *ranking, gboolean has_mark)
{
    g_autoptr(GString) header = g_string_new(has_mark ? CSV_MARK "place" : "place");

    append_cells(ranking, header, NULL);
    g_string_append(header, "mark\r\n");
    writer_append(ranking->writer, header->str, header->len);
}

/* FALSE with `error`, from wherever it came. */
static gboolean finish(const Writer *writer, gboolean is_done, GError **error)
{
    if (is_done && writer_error(writer))
        g_propagate_error(error, g_error_copy(writer_error(writer)));
    return is_done && !writer_error(writer);
}

gboolean ranking_write(const char *folder, const Rubric *rubric, guint quota, gboolean has_mark,
                       RankingCount *count, GError **error)
{
    g_autofree char *results = g_build_filename(folder, BATCH_RESULTS, NULL);
    g_autofree char *path = g_build_filename(folder, RANKING_FILE, NULL);
    g_autoptr(Podium) podium = podium_new(quota, compare_placed, placed_free);
    g_autoptr(Writer) writer = writer_open(path, FALSE, 0, error);
    g_autoptr(GString) text = g_string_new(NULL);
    Ranking ranking = { .rubric = rubric,
                        .path = results,
                        .quota = quota,
                        .podium = podium,
                        .writer = writer,
                        .count = count,
                        .text = text };
    gboolean is_done;

    *count = (RankingCount){ 0 };
    if (!writer || !each_row(&ranking, offer, NULL, error))
        return FALSE;
    write_header(&ranking, has_mark);
    is_done = write_rows(&ranking, error);
    writer_sync(writer);
    return finish(writer, is_done, error);
}
