#include "cli/say.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/tty.h"

static const char *const severity_colour[] = { "36", "33", "31" };

static void say(const char *colour, const char *label, const char *format, va_list arguments)
    G_GNUC_PRINTF(3, 0);
static void say(const char *colour, const char *label, const char *format, va_list arguments)
{
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    g_autofree char *visible = text_visible(text);

    if (tty_has_colour(STDERR_FILENO))
        fprintf(stderr, "\033[1;%sm%s:\033[0m %s\n", colour, label, visible);
    else
        fprintf(stderr, "%s: %s\n", label, visible);
}

void say_error(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(severity_colour[SEVERITY_ERROR], "assess: error", format, arguments);
    va_end(arguments);
}

void say_warning(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(severity_colour[SEVERITY_WARNING], "assess: warning", format, arguments);
    va_end(arguments);
}

void say_result(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say("33", "assess", format, arguments);
    va_end(arguments);
}

void say_hint(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say("36", "hint", format, arguments);
    va_end(arguments);
}

void say_unknown(const char *what, const char *word, const char *const *known)
{
    const char *nearest = text_nearest(word, known);
    g_autofree char *quoted = text_quote(word, 60);
    g_autofree char *all = g_strjoinv(", ", (char **)known);

    say_error("unknown %s %s", what, quoted);
    if (nearest)
        say_hint("did you mean \"%s\"?", nearest);
    else if (*all != '\0')
        say_hint("known: %s", all);
}

/* "acme.csv:12:8", "acme.csv:12 (record 3, column 2)": what is known of the place. */
static char *place_text(const Translation *translation, const Finding *finding)
{
    GString *text = g_string_new(NULL);
    g_autofree char *file = finding->file ? text_visible(finding->file) : NULL;
    g_autofree char *input = translation_of(translation, "standard input");
    g_autofree char *cell = NULL, *shown = NULL;

    if (!file)
        return g_string_free(text, FALSE);
    g_string_append(text, strcmp(file, "-") == 0 ? input : file);
    if (finding->line > 0)
        g_string_append_printf(text, ":%u", finding->line);
    if (finding->record > 0 && finding->column > 0)
        cell = g_strdup_printf(" (record %u, column %u)", finding->record, finding->column);
    else if (finding->record > 0)
        cell = g_strdup_printf(" (record %u)", finding->record);
    else if (finding->column > 0)
        cell = g_strdup_printf(":%u", finding->column);
    shown = translation_of(translation, cell ? cell : "");
    g_string_append_printf(text, "%s: ", shown);
    return g_string_free(text, FALSE);
}

/* The characters [from, from + length) of a line, made visible. */
static char *piece(const char *line, glong from, glong length)
{
    glong all = g_utf8_strlen(line, -1);
    glong begin = CLAMP(from, 0, all);
    glong end = CLAMP(from + length, begin, all);
    g_autofree char *cut = g_utf8_substring(line, begin, end);

    return text_visible(cut);
}

/* The source line with a caret under the fault. A long line is shown from a little before the
 * fault. */
static void append_excerpt(GString *text, const Finding *finding, gboolean colour, guint columns)
{
    enum { GUTTER = 8, BEFORE = 24 };
    glong at = finding->column > 0 ? (glong)finding->column - 1 : 0;
    g_autofree char *line = g_utf8_make_valid(finding->excerpt, -1);
    g_autofree char *whole = piece(line, 0, G_MAXINT);
    glong from = text_columns(whole) + GUTTER > columns && at > BEFORE ? at - BEFORE : 0;
    g_autofree char *shown = piece(line, from, G_MAXINT);
    g_autofree char *before = piece(line, from, at - from);
    g_autofree char *under = piece(line, at, MAX(finding->width, 1));
    g_autofree char *fitted = NULL;
    guint room = columns - GUTTER;
    guint start = text_columns(before);
    guint width = MAX(text_columns(under), 1);

    fitted = text_columns(shown) > room ? text_fit(shown, room) : g_strdup(shown);
    g_string_append_printf(text, "%5u | %s\n", finding->line, fitted);
    if (finding->column == 0 || start >= room)
        return;
    width = MIN(width, room - start);
    g_string_append_printf(text, "      | %*s%s^", (int)start, "", colour ? "\033[1;32m" : "");
    for (guint i = 1; i < width; i++)
        g_string_append_c(text, '~');
    g_string_append_printf(text, "%s\n", colour ? "\033[0m" : "");
}

static char *translated(const Translation *translation, const char *message)
{
    g_autofree char *text = translation_of(translation, message);

    return text_visible(text);
}

static const char *severity_word(const Translation *translation, Severity severity)
{
    const char *name = severity_name(severity);

    return translation->wording
               ? wording_get(translation->wording, "severity", name, translation->language)
               : name;
}

char *finding_text(const Translation *translation, const Finding *finding, gboolean colour,
                   guint columns)
{
    GString *text = g_string_new(NULL);
    g_autofree char *place = place_text(translation, finding);
    g_autofree char *message = translated(translation, finding->message);
    const char *severity = severity_word(translation, finding->severity);

    if (colour)
        g_string_append_printf(text, "\033[1m%s\033[%sm%s:\033[0m %s\n", place,
                               severity_colour[finding->severity], severity, message);
    else
        g_string_append_printf(text, "%s%s: %s\n", place, severity, message);
    if (finding->excerpt && finding->line > 0)
        append_excerpt(text, finding, colour, columns);
    if (finding->hint) {
        g_autofree char *label = translated(translation, "hint");
        g_autofree char *hint = translated(translation, finding->hint);

        g_string_append_printf(text, "%s%s%s: %s\n", colour ? "\033[1;36m" : "", label,
                               colour ? "\033[0m" : "", hint);
    }
    return g_string_free(text, FALSE);
}

void say_findings(const Findings *findings, Severity least, gboolean all)
{
    say_findings_in(&(Translation){ NULL, NULL }, findings, least, all);
}

void say_findings_in(const Translation *translation, const Findings *findings, Severity least,
                     gboolean all)
{
    gboolean colour = tty_has_colour(STDERR_FILENO);
    guint columns = tty_columns(STDERR_FILENO);
    guint minor = 0, left = 0;

    for (guint i = 0; i < findings_count(findings); i++) {
        const Finding *finding = findings_at(findings, i);
        g_autofree char *text = NULL;

        if (finding->severity < least)
            continue;
        if (finding->severity != SEVERITY_ERROR && ++minor > SAY_FINDINGS_LIMIT && !all) {
            left++;
            continue;
        }
        text = finding_text(translation, finding, colour, columns);
        fputs(text, stderr);
    }
    if (left > 0) {
        g_autofree char *count = g_strdup_printf("... and %u more; -v shows all", left);
        g_autofree char *more = translation_of(translation, count);

        fprintf(stderr, "%s\n", more);
    }
}

char *say_count(guint64 n, const char *one, const char *many)
{
    return g_strdup_printf("%" G_GUINT64_FORMAT " %s", n, n == 1 ? one : many);
}

ExitStatus say_output(const void *data, gsize size)
{
    if (ferror(stdout))
        return EXIT_IO;
    if (fwrite(data, 1, size, stdout) == size && fflush(stdout) == 0)
        return EXIT_DONE;
    if (errno != EPIPE)
        say_error("cannot write to standard output: %s", g_strerror(errno));
    return EXIT_IO;
}

ExitStatus say_text(const char *text)
{
    return say_output(text, strlen(text));
}
