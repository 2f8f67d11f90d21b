/* sample.h - sample.csv: companies drawn for a check, so that anybody can draw them again. The
 * companies of results.csv are put in the order of a hash of the seed and of what names them, and
 * the first ones are taken: neither the order of the survey nor how it was divided matters, and
 * nobody can be put in or left out without another seed. The hash is the SHA-256 of
 * "SEED:KEY" as
 *     printf '%s' 'SEED:KEY' | sha256sum
 * gives it; KEY is the social credit code, without one the company's name, without both the number
 * of the record, as results.csv has them.
 *   place                              1 is drawn first
 *   company, uscc, level, level_possible, record       as in results.csv
 *   key, sha256 */
#pragma once

#include <glib.h>

#define SAMPLE_FILE "sample.csv"

/* Write `folder`/sample.csv from its results.csv; `size` is 1 to PODIUM_PLACES, `drawn` gets how
 * many there are. FALSE and FILE_IO_ERROR. */
gboolean sample_write(const char *folder, guint size, const char *seed, gboolean has_mark,
                      guint *drawn, GError **error);
