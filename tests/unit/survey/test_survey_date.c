#include "survey/survey_date.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

Test(survey_date, days_are_read_as_tools_write_them)
{
    static const struct {
        const char *text;
        LayoutDates dates;
        const char *day; /* NULL: it is none */
    } CASES[] = {
        { "2026-09-03", DATES_YEAR_FIRST, "2026-9-3" },
        { "2026/9/3 12:00:00", DATES_YEAR_FIRST, "2026-9-3" },
        { "2026.9.3", DATES_DAY_FIRST, "2026-9-3" },
        { "2026\u5e749\u67083\u65e5", DATES_YEAR_FIRST, "2026-9-3" },
        { "2026-09-03T04:04:10.000Z", DATES_YEAR_FIRST, "2026-9-3" },
        { "3.9.2026", DATES_DAY_FIRST, "2026-9-3" },
        { "9/3/2026", DATES_MONTH_FIRST, "2026-9-3" },
        { "9/3/26", DATES_MONTH_FIRST, "2026-9-3" },
        { "23/9/2026", DATES_MONTH_FIRST, "2026-9-23" },
        { "9/23/2026", DATES_YEAR_FIRST, "2026-9-23" },
        { "23.9.2026", DATES_YEAR_FIRST, "2026-9-23" },
        { "9/9/2026", DATES_YEAR_FIRST, "2026-9-9" },
        { "9/3/2026", DATES_YEAR_FIRST, NULL },
        { "2026-09", DATES_YEAR_FIRST, NULL },
        { "2026-09-03x", DATES_YEAR_FIRST, NULL },
        { "1-2-345", DATES_DAY_FIRST, NULL },
        { "20260903", DATES_YEAR_FIRST, NULL },
        { "", DATES_YEAR_FIRST, NULL },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        guint year, month, day;
        gboolean is_day = survey_date_day(CASES[i].text, CASES[i].dates, &year, &month, &day);
        g_autofree char *read =
            is_day ? g_strdup_printf("%u-%u-%u", year, month, day) : g_strdup("none");

        cr_expect(eq(str, read, (char *)(CASES[i].day ? CASES[i].day : "none")), "%s",
                  CASES[i].text);
    }
}

static gint64 moment(const char *text)
{
    return survey_date_moment(text, strlen(text), DATES_MONTH_FIRST);
}

Test(survey_date, moments_grow_with_time)
{
    cr_expect(eq(i64, moment("2026/9/3 12:00:01") - moment("2026-09-03 12:00"), 1));
    cr_expect(eq(i64, moment("09/03/2026 12:00:00 AM"), moment("2026-09-03")));
    cr_expect(eq(i64, moment("09/03/2026 1:00:00 PM") - moment("2026-09-03 12:00"), 3600));
    cr_expect(eq(i64, moment("2022/06/22 11:07:29 AM AST"), moment("2022-06-22 11:07:29")));
    cr_expect(eq(i64, moment("2026-09-03T12:00:00.000+08:00"), moment("2026-09-03T04:00:00.5Z")));
    cr_expect(eq(i64, moment("2026/09/03 12:00:00 PM GMT+8"), moment("2026-09-03T04:00:00Z")));
    cr_expect(eq(i64, moment("2026-09-03T12:00:00-0130") - moment("2026-09-03T12:00:00Z"), 5400));
    cr_expect(eq(i64, moment("[not completed]"), 0));
    cr_expect(eq(i64, moment("2026-02-30"), 0));
    cr_expect(eq(i64, moment(""), 0));
}
