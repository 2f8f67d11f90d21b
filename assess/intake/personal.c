#include "intake/personal.h"

#include <string.h>

#include "base/text.h"

enum { DIGITS_OF_PHONE = 11, DIGITS_LEAST = 8, DIGITS_MOST = 15, TEXT_LIMIT = 254 };

/* Names of columns, folded. */
static const struct {
    Personal personal;
    const char *name;
} NAMES[] = {
    { PERSONAL_MAIL, "email" },
    { PERSONAL_MAIL, "email address" },
    { PERSONAL_MAIL, "e-mail" },
    { PERSONAL_MAIL, "e-mail address" },
    { PERSONAL_MAIL, "mail" },
    { PERSONAL_MAIL, "recipientemail" },
    { PERSONAL_MAIL, "recipient email" },
    { PERSONAL_MAIL, "电子邮件" },
    { PERSONAL_MAIL, "电子邮箱" },
    { PERSONAL_MAIL, "邮箱" },
    { PERSONAL_MAIL, "邮箱地址" },
    { PERSONAL_ADDRESS, "ip" },
    { PERSONAL_ADDRESS, "ipaddr" },
    { PERSONAL_ADDRESS, "ip address" },
    { PERSONAL_ADDRESS, "ipaddress" },
    { PERSONAL_ADDRESS, "ip地址" },
    { PERSONAL_ADDRESS, "来自ip" },
    { PERSONAL_PHONE, "phone" },
    { PERSONAL_PHONE, "phone number" },
    { PERSONAL_PHONE, "phonenumber" },
    { PERSONAL_PHONE, "mobile" },
    { PERSONAL_PHONE, "telephone" },
    { PERSONAL_PHONE, "手机" },
    { PERSONAL_PHONE, "手机号" },
    { PERSONAL_PHONE, "手机号码" },
    { PERSONAL_PHONE, "电话" },
    { PERSONAL_PHONE, "联系电话" },
    { PERSONAL_PHONE, "联系方式" },
    { PERSONAL_NAME, "name" },
    { PERSONAL_NAME, "first name" },
    { PERSONAL_NAME, "last name" },
    { PERSONAL_NAME, "full name" },
    { PERSONAL_NAME, "your name" },
    { PERSONAL_NAME, "recipientfirstname" },
    { PERSONAL_NAME, "recipientlastname" },
    { PERSONAL_NAME, "recipient first name" },
    { PERSONAL_NAME, "recipient last name" },
    { PERSONAL_NAME, "username" },
    { PERSONAL_NAME, "user name" },
    { PERSONAL_NAME, "submittername" },
    { PERSONAL_NAME, "_submitted_by" },
    { PERSONAL_NAME, "contact" },
    { PERSONAL_NAME, "contact person" },
    { PERSONAL_NAME, "contact name" },
    { PERSONAL_NAME, "respondent name" },
    { PERSONAL_NAME, "name of respondent" },
    { PERSONAL_NAME, "legal representative" },
    { PERSONAL_NAME, "姓名" },
    { PERSONAL_NAME, "联系人姓名" },
    { PERSONAL_NAME, "填报人" },
    { PERSONAL_NAME, "填报人姓名" },
    { PERSONAL_NAME, "填写人姓名" },
    { PERSONAL_NAME, "填表人姓名" },
    { PERSONAL_NAME, "负责人" },
    { PERSONAL_NAME, "负责人姓名" },
    { PERSONAL_NAME, "法定代表人" },
    { PERSONAL_NAME, "法人代表" },
    { PERSONAL_NAME, "微信" },
    { PERSONAL_NAME, "微信号" },
    { PERSONAL_NAME, "wechat" },
    { PERSONAL_NAME, "名称" },
    { PERSONAL_NAME, "名字" },
    { PERSONAL_NAME, "昵称" },
    { PERSONAL_NAME, "联系人" },
    { PERSONAL_NAME, "填写人" },
    { PERSONAL_NAME, "填表人" },
    { PERSONAL_NAME, "用户标识" },
    { PERSONAL_DEVICE, "ua" },
    { PERSONAL_DEVICE, "user agent" },
    { PERSONAL_DEVICE, "useragent" },
    { PERSONAL_DEVICE, "deviceid" },
    { PERSONAL_DEVICE, "device id" },
    { PERSONAL_NAME, "token" },
    { PERSONAL_PLACE, "address" },
    { PERSONAL_PLACE, "postal address" },
    { PERSONAL_PLACE, "地址" },
    { PERSONAL_PLACE, "联系地址" },
    { PERSONAL_PLACE, "通讯地址" },
    { PERSONAL_PLACE, "locationlatitude" },
    { PERSONAL_PLACE, "locationlongitude" },
    { PERSONAL_PLACE, "location latitude" },
    { PERSONAL_PLACE, "location longitude" },
};

const char *personal_name(Personal personal)
{
    static const char *const words[] = {
        [PERSONAL_NOT] = NULL,        [PERSONAL_MAIL] = "mail",       [PERSONAL_ADDRESS] = "ip",
        [PERSONAL_PHONE] = "phone",   [PERSONAL_NAME] = "person",     [PERSONAL_PLACE] = "place",
        [PERSONAL_DEVICE] = "device", [PERSONAL_PRIVATE] = "private",
    };

    return words[personal];
}

/* Without "3\u3001", "3. ", "q3:" before it, and marks behind it. `folded` is cut. */
static const char *bare_name(char *folded)
{
    static const char *const MARKS[] = { "\u3001", ".", ":", ")" };
    const char *number = folded + (*folded == 'q' ? 1 : 0);
    const char *at = number + strspn(number, "0123456789");
    gsize size = strlen(folded);

    while (size > 0 && strchr(" *:?", folded[size - 1]))
        folded[--size] = '\0';
    for (guint i = 0; at > number && i < G_N_ELEMENTS(MARKS); i++)
        if (g_str_has_prefix(at, MARKS[i])) {
            at += strlen(MARKS[i]);
            return at + strspn(at, " ");
        }
    return folded;
}

