/* block_bench - grades companies made at random by column, fast, and by the scalar engine.
 *
 *     block_bench rate RUBRIC.ini [blanks|na|evidence|waivers]...   rows a second of both engines
 *     block_bench check ROWS SEED RUBRIC.ini...   both engines on ROWS rows of every rubric, of
 * every profile; the first row of each that differs
 *
 * A rubric below another (`base`) is looked for beside it, as ID_EDITION.ini.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rules/crowd.h"
#include "scoring/assessment.h"
#include "scoring/block_check.h"

enum { DATE = 739000, MIXES = 16, BLOCKS = 8, SCALAR_ROWS = 512 };

static char *locate(const char *reference, gpointer folder)
{
    g_auto(GStrv) parts = g_strsplit(reference, "@", 2);

    return g_strdup_printf("%s/%s_%s.ini", (const char *)folder, parts[0], parts[1]);
}

static Rubric *load(const char *path)
{
    g_autoptr(Findings) findings = findings_new();
    g_autofree char *folder = g_path_get_dirname(path);
    Rubric *rubric = rubric_load(path, locate, folder, findings, NULL);

    if (!rubric)
        fprintf(stderr, "block_bench: %s is no rubric\n", path);
    return rubric;
}

/* Of this process on a core, whatever else the machine does. */
static double seconds(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* ---- rate ---- */

static void tell(const char *engine, double taken, double rows)
{
    printf("%s: %.4f us a row, %.0f rows a second\n", engine, taken * 1e6 / rows, rows / taken);
}

static void rate_blocks(BlockGrader *grader, Block *const *blocks)
{
    double best = G_MAXDOUBLE;

    for (int round = 0; round < 20; round++) {
        double start = seconds();

        for (int i = 0; i < 10 * BLOCKS; i++)
            block_grade(grader, blocks[i % BLOCKS]);
        best = MIN(best, seconds() - start);
    }
    tell("blocks", best, 10.0 * BLOCKS * BLOCK_ROWS);
}

static void rate_scalar(const Plan *plan, const Block *block)
{
    double start;
    Answers *answers[SCALAR_ROWS];

    for (guint row = 0; row < SCALAR_ROWS; row++)
        answers[row] = block_answers(block, row);
    start = seconds();
    for (guint row = 0; row < SCALAR_ROWS; row++)
        assessment_free(assessment_new(plan, answers[row], DATE, FALSE));
    tell("scalar", seconds() - start, SCALAR_ROWS);
}

static int rate(const char *path, char **words, int n_words)
{
    g_autoptr(Rubric) rubric = load(path);
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    g_autoptr(Plan) plan = rubric ? plan_compile(rubric, NULL, findings) : NULL;
    g_autoptr(BlockGrader) grader = NULL;
    Block *blocks[BLOCKS];
    CrowdMix mix = { 0 };

    if (!plan)
        return EXIT_FAILURE;
    for (int i = 0; i < n_words; i++) {
        mix.blanks |= strcmp(words[i], "blanks") == 0;
        mix.not_applicable |= strcmp(words[i], "na") == 0;
        mix.evidence |= strcmp(words[i], "evidence") == 0;
        mix.waivers |= strcmp(words[i], "waivers") == 0;
    }
    grader = block_grader_new(plan, DATE);
    for (guint i = 0; i < BLOCKS; i++) {
        blocks[i] = crowd_block(rubric, &mix);
        crowd_fill(blocks[i], BLOCK_ROWS, &mix, DATE, random);
    }
    rate_blocks(grader, blocks);
    rate_scalar(plan, blocks[0]);
    for (guint i = 0; i < BLOCKS; i++)
        block_free(blocks[i]);
    return EXIT_SUCCESS;
}

/* ---- check ---- */

/* FALSE, after telling it, if a row differs. */
static gboolean check_block(BlockGrader *grader, Block *block, const CrowdMix *mix, guint n,
                            GRand *random, const char *path)
{
    crowd_fill(block, n, mix, DATE, random);
    block_grade(grader, block);
    for (guint row = 0; row < n; row++) {
        g_autofree char *fault = block_check_row(grader, block, row);

        if (fault) {
            printf("%s: row %u: %s\n", path, row, fault);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean check_plan(const Plan *plan, guint n_rows, guint32 seed, const char *path)
{
    g_autoptr(BlockGrader) grader = block_grader_new(plan, DATE);
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);

    for (guint i = 0; i < MIXES; i++) {
        const CrowdMix mix = { i & 1, i & 2, i & 4, i & 8 };
        g_autoptr(Block) block = crowd_block(plan->rubric, &mix);

        for (guint done = 0, n; done < (n_rows + MIXES - 1) / MIXES; done += n) {
            n = MIN((n_rows + MIXES - 1) / MIXES - done, BLOCK_ROWS);
            if (!check_block(grader, block, &mix, n, random, path))
                return FALSE;
        }
    }
    return TRUE;
}

static gboolean check_rubric(const char *path, guint n_rows, guint32 seed)
{
    g_autoptr(Rubric) rubric = load(path);
    gboolean good = rubric != NULL;

    for (int i = NOWHERE; good && i < (int)rubric->profiles->len; i++) {
        g_autoptr(Findings) findings = findings_new();
        const char *profile = i == NOWHERE ? NULL : RUBRIC_PROFILE(rubric, i)->id;
        g_autoptr(Plan) plan = plan_compile(rubric, profile, findings);

        good = plan && check_plan(plan, n_rows, seed + (guint32)i, path);
    }
    return good;
}

int main(int argc, char **argv)
{
    guint passed = 0, failed = 0;

    if (argc >= 3 && strcmp(argv[1], "rate") == 0)
        return rate(argv[2], argv + 3, argc - 3);
    if (argc < 5 || strcmp(argv[1], "check") != 0) {
        fprintf(stderr, "usage: block_bench rate RUBRIC.ini [WORD]... | check ROWS SEED "
                        "RUBRIC.ini...\n");
        return 2;
    }
    for (int i = 4; i < argc; i++) {
        gboolean good =
            check_rubric(argv[i], (guint)atoi(argv[2]), (guint32)atoi(argv[3]) + (guint32)i);

        passed += good;
        failed += !good;
    }
    printf("%u passed, %u failed\n", passed, failed);
    return failed > 0;
}
