/* reference.h - the reference page of the rubric format: prose with the tables that rubrics are
 * read by in it, so that the page cannot say anything else than the program does. */
#pragma once

#include <glib.h>

/* The prose with its lines `{{sections}}`, `{{functions}}`, `{{limits}}` and the word
 * `{{operators}}` replaced, as Markdown. Free with g_free(). */
char *reference_page(const char *prose);
