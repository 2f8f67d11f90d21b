#include "cli/check_kind.h"

#include <string.h>

#include "base/file.h"

static const struct {
    const char *head; /* of a section */
    CheckKind kind;
} KINDS[] = {
    { "[rubric]", CHECK_RUBRIC },
    { "[report]", CHECK_TEMPLATE },
    { "[layout]", CHECK_LAYOUT },
    { "[column ", CHECK_MAPPING },
};

/* Whether a line of the text opens the section: most files are rubrics, and reading one twice for
 * this would cost as much as all else. */
static gboolean opens(GBytes *bytes, const char *head)
{
    gsize size;
    const char *text = g_bytes_get_data(bytes, &size);
    const char *at = size > 0 ? g_strstr_len(text, (gssize)size, head) : NULL;

    for (; at; at = g_strstr_len(at + 1, (gssize)(size - (gsize)(at + 1 - text)), head)) {
        const char *before = at;

        while (before > text && strchr(" \t", before[-1]))
            before--;
        if (before == text || before[-1] == '\n' || before[-1] == '\xbf') /* or a byte order mark */
            return TRUE;
    }
    return FALSE;
}

static CheckKind kind_of(const char *path)
{
    g_autoptr(GBytes) bytes = file_read(path, NULL);

    for (guint i = 0; bytes && i < G_N_ELEMENTS(KINDS); i++)
        if (opens(bytes, KINDS[i].head))
            return KINDS[i].kind;
    return CHECK_RUBRIC;
}

CheckKind check_kind(const Session *session, const char *reference, char **path)
{
    g_autofree char *rubric = library_rubric(session->library, reference, NULL);
    g_autofree char *found = NULL;
    CheckKind kind;

    *path = NULL;
    if (g_str_equal(reference, "-") || (rubric && strcmp(rubric, reference) != 0))
        return CHECK_RUBRIC;
    found = library_report(session->library, reference, NULL);
    if (!found)
        found = library_locate_layout(reference, session->library);
    kind = found ? kind_of(found) : CHECK_RUBRIC;
    if (kind != CHECK_RUBRIC)
        *path = g_steal_pointer(&found);
    return kind;
}
