/* duplicates.h - several records of one company: which of them counts. Companies are one if they
 * have the same social credit code or, having none, the same folded name. */
#pragma once

#include "batch/ledger.h"

typedef enum {
    DUPLICATES_LAST,   /* the default: who answers again corrects. By the time of the answer where
                        * the survey tells it, then by record */
    DUPLICATES_FIRST,  /* likewise */
    DUPLICATES_BEST,   /* by level, then score; of equals the last */
    DUPLICATES_WORST,  /* of equals the last */
    DUPLICATES_MEDIAN, /* of an even number the worse of the two in the middle */
    DUPLICATES_ERROR   /* none of them is graded */
} DuplicatePolicy;

typedef struct {
    guint64 companies;     /* with more than one record */
    guint64 left_out;      /* records */
    guint64 first, second; /* the first two of one company, for a message */
    guint64 alike, sets; /* companies that stand in results and answered alike, and sets of such */
} DuplicateCount;

/* "last"; DUPLICATES_LAST with FALSE if there is none of that name. */
gboolean duplicates_policy(const char *name, DuplicatePolicy *policy);
const char *duplicates_name(DuplicatePolicy policy);
/* NULL-terminated. */
const char *const *duplicates_names(void);

/* Find them among the companies of a folder's state, and write which are left out beside them.
 * FALSE and FILE_IO_ERROR_*. */
gboolean duplicates_resolve(const char *folder, DuplicatePolicy policy, DuplicateCount *count,
                            GError **error);
