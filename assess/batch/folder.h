/* folder.h - the directory that a run writes into. What is not finished stands in a part of it that
 * is called FOLDER_STATE; finished files are gathered in there and put into their places at the
 * end, all of them, so that a directory never holds half of a run. */
#pragma once

#include <glib.h>

#define FOLDER_STATE ".assess" /* of a run that is going on, or was stopped */
#define FOLDER_DONE "done"     /* in it: finished, not yet in place */

/* Make the directory and its state; both may be there. FALSE and FILE_IO_ERROR_WRITE. */
gboolean folder_make(const char *folder, GError **error);
/* Make one; it may be there. */
gboolean folder_make_one(const char *path, GError **error);
/* FOLDER/.assess/NAME, FOLDER/.assess/done/NAME, FOLDER/NAME. Free with g_free(). */
char *folder_part(const char *folder, const char *name);
char *folder_done(const char *folder, const char *name);
char *folder_path(const char *folder, const char *name);
gboolean folder_has_part(const char *folder, const char *name);
gboolean folder_has(const char *folder, const char *name);

/* Move a part among what is done; nothing if it is there already. FALSE and FILE_IO_ERROR_WRITE. */
gboolean folder_finish(const char *folder, const char *part, const char *name, GError **error);
/* Put what is done into its place, whatever stood there, and make it durable. */
gboolean folder_place(const char *folder, GError **error);
/* Forget the state; the directory itself stays. */
gboolean folder_forget(const char *folder, GError **error);
/* Remove a file or folder with all that is in it; nothing if it is not there. */
gboolean folder_remove(const char *path, GError **error);