Personal personal_column(const char *name)
{
    g_autofree char *folded = text_fold(name);
    const char *bare = bare_name(folded);

    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (strcmp(NAMES[i].name, bare) == 0)
            return NAMES[i].personal;
    return PERSONAL_NOT;
}

/* "a.b@example.org" */
static gboolean is_mail(const char *text, gsize size)
{
    const char *at = memchr(text, '@', size), *end = text + size;

    if (!at || at == text || memchr(at + 1, '@', (gsize)(end - at - 1)) ||
        !memchr(at + 1, '.', (gsize)(end - at - 1)))
        return FALSE;
    for (const char *p = text; p < end; p++)
        if ((guchar)*p <= ' ' || strchr(",;()<>\"", *p))
            return FALSE;
    return end[-1] != '.' && at[1] != '.';
}

/* Four numbers with dots, or groups of hexadecimal digits with colons; a place in brackets may
 * follow. */
static gboolean is_ip(const char *text, gsize size)
{
    const char *bracket = memchr(text, '(', size);
    gsize n = bracket ? (gsize)(bracket - text) : size;
    guint dots = 0, colons = 0, digits = 0, run = 0, longest = 0;

    for (gsize i = 0; i < n; i++) {
        if (text[i] == '.' || text[i] == ':') {
            if (text[i] == '.' && run == 0)
                return FALSE;
            *(text[i] == '.' ? &dots : &colons) += 1;
            run = 0;
        } else if (g_ascii_isxdigit(text[i])) {
            digits += g_ascii_isdigit(text[i]) ? 1 : 0;
            run++;
            longest = MAX(longest, run);
        } else {
            return FALSE;
        }
    }
    if (colons > 0)
        return dots == 0 && colons >= 4 && longest <= 4;
    return dots == 3 && run > 0 && longest <= 3 && digits + dots == n;
}

/* 13800138000, 138 0013 8000, +49 30 1234567 */
static gboolean is_phone(const char *text, gsize size)
{
    gboolean has_plus = size > 0 && (*text == '+' || (*text == '\'' && size > 1 && text[1] == '+'));
    char digits[DIGITS_MOST + 1];
    guint n = 0;

    for (gsize i = 0; i < size; i++) {
        if (g_ascii_isdigit(text[i])) {
            if (n == DIGITS_MOST)
                return FALSE;
            digits[n++] = text[i];
        } else if (!strchr("+- ()'", text[i])) {
            return FALSE;
        }
    }
    if (has_plus)
        return n >= DIGITS_LEAST;
    return n == DIGITS_OF_PHONE && digits[0] == '1' && digits[1] >= '3';
}

Personal personal_text(const char *text, gsize size)
{
    while (size > 0 && g_ascii_isspace(*text)) {
        text++;
        size--;
    }
    while (size > 0 && g_ascii_isspace(text[size - 1]))
        size--;
    if (size == 0 || size > TEXT_LIMIT || memchr(text, '\0', size))
        return PERSONAL_NOT;
    if (is_mail(text, size))
        return PERSONAL_MAIL;
    if (is_ip(text, size))
        return PERSONAL_ADDRESS;
    return is_phone(text, size) ? PERSONAL_PHONE : PERSONAL_NOT;
}

/* ---- masking ---- */

#define NOT_BEFORE "(?<![0-9A-Za-z.+-])"
#define NOT_AFTER "(?![0-9A-Za-z]|[.-][0-9])"
#define BYTE "(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})"

static const struct {
    const char *pattern, *mask;
} MASKS[] = {
    { "[^\\s\"'<>(),;:@\\[\\]]+[@\uff20][^\\s\"'<>(),;:@\\[\\]]+", "[e-mail]" },
    { NOT_BEFORE "(?:" BYTE "\\.){3}" BYTE NOT_AFTER, "[IP address]" },
    { "(?<![0-9A-Za-z:])(?:[0-9A-Fa-f]{0,4}:){4,7}[0-9A-Fa-f]{0,4}(?![0-9A-Za-z:])",
      "[IP address]" },
    { NOT_BEFORE "1[3-9][0-9](?:[ -]?[0-9]{4}){2}" NOT_AFTER, "[phone number]" },
    { NOT_BEFORE "\\(?0[0-9]{2,3}(?:\\) ?|[ -])[0-9]{7,8}" NOT_AFTER, "[phone number]" },
    { "(?<![0-9A-Za-z])\\+[0-9](?:[ ()-]{0,2}[0-9]){7,14}" NOT_AFTER, "[phone number]" },
};

char *personal_masked(const char *text)
{
    char *masked = g_strdup(text);

    if (!strpbrk(text, "@:0123456789") && !strstr(text, "\uff20"))
        return masked;
    for (guint i = 0; i < G_N_ELEMENTS(MASKS); i++) {
        g_autoptr(GRegex) regex = g_regex_new(MASKS[i].pattern, 0, 0, NULL);
        g_autofree char *before = masked;

        masked = g_regex_replace_literal(regex, before, -1, 0, MASKS[i].mask, 0, NULL);
        if (!masked) /* too long to look through: nothing of it is shown */
            masked = g_strdup("[...]");
    }
    return masked;
}

char *personal_quote(const char *text, guint limit)
{
    g_autofree char *masked = personal_masked(text);

    return text_quote(masked, limit);
}
