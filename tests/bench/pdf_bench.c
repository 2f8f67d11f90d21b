/* pdf_bench - draws the four-page report of tests/bench/four_pages.py again and again.
 *
 *     pdf_bench TEXTS.json rate COUNT THREADS [untagged|attached]   seconds for COUNT reports
 *     pdf_bench TEXTS.json first                           ms from nothing to the first report
 *     pdf_bench TEXTS.json write FILE.pdf                  one report
 *
 * The texts are read before the clock starts, as the peers' are; every report has another company.
 */
#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page/canvas_pdf.h"
#include "page/font_file.h"
#include "report/cover.h"
#include "report/flow.h"
#include "report/radar.h"
#include "report/template.h"

enum { TABLE_COLUMNS = 5, GAP_COLUMNS = 3 };

typedef struct {
    json_t *texts;
    Template *template;
    Theme theme;
    Typecase *typecase;
    gboolean untagged;
    GPtrArray *attachments; /* NULL for none */
} Bench;

typedef struct {
    const Bench *bench;
    guint count;
    pthread_t thread;
} Worker;

static const char *text_at(const json_t *list, gsize i)
{
    return json_string_value(json_array_get(list, i));
}

static void add_cover(GPtrArray *blocks, const json_t *texts, const char *company)
{
    Cover *cover = cover_new();
    const json_t *lines = json_object_get(texts, "lines");

    cover->kind = g_strdup(json_string_value(json_object_get(texts, "title")));
    cover->company = g_strdup(company);
    for (gsize i = 0; i < json_array_size(lines) && i < COVER_LINES_LIMIT; i++)
        cover->lines[i] = g_strdup(text_at(lines, i));
    cover->verdict_label = g_strdup(text_at(lines, 0));
    cover->verdict = g_strdup(text_at(lines, 1));
    cover->reason = g_strdup(text_at(lines, 2));
    blocks_cover(blocks, &cover->figure);
}

static void add_radar(GPtrArray *blocks, const json_t *axes)
{
    Radar *radar = radar_new();
    g_autoptr(GString) alt = g_string_new(NULL);

    for (gsize i = 0; i < json_array_size(axes); i++) {
        const json_t *it = json_array_get(axes, i);
        double value = json_number_value(json_object_get(it, "value"));
        g_autofree char *percent = g_strdup_printf("%.1f%%", value * 100);
        g_autofree char *title = g_strdup(json_string_value(json_object_get(it, "title")));
        Axis axis = { .title = title,
                      .value = percent,
                      .detail = title,
                      .exists = TRUE,
                      .low = value,
                      .high = value };

        radar_add(radar, &axis);
        g_string_append_printf(alt, "%s %s; ", title, percent);
    }
    blocks_figure(blocks, &radar->figure);
    blocks_describe(blocks, alt->str);
}

static void add_table(GPtrArray *blocks, const json_t *heads, const json_t *rows, gsize columns)
{
    static const double SHARES[TABLE_COLUMNS] = { 0.5, 2, 0.8, 0.7, 2 };
    Listing *table = listing_new();

    for (gsize i = 0; i < columns; i++)
        listing_column(table, text_at(heads, i),
                       columns == TABLE_COLUMNS ? SHARES[i]
                       : i                      ? 4
                                                : 1,
                       ALIGN_LEFT);
    for (gsize i = 0; i < json_array_size(rows); i++) {
        Row *row = listing_row(table, NULL);

        for (gsize k = 0; k < columns; k++)
            row_text(row, ROLE_CELL, text_at(json_array_get(rows, i), k));
    }
    blocks_table(blocks, table);
}

static GPtrArray *new_blocks(const json_t *texts, guint number)
{
    GPtrArray *blocks = blocks_new();
    const json_t *heads = json_object_get(texts, "heads"),
                 *columns = json_object_get(texts, "columns");
    g_autofree char *company =
        g_strdup_printf("%s%u", json_string_value(json_object_get(texts, "company")), number);

    add_cover(blocks, texts, company);
    blocks_heading(blocks, 0, text_at(heads, 0), NULL);
    add_radar(blocks, json_object_get(texts, "axes"));
    blocks_break(blocks);
    blocks_heading(blocks, 0, text_at(heads, 1), NULL);
    add_table(blocks, columns, json_object_get(texts, "rows"), TABLE_COLUMNS);
    blocks_break(blocks);
    blocks_heading(blocks, 0, text_at(heads, 2), NULL);
    add_table(blocks, columns, json_object_get(texts, "gaps"), GAP_COLUMNS);
    return blocks;
}

static GBytes *print_report(const Bench *bench, guint number)
{
    const Theme *theme = &bench->theme;
    g_autoptr(Font) font = font_new(bench->typecase);
    g_autoptr(PdfCanvas) pdf = pdf_canvas_new(font, theme->page.width, theme->page.height);
    g_autoptr(GPtrArray) blocks = new_blocks(bench->texts, number);
    g_autoptr(GError) error = NULL;
    PdfInfo info = { .title = json_string_value(json_object_get(bench->texts, "title")),
                     .language = "zh",
                     .date = 739580,
                     .attachments = bench->attachments };
    GBytes *bytes;

    if (bench->untagged)
        pdf_canvas_untagged(pdf);
    canvas_open(pdf_canvas(pdf), TAG_PART, "zh");
    flow_blocks(pdf, theme, blocks, NULL, NULL);
    canvas_close(pdf_canvas(pdf));
    bytes = pdf_canvas_finish(pdf, &info, &error);
    if (!bytes || pdf_canvas_pages(pdf) != 4) {
        fprintf(stderr, "pdf_bench: %u pages; %s\n", pdf_canvas_pages(pdf),
                error ? error->message : "four are wanted");
        exit(1);
    }
    return bytes;
}

