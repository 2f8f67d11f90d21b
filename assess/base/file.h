/* file.h - reading a user's file within limits, its SHA-256, and writing ours whole or not at
 * all. */
#pragma once

#include <glib.h>

#define FILE_IO_ERROR (g_quark_from_static_string("file-io-error"))

typedef enum {
    FILE_IO_ERROR_READ,   /* missing, a directory, no permission */
    FILE_IO_ERROR_WRITE,  /* directory missing or not writable, disk full */
    FILE_IO_ERROR_EXISTS, /* a file of that name is there and may not be replaced */
    FILE_IO_ERROR_CLOSED  /* a pipe whose reader went away: it has enough */
} FileIoError;

enum { FILE_LIMIT = 512 * 1024 * 1024 }; /* bytes; a larger file is refused by file_read() */

/* Set `error` to what the system says, by errno, of a file that could not be read or written: the
 * one place that words it. Always FALSE. */
gboolean file_fault(GError **error, FileIoError code, const char *path, int number);

/* The whole file ("-": standard input). NULL and FILE_IO_ERROR_READ with a message that names
 * the path and what was found there. Free with g_bytes_unref(). */
GBytes *file_read(const char *path, GError **error);

/* Lower-case hexadecimal SHA-256. Free with g_free(). */
char *file_sha256(GBytes *bytes);

/* Write a new file whole: into a temporary one beside it, flushed, then renamed. An existing
 * file is replaced only if `replace`. "-" is standard output; devices and pipes are written as
 * they are. FALSE and FILE_IO_ERROR_* naming the path and the system's reason; then no file of
 * that name is changed and none is left behind. */
gboolean file_write(const char *path, const void *data, gsize size, gboolean replace,
                    GError **error);
/* Write all bytes to an open file or stream. 0 or an errno. */
int file_write_all(int fd, const void *data, gsize size);
