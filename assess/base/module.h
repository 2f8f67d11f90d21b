/* module.h - a shared library that is opened when something first needs it, because linking it
 * would make every start slower: its functions, found by name, in a table of the caller. */
#pragma once

#include <glib.h>

typedef struct {
    const char *name;
    gsize offset; /* of the function's pointer in the table */
} ModuleSymbol;

/* Open a library, by name or path, and fill `table`. The handle, for dlclose(), or NULL with
 * `problem` (free with g_free()): after `need`, which says what wants the library (NULL: nothing
 * before it), why it cannot be opened; or which function it lacks. */
void *module_open(const char *library, const char *need, const ModuleSymbol *symbols, guint n,
                  void *table, char **problem);
