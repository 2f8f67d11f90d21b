#include "base/date.h"

#include <string.h>

/* The number in `length` digits, or 0. */
static guint digits(const char *text, guint length)
{
    guint number = 0;

    for (guint i = 0; i < length; i++) {
        if (!g_ascii_isdigit(text[i]))
            return 0;
        number = number * 10 + (guint)(text[i] - '0');
    }
    return number;
}

gboolean date_parse(const char *text, gint32 *day)
{
    guint year, month, date;
    GDate calendar;

    if (strlen(text) != strlen("YYYY-MM-DD") || text[4] != '-' || text[7] != '-')
        return FALSE;
    year = digits(text, 4);
    month = digits(text + 5, 2);
    date = digits(text + 8, 2);
    if (!g_date_valid_dmy((GDateDay)date, (GDateMonth)month, (GDateYear)year))
        return FALSE;
    g_date_clear(&calendar, 1);
    g_date_set_dmy(&calendar, (GDateDay)date, (GDateMonth)month, (GDateYear)year);
    *day = (gint32)g_date_get_julian(&calendar);
    return TRUE;
}

char *date_text(gint32 day)
{
    GDate date;

    g_date_clear(&date, 1);
    g_date_set_julian(&date, (guint32)day);
    return g_strdup_printf("%04d-%02d-%02d", (int)g_date_get_year(&date),
                           (int)g_date_get_month(&date), (int)g_date_get_day(&date));
}
