#include "cohort/load.h"

Load *load_new(void)
{
    Load *load = g_new0(Load, 1);

    load->results = g_string_new(NULL);
    load->rejects = g_string_new(NULL);
    return load;
}

void load_free(Load *load)
{
    if (!load)
        return;
    chunk_clear(&load->chunk);
    g_string_free(load->results, TRUE);
    g_string_free(load->rejects, TRUE);
    g_free(load->fault);
    g_free(load);
}

void load_clear(Load *load)
{
    g_string_truncate(load->results, 0);
    g_string_truncate(load->rejects, 0);
    load->graded = load->rejected = 0;
    g_clear_pointer(&load->fault, g_free);
}
