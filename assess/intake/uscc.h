/* uscc.h - unified social credit codes of Chinese organisations, as GB 32100-2015 builds them: 17
 * characters and a check character. */
#pragma once

#include <glib.h>

enum { USCC_LENGTH = 18 };

/* Whether `code`, in either case, is one. If not, `what` tells what is wrong; free with g_free().
 */
gboolean uscc_check(const char *code, char **what);
/* Whether these bytes are one as it is printed, in capital letters; told fast, for tables. */
gboolean uscc_is_right(const char *code, gsize size);