static void append_strings(GString *out, const json_t *value)
{
    if (json_is_string(value))
        g_string_append(out, json_string_value(value));
    for (gsize i = 0; i < json_array_size(value); i++)
        append_strings(out, json_array_get(value, i));
    for (void *at = json_object_iter((json_t *)value); at;
         at = json_object_iter_next((json_t *)value, at))
        append_strings(out, json_object_iter_value(at));
}

/* What a run sets up once. */
static void set_up(Bench *bench)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GString) texts = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    g_autofree char *file = NULL;
    guint index = 0;
    Face *face;

    bench->template = template_load("templates/consultant.ini", NULL, NULL, findings, &error);
    file = font_file_find("WenQuanYi Micro Hei", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
                          &index, &error);
    append_strings(texts, bench->texts);
    face = file ? face_open(file, index, &error) : NULL;
    bench->typecase = face ? typecase_new(face, texts->str, &error) : NULL;
    if (!bench->template || !bench->typecase) {
        fprintf(stderr, "pdf_bench: %s\n", error ? error->message : "the template is refused");
        exit(1);
    }
    bench->theme = *bench->template->theme;
    bench->theme.styles[ROLE_CELL].size = 7.5; /* 41 rows go on one page */
    bench->theme.styles[ROLE_CELL].leading = 8;
}

/* What a report of the full rubric carries: its file is packed once, the rest for each. */
static void attach(Bench *bench)
{
    static const char *const FILES[][2] = {
        { "answers.csv", "templates/samples/blanks_ceramics.csv" },
        { "assessment.json", "reports/samples/report.json" },
        { "rubric.ini", "rubrics/miit_smart_factory_2025.ini" },
    };
    g_autoptr(Deflater) deflater = deflater_new();

    bench->attachments = attachments_new();
    for (guint i = 0; i < G_N_ELEMENTS(FILES); i++) {
        char *text = NULL;
        gsize size = 0;

        if (!g_file_get_contents(FILES[i][1], &text, &size, NULL)) {
            fprintf(stderr, "pdf_bench: %s cannot be read\n", FILES[i][1]);
            exit(1);
        }
        g_ptr_array_add(bench->attachments,
                        attachment_new(FILES[i][0], "text/plain", g_bytes_new_take(text, size)));
    }
    attachment_pack(bench->attachments->pdata[2], deflater);
}

static void *work(void *data)
{
    const Worker *worker = data;

    for (guint i = 0; i < worker->count; i++)
        g_bytes_unref(print_report(worker->bench, i));
    return NULL;
}

static void measure_rate(const Bench *bench, guint count, guint threads)
{
    g_autofree Worker *workers = g_new0(Worker, threads);
    gint64 start = g_get_monotonic_time();

    for (guint i = 0; i < threads; i++) {
        workers[i] = (Worker){ bench, count / threads, 0 };
        pthread_create(&workers[i].thread, NULL, work, &workers[i]);
    }
    for (guint i = 0; i < threads; i++)
        pthread_join(workers[i].thread, NULL);
    printf("%.6f\n", (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC);
}

static void write_one(const Bench *bench, const char *path)
{
    g_autoptr(GBytes) bytes = print_report(bench, 1);
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);

    if (!g_file_set_contents(path, data, (gssize)size, NULL))
        exit(1);
}

int main(int n, char **arguments)
{
    gint64 start = g_get_monotonic_time();
    const char *mode = n > 2 ? arguments[2] : "";
    Bench bench = { .texts = n > 1 ? json_load_file(arguments[1], 0, NULL) : NULL };

    if (!bench.texts) {
        fprintf(stderr, "usage: pdf_bench TEXTS.json rate COUNT THREADS "
                        "[untagged|attached] | first | "
                        "write FILE\n");
        return 2;
    }
    bench.untagged = n > 5 && strcmp(arguments[5], "untagged") == 0;
    set_up(&bench);
    if (n > 5 && strcmp(arguments[5], "attached") == 0)
        attach(&bench);
    if (strcmp(mode, "rate") == 0 && n > 4) {
        measure_rate(&bench, (guint)atoi(arguments[3]), (guint)atoi(arguments[4]));
    } else if (strcmp(mode, "write") == 0 && n > 3) {
        write_one(&bench, arguments[3]);
    } else {
        g_bytes_unref(print_report(&bench, 1));
        printf("%.3f\n", (double)(g_get_monotonic_time() - start) / 1000);
    }
    typecase_free(bench.typecase);
    template_free(bench.template);
    json_decref(bench.texts);
    g_clear_pointer(&bench.attachments, g_ptr_array_unref);
    return 0;
}
