#include "page/font_file.h"

#include <fontconfig/fontconfig.h>

/* fontconfig answers with its nearest font, whatever is asked: only a font that says it is of the
 * family counts. */
static gboolean is_of_family(FcPattern *pattern, const char *family)
{
    FcChar8 *name;

    for (int i = 0; FcPatternGetString(pattern, FC_FAMILY, i, &name) == FcResultMatch; i++)
        if (g_ascii_strcasecmp((const char *)name, family) == 0)
            return TRUE;
    return FALSE;
}

static char *best_match(FcConfig *config, const char *family, guint *index)
{
    FcPattern *wanted = FcPatternCreate();
    FcPattern *found;
    FcChar8 *file = NULL;
    char *path = NULL;
    int face = 0;
    FcResult result;

    FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)family);
    FcConfigSubstitute(config, wanted, FcMatchPattern);
    FcDefaultSubstitute(wanted);
    found = FcFontMatch(config, wanted, &result);
    if (found && is_of_family(found, family) &&
        FcPatternGetString(found, FC_FILE, 0, &file) == FcResultMatch) {
        FcPatternGetInteger(found, FC_INDEX, 0, &face);
        path = g_strdup((const char *)file);
        *index = (guint)face & 0xffff; /* the upper half names an instance of a variable font */
    }
    if (found)
        FcPatternDestroy(found);
    FcPatternDestroy(wanted);
    return path;
}

char *font_file_of_family(const char *family, guint *index)
{
    FcConfig *config = FcInitLoadConfigAndFonts();
    char *path = config ? best_match(config, family, index) : NULL;

    if (config)
        FcConfigDestroy(config);
    return path;
}

char *font_file_find(const char *family, const char *usual, guint *index, GError **error)
{
    const char *chosen = g_getenv("ASSESS_FONT");
    char *path;

    *index = 0;
    if (chosen && *chosen)
        return g_strdup(chosen);
    if (usual && g_file_test(usual, G_FILE_TEST_IS_REGULAR))
        return g_strdup(usual);
    path = font_file_of_family(family, index);
    if (!path)
        g_set_error(error, FONT_ERROR, FONT_ERROR_MISSING,
                    "font \"%s\" not found; install it (Debian: fonts-wqy-microhei) or name a "
                    "TrueType file in "
                    "ASSESS_FONT",
                    family);
    return path;
}
