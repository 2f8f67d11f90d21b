/* subject.h - what a report is about where it is not one company: who is above this floor says who
 * it is about and tells it, block by block. */
#pragma once

#include <glib.h>

#include "rubric/rubric.h"

typedef struct Story Story;

typedef struct {
    const Rubric *rubric;
    gint32 date;                                           /* as GDate counts days */
    char *(*name)(const Story *story, gconstpointer data); /* free with g_free() */
    void (*tell)(Story *story, gconstpointer data);        /* appends to story->blocks */
    gconstpointer data;
} Subject;
