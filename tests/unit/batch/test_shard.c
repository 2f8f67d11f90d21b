#include "batch/shard.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "batch/folder.h"

enum { SHARDS = 3, NAMED = 4 };

/* What a folder says. */
typedef struct {
    guint number, of;
    guint64 begin, end;
    const char *rubric, *fault;
} Said;

static void write_shard(const char *base, const char *name, const Said *said)
{
    g_autofree char *folder = g_build_filename(base, name, NULL);
    g_autofree char *shard = g_build_filename(folder, BATCH_SHARD, NULL);
    g_autofree char *path = g_build_filename(shard, "run", NULL);
    g_autoptr(Journal) run = journal_new();

    cr_assert(folder_make_one(folder, NULL));
    if (!said->rubric)
        return;
    cr_assert(folder_make_one(shard, NULL));
    journal_set_text(run, GROUP_RUN, "rubric", said->rubric);
    journal_set_number(run, GROUP_RUN, "shard", said->number);
    journal_set_number(run, GROUP_RUN, "shards", said->of);
    journal_set_number(run, GROUP_STATE, "begin", said->begin);
    journal_set_number(run, GROUP_STATE, "end", said->end);
    journal_set_text(run, GROUP_STATE, "fault", said->fault ? said->fault : "");
    cr_assert(journal_save(run, path, NULL));
}

/* Read the folders a, b, c in this order; what is wrong without the path of `base`, or "numbers
 * 1 2 3". */
static char *read_shards(const char *base, const char *order)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) shards = NULL;
    g_autoptr(GError) error = NULL;
    GString *said = g_string_new("numbers");

    for (const char *at = order; *at; at++)
        g_ptr_array_add(paths, g_strdup_printf("%s/%c", base, *at));
    g_ptr_array_add(paths, NULL);
    shards = shards_read((const char *const *)paths->pdata, &error);
    if (!shards) {
        g_autofree char *place = g_strconcat(base, "/", NULL);

        g_string_assign(said, error->message);
        g_string_replace(said, place, "", 0);
        return g_string_free(said, FALSE);
    }
    for (guint i = 0; i < shards->len; i++)
        g_string_append_printf(said, " %u", ((const Shard *)shards->pdata[i])->number);
    return g_string_free(said, FALSE);
}

Test(shard, fits_others_of_its_run_without_gap_or_overlap)
{
    static const struct {
        const char *order;
        Said said[SHARDS];
        const char *expected;
    } CASES[] = {
        { "abc",
          { { 1, 3, 0, 10, "r", NULL }, { 2, 3, 10, 20, "r", NULL }, { 3, 3, 20, 25, "r", NULL } },
          "numbers 1 2 3" },
        { "cab",
          { { 1, 3, 0, 10, "r", NULL }, { 2, 3, 10, 20, "r", NULL }, { 3, 3, 20, 25, "r", NULL } },
          "numbers 1 2 3" },
        { "a", { { 1, 1, 0, 10, "r", NULL } }, "numbers 1" },
        { "abc", /* no chunk for the second */
          { { 1, 3, 0, 10, "r", NULL }, { 2, 3, 0, 0, "r", NULL }, { 3, 3, 10, 25, "r", NULL } },
          "numbers 1 2 3" },
        { "abc", /* the text cannot be read beyond the first */
          { { 1, 3, 0, 10, "r", "a quote" },
            { 2, 3, 0, 0, "r", NULL },
            { 3, 3, 90, 95, "r", NULL } },
          "numbers 1 2 3" },
        { "ab",
          { { 1, 3, 0, 10, "r", NULL }, { 3, 3, 20, 25, "r", NULL } },
          "shard 2 of 3 is missing" },
        { "ab",
          { { 1, 3, 0, 10, "r", NULL }, { 2, 3, 10, 20, "r", NULL } },
          "shard 3 of 3 is missing" },
        { "ab",
          { { 1, 2, 0, 10, "r", NULL }, { 1, 2, 0, 10, "r", NULL } },
          "\"a\" and \"b\" both hold shard 1 of 2" },
        { "ab",
          { { 1, 2, 0, 10, "r", NULL }, { 2, 3, 10, 20, "r", NULL } },
          "\"b\" is one of 3 shards, \"a\" one of 2" },
        { "ab",
          { { 1, 2, 0, 10, "r", NULL }, { 2, 2, 10, 20, "q", NULL } },
          "\"b\" is a shard of another run than \"a\": its rubric is \"q\", not \"r\"" },
        { "ab",
          { { 1, 2, 0, 10, "r", NULL }, { 2, 2, 11, 20, "r", NULL } },
          "\"b\" begins at byte 11 of the text, but \"a\" ends at 10" },
        { "ab",
          { { 1, 2, 0, 10, "r", NULL }, { 2, 2, 9, 20, "r", NULL } },
          "\"b\" begins at byte 9 of the text, but \"a\" ends at 10" },
        { "ab",
          { { 1, 2, 0, 10, "r", NULL }, { 0, 0, 0, 0, NULL, NULL } },
          "\"b\" holds no shard" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *base = g_dir_make_tmp("shard-XXXXXX", NULL);
        g_autofree char *said = NULL;

        for (guint k = 0; k < SHARDS; k++) {
            char name[] = { (char)('a' + k), '\0' };

            write_shard(base, name, &CASES[i].said[k]);
        }
        said = read_shards(base, CASES[i].order);
        cr_expect(eq(str, said, (char *)CASES[i].expected), "case %u", i);
        cr_assert(folder_remove(base, NULL));
    }
}

Test(shard, that_is_not_finished_is_none)
{
    g_autofree char *base = g_dir_make_tmp("shard-XXXXXX", NULL);
    g_autofree char *folder = g_build_filename(base, "a", NULL);
    g_autofree char *path = folder_part(folder, PART_JOURNAL);
    g_autofree char *said = NULL;

    write_shard(base, "a", &(Said){ 1, 1, 0, 10, "r", NULL });
    cr_assert(folder_make(folder, NULL));
    cr_assert(g_file_set_contents(path, "", 0, NULL));
    said = read_shards(base, "a");
    cr_expect(eq(str, said, "\"a\" holds a run that was not finished"));
    cr_assert(folder_remove(base, NULL));
}

Test(shard, says_what_the_run_is_without_which_part_it_is)
{
    g_autofree char *base = g_dir_make_tmp("shard-XXXXXX", NULL);
    g_autofree char *folder = g_build_filename(base, "a", NULL);
    g_autofree char *rubric = NULL, *number = NULL, *nothing = NULL;
    const char *folders[] = { folder, NULL };
    g_autoptr(GPtrArray) shards = NULL;
    const Shard *shard;

    write_shard(base, "a", &(Said){ 1, 1, 7, 10, "r", "a quote" });
    shards = shards_read(folders, NULL);
    cr_assert(shards != NULL);
    shard = shards->pdata[0];
    rubric = shard_text(shard, GROUP_RUN, "rubric");
    number = shard_text(shard, GROUP_RUN, "shard");
    nothing = shard_text(shard, GROUP_RUN, "no such key");
    cr_expect(eq(u32, shard->number, 1));
    cr_expect(eq(u32, shard->of, 1));
    cr_expect(eq(u64, shard->begin, 7));
    cr_expect(eq(u64, shard->end, 10));
    cr_expect(eq(str, shard->fault, "a quote"));
    cr_expect(eq(str, rubric, "r"));
    cr_expect(eq(str, number, "0"));
    cr_expect_null(nothing);
    cr_assert(folder_remove(base, NULL));
}
