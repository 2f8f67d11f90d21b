#include "page/parting.h"

#include <string.h>
#include <unilbrk.h>

#include "base/text.h"

enum {
    DIGIT = '#',            /* in a pattern: any digit */
    CAPITALS = '^',         /* in a pattern: a word of capitals, digits and slashes */
    LETTER = '@',           /* in a pattern: one capital letter */
    JOINER = 0x200d,        /* zero width: makes one emoji of two */
    FIRST_SELECTOR = 0xfe00 /* of forms of the character before */
};

typedef struct {
    const char *before, *after; /* patterns parted by blanks; blanks may stand between the two */
} Pair;

/* What libunistring would part and a reader would not. Only a piece that is wider than a whole line
 * parts here. Words begin and end at the edges of words. */
static const Pair PAIRS[] = {
    /* The number of a standard: GB/T 39116, ISO 9001, DB32/T 4000. */
    { "^", "#" },
    /* Its year, a range: a dash and 2020, from 10 to 20. */
    { "#— #– #- #～ #~", "#" },
    /* Of a division: clause 3, section 4.2, page 7, the section sign, No. 251, Level 3. */
    { "No. no. Nr. № § §§ ¶ Art. art. Article article Fig. Figure Table table Chapter chapter "
      "Clause clause Section section Part part p. pp. Page page Step step Item item Row row "
      "Question question Annex annex Appendix appendix Version version Edition edition Batch "
      "batch Level level Grade grade Class class Stage stage Type type Phase phase",
      "#" },
    { "第 附件 附录 表 图 附表 附图", "#" },
    /* Of an annex: annex B. */
    { "Annex annex Appendix appendix Part part Class class Type type 附录 附件 表 图", "@" },
    /* Of a place: Room 501, Building 3, P.O. Box 12. */
    { "Room Building Unit Floor Suite Box Block Gate", "#" },
    /* Of a count: page 3 of 12, from 2 to 5, top 10. */
    { "of to top", "#" },
    /* A sign and its number. */
    { "> < >= <= = ≥ ≤ ＞ ＜ ± ~ ～ ≈ × ·", "#" },
    { "# % ‰", "× = ± ≈ ≥ ≤" },
    /* An amount of money: US$ 5. */
    { "¥ ￥ $ € £", "#" },
    { "#", "元 万元 亿元 美元 欧元 yuan euros dollars RMB CNY USD EUR" },
    /* A number and its unit: 20 %, 3.5 kWh/t. */
    { "#",
      "% ‰ ℃ °C ° K W kW MW GW Wh kWh MWh GWh J kJ MJ GJ TJ V kV A mA Hz kHz MHz GHz Pa kPa "
      "MPa bar N kN g kg mg t kt Mt kgce tce kgCO2 tCO2 tCO2e h min s ms d m mm cm dm km m2 m3 "
      "m² m³ km² ha L l mL Nm3 dB ppm rpm px pt B kB MB GB TB PB kbit Mbit Gbit bit/s Mbit/s "
      "Gbit/s" },
    { "#", "points point years year months month weeks week days day hours hour minutes minute "
           "seconds second times percent people employees items pages questions levels" },
    /* Chinese counts and units: year 2025, level 3, article 3, room 501. */
    { "#", "年 月 日 号 时 分 秒 天 周 季度 级 个 项 条 款 章 节 页 期 次 批 家 台 套 件 种 类 层 "
           "倍 岁 人 名 户 万 亿 千 百 点 分 位 步 步骤 处 座 栋 幢 楼 室 单元 路 弄 公里 千米 米 "
           "吨 千克 公斤 克 度 小时 分钟 个月 百分点 平方米 立方米 千瓦时" },
    /* A number in words: article three, chapter twelve, level three. */
    { "第", "一 二 三 四 五 六 七 八 九 十 百" },
    { "一 二 三 四 五 六 七 八 九 十 百",
      "一 二 三 四 五 六 七 八 九 十 百 级 条 章 节 项 款 批 期" },
    /* A day of a month: 28 November, November 28. */
    { "#", "January February March April May June July August September October November December "
           "Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec." },
    { "January February March April May June July August September October November December",
      "#" },
    /* Groups of three digits: 12 345 678. */
    { "#", "###" },
};

/* Beyond brackets and quotes, which Unicode tells: what never begins a line. */
static const gunichar CLOSING[] = {
    ',',    '.',    ';',    ':',    '!',    '?',    '%',    0x00b0, 0x00b7, 0x2013, 0x2014,
    0x2019, 0x201d, 0x2025, 0x2026, 0x2027, 0x2030, 0x2032, 0x2033, 0x203c, 0x2047, 0x2048,
    0x2049, 0x2103, 0x3001, 0x3002, 0x3003, 0x3005, 0x301c, 0x30fb, 0x30fc, 0xff01, 0xff05,
    0xff0c, 0xff0e, 0xff1a, 0xff1b, 0xff1f, 0xff5e, 0xff61, 0xff64, 0xffe0,
};
/* Signs of which two in a row are one. */
static const gunichar TWINS[] = { 0x2014, 0x2015, 0x2025, 0x2026, 0x2500 };

