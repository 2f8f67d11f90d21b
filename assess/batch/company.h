/* company.h - what is kept of a company that was graded: who it is, how it stands, where its row
 * is. Of a fixed size, so that companies beyond memory can be sorted. */
#pragma once

#include "batch/results.h"
#include "cohort/statistics.h"

typedef struct {
    guint64 key[2]; /* of its social credit code, else of its folded name; both 0: it has neither */
    Fingerprint like;            /* of its answers; both 0: too few to compare */
    guint64 record;              /* 1 is the first below the header */
    gint64 when;                 /* it was answered, see Block; 0: not known */
    guint64 offset;              /* of its row in results.csv */
    gint64 low, high;            /* score in millionths; G_MININT64: none */
    guint32 length;              /* of its row */
    gint8 level, level_possible; /* -1: none */
    guint8 reserved[2];
} Company;

/* Of a row of a block that was graded, without offset, length and fingerprint. */
void company_fill(Company *company, const Results *results, const Block *block,
                  const Grades *grades, guint row);
/* The better one: by level, then by the low end of its score, then by the high end. Negative if `a`
 * is worse than `b`, 0 if none is. */
int company_compare(const Company *a, const Company *b);
/* Whether the company can be told from others. */
gboolean company_has_key(const Company *company);
