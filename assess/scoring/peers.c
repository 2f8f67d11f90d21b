#include "scoring/peers.h"

const guint PEER_PARTS[PEER_QUANTILES] = { 100, 250, 500, 750, 900 };

void peers_free(Peers *peers)
{
    if (!peers)
        return;
    g_free(peers->date);
    g_free(peers->at_level);
    g_array_unref(peers->places);
    g_ptr_array_unref(peers->groups);
    g_array_unref(peers->scenes);
    g_bytes_unref(peers->file);
    g_free(peers);
}

PeerGroup *peer_group_new(int question, const char *value)
{
    PeerGroup *group = g_new0(PeerGroup, 1);

    group->question = question;
    group->value = g_strdup(value);
    return group;
}
