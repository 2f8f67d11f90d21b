/* documents.h - the folder of a run's reports: a file for each company, a thousand in a folder,
 * none of which was there before. Files are made durable all at once, which costs a hundredth of
 * what it costs one by one. */
#pragma once

#include <glib.h>

#define DOCUMENTS_FOLDER "reports"
#define DOCUMENTS_INDEX "index.csv"

enum { DOCUMENTS_A_FOLDER = 1000 };

typedef struct Documents Documents;

/* Make `folder`/reports. NULL and FILE_IO_ERROR_EXISTS if something of that name is there: reports
 * of another run would pass for reports of this one. Free with documents_free(), which takes the
 * folder away again if nothing is in it. */
Documents *documents_new(const char *folder, GError **error);
void documents_free(Documents *documents);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Documents, documents_free)

/* Where the document of that number, from 1, is: "000/NAME", as index.csv has it. Free with
 * g_free(). */
char *documents_place(guint64 number, const char *name);
/* Before documents are written: make the folder of this one, if it is the first in it. From one
 * thread, in order. FALSE and FILE_IO_ERROR_WRITE. */
gboolean documents_prepare(const Documents *documents, guint64 number, GError **error);
/* Write a new file. From any thread. FALSE and FILE_IO_ERROR_*; then it is not there. */
gboolean documents_write(const Documents *documents, const char *place, const void *data,
                         gsize size, GError **error);
/* All that was written is on the disk afterwards. FALSE and FILE_IO_ERROR_WRITE. */
gboolean documents_sync(const Documents *documents, GError **error);
