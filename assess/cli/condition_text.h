/* condition_text.h - a condition, or a part of one, in the words of its questions, options and
 * groups; as the file writes it where it is not simple enough for that. */
#pragma once

#include "report/terminal.h"

typedef struct {
    char *text;         /* the caller's */
    const char *option; /* that it is compared with; NULL if it is no such comparison. Borrowed */
    const char *key;    /* of the template: how it is compared; NULL with the option */
} ConditionText;

/* The words of a node of a requirement's condition. */
ConditionText condition_text(const Terminal *terminal, const Plan *plan,
                             const Requirement *requirement, int at);
/* Those words, or several joined as `text`, with what they have to reach. Free with g_free(). */
char *condition_sentence(const Terminal *terminal, const char *text, const ConditionText *part);
