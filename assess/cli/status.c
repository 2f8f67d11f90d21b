#include "cli/status.h"

#include <glib.h>

ExitStatus status_worse(ExitStatus a, ExitStatus b)
{
    static const ExitStatus order[] = {
        EXIT_USAGE, EXIT_IO, EXIT_REFUSED, EXIT_NOT_REACHED, EXIT_UNDETERMINED,
    };

    for (guint i = 0; i < G_N_ELEMENTS(order); i++)
        if (a == order[i] || b == order[i])
            return order[i];
    return EXIT_DONE;
}
