#include "batch/chunk.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    GString *text; /* of all chunks, joined */
    guint chunks;
    guint64 records;
    gboolean is_open;
    char *path;
} Cut;

/* Write the text into a file and cut it; `pairs` expects every chunk to follow the one before. */
static Cut cut(const GString *text)
{
    Cut cut = { .text = g_string_new(NULL), .path = g_strdup("chunk-XXXXXX") };
    Chunk chunk = { 0 };
    g_autoptr(Stream) stream = NULL;
    g_autoptr(ChunkReader) reader = NULL;
    guint64 next_line = 1;

    close(g_mkstemp(cut.path));
    cr_assert(g_file_set_contents(cut.path, text->str, (gssize)text->len, NULL));
    stream = stream_open(cut.path, NULL, NULL);
    reader = chunk_reader_new(stream, ',', 0, 0);
    while (chunk_reader_next(reader, &chunk, NULL)) {
        ChunkPlace place = CHUNK_BEGIN;

        cr_assert(eq(u64, chunk.ordinal, cut.chunks));
        cr_assert(eq(u64, chunk.offset, cut.text->len));
        cr_assert(eq(u64, chunk.first_record, cut.records + 1));
        cr_assert(eq(u64, chunk.first_line, next_line));
        next_line = chunk_line(&chunk, chunk.first_record + chunk.n_records, &place);
        g_string_append_len(cut.text, chunk.text, (gssize)chunk.size);
        cut.records += chunk.n_records;
        cut.is_open = chunk.is_open;
        cut.chunks++;
    }
    chunk_clear(&chunk);
    g_unlink(cut.path);
    cr_assert(eq(sz, cut.text->len, text->len));
    cr_assert(memcmp(cut.text->str, text->str, text->len) == 0);
    return cut;
}

static void cut_clear(Cut *cut)
{
    g_string_free(cut->text, TRUE);
    g_free(cut->path);
}

Test(chunk, is_cut_at_record_ends_only)
{
    static const char *const records[] = { "a,5\" pipe,c\n", "\"x\ny\",\"q\"\"\n\",z\r\n",
                                           "1,2,3\r\n", "\n" };
    g_autoptr(GString) text = g_string_new(NULL);
    guint64 expected = 0;
    Cut done;

    for (guint i = 0; text->len < 5 * CHUNK_SIZE; i++) {
        g_string_append(text, records[i % 7 % G_N_ELEMENTS(records)]);
        expected += i % 7 % G_N_ELEMENTS(records) != 3;
    }
    g_string_append(text, "last,without,end");
    done = cut(text);
    cr_expect(eq(u64, done.records, expected + 1));
    cr_expect(ge(u32, done.chunks, 5));
    cr_expect(not(done.is_open));
    cut_clear(&done);
}

Test(chunk, keeps_a_carriage_return_and_its_line_feed_together)
{
    for (gsize before = CHUNK_SIZE - 3; before < CHUNK_SIZE + 3; before++) {
        g_autoptr(GString) text = g_string_new(NULL);
        Cut done;

        for (gsize i = 0; i < before; i++)
            g_string_append_c(text, 'x');
        g_string_append(text, "\r\ny\r\n");
        done = cut(text);
        cr_expect(eq(u64, done.records, 2));
        cut_clear(&done);
    }
}

Test(chunk, grows_with_a_long_record_and_is_open_beyond_the_limit)
{
    static const struct {
        gsize size;
        const char *end;
        gboolean is_open;
    } cases[] = {
        { 3 * CHUNK_SIZE, "\"\nb\n", FALSE },
        { 3 * CHUNK_SIZE, "", TRUE },
        { CHUNK_LIMIT - 3, "\"\nb\n", FALSE },
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) text = g_string_new("\"");
        Cut done;

        for (gsize n = 0; n < cases[i].size; n++)
            g_string_append_c(text, n % 80 ? 'x' : '\n');
        g_string_append(text, cases[i].end);
        done = cut(text);
        cr_expect(eq(int, done.is_open, cases[i].is_open), "%u", i);
        cr_expect(eq(u64, done.records, cases[i].is_open ? 1 : 2), "%u", i);
        cut_clear(&done);
    }
}

