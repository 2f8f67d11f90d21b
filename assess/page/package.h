/* package.h - whether a ZIP package of XML parts, such as a workbook, is whole. The library that
 * writes workbooks does not notice that the disk of its temporary files is full. */
#pragma once

#include <glib.h>

/* Whether every part can be unpacked and ends with the end of its root element. */
gboolean package_is_whole(const char *data, gsize size);
/* Bytes of a part before they were packed, from the last bytes of a package, where all parts are
 * named; 0 if it is not there. */
guint64 package_part(const char *tail, gsize size, const char *name);