static gboolean is_one_of(gunichar character, const gunichar *list, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (list[i] == character)
            return TRUE;
    return FALSE;
}

static gboolean is_closing(gunichar character)
{
    GUnicodeType type = g_unichar_type(character);

    if (type == G_UNICODE_OTHER_LETTER)
        return FALSE; /* most of Chinese: spares the search */
    return type == G_UNICODE_CLOSE_PUNCTUATION || type == G_UNICODE_FINAL_PUNCTUATION ||
           is_one_of(character, CLOSING, G_N_ELEMENTS(CLOSING));
}

static gboolean is_opening(gunichar character)
{
    GUnicodeType type = g_unichar_type(character);

    return type == G_UNICODE_OPEN_PUNCTUATION || type == G_UNICODE_INITIAL_PUNCTUATION;
}

static gboolean is_chinese(gunichar character)
{
    return (character >= 0x2e80 && character <= 0x9fff) ||
           (character >= 0xf900 && character <= 0xfaff) ||
           (character >= 0xff00 && character <= 0xff60) ||
           (character >= 0x20000 && character <= 0x3ffff);
}

gboolean parting_is_blank(gunichar character)
{
    return character == ' ' || character == '\n' || character == '\r' || character == '\t' ||
           character == 0x3000;
}

static gunichar before(const char *text, const char *at)
{
    return at > text ? text_character(g_utf8_prev_char(at)) : 0;
}

/* Patterns. */

/* The beginning of the word of capitals, digits and slashes that ends at `end`; NULL if it has
 * fewer than two capitals. */
static const char *capitals_start(const char *text, const char *end)
{
    const char *at = end;
    guint capitals = 0;

    while (at > text && (g_ascii_isupper(at[-1]) || g_ascii_isdigit(at[-1]) || at[-1] == '/')) {
        capitals += g_ascii_isupper(at[-1]) ? 1 : 0;
        at--;
    }
    return capitals >= 2 && at < end && g_ascii_isupper(end[-1]) ? at : NULL;
}

static gboolean byte_fits(char pattern, char byte)
{
    if (pattern == DIGIT)
        return g_ascii_isdigit(byte);
    return pattern == LETTER ? g_ascii_isupper(byte) : pattern == byte;
}

static gboolean all_fit(const char *pattern, gsize length, const char *at)
{
    for (gsize i = 0; i < length; i++)
        if (!byte_fits(pattern[i], at[i]))
            return FALSE;
    return TRUE;
}

/* Whether the text ends at `end` with the pattern. */
static gboolean ends_so(const char *text, const char *end, const char *pattern, gsize length)
{
    const char *start;

    if (length == 1 && *pattern == CAPITALS)
        start = capitals_start(text, end);
    else if (length == 1 && *pattern == DIGIT)
        return end > text && g_unichar_isdigit(before(text, end));
    else
        start = (gsize)(end - text) >= length && all_fit(pattern, length, end - length)
                    ? end - length
                    : NULL;
    return start && (start == text || !g_ascii_isalnum(start[-1]) || !g_ascii_isalpha(*start));
}

static gboolean begins_so(const char *at, const char *pattern, gsize length)
{
    char last = pattern[length - 1];

    if (length == 1 && *pattern == DIGIT)
        return g_unichar_isdigit(text_character(at));
    if (strnlen(at, length) < length || !all_fit(pattern, length, at))
        return FALSE;
    if (last == DIGIT)
        return !g_ascii_isdigit(at[length]);
    return !(g_ascii_isalnum(last) || last == LETTER) || !g_ascii_isalnum(at[length]);
}

/* Whether a byte may stand where a pattern has this one; a mark at the end may stand for many. */
static gboolean may_fit(char pattern, char byte)
{
    return pattern == byte || pattern == DIGIT || pattern == LETTER || pattern == CAPITALS;
}

static gboolean fits_one(const char *patterns, const char *text, const char *end, const char *at)
{
    while (*patterns) {
        gsize length = 0;

        while (patterns[length] && patterns[length] != ' ')
            length++;
        if (!(at ? may_fit(patterns[0], at[0]) : may_fit(patterns[length - 1], end[-1]))) {
            /* most are decided by one byte */
        } else if (at ? begins_so(at, patterns, length) : ends_so(text, end, patterns, length))
            return TRUE;
        patterns += length;
        patterns += *patterns == ' ';
    }
    return FALSE;
}

/* Whether a pair can stand here at all: most places are between two Chinese characters or words. */
static gboolean may_be_pair(gunichar last, const char *at)
{
    static const gunichar BEFORE[] = { '%',    0x2030, 0x7b2c, 0x4e00, 0x4e8c, 0x4e09, 0x56db,
                                       0x4e94, 0x516d, 0x4e03, 0x516b, 0x4e5d, 0x5341, 0x767e };

    return g_unichar_isdigit(last) || g_unichar_isdigit(text_character(at)) ||
           (g_ascii_isupper(at[0]) && !g_ascii_isalnum(at[1])) ||
           is_one_of(last, BEFORE, G_N_ELEMENTS(BEFORE));
}

