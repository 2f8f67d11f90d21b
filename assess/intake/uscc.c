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
