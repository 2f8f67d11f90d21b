#include "intake/uscc.h"

#include <string.h>

#include "base/text.h"

/* GB 32100-2015: no I, O, S, V, Z, so that a code read aloud or by hand stays itself. */
static const char CHARACTERS[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

enum { MODULUS = 31, WEIGHT_BASE = 3 };

/* GB 32100-2015: the sum of value times 3 to the power of the place, and the check character, is 0
 * mod 31. */
static char check_character(const guint values[USCC_LENGTH - 1])
{
    guint sum = 0, weight = 1;

    for (guint i = 0; i < USCC_LENGTH - 1; i++) {
        sum += values[i] * weight;
        weight = weight * WEIGHT_BASE % MODULUS;
    }
    return CHARACTERS[(MODULUS - sum % MODULUS) % MODULUS];
}

gboolean uscc_check(const char *code, char **what)
{
    guint values[USCC_LENGTH - 1];
    glong length = g_utf8_strlen(code, -1);
    char expected;

    *what = NULL;
    if (length != USCC_LENGTH) {
        *what = g_strdup_printf("it has %ld characters, expected %d", length, USCC_LENGTH);
        return FALSE;
    }
    for (const char *p = code; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        const char *place = c < 0x80 ? strchr(CHARACTERS, g_ascii_toupper((char)c)) : NULL;

        if (!place) {
            g_autofree char *character = g_utf8_strup(p, g_utf8_next_char(p) - p);
            g_autofree char *quoted = text_quote(character, USCC_LENGTH);

            *what = g_strdup_printf("%s never stands in one", quoted);
            return FALSE;
        }
        if (p - code < USCC_LENGTH - 1)
            values[p - code] = (guint)(place - CHARACTERS);
    }
    expected = check_character(values);
    if (g_ascii_toupper(code[USCC_LENGTH - 1]) == expected)
        return TRUE;
    *what = g_strdup_printf("by its other characters the last one must be \"%c\"", expected);
    return FALSE;
}

/* Value + 1 of each character. */
static const guint8 VALUES[128] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
    ['G'] = 17, ['H'] = 18, ['J'] = 19, ['K'] = 20, ['L'] = 21, ['M'] = 22, ['N'] = 23, ['P'] = 24,
    ['Q'] = 25, ['R'] = 26, ['T'] = 27, ['U'] = 28, ['W'] = 29, ['X'] = 30, ['Y'] = 31,
};

/* 3 to the power of the place, mod 31: all of GB 32100-2015, table 2. */
static const guint8 WEIGHTS[USCC_LENGTH] = { 1,  3,  9,  27, 19, 26, 16, 17, 20,
                                             29, 25, 13, 8,  24, 10, 30, 28, 1 };

gboolean uscc_is_right(const char *code, gsize size)
{
    guint sum = 0;

    if (size != USCC_LENGTH)
        return FALSE;
    for (guint i = 0; i < USCC_LENGTH; i++) {
        guint value = (guchar)code[i] < 128 ? VALUES[(guchar)code[i]] : 0;

        if (value == 0)
            return FALSE;
        sum += (value - 1) * WEIGHTS[i];
    }
    return sum % MODULUS == 0;
}