Test(chunk, of_more_than_the_limit_is_the_last)
{
    g_autoptr(GString) text = g_string_new("a,b\n\"");
    g_autofree char *path = g_strdup("chunk-XXXXXX");
    g_autoptr(Stream) stream = NULL;
    g_autoptr(ChunkReader) reader = NULL;
    Chunk chunk = { 0 };

    for (gsize n = 0; n < 2 * CHUNK_LIMIT; n++)
        g_string_append_c(text, n % 80 ? 'x' : '\n');
    close(g_mkstemp(path));
    cr_assert(g_file_set_contents(path, text->str, (gssize)text->len, NULL));
    stream = stream_open(path, NULL, NULL);
    reader = chunk_reader_new(stream, ',', 0, 0);
    cr_assert(chunk_reader_next(reader, &chunk, NULL));
    cr_expect(eq(sz, chunk.size, 4));
    cr_assert(chunk_reader_next(reader, &chunk, NULL));
    cr_expect(chunk.is_long);
    cr_expect(eq(sz, chunk.size, CHUNK_LIMIT));
    cr_expect(not(chunk_reader_next(reader, &chunk, NULL)));
    chunk_clear(&chunk);
    g_unlink(path);
}

Test(chunk, tells_the_line_of_a_record)
{
    static const char text[] = "\n\na\"\r\n\"b\nb\"\r\n\r\n\rc\nd";
    static const guint64 lines[] = { 12, 13, 17, 18 };
    Chunk chunk = { .text = (char *)text,
                    .size = strlen(text),
                    .delimiter = ',',
                    .first_record = 5,
                    .first_line = 10 };
    ChunkPlace place = CHUNK_BEGIN;

    for (guint i = 0; i < G_N_ELEMENTS(lines); i++)
        cr_expect(eq(u64, chunk_line(&chunk, 5 + i, &place), lines[i]), "%u", i);
    cr_expect(eq(u64, chunk_line(&chunk, 6, &place), 13));
}

Test(chunk, tells_the_records_that_hold_what_is_no_text)
{
    static const char bytes[] = "a,b\n\nT\xe4\xb8,b\n\"x\n\xff\ny\xff\",b\ngood,b\nn\0,b\nla\xe4";
    static const char mended[] = "a,b\n\nT??,b\n\"x\n?\ny?\",b\ngood,b\nn?,b\nla?";
    static const SurveyLeftOut want[] = { { 2, SURVEY_ROW_BYTES },
                                          { 3, SURVEY_ROW_BYTES },
                                          { 5, SURVEY_ROW_NUL },
                                          { 6, SURVEY_ROW_BYTES } };
    g_autofree char *path = g_strdup("chunk-XXXXXX");
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Stream) stream = NULL;
    g_autoptr(ChunkReader) reader = NULL;
    EncodingFound found;
    Chunk chunk = { 0 };

    close(g_mkstemp(path));
    cr_assert(g_file_set_contents(path, bytes, sizeof bytes - 1, NULL));
    stream = stream_open(path, NULL, NULL);
    g_unlink(path);
    stream_tolerate(stream);
    cr_assert(stream_decode(stream, "UTF-8", &found, findings, NULL));
    reader = chunk_reader_new(stream, ',', 0, 0);
    cr_assert(chunk_reader_next(reader, &chunk, NULL));
    cr_assert(eq(sz, chunk.size, sizeof mended - 1));
    cr_expect(eq(int, memcmp(chunk.text, mended, chunk.size), 0));
    cr_expect(eq(u64, chunk.n_records, 6));
    cr_assert(chunk.spoiled != NULL);
    cr_assert(eq(u32, chunk.spoiled->len, G_N_ELEMENTS(want)));
    for (guint i = 0; i < G_N_ELEMENTS(want); i++) {
        const SurveyLeftOut *spoiled = &g_array_index(chunk.spoiled, SurveyLeftOut, i);

        cr_expect(eq(u64, spoiled->record, want[i].record));
        cr_expect(eq(u32, spoiled->reason, want[i].reason));
    }
    chunk_clear(&chunk);
}
