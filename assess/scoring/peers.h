/* peers.h - where one company stands among many: made by cohort/benchmark.h from what they say
 * together, shown beside the assessment. Shares are percent of peers; scores are percent of the
 * best, both from bins of 1 %. Immutable. */
#pragma once

#include <glib.h>

#include "rubric/rubric.h"

enum { PEER_QUANTILES = 5, PEERS_WITHHELD = -1 };

/* The quantiles that are told, per mille of peers: 100, 250, 500, 750, 900. */
extern const guint PEER_PARTS[PEER_QUANTILES];

/* A score among the certain scores of peers. `above`: how many percent of peers certainly, and
 * possibly, have a lower one; rounded down and up, or half up where both are the same. */
typedef struct {
    int dimension; /* NOWHERE: of all */
    gint64 peers;  /* with a score; 0: nothing else is known */
    guint quantiles[PEER_QUANTILES];
    gboolean has_own;         /* the company has a score */
    double own_low, own_high; /* parts of the best */
    guint above_low, above_high;
} PeerPlace;

/* The peers that say the same in one field. */
typedef struct {
    int question;
    char *value;     /* an option's id, or a text */
    gint64 peers;    /* PEERS_WITHHELD: nothing else is told */
    gint64 at_level; /* that hold the company's level or more; or PEERS_WITHHELD */
    PeerPlace place;
} PeerGroup;

/* A question that most peers answer better: they have built a scene that this company lacks. */
typedef struct {
    int question;
    gint64 built, asked;
} PeerScene;

typedef struct {
    gint64 companies;
    char *date;        /* of their assessments; NULL if it is not known */
    gint64 min_group;  /* smaller groups are withheld; 0: none is */
    gint64 *at_level;  /* by level: peers that hold it or more, or PEERS_WITHHELD */
    GArray *places;    /* of PeerPlace: of all, then of the top dimensions */
    GPtrArray *groups; /* of PeerGroup * */
    GArray *scenes;    /* of PeerScene, what most peers have first */
    GBytes *file;      /* the cohort as it was read */
} Peers;

void peers_free(Peers *peers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Peers, peers_free)
PeerGroup *peer_group_new(int question, const char *value);
