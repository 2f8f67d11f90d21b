#include "base/ini_scan.h"

#include <string.h>

#include "base/text.h"

#define BLANKS " \t"

enum { QUOTE_LIMIT = 40 }; /* characters of the user's text shown in a message */

typedef struct {
    Ini *ini;
    Findings *findings;
    GArray *readings;
    GHashTable *keys;     /* key as written, in lower case -> line, of the section at hand */
    IniSection *section;  /* NULL before the first head */
    const char *skipped;  /* a kind of sections that is passed over; NULL if none */
    gboolean passes_over; /* one of them */
    GPtrArray *dropped;   /* sections that stand twice: scanned for faults, then forgotten */
    const char *text;     /* the line at hand */
    guint line;
    guint faults;
    Finding *twice; /* of the first key of the section that stands twice */
} Scan;

static guint column_of(const char *text, gsize offset)
{
    return (guint)g_utf8_pointer_to_offset(text, text + offset) + 1;
}

/* A fault of `length` bytes at `offset` of the line at hand. */
static Finding *fault(Scan *scan, gsize offset, gsize length, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

static Finding *fault(Scan *scan, gsize offset, gsize length, const char *format, ...)
{
    g_autofree char *message = NULL;
    Place place = { .file = scan->ini->path, .line = scan->line };
    va_list arguments;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    scan->faults++;
    if (scan->section)
        scan->section->is_torn = TRUE;
    if (strlen(scan->text) <= INI_LINE_LIMIT) {
        place.excerpt = scan->text;
        place.column = column_of(scan->text, offset);
        place.width = (guint)g_utf8_strlen(scan->text + offset, (gssize)length);
    }
    return findings_add(scan->findings, SEVERITY_ERROR, &place, "%s", message);
}

static void section_destroy(void *section)
{
    ini_section_free(section);
}

/* ---- heads ---- */

/* Kind and name from the text between the brackets. */
static void split_head(Scan *scan, IniSection *section, gsize start, gsize length)
{
    const char *inside = scan->text + start;
    gsize kind = 0, name;

    while (length > 0 && strchr(BLANKS, inside[length - 1]))
        length--;
    while (kind < length && !strchr(BLANKS, inside[kind]))
        kind++;
    section->kind = g_strndup(inside, kind);
    section->name_column = column_of(scan->text, start);
    for (name = kind; name < length && strchr(BLANKS, inside[name]);)
        name++;
    if (name == length)
        return;
    section->name = g_strndup(inside + name, length - name);
    section->name_column = column_of(scan->text, start + name);
}

/* The characters that make a head unreadable, for us or for iniparser; NULL if it is fine. */
static gboolean head_is_sound(Scan *scan, gsize start, gsize length)
{
    const char *inside = scan->text + start;
    const gsize odd = strcspn(inside, ":[;#=\"'");

    if (odd < length) {
        fault(scan, start + odd, 1, "\"%c\" in a section's name", inside[odd]);
        return FALSE;
    }
    if (length > INI_NAME_LIMIT) {
        fault(scan, start, length, "section's name is %" G_GSIZE_FORMAT " bytes long, at most %d",
              length, INI_NAME_LIMIT);
        return FALSE;
    }
    return TRUE;
}

static gboolean tail_is_sound(Scan *scan, gsize end)
{
    const gsize tail = end + strspn(scan->text + end, BLANKS);
    g_autofree char *quoted = NULL;

    if (strchr(";#", scan->text[tail])) /* also at the end of the line */
        return TRUE;
    quoted = text_quote(scan->text + tail, QUOTE_LIMIT);
    fault(scan, tail, strlen(scan->text + tail), "%s after the closing bracket", quoted);
    return FALSE;
}

static void open_section(Scan *scan, IniSection *section)
{
    g_autofree char *head = ini_head(section->kind, section->name);
    g_autofree char *folded = g_ascii_strdown(head, -1);
    IniSection *first = g_hash_table_lookup(scan->ini->index, folded);

    scan->section = section;
    scan->passes_over = scan->skipped && g_str_equal(section->kind, scan->skipped);
    scan->twice = NULL;
    g_hash_table_remove_all(scan->keys);
    if (!first) {
        g_ptr_array_add(scan->ini->sections, section);
        g_hash_table_insert(scan->ini->index, g_steal_pointer(&folded), section);
        return;
    }
    g_ptr_array_add(scan->dropped, section);
    first->is_torn = TRUE; /* its keys may stand in the second one */
    if (!section->is_broken)
        finding_hint(fault(scan, strcspn(scan->text, "["), strlen(head) + 2,
                           "section [%s] stands twice, first on line %u", head, first->line),
                     "put its keys under line %u", first->line);
}

static void scan_head(Scan *scan, gsize open)
{
    const char *close = strchr(scan->text + open, ']');
    const gsize start = open + 1 + strspn(scan->text + open + 1, BLANKS);
    const gsize end = close ? (gsize)(close - scan->text) : strlen(scan->text);
    IniSection *section = ini_section_new(scan->ini->path);

    scan->section = NULL; /* a fault of this head tears nothing of the section before */
    section->line = scan->line;
    section->column = column_of(scan->text, open);
    split_head(scan, section, start, end > start ? end - start : 0);
    if (!close) {
        finding_hint(fault(scan, open, end - open, "section without a closing bracket"),
                     "write [%s%s%s]", section->kind, section->name ? " " : "",
                     section->name ? section->name : "");
        section->is_broken = TRUE;
    } else if (end <= start || *section->kind == '\0') {
        fault(scan, open, end + 1 - open, "section without a name");
        section->is_broken = TRUE;
    } else {
        section->is_broken =
            !head_is_sound(scan, start, end - start) || !tail_is_sound(scan, end + 1);
    }
    open_section(scan, section);
}

/* ---- keys ---- */

typedef struct {
    gsize start, length; /* bytes of the line */
    char *key, *language;
    guint number; /* 1 for the key itself, n for key.n */
} Key;

static void key_clear(Key *key)
{
    g_free(key->key);
    g_free(key->language);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Key, key_clear)

static gboolean is_language(const char *tag)
{
    gsize run = 0;

    for (const char *at = tag; *at; at++) {
        if ((*at == '_' || *at == '-') && run > 0)
            run = 0;
        else if (g_ascii_isalpha(*at) || (g_ascii_isdigit(*at) && at != tag))
            run++;
        else
            return FALSE;
        if (run > 8)
            return FALSE;
    }
    return run > 0 && g_ascii_isalpha(tag[0]) && g_ascii_isalpha(tag[1]);
}

/* Take ".n" off the end of `name`. 1 if there is none, 0 if it is no continuation number. */
static guint take_number(char *name)
{
    char *dot = strrchr(name, '.');
    guint64 number = 0;

    if (!dot || !g_ascii_isdigit(dot[1]) || dot[1 + strspn(dot + 1, "0123456789")] != '\0')
        return 1;
    if (dot[1] != '0' && strlen(dot + 1) <= 3)
        number = g_ascii_strtoull(dot + 1, NULL, 10);
    *dot = '\0';
    return number >= 2 ? (guint)number : 0;
}

/* Split `title.a[zh].2`. FALSE after a fault; then `key->key` is a guess. */
static gboolean split_key(Scan *scan, Key *key)
{
    char *bracket;
    gsize length;

    key->key = g_strndup(scan->text + key->start, key->length);
    key->number = take_number(key->key);
    if (key->number == 0) {
        finding_hint(fault(scan, key->start, key->length,
                           "\"%.*s\" is no continuation, expected \"%s.2\"", (int)key->length,
                           scan->text + key->start, key->key),
                     "continuations are counted from .2 to .%d", INI_PARTS_LIMIT);
        return FALSE;
    }
    length = strlen(key->key);
    if (!strpbrk(key->key, "[]"))
        return TRUE;
    bracket = strchr(key->key, '[');
    if (bracket && bracket > key->key && strchr(bracket, ']') == key->key + length - 1) {
        key->key[length - 1] = '\0';
        key->language = g_strdup(bracket + 1);
        *bracket = '\0';
        g_strchomp(key->key);
        if (is_language(key->language))
            return TRUE;
    }
    fault(scan, key->start, key->length,
          "\"%.*s\" does not end in a language, expected one such as \"[zh]\"", (int)key->length,
          scan->text + key->start);
    return FALSE;
}

static gboolean key_is_sound(Scan *scan, const Key *key)
{
    const char *text = scan->text + key->start;
    const gsize odd = strcspn(text, ":;#\"'\\");

    if (key->length == 0) {
        fault(scan, key->start, 1, "no key before \"=\"");
        return FALSE;
    }
    if (odd < key->length) {
        fault(scan, key->start + odd, 1, "\"%c\" in a key", text[odd]);
        return FALSE;
    }
    if (key->length > INI_NAME_LIMIT) {
        fault(scan, key->start, key->length, "key is %" G_GSIZE_FORMAT " bytes long, at most %d",
              key->length, INI_NAME_LIMIT);
        return FALSE;
    }
    return TRUE;
}

static IniEntry *entry_add(Scan *scan, Key *key)
{
    IniEntry *entry = g_new0(IniEntry, 1);

    entry->key = g_steal_pointer(&key->key);
    entry->language = g_steal_pointer(&key->language);
    entry->value = g_strdup("");
    entry->parts = g_array_new(FALSE, TRUE, sizeof(IniPart));
    entry->file = scan->ini->path;
    entry->line = scan->line;
    entry->column = column_of(scan->text, key->start);
    g_ptr_array_add(scan->section->entries, entry);
    return entry;
}

/* The entry that `key.n` continues, or NULL after a fault. */
static IniEntry *entry_continued(Scan *scan, const Key *key)
{
    const GPtrArray *entries = scan->section->entries;
    g_autofree char *name = NULL, *before = NULL;

    for (guint i = entries->len; i-- > 0;) {
        IniEntry *entry = g_ptr_array_index(entries, i);

        if (!g_str_equal(entry->key, key->key) || g_strcmp0(entry->language, key->language) != 0)
            continue;
        if (entry->is_broken || entry->parts->len == key->number - 1)
            return entry;
        entry->is_broken = TRUE; /* a piece of it is missing */
        break;
    }
    name = key->language ? g_strdup_printf("%s[%s]", key->key, key->language) : g_strdup(key->key);
    if (key->number > 2)
        before = g_strdup_printf("%s.%u", name, key->number - 1);
    fault(scan, key->start, key->length, "\"%.*s\" continues nothing, expected \"%s\" before it",
          (int)key->length, scan->text + key->start, before ? before : name);
    return NULL;
}

/* Several keys that stand twice are those of a section whose head is missing: one fault. */
static void stands_twice(Scan *scan, const Key *key, guint first)
{
    if (scan->twice) {
        finding_hint(scan->twice, "keep one of the two; or is the head of a section missing?");
        scan->section->is_mixed = scan->ini->has_mixed = TRUE;
        return;
    }
    scan->twice = fault(scan, key->start, key->length, "\"%.*s\" stands twice, first on line %u",
                        (int)key->length, scan->text + key->start, first);
    finding_hint(scan->twice, "keep one of the two");
}

/* The entry that the key at hand opens or continues; NULL after a fault. */
static IniEntry *find_entry(Scan *scan, Key *key)
{
    g_autofree char *folded = g_ascii_strdown(scan->text + key->start, (gssize)key->length);
    const guint first = GPOINTER_TO_UINT(g_hash_table_lookup(scan->keys, folded));

    if (first > 0) {
        stands_twice(scan, key, first);
        return NULL;
    }
    g_hash_table_insert(scan->keys, g_steal_pointer(&folded), GUINT_TO_POINTER(scan->line));
    if (key->number > 1)
        return entry_continued(scan, key);
    return entry_add(scan, key);
}

/* ---- values ---- */

typedef struct {
    gsize start, length; /* bytes of the line */
    gsize comment;       /* byte of the comment after an unquoted value; 0 if none */
    gboolean quoted;
} Value;

static gboolean scan_quoted(Scan *scan, gsize open, Value *value)
{
    const char *close = strchr(scan->text + open + 1, '"');
    g_autofree char *tail = NULL;
    gsize after;

    value->quoted = TRUE;
    value->start = open + 1;
    if (!close) {
        value->length = strlen(scan->text + open + 1);
        finding_hint(fault(scan, open, 1, "missing closing quote"),
                     "end the text with a double quote");
        return FALSE;
    }
    value->length = (gsize)(close - scan->text) - open - 1;
    after = open + value->length + 2;
    after += strspn(scan->text + after, BLANKS);
    if (strchr(";#", scan->text[after]))
        return TRUE;
    tail = text_quote(scan->text + after, QUOTE_LIMIT);
    finding_hint(fault(scan, after, strlen(scan->text + after), "%s after the closing quote", tail),
                 "inside a text in double quotes, write '' for a double quote");
    return FALSE;
}

static gboolean scan_unquoted(Scan *scan, gsize start, Value *value)
{
    const char *text = scan->text;
    gsize end = start + strcspn(text + start, ";#");
    const gsize cut = end;
    g_autofree char *kept = NULL;

    while (end > start && strchr(BLANKS, text[end - 1]))
        end--;
    value->start = start;
    value->length = end - start;
    if (text[cut] == '\0')
        return TRUE;
    if (strchr(BLANKS, text[cut - 1])) {
        value->comment = cut;
        return TRUE;
    }
    kept = g_strndup(text + start, value->length);
    finding_hint(*kept ? fault(scan, cut, 1, "unquoted \"%c\" cuts the value off after \"%s\"",
                               text[cut], kept)
                       : fault(scan, cut, 1, "unquoted \"%c\" where the value begins", text[cut]),
                 "put a text with \"%c\" in double quotes; before a comment put a blank",
                 text[cut]);
    return FALSE;
}

static gboolean scan_value(Scan *scan, gsize start, Value *value)
{
    const gsize first = start + strspn(scan->text + start, BLANKS);
    gsize length = strlen(scan->text);

    while (strchr(BLANKS, scan->text[length - 1])) /* at the latest "=" ends this */
        length--;
    if (scan->text[length - 1] == '\\') {
        value->start = first;
        value->length = length - first;
        finding_hint(fault(scan, length - 1, 1, "line ends in a backslash"),
                     "a value goes on in \"key.2\", \"key.3\", not on the next line");
        return FALSE;
    }
    if (scan->text[first] == '"')
        return scan_quoted(scan, first, value);
    if (scan->text[first] == '\'') {
        value->start = first;
        value->length = length - first;
        finding_hint(fault(scan, first, 1, "value begins with a single quote"),
                     "put the text in double quotes");
        return FALSE;
    }
    return scan_unquoted(scan, first, value);
}

/* ---- lines ---- */

static void add_part(Scan *scan, IniEntry *entry, const Key *key, const Value *value,
                     gboolean is_broken)
{
    const IniPart part = {
        .line = scan->line,
        .column = column_of(scan->text, value->start),
        .comment = value->comment ? column_of(scan->text, value->comment) : 0,
        .quoted = value->quoted,
    };
    const IniReading reading = { scan->section, entry,         entry->parts->len,
                                 scan->line,    key->length,   key->start,
                                 value->start,  value->length, is_broken };

    g_array_append_val(entry->parts, part);
    g_array_append_val(scan->readings, reading);
    entry->is_broken |= is_broken;
}

static gboolean belongs_to_a_section(Scan *scan, gsize start, gsize length)
{
    if (scan->section)
        return TRUE;
    if (!scan->ini->has_stray)
        finding_hint(fault(scan, start, length, "\"%.*s\" stands before the first section",
                           (int)length, scan->text + start),
                     "begin with a section such as [rubric]");
    scan->ini->has_stray = TRUE;
    return FALSE;
}

/* Whether the line before is no comment and ends in a backslash, which was told: this one is the
 * rest of it. */
static gboolean follows_backslash(const Scan *scan)
{
    const char *before = scan->line > 1 ? g_ptr_array_index(scan->ini->lines, scan->line - 2) : "";
    gsize length = strlen(before);

    while (length > 0 && strchr(BLANKS, before[length - 1]))
        length--;
    return length > 0 && before[length - 1] == '\\' &&
           !strchr(";#", before[strspn(before, BLANKS)]);
}

/* A line that is neither a section nor a key. */
static void no_equals(Scan *scan, gsize start)
{
    const char *text = scan->text + start;
    const GPtrArray *entries = scan->section ? scan->section->entries : NULL;
    g_autofree char *quoted = text_quote(text, QUOTE_LIMIT);
    Finding *finding =
        fault(scan, start, strlen(text), "no \"=\" in %s, expected \"key = value\"", quoted);

    if (strchr(text, ':'))
        finding_hint(finding, "write \"=\" in place of \":\"");
    else if (start > 0 && entries && entries->len > 0)
        finding_hint(finding, "a value goes on in \"%s.2\"",
                     ((const IniEntry *)g_ptr_array_index(entries, entries->len - 1))->key);
}

static void scan_key(Scan *scan, gsize start)
{
    const char *equals = strchr(scan->text + start, '=');
    g_auto(Key) key = { .start = start };
    Value value = { 0 };
    IniEntry *entry;
    gboolean is_sound, was_torn;

    if (!equals) {
        if (!follows_backslash(scan))
            no_equals(scan, start);
        return;
    }
    key.length = (gsize)(equals - scan->text) - start;
    while (key.length > 0 && strchr(BLANKS, scan->text[start + key.length - 1]))
        key.length--;
    if (!key_is_sound(scan, &key) || !belongs_to_a_section(scan, start, key.length))
        return;
    is_sound = split_key(scan, &key);
    entry = is_sound ? find_entry(scan, &key) : NULL;
    if (!entry)
        return;
    was_torn = scan->section->is_torn;
    is_sound = scan_value(scan, (gsize)(equals - scan->text) + 1, &value);
    add_part(scan, entry, &key, &value, !is_sound);
    scan->section->is_torn = was_torn; /* the key is there, whatever its value */
}

/* Control characters: iniparser takes some of them for blanks. FALSE after a fault. */
static gboolean line_is_plain(Scan *scan)
{
    for (const char *at = scan->text; *at; at++) {
        const guchar byte = (guchar)*at;

        if ((byte >= 0x20 && byte != 0x7f) || byte == '\t')
            continue;
        if (byte == '\r')
            finding_hint(fault(scan, (gsize)(at - scan->text), 1, "carriage return inside a line"),
                         "save the file with line feeds at the ends of lines");
        else
            fault(scan, (gsize)(at - scan->text), 1, "control character 0x%02x", byte);
        return FALSE;
    }
    return TRUE;
}

static void scan_line(Scan *scan)
{
    const gsize start = strspn(scan->text, BLANKS);
    const gsize length = strlen(scan->text);

    if (strchr(";#", scan->text[start])) /* a comment, or an empty line */
        return;
    if (scan->passes_over && scan->text[start] != '[')
        return;
    if (length > INI_LINE_LIMIT) {
        finding_hint(fault(scan, 0, 0, "line is %" G_GSIZE_FORMAT " bytes long, at most %d", length,
                           INI_LINE_LIMIT),
                     "let the value go on in \"key.2\"");
        return;
    }
    if (!line_is_plain(scan))
        return;
    if (scan->text[start] == '[')
        scan_head(scan, start);
    else
        scan_key(scan, start);
}

/* ---- bytes ---- */

static void take_lines(Scan *scan, const char *data, gsize size)
{
    const char *end = data + size;

    while (data < end) {
        const char *feed = memchr(data, '\n', (gsize)(end - data));
        const char *stop = feed ? feed : end;
        const gsize length = (gsize)(stop - data) - (stop > data && stop[-1] == '\r' ? 1 : 0);

        g_ptr_array_add(scan->ini->lines, g_strndup(data, length));
        data = feed ? feed + 1 : end;
    }
}

static void file_fault(Scan *scan, const char *message, const char *hint)
{
    const Place place = { .file = scan->ini->path };
    Finding *finding = findings_add(scan->findings, SEVERITY_ERROR, &place, "%s", message);

    if (hint)
        finding_hint(finding, "%s", hint);
}

/* Bytes that no line can be read from. FALSE after a fault. */
static gboolean bytes_are_text(Scan *scan, const char *data, gsize size)
{
    const char *nul = size > 0 ? memchr(data, '\0', size) : NULL;
    g_autofree char *message = NULL;
    Place place = { .file = scan->ini->path, .line = 1 };

    if (size > INI_SIZE_LIMIT) {
        message = g_strdup_printf("file is %" G_GSIZE_FORMAT " bytes long, at most %d", size,
                                  INI_SIZE_LIMIT);
        file_fault(scan, message, NULL);
        return FALSE;
    }
    if (size >= 2 && (memcmp(data, "\xff\xfe", 2) == 0 || memcmp(data, "\xfe\xff", 2) == 0)) {
        file_fault(scan, "file is UTF-16, expected UTF-8", "save it as UTF-8");
        return FALSE;
    }
    if (!nul)
        return TRUE;
    for (const char *at = data; at < nul; at++)
        place.line += *at == '\n';
    findings_add(scan->findings, SEVERITY_ERROR, &place, "NUL byte: this is not a text file");
    return FALSE;
}

/* One finding for a text that is not UTF-8, at its first bad byte; then the lines are mended so
 * that the other faults can be found. */
static void mend_encoding(Scan *scan, const char *data, gsize size)
{
    Place place = { .file = scan->ini->path };
    g_autofree char *decoded = NULL;
    guint bad = 0;

    for (guint i = 0; i < scan->ini->lines->len; i++) {
        char *line = g_ptr_array_index(scan->ini->lines, i);
        const char *end;
        Finding *finding;

        if (g_utf8_validate(line, -1, &end))
            continue;
        g_ptr_array_index(scan->ini->lines, i) = g_utf8_make_valid(line, -1);
        scan->ini->is_mended = TRUE;
        if (bad++ == 0) {
            place.line = i + 1;
            place.column = (guint)g_utf8_strlen(line, end - line) + 1;
            place.excerpt = g_ptr_array_index(scan->ini->lines, i);
            finding = findings_add(scan->findings, SEVERITY_ERROR, &place,
                                   "not UTF-8: byte 0x%02x is byte %u of the line", (guchar)*end,
                                   (guint)(end - line) + 1);
            decoded = g_convert(data, (gssize)size, "UTF-8", "GB18030", NULL, NULL, NULL);
            finding_hint(finding, decoded ? "it may be GB18030; save the file as UTF-8"
                                          : "save the file as UTF-8");
        }
        g_free(line);
    }
}

static void scan_lines(Scan *scan)
{
    const GPtrArray *lines = scan->ini->lines;

    for (guint i = 0; i < lines->len && scan->faults < INI_FAULTS_LIMIT; i++) {
        scan->text = g_ptr_array_index(lines, i);
        scan->line = i + 1;
        scan_line(scan);
    }
    scan->ini->is_cut = scan->faults >= INI_FAULTS_LIMIT;
    if (scan->ini->is_cut)
        fault(scan, 0, 0, "%d faults: the rest of the file is not read", INI_FAULTS_LIMIT);
    else if (scan->ini->sections->len == 0 && scan->faults == 0)
        file_fault(scan, "file is empty: no section in it", NULL);
}

/* Forget the readings of sections that stand twice. */
static void drop_readings(Scan *scan)
{
    guint kept = 0;

    for (guint i = 0; i < scan->readings->len; i++) {
        const IniReading reading = g_array_index(scan->readings, IniReading, i);

        if (!g_ptr_array_find(scan->dropped, reading.section, NULL))
            g_array_index(scan->readings, IniReading, kept++) = reading;
    }
    g_array_set_size(scan->readings, kept);
}

GArray *ini_scan(Ini *ini, GBytes *bytes, const char *skipped, Findings *findings)
{
    static const char bom[] = "\xef\xbb\xbf";
    Scan scan = { .ini = ini, .findings = findings, .skipped = skipped };
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);

    data = data ? data : ""; /* GLib has no pointer to nothing */
    if (size >= 3 && memcmp(data, bom, 3) == 0) {
        data += 3;
        size -= 3;
    }
    scan.readings = g_array_new(FALSE, FALSE, sizeof(IniReading));
    ini->is_cut = !bytes_are_text(&scan, data, size);
    if (ini->is_cut)
        return scan.readings;
    scan.keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    scan.dropped = g_ptr_array_new_with_free_func(section_destroy);
    take_lines(&scan, data, size);
    if (size > 0 && !g_utf8_validate_len(data, size, NULL))
        mend_encoding(&scan, data, size);
    scan_lines(&scan);
    if (scan.dropped->len > 0)
        drop_readings(&scan);
    g_ptr_array_unref(scan.dropped);
    g_hash_table_unref(scan.keys);
    return scan.readings;
}
