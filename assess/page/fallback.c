#include "page/fallback.h"

#include <pthread.h>

#include "page/font_file.h"

struct Fallback {
    GStrv families;
    Face *faces[FALLBACK_LIMIT];
    guint tried; /* of the families, in their order */
    pthread_mutex_t lock;
};

Fallback *fallback_new(const char *families)
{
    Fallback *fallback = g_new0(Fallback, 1);

    fallback->families = g_strsplit(families ? families : "", ",", -1);
    pthread_mutex_init(&fallback->lock, NULL);
    return fallback;
}

void fallback_free(Fallback *fallback)
{
    if (!fallback)
        return;
    for (guint i = 0; i < FALLBACK_LIMIT; i++)
        face_free(fallback->faces[i]);
    pthread_mutex_destroy(&fallback->lock);
    g_strfreev(fallback->families);
    g_free(fallback);
}

static Face *open_family(const char *family)
{
    guint index;
    g_autofree char *file = *family ? font_file_of_family(family, &index) : NULL;

    return file ? face_open(file, index, NULL) : NULL;
}

const Face *fallback_face(Fallback *fallback, guint place)
{
    g_return_val_if_fail(place < FALLBACK_LIMIT, NULL);
    pthread_mutex_lock(&fallback->lock);
    while (fallback->tried <= place) {
        guint at = fallback->tried++;

        if (at < g_strv_length(fallback->families))
            fallback->faces[at] = open_family(g_strstrip(fallback->families[at]));
    }
    pthread_mutex_unlock(&fallback->lock);
    return fallback->faces[place];
}
