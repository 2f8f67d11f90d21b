#include "base/named.h"

#include <string.h>

#include "base/text.h"

static const char *name_of(gconstpointer row)
{
    return *(const char *const *)row;
}

gconstpointer named_find(gconstpointer rows, gsize size, const char *name)
{
    for (const guint8 *row = rows; row && name_of(row); row += size)
        if (strcmp(name_of(row), name) == 0)
            return row;
    return NULL;
}

const char *named_nearest(gconstpointer rows, gsize size, const char *name)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (const guint8 *row = rows; row && name_of(row); row += size)
        g_ptr_array_add(names, (gpointer)name_of(row));
    g_ptr_array_add(names, NULL);
    return text_nearest(name, (const char *const *)names->pdata);
}
