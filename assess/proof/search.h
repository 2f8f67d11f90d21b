/* search.h - the question that every proof asks: are there answers such that certain requirements
 * are met and others are not? First a few likely companies are tried and changed where they fall
 * short, graded by the engine; then an integer program decides. What it proposes is graded by the
 * engine as well: nothing is said to exist that the engine does not confirm. */
#pragma once

#include <glib.h>

#include "proof/space.h"
#include "proof/solver.h"
#include "proof/example.h"

typedef enum {
    WANT_MET,
    WANT_UNMET,    /* or unknown, which only a blank makes */
    WANT_NOT_UNMET /* met or not applicable */
} Want;

typedef struct {
    int sheet;       /* 0 or 1 */
    int requirement; /* NOWHERE: a level */
    int level;
    Want want; /* of a level: WANT_MET: held, else: not held */
} Goal;

typedef struct {
    GArray *goals; /* of Goal */
    int question;  /* in which two sheets differ; NOWHERE: there is one sheet */
    State first, second;
} Search;

typedef enum { SEARCH_FOUND, SEARCH_NONE, SEARCH_UNDECIDED } SearchOutcome;

/* Answers that were found: the second NULL for a search of one sheet. */
typedef struct {
    Example *sheets[2];
} Witness;

typedef struct {
    const Space *space;
    Solver *solver;
    gint64 deadline; /* of all searches, as g_get_monotonic_time() counts; then none is decided */
    Example *best, *worst;
} Searcher;

Searcher *searcher_new(const Space *space, Solver *solver);
/* All searches from now on take at most so many seconds together. */
void searcher_limit(Searcher *searcher, double seconds);
gboolean searcher_is_late(const Searcher *searcher);
void searcher_free(Searcher *searcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Searcher, searcher_free)

Search *search_new(void);
/* A search for two sheets that differ in one question alone. */
Search *search_new_step(int question, State first, State second);
void search_free(Search *search);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Search, search_free)

void search_requirement(Search *search, int sheet, int requirement, Want want);
void search_level(Search *search, int sheet, int level, gboolean is_held);

/* Run it. `witness` is filled if SEARCH_FOUND; clear it with witness_clear(). */
SearchOutcome search_run(Searcher *searcher, const Search *search, Witness *witness);
void witness_clear(Witness *witness);
/* Run it where only the outcome counts: no witness is made fit to be shown. */
SearchOutcome search_decide(Searcher *searcher, const Search *search);
