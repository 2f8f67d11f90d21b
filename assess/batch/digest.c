#include "batch/digest.h"

#include <string.h>

/* SipHash: Aumasson and Bernstein, 2012, with the 128 bits of its reference implementation. */
typedef struct {
    guint64 v0, v1, v2, v3;
} State;

static inline guint64 rotate(guint64 word, guint bits)
{
    return word << bits | word >> (64 - bits);
}

static inline void turn(State *state, guint rounds)
{
    for (guint i = 0; i < rounds; i++) {
        state->v0 += state->v1;
        state->v1 = rotate(state->v1, 13) ^ state->v0;
        state->v0 = rotate(state->v0, 32);
        state->v2 += state->v3;
        state->v3 = rotate(state->v3, 16) ^ state->v2;
        state->v0 += state->v3;
        state->v3 = rotate(state->v3, 21) ^ state->v0;
        state->v2 += state->v1;
        state->v1 = rotate(state->v1, 17) ^ state->v2;
        state->v2 = rotate(state->v2, 32);
    }
}

static inline void take(State *state, guint64 word)
{
    state->v3 ^= word;
    turn(state, 2);
    state->v0 ^= word;
}

static inline guint64 finish(State *state)
{
    turn(state, 4);
    return state->v0 ^ state->v1 ^ state->v2 ^ state->v3;
}

void digest_of(guint8 kind, const char *text, gsize length, guint64 digest[2])
{
    const guint64 key0 = G_GUINT64_CONSTANT(0x0706050403020100) ^ kind;
    const guint64 key1 = G_GUINT64_CONSTANT(0x0f0e0d0c0b0a0908);
    State state = { key0 ^ G_GUINT64_CONSTANT(0x736f6d6570736575),
                    key1 ^ G_GUINT64_CONSTANT(0x646f72616e646f6d) ^ 0xee,
                    key0 ^ G_GUINT64_CONSTANT(0x6c7967656e657261),
                    key1 ^ G_GUINT64_CONSTANT(0x7465646279746573) };
    guint64 word;
    gsize at = 0;

    for (; at + sizeof word <= length; at += sizeof word) {
        memcpy(&word, text + at, sizeof word);
        take(&state, GUINT64_FROM_LE(word));
    }
    word = 0;
    memcpy(&word, text + at, length - at);
    take(&state, GUINT64_FROM_LE(word) | (guint64)length << 56);
    state.v2 ^= 0xee;
    digest[0] = finish(&state);
    state.v1 ^= 0xdd;
    digest[1] = finish(&state) | 1; /* both 0 stands for none */
}
