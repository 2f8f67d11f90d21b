#include "batch/load.h"

Load *load_new(void)
{
    Load *load = g_new0(Load, 1);

    load->results = g_string_new(NULL);
    load->rejects = g_string_new(NULL);
    load->companies = g_array_new(FALSE, FALSE, sizeof(Company));
    load->rejected = g_array_new(FALSE, FALSE, sizeof(Rejected));
    load->left_out = g_array_new(FALSE, FALSE, sizeof(LeftOut));
    return load;
}

void load_free(Load *load)
{
    if (!load)
        return;
    g_string_free(load->results, TRUE);
    g_string_free(load->rejects, TRUE);
    g_array_unref(load->companies);
    g_array_unref(load->rejected);
    g_array_unref(load->left_out);
    g_free(load->fault);
    g_free(load);
}

void load_clear(Load *load)
{
    g_string_truncate(load->results, 0);
    g_string_truncate(load->rejects, 0);
    g_array_set_size(load->companies, 0);
    g_array_set_size(load->rejected, 0);
    load->filtered = 0;
    g_clear_pointer(&load->fault, g_free);
}
