#include "proof/solving.h"

Solver *solving_new(void)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(program);
    g_autofree char *path = g_build_filename(folder, "assess-cbc.so", NULL);

    return solver_new(path);
}
