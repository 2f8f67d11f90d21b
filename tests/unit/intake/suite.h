/* suite.h - published test data beside the repository, which tests read and never copy: in
 * $ASSESS_SHARED, else in
 * ../shared/data. Without them a test that wants them is skipped by name; where CI is set it fails.
 */
#pragma once

#include <glib.h>

#include "rubric/rubric.h"

/* The path of a file or folder of the data; the test is skipped or fails if it is not there. Free
 * with g_free(). */
char *suite_path(const char *relative);
/* The names in a folder of the data, sorted; of char *. Free with g_ptr_array_unref(). */
GPtrArray *suite_names(const char *relative);
/* The bytes of a file of the data. Free with g_bytes_unref(). */
GBytes *suite_bytes(const char *relative);

/* All findings as text: "error sheet.csv:2:1: message [hint]" a line, record numbers left out. Free
 * with g_free(). */
char *suite_told(const Findings *findings);
/* Write a file of that name into a new folder; its path. Free with g_free(). */
char *suite_file(const char *name, const void *data, gsize size);
/* Remove the file and its folder. */
void suite_remove(const char *path);

/* A small rubric with a question of every type, in English and Chinese: see suite.c. Free with
 * rubric_free(). */
Rubric *suite_rubric(void);
/* A social credit code that is right: the example of GB 32100-2015. */
#define SUITE_CODE "91350100M000100Y43"
