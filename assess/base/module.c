#include "base/module.h"

#include <dlfcn.h>
#include <string.h>

void *module_open(const char *library, const char *need, const ModuleSymbol *symbols, guint n,
                  void *table, char **problem)
{
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);

    if (!handle) {
        *problem = need ? g_strdup_printf("%s: %s", need, dlerror()) : g_strdup(dlerror());
        return NULL;
    }
    for (guint i = 0; i < n; i++) {
        void *function = dlsym(handle, symbols[i].name);

        if (!function) {
            *problem = g_strdup_printf("%s has no %s", library, symbols[i].name);
            dlclose(handle);
            return NULL;
        }
        /* POSIX: a function's address comes as an object's */
        memcpy((char *)table + symbols[i].offset, &function, sizeof function);
    }
    return handle;
}
