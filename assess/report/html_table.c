#include "report/canvas_svg.h"
#include "report/html_writer.h"
#include "report/markup.h"

static const double NARROW = 0.5; /* share of a column that only numbers its rows */

static const char *const NAMES[SHOWN_KINDS] = {
    [SHOWN_UNMET] = "unmet",     [SHOWN_UNKNOWN] = "unknown",
    [SHOWN_ADVISED] = "advised", [SHOWN_WAIVED] = "waived",
    [SHOWN_MET] = "met",         [SHOWN_NOT_APPLICABLE] = "not_applicable",
};

static const char *const CLASSES[ROLES] = {
    [ROLE_STRONG] = "strong", [ROLE_LEAD] = "lead",          [ROLE_SMALL] = "small",
    [ROLE_NOTE] = "note",     [ROLE_CELL_STRONG] = "strong", [ROLE_TAG] = "tag",
};

Shown html_shown(const Story *story, int requirement)
{
    static const Shown OF[] = { [STATUS_NOT_APPLICABLE] = SHOWN_NOT_APPLICABLE,
                                [STATUS_MET] = SHOWN_MET,
                                [STATUS_WAIVED] = SHOWN_WAIVED,
                                [STATUS_UNKNOWN] = SHOWN_UNKNOWN,
                                [STATUS_UNMET] = SHOWN_UNMET };
    Status status = story->assessment->status[requirement];

    if (status == STATUS_UNMET &&
        RUBRIC_REQUIREMENT(story->rubric, requirement)->kind == KIND_ADVICE)
        return SHOWN_ADVISED;
    return OF[status];
}

const char *html_shown_name(Shown shown)
{
    return NAMES[shown];
}

static const Row *row_at(const Listing *table, guint i)
{
    return table->rows->pdata[i];
}

static const Column *column_at(const Listing *table, guint i)
{
    return &g_array_index(table->columns, Column, i);
}

static const ListingCell *cell_at(const Row *row, guint i)
{
    return &g_array_index(row->cells, ListingCell, i);
}

/* The cell that names the row: the first that is neither its number nor its status. */
static guint naming_cell(const Listing *table, const Row *row)
{
    for (guint i = 0; i < row->cells->len && i < table->columns->len; i++) {
        const ListingCell *cell = cell_at(row, i);

        if (column_at(table, i)->share >= NARROW && cell->n_words > 0 &&
            cell->words[0].role != ROLE_TAG)
            return i;
    }
    return 0;
}

static void put_words(HtmlWriter *writer, const Words *words, const char *link)
{
    GString *out = writer->out;
    const char *name = CLASSES[words->role];

    g_string_append(out, "<p");
    if (name)
        markup_attribute(out, "class", name);
    markup_direction(out, words->text);
    g_string_append_c(out, '>');
    if (link) {
        g_string_append(out, "<a href=\"#");
        markup_text(out, link);
        g_string_append(out, "\">");
    }
    markup_text(out, words->text);
    g_string_append(out, link ? "</a></p>" : "</p>");
}

static void put_cell_content(HtmlWriter *writer, const ListingCell *cell)
{
    gboolean leads = cell->link && g_hash_table_contains(writer->anchors, cell->link);

    if (cell->mark.kind != MARK_NONE)
        g_string_append(writer->out, "<div class=\"state\">");
    svg_mark(writer->out, cell->mark, writer->font, writer->theme);
    if (cell->mark.kind != MARK_NONE)
        g_string_append(writer->out, "<div>");
    for (guint i = 0; i < cell->n_words; i++)
        put_words(writer, &cell->words[i], leads && i == 0 ? cell->link : NULL);
    if (cell->mark.kind != MARK_NONE)
        g_string_append(writer->out, "</div></div>");
}

static void put_cell(HtmlWriter *writer, const Listing *table, const Row *row, guint i,
                     gboolean names)
{
    GString *out = writer->out;
    const Column *column = column_at(table, i);

    g_string_append(out, names ? "<th scope=\"row\"" : "<td");
    if (column->align == ALIGN_RIGHT)
        g_string_append(out, " class=\"right\"");
    if (!names && *column->head)
        markup_attribute(out, "data-label", column->head);
    g_string_append_c(out, '>');
    put_cell_content(writer, cell_at(row, i));
    if (names && row->requirement != NOWHERE)
        html_reasons(writer, row->requirement);
    g_string_append(out, names ? "</th>" : "</td>");
}

