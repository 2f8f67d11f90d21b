/* translation.h - messages about the input in the language of a report. The program makes them in
 * English; sections "[finding NAME]" of a template hold `text`, the message with holes "{1}", and
 * `text[zh]`, the same with the holes in any order. What fills a hole is copied as it is. */
#pragma once

#include "report/wording.h"

typedef struct {
    const Wording *wording; /* NULL: messages stay as they are */
    const char *language;
} Translation;

/* The message by the first section that fits it as a whole, else a copy of it. Free with g_free().
 */
char *translation_of(const Translation *translation, const char *message);
