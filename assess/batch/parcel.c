#include "batch/parcel.h"

Parcel *parcel_new(void)
{
    Parcel *parcel = g_new0(Parcel, 1);

    parcel->text = g_string_new(NULL);
    parcel->heads = g_string_new(NULL);
    parcel->entries = g_array_new(FALSE, FALSE, sizeof(ParcelEntry));
    parcel->json = g_string_new(NULL);
    parcel->index = g_string_new(NULL);
    return parcel;
}

void parcel_free(Parcel *parcel)
{
    if (!parcel)
        return;
    g_string_free(parcel->text, TRUE);
    g_string_free(parcel->heads, TRUE);
    g_array_unref(parcel->entries);
    g_string_free(parcel->json, TRUE);
    g_string_free(parcel->index, TRUE);
    g_clear_error(&parcel->error);
    g_free(parcel);
}

void parcel_clear(Parcel *parcel)
{
    g_string_truncate(parcel->text, 0);
    g_string_truncate(parcel->heads, 0);
    g_array_set_size(parcel->entries, 0);
    g_string_truncate(parcel->json, 0);
    g_string_truncate(parcel->index, 0);
    parcel->companies = parcel->documents = parcel->substituted = parcel->first_substituted = 0;
    g_clear_error(&parcel->error);
}
