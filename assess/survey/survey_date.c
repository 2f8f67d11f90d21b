#include "survey/survey_date.h"

#include <string.h>

enum {
    TEXT_LIMIT = 64, /* bytes of a text that is looked at */
    CENTURY = 2000,  /* of a year with two digits */
    MONTHS = 12,
    DAY_SECONDS = 86400,
    HALF_DAY = 12
};

/* A number of the text and the text behind it. */
static gboolean take_number(const char **text, guint most, guint *number, guint *digits)
{
    guint n = 0;

    *number = 0;
    while (n < most && g_ascii_isdigit((*text)[n]))
        *number = *number * 10 + (guint)((*text)[n++] - '0');
    *text += n;
    *digits = n;
    return n > 0 && !g_ascii_isdigit(**text);
}

/* What stands between the parts of a day; Chinese texts have the words for year and month there. */
static gboolean take_mark(const char **text)
{
    static const char *const MARKS[] = { "-", "/", ".", "\u5e74", "\u6708" };

    for (guint i = 0; i < G_N_ELEMENTS(MARKS); i++)
        if (g_str_has_prefix(*text, MARKS[i])) {
            *text += strlen(MARKS[i]);
            return TRUE;
        }
    return FALSE;
}

static gboolean order_parts(const guint parts[3], const guint digits[3], LayoutDates dates,
                            guint *year, guint *month, guint *day)
{
    gboolean day_first = dates == DATES_DAY_FIRST || parts[0] > MONTHS;

    if (digits[0] == 4) {
        *year = parts[0];
        *month = parts[1];
        *day = parts[2];
        return digits[1] <= 2 && digits[2] <= 2;
    }
    if (digits[0] > 2 || digits[1] > 2 || (digits[2] != 4 && digits[2] != 2))
        return FALSE;
    if (dates == DATES_YEAR_FIRST && parts[0] <= MONTHS && parts[1] <= MONTHS &&
        parts[0] != parts[1])
        return FALSE;
    *year = digits[2] == 2 ? CENTURY + parts[2] : parts[2];
    *month = day_first ? parts[1] : parts[0];
    *day = day_first ? parts[0] : parts[1];
    return TRUE;
}

/* The day at the beginning of a text, which is moved behind it. */
static gboolean take_day(const char **text, LayoutDates dates, guint *year, guint *month,
                         guint *day)
{
    guint parts[3], digits[3];

    for (guint i = 0; i < 3; i++)
        if (!take_number(text, 4, &parts[i], &digits[i]) || (i < 2 && !take_mark(text)))
            return FALSE;
    if (g_str_has_prefix(*text, "\u65e5"))
        *text += strlen("\u65e5");
    return order_parts(parts, digits, dates, year, month, day);
}

gboolean survey_date_day(const char *text, LayoutDates dates, guint *year, guint *month, guint *day)
{
    const char *at = text + strspn(text, " \t");

    return take_day(&at, dates, year, month, day) &&
           (*at == '\0' || *at == ' ' || *at == 'T' || *at == 't');
}

/* ---- times ---- */

static guint take_clock(const char **text)
{
    guint parts[3] = { 0 }, digits;

    for (guint i = 0; i < 3; i++) {
        if (!take_number(text, 2, &parts[i], &digits))
            break;
        if (i == 2 || **text != ':')
            break;
        ++*text;
    }
    if (**text == '.')
        *text += 1 + strspn(*text + 1, "0123456789");
    *text += strspn(*text, " ");
    if (g_ascii_strncasecmp(*text, "PM", 2) == 0 && parts[0] < HALF_DAY)
        parts[0] += HALF_DAY;
    else if (g_ascii_strncasecmp(*text, "AM", 2) == 0 && parts[0] == HALF_DAY)
        parts[0] = 0;
    if (g_ascii_strncasecmp(*text, "PM", 2) == 0 || g_ascii_strncasecmp(*text, "AM", 2) == 0)
        *text += 2;
    return parts[0] * 3600 + parts[1] * 60 + parts[2];
}

/* "+08:00", "+0800", "GMT+8"; seconds. A name such as "AST" says nothing: the file has one. */
static int take_zone(const char *text)
{
    guint hours = 0, minutes = 0, digits = 0;
    int sign;

    text += strspn(text, " ");
    if (g_str_has_prefix(text, "GMT") || g_str_has_prefix(text, "UTC"))
        text += 3;
    if (*text != '+' && *text != '-')
        return 0;
    sign = *text++ == '-' ? -1 : 1;
    if (!take_number(&text, 4, &hours, &digits))
        return 0;
    if (digits > 2) {
        minutes = hours % 100;
        hours /= 100;
    } else if (*text == ':') {
        text++;
        take_number(&text, 2, &minutes, &digits);
    }
    return sign * (int)(hours * 3600 + minutes * 60);
}

gint64 survey_date_moment(const char *text, gsize size, LayoutDates dates)
{
    char copy[TEXT_LIMIT + 1] = { 0 };
    const char *at = copy;
    guint year, month, day;
    guint clock = 0;
    GDate date;

    memcpy(copy, text, MIN(size, TEXT_LIMIT));
    at += strspn(at, " \t'");
    if (!take_day(&at, dates == DATES_YEAR_FIRST ? DATES_MONTH_FIRST : dates, &year, &month,
                  &day) ||
        !g_date_valid_dmy((GDateDay)MIN(day, 99), (GDateMonth)MIN(month, 99), (GDateYear)year))
        return 0;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    if (*at == 'T' || *at == ' ') {
        at += 1 + strspn(at + 1, " ");
        clock = take_clock(&at);
    }
    return (gint64)g_date_get_julian(&date) * DAY_SECONDS + clock - take_zone(at);
}
