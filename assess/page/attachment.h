/* attachment.h - a file that goes into a PDF, or that was found in one. Those that go in are named
 * by us: letters, digits, points, dashes and underscores. Names of those found may be anything and
 * are never a path. Immutable. */
#pragma once

#include <glib.h>

#include "page/deflate.h"

typedef struct {
    char *name;
    char *type;     /* "text/csv"; NULL of one that was found */
    GBytes *bytes;  /* as they are */
    GBytes *packed; /* the same as a zlib stream; NULL if nobody has made it */
} Attachment;

/* Takes `bytes`. Free with attachment_free(). */
Attachment *attachment_new(const char *name, const char *type, GBytes *bytes);
/* A list of Attachment *. Free with g_ptr_array_unref(). */
GPtrArray *attachments_new(void);
/* Shares the bytes. */
Attachment *attachment_copy(const Attachment *attachment);
void attachment_free(Attachment *attachment);
/* For one that goes into many documents: pack it once. */
void attachment_pack(Attachment *attachment, Deflater *deflater);
/* The zlib stream. Free with g_bytes_unref(). */
GBytes *attachment_packed(const Attachment *attachment, Deflater *deflater);
/* The one of this name, NULL if there is none. */
const Attachment *attachments_find(const GPtrArray *attachments, const char *name);
/* In the order of their names, as PDF has them. */
void attachments_sort(GPtrArray *attachments);
