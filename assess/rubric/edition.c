#include "rubric/edition.h"

#include <string.h>

gboolean edition_is_valid(const char *text)
{
    gsize digits = 0, first = 0;

    for (const char *at = text; *at; at++) {
        if (g_ascii_isdigit(*at)) {
            digits++;
            continue;
        }
        if ((*at != '.' && *at != '-') || digits == 0)
            return FALSE;
        first = first ? first : digits;
        digits = 0;
    }
    return digits > 0 && (first ? first : digits) == 4;
}

/* Numbers of any length: leading zeros aside, the longer one is larger. */
static int number_compare(const char *a, gsize a_length, const char *b, gsize b_length)
{
    for (; a_length > 0 && *a == '0'; a++)
        a_length--;
    for (; b_length > 0 && *b == '0'; b++)
        b_length--;
    if (a_length != b_length)
        return a_length < b_length ? -1 : 1;
    return CLAMP(memcmp(a, b, a_length), -1, 1);
}

int edition_compare(const char *a, const char *b)
{
    while (*a != '\0' && *b != '\0') {
        gsize a_length = strcspn(a, ".-"), b_length = strcspn(b, ".-");
        int order = number_compare(a, a_length, b, b_length);

        if (order != 0)
            return order;
        a += a_length + (a[a_length] != '\0');
        b += b_length + (b[b_length] != '\0');
    }
    return (*a != '\0') - (*b != '\0');
}
