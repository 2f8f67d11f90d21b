/* assess.h - the library for other programs: a rubric opened once, answers graded by it, each
 * company's assessment as JSON by the contract "assess/1". Needs no other header and prints
 * nothing.
 *
 * Memory: a rubric is released by assess_rubric_free(), every text returned or stored through
 * `error` by assess_free(). Strings passed in are only borrowed for the call. Threads: an opened
 * rubric never changes, any number of threads may grade by it at once. */
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A rubric, checked and compiled, under one profile. */
typedef struct AssessRubric AssessRubric;

/* Flags of grading, or-ed. */
enum {
    ASSESS_STRICT = 1 /* an answer that cannot be read refuses the input; otherwise it counts as
                         blank and is told among the findings */
};

/* "1.0.0". Never to be freed. */
const char *assess_version(void);

/* Open the rubric in the file `path`; `profile` is the id of one of its profiles or NULL. NULL if
 * it cannot be read or has faults: `*error` then holds all of them, one a line. `error` may be
 * NULL. A rubric with a `base` finds it, as EDITION of ID, in the same folder in the file
 * ID_EDITION.ini. */
AssessRubric *assess_rubric_open(const char *path, const char *profile, char **error);
/* The same from `size` bytes in memory, named `name` in messages; here a `base` is refused. */
AssessRubric *assess_rubric_parse(const char *name, const void *data, size_t size,
                                  const char *profile, char **error);
/* NULL is allowed. Texts returned by the two below die with the rubric. */
void assess_rubric_free(AssessRubric *rubric);
const char *assess_rubric_id(const AssessRubric *rubric);
const char *assess_rubric_edition(const AssessRubric *rubric);

/* Grade the companies in CSV files (`n` paths: sheets or tables, as the program reads them) on the
 * assessment date "YYYY-MM-DD". The result is JSON, one object and one line a company, in the order
 * of the input. NULL if a file cannot be read or is refused: `*error` then says why, one fault a
 * line. */
char *assess_grade_files(const AssessRubric *rubric, const char *const *paths, size_t n,
                         const char *date, unsigned flags, char **error);
/* The same for one CSV file of `size` bytes in memory, named `name` in sources and findings. */
char *assess_grade(const AssessRubric *rubric, const char *name, const void *data, size_t size,
                   const char *date, unsigned flags, char **error);

/* Release a text. NULL is allowed. */
void assess_free(char *text);

#ifdef __cplusplus
}
#endif
