#include "page/digits.h"

#include <stdarg.h>

#include "page/append.h"

static void append(GString *out, guint number)
{
    char text[10], *at = text + sizeof text;

    do {
        *--at = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    append_bytes(out, at, (gsize)(text + sizeof text - at));
}

void digits_fill(GString *out, const char *text, ...)
{
    va_list numbers;

    va_start(numbers, text);
    while (*text) {
        const char *from = text;

        while (*text && *text != '#')
            text++;
        append_bytes(out, from, (gsize)(text - from));
        if (*text == '#') {
            append(out, va_arg(numbers, guint));
            text++;
        }
    }
    va_end(numbers);
}

void digits_hex(GString *out, guint number)
{
    static const char HEX[] = "0123456789ABCDEF";
    const char text[] = { HEX[number >> 12 & 15], HEX[number >> 8 & 15], HEX[number >> 4 & 15],
                          HEX[number & 15] };

    append_bytes(out, text, sizeof text);
}