static void put_row(HtmlWriter *writer, const Listing *table, const Row *row)
{
    GString *out = writer->out;
    guint naming = naming_cell(table, row);

    g_string_append(out, "<tr");
    if (row->anchor)
        markup_attribute(out, "id", row->anchor);
    if (row->requirement != NOWHERE)
        g_string_append_printf(out, " data-s=\"%s\" data-l=\"%d\"",
                               NAMES[html_shown(writer->story, row->requirement)],
                               RUBRIC_REQUIREMENT(writer->story->rubric, row->requirement)->level);
    g_string_append_c(out, '>');
    for (guint i = 0; i < row->cells->len && i < table->columns->len; i++)
        put_cell(writer, table, row, i, i == naming);
    g_string_append(out, "</tr>\n");
}

/* ` class="any has-met ..."` for the requirements among the rows from `from` to before `end`, so
 * that a part goes with the last of its rows; nothing if there are none. */
static void put_statuses(HtmlWriter *writer, const Listing *table, guint from, guint end)
{
    gboolean has[SHOWN_KINDS] = { FALSE }, any = FALSE;

    for (guint i = from; i < end; i++)
        if (row_at(table, i)->requirement != NOWHERE)
            any = has[html_shown(writer->story, row_at(table, i)->requirement)] = TRUE;
    if (!any)
        return;
    g_string_append(writer->out, " class=\"any");
    for (Shown shown = 0; shown < SHOWN_KINDS; shown++)
        if (has[shown])
            g_string_append_printf(writer->out, " has-%s", NAMES[shown]);
    g_string_append_c(writer->out, '"');
}

static void put_head(HtmlWriter *writer, const Listing *table)
{
    GString *out = writer->out;
    double whole = 0;

    for (guint i = 0; i < table->columns->len; i++)
        whole += column_at(table, i)->share;
    g_string_append(out, "<colgroup>");
    for (guint i = 0; i < table->columns->len; i++)
        g_string_append_printf(out, "<col class=\"w%d\">",
                               (int)(column_at(table, i)->share * 100 / whole + 0.5));
    g_string_append(out, "</colgroup>\n<thead><tr>");
    for (guint i = 0; i < table->columns->len; i++) {
        g_string_append_printf(out, "<th scope=\"col\"%s>",
                               column_at(table, i)->align == ALIGN_RIGHT ? " class=\"right\"" : "");
        markup_text(out, column_at(table, i)->head);
        g_string_append(out, "</th>");
    }
    g_string_append(out, "</tr></thead>\n");
}

/* The rows from `from` up to the next band. */
static guint put_part(HtmlWriter *writer, const Listing *table, guint from)
{
    GString *out = writer->out;
    guint end = from + 1;

    while (end < table->rows->len && !row_at(table, end)->band)
        end++;
    g_string_append(out, "<tbody");
    put_statuses(writer, table, from, end);
    g_string_append(out, ">\n");
    for (guint i = from; i < end; i++) {
        if (!row_at(table, i)->band) {
            put_row(writer, table, row_at(table, i));
            continue;
        }
        g_string_append_printf(out, "<tr class=\"band\"><th scope=\"rowgroup\" colspan=\"%u\">",
                               table->columns->len);
        put_cell_content(writer, cell_at(row_at(table, i), 0));
        g_string_append(out, "</th></tr>\n");
    }
    g_string_append(out, "</tbody>\n");
    return end;
}

static gboolean has_requirements(const Listing *table)
{
    for (guint i = 0; i < table->rows->len; i++)
        if (row_at(table, i)->requirement != NOWHERE)
            return TRUE;
    return FALSE;
}

void html_table(HtmlWriter *writer, const Listing *table, const char *caption)
{
    GString *out = writer->out;

    g_string_append(out, "<table");
    put_statuses(writer, table, 0, table->rows->len);
    if (!caption && writer->heading)
        markup_attribute(out, "aria-labelledby", writer->heading);
    g_string_append(out, ">\n");
    if (caption) {
        g_string_append(out, "<caption>");
        markup_text(out, caption);
        g_string_append(out, "</caption>\n");
    }
    put_head(writer, table);
    for (guint i = 0; i < table->rows->len;)
        i = put_part(writer, table, i);
    g_string_append(out, "</table>\n");
    if (has_requirements(table)) {
        g_string_append(out, "<p class=\"none\">");
        html_word(writer, "html_none");
        g_string_append(out, "</p>\n");
    }
}
