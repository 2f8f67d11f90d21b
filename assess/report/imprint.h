/* imprint.h - what a document says of itself in its properties, in the words of its template. */
#pragma once

#include "report/story.h"

typedef struct {
    char *title, *subject, *keywords, *creator;
    char *author; /* NULL if nobody is named */
} Imprint;

/* Free what it holds with imprint_clear(). */
Imprint imprint_of(const Story *story);
void imprint_clear(Imprint *imprint);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Imprint, imprint_clear)