/* `at` is the first character of the next line, `end` the end of this one without its blanks. */
static gboolean is_pair(const char *text, const char *end, const char *at)
{
    if (!may_be_pair(before(text, end), at))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(PAIRS); i++)
        if (fits_one(PAIRS[i].before, text, end, NULL) && fits_one(PAIRS[i].after, text, end, at))
            return TRUE;
    return FALSE;
}

/* Places. */

/* What is drawn on the character before it, or makes one of it. */
static gboolean is_attached(gunichar last, gunichar next)
{
    return last == JOINER || next == JOINER || g_unichar_ismark(next) ||
           (next >= FIRST_SELECTOR && next <= FIRST_SELECTOR + 15) ||
           (next >= 0x1f3fb && next <= 0x1f3ff) || (next >= 0xe0020 && next <= 0xe01ef);
}

/* libunistring keeps curly quotes with both neighbours; beside Chinese they part on the outer side.
 */
static gboolean parts_at_quote(gunichar last, gunichar next)
{
    gboolean outside_left =
        is_chinese(last) && !is_opening(last) && (next == 0x201c || next == 0x2018);
    gboolean outside_right = (last == 0x201d || last == 0x2019) && !is_closing(next) &&
                             (is_chinese(next) || is_opening(next));

    return outside_left || outside_right;
}

/* Within a word a stroke joins: GB/T, kWh/t, and/or, file_name. */
static gboolean joins(gunichar last, gunichar next)
{
    gboolean is_stroke =
        last == '/' || (next < 0x80 && last < 0x80 && last && strchr("_\\.:", (int)last));

    return is_stroke && !g_unichar_isdigit(next);
}

static Parting place(const char *text, const char *end, const char *at, char unicode)
{
    gunichar last = before(text, at), next = text_character(at);
    gunichar drawn = before(text, end);

    if (parting_is_blank(next) || is_attached(last, next) || is_closing(next) ||
        is_opening(drawn) || (last == next && is_one_of(last, TWINS, G_N_ELEMENTS(TWINS))))
        return PARTING_NEVER;
    if (unicode != UC_BREAK_POSSIBLE && !parts_at_quote(last, next))
        return joins(last, next) ? PARTING_PIECE : PARTING_CUT;
    return (end == at && joins(last, next)) || is_pair(text, end, at) ? PARTING_PIECE : PARTING_MAY;
}

/* Addresses: runs of signs of ASCII without brackets and quotes. */

static gsize run_length(const char *at)
{
    gsize length = 0;

    while (g_ascii_isgraph(at[length]) && !strchr("()[]{}<>\"'`|", at[length]))
        length++;
    return length;
}

static gsize without_punctuation(const char *at, gsize length)
{
    while (length > 0 && strchr(",.;:!?", at[length - 1]))
        length--;
    return length;
}

static gboolean is_address(const char *at, gsize length)
{
    const char *mail = memchr(at, '@', length);

    return g_strstr_len(at, (gssize)length, "://") || g_str_has_prefix(at, "www.") ||
           (mail && mail > at && memchr(mail, '.', length - (gsize)(mail - at)));
}

/* A dot or hyphen at the end of a line would be taken for the sentence's: these begin the next one.
 */
static gboolean parts_address(char last, char next)
{
    if (last == '/' || next == '/')
        return last == '/' && next != '/';
    return last == '=' || strchr(".-_?&#@~%", next);
}

static void set_addresses(const char *text, char *places)
{
    if (!strchr(text, '@') && !strstr(text, "://") && !strstr(text, "www."))
        return;
    for (const char *at = text; *at;) {
        gsize run = run_length(at), length = without_punctuation(at, run);

        if (is_address(at, length))
            for (gsize i = 1; i < length; i++)
                places[(gsize)(at - text) + i] =
                    (char)(parts_address(at[i - 1], at[i]) ? PARTING_PIECE : PARTING_CUT);
        at = run > 0 ? at + run : g_utf8_next_char(at);
    }
}

char *parting_places(const char *text)
{
    gsize length = strlen(text);
    char *places = g_malloc0(length + 1);
    const char *start = text, *end = text; /* of the line as far as the text itself ends it, without
                                              the blanks before `at` */

    u8_possible_linebreaks((const guint8 *)text, length, "UTF-8", places);
    for (const char *at = text, *next; *at; at = next) {
        char *mark = &places[at - text];

        next = g_utf8_next_char(at);
        if (at > text && at[-1] == '\n')
            *mark = PARTING_MUST;
        else if (g_ascii_isalnum(*at) && end == at && end > start && g_ascii_isalnum(at[-1]))
            *mark = PARTING_CUT; /* within a word: spares most of English the questions */
        else
            *mark = end > start ? (char)place(text, end, at, *mark) : PARTING_NEVER;
        memset(mark + 1, PARTING_NEVER, (gsize)(next - at) - 1);
        if (*at == '\n')
            start = next;
        if (*at == '\n' || !parting_is_blank(text_character(at)))
            end = next;
    }
    set_addresses(text, places);
    return places;
}
