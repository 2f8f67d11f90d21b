/* personal.h - what is about a person: by the name of a column, or by what stands in a cell. Such
 * columns may be counted, but nothing of what stands in them is shown or written. */
#pragma once

#include <glib.h>

typedef enum {
    PERSONAL_NOT,
    PERSONAL_MAIL,
    PERSONAL_ADDRESS, /* of a computer: IP */
    PERSONAL_PHONE,
    PERSONAL_NAME,   /* of a person, an account */
    PERSONAL_PLACE,  /* where the person is or was: address, latitude, longitude */
    PERSONAL_DEVICE, /* and with which browser or telephone */
    PERSONAL_PRIVATE /* whatever it is */
} Personal;

/* "mail address": in words, as ids of the template too; NULL for PERSONAL_NOT. */
const char *personal_name(Personal personal);

/* By the name of a column, in English, Chinese or as the survey tools write it; a number before it
 * and marks behind it do not matter. */
Personal personal_column(const char *name);
/* By a text: a mail address, an IP address (with what Wenjuanxing adds in brackets), a mobile phone
 * number of mainland China or one with its country. Blanks around it do not matter. */
Personal personal_text(const char *text, gsize size);

/* The text with what is about a person left out, wherever it stands in it: "[e-mail]" for what is
 * written around an @, "[IP address]" for four numbers with dots or at least five groups with
 * colons, "[phone number]" for a mobile number of mainland China, one of a fixed line with its area
 * code in front (010-12345678), or one that begins with + and the country. Other numbers, dates and
 * credit codes stay. UTF-8, valid. For excerpts in messages. Free with g_free(). */
char *personal_masked(const char *text);
/* The same as text_quote() gives it. Free with g_free(). */
char *personal_quote(const char *text, guint limit);
