/* podium.h - the best few of many, in bounded memory: what is offered takes a place if it is better
 * than the worst that has one. Belongs to one thread. */
#pragma once

#include <glib.h>

enum { PODIUM_PLACES = 100000 /* at most */ };

typedef struct Podium Podium;

/* `compare` says which of two is better: below 0 the first; equal ones must not be offered. Items
 * are the podium's, and freed with `release`. Free with podium_free(). */
Podium *podium_new(guint places, GCompareFunc compare, GDestroyNotify release);
void podium_free(Podium *podium);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Podium, podium_free)

/* Whether the item, which is only looked at, would get a place. */
gboolean podium_wants(const Podium *podium, gconstpointer item);
/* Give it one; the worst goes if all are taken. Takes the item, which is wanted. */
void podium_add(Podium *podium, gpointer item);
/* Put them in order, the best first: borrowed, and nothing can be added any more. */
const GPtrArray *podium_order(Podium *podium);
