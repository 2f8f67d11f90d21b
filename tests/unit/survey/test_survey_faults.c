#include "survey/survey_faults.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

static void add(SurveyFaults *faults, guint column, guint64 record, const char *text)
{
    g_autofree char *message = g_strdup_printf("\"%s\" is not an option", text);

    if (!survey_faults_again(faults, column, record, text, strlen(text)))
        survey_faults_add(faults, column, record, text, strlen(text), message, "a hint");
}

/* "column text count first;" each. */
static char *listed(const SurveyFaults *faults)
{
    g_autoptr(GPtrArray) list = survey_faults_list(faults);
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < list->len; i++) {
        const SurveyFault *fault = g_ptr_array_index(list, i);

        g_string_append_printf(out, "%u %s %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT ";",
                               fault->column, fault->text, fault->count, fault->first);
    }
    return g_string_free(out, FALSE);
}

Test(survey_faults, count_texts_and_keep_the_first_record)
{
    g_autoptr(SurveyFaults) faults = survey_faults_new(3);
    g_autofree char *told = NULL;

    add(faults, 2, 4, "maybe");
    add(faults, 0, 5, "x");
    add(faults, 2, 6, "perhaps");
    add(faults, 2, 7, "maybe");
    told = listed(faults);
    cr_expect(eq(str, told, "0 x 1 5;2 maybe 2 4;2 perhaps 1 6;"));
    cr_expect(eq(u64, survey_faults_count(faults), 4));
    cr_expect(eq(u64, survey_faults_column(faults, 2)->count, 3));
    cr_expect(eq(u64, survey_faults_column(faults, 2)->first, 4));
    cr_expect(not(survey_faults_column(faults, 2)->more));
}

Test(survey_faults, cut_a_long_text_between_characters)
{
    g_autoptr(SurveyFaults) faults = survey_faults_new(1);
    g_autoptr(GString) text = g_string_new("x");
    g_autoptr(GPtrArray) list = NULL;

    while (text->len < 2 * SURVEY_FAULT_TEXT)
        g_string_append(text, "\u4e2d");
    add(faults, 0, 1, text->str);
    list = survey_faults_list(faults);
    cr_expect(g_utf8_validate(((SurveyFault *)list->pdata[0])->text, -1, NULL));
    cr_expect(eq(sz, strlen(((SurveyFault *)list->pdata[0])->text), SURVEY_FAULT_TEXT - 2));
}

Test(survey_faults, are_the_same_however_many_readers_there_are)
{
    g_autofree char *alone = NULL;

    for (guint readers = 1; readers <= 7; readers += 3) {
        g_autoptr(SurveyFaults) all = survey_faults_new(2);
        g_autofree char *told = NULL;

        for (guint i = 0; i < readers; i++) {
            g_autoptr(SurveyFaults) part = survey_faults_new(2);

            for (guint record = 1 + i; record <= 3000; record += readers) {
                g_autofree char *text = g_strdup_printf("text %u", record * 7919 % 500);

                add(part, record % 2, record, text);
            }
            survey_faults_merge(all, part);
        }
        cr_expect(survey_faults_column(all, 0)->more);
        cr_expect(eq(u64, survey_faults_count(all), 3000));
        told = listed(all);
        if (!alone)
            alone = g_steal_pointer(&told);
        else
            cr_expect(eq(str, told, alone));
    }
}
