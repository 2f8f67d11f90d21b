/* survey_date.h - days and times as survey tools and spreadsheets write them. */
#pragma once

#include "survey/layout.h"

/* Read a day: "2026/9/3 12:00", "3.9.2026", "9/3/26", "2026-09-03T04:04:10.000Z" and the like.
 * Where day and month could be either, `dates` says which stands first; with DATES_YEAR_FIRST such
 * a text is no day. FALSE if it is none; whether it is a day of the calendar is not looked at. */
gboolean survey_date_day(const char *text, LayoutDates dates, guint *year, guint *month,
                         guint *day);
/* The moment of a day with a time, if it has one: seconds that grow with it, an offset from UTC
 * taken off. 0 if it is none. Where day and month could be either, the month stands first. */
gint64 survey_date_moment(const char *text, gsize size, LayoutDates dates);
